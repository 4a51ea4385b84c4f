"""The sources of a page, numbered in the order in which they are used."""

from __future__ import annotations

from typing import Any

FEW = 3
"""Of one fact so many sources are named."""


class Citing:
    """Gives each source one number."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def of(self, *records: Any) -> list[int]:
        """The numbers of the sources on which some records rest."""
        sources = dict.fromkeys(item.source for record in records if record is not None for item in record.evidence)
        return [self._numbers.setdefault(source, len(self._numbers) + 1) for source in list(sources)[:FEW]]

    @property
    def sources(self) -> list[Any]:
        """All that were named so far, by their numbers."""
        return list(self._numbers)
