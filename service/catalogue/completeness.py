"""How much of all there is the directory holds, and the words that say so wherever something may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.catalogue.words import Words
from service.models.source import Completeness, SourceKind

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

NOTES: dict[Completeness, Words] = {
    Completeness.SAMPLE: {
        "lv": "Dati nepilnīgi: no reģistra ielādēts tikai paraugs. Ja ieraksta nav, pakalpojums tomēr var būt "
        "pieejams.",
        "en": "Data incomplete: only a sample of the register is loaded. Where there is no record there may still be a "
        "service.",
    },
    Completeness.PARTIAL: {
        "lv": "Dati nepilnīgi: ielādēta daļa reģistra. Ja ieraksta nav, pakalpojums tomēr var būt pieejams.",
        "en": "Data incomplete: a part of the register is loaded. Where there is no record there may still be a "
        "service.",
    },
}
"""Nothing is said of what is complete."""


def completeness_of(catalogue: Catalogue) -> Completeness:
    """That of the state's register of which the directory holds least.

    A register tells of every region alike. Without one there are only single documents, which are a sample of what
    there is.
    """
    index = catalogue.indexes["source"]
    registers = index.having(("kind", SourceKind.OFFICIAL_REGISTER))
    held = (level for level in Completeness if registers & index.having(("completeness", level)))
    return next(held, Completeness.SAMPLE)
