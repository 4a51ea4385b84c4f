"""Up to four services side by side, a criterion a row. What nobody says is told as unknown, never left blank."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from service.catalogue.coverage.question import ARRANGEMENTS
from service.pages import addresses, queries
from service.pages.choosing import Found
from service.pages.telling import Telling
from service.pages.view import View

FEW = 2
"""Of the sources of a service so many are named."""


@dataclass(frozen=True)
class Line:
    """One answer of a service: what is said, where one reads on, and what it rests on."""

    text: str
    href: str = ""
    note: str = ""
    source: Any = None


@dataclass(frozen=True)
class Row:
    """One criterion, and what each service answers."""

    label: str
    answers: list[list[Line]]

    @property
    def known(self) -> list[list[Line]]:
        """The answers of those that say something."""
        return [answer for answer in self.answers if answer]

    @property
    def alike(self) -> bool:
        """Whether all answer the same; who says nothing is not known to be like the others."""
        return len(self.known) == len(self.answers) > 1 and not self.differs

    @property
    def differs(self) -> bool:
        """Whether two are known to answer differently."""
        return any(answer != self.known[0] for answer in self.known)


Answer = Callable[[View, Any], Iterator[Line]]


def comparison(view: View) -> str:
    choice = view.choices["compare"]
    found = Found.of(view.catalogue, choice, ("service",))
    rows = list(_rows(view, found.records)) if found.records else []
    told = [row for row in rows if row.known]
    return view.show(
        "comparison.html",
        title=view.words("page.compare"),
        found=found,
        rows=told,
        unknown=[row.label for row in rows if not row.known],
        without={record: view.showing(choice.toggled(record.id)) for record in found.records},
        more=_more(view, found.records),
        graphql=queries.opened(queries.CHOSEN, ids=[record.id for record in found.records]),
        kept=not choice.ids,
    )


def _more(view: View, records: list[Any]) -> str:
    """Where one finds another service to compare: of the same kind."""
    kinds = [("category", term.code) for record in records[:1] for term in record.categories[:1]]
    return view.link("results", query=kinds)


def _rows(view: View, services: list[Any]) -> Iterator[Row]:
    for key, answer in CRITERIA:
        yield Row(view.words(key), [list(answer(view, service)) for service in services])
    yield from _quality(view, services)
    for key, answer in STANDING:
        yield Row(view.words(key), [list(answer(view, service)) for service in services])


def _quality(view: View, services: list[Any]) -> Iterator[Row]:
    """Each criterion of quality that any of them names."""
    criteria = {view.tell.plain(item.criterion): None for service in services for item in service.quality}
    for criterion in criteria:
        label = view.words("page.compare.quality", criterion=criterion)
        yield Row(label, [list(_met(view, service, criterion)) for service in services])
    if not criteria:
        yield Row(view.words("page.quality"), [[] for _ in services])


def _met(view: View, service: Any, criterion: str) -> Iterator[Line]:
    for item in service.quality:
        if view.tell.plain(item.criterion) == criterion:
            on = view.tell.dated(item.checked_on) if item.checked_on else ""
            told = view.words(f"page.met.{str(item.met).lower()}")
            yield Line(told, note=on, source=item.evidence and item.evidence.source)


def _provider(view: View, service: Any) -> Iterator[Line]:
    yield Line(view.tell.name(service.provider), view.carry(addresses.address(service.provider, view.language)))


def _cost(view: View, service: Any) -> Iterator[Line]:
    if service.fee is not None:
        yield Line(view.tell.choice(service.fee))
    for cost in service.costs:
        yield Line(priced(view.tell, cost.amount, cost.unit), note=view.tell.plain(cost.description))


def priced(tell: Telling, amount: Any, unit: Any) -> str:
    """“25 EUR / hour”."""
    return " / ".join(filter(None, (tell.amount(amount), tell.plain(unit))))


def _access(view: View, service: Any) -> Iterator[Line]:
    yield from (Line(view.tell.choice(route)) for route in service.access_routes)
    if service.application_process:
        yield Line(view.tell.plain(service.application_process))


def _places(view: View, service: Any) -> Iterator[Line]:
    if service.availability_today().as_of:
        yield Line(view.tell.vacancies(service))


def _capacity(view: View, service: Any) -> Iterator[Line]:
    tell = view.tell
    for said in service.capacities:
        amount = f"{tell.qualified(said.qualifier, said.value)} {tell.plain(said.unit)}"
        yield Line(amount, note=tell.dated(said.as_of) if said.as_of else "")


def _where(view: View, service: Any) -> Iterator[Line]:
    places = (view.tell.place(location) for location in service.locations)
    yield from map(Line, dict.fromkeys(places) or map(view.tell.name, service.regions))


def _hours(view: View, service: Any) -> Iterator[Line]:
    for schedule in service.schedules:
        yield Line(view.tell.hours(schedule), note=view.tell.plain(schedule.description))


def _arranged(view: View, service: Any) -> Iterator[Line]:
    """Who buys it, delegates it or pays for it by an agreement."""
    for link in service.links:
        if link.kind in ARRANGEMENTS:
            text = f"{view.tell.name(link.side_a)}: {view.tell.choice(link.kind)}"
            href = view.carry(addresses.address(link, view.language))
            yield Line(text, href, view.tell.standing(link))


def _checked(view: View, service: Any) -> Iterator[Line]:
    if heard := service.last_heard():
        yield Line(view.tell.day(heard))


def _sources(view: View, service: Any) -> Iterator[Line]:
    sources = dict.fromkeys(item.source for item in service.evidence)
    yield from (Line("", source=source) for source in list(sources)[:FEW])


def _one(tell: Callable[[View, Any], str]) -> Answer:
    """A criterion that has one answer in one line."""

    def answer(view: View, service: Any) -> Iterator[Line]:
        if text := tell(view, service):
            yield Line(text)

    return answer


CRITERIA: tuple[tuple[str, Answer], ...] = (
    ("page.provider", _provider),
    ("page.facet.category", _one(lambda view, service: ", ".join(map(view.tell.name, service.categories)))),
    ("page.who", _one(lambda view, service: view.tell.who(service, 40))),
    ("page.residence", _one(lambda view, service: service.residence_rule and view.tell.choice(service.residence_rule))),
    ("page.access", _access),
    ("page.documents", lambda view, service: (Line(view.tell.plain(each.name)) for each in service.required_documents)),
    ("page.fee", _cost),
    ("page.paid_by", _one(lambda view, service: view.tell.choices(service.funding_sources))),
    ("page.places", _places),
    ("page.capacity", _capacity),
    ("page.response", _one(lambda view, service: view.tell.choices(service.response))),
    ("page.facet.form", _one(lambda view, service: view.tell.choices(service.forms))),
    ("page.where", _where),
    ("page.hours", _hours),
    ("page.languages", _one(lambda view, service: ", ".join(service.languages))),
)
"""What is compared, in this order: by the key of its words, what a service answers."""

STANDING: tuple[tuple[str, Answer], ...] = (
    ("page.compare.arranged", _arranged),
    ("page.compare.checked", _checked),
    ("nouns.source", _sources),
)
"""What follows after the quality."""
