"""The whole handbook of a region: what paper, PDF and the page for printing are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.completeness import NOTES, completeness_of
from service.catalogue.words import sort_key
from service.i18n import words as words_in
from service.models.region import RegionKind
from service.pages import addresses
from service.pages.handbook import scope
from service.pages.handbook.entries import Entry, Line, Source, Text, Writing
from service.pages.handbook.scope import Chapter, Part
from service.pages.handbook.typography import fine, on_day
from service.pages.telling import Telling


@dataclass(frozen=True)
class BookChapter:
    """The entries of one kind; without a title where the part has no kinds."""

    id: str
    title: Text | None
    about: Text | None
    entries: Sequence[Entry]


@dataclass(frozen=True)
class BookPart:
    """The chapters of a planning region, or of all that the handbook is about."""

    id: str
    title: Text
    chapters: Sequence[BookChapter]


@dataclass(frozen=True)
class Mention:
    """A name in an index, and the entries that have it."""

    name: Text
    ids: Sequence[str]
    numbers: Sequence[int]


@dataclass(frozen=True)
class Heading:
    """A word of an index, and what stands under it."""

    name: Text
    mentions: Sequence[Mention]


@dataclass(frozen=True)
class Index:
    id: str
    title: str
    headings: Sequence[Heading]


@dataclass(frozen=True)
class Cited:
    """A source with what one has to say of it when one takes something from it."""

    source: Source
    facts: Sequence[str]
    url: str


@dataclass(frozen=True)
class Handbook:
    """Everything that stands in it; no text is markup."""

    language: str
    title: str
    region: Text
    directory: str
    prepared: str
    date: str
    count: str
    total: int
    notes: Sequence[Text]
    labels: dict[str, str]
    parts: Sequence[BookPart]
    indexes: Sequence[Index]
    sources: Sequence[Cited]
    imprint: Sequence[Line]


def handbook(catalogue: Catalogue, region: Any, language: str, base: str = "") -> Handbook:
    """The whole handbook of a region. Takes long where there are many services: not for a server's event loop.

    `base` stands before addresses within the site.
    """
    return Making(catalogue, region, language, base).whole()


LABELS = ("contents", "contacts", "sources", "imprint")


class Making:
    """Makes a handbook in one language."""

    def __init__(self, catalogue: Catalogue, region: Any, language: str, base: str = "") -> None:
        self.catalogue = catalogue
        self.region = region
        self.words = words_in(language)
        self.language = language
        self.writing = Writing(Telling(self.words), base)
        self.used: dict[str, Any] = {}
        self.number = 0

    def whole(self) -> Handbook:
        parts = [self.part(part) for part in scope.parts(self.catalogue, self.region)]
        entries = [entry for part in parts for chapter in part.chapters for entry in chapter.entries]
        total = len(entries)
        return Handbook(
            language=self.language,
            title=self.words("page.handbook.title"),
            region=self.writing.text(self.region.name),
            directory=self.words("site"),
            prepared=self.prepared(),
            date=self.catalogue.today.isoformat(),
            count=self.words.count("page.sizes.service", total),
            total=total,
            notes=self.notes(),
            labels={name: self.words(f"page.handbook.{name}") for name in LABELS},
            parts=parts,
            indexes=[index for index in self.indexes(entries) if index.headings],
            sources=[self.cited(source) for source in sorted(self.used.values(), key=lambda each: each.title)],
            imprint=self.imprint(),
        )

    def part(self, part: Part) -> BookPart:
        country = self.region.kind is RegionKind.COUNTRY
        prefix = part.region.code if country and part.region is not None else ""
        chapters = [self.chapter(chapter, prefix) for chapter in part.chapters]
        return BookPart(f"part-{part.region.code if part.region else 'wider'}", self.part_title(part), chapters)

    def part_title(self, part: Part) -> Text:
        if part.region is self.region:
            return Text(self.words("page.handbook.chapters"))
        if part.region is not None:
            return self.writing.text(part.region.name)
        return Text(self.chapter_name(scope.WIDER))

    def chapter(self, chapter: Chapter, prefix: str) -> BookChapter:
        term = chapter.term
        if term is not None:
            title: Text | None = self.writing.text(term.name)
        else:
            title = None if chapter.code == scope.WIDER else Text(self.chapter_name(chapter.code))
        return BookChapter(
            id="-".join(filter(None, ("chapter", prefix, chapter.code))),
            title=title,
            about=self.writing.text(term.definition) if term is not None and term.definition else None,
            entries=[self.entry(service) for service in scope.services(self.catalogue, chapter)],
        )

    def chapter_name(self, code: str) -> str:
        if code == scope.OTHER:
            return self.words("page.handbook.other")
        country = self.region.kind is RegionKind.COUNTRY
        return self.words("page.handbook.country" if country else "page.handbook.wider")

    def entry(self, service: Any) -> Entry:
        self.number += 1
        self.used |= {item.source.id: item.source for item in service.evidence}
        return self.writing.entry(service, self.number)

    def prepared(self) -> str:
        on = on_day(self.catalogue.today, self.language)
        return fine(self.words("page.handbook.prepared", on=on), self.language)

    def notes(self) -> list[Text]:
        """What a reader has to know before believing that something is not there."""
        told = NOTES.get(completeness_of(self.catalogue))
        own = (self.words(f"page.handbook.{name}") for name in ("gaps", "confidential"))
        return [*([self.writing.text(told)] if told else []), *(Text(fine(each, self.language)) for each in own)]

    def indexes(self, entries: Sequence[Entry]) -> Iterator[Index]:
        if len({place for entry in entries for place in entry.places}) > 1:
            yield self.index("places", "page.handbook.by_place", entries, lambda entry: entry.places)
        yield self.index("groups", "page.handbook.by_group", entries, lambda entry: entry.groups)

    def index(self, id: str, key: str, entries: Sequence[Entry], of: Callable[[Entry], Sequence[Text]]) -> Index:
        found: dict[Text, dict[Text, list[Entry]]] = {}
        for entry in entries:
            for word in of(entry):
                found.setdefault(word, {}).setdefault(entry.name, []).append(entry)
        headings = [Heading(word, _mentions(found[word])) for word in _alphabetical(found)]
        return Index(f"index-{id}", self.words(key), headings)

    def cited(self, source: Any) -> Cited:
        facts = (source.publisher, source.licence, source.attribution)
        return Cited(
            self.writing.source(source),
            [fine(each, self.language) for each in dict.fromkeys(filter(None, facts))],
            source.url or "",
        )

    def imprint(self) -> list[Line]:
        """What it is, of when, how one may use and cite it, and where one corrects it."""
        words, base = self.words, self.writing.base
        title = f"{words('page.handbook.title')}: {self.writing.text(self.region.name).text}"
        where = f"{base}{addresses.path('handbook', self.language, self.region.code)}" if base else ""
        day = self.writing.tell.day(self.catalogue.today)
        cited = ". ".join(filter(None, (words("site"), title, day.rstrip("."), where)))
        told = {
            "from": words("page.handbook.from_lead", on=on_day(self.catalogue.today, self.language)),
            "licence": words("page.handbook.licence_lead"),
            "cite": cited,
            "correct": words("page.handbook.correct_lead"),
        }
        return [Line(words(f"page.handbook.{name}"), self.writing.said(text)) for name, text in told.items()]


def _mentions(named: dict[Text, list[Entry]]) -> list[Mention]:
    return [
        Mention(name, [entry.id for entry in named[name]], [entry.number for entry in named[name]])
        for name in _alphabetical(named)
    ]


def _alphabetical(texts: Iterable[Text]) -> list[Text]:
    return sorted(texts, key=lambda text: sort_key(text.text))
