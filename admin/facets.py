"""What one can narrow a list by, read off the filter of the noun in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from typing import Any, get_args, get_type_hints

from admin.labels import choice_name
from admin.naming import title
from admin.typed import Typed
from service.catalogue.catalogue import Catalogue
from service.catalogue.facets import FEW
from service.catalogue.filters import Filter
from service.catalogue.indexes import Selection
from service.i18n import Words
from service.models.fields import Choices

Counts = Mapping[Hashable, int]
Seen = Callable[[Selection], Selection]
"""What of a selection is counted."""

OFFERED = (*FEW, "taxonomy")
"""The nouns whose records are few enough to choose from."""

MOST_VALUES = 8
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
def narrowing(noun: str) -> Mapping[str, type[Choices] | None]:
    """The names by which one narrows: with their enumeration, or None where records are named."""
    kind = Filter.of(noun)
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


def chosen(noun: str, catalogue: Catalogue, query: Typed, but: str = "") -> Selection:
    """What fits the values that a query chooses, `but` those of one name; those that there are not are left out."""
    index = catalogue.indexes[noun]
    given = {name: _read(kind, query.texts(name)) for name, kind in narrowing(noun).items()}
    given = {name: values for name, values in given.items() if values and name != but}
    made = Filter.of(noun)
    if made is None or not given:
        return index.selection((), lambda: index.everything)
    return made(**given).selection(catalogue)


def _read(kind: type[Choices] | None, values: Sequence[str]) -> list[Any]:
    if kind is None:
        return [value for value in dict.fromkeys(values) if value]
    known = {choice.value: choice for choice in kind}
    return [known[value] for value in dict.fromkeys(values) if value in known]


def facets(noun: str, catalogue: Catalogue, query: Typed, seen: Seen, words: Words) -> list[Facet]:
    """What one can narrow a list by further; each is counted as if the query asked for nothing by it."""
    everything, found = seen(chosen(noun, catalogue, query)), []
    for name, kind in narrowing(noun).items():
        wanted = query.texts(name)
        fitting = seen(chosen(noun, catalogue, query, but=name)) if any(wanted) else everything
        if kind is not None:
            values = list(_plain(kind, catalogue.indexes[noun].counts(name, fitting), wanted, words))
        else:
            values = list(_records(catalogue, noun, name, fitting, wanted, words))
        if len(values) > 1 or any(value.chosen for value in values):
            found.append(Facet(name, facet_name(words, noun, name), values))
    return found


def facet_name(words: Words, noun: str, name: str) -> str:
    """What a facet is called: like the field, where there is one of that name."""
    return words.first(f"field.{noun}.{name}", f"filter.{name}", f"field.{name}") or name


def _plain(kind: type[Choices], counts: Counts, wanted: Sequence[str], words: Words) -> Iterator[Value]:
    for choice in kind:
        if counts.get(choice) or choice.value in wanted:
            told = words.number(counts.get(choice, 0))
            yield Value(choice.value, choice_name(words, choice), told, choice.value in wanted)


def _records(
    catalogue: Catalogue, noun: str, name: str, fitting: Selection, wanted: Sequence[str], words: Words
) -> Iterator[Value]:
    """Those that most have; of nouns that are too many to choose from, only those that are chosen already."""
    kind = Filter.of(noun)
    assert kind is not None
    where = kind.LOOKUPS[name]
    counts = catalogue.indexes[noun].counts(name, fitting) if where.partition("/")[0] in OFFERED else {}
    chosen = [record.id for each in wanted if (record := catalogue.find(where, each))]
    known = ((str(id), count) for id, count in counts.items() if id in catalogue.records)
    most = nsmallest(MOST_VALUES, known, key=lambda pair: (-pair[1], pair[0]))
    for id in dict.fromkeys([*chosen, *(id for id, _ in most)]):
        record = catalogue.records[id]
        told = words.number(counts[id]) if id in counts else ""
        code = getattr(record, "code", None)
        value = code if code and catalogue.find(where, code) is record else id
        yield Value(value, title(record, words), told, id in chosen)
