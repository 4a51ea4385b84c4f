"""What lies on an account's desk: open drafts and past revisions as it sees them, and what it may do with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.accounts.viewer import Viewer, viewer_now
from service.database import Database, Reader
from service.editing import foresight, history, policy
from service.editing.content import Content
from service.editing.diff import Difference, diff
from service.editing.fields import identifiers
from service.editing.history import Past, past_of
from service.editing.merging import Clash, merge
from service.editing.permits import Attempt, Step
from service.editing.policy import Rule, grant
from service.editing.tables import marks
from service.editing.viewing import reaches, visible, visible_draft
from service.editing.workflow import OPEN, STEPS, Proposal, proposal_of
from service.errors import Problem
from service.models.account import Role
from service.models.cooperation import ConfirmationRole
from service.models.revision import Act, RevisionState

OF_CONTENT = "SELECT * FROM revision WHERE kind = 'content'"
BY_ITSELF = frozenset({Step.RETURN})
"""What no account does."""


@dataclass(frozen=True)
class Sheet:
    """A revision as an account sees it: `seen` has the fields that it sees, `whole` all of them.

    `live` is what was last done to the record, None of one that was never published.
    """

    seen: Proposal
    whole: Proposal
    rule: Rule
    batch: str | None
    version: int | None
    live: Past | None
    steps: tuple[Step, ...]

    @property
    def is_open(self) -> bool:
        return self.whole.state in OPEN


async def open_sheets(database: Database, viewer: Viewer) -> list[Sheet]:
    """Every open draft that the account sees, the one that rested longest first."""
    async with database.snapshot() as reader:
        sql = f"{OF_CONTENT} AND state IN ({marks(OPEN)}) ORDER BY at, id"
        return await _sheets(reader, viewer, await reader.fetch(sql, *(state.value for state in OPEN)))


async def sheet(database: Database, viewer: Viewer, revision: str) -> Sheet | None:
    """One revision, if the account sees it."""
    return next(iter(await sheets(database, viewer, [revision])), None)


async def sheets(database: Database, viewer: Viewer, revisions: Iterable[str]) -> list[Sheet]:
    """Those of some revisions that the account sees, in their order."""
    ids = [id for raw in revisions for id in identifiers(raw)]
    async with database.snapshot() as reader:
        rows = await reader.fetch(f"{OF_CONTENT} AND id IN ({marks(ids)})", *ids) if ids else []
        found = {each.whole.id: each for each in await _sheets(reader, viewer, rows)}
    return [found[id] for id in dict.fromkeys(ids) if id in found]


async def past_sheets(database: Database, viewer: Viewer, record: str) -> list[Sheet]:
    """What was done to a record's content, the latest first, as far as the account sees it."""
    async with database.snapshot() as reader:
        sql = f"{OF_CONTENT} AND state = 'done' AND record_id = ? ORDER BY \"transaction\" DESC"
        rows = [row for id in identifiers(record) for row in await reader.fetch(sql, id)]
        return await _sheets(reader, viewer, rows)


async def gone_sheets(database: Database, viewer: Viewer, most: int) -> list[Sheet]:
    """Of the records that were withdrawn or merged last, those that the account sees: by what was done to them."""
    async with database.snapshot() as reader:
        sql = (
            f"{OF_CONTENT} AND state = 'done' AND act IN ('withdraw', 'merge')"
            " AND record_id IN (SELECT id FROM record WHERE state <> 'published')"
            ' ORDER BY "transaction" DESC, id LIMIT ?'
        )
        found = await _sheets(reader, viewer, await reader.fetch(sql, most))
    return [each for each in found if each.live is not None and each.live.revision == each.whole.id]


async def differences(database: Database, viewer: Viewer, sheet: Sheet, language: str) -> list[Difference]:
    """What a revision changed; of an open draft, what publishing it would change."""
    async with database.snapshot() as reader:
        before, after = await _versions(reader, viewer, sheet)
        old, new = visible(sheet.rule, before), visible(sheet.rule, after)
        return await diff(reader, sheet.whole.noun, old, new, language)


async def warnings(database: Database, sheet: Sheet) -> list[Problem]:
    """What publishing an open draft now would be refused with; the paths begin with a field."""
    if not sheet.is_open or sheet.whole.act is not Act.PUBLISH:
        return []
    async with database.snapshot() as reader:
        found = await foresight.warnings(reader, sheet.whole)
    told = [Problem(each.code, each.path[1:], each.words) for each in found if each.path[0] == 0]
    return [each for each in told if not each.path or str(each.path[0]) in sheet.rule.sees]


async def clashes(database: Database, sheet: Sheet) -> list[Clash]:
    """Where an open draft and what was published since it was begun say different things."""
    if not sheet.is_open or sheet.whole.act is not Act.PUBLISH:
        return []
    async with database.snapshot() as reader:
        found = await foresight.clashes(reader, sheet.whole.id)
    return [clash for clash in found if str(clash.path[0]) in sheet.rule.sees]


async def can(database: Database, viewer: Viewer, step: Step, noun: str, record: str | None) -> bool:
    """Whether the account may take a step with a record, or with any record of a noun; single fields may be refused."""
    if record is None:
        async with database.snapshot() as reader:
            return policy.allows_some(await viewer_now(reader, viewer), step, noun)
    return step in await able(database, viewer, [step], noun, record)


async def able(database: Database, viewer: Viewer, steps: Iterable[Step], noun: str, record: str) -> frozenset[Step]:
    """Those of some steps that the account may take with a record."""
    async with database.snapshot() as reader:
        now = await viewer_now(reader, viewer)
        past = next(iter((await history.latest(reader, identifiers(record))).values()), None)
        if now is None or past is None or past.noun != noun:
            return frozenset()
        used = await policy.users(reader, [past.record])
        strict = await policy.has_enough_reviewers(reader)
    return frozenset(
        step
        for step in steps
        if any(policy.allows(now, attempt, used, strict) for attempt in _attempts(now, step, past))
    )


def _attempts(viewer: Viewer, step: Step, past: Past) -> Iterator[Attempt]:
    """What taking a step would be, where nothing else is known of it."""
    public_now = past.content if past.act is Act.PUBLISH else None
    about = (step, past.noun, past.record, past.content if step is Step.PROPOSE else public_now)
    match step:
        case Step.CONFIRM if viewer.role is Role.REPRESENTATIVE:
            for organisation in viewer.organisations:
                yield Attempt(*about, {"role": ConfirmationRole.REPRESENTATIVE, "organisation": organisation})
        case Step.CONFIRM:
            yield Attempt(*about, {"role": ConfirmationRole.EDITOR})
        case Step.ASSURE | Step.AVAILABILITY:
            yield Attempt(*about, {})
        case Step.WITHDRAW | Step.MERGE:
            yield Attempt(*about, None)
        case _:
            yield Attempt(*about, past.content, viewer.account)


async def _sheets(reader: Reader, viewer: Viewer, rows: list[dict[str, Any]]) -> list[Sheet]:
    now = await viewer_now(reader, viewer)
    records = {str(row["record_id"]) for row in rows}
    live = await history.latest(reader, records)
    used = await policy.users(reader, records)
    strict = await policy.has_enough_reviewers(reader)
    seeing = _Seeing(now, used, strict)
    found = [seeing.sheet(row, live.get(str(row["record_id"]))) for row in rows]
    return [each for each in found if each is not None]


@dataclass(frozen=True)
class _Seeing:
    """An account, and what decides about all that it looks at."""

    viewer: Viewer | None
    used: Mapping[str, frozenset[str]]
    strict: bool

    def sheet(self, row: dict[str, Any], live: Past | None) -> Sheet | None:
        whole, rule = proposal_of(row), grant(self.viewer, row["noun"])
        seen = self._seen(row, whole, rule, live)
        if seen is None or rule is None:
            return None
        batch = str(row["batch"]) if row["batch"] is not None else None
        return Sheet(seen, whole, rule, batch, row["version"], live, tuple(self._steps(whole, live)))

    def _seen(self, row: dict[str, Any], whole: Proposal, rule: Rule | None, live: Past | None) -> Proposal | None:
        if whole.state is not RevisionState.DONE:
            return visible_draft(self.viewer, rule, whole, live, self.used)
        both = all(past and reaches(self.viewer, past, self.used) for past in (live, past_of(row)))
        return replace(whole, content=visible(rule, whole.content)) if both and rule else None

    def _steps(self, whole: Proposal, live: Past | None) -> Iterator[Step]:
        before = live.content if live and live.act is Act.PUBLISH else None
        after = whole.content if whole.act is Act.PUBLISH else None
        for step, states in STEPS.items():
            if whole.state in states and step not in BY_ITSELF:
                leaving = step is Step.PUBLISH and whole.act is Act.WITHDRAW
                taken = Step.WITHDRAW if leaving else step
                attempt = Attempt(taken, whole.noun, whole.record, before, after, whole.author)
                if policy.allows(self.viewer, attempt, self.used, self.strict):
                    yield step


async def _versions(reader: Reader, viewer: Viewer, sheet: Sheet) -> tuple[Content, Content]:
    """What a record holds without and with a revision."""
    whole, live = sheet.whole, sheet.live
    after = whole.content if whole.act is Act.PUBLISH else {}
    if not sheet.is_open:
        return await _content_before(reader, viewer, whole), after
    now = live.content if live and live.act is Act.PUBLISH else {}
    if live and now and after and whole.base not in (None, live.revision):
        was = (await history.pasts(reader, identifiers(whole.base))).get(whole.base or "")
        return now, merge(whole.noun, was.content if was else {}, after, now).content
    return now, after


async def _content_before(reader: Reader, viewer: Viewer, whole: Proposal) -> Content:
    """What a record held before something was done to it, if it was the viewer's to see even then."""
    rows = await reader.fetch("SELECT \"transaction\" FROM revision WHERE id = ? AND state = 'done'", whole.id)
    found = await history.before(reader, rows[0]["transaction"], [whole.record]) if rows else {}
    past = found.get(whole.record)
    used = await policy.users(reader, [whole.record])
    there = past is not None and past.act is Act.PUBLISH and reaches(await viewer_now(reader, viewer), past, used)
    return past.content if past and there else {}
