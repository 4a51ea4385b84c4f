"""Sources, and the evidence that ties records to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH_FEW
from service.catalogue.dates import PartialDate
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order, date_key
from service.catalogue.ordered import Key
from service.catalogue.published import Many, published
from service.catalogue.record import Part, Record
from service.catalogue.refs import EvidenceRef, RecordRef, SourceRef
from service.catalogue.words import Words, sort_key, spoken
from service.models.fields import Choices
from service.models.source import Completeness, EvidenceBasis, SourceKind, Speaker


def source_title(source: Source) -> Key:
    return (*sort_key(source.title), source.id)


def source_published(source: Source) -> Key:
    return (*date_key(source.published_on), source.id)


@published(
    models.Source,
    descriptions={"slug": "The readable name in addresses.", "supports": "What it is evidence of."},
)
class Source(Record):
    """A document, data set or register that facts come from."""

    slug: str
    title: str
    kind: SourceKind
    description: Words | None
    publisher: str | None
    published_on: PartialDate | None
    language: str
    url: str | None
    licence: str | None
    attribution: str | None
    retrieved_on: date | None
    completeness: Completeness
    supports: Many[EvidenceRef]

    DEFAULT_ORDER = (source_title, False)

    FELT = frozenset({"kind"})
    DIMENSIONS = {
        "kind": lambda source: source.kind,
        "completeness": lambda source: source.completeness,
        "language": lambda source: source.language,
    }

    def dependents(self) -> Iterator[Record]:
        yield from (evidence.record for evidence in self.supports if evidence.record.BY_SOURCES)

    def texts(self) -> list[str]:
        return spoken(self.title, self.publisher, self.description)


@published(models.Evidence, descriptions={"record": "The record it is about."})
class Evidence(Part):
    """Ties a record to a source."""

    record: RecordRef
    source: SourceRef
    basis: EvidenceBasis
    says: Words
    locator: str | None
    field: str | None
    speaks_for: Speaker | None


@strawberry.input(description="Which sources to give; what is given together has to hold together.")
class SourceFilter(Filter):
    NOUN = "source"
    BY_WORDS = True

    kind: list[SourceKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    completeness: list[Completeness] | None = strawberry.field(
        default=None, description="Of which the directory holds this much."
    )
    language: list[str] | None = strawberry.field(
        default=None, description="In one of these languages, as ISO 639-1 codes."
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its title, publisher and description.",
        directives=[SEARCH_FEW],
    )


SourceFacet = facets_of(SourceFilter, Source)


class SourceOrderField(Choices):
    """What sources can be ordered by."""

    TITLE = "title", "The title, in alphabetical order."
    PUBLISHED_ON = "published_on", "When it was published."


@strawberry.input(description="The order of sources.")
class SourceOrder(Order):
    NOUN = "source"
    KEYS = {SourceOrderField.TITLE: source_title, SourceOrderField.PUBLISHED_ON: source_published}

    field: SourceOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
