"""Sources and evidence: where every published fact comes from."""

from __future__ import annotations

from typing import Any, ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete

from service.models.fields import Choice, Choices, Day, Line, PartialDate, Reference, Text, Url
from service.models.record import Part, Published


class SourceKind(Choices):
    """Kinds of source."""

    OFFICIAL_REGISTER = "official_register", "A register kept by the state."
    LEGAL_ACT = "legal_act", "A law, regulation or published decision."
    CONTRACT = "contract", "A contract."
    NEWS = "news", "A news item or page of an organisation."
    REPORT = "report", "A report or study."
    STATISTICS = "statistics", "Published statistics."
    OPEN_DATA = "open_data", "An open data set."
    SELF_DECLARATION = "self_declaration", "What an organisation says of itself."
    EDITORIAL = "editorial", "Work of the editors of the directory."


class Completeness(Choices):
    """How much of a source the directory holds."""

    SAMPLE = "sample", "The directory holds a sample of what the source has."
    PARTIAL = "partial", "The directory holds a part of it."
    COMPLETE = "complete", "The directory holds all of it."


class EvidenceBasis(Choices):
    """Whether a source states a fact or implies it."""

    STATED = "stated", "The source says so."
    INFERRED = "inferred", "The source implies it, or an editor concluded it from the source."


class Speaker(Choices):
    """Whose word a piece of evidence is."""

    SIDE_A = "side_a", "It is the word of the side in the first role."
    SIDE_B = "side_b", "It is the word of the side in the second role."
    BOTH = "both", "It is the word of both sides."
    THIRD = "third", "It is the word of a third party."


class Source(Published):
    """A document, data set or register that facts come from."""

    title = Line("The title in its own language.")
    kind = Choice(SourceKind, "What kind of source it is.")
    description = Text("What it is.", null=True)
    publisher = Line("Who published it; null when the document does not say.", null=True)
    published_on = PartialDate("When it was published.", null=True)
    language = Line("Its language as ISO 639-1 code.")
    url = Url("Where it can be read; null when the document does not say.", null=True)
    licence = Line("Under which licence; null when the document does not say.", null=True)
    attribution = Line("The words of credit its licence asks for.", null=True)
    retrieved_on = Day("When it was read.")
    completeness = Choice(Completeness, "How much of it the directory holds.")

    HAS_SLUG: ClassVar = True
    NEEDS_EVIDENCE: ClassVar = False

    class Meta:
        table = "source"


class Evidence(Part):
    """Ties a record to a source: what it says, where, and whom it speaks for."""

    owner: Any = orm.ForeignKeyField("kopa.Record", related_name="evidence", on_delete=OnDelete.CASCADE)
    source = Reference("Source", "supports", "The source.")
    basis = Choice(EvidenceBasis, "Whether the source states it or it was inferred.")
    says = Text("What the source says, in short.")
    locator = Line("Where in the source.", null=True)
    field = Line("The field of the record it speaks of; null for the record as a whole.", null=True)
    speaks_for = Choice(Speaker, "Whose word it is, of a cooperation link.", null=True)

    class Meta:
        table = "evidence"
