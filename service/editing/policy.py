"""Who may do what. The table says it; reading, filtering, sorting, history and writing all ask it.

A refusal is the same sentence whether or not the record or draft exists, and what it costs to give does not depend
on that either. The account is read again inside the transaction that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service import models
from service.accounts.viewer import Viewer, viewer_now
from service.database import Database, Reader, Transaction
from service.editing.content import Content
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step
from service.editing.tables import chunks, marks
from service.errors import Problem
from service.models.account import Role, Scope
from service.models.cooperation import ConfirmationRole
from service.turns import in_turns

WORDS = "confirmation"
"""The one noun of the table that is no record: what a side says of a link, with its tie level and note."""


@dataclass(frozen=True)
class Seen:
    """A record or draft as the rows of the table look at it; `of` are the organisations that it belongs to."""

    noun: str | None
    content: Content | None = None
    of: frozenset[str] = frozenset()
    new_by: str | None = None


Rows = Callable[[Viewer, Seen], bool]


def every(viewer: Viewer, seen: Seen) -> bool:
    return True


def own(viewer: Viewer, seen: Seen) -> bool:
    return bool(seen.of & viewer.organisations)


def own_or_begun(viewer: Viewer, seen: Seen) -> bool:
    """Also what this account proposes for the first time and what belongs to nobody yet: a source, an address."""
    return own(viewer, seen) or seen.new_by == viewer.account


def never_confidential(viewer: Viewer, seen: Seen) -> bool:
    """Neither confidential, nor shown by decision of an editor although it would be."""
    content = seen.content or {}
    return not (content.get("confidential") or content.get("disclosed"))


@dataclass(frozen=True)
class Fields:
    """A set of field names: the listed ones, or all but those."""

    names: frozenset[str] = frozenset()
    all_but: bool = False

    def __contains__(self, name: str) -> bool:
        return (name in self.names) is not self.all_but


def only(*names: str) -> Fields:
    return Fields(frozenset(names))


def all_but(*names: str) -> Fields:
    return Fields(frozenset(names), all_but=True)


ALL, NONE = all_but(), only()
DRAFTING = frozenset({Step.PROPOSE, Step.SAVE, Step.SUBMIT, Step.RECALL, Step.DISCARD})
DECIDING = frozenset({Step.PUBLISH, Step.SCHEDULE, Step.SEND_BACK})
SPEAKING = frozenset({Step.ASSURE, Step.CONFIRM, Step.AVAILABILITY})
ADMINISTERING = frozenset({Step.REDACT, Step.CONNECT, Step.ADMIT})
HEARING = frozenset({Step.HEAR})
KEEPING = frozenset({Step.WITHDRAW, Step.RESTORE, Step.MERGE, Step.UNMERGE})
INVITING = frozenset({Step.INVITE})

NOUNS = frozenset(models.NOUNS)
WITHOUT_OWNER = frozenset({"location", "agreement", "source"})


@dataclass(frozen=True)
class Rule:
    """What a role may do with the records of some nouns.

    `sees` names the fields of drafts and history that it reads (what is published, everybody reads), `changes` those
    that it may propose, `begins` those that it may propose of a record that is not published, where these are others;
    `at_once` those that it may publish without anybody else; who `decides` publishes and sends back what others
    propose; `acts` are done without a draft.
    """

    role: Role
    nouns: frozenset[str]
    rows: Rows
    sees: Fields = NONE
    changes: Fields = NONE
    begins: Fields | None = None
    at_once: Fields = NONE
    decides: bool = False
    acts: frozenset[Step] = frozenset()

    def proposes(self, *, new: bool) -> Fields:
        """The fields that may be proposed, of a record that is new or of one that is published."""
        return self.begins if new and self.begins is not None else self.changes


OF_THE_EDITORS = ("roles", "statuses", "authority_for", "parent", "slug")
REGISTERED = ("legal_form", "sector", "roles", "identifiers", "statuses", "authority_for", "parent", "slug")
OF_THE_REGISTER = ("register_number", "register_valid_from", "register_valid_to", "quality", "slug")
OF_THE_FUNDER = ("contract_number", "programme", "amount_minor", "currency", "slug")
ASSURING = frozenset({Step.ASSURE})

# fmt: off
TABLE = (
    Rule(Role.ADMINISTRATOR, NOUNS, every, sees=ALL, changes=ALL, at_once=ALL, decides=True,
         acts=KEEPING | SPEAKING | HEARING | ADMINISTERING | INVITING),

    Rule(Role.EDITOR, NOUNS, every, sees=ALL, changes=ALL, at_once=ALL, decides=True,
         acts=KEEPING | SPEAKING | HEARING | INVITING),

    Rule(Role.REVIEWER, NOUNS - {"location", "need"}, every, sees=ALL, decides=True),
    Rule(Role.REVIEWER, frozenset({"location"}), never_confidential, sees=ALL, decides=True),
    Rule(Role.REVIEWER, frozenset({"need"}), every, sees=all_but("waiting"), decides=True),

    Rule(Role.REPRESENTATIVE, frozenset({"organisation"}), own, sees=ALL, changes=all_but(*REGISTERED),
         begins=all_but(*OF_THE_EDITORS), at_once=only("phone"), acts=ASSURING),
    Rule(Role.REPRESENTATIVE, frozenset({"service"}), own, sees=ALL, changes=all_but(*OF_THE_REGISTER),
         at_once=only("phone", "schedules"), acts=ASSURING | {Step.AVAILABILITY}),
    Rule(Role.REPRESENTATIVE, frozenset({"cooperation_link"}), own, sees=ALL, changes=ALL,
         acts=ASSURING | {Step.CONFIRM}),
    Rule(Role.REPRESENTATIVE, frozenset({"need", "figure"}), own, sees=ALL, changes=ALL, acts=ASSURING),
    Rule(Role.REPRESENTATIVE, frozenset({"project", "event"}), own, sees=ALL, changes=all_but(*OF_THE_FUNDER),
         acts=ASSURING),
    Rule(Role.REPRESENTATIVE, WITHOUT_OWNER, own_or_begun, sees=ALL, changes=ALL, acts=ASSURING),

    *(Rule(role, frozenset({WORDS}), every, sees=ALL) for role in (Role.ADMINISTRATOR, Role.EDITOR, Role.ANALYST)),
    Rule(Role.REPRESENTATIVE, frozenset({WORDS}), own, sees=ALL),
)
# fmt: on

FOUR_EYES = frozenset({"organisation", "service", "location", "cooperation_link", "agreement"})
"""Nouns whose drafts somebody else than their author publishes, as soon as there are two reviewers."""

ENOUGH_REVIEWERS = 2


def grant(viewer: Viewer | None, noun: str | None) -> Rule | None:
    """The row of the table that is about this viewer and this noun; None where nothing is allowed."""
    if viewer is None:
        return None
    return next((rule for rule in TABLE if rule.role is viewer.role and noun in rule.nouns), None)


OWNERS: dict[str, tuple[str, ...]] = {
    "organisation": ("parent",),
    "service": ("provider",),
    "cooperation_link": ("side_a", "side_b"),
    "need": ("stated_by",),
    "figure": ("organisation",),
}
PARTICIPANTS = frozenset({"project", "event"})


def sight(noun: str, id: str, content: Content, used: Mapping[str, frozenset[str]], new_by: str | None = None) -> Seen:
    """A record or draft as the rows of the table look at it; `used` is what `users` found."""
    return Seen(noun, content, used.get(id, frozenset()) | frozenset(owners(noun, id, content)), new_by)


def owners(noun: str, id: str, content: Content) -> Iterator[str]:
    """The organisations that a record belongs to, as far as it says so itself; an organisation also to itself."""
    if noun == "organisation":
        yield id
    yield from (content[name] for name in OWNERS.get(noun, ()) if content.get(name))
    if noun in PARTICIPANTS:
        yield from (item["organisation"] for item in content.get("participations", []) if item.get("organisation"))


USERS = """
    SELECT seat_id AS id, id AS organisation FROM organisation WHERE seat_id IN ({marks})
    UNION SELECT l.location_id, s.provider_id FROM service_location l JOIN service s ON s.id = l.owner_id
        WHERE l.location_id IN ({marks})
    UNION SELECT agreement_id, side_a_id FROM cooperation_link WHERE agreement_id IN ({marks})
    UNION SELECT agreement_id, side_b_id FROM cooperation_link WHERE agreement_id IN ({marks})
"""


async def users(reader: Database | Reader, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """The organisations whose published records use a location or an agreement: it belongs to them all."""
    found: dict[str, set[str]] = {}
    for some in chunks(sorted(set(ids))):
        for row in await reader.fetch(USERS.format(marks=marks(some)), *(some * 4)):
            found.setdefault(str(row["id"]), set()).add(str(row["organisation"]))
    return {id: frozenset(organisations) for id, organisations in found.items()}


def permit(viewer: Viewer) -> Permit:
    """What the write core asks before it writes for this viewer; raises InputError for all that is not allowed."""

    async def ask(transaction: Transaction, attempts: Sequence[Attempt]) -> None:
        now = await viewer_now(transaction, viewer)
        used = await users(transaction, [attempt.record for attempt in attempts if attempt.record])
        strict = await has_enough_reviewers(transaction)
        refuse(
            [
                broken
                async for n, attempt in in_turns(enumerate(attempts))
                for broken in _refusals(now, attempt, used, strict, n)
            ]
        )

    return ask


def allows(viewer: Viewer | None, attempt: Attempt, used: Mapping[str, frozenset[str]], strict: bool) -> bool:
    """Whether nothing speaks against an attempt, with what `users` and `has_enough_reviewers` found."""
    return next(_refusals(viewer, attempt, used, strict, 0), None) is None


def allows_some(viewer: Viewer | None, step: Step, noun: str) -> bool:
    """Whether the viewer may take a step with some record of a noun, as far as the table says."""
    rule = grant(viewer, noun)
    if viewer is None or rule is None or not viewer.has(Scope.WRITE):
        return False
    said = {"role": ConfirmationRole.REPRESENTATIVE, "organisation": next(iter(viewer.organisations), None)}
    word = said if viewer.role is Role.REPRESENTATIVE else {"role": ConfirmationRole.EDITOR}
    attempt = Attempt(step, noun, None, None, word, viewer.account)
    return _may_step(_Case(viewer, rule, attempt, frozenset(), strict=False))


async def has_enough_reviewers(reader: Reader) -> bool:
    """Whether there are two who can look at what the other has written."""
    sql = "SELECT COUNT(*) AS reviewers FROM account WHERE role = ? AND joined_at IS NOT NULL AND closed_at IS NULL"
    [row] = await reader.fetch(sql, Role.REVIEWER.value)
    return int(row["reviewers"]) >= ENOUGH_REVIEWERS


@dataclass(frozen=True)
class _Case:
    """One attempt with everything that decides about it."""

    viewer: Viewer
    rule: Rule
    attempt: Attempt
    changed: frozenset[str]
    strict: bool

    @property
    def by_itself(self) -> bool:
        """Whether the viewer wrote what is about to happen."""
        return self.attempt.proposed_by in (None, self.viewer.account)

    @property
    def needs_another(self) -> bool:
        """Whether somebody else has to look: at one's own words, and at those that one puts into another's draft."""
        four_eyes = self.strict and self.rule.decides and self.attempt.noun in FOUR_EYES
        own_work = self.attempt.step in (Step.PUBLISH, Step.SCHEDULE) and self.by_itself
        return four_eyes and (own_work or (self.attempt.step is Step.SAVE and not self.by_itself))


def _refusals(
    viewer: Viewer | None, attempt: Attempt, used: Mapping[str, frozenset[str]], strict: bool, n: int
) -> Iterator[Problem]:
    rule = grant(viewer, attempt.noun)
    if viewer is None or not viewer.has(Scope.WRITE):
        yield problem("not_allowed", (n,))
    elif attempt.noun is None:
        # Only whoever may do it to every record learns that there is none.
        if not any(_reaches_all(rule, attempt.step) for rule in TABLE if rule.role is viewer.role):
            yield problem("not_allowed", (n,))
    elif rule is None or not all(rule.rows(viewer, seen) for seen in _sights(attempt, used)):
        yield problem("not_allowed", (n,))
    else:
        yield from _broken(_Case(viewer, rule, attempt, changed(attempt.before, attempt.after), strict), n)


def _reaches_all(rule: Rule, step: Step) -> bool:
    return rule.rows is every and (step in rule.acts or (step in DRAFTING | DECIDING and rule.decides))


def _sights(attempt: Attempt, used: Mapping[str, frozenset[str]]) -> Iterator[Seen]:
    """The record as it stands and as it would be: nobody takes what is another's, or gives away what is theirs."""
    noun, id = attempt.noun or "", attempt.record or ""
    new_by = attempt.proposed_by if attempt.before is None else None
    after = None if attempt.step in SPEAKING else attempt.after
    for content in (attempt.before, after):
        if content is not None:
            yield sight(noun, id, content, used, new_by)
    if attempt.before is None and after is None:
        yield Seen(noun)


def _broken(case: _Case, n: int) -> Iterator[Problem]:
    """What speaks against an attempt on a record that the viewer reaches."""
    if not _may_step(case):
        yield problem("not_allowed", (n,))
        return
    if case.needs_another:
        yield problem("four_eyes", (n,))
    for name in sorted(name for name in case.changed if name not in _changeable(case)):
        yield problem("field_not_allowed", (n, name))


def _may_step(case: _Case) -> bool:
    step, rule = case.attempt.step, case.rule
    match step:
        case Step.PROPOSE:
            return rule.changes != NONE and case.attempt.proposed_by == case.viewer.account
        case Step.SAVE:
            return rule.changes != NONE and (case.by_itself or rule.decides)
        case Step.SUBMIT | Step.RECALL | Step.DISCARD:
            return rule.decides or (rule.changes != NONE and case.by_itself)
        case Step.PUBLISH:
            return rule.at_once != NONE if case.by_itself else rule.decides
        case Step.SCHEDULE:
            return rule.decides and (rule.changes != NONE or not case.by_itself)
        case Step.SEND_BACK:
            return rule.decides
        case Step.WITHDRAW:
            return step in rule.acts or (rule.decides and not case.by_itself)
        case Step.CONFIRM:
            return step in rule.acts and _speaks_as_itself(case.viewer, case.attempt.after or {})
    return step in rule.acts


def _changeable(case: _Case) -> Fields:
    match case.attempt.step:
        case Step.PROPOSE | Step.SAVE:
            return case.rule.proposes(new=case.attempt.before is None)
        case Step.PUBLISH | Step.SCHEDULE if case.by_itself:
            return case.rule.at_once
    return ALL


def _speaks_as_itself(viewer: Viewer, word: Content) -> bool:
    """A representative for an organisation of theirs, anybody else as an editor."""
    if viewer.role is Role.REPRESENTATIVE:
        return word.get("role") == ConfirmationRole.REPRESENTATIVE and word.get("organisation") in viewer.organisations
    return word.get("role") == ConfirmationRole.EDITOR


def changed(before: Content | None, after: Content | None) -> frozenset[str]:
    """The fields in which two contents differ; a slug that nobody asks for stays as it is."""
    if after is None:
        return frozenset()
    before = before or {}
    names = (before.keys() | after.keys()) - ({"slug"} if after.get("slug") is None else set())
    return frozenset(name for name in names if _said(before, name) != _said(after, name))


def _said(content: Content, name: str) -> object:
    value = content.get(name)
    return None if value == [] else value
