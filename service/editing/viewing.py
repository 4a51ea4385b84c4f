"""What an account sees beyond what is published: drafts, history, and what the sides of a link say in confidence.

Everything is read first and then looked at with the policy's rows and fields, so that what is hidden is neither
found, counted nor sorted by, and hiding it takes as long as showing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.accounts.viewer import Viewer, viewer_now
from service.database import Database
from service.editing import history, policy
from service.editing.content import Content
from service.editing.history import Past
from service.editing.messages import problem, refuse
from service.editing.policy import WORDS, Rule, grant, sight
from service.editing.tables import marks
from service.editing.workflow import OPEN, Proposal, proposal_of
from service.models.account import Scope
from service.models.revision import Act
from service.models.shape import shape

ABOUT_THE_DRAFT = frozenset({"state", "author", "record", "batch", "at", "due_at"})
"""What drafts are found and sorted by, beside the fields of their content."""


@dataclass(frozen=True)
class Word:
    """What a side of a link says; the tie level and the note are for few."""

    side: str
    state: str
    role: str
    on: str
    organisation: str | None
    tie_level: int | None
    note: str | None


async def drafts(
    database: Database, viewer: Viewer, noun: str, where: Mapping[str, Any] | None = None, order: str = "at"
) -> list[Proposal]:
    """The open drafts of a noun that this account sees, with the fields that it sees.

    `where` gives values by field, of the draft or of its content. Raises InputError for a field that is not seen,
    whether or not any draft has it.
    """
    where = where or {}
    async with database.snapshot() as reader:
        now = await viewer_now(reader, viewer)
        rule = grant(now, noun)
        refuse(problem("field_not_seen", (name,)) for name in (*where, order) if not _may_ask(rule, noun, name))
        sql = f"SELECT * FROM revision WHERE noun = ? AND state IN ({marks(OPEN)}) ORDER BY at, id"
        found = [proposal_of(row) for row in await reader.fetch(sql, noun, *(state.value for state in OPEN))]
        live = await history.latest(reader, {proposal.record for proposal in found})
        used = await policy.users(reader, (proposal.record for proposal in found))
    seen = [visible_draft(now, rule, proposal, live.get(proposal.record), used) for proposal in found]
    matching = [each for each in seen if each and all(_value(each, name) == where[name] for name in where)]
    return sorted(matching, key=lambda each: _key(_value(each, order)))


async def record_history(database: Database, viewer: Viewer, record: str) -> list[Past]:
    """What was done to a record's content, the latest first, as far as this account sees it.

    Empty for a record that it does not see and for one that there is not.
    """
    async with database.snapshot() as reader:
        now = await viewer_now(reader, viewer)
        found = await history.history(reader, record)
        used = await policy.users(reader, [record])
    if not found or not reaches(now, found[0], used):
        return []
    return [replace(past, content=_shown(now, past)) for past in found if reaches(now, past, used)]


async def words(database: Database, viewer: Viewer, link: str) -> list[Word]:
    """What the sides of a link have said, the latest first, as far as this account sees it."""
    async with database.snapshot() as reader:
        now = await viewer_now(reader, viewer)
        past = (await history.latest(reader, [link])).get(link)
        rows = await reader.fetch("SELECT * FROM confirmation WHERE link_id = ? ORDER BY at DESC, id", link)
    rule = grant(now, WORDS) if _may_read(now) else None
    if now is None or rule is None or past is None or not rule.rows(now, sight(past.noun, link, past.content, {})):
        return []
    return [_word(row, rule) for row in rows]


def _may_read(viewer: Viewer | None) -> bool:
    return viewer is not None and viewer.has(Scope.READ)


def _may_ask(rule: Rule | None, noun: str, name: str) -> bool:
    of_content = name in shape(noun).names or name in shape(noun).parts
    return name in ABOUT_THE_DRAFT or (of_content and rule is not None and name in rule.sees)


def visible_draft(
    viewer: Viewer | None,
    rule: Rule | None,
    proposal: Proposal,
    live: Past | None,
    used: Mapping[str, frozenset[str]],
) -> Proposal | None:
    """The draft as the viewer sees it; None if they do not. It belongs to whom what is published belongs to."""
    if viewer is None or rule is None or not viewer.has(Scope.READ):
        return None
    published = live is not None and live.act is Act.PUBLISH
    new_by = None if published else proposal.author
    contents = [proposal.content, *([live.content] if live is not None and published else [])]
    sights = [sight(proposal.noun, proposal.record, content, used, new_by) for content in contents]
    if not all(rule.rows(viewer, seen) for seen in sights):
        return None
    return replace(proposal, content=visible(rule, proposal.content))


def reaches(viewer: Viewer | None, past: Past, used: Mapping[str, frozenset[str]]) -> bool:
    """Whether the viewer sees what a record was."""
    rule = grant(viewer, past.noun)
    if viewer is None or rule is None or not viewer.has(Scope.READ):
        return False
    return rule.rows(viewer, sight(past.noun, past.record, past.content, used))


def _shown(viewer: Viewer | None, past: Past) -> Content:
    rule = grant(viewer, past.noun)
    return visible(rule, past.content) if rule else {}


def visible(rule: Rule, content: Content) -> Content:
    """The fields that a role sees."""
    return {name: value for name, value in content.items() if name in rule.sees}


def _value(proposal: Proposal, name: str) -> Any:
    return getattr(proposal, name) if name in ABOUT_THE_DRAFT else proposal.content.get(name)


def _key(value: Any) -> tuple[bool, str]:
    return value is None, str(value)


def _word(row: Mapping[str, Any], rule: Rule) -> Word:
    organisation = row["organisation_id"]
    return Word(
        side=row["side"],
        state=row["state"],
        role=row["role"],
        on=str(row["on"]),
        organisation=str(organisation) if organisation else None,
        tie_level=row["tie_level"] if "tie_level" in rule.sees else None,
        note=row["note"] if "note" in rule.sees else None,
    )
