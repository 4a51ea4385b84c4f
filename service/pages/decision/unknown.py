"""What is not known, said plainly: a planner asks there first."""

from __future__ import annotations

from collections.abc import Iterator

from service.catalogue.rates import Population, population_of
from service.pages.decision.agreements import Agreements
from service.pages.decision.givers import Givers
from service.pages.view import View


def unknown(view: View, givers: Givers, agreed: Agreements) -> list[str]:
    """Sentences, the most telling first."""
    return [*_needs(view, givers), *_services(view, givers), *_agreed(view, givers, agreed)]


def _needs(view: View, givers: Givers) -> Iterator[str]:
    if not givers.cell.said_by_municipal_side:
        yield view.words("page.decide.unknown.side")
    if not givers.cell.said_by_ngos:
        yield view.words("page.decide.unknown.ngos")
    said = [*givers.cell.said_by_municipal_side, *givers.cell.said_by_ngos]
    if said and not any(need.waiting_text() for need in said):
        yield view.words("page.decide.unknown.waiting")


def _services(view: View, givers: Givers) -> Iterator[str]:
    services = givers.services
    if not givers.here.count:
        yield view.words("page.decide.unknown.givers")
    lacking = {
        "price": sum(not service.costs for service in services),
        "capacity": sum(not service.capacities for service in services),
        "places": sum(service.availability_today().as_of is None for service in services),
        "quality": sum(not service.quality for service in services),
    }
    for name, count in lacking.items():
        if count:
            n, of = view.words.number(count), view.words.number(len(services))
            yield view.words(f"page.decide.unknown.{name}", n=n, of=of)


def _agreed(view: View, givers: Givers, agreed: Agreements) -> Iterator[str]:
    if not agreed.own:
        yield view.words("page.decide.unknown.own")
    if not agreed.others:
        yield view.words("page.decide.unknown.others")
    elif not agreed.priced:
        yield view.words("page.decide.unknown.unit_price")
    if population_of(givers.region, Population.INHABITANTS, view.catalogue.today) is None:
        yield view.words("page.decide.unknown.population")
