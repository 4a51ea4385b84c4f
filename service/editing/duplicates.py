"""Making two records of the same organisation one: everything moves to the one that stays, and can move back.

The words of the sides of moved links stand: it is the same party as before, under another id.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from types import MappingProxyType
from uuid import uuid4

from service.database import Database, Transaction
from service.editing import history, log
from service.editing.content import Content, Reading
from service.editing.dependents import referring
from service.editing.drafts import Draft, with_part_ids
from service.editing.fields import Refused, identifier
from service.editing.history import Past
from service.editing.messages import problem
from service.editing.patching import Patch, patched
from service.editing.permits import Permit, Step, trusted
from service.editing.publishing import Work, carry_out
from service.editing.references import each_once, redirected
from service.models.revision import Act
from service.models.shape import shape

NOUN = "organisation"
NOTHING_CHANGED: Patch = MappingProxyType({})


async def merge_organisations(
    database: Database,
    duplicate: str,
    survivor: str,
    *,
    author: str,
    content: Content | None = None,
    patch: Patch = NOTHING_CHANGED,
    withdraw: Sequence[str] = (),
    permit: Permit = trusted,
) -> int:
    """Let one organisation answer for two; the `seq` of the last change.

    Whatever referred to the duplicate refers to the survivor, which gets `content`, or what `absorbed` makes of both
    with a patch over it.
    What would be there twice then, such as the same link of both, can be withdrawn along; raises InputError for it
    otherwise.
    """
    work = Work()
    work.leave(duplicate, ("duplicate",), Step.MERGE, into=_id(survivor))
    for place, id in enumerate(withdraw):
        work.leave(id, ("withdraw", place))
    async with log.writing(database) as (transaction, at):
        gone, kept = _id(duplicate), _id(survivor)
        pasts = await _published(transaction, {gone, kept})
        if gone == kept or {past.noun for past in pasts.values()} != {NOUN} or len(pasts) < 2:
            work.problems.append(problem("not_an_organisation", ("survivor",)))
        else:
            work.same = {gone: kept}
            both = absorbed(pasts[kept], pasts[gone]) if content is None else content
            wanted = both if content is None and not patch else _read(work, kept, patched(NOUN, both, patch))
            work.publish(Draft(NOUN, kept, _moved(NOUN, kept, wanted, gone, kept)), ("survivor",), Step.MERGE)
            await _move_dependents(transaction, work, gone, kept)
        return await carry_out(transaction, work, at, author, permit)


def _read(work: Work, kept: str, content: Content) -> Content:
    reading = Reading(("survivor",))
    read = reading.record(NOUN, kept, with_part_ids(NOUN, content))
    work.problems += reading.problems
    return read


async def unmerge(database: Database, duplicate: str, *, author: str, permit: Permit = trusted) -> int:
    """Take a merge back, with everything that it moved or withdrew; the `seq` of the last change.

    Raises InputError when the record is not merged, or when any record that the merge wrote was edited since.
    """
    work = Work()
    async with log.writing(database) as (transaction, at):
        gone = _id(duplicate)
        merged = (await history.latest(transaction, [gone])).get(gone)
        if merged is None or merged.act is not Act.MERGE:
            work.problems.append(problem("not_merged", ("duplicate",)))
        else:
            work.same = await history.survivors(transaction, [gone])
            work.unmerging = {gone}
            await _put_back(transaction, work, merged)
        return await carry_out(transaction, work, at, author, permit)


async def _put_back(transaction: Transaction, work: Work, merged: Past) -> None:
    """Every record that the merge wrote as it was before."""
    written = await history.of_transaction(transaction, merged.transaction)
    now = await history.latest(transaction, written)
    edited = [id for id, past in now.items() if past.transaction != merged.transaction]
    if edited:
        called = await history.names(transaction, edited)
        work.problems.append(problem("edited_since", ("duplicate",), names=", ".join(map(str, called.values()))))
    for id, past in (await history.before(transaction, merged.transaction, written)).items():
        work.publish(Draft(past.noun, id, past.content), (id,), Step.UNMERGE)


def absorbed(survivor: Past, duplicate: Past) -> Content:
    """What the survivor holds then: its own values, where it has none those of the duplicate, and the lists of both."""
    mine, other = survivor.content, duplicate.content
    table, content = shape(NOUN), {**other, **mine}
    for name in table.sets:
        if members := {*mine.get(name, []), *other.get(name, [])}:
            content[name] = sorted(members)
    for name, part in table.parts.items():
        if items := [*mine.get(name, []), *other.get(name, [])]:
            content[name] = each_once(part, items)
    if other["name"]["lv"] not in (mine["name"]["lv"], *(item["name"] for item in content.get("alternate_names", []))):
        former = {"id": str(uuid4()), "name": other["name"]["lv"]}
        content["alternate_names"] = [*content.get("alternate_names", []), former]
    return content


async def _move_dependents(transaction: Transaction, work: Work, gone: str, kept: str) -> None:
    """Whatever refers to the duplicate, as it is published now, is to refer to the survivor."""
    owners = set().union(*(await referring(transaction, [gone])).values()) - work.leaving.keys() - {kept}
    for id, past in (await history.latest(transaction, owners)).items():
        content = _moved(past.noun, id, past.content, gone, kept)
        if past.noun == "cooperation_link" and content["side_a"] == content["side_b"]:
            work.problems.append(problem("links_the_two", ("moved", id)))
        work.publish(Draft(past.noun, id, content), ("moved", id), Step.MERGE)


def _moved(noun: str, id: str, content: Content, gone: str, kept: str) -> Content:
    """A reference of the survivor to the duplicate or to itself says nothing any more."""

    def lead(target: str) -> str | None:
        if id == kept and target in (gone, kept):
            return None
        return kept if target == gone else target

    return redirected(noun, content, lead)


async def _published(transaction: Transaction, ids: Set[str]) -> dict[str, Past]:
    pasts = await history.latest(transaction, ids)
    return {id: past for id, past in pasts.items() if past.act is Act.PUBLISH}


def _id(raw: str) -> str:
    """The id in its canonical form; what is none stays as it is, and is nobody's."""
    try:
        return identifier(raw)
    except Refused:
        return raw
