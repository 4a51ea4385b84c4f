"""What is derived, never stored: phase, trust, freshness, availability; and what may be seen of needs and places."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
import pytest_asyncio

from service.catalogue.catalogue import Catalogue
from service.catalogue.cooperation import Phase
from service.catalogue.record import Freshness
from service.catalogue.trust import Trust
from service.database import Database
from service.editing.acts import Places, Word, assure, confirm, set_availability
from service.editing.revisions import Draft, publish
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.service import AvailabilityState
from tests.catalogue.loading import AUTHOR, TODAY, filled, load
from tests.factories import (
    a_source,
    evidence,
    ident,
    make_agreement,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_region,
    make_service,
    make_taxonomy,
    make_term,
)

PERIODS: dict[str, dict[str, str]] = {
    "nothing": {},
    "from 2027": {"valid_from": "2027"},
    "from this month": {"valid_from": "2026-11"},
    "from tomorrow": {"valid_from": "2026-11-16"},
    "from today": {"valid_from": "2026-11-15"},
    "2010": {"valid_from": "2010"},
    "2010 to 2026": {"valid_from": "2010", "valid_to": "2026"},
    "2010 to this month": {"valid_from": "2010", "valid_to": "2026-11"},
    "2010 to last month": {"valid_from": "2010", "valid_to": "2026-10"},
    "2010 to today": {"valid_from": "2010", "valid_to": "2026-11-15"},
    "2010 to yesterday": {"valid_from": "2010", "valid_to": "2026-11-14"},
    "to 2030": {"valid_to": "2030"},
    "attested 24 months ago": {"attested_on": "2024-11-15"},
    "attested a day more": {"attested_on": "2024-11-14"},
    "attested that month": {"attested_on": "2024-11"},
    "attested the month before": {"attested_on": "2024-10"},
    "attested in 2024": {"attested_on": "2024"},
    "attested in 2023": {"attested_on": "2023"},
    "attested in 2013": {"attested_on": "2013-06-26"},
    "ended though attested": {"valid_to": "2025", "attested_on": "2025"},
}


def _links() -> list[Draft]:
    """A link for each period, each between two organisations of its own."""
    drafts: list[Draft] = []
    for name, period in PERIODS.items():
        sides = [make_organisation(f"{name} {side}") for side in "ab"]
        drafts += [*sides, make_link(name, **period, side_a=sides[0].id, side_b=sides[1].id)]
    return drafts


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def periods(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    async with Database(f"sqlite:///{tmp_path_factory.mktemp('periods')}/kopa.db") as database:
        await filled(database, [a_source(), *_links()])
        return await load(database)


def _link(catalogue: Catalogue, name: str) -> Any:
    return catalogue.records[ident("cooperation_link", name)]


@pytest.mark.parametrize(
    ("name", "phase", "year"),
    [
        ("nothing", Phase.LAST_KNOWN, None),
        ("from 2027", Phase.PLANNED, None),
        ("from this month", Phase.LAST_KNOWN, 2026),
        ("from tomorrow", Phase.PLANNED, None),
        ("from today", Phase.LAST_KNOWN, 2026),
        ("2010", Phase.LAST_KNOWN, 2010),
        ("2010 to 2026", Phase.ACTIVE, None),
        ("2010 to this month", Phase.ACTIVE, None),
        ("2010 to last month", Phase.ENDED, None),
        ("2010 to today", Phase.ACTIVE, None),
        ("2010 to yesterday", Phase.ENDED, None),
        ("to 2030", Phase.ACTIVE, None),
        ("attested 24 months ago", Phase.ACTIVE, None),
        ("attested a day more", Phase.LAST_KNOWN, 2024),
        ("attested that month", Phase.ACTIVE, None),
        ("attested the month before", Phase.LAST_KNOWN, 2024),
        ("attested in 2024", Phase.ACTIVE, None),
        ("attested in 2023", Phase.LAST_KNOWN, 2023),
        ("attested in 2013", Phase.LAST_KNOWN, 2013),
        ("ended though attested", Phase.ENDED, None),
    ],
)
def test_phase(periods: Catalogue, name: str, phase: Phase, year: int | None) -> None:
    link = _link(periods, name)
    assert link.phase() is phase
    assert link.last_known_year() == year
    assert {seen.phase() for seen in link.side_a.cooperation} == {phase}


@pytest.mark.parametrize(
    ("name", "day", "holds"),
    [
        ("nothing", "2026-11-15", False),
        ("2010", "2009-12-31", False),
        ("2010", "2010-01-01", True),
        ("2010", "2026-11-15", True),
        ("2010 to last month", "2026-10-31", True),
        ("2010 to last month", "2026-11-01", False),
        ("2010 to 2026", "2026-12-31", True),
        ("2010 to 2026", "2027-01-01", False),
        ("attested in 2013", "2013-06-25", False),
        ("attested in 2013", "2013-06-26", True),
        ("attested in 2013", "2020-01-01", True),
        ("attested in 2023", "2022-12-31", False),
        ("attested in 2023", "2023-01-01", True),
        ("to 2030", "2026-11-15", False),
        ("from 2027", "2026-12-31", False),
        ("ended though attested", "2026-01-01", False),
    ],
)
def test_a_link_holds_on_a_day(periods: Catalogue, name: str, day: str, *, holds: bool) -> None:
    assert _link(periods, name).held_on(date.fromisoformat(day)) == holds


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    async with Database(sqlite_url) as opened:
        yield opened


async def test_the_months_of_phase_are_a_setting(database: Database) -> None:
    await filled(database, [a_source(), *_links()])
    catalogue = await load(database, attested_months=12 * 14)
    assert _link(catalogue, "attested in 2013").phase() is Phase.ACTIVE
    catalogue = await load(database, attested_months=1)
    assert _link(catalogue, "attested in 2024").phase() is Phase.LAST_KNOWN
    catalogue = await load(database, today=date(2010, 3, 1))
    assert _link(catalogue, "2010 to today").phase() is Phase.ACTIVE
    assert _link(catalogue, "from today").phase() is Phase.PLANNED


PARTIES = (a_source(), make_organisation(1), make_organisation(2))


async def _said(
    database: Database, side: Side, state: ConfirmationState, on: date = TODAY, note: str | None = None
) -> None:
    organisation = ident("organisation", 1 if side is Side.SIDE_A else 2)
    word = Word(side, state, ConfirmationRole.REPRESENTATIVE, on, organisation=organisation, note=note)
    await confirm(database, ident("cooperation_link"), word, author=AUTHOR)


@pytest.mark.parametrize(
    ("items", "trust"),
    [
        ([{}], Trust.CLAIMED),
        ([{"speaks_for": "third"}], Trust.CLAIMED),
        ([{"speaks_for": "side_a"}], Trust.ONE_SIDED),
        ([{"speaks_for": "side_b"}], Trust.ONE_SIDED),
        ([{"speaks_for": "both"}], Trust.MUTUAL),
        ([{"speaks_for": "side_a"}, {"speaks_for": "side_a"}], Trust.ONE_SIDED),
        ([{"speaks_for": "side_a"}, {"speaks_for": "side_b"}], Trust.MUTUAL),
        ([{"speaks_for": "both", "basis": "inferred"}], Trust.CLAIMED),
    ],
)
async def test_trust_by_evidence(database: Database, items: list[dict[str, str]], trust: Trust) -> None:
    await filled(database, [*PARTIES, make_link(evidence=[evidence(**item) for item in items])])
    assert _link(await load(database), "1").trust() is trust


async def test_trust_by_the_words_of_the_sides_until_they_are_taken_back(database_url: str) -> None:
    async with Database(database_url) as database:
        await filled(database, [*PARTIES, make_link()])
        steps = (
            (Side.SIDE_A, ConfirmationState.ASKED, Trust.CLAIMED),
            (Side.SIDE_A, ConfirmationState.CONFIRMED, Trust.ONE_SIDED),
            (Side.SIDE_B, ConfirmationState.ASKED, Trust.ONE_SIDED),
            (Side.SIDE_B, ConfirmationState.CONFIRMED, Trust.MUTUAL),
            (Side.SIDE_B, ConfirmationState.DISPUTED, Trust.DISPUTED),
            (Side.SIDE_B, ConfirmationState.CONFIRMED, Trust.MUTUAL),
        )
        for side, state, trust in steps:
            await _said(database, side, state)
            assert _link(await load(database), "1").trust() is trust
        await publish(database, [make_link(kind="joint_project")], author=AUTHOR)
        link = _link(await load(database), "1")
        assert link.trust() is Trust.CLAIMED
        assert not link.held_on(TODAY)
        assert {word.state for word in link.confirmations} == {ConfirmationState.UNASKED}
        assert link.last_heard() is None


async def test_evidence_and_a_word_together_are_mutual(database: Database) -> None:
    await filled(database, [*PARTIES, make_link(evidence=[evidence(speaks_for="side_b")])])
    await _said(database, Side.SIDE_A, ConfirmationState.CONFIRMED)
    assert _link(await load(database), "1").trust() is Trust.MUTUAL


async def test_a_confirmation_attests(database: Database) -> None:
    await filled(database, [*PARTIES, make_link(attested_on="2013")])
    for on in (date(2024, 11, 15), date(2025, 1, 2)):
        await _said(database, Side.SIDE_A, ConfirmationState.CONFIRMED, on)
    link = _link(await load(database), "1")
    assert (link.phase(), link.freshness()) == (Phase.ACTIVE, Freshness.AGEING)
    assert link.held_on(date(2013, 1, 1))
    await publish(database, [make_link(), make_link("asked", project=None, kind="grant")], author=AUTHOR)
    link = _link(await load(database), "1")
    assert [link.held_on(date(2024, 11, day)) for day in (14, 15)] == [False, True]
    assert not _link(await load(database), "asked").held_on(TODAY)


async def test_asking_and_disputing_attest_nothing(database: Database) -> None:
    await filled(database, [*PARTIES, make_link()])
    await _said(database, Side.SIDE_A, ConfirmationState.ASKED)
    await _said(database, Side.SIDE_B, ConfirmationState.DISPUTED, note="nav tiesa")
    link = _link(await load(database), "1")
    assert link.last_heard() is None
    assert not link.held_on(TODAY)
    assert not any(hasattr(word, name) for word in link.confirmations for name in ("note", "tie_level"))


@pytest.mark.parametrize(
    ("kind", "agreement", "documented"),
    [
        ("news", None, False),
        ("news", ident("agreement"), True),
        ("official_register", None, True),
        ("legal_act", None, True),
        ("contract", None, True),
        ("report", None, False),
    ],
)
async def test_documented(database: Database, kind: str, agreement: str | None, *, documented: bool) -> None:
    parties = [a_source(kind=kind), *PARTIES[1:], make_agreement()]
    await filled(database, [*parties, make_link(agreement=agreement)])
    assert _link(await load(database), "1").documented() is documented


@pytest.mark.parametrize(
    ("attested", "assured", "freshness"),
    [
        (None, None, None),
        ("2025-11-15", None, Freshness.FRESH),
        ("2025-11-14", None, Freshness.AGEING),
        ("2025", None, Freshness.FRESH),
        ("2024-11-15", None, Freshness.AGEING),
        ("2024-11-14", None, Freshness.STALE),
        ("2024-11", None, Freshness.AGEING),
        ("2013", date(2025, 11, 15), Freshness.FRESH),
        ("2013", date(2025, 11, 14), Freshness.AGEING),
        ("2026", date(2013, 1, 1), Freshness.FRESH),
        (None, date(2024, 11, 14), Freshness.STALE),
    ],
)
async def test_freshness(
    database: Database, attested: str | None, assured: date | None, freshness: Freshness | None
) -> None:
    await filled(database, [*PARTIES, make_service(attested_on=attested), make_link(attested_on=attested)])
    nouns = ("service", "cooperation_link")
    for noun in nouns if assured else ():
        await assure(database, ident(noun), on=assured or TODAY, role="editor", author=AUTHOR)
    catalogue = await load(database)
    for noun in nouns:
        assert catalogue.records[ident(noun)].freshness() is freshness
        assert catalogue.indexes[noun].having(("freshness", freshness)) == 1
    sooner = await load(database, fresh_months=1, ageing_months=1200)
    assert sooner.records[ident("service")].freshness() in (None, Freshness.AGEING, Freshness.FRESH)


async def test_an_organisation_is_as_fresh_as_its_assurance(database: Database) -> None:
    await filled(database, PARTIES)
    await assure(database, ident("organisation"), on=TODAY, role="editor", author=AUTHOR)
    catalogue = await load(database, today=TODAY + timedelta(days=365))
    assert [o.freshness() for o in catalogue.of("organisation") if o.assured_on] == [Freshness.FRESH]
    catalogue = await load(database, today=TODAY + timedelta(days=366))
    assert [o.freshness() for o in catalogue.of("organisation") if o.assured_on] == [Freshness.AGEING]


async def test_availability_is_unknown_again_after_thirty_days(database: Database) -> None:
    await filled(database, [a_source(), make_organisation(), make_service()])
    service = ident("service")
    said = [
        Places(AvailabilityState.OPEN, TODAY - timedelta(days=40), "provider", free_places=3),
        Places(AvailabilityState.QUEUE, TODAY, "provider", weeks_to_wait=6),
    ]
    assert (await load(database)).records[service].availability().state is AvailabilityState.UNKNOWN
    for places in said:
        await set_availability(database, service, places, author=AUTHOR)
    for days, state, weeks in ((0, "queue", 6), (30, "queue", 6), (31, "unknown", None)):
        catalogue = await load(database, today=TODAY + timedelta(days=days))
        availability = catalogue.records[service].availability()
        assert (availability.state.value, availability.weeks_to_wait) == (state, weeks)
        assert availability.free_places is None
    catalogue = await load(database, today=TODAY + timedelta(days=8), availability_days=7)
    assert catalogue.records[service].availability().as_of is None


@pytest.mark.parametrize(
    ("waiting", "shown"), [(None, None), (0, "0"), (1, "<5"), (3, "<5"), (4, "<5"), (5, "5"), (120, "120")]
)
async def test_few_who_wait_are_never_counted(database: Database, waiting: int | None, shown: str | None) -> None:
    basics = [a_source(), make_region(), make_organisation(), make_taxonomy(), make_term()]
    await filled(database, [*basics, make_need(waiting=waiting)])
    need = (await load(database)).records[ident("need")]
    assert need.waiting_text() == shown
    assert need.waiting in (None, 0, 5, 120)


async def test_a_confidential_place_shows_its_municipality_only(database_url: str) -> None:
    secret = {
        "address": "Slepenā iela 5",
        "postal_code": "LV-4201",
        "town": {"lv": "Slepenpils"},
        "name": {"lv": "Slepenais nams"},
        "lon": 25.4,
        "lat": 57.5,
        "accessibility": {"lv": "slepena"},
        "transportation": {"lv": "slepens"},
    }
    async with Database(database_url) as database:
        location = make_location(**secret, confidential=True)
        await filled(database, [a_source(), make_region(), make_organisation(1, seat=location.id), location])
        catalogue = await load(database)
    place = catalogue.records[location.id]
    assert place.region is catalogue.records[ident("region")]
    assert place.confidential
    shown = (place.name, place.town, place.address, place.postal_code, place.point, place.accessibility)
    assert (*shown, place.transportation) == (None,) * 7
    assert catalogue.indexes["location"].containing("slepen") == 0
