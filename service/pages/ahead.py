"""What pages tell, and what takes long to find, is found before anybody asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from service.catalogue.catalogue import Catalogue
from service.pages import region

LISTED = ("service", "organisation", "cooperation_link")
"""The nouns of which pages tell the first of many."""


def ahead(catalogue: Catalogue) -> Iterator[None]:
    """Steps that go on where they stopped, and begin anew when something has changed."""
    return catalogue.once(_steps)


def _steps(catalogue: Catalogue) -> Iterator[None]:
    for noun in LISTED:
        key, _ = catalogue.types[noun].DEFAULT_ORDER
        yield from catalogue.indexes[noun].ordered(key).cut()
    yield from region.steps(catalogue)
