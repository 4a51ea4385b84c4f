"""What one can narrow a list by, read off the filter of the noun in the catalogue."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from admin.labels import choice_name
from admin.naming import title
from admin.typed import Typed
from service.catalogue.catalogue import Catalogue
from service.catalogue.filters import Filter
from service.catalogue.indexes import Selection
from service.i18n import Words
from service.models.fields import Choices

MOST_VALUES = 12
"""So many values of a facet are offered, those that most records have first."""


@dataclass(frozen=True)
class Value:
    """A value to choose, with how many of the records on show have it."""

    value: str
    label: str
    count: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One thing to narrow by."""

    name: str
    label: str
    values: Sequence[Value]

    @property
    def is_used(self) -> bool:
        return any(value.chosen for value in self.values)


@cache
def filter_of(noun: str) -> type[Filter] | None:
    """The filter of a noun; None of nouns that have none."""
    return next((each for each in Filter.__subclasses__() if noun == each.NOUN), None)


@cache
def narrowing(noun: str) -> Mapping[str, type[Choices] | None]:
    """The names by which one narrows: with their enumeration, or None where records are named."""
    kind = filter_of(noun)
    found: dict[str, type[Choices] | None] = {}
    for name, hint in (get_type_hints(kind, localns={"Catalogue": Catalogue}) if kind else {}).items():
        inner = next((each for each in _inside(hint) if isinstance(each, type) and issubclass(each, Choices)), None)
        if kind is not None and (inner is not None or name in kind.LOOKUPS):
            found[name] = inner
    return found


def _inside(hint: Any) -> Iterator[Any]:
    yield hint
    for each in get_args(hint):
        yield from _inside(each)


def chosen(noun: str, catalogue: Catalogue, query: Typed) -> Selection:
    """What fits the values that a query chooses; those that there are not are left out."""
    index = catalogue.indexes[noun]
    given = {name: _read(kind, query.texts(name)) for name, kind in narrowing(noun).items()}
    given = {name: values for name, values in given.items() if values}
    made = filter_of(noun)
    if made is None or not given:
        return index.selection((), lambda: index.everything)
    return made(**given).selection(catalogue)


def _read(kind: type[Choices] | None, values: Sequence[str]) -> list[Any]:
    if kind is None:
        return [value for value in dict.fromkeys(values) if value]
    known = {choice.value: choice for choice in kind}
    return [known[value] for value in dict.fromkeys(values) if value in known]


def facets(noun: str, catalogue: Catalogue, query: Typed, fitting: Selection, words: Words) -> list[Facet]:
    """What one can narrow a list by further."""
    found = []
    for name, kind in narrowing(noun).items():
        counts = catalogue.indexes[noun].counts(name, fitting)
        values = list(_values(catalogue, kind, counts, query.texts(name), words))
        if len(values) > 1 or any(value.chosen for value in values):
            found.append(Facet(name, facet_name(words, noun, name), values))
    return found


def facet_name(words: Words, noun: str, name: str) -> str:
    """What a facet is called: like the field, where there is one of that name."""
    return words.first(f"field.{noun}.{name}", f"filter.{name}", f"field.{name}") or name


def _values(
    catalogue: Catalogue,
    kind: type[Choices] | None,
    counts: Mapping[Hashable, int],
    wanted: Sequence[str],
    words: Words,
) -> Iterator[Value]:
    if kind is not None:
        for choice in kind:
            if counts.get(choice) or choice.value in wanted:
                told = words.number(counts.get(choice, 0))
                yield Value(choice.value, choice_name(words, choice), told, choice.value in wanted)
        return
    ranked = sorted(((-count, str(id)) for id, count in counts.items() if id in catalogue.records))
    ids = dict.fromkeys([*(id for id in wanted if id in catalogue.records), *(id for _, id in ranked[:MOST_VALUES])])
    for id in ids:
        yield Value(id, title(catalogue.records[id], words), words.number(counts.get(id, 0)), id in wanted)
