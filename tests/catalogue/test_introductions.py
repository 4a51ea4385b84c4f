"""Introductions beside what they mean, said without any index; and how they are worded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import Window
from service.catalogue.cooperation import Phase
from service.catalogue.introductions.introduction import suggested_partners
from service.catalogue.introductions.unconnected import unconnected
from service.catalogue.words import Language
from service.database import Database
from service.models.need import NeedStatement
from service.models.organisation import Sector
from service.models.region import RegionKind
from service.models.service import ServiceStatus
from tests.catalogue.asking import around
from tests.catalogue.loading import TODAY, filled, load
from tests.catalogue.test_coverage import lies_in, person
from tests.catalogue.town import given_by, said_by, small
from tests.catalogue.worlds import WORLDS, drawn, world
from tests.factories import ident, make_link, make_organisation

GOVERNMENTS = (RegionKind.MUNICIPALITY, RegionKind.STATE_CITY)
ALIKE, MEETS, MET = "same_region_and_group", "meets_partners_need", "partner_meets_need"


def municipal_sides(organisation: Any) -> set[Any]:
    """The bodies with which one is a municipal side: for a region that it acts for, or that this became."""
    catalogue = organisation.catalogue
    regions = [r for r in catalogue.of("region") if organisation in r.municipal_side]
    return {body for region in regions for body in region.municipal_side}


def one(organisation: Any) -> set[Any]:
    whole = person(organisation)
    heads = {person(body) for body in municipal_sides(whole)} | {whole}
    return {o for o in organisation.catalogue.of("organisation") if person(o) in heads} | municipal_sides(whole)


def parents(organisation: Any) -> Iterator[Any]:
    while organisation.parent:
        organisation = organisation.parent
        yield organisation


def known(own: set[Any], other: Any) -> bool:
    def met(seen: Any) -> bool:
        partner = person(seen.partner)
        return other is partner or other in municipal_sides(partner)

    related = any(other in parents(body) or body in parents(other) for body in own)
    return other in own or related or any(met(seen) for body in own for seen in body.cooperation)


def regions_of(organisations: Any) -> set[Any]:
    places = {p for o in organisations for p in (*o.places(), *(r for s in o.services for r in s.places()))}
    found = set()
    for place in places:
        near = {wider for wider in around(place) if wider.kind in GOVERNMENTS}
        found |= near or ({place} if place.kind is not RegionKind.COUNTRY else set())
    return found


def serves(organisation: Any, region: Any) -> bool:
    """In the region or in a part of it, or for a wider one that is not the country."""
    units = [o for o in organisation.catalogue.of("organisation") if person(o) is organisation]
    at = [p for o in units for p in (*o.places(), *(r for s in o.services for r in s.places()))]
    named = [p for o in units for p in (*o.regions, *(r for s in o.services for r in s.regions))]
    wider = [p for p in named if p.kind is not RegionKind.COUNTRY]
    return any(lies_in(p, region) for p in at) or any(lies_in(region, p) for p in wider)


def for_group(organisation: Any, group: Any) -> bool:
    units = [o for o in organisation.catalogue.of("organisation") if person(o) is organisation]
    groups = [g for o in units for g in o.all_target_groups()]
    return any(lies_in(g, group) or lies_in(group, g) for g in groups)


def open_needs(catalogue: Catalogue) -> list[Any]:
    today = TODAY.isoformat()

    def lacking(need: Any) -> bool:
        begun = need.period_from is None or today[: len(need.period_from.value)] >= need.period_from.value
        ended = need.period_to is not None and today[: len(need.period_to.value)] > need.period_to.value
        return need.statement in (NeedStatement.NEEDED, NeedStatement.NONE_HERE) and begun and not ended

    return [need for need in catalogue.of("need") if lacking(need)]


def meets(service: Any, need: Any) -> bool:
    group = need.target_group
    wider = [p for p in around(need.region) if p.kind is not RegionKind.COUNTRY]
    near = any(lies_in(p, w) for p in service.places() for w in wider)
    return (
        service.status in (None, ServiceStatus.ACTIVE)
        and any(lies_in(c, need.category) for c in service.categories)
        and (group is None or any(lies_in(g, group) for g in service.target_groups))
        and (near or any(lies_in(need.region, p) for p in service.regions))
    )


Reasons = dict[str, dict[tuple[str, str], set[str]]]


def expected(organisation: Any) -> Reasons:
    """By the id of whom to meet: each reason's kind and need, with the services, or the regions and groups."""
    catalogue, own = organisation.catalogue, one(organisation)
    found: Reasons = {}
    groups = {g for o in own for g in o.all_target_groups()}
    for other in (o for o in catalogue.of("organisation") if person(o) is o and not known(own, o)):
        units = [o for o in catalogue.of("organisation") if person(o) is other]
        reasons: dict[tuple[str, str], set[str]] = {}
        for need in open_needs(catalogue):
            theirs = {s.id for o in units for s in o.services if meets(s, need)}
            ours = {s.id for o in own for s in o.services if meets(s, need)}
            if need.stated_by in own and theirs:
                reasons[MET, need.id] = theirs
            if person(need.stated_by) is other and ours:
                reasons[MEETS, need.id] = ours
        regions = {r.id for r in regions_of(own) if serves(other, r)}
        shared = {g.id for g in groups if for_group(other, g)}
        if regions and shared:
            reasons[ALIKE, ""] = regions | shared
        if reasons:
            found[other.id] = reasons
    return found


def told(reason: Any) -> tuple[tuple[str, str], set[str]]:
    pages = (reason.services(first=100), reason.regions(first=100), reason.target_groups(first=100))
    need = reason.need.id if reason.need else ""
    return (reason.kind.value, need), {record.id for page in pages for record in page.nodes}


def weight(introduction: Any) -> tuple[int, int, int, int]:
    reasons = introduction.reasons(first=100).nodes
    needs = [reason for reason in reasons if reason.need]
    municipal = sum(reason.need.stated_by in reason.need.region.municipal_side for reason in needs)
    alike = next((reason for reason in reasons if not reason.need), None)
    shared = (len(alike.shared_regions), len(alike.shared_groups)) if alike else (0, 0)
    return -municipal, municipal - len(needs), -shared[0], -shared[1]


def test_everybody_worth_meeting_is_suggested_with_the_reasons() -> None:
    seen: set[str] = set()

    @settings(max_examples=100)
    @given(number=st.integers(0, WORLDS - 1), data=st.data())
    def compare(number: int, data: st.DataObject) -> None:
        organisation = drawn(data, world(number).of("organisation"))
        introductions = suggested_partners(organisation, Window(first=100)).nodes
        found = {i.organisation.id: dict(map(told, i.reasons(first=100).nodes)) for i in introductions}
        assert found == expected(organisation)
        assert list(map(weight, introductions)) == sorted(map(weight, introductions))
        seen.update(kind for reasons in found.values() for kind, _ in reasons)

    compare()
    assert seen == {ALIKE, MEETS, MET}


@settings(max_examples=100)
@given(number=st.integers(0, WORLDS - 1), data=st.data())
def test_the_pages_of_suggestions_are_those_of_one_list(number: int, data: st.DataObject) -> None:
    organisation = drawn(data, world(number).of("organisation"))
    size = data.draw(st.integers(1, 4))
    whole = suggested_partners(organisation, Window(first=100))
    parts, after = [], None
    for _ in range(100):
        page = suggested_partners(organisation, Window(first=size, after=after))
        parts += [one.organisation.id for one in page.nodes]
        after = page.page_info().end_cursor
        if not page.page_info().has_next_page:
            break
    assert parts == [one.organisation.id for one in whole.nodes]
    assert whole.total_count == len(parts)


@settings(max_examples=100)
@given(number=st.integers(0, WORLDS - 1), data=st.data())
def test_those_without_a_known_link_are_told(number: int, data: st.DataObject) -> None:
    catalogue = world(number)
    region = drawn(data, catalogue.of("region"))
    now = [r for r in catalogue.of("region") if r.kind in GOVERNMENTS]
    places = [r for r in now if lies_in(r, region)] or [r for r in now if lies_in(region, r)] or [region]
    side = {body for place in places for body in place.municipal_side}

    def active(ngo: Any) -> bool:
        at = (*ngo.places(), *(r for s in ngo.services for r in s.places()))
        return ngo.sector is Sector.NGO and any(lies_in(p, place) for p in at for place in places)

    def linked(ngo: Any) -> bool:
        units = [o for o in catalogue.of("organisation") if person(o) is ngo]
        active_links = [seen for o in units for seen in o.cooperation if seen.link.phase() is Phase.ACTIVE]
        return any(seen.partner in side for seen in active_links)

    there = {person(o) for o in catalogue.of("organisation") if active(o)}
    meant = {o.id for o in there if o.sector is Sector.NGO and not linked(o) and o not in side}
    found = unconnected(catalogue, data.draw(st.sampled_from((region.id, region.code))))
    assert found is not None
    page = found.organisations(first=100)
    assert ({o.id for o in page.nodes}, page.total_count) == (meant, len(meant))
    assert {r.id for r in found.municipalities(first=100).nodes} == {r.id for r in places}
    assert {o.id for o in found.municipal_side(first=100).nodes} == {o.id for o in side}


def test_a_region_that_is_none_has_no_answer() -> None:
    assert unconnected(world(0), "nav-tada") is None


@pytest.fixture
async def published(sqlite_url: str) -> AsyncIterator[Callable[..., Any]]:
    async with Database(sqlite_url) as database:

        async def loaded(*more: Any) -> Catalogue:
            await filled(database, small(*more))
            return await load(database)

        yield loaded


async def test_a_reason_says_in_words_what_is_lacking_and_who_gives_it(published: Any) -> None:
    catalogue = await published(given_by("a", "other"), said_by("1", "old town", "needed"))
    town = catalogue.records[ident("organisation", "town")]
    [introduction] = suggested_partners(town, Window()).nodes
    [reason] = introduction.reasons().nodes
    assert reason.by_municipal_side
    assert reason.text() == (
        "Biedrība old town norāda, ka trūkst pakalpojuma: Jēdziens care (valmiera. novads). Biedrība other to sniedz."
    )
    assert reason.text(Language.EN).endswith("Biedrība other gives it.")


@pytest.mark.parametrize("link", [{"attested_on": "2026-10"}, {"valid_from": "2010", "valid_to": "2011"}])
async def test_who_ever_worked_with_the_municipal_side_is_not_suggested(published: Any, link: dict[str, str]) -> None:
    sides = {"side_a": ident("organisation", "old town"), "side_b": ident("organisation", "other")}
    catalogue = await published(given_by("a", "other"), said_by("1", "town", "needed"), make_link(**sides, **link))
    assert suggested_partners(catalogue.records[ident("organisation", "town")], Window()).total_count == 0


async def test_what_is_not_known_is_never_said_to_be_not_so(published: Any) -> None:
    catalogue = await published(given_by("a", "unit"), make_organisation("abroad", sector="ngo"))
    found = unconnected(catalogue, "region-valmiera")
    assert found is not None
    assert [o.id for o in found.organisations().nodes] == [ident("organisation", "ngo")]
    for language, words in ((Language.LV, "nav ziņu"), (Language.EN, "does not know")):
        assert words in found.text(language)
        assert "nesadarboj" not in found.text(language)
        assert "valmiera. novads" in found.text(language)


@pytest.mark.parametrize("own", [{}, {"sector": "private"}])
@pytest.mark.parametrize(("until", "unknown"), [("2100", ["other"]), ("2021", ["ngo", "other"])])
async def test_a_units_link_is_that_of_its_ngo_whatever_the_unit_is(
    published: Any, own: dict[str, str], until: str, unknown: list[str]
) -> None:
    parish = make_organisation("parish", legal_form="unit", parent=ident("organisation", "ngo"), **own)
    sides = {"side_a": ident("organisation", "town"), "side_b": ident("organisation", "parish")}
    link = make_link(**sides, valid_from="2020", valid_to=until)
    catalogue = await published(given_by("a", "unit"), given_by("b", "other"), parish, link)
    found = unconnected(catalogue, "region-valmiera")
    assert found is not None
    assert {o.id for o in found.organisations().nodes} == {ident("organisation", name) for name in unknown}
