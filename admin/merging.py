"""Two records of the same organisation made one: which stays, and what it holds then, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from admin import looking
from admin.choosing import Target, found
from admin.facts import Fact, facts_of
from admin.labels import field_name, noun_name
from admin.naming import named, title
from admin.sections import SECTIONS
from admin.visit import Desk, Turned, page
from service.catalogue.types import NOUN_OF
from service.editing import desk as work
from service.editing import duplicates, history
from service.editing.dependents import referring
from service.editing.duplicates import NOUN
from service.editing.history import Past
from service.editing.patching import Patch
from service.editing.permits import Step
from service.errors import InputError
from service.i18n import LANGUAGES

NEVER_ASKED = frozenset({"slug", "evidence"})
"""The address stays what it is, and nothing that shows a fact is thrown away."""

KEPT, GONE, BOTH = "kept", "gone", "both"
MOST_MOVED = 12


@dataclass(frozen=True)
class Choice:
    """A field in which the two differ: what either holds, and whose version is chosen."""

    name: str
    label: str
    kept: Fact | None
    gone: Fact | None
    joins: bool
    chosen: str


@page
async def merge(desk: Desk) -> Response:
    """Choose the other, then what stays of both."""
    if desk.noun != NOUN:
        raise Turned("missing", 404)
    kept = looking.published(desk)
    if not await work.can(desk.database, desk.viewer, Step.MERGE, NOUN, kept.id):
        raise Turned("forbidden", 403)
    gone = desk.catalogue.node(desk.query.text("with"))
    if not isinstance(gone, desk.catalogue.types[NOUN]) or gone is kept:
        return _choose(desk, kept)
    pasts = await history.latest(desk.database, [kept.id, gone.id])
    two = _Two(pasts[kept.id], pasts[gone.id])
    if not desk.is_post:
        return await _ask(desk, kept, gone, two)
    if desk.typed.text("seen") != two.seen:
        return await _ask(desk, kept, gone, two, told=[desk.words("changed_meanwhile")])
    try:
        return await _merge(desk, two)
    except InputError as refused:
        return await _ask(desk, kept, gone, two, refused)


def _choose(desk: Desk, kept: Any) -> Response:
    """What is found by its name, or by the words that somebody looks for."""
    text = desk.query.text("q").strip()
    hits = found(desk.catalogue, Target(NOUN), text or kept.name["lv"], desk.words)
    return desk.show(
        "merge_with.html",
        noun=NOUN,
        one=noun_name(desk.words, NOUN),
        record=kept,
        heading=title(kept, desk.words),
        text=text,
        hits=[hit for hit in hits if hit.id != kept.id],
    )


async def _merge(desk: Desk, two: _Two) -> Response:
    done = await duplicates.merge_organisations(
        desk.database,
        two.gone.record,
        two.kept.record,
        author=desk.viewer.account,
        patch=two.patch({name: desk.typed.text(f"take.{name}") for name in two.differing()}),
        withdraw=[id for id in desk.typed.texts("withdraw") if id],
        permit=desk.permit,
    )
    await desk.written(done)
    return desk.to(f"{NOUN}/{two.kept.record}", "merged")


async def _ask(
    desk: Desk, kept: Any, gone: Any, two: _Two, refused: InputError | None = None, told: Sequence[str] = ()
) -> Response:
    owners = set().union(*(await referring(desk.database, [gone.id])).values()) - {kept.id, gone.id}
    moved = [record for id in owners if (record := desk.catalogue.node(id)) is not None]
    twice = _there_twice(desk, moved, {kept.id, gone.id}, refused)
    sentences = [each.words[desk.language] for each in refused.problems] if refused else []
    return desk.show(
        "merge.html",
        422 if refused or told else 200,
        noun=NOUN,
        one=noun_name(desk.words, NOUN),
        kept=named(kept, desk.words),
        gone=named(gone, desk.words),
        seen=two.seen,
        choices=[await _choice(desk, two, name) for name in two.differing()],
        moved=[(NOUN_OF[type(each)], each.id, title(each, desk.words)) for each in moved[:MOST_MOVED]],
        more=max(0, len(moved) - MOST_MOVED),
        twice=[(NOUN_OF[type(each)], each.id, title(each, desk.words)) for each in twice],
        chosen=desk.typed.texts("withdraw") if desk.is_post else [each.id for each in twice],
        problems=[*told, *dict.fromkeys(sentences)],
    )


def _there_twice(desk: Desk, moved: Sequence[Any], both: set[str], refused: InputError | None) -> list[Any]:
    """What says nothing any more, or would be said twice, once the two are one: it can go along."""
    told = {str(each.path[1]) for each in (refused.problems if refused else ()) if each.path[:1] == ("moved",)}
    told |= {*desk.typed.texts("withdraw")} if desk.is_post else set()
    links = (each for each in moved if NOUN_OF[type(each)] == "cooperation_link")
    between = {link.id for link in links if {link.side_a.id, link.side_b.id} == both}
    return [each for each in moved if each.id in told | between]


async def _choice(desk: Desk, two: _Two, name: str) -> Choice:
    table = SECTIONS[NOUN].shape
    mine, other = (past.content.get(name) for past in (two.kept, two.gone))
    joins = name in table.sets or name in table.parts
    chosen = desk.typed.text(f"take.{name}") if desk.is_post else ""
    first = BOTH if joins else KEPT if mine not in (None, []) else GONE
    kept, gone = await _fact(desk, name, mine), await _fact(desk, name, other)
    return Choice(name, field_name(desk.words, NOUN, name), kept, gone, joins, chosen or first)


async def _fact(desk: Desk, name: str, value: Any) -> Fact | None:
    """A field as the page of a record shows it."""
    groups = await facts_of(desk, NOUN, {} if value is None else {name: value})
    return next((fact for group in groups for fact in group.facts), None)


@dataclass(frozen=True)
class _Two:
    """Both records as they are published now."""

    kept: Past
    gone: Past

    @property
    def seen(self) -> str:
        return f"{self.kept.revision} {self.gone.revision}"

    def differing(self) -> Iterator[str]:
        """The fields in which somebody has to choose."""
        for name in SECTIONS[NOUN].fields:
            mine, other = (past.content.get(name) for past in (self.kept, self.gone))
            if name not in NEVER_ASKED and (mine or None) != (other or None):
                yield name

    def patch(self, taken: dict[str, str]) -> Patch:
        """What is laid over both made one, by whose version of each field was chosen."""
        laid: dict[str, Any] = {}
        for name, whose in taken.items():
            mine, other = (past.content.get(name) for past in (self.kept, self.gone))
            if whose in (KEPT, GONE):
                laid[name] = _whole(mine if whose == KEPT else other)
        if "name" in laid and taken.get("alternate_names", BOTH) == BOTH:
            laid["alternate_names"] = list(self._other_names(laid["name"]["lv"]))
        return laid

    def _other_names(self, name: str) -> Iterator[dict[str, Any]]:
        """The names by which it was known, whichever it has now."""
        known = {name}
        for former in duplicates.absorbed(self.kept, self.gone).get("alternate_names", []):
            if former["name"] not in known:
                known.add(former["name"])
                yield former
        mine = self.kept.content["name"]["lv"]
        if mine not in known:
            yield {"name": mine}


def _whole(value: Any) -> Any:
    """A value that takes the place of another, a text in every language."""
    return {**dict.fromkeys(LANGUAGES), **value} if isinstance(value, dict) else value
