"""Coverage beside what it means, said without any index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalogue.catalogue import Catalogue
from service.catalogue.cooperation import Phase
from service.catalogue.coverage import coverage
from service.catalogue.coverage.cell import CoverageCell, CoverageState
from service.catalogue.coverage.question import Arrangement
from service.catalogue.reach import Reach
from service.models.cooperation import LinkKind
from service.models.need import NeedStatement
from service.models.organisation import LegalForm, Sector
from service.models.region import RegionKind
from service.models.service import ServiceStatus
from tests.catalogue.asking import around, holds_on
from tests.catalogue.loading import TODAY
from tests.catalogue.worlds import WORLDS, world

HELD = {
    Arrangement.DELEGATED: {LinkKind.DELEGATION, LinkKind.PARTICIPATION_CONTRACT},
    Arrangement.BOUGHT: {LinkKind.PURCHASE},
    Arrangement.FUNDED: {LinkKind.GRANT},
}
NEAR = {Reach.LOCAL, Reach.REGIONAL}
DAYS = (None, None, date(2013, 6, 26), date(2026, 11, 1), date(2029, 1, 1))


def person(organisation: Any) -> Any:
    while organisation.legal_form is LegalForm.UNIT and organisation.parent:
        organisation = organisation.parent
    return organisation


def lies_in(item: Any, wider: Any) -> bool:
    return any(place is wider for place in around(item))


class Expected:
    """What a cell has to tell, found by looking at every record."""

    def __init__(self, catalogue: Catalogue, region: Any, category: Any, groups: Any, day: date | None) -> None:
        self.catalogue, self.region, self.category = catalogue, region, category
        self.groups, self.as_of, self.day = groups, day, day or TODAY
        self.side = [a.organisation for r in catalogue.of("region") for a in r.authorities if self.became(r)]

    def became(self, region: Any, seen: tuple[Any, ...] = ()) -> bool:
        """Whether it is the region, or became it in reforms."""
        steps = [step.successor for step in region.successions if step.successor not in (region, *seen)]
        return region is self.region or any(self.became(each, (*seen, region)) for each in steps)

    def meant(self, service: Any) -> bool:
        groups = self.groups is None or any(lies_in(t, g) for t in service.target_groups for g in self.groups)
        return groups and any(lies_in(term, self.category) for term in service.categories)

    def reach(self, service: Any) -> Reach | None:
        if service.status not in (None, ServiceStatus.ACTIVE) or not self.meant(service):
            return None
        start, end = service.register_valid_from, service.register_valid_to
        today = self.day.isoformat()
        if (start and today[: len(start.value)] < start.value) or (end and today[: len(end.value)] > end.value):
            return None
        if any(lies_in(place, self.region) for place in service.places()):
            return Reach.LOCAL
        wider = [place for place in service.regions if lies_in(self.region, place)]
        kinds = {place.kind is RegionKind.COUNTRY for place in wider}
        return None if not kinds else Reach.REGIONAL if False in kinds else Reach.COUNTRY_WIDE

    def links(self) -> Iterator[Any]:
        for link in self.catalogue.of("cooperation_link"):
            holds = holds_on(link, self.as_of) if self.as_of else link.phase() is Phase.ACTIVE
            sides = link.side_a in self.side and link.side_b not in self.side
            here = not link.regions or any(lies_in(r, self.region) or lies_in(self.region, r) for r in link.regions)
            named = self.groups is None and any(lies_in(term, self.category) for term in link.categories)
            about = named or any(map(self.meant, link.services))
            if link.kind in set.union(*HELD.values()) and holds and sides and here and about:
                yield link

    def providers(self) -> dict[str, tuple[Reach, set[str], set[Arrangement]]]:
        found: dict[str, tuple[Reach, set[str], set[Arrangement]]] = {}
        for link in self.links():
            _, services, held = found.setdefault(person(link.side_b).id, (Reach.LOCAL, set(), set()))
            services |= {service.id for service in link.services if self.meant(service)}
            held |= {arrangement for arrangement, kinds in HELD.items() if link.kind in kinds}
        for wanted in Reach:
            for service in self.catalogue.of("service"):
                if self.reach(service) is wanted and (wanted in NEAR or person(service.provider).id not in found):
                    found.setdefault(person(service.provider).id, (wanted, set(), set()))[1].add(service.id)
            if wanted is Reach.REGIONAL:
                self.near = {**found}
        wide = [s for s in self.catalogue.of("service") if self.reach(s) is Reach.COUNTRY_WIDE]
        for id, (reach, services, _) in found.items():
            if reach is Reach.COUNTRY_WIDE:
                services |= {service.id for service in wide if person(service.provider).id == id}
        return found

    def statements(self) -> list[Any]:
        def holds(need: Any) -> bool:
            day, start, end = self.day.isoformat(), need.period_from, need.period_to
            begun = start is None or day[: len(start.value)] >= start.value
            return begun and (end is None or day[: len(end.value)] <= end.value)

        def for_them(need: Any) -> bool:
            group = need.target_group
            return self.groups is None or group is None or any(lies_in(group, g) for g in self.groups)

        here = [n for n in self.catalogue.of("need") if lies_in(n.region, self.region)]
        said = [n for n in here if lies_in(n.category, self.category) and holds(n) and for_them(n)]
        return sorted(said, key=lambda n: (n.period_from.value if n.period_from else "", n.id), reverse=True)

    def none_stated(self) -> bool:
        def general(need: Any) -> bool:
            group = need.target_group
            return group is None or (self.groups is not None and set(self.groups) == {group})

        whole = [n for n in self.statements() if n.region is self.region and n.category is self.category]
        own = [n for n in whole if n.stated_by in self.side and general(n)]
        return bool(own) and own[0].statement is NeedStatement.NONE_HERE

    def differ(self) -> bool:
        last: dict[Any, Any] = {}
        for need in reversed(self.statements()):
            own = need.stated_by in self.side
            if own or need.stated_by.sector is Sector.NGO:
                last[own, None if own else need.stated_by, need.region, need.category, need.target_group] = need
        pairs = [(a, b) for a, b in ((last[x], last[y]) for x in last for y in last if x[0] and not y[0])]
        return any(
            a.category is b.category
            and (a.target_group is b.target_group or None in (a.target_group, b.target_group))
            and {a.statement, b.statement}
            in ({NeedStatement.ENOUGH, NeedStatement.NEEDED}, {NeedStatement.ENOUGH, NeedStatement.NONE_HERE})
            for a, b in pairs
        )

    def state(self) -> CoverageState:
        near = sum(reach in NEAR for reach, *_ in self.providers().values())
        if near:
            return CoverageState.SEVERAL if near > 1 else CoverageState.ONE_KNOWN
        return CoverageState.NONE_STATED if self.none_stated() else CoverageState.UNKNOWN


def told(cell: CoverageCell) -> dict[str, Any]:
    shown = [*cell.providers(first=100).nodes, *cell.country_wide(first=100).nodes]
    return {
        "state": cell.state(),
        "providers": {
            p.organisation.id: (p.reach, {s.id for s in p.services(first=100).nodes}, set(p.arrangements()))
            for p in shown
        },
        "municipal": [need.id for need in cell.municipal_statements(first=100).nodes],
        "ngos": [need.id for need in cell.ngo_statements(first=100).nodes],
        "differ": cell.statements_differ(),
    }


def means(expected: Expected) -> dict[str, Any]:
    said = expected.statements()
    return {
        "state": expected.state(),
        "providers": expected.providers(),
        "municipal": [n.id for n in said if n.stated_by in expected.side],
        "ngos": [n.id for n in said if n.stated_by not in expected.side and n.stated_by.sector is Sector.NGO],
        "differ": expected.differ(),
    }


@st.composite
def questions(draw: st.DrawFn) -> tuple[Catalogue, dict[str, Any]]:
    catalogue = world(draw(st.integers(0, WORLDS - 1)))

    def some(noun: str, taxonomy: str | None = None) -> Any:
        terms = [x for x in catalogue.of(noun) if taxonomy is None or x.taxonomy.code == taxonomy]
        names = [name for term in terms for name in (term.id, term.code)]
        return draw(st.none() | st.lists(st.sampled_from([*names, "nav"]), max_size=3))

    return catalogue, {
        "regions": some("region"),
        "categories": some("taxonomy_term", "service_category"),
        "target_groups": some("taxonomy_term", "target_group"),
        "as_of": draw(st.sampled_from(DAYS)),
    }


def test_every_cell_tells_what_is_known() -> None:
    seen: set[Any] = set()

    @settings(max_examples=100)
    @given(question=questions())
    def compare(question: tuple[Catalogue, dict[str, Any]]) -> None:
        catalogue, asked = question
        names = asked["target_groups"]
        groups = None if names is None else _terms(catalogue, "target_group", names)
        for row in coverage(catalogue, **asked).regions(first=100).nodes:
            for cell in row.cells(first=100).nodes:
                found, expected = told(cell), Expected(catalogue, row.region, cell.category, groups, asked["as_of"])
                assert found == means(expected)
                assert cell.provider_count() == cell.providers().total_count
                seen.update((found["state"], found["differ"], *_held(found)))

    compare()
    assert seen >= {*CoverageState, *Arrangement, True, False}


def _held(found: dict[str, Any]) -> Iterator[Arrangement]:
    yield from (arrangement for _, _, held in found["providers"].values() for arrangement in held)


def _terms(catalogue: Catalogue, taxonomy: str, names: list[str]) -> list[Any]:
    terms = [term for term in catalogue.of("taxonomy_term") if term.taxonomy.code == taxonomy]
    return [term for term in terms if {term.id, term.code} & {*names}]


@settings(max_examples=100)
@given(question=questions())
def test_the_rows_are_the_municipalities_and_the_cells_the_categories(
    question: tuple[Catalogue, dict[str, Any]],
) -> None:
    catalogue, asked = question
    found = coverage(catalogue, **asked)
    now = [r for r in catalogue.of("region") if r.kind in (RegionKind.MUNICIPALITY, RegionKind.STATE_CITY)]
    wanted = set(now)
    if asked["regions"] is not None:
        named = [r for r in catalogue.of("region") if {r.id, r.code} & {*asked["regions"]}]
        within = {place: {r for r in now if lies_in(r, place)} for place in named}
        wanted = {r for place in named for r in within[place] or {r for r in now if lies_in(place, r)}}
    rows = found.regions(first=100).nodes
    assert {row.region.id for row in rows} == {region.id for region in wanted}
    categories = [t for t in catalogue.of("taxonomy_term") if t.taxonomy.code == "service_category"]
    chosen = [t for t in categories if t.parent is None]
    if asked["categories"] is not None:
        chosen = _terms(catalogue, "service_category", asked["categories"])
    for row in rows:
        cells = row.cells(first=100).nodes
        assert [cell.category.id for cell in cells] == [
            t.id for t in sorted(chosen, key=lambda t: t.DEFAULT_ORDER[0](t))
        ]
