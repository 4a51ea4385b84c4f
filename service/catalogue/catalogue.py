"""The catalogue: all published records, linked, with the indexes and orders over them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from service.catalogue import types
from service.catalogue.indexes import Index
from service.catalogue.loading import LastChange, Loading
from service.database import Database
from service.settings import Settings

if TYPE_CHECKING:
    from service.search.index import Search


About = TypeVarTuple("About")
Found = TypeVar("Found")


class Catalogue:
    """Everything published, as one value. Read by the event loop's thread only.

    `settled` is False while a large transaction is taken over slice by slice: what is read then is not yet what
    `last_change` says. `state` is another object after each step of a change; with it `orders`, the lists of others on
    an object in their order, begin anew.
    """

    types = types.NOUNS
    named = ("region", "taxonomy", "taxonomy_term", "organisation", "service")
    """The nouns whose records have codes or numbers."""

    def __init__(self, database: Database, settings: Settings, today: date) -> None:
        self.database = database
        self.settings = settings
        self.today = today
        self.epoch = ""
        self.last_change = LastChange(0, None)
        self.settled = True
        self.records: dict[str, Any] = {}
        self.merged: dict[str, str] = {}
        self.slugs: dict[tuple[str, str], Any] = {}
        self.other_slugs: dict[str, set[str]] = {}
        """By the id of a record the slugs that lead to it beside its own: of before, and of what was merged into it."""
        self.codes: dict[tuple[str, str], Any] = {}
        self.numbers: dict[tuple[str, str], Any] = {}
        self.indexes: dict[str, Index] = {}
        self.closures: dict[tuple[Any, ...], frozenset[str]] = {}
        self.state = object()
        self.orders: dict[Any, tuple[Any, list[Any]]] = {}
        self.derived: dict[Hashable, Any] = {}
        """What was found of all records of a noun since the last change."""
        self.search: Search | None = None

    @classmethod
    async def load(cls, database: Database, settings: Settings, today: date | None = None) -> Catalogue:
        """Read all published tables in one snapshot.

        :raises DatabaseError: the database cannot be read.
        """
        day = today or datetime.now(settings.timezone).date()
        catalogue = cls(database, settings, day)
        async with database.snapshot() as reader:
            await Loading(catalogue, reader).run()
        return catalogue

    def of(self, noun: str) -> Sequence[Any]:
        """All records of a noun."""
        return list(self.indexes[noun].present())

    def index_of(self, record: Any) -> Index | None:
        """The index in which a record stands; None for what is part of one."""
        return self.indexes.get(types.NOUN_OF.get(type(record), ""))

    def touched(self) -> None:
        """Let nobody rely on what was derived before."""
        self.state = object()
        self.orders.clear()
        self.derived.clear()

    def once(self, find: Callable[[Catalogue, *About], Found], *about: *About) -> Found:
        """What a function finds here about something; it is asked once until something changes."""
        name = (find, *about)
        if name not in self.derived:
            self.derived[name] = find(self, *about)
        found: Found = self.derived[name]
        return found

    def name(self, record: Any, noun: str) -> None:
        """Let a record be found by its code and its numbers."""
        for names, key in _names(record, noun):
            getattr(self, names)[key] = record

    def unname(self, record: Any, noun: str) -> None:
        """Let it not be found by them any more."""
        for names, key in _names(record, noun):
            if getattr(self, names).get(key) is record:
                del getattr(self, names)[key]

    def lead(self, noun: str, slugs: Iterable[str], record: Any) -> None:
        """Let slugs lead to a record."""
        for slug in slugs:
            self.slugs[noun, slug] = record
            if slug != record.slug:
                self.other_slugs.setdefault(record.id, set()).add(slug)

    def unlead(self, noun: str, record: Any) -> set[str]:
        """Let no slug lead to a record any more; those that did."""
        slugs = {record.slug, *self.other_slugs.pop(record.id, ())} if "slug" in record.SLOTS else set()
        led = {slug for slug in slugs if self.slugs.get((noun, slug)) is record}
        for slug in led:
            del self.slugs[noun, slug]
        return led

    def node(self, id: str) -> Any | None:
        """The record with an id; of a merged one the record that answers in its place."""
        key = str(id).lower()
        seen: set[str] = set()
        while key in self.merged and key not in seen:
            seen.add(key)
            key = self.merged[key]
        return self.records.get(key)

    def find(self, noun: str, name: str) -> Any | None:
        """A record of a noun by its id, slug or code; a term by its code within `taxonomy_term/<taxonomy>`."""
        kind = noun.partition("/")[0]
        found = self.node(name)
        if isinstance(found, self.types[kind]):
            return found
        return self.codes.get((noun, name)) or self.slugs.get((kind, name))


def _names(record: Any, noun: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The codes and numbers of a record, each with the name of the map that has them."""
    if noun in ("region", "taxonomy") and record.code is not None:
        yield "codes", (noun, record.code)
    elif noun == "taxonomy_term" and record.taxonomy is not None:
        yield "codes", (f"taxonomy_term/{record.taxonomy.code}", record.code)
    elif noun == "organisation":
        for item in record.identifiers:
            if item.scheme == "registration_number":
                yield "numbers", (noun, item.value)
    elif noun == "service" and record.register_number is not None:
        yield "numbers", (noun, record.register_number)
