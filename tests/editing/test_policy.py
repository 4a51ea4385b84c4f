"""Every role tries every step on every field of every noun: what is denied changed nothing and revealed nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from service import models
from service.accounts import people
from service.accounts.viewer import Viewer, viewer_of
from service.database import Database, Reader, Transaction
from service.editing import policy, viewing
from service.editing.acts import Places, Word, assure, confirm, set_availability
from service.editing.content import Content
from service.editing.duplicates import merge_organisations
from service.editing.permits import Attempt, Permit
from service.editing.policy import TABLE, permit
from service.editing.reverting import restore
from service.editing.revisions import (
    Draft,
    approve,
    discard,
    propose,
    publish,
    recall,
    save,
    send_back,
    submit,
    withdraw,
)
from service.editing.scheduling import expire, schedule
from service.errors import InputError
from service.models.account import Role, Scope
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.ddl import TABLES
from service.models.service import AvailabilityState
from service.models.shape import shape
from tests.editing.observing import put
from tests.factories import (
    MAKERS,
    everything,
    ident,
    make_agreement,
    make_event,
    make_figure,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_project,
    make_service,
    words,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TODAY = date(2026, 11, 21)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
ORGANISATION = ident("organisation")

OWNER, STRANGER = "owner", "stranger"
"""Two representatives: of the organisation to which everything here belongs, and of another."""
ROLES = ("administrator", "editor", "reviewer", OWNER, STRANGER, "analyst")

HAVE_OWNERS = {
    "organisation",
    "service",
    "cooperation_link",
    "need",
    "figure",
    "project",
    "event",
    "location",
    "agreement",
}
NOT_FOR_OWNERS = {
    "organisation": {"legal_form", "sector", "roles", "identifiers", "statuses", "authority_for", "parent", "slug"},
    "service": {"register_number", "register_valid_from", "register_valid_to", "quality", "slug"},
    "project": {"contract_number", "programme", "amount_minor", "currency", "slug"},
    "event": {"slug"},
}
AT_ONCE = {"organisation": {"phone"}, "service": {"phone", "schedules"}}
MOVES_IT = {("service", "provider"), ("need", "stated_by"), ("figure", "organisation")}
"""Fields whose change would give the record to somebody else."""


def owned() -> list[Draft]:
    """A record of each noun that belongs to the first organisation, as far as its noun has owners."""
    part = [{"organisation": ORGANISATION, "role": "partner"}]
    return [
        make_location("own"),
        make_organisation(1, sector="municipal", seat=ident("location", "own"), phone="+37167000001"),
        make_organisation(9),
        make_service("own"),
        make_project("own", participations=part),
        make_agreement("own"),
        make_link("own", agreement=ident("agreement", "own"), side_b=ident("organisation", 2)),
        make_event("own", participations=[{"organisation": ORGANISATION, "role": "participant"}]),
        make_need("own"),
        make_figure("own"),
    ]


def record_of(noun: str) -> Draft:
    """The record of a noun that everybody tries to get at."""
    found = {draft.noun: draft for draft in owned() if draft.id != ident("organisation", 9)}
    return found.get(noun) or MAKERS[noun]("service_category" if noun == "taxonomy" else 1)


class Stage:
    """The directory with its people."""

    def __init__(self, database: Database, viewers: Mapping[str, Viewer]) -> None:
        self.database = database
        self.viewers = viewers

    async def state(self) -> dict[str, Any]:
        """Every row of every table but the bookkeeping of sessions."""
        names = [str(model._meta.db_table) for model in TABLES]
        return {name: sorted(map(repr, await self.database.fetch(f'SELECT * FROM "{name}"'))) for name in names}


@pytest.fixture
async def stage(directory: Database) -> Stage:
    await put(directory, *owned())
    accounts = [str(model._meta.db_table) for model in TABLES if model.__module__ == "service.models.account"]
    if directory.dialect == "postgres":
        gone = " ".join(f'DELETE FROM "{table}";' for table in accounts)
        async with directory.transaction() as transaction:
            await transaction.execute(f"SET LOCAL session_replication_role = replica; {gone}")
    return Stage(directory, {name: await made(directory, name) for name in ROLES})


async def made(database: Database, name: str, role: Role | None = None) -> Viewer:
    """An account of a role; representatives speak for the first organisation, or for the one that has nothing."""
    of = {OWNER: [ORGANISATION], STRANGER: [ident("organisation", 9)]}.get(name, [])
    role = Role.REPRESENTATIVE if of else role or Role(name)  # type: ignore[call-arg]
    async with database.transaction() as transaction:
        email = f"{name}@example.org"
        account = await people.add(transaction, role, NOW, email=email, organisations=of)
        stamp = NOW if transaction.dialect == "postgres" else NOW.isoformat()
        await transaction.execute("UPDATE account SET joined_at = ? WHERE id = ?", stamp, account)
    viewer = await viewer_of(database, account)
    assert viewer is not None
    return viewer


class Allowed(Exception):
    """The permit was given; nothing of what it was given for is done."""


def looking(viewer: Viewer) -> Permit:
    """The real permit, which then undoes what it allows."""
    ask = permit(viewer)

    async def look(transaction: Transaction, attempts: Sequence[Attempt]) -> None:
        await ask(transaction, attempts)
        raise Allowed

    return look


Told = list[tuple[str, tuple[Any, ...], str]]


async def outcome(work: Callable[[Permit], Any], viewer: Viewer) -> Told | None:
    """None when it is allowed, otherwise all that is told."""
    try:
        await work(looking(viewer))
    except Allowed:
        return None
    except InputError as refused:
        return [(each.code, each.path, each.message) for each in refused.problems]
    pytest.fail("nobody was asked")


ALONE = [("not_allowed", (0,), "You are not allowed to do this.")]


def allowed_fields(who: str, noun: str, *, at_once: bool) -> Callable[[str], bool]:
    if who in ("administrator", "editor"):
        return lambda field: True
    if who != OWNER or noun not in HAVE_OWNERS:
        return lambda field: False
    if at_once:
        return lambda field: field in AT_ONCE.get(noun, ())
    return lambda field: field not in NOT_FOR_OWNERS.get(noun, ()) and (noun, field) not in MOVES_IT


def changes(noun: str) -> Iterator[tuple[str, Content]]:
    """The record with another value in one field, for each field that it has."""
    base = record_of(noun)
    full = next(draft for draft in everything() if draft.noun == noun).content
    for name in sorted(shape(noun).names | shape(noun).parts.keys() | {"slug"} & full.keys()):
        other = full.get(name)
        if name in ("provider", "stated_by", "organisation"):
            other = ident("organisation", 2)
        if other is not None and other != base.content.get(name):
            yield name, {**base.content, name: other}


@pytest.mark.parametrize("directory", ["sqlite"], indirect=True)  # What a field may be is no matter of the engine.
@pytest.mark.parametrize("noun", models.NOUNS)
async def test_every_field(stage: Stage, noun: str) -> None:
    database, id = stage.database, record_of(noun).id
    before = await stage.state()
    tried = 0
    for who, viewer in stage.viewers.items():
        may_propose, may_publish = (allowed_fields(who, noun, at_once=at_once) for at_once in (False, True))
        for field, content in changes(noun):
            draft = Draft(noun, id, content)
            proposed = await outcome(
                lambda permit, draft=draft, viewer=viewer: propose(
                    database, [draft], author=viewer.account, permit=permit
                ),  # type: ignore[misc]
                viewer,
            )
            assert (proposed is None) is may_propose(field), (who, field, proposed)
            published = await outcome(
                lambda permit, draft=draft, viewer=viewer: publish(
                    database, [draft], author=viewer.account, permit=permit
                ),  # type: ignore[misc]
                viewer,
            )
            assert (published is None) is may_publish(field), (who, field, published)
            tried += 1
    assert tried >= len(ROLES)
    assert await stage.state() == before


def on_records(database: Database, noun: str, id: str, viewer: Viewer) -> dict[str, Callable[[Permit], Any]]:
    """Everything that is done to records without a draft."""
    author = viewer.account
    own = next(iter(viewer.organisations), None)
    role = ConfirmationRole.REPRESENTATIVE if own else ConfirmationRole.EDITOR
    word = Word(Side.SIDE_A, ConfirmationState.CONFIRMED, role, TODAY, own, None if own else ident("source"))
    places = Places(AvailabilityState.FULL, TODAY, "tests")
    content = {**record_of(noun).content, **({"name": words("Cits")} if noun == "organisation" else {})}
    other = ident("organisation", 2)
    return {
        "propose": lambda permit: propose(database, [Draft(noun, id, content)], author=author, permit=permit),
        "publish": lambda permit: publish(database, [Draft(noun, id, content)], author=author, permit=permit),
        "withdraw": lambda permit: withdraw(database, [id], author=author, permit=permit),
        "expire": lambda permit: expire(database, [id], LATER, author=author, permit=permit),
        "restore": lambda permit: restore(database, [id], author=author, permit=permit),
        "merge": lambda permit: merge_organisations(database, id, other, author=author, permit=permit),
        "assure": lambda permit: assure(database, id, on=TODAY, role="tests", author=author, permit=permit),
        "confirm": lambda permit: confirm(database, id, word, author=author, permit=permit),
        "availability": lambda permit: set_availability(database, id, places, author=author, permit=permit),
    }


BY_KEEPERS = {"publish", "withdraw", "expire", "restore", "merge"}


def may(who: str, step: str, noun: str) -> bool:
    """What design says, written anew."""
    if who in ("administrator", "editor"):
        return True
    if who == "reviewer":  # They see all, so they may be told that there is nothing to restore.
        return step == "restore"
    if who != OWNER or noun not in HAVE_OWNERS:
        return False
    if step == "confirm":
        return noun == "cooperation_link"
    if step == "availability":
        return noun == "service"
    if step == "publish":  # Nothing is changed, so nothing is published that needs review.
        return noun in AT_ONCE and noun != "organisation"
    return step not in BY_KEEPERS


@pytest.mark.parametrize("noun", models.NOUNS)
async def test_every_step_on_records(stage: Stage, noun: str) -> None:
    id = record_of(noun).id
    before = await stage.state()
    for who, viewer in stage.viewers.items():
        for step, work in on_records(stage.database, noun, id, viewer).items():
            found = await outcome(work, viewer)
            assert (found is None) is may(who, step, noun), (who, step, found)
            if who in (STRANGER, "analyst"):
                assert {code for code, *_ in found or []} == {"not_allowed"}
    assert await stage.state() == before


async def test_only_keepers_restore(stage: Stage) -> None:
    id = record_of("need").id
    await withdraw(stage.database, [id], author="tests")
    before = await stage.state()
    for who, viewer in stage.viewers.items():
        found = await outcome(on_records(stage.database, "need", id, viewer)["restore"], viewer)
        assert (found is None) is (who in ("administrator", "editor")), (who, found)
    assert await stage.state() == before


def on_drafts(
    database: Database, revision: str, viewer: Viewer, content: Content
) -> dict[str, Callable[[Permit], Any]]:
    """Everything that is done with somebody's draft."""
    author = viewer.account
    return {
        "save": lambda permit: save(database, revision, content, edition=1, permit=permit),
        "submit": lambda permit: submit(database, [revision], permit=permit),
        "recall": lambda permit: recall(database, [revision], permit=permit),
        "discard": lambda permit: discard(database, [revision], author=author, permit=permit),
        "send_back": lambda permit: send_back(database, [revision], reason="Nē.", author=author, permit=permit),
        "schedule": lambda permit: schedule(database, [revision], LATER, author=author, permit=permit),
        "approve": lambda permit: approve(database, [revision], author=author, permit=permit),
    }


DRAFTING = {"save", "submit", "recall", "discard"}


@pytest.mark.parametrize("noun", models.NOUNS)
async def test_every_step_on_somebodys_draft(stage: Stage, noun: str) -> None:
    database, base = stage.database, record_of(noun)
    owner = stage.viewers[OWNER]
    saved = await propose(database, [base], author=owner.account)
    [revision] = saved.revisions
    before = await stage.state()
    for who, viewer in stage.viewers.items():
        steps = on_drafts(database, revision, viewer, base.content)
        none = on_drafts(database, str(uuid4()), viewer, base.content)
        for step, work in steps.items():
            found = await outcome(work, viewer)
            decides = who in ("administrator", "editor") or (who == "reviewer" and step != "save")
            own = who == OWNER and noun in HAVE_OWNERS and step in DRAFTING
            assert (found is None) is (decides or own), (who, step, found)
            if who in (STRANGER, "analyst"):
                # Not to be told from a draft that there is not.
                assert found == await outcome(none[step], viewer) == ALONE
    assert await stage.state() == before


async def test_what_is_denied_costs_and_tells_the_same_whether_or_not_it_exists(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[str] = []
    fetch = Reader.fetch

    async def watched(this: Reader, sql: str, *values: Any) -> Any:
        statements.append(sql)
        return await fetch(this, sql, *values)

    monkeypatch.setattr(Reader, "fetch", watched)
    unknown, secret = str(uuid4()), make_service("secret", provider=ident("organisation", 2))
    await propose(stage.database, [secret], author=stage.viewers["editor"].account)
    for who in (STRANGER, OWNER, "analyst"):
        viewer = stage.viewers[who]
        for step in on_records(stage.database, "service", unknown, viewer):
            told = []
            for id in (unknown, secret.id):
                statements.clear()
                said = await outcome(on_records(stage.database, "service", id, viewer)[step], viewer)
                told.append((said, list(statements)))
            assert told[0] == told[1], (who, step)


async def test_of_several_drafts_nobody_learns_which_exist(stage: Stage) -> None:
    secret = await propose(
        stage.database, [make_service("one"), make_service("two")], author=stage.viewers["editor"].account
    )
    none = [str(uuid4()), str(uuid4())]
    for who in (STRANGER, OWNER, "analyst"):
        viewer = stage.viewers[who]
        for step, work in several(stage.database, secret.revisions, viewer).items():
            told = await outcome(work, viewer)
            assert told == await outcome(several(stage.database, none, viewer)[step], viewer), (who, step)
            assert len(told or []) == 2


def several(database: Database, ids: Sequence[str], viewer: Viewer) -> dict[str, Callable[[Permit], Any]]:
    """What is done with several drafts at once."""
    author = viewer.account
    return {
        "submit": lambda permit: submit(database, ids, permit=permit),
        "recall": lambda permit: recall(database, ids, permit=permit),
        "discard": lambda permit: discard(database, ids, author=author, permit=permit),
        "send_back": lambda permit: send_back(database, ids, reason="Nē.", author=author, permit=permit),
        "schedule": lambda permit: schedule(database, ids, LATER, author=author, permit=permit),
        "approve": lambda permit: approve(database, ids, author=author, permit=permit),
    }


async def test_what_nobody_sees_is_neither_found_sorted_by_nor_counted(stage: Stage) -> None:
    database = stage.database
    editor = stage.viewers["editor"]
    for noun in models.NOUNS:
        base = record_of(noun)
        asked = [*sorted(viewing.ABOUT_THE_DRAFT), *sorted(shape(noun).names | shape(noun).parts.keys()), "nothing"]
        before = {who: [await seen(database, viewer, noun, base, each) for each in asked]
                  for who, viewer in stage.viewers.items()}  # fmt: skip
        await propose(database, [base], author=editor.account)
        for who, viewer in stage.viewers.items():
            after = [await seen(database, viewer, noun, base, each) for each in asked]
            sees = who in ("administrator", "editor", "reviewer") or (who == OWNER and noun in HAVE_OWNERS)
            assert (after != before[who]) is sees, (who, noun)
            history = await viewing.record_history(database, viewer, base.id)
            assert bool(history) is sees, (who, noun)


async def seen(database: Database, viewer: Viewer, noun: str, base: Draft, field: str) -> Any:
    """What somebody learns who filters by a field, and who sorts by it."""
    told = []
    for asked in ({"where": {field: base.content.get(field)}}, {"order": field}):
        try:
            found = await viewing.drafts(database, viewer, noun, **asked)  # type: ignore[arg-type]
        except InputError as refused:
            told.append([(each.code, each.path) for each in refused.problems])
        else:
            told.append([(each.record, sorted(each.content)) for each in found])
    return told


async def test_a_field_that_is_not_seen_is_not_asked_for_either(stage: Stage) -> None:
    database, reviewer = stage.database, stage.viewers["reviewer"]
    need = make_need("few", waiting=3)
    await propose(database, [need], author=stage.viewers[OWNER].account)
    [found] = await viewing.drafts(database, reviewer, "need")
    assert "waiting" not in found.content
    for asked in ({"where": {"waiting": 3}}, {"order": "waiting"}):
        with pytest.raises(InputError) as refused:
            await viewing.drafts(database, reviewer, "need", **asked)  # type: ignore[arg-type]
        assert refused.value.problems[0].code == "field_not_seen"
    [found] = await viewing.drafts(database, stage.viewers[OWNER], "need", {"waiting": 3})
    assert found.content["waiting"] == 3


async def test_a_confidential_place_is_its_owners_and_the_editors(stage: Stage) -> None:
    database = stage.database
    place = make_location("own", confidential=True, address="Slepenā iela 1")
    await put(database, place)
    await propose(database, [place], author=stage.viewers[OWNER].account)
    for who, viewer in stage.viewers.items():
        told = repr(await viewing.drafts(database, viewer, "location"))
        told += repr(await viewing.record_history(database, viewer, place.id))
        assert ("Slepenā" in told) is (who in ("administrator", "editor", OWNER)), who


async def test_tie_levels_and_notes_are_for_the_sides_editors_and_analysts(stage: Stage) -> None:
    database, link = stage.database, ident("cooperation_link", "own")
    said = {"tie_level": 2, "note": "Tā nav", "source": ident("source")}
    word = Word(Side.SIDE_B, ConfirmationState.DISPUTED, ConfirmationRole.EDITOR, TODAY, **said)  # type: ignore[arg-type]
    await confirm(database, link, word, author="tests")
    for who, viewer in stage.viewers.items():
        found = [(each.tie_level, each.note) for each in await viewing.words(database, viewer, link)]
        assert found == ([(2, "Tā nav")] if who in ("administrator", "editor", OWNER, "analyst") else []), who


async def test_nobody_speaks_as_somebody_else(stage: Stage) -> None:
    database, link = stage.database, ident("cooperation_link", "own")
    owner, editor = stage.viewers[OWNER], stage.viewers["editor"]
    said = {"side": Side.SIDE_A, "state": ConfirmationState.CONFIRMED, "on": TODAY}
    other, source = ident("organisation", 2), ident("source")
    for viewer, more in (
        (owner, {"role": ConfirmationRole.REPRESENTATIVE, "organisation": other}),
        (owner, {"role": ConfirmationRole.EDITOR, "source": source}),
        (owner, {"role": ConfirmationRole.MAIL, "organisation": ORGANISATION}),
        (editor, {"role": ConfirmationRole.REPRESENTATIVE, "organisation": ORGANISATION}),
        (editor, {"role": ConfirmationRole.MAIL, "organisation": ORGANISATION}),
    ):
        word = Word(**said, **more)  # type: ignore[arg-type]
        assert (
            await outcome(
                lambda permit, word=word: confirm(database, link, word, author="x", permit=permit),
                viewer,  # type: ignore[misc]
            )
            == ALONE
        )
    draft = record_of("service")
    assert await outcome(lambda permit: propose(database, [draft], author="another", permit=permit), owner) == ALONE


async def test_nobody_takes_what_is_anothers_or_gives_away_what_is_theirs(stage: Stage) -> None:
    database, stranger, owner = stage.database, stage.viewers[STRANGER], stage.viewers[OWNER]
    base = record_of("service")
    for viewer, provider in ((stranger, ident("organisation", 9)), (owner, ident("organisation", 2))):
        draft = Draft("service", base.id, {**base.content, "provider": provider})
        work = on_records(database, "service", base.id, viewer)
        found = await outcome(
            lambda permit, draft=draft, viewer=viewer: propose(database, [draft], author=viewer.account, permit=permit),  # type: ignore[misc]
            viewer,
        )
        assert found == ALONE
        assert work


async def test_a_representative_begins_what_belongs_to_nobody_yet(stage: Stage) -> None:
    database, owner, stranger = stage.database, stage.viewers[OWNER], stage.viewers[STRANGER]
    for draft in (MAKERS["source"]("new"), make_location("new"), make_agreement("new")):
        saved = await propose(database, [draft], author=owner.account, permit=permit(owner))
        for step, work in on_drafts(database, saved.revisions[0], stranger, draft.content).items():
            assert await outcome(work, stranger) == ALONE, step
        await submit(database, saved.revisions, permit=permit(owner))
    draft = make_service("new")
    await propose(database, [draft], author=owner.account, permit=permit(owner))
    foreign = make_service("foreign", provider=ident("organisation", 2))
    refused = await outcome(lambda permit: propose(database, [foreign], author=owner.account, permit=permit), owner)
    assert refused == ALONE


async def test_representatives_publish_at_once_what_they_may_and_nothing_more(stage: Stage) -> None:
    database, owner = stage.database, stage.viewers[OWNER]
    base = record_of("organisation")
    changed = Draft("organisation", base.id, {**base.content, "phone": "+37167000002"})
    await publish(database, [changed], author=owner.account, permit=permit(owner))
    both = Draft("organisation", base.id, {**changed.content, "phone": "+37167000003", "name": words("Cits")})
    with pytest.raises(InputError) as refused:
        await publish(database, [both], author=owner.account, permit=permit(owner))
    assert [(each.code, each.path) for each in refused.value.problems] == [("field_not_allowed", (0, "name"))]
    [row] = await database.fetch("SELECT phone FROM organisation WHERE id = ?", base.id)
    assert row["phone"] == "+37167000002"


async def test_four_eyes_begin_with_the_second_reviewer(stage: Stage) -> None:
    database, editor, owner = stage.database, stage.viewers["editor"], stage.viewers[OWNER]
    drafts = [Draft(noun, record_of(noun).id, record_of(noun).content) for noun in ("service", "taxonomy")]
    saved = await propose(database, drafts, author=editor.account)
    theirs = await propose(database, [record_of("service")], author=owner.account)

    async def refusals(viewer: Viewer) -> list[list[str]]:
        works = [
            lambda permit: approve(database, saved.revisions[:1], author=viewer.account, permit=permit),
            lambda permit: approve(database, saved.revisions[1:], author=viewer.account, permit=permit),
            lambda permit: publish(database, [record_of("service")], author=viewer.account, permit=permit),
            lambda permit: save(database, theirs.revisions[0], record_of("service").content, edition=1, permit=permit),
            lambda permit: approve(database, theirs.revisions, author=viewer.account, permit=permit),
        ]  # fmt: skip
        return [[code for code, *_ in await outcome(work, viewer) or []] for work in works]

    assert await refusals(editor) == [[], [], [], [], []]
    second = await made(database, "second", Role.REVIEWER)
    eyes = ["four_eyes"]
    assert await refusals(editor) == [eyes, [], eyes, eyes, []]
    assert await refusals(second) == [[], [], ["not_allowed"], ["not_allowed"], []]
    async with database.transaction() as transaction:
        await people.close(transaction, second.account, NOW, by=None)
    assert await refusals(editor) == [[], [], [], [], []]


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({Scope.READ}), frozenset({Scope.WRITE})])
async def test_a_token_does_no_more_than_its_scopes(stage: Stage, scopes: frozenset[Scope]) -> None:
    database, account = stage.database, stage.viewers["editor"].account
    viewer = Viewer(account, Role.EDITOR, scopes=scopes)
    base = record_of("service")
    await propose(database, [base], author=account)
    found = await outcome(lambda permit: publish(database, [base], author=account, permit=permit), viewer)
    assert (found is None) is (Scope.WRITE in scopes)
    assert bool(await viewing.drafts(database, viewer, "service")) is (Scope.READ in scopes)
    assert bool(await viewing.record_history(database, viewer, base.id)) is (Scope.READ in scopes)


async def test_a_role_is_read_again_where_it_matters(stage: Stage) -> None:
    database, editor = stage.database, stage.viewers["editor"]
    async with database.transaction() as transaction:
        await people.close(transaction, editor.account, NOW, by=None)
    work = on_records(database, "service", record_of("service").id, editor)
    for step in work:
        assert await outcome(work[step], editor) == ALONE
    assert await viewing.drafts(database, editor, "service") == []


def test_a_role_has_one_line_for_each_noun() -> None:
    lines = [(rule.role, noun) for rule in TABLE for noun in rule.nouns]
    assert len(lines) == len(set(lines))
    known = models.NOUNS.keys() | {policy.WORDS}
    assert {noun for _, noun in lines} == known
    for rule in TABLE:
        for noun in rule.nouns - {policy.WORDS}:
            names = shape(noun).names | shape(noun).parts.keys() | {"slug"}
            used = rule.changes.names | rule.at_once.names | rule.sees.names
            assert used & names or not used, (rule.role, noun)
