"""Every rule that only publishing can hold: broken, with its code and place, and kept by its nearest neighbour.

`GOOD` is published before, then `KEPT` is accepted and `BROKEN` refused, each on both engines."""

from __future__ import annotations

import pytest

from service.database import Database
from service.editing.checks import CHECKS, TAXONOMIES
from service.editing.checks.cooperation import PUBLIC_FORMS, PUBLIC_SECTORS, SYMMETRIC
from service.editing.checks.emails import is_person_shaped
from service.editing.checks.location import building_of
from service.editing.revisions import withdraw
from service.editing.rules import all_checks, message_code
from service.models.cooperation import LinkKind
from service.models.organisation import LegalForm, Sector
from service.models.shape import shape
from tests.editing.cases import BROKEN_RULES, CASES, HOUSE, delegation, link, org, private, secret
from tests.editing.observing import AUTHOR, put, refusal, refused, stored
from tests.factories import ident, make_link, make_location, make_need, make_organisation, make_service, make_term, term


@pytest.mark.parametrize("name", CASES)
async def test_each_rule_is_told_where_it_is_broken_and_only_there(directory: Database, name: str) -> None:
    case = CASES[name]
    await put(directory, *case.good)
    told = await refused(directory, *case.broken)
    assert (case.code, (len(case.broken) - 1, *case.place)) in told
    assert {code for code, _ in told} == {case.code}
    await put(directory, *case.kept)


def test_every_check_has_its_cases() -> None:
    codes = {
        "references_are_published": {"not_published"},
        "quality_evidence_is_its_own": {"not_published"},
        "nothing_stands_above_itself": {"cycle"},
        "successions_do_not_circle": {"cycle"},
        "terms_are_of_their_taxonomy": {"wrong_taxonomy"},
        "terms_keep_their_taxonomy": {"fixed"},
        "delegators_are_public": {"delegator_not_public"},
        "links_do_not_overlap": {"overlapping_link"},
        "confidential_places_name_a_municipality": {"confidential_region"},
        "buildings_are_confidential_as_a_whole": {"shares_confidential_building", "shared_by_public_place"},
        "emails_are_functional": {"person_shaped_email"},
        "unique_values_are_free": {"taken", "twice"},
    }
    assert {check.__name__ for check in CHECKS} == codes.keys()
    told = {case.code for case in CASES.values()} | {"wrong_taxonomy"}
    assert set().union(*codes.values()) <= told


async def test_each_field_takes_terms_of_its_taxonomy_only(directory: Database) -> None:
    make = {
        "organisation": make_organisation,
        "service": make_service,
        "cooperation_link": make_link,
        "need": make_need,
    }
    new = make_term("new", "life_situation")
    for (noun, name), right in TAXONOMIES.items():
        several = name in shape(noun).sets
        for taxonomy in {*TAXONOMIES.values(), "life_situation"}:
            terms = [term(1, right), term(2, taxonomy)] if several else term(2, taxonomy)
            draft = make[noun](1, **{name: terms})
            if taxonomy == right:
                await put(directory, draft)
            else:
                assert await refused(directory, draft) == [("wrong_taxonomy", (0, name))]
        draft = make[noun](1, **{name: [new.id] if several else new.id})
        assert await refused(directory, new, draft) == [("wrong_taxonomy", (1, name))]


async def test_who_may_delegate(directory: Database) -> None:
    forms = [{"legal_form": form.value} for form in LegalForm] + [{"sector": sector.value} for sector in Sector]
    public = [{"legal_form": form.value} for form in PUBLIC_FORMS]
    public += [{"sector": sector.value} for sector in PUBLIC_SECTORS]
    assert len(public) == 8
    for stated in forms:
        drafts = make_organisation(3, **stated, parent=org(1)), delegation(1, 3, 2)
        if stated in public:
            await put(directory, *drafts)
        else:
            assert await refused(directory, *drafts) == [("delegator_not_public", (1, "side_a"))]


async def test_a_delegation_that_others_rest_on_is_not_withdrawn_alone(directory: Database) -> None:
    await put(directory, private(3), private(4), delegation(1, 1, 3), delegation(2, 3, 4))
    ids = [ident("cooperation_link", n) for n in (1, 2)]
    assert await refusal(withdraw(directory, ids[:1], author=AUTHOR)) == [("delegator_not_public", (0, "side_b"))]
    await withdraw(directory, ids, author=AUTHOR)


async def test_two_sides_in_the_other_order_are_the_same_where_their_roles_are(directory: Database) -> None:
    for kind in LinkKind:
        await put(directory, link(kind, 1, 2, kind.value))
        assert await refused(directory, link("2", 1, 2, kind.value)) == [("overlapping_link", (0, "valid_from"))]
        if kind in SYMMETRIC:
            assert await refused(directory, link("2", 2, 1, kind.value)) == [("overlapping_link", (0, "valid_from"))]
        else:
            await put(directory, link(f"{kind} back", 2, 1, kind.value))
    assert {LinkKind.COOPERATION, LinkKind.INFORMATION_EXCHANGE} == SYMMETRIC


async def test_both_overlapping_links_of_a_set_are_told(directory: Database) -> None:
    told = await refused(directory, link(1, 1, 2), link(2, 1, 2), link(3, 1, 2, "grant"))
    assert told == [("overlapping_link", (0, "valid_from")), ("overlapping_link", (1, "valid_from"))]
    await put(directory, link(1, 1, 2))
    await put(directory, link(1, 1, 2, attested_on="2013"))


async def test_a_link_that_was_withdrawn_is_in_nobodys_way(directory: Database) -> None:
    await put(directory, link(1, 1, 2))
    await withdraw(directory, [ident("cooperation_link", 1)], author=AUTHOR)
    await put(directory, link(2, 1, 2))
    assert await refused(directory, link(1, 1, 2)) == [("overlapping_link", (0, "valid_from"))]


async def test_a_place_stops_being_in_the_way_when_it_is_no_longer_confidential(directory: Database) -> None:
    await put(directory, secret(3, **HOUSE))
    await put(directory, make_location(3, **HOUSE), make_location(4, **HOUSE))
    await put(directory, secret(3, **HOUSE), secret(4, **HOUSE))
    assert (await stored(directory, "location", ident("location", 4)) or {}).get("address") is None


NEVER = {"need_waiting_not_few", "location_confidential"}


"""Rules that content cannot break: what they forbid is taken out before anything is published."""


async def test_rules_within_a_row_are_told_beside_their_field(directory: Database) -> None:
    for code, place, draft in BROKEN_RULES:
        assert await refused(directory, draft) == [(code, (0, *place))]


def test_every_rule_within_a_row_is_broken_here() -> None:
    assert {message_code(check) for check in all_checks()} - NEVER == {code for code, *_ in BROKEN_RULES}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("anna.berzina@example.org", True),
        ("anna_berzina@example.org", True),
        ("anna-berzina7@example.org", True),
        ("a.berzina@example.org", True),
        ("info@example.org", False),
        ("socialais.dienests@example.org", False),
        ("valmiera.info@example.org", False),
        ("kopa@anna.berzina.lv", False),
        ("sos.bernu.ciemati@example.org", False),
        ("centrs2.riga@example.org", False),
    ],
)
def test_what_an_address_of_a_person_looks_like(address: str, expected: bool) -> None:
    assert is_person_shaped(address) is expected


@pytest.mark.parametrize(
    ("address", "building"),
    [
        ("Rīgas iela 1-12", "rīgas iela 1"),
        ("Rīgas iela 1, dz. 12", "rīgas iela 1"),
        ("RĪGAS  iela 1", "rīgas iela 1"),
        ("Rīgas iela 12", "rīgas iela 12"),
        ("Rīgas iela 1a", "rīgas iela 1a"),
        ("13. janvāra iela 5 - 2", "13 janvāra iela 5"),
        ("„Zālītes”, Burtnieku pagasts", "zālītes burtnieku pagasts"),
        ("12", "12"),
        ("…", ""),
    ],
)
def test_what_of_an_address_names_the_building(address: str, building: str) -> None:
    assert building_of(address) == building
