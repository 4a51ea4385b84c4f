"""One service as the handbook tells it: in words that are set well, the same for paper and screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from service.catalogue.cooperation import Phase
from service.catalogue.reach import governments_above
from service.catalogue.words import sort_key
from service.models.cooperation import LinkKind
from service.models.service import ServiceStatus
from service.pages import addresses
from service.pages.handbook.typography import fine
from service.pages.telling import Telling

BACKING = (LinkKind.PURCHASE, LinkKind.DELEGATION, LinkKind.PARTICIPATION_CONTRACT, LinkKind.GRANT)
"""The kinds of cooperation that tell who buys, delegates or pays for a service."""

FOREIGN = Markup('<span lang="{}">{}</span>')

LONGEST = 900
"""Characters of a description that are printed."""

FEW = 4
"""So many links and sources stand beside an entry; the page of the service has the others."""

MANY = 40


@dataclass(frozen=True)
class Text:
    """A text; with its language where that is not the one of the handbook."""

    text: str
    language: str = ""

    def __html__(self) -> str:
        """As it stands in a page."""
        return str(FOREIGN.format(self.language, self.text) if self.language else escape(self.text))


@dataclass(frozen=True)
class Link:
    """Something to be looked up elsewhere."""

    text: Text
    href: str


@dataclass(frozen=True)
class Line:
    """A question of the reader, and what is known."""

    label: str
    texts: Sequence[Text]


@dataclass(frozen=True)
class Source:
    """What an entry rests on, and of which day that is."""

    id: str
    title: Text
    dated: str
    href: str


@dataclass(frozen=True)
class Entry:
    """A service. `number` is its place in the book, 0 where only a page of it is told."""

    id: str
    number: int
    name: Text
    href: str
    provider: Link
    notice: str
    description: Text | None
    lines: Sequence[Line]
    contacts: Sequence[Link]
    sources: Sequence[Source]
    checked: str
    places: Sequence[Text]
    groups: Sequence[Text]


class Writing:
    """Writes entries in one language. `base` stands before addresses within the site."""

    def __init__(self, tell: Telling, base: str = "") -> None:
        self.tell = tell
        self.words = tell.words
        self.language = tell.words.language
        self.base = base

    def entry(self, service: Any, number: int = 0) -> Entry:
        sources = [self.source(source) for source in _sources(service)[:FEW]]
        return Entry(
            id=addresses.anchor(service),
            number=number,
            name=self.text(service.name),
            href=self.address(service),
            provider=self.link(service.provider),
            notice=self.notice(service),
            description=_shortened(self.text(service.description)) if service.description else None,
            lines=[line for line in self.lines(service) if line.texts],
            contacts=list(self.contacts(service)),
            sources=sources,
            checked=self.checked(service, sources),
            places=[self.text(region.name) for region in municipalities(service)],
            groups=[self.text(group.name) for group in service.target_groups],
        )

    def text(self, words: dict[str, str]) -> Text:
        """A text in the language of the handbook, in Latvian where it is missing."""
        return self.written(
            words.get(self.language) or words["lv"], self.language if words.get(self.language) else "lv"
        )

    def written(self, text: str, language: str) -> Text:
        """A text of a language."""
        return Text(fine(text, language), "" if language == self.language else language)

    def said(self, text: str) -> list[Text]:
        """Words of the handbook itself; nothing for none."""
        return [self.written(text, self.language)] if text else []

    def address(self, record: Any) -> str:
        return f"{self.base}{addresses.address(record, self.language)}"

    def link(self, record: Any) -> Link:
        return Link(self.text(record.name), self.address(record))

    def notice(self, service: Any) -> str:
        shut = service.status is ServiceStatus.TEMPORARILY_CLOSED
        return self.words("page.status.temporarily_closed") if shut else ""

    def checked(self, service: Any, sources: Sequence[Source]) -> str:
        """When somebody last said that it is true, unless that is the day of a source."""
        heard = service.last_heard()
        if heard is None or self.tell.day(heard) in [source.dated for source in sources]:
            return ""
        return fine(self.tell.checked(service), self.language)

    def lines(self, service: Any) -> Iterator[Line]:
        """What decides first, then where and when."""
        tell, words, said = self.tell, self.words, self.said
        steps = [self.text(service.application_process)] if service.application_process else []
        price = [text for cost in service.costs for text in said(self.cost(cost))]
        now = service.availability_today()
        come = [self.text(service.accompanying_persons)] if service.accompanying_persons else []
        yield Line(words("page.who"), said(tell.who(service, MANY)))
        yield Line(words("page.access"), [*said(tell.choices(service.access_routes)), *steps])
        yield Line(words("page.documents"), [self.text(document.name) for document in service.required_documents])
        yield Line(words("page.fee"), [*said(tell.choice(service.fee) if service.fee else ""), *price])
        yield Line(words("page.residence"), said(tell.choice(service.residence_rule) if service.residence_rule else ""))
        yield Line(words("page.places"), said(tell.vacancies(service) if now.as_of else ""))
        yield Line(words("page.response"), said(tell.choices(service.response)))
        yield Line(words("page.accompanying"), come)
        yield Line(words("page.where"), [text for place in service.locations for text in said(self.place(place))])
        yield Line(words("page.for_regions"), said(", ".join(map(tell.name, service.regions[:MANY]))))
        yield Line(words("page.hours"), [text for each in service.schedules for text in said(self.hours(each))])
        yield Line(words("page.cooperation"), [text for each in _backing(service) for text in said(self.backed(each))])

    def cost(self, cost: Any) -> str:
        unit = f" / {self.tell.plain(cost.unit)}" if cost.unit else ""
        about = f" – {self.tell.plain(cost.description)}" if cost.description else ""
        return f"{self.tell.amount(cost.amount)}{unit}{about}"

    def place(self, location: Any) -> str:
        """A place with its street; of a confidential one the municipality."""
        if location.confidential:
            return f"{self.tell.name(location.region)} – {self.words('page.confidential')}"
        parts = (location.address, self.tell.plain(location.town), self.tell.name(location.region))
        told = ", ".join(dict.fromkeys(filter(None, (*parts, location.postal_code))))
        reach = (self.tell.plain(text) for text in (location.accessibility, location.transportation))
        return ". ".join(part.rstrip(".") for part in (told, *reach) if part)

    def hours(self, schedule: Any) -> str:
        return " – ".join(filter(None, (self.tell.hours(schedule), self.tell.plain(schedule.description))))

    def backed(self, link: Any) -> str:
        """“Purchase of a service: the municipality, since 2010”; the one who does not give it himself."""
        giver = {service.provider.person().id for service in link.services}
        other = link.side_b if link.side_a.person().id in giver else link.side_a
        return f"{self.tell.choice(link.kind)}: {self.tell.name(other)}, {self.tell.period(link)}".rstrip(", ")

    def contacts(self, service: Any) -> Iterator[Link]:
        """Its own; where it has none, those of the provider."""
        own = service.phone or service.email or service.url
        of, site = (service, service.url) if own else (service.provider, service.provider.website)
        if of.phone:
            yield Link(Text(of.phone.replace(" ", "\u00a0")), f"tel:{of.phone.replace(' ', '')}")
        if of.email:
            yield Link(Text(of.email), f"mailto:{of.email}")
        if site:
            yield Link(Text(site.partition("://")[2].removesuffix("/") or site), site)

    def source(self, source: Any) -> Source:
        title = self.written(source.title, source.language)
        if source.published_on:
            dated = self.tell.dated(source.published_on)
        else:
            dated = self.tell.day(source.retrieved_on) if source.retrieved_on else ""
        return Source(addresses.anchor(source), title, fine(dated, self.language), self.address(source))


def municipalities(service: Any) -> list[Any]:
    """The municipalities of today in which it is given or for which it is, by name."""
    found = {place.id: place for region in service.places() for place in governments_above(region)}
    return sorted(found.values(), key=lambda place: sort_key(place.name["lv"]))


def _sources(service: Any) -> list[Any]:
    return list(dict.fromkeys(item.source for item in service.evidence))


def _backing(service: Any) -> list[Any]:
    """The cooperation on which it rests now, or did when somebody last told of it."""
    known: Iterable[Any] = (link for link in service.links if link.kind in BACKING)
    return [link for link in known if link.phase_today() in (Phase.ACTIVE, Phase.LAST_KNOWN)][:FEW]


def _shortened(text: Text) -> Text:
    if len(text.text) <= LONGEST:
        return text
    return Text(text.text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:– ") + "…", text.language)
