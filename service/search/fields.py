"""The fields of the index: what of a record stands where.

`anywhere` holds every stem, so it alone tells what fits; the others tell what it is worth (`weights`). What has no name
of its own has its stems in `nameless` instead, so that a mistake is seen where only records with names are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tantivy import Document, Index, Occur, Query, Schema, SchemaBuilder, Searcher, TextAnalyzerBuilder, Tokenizer

from service.catalogue.types import NOUN_OF
from service.search.closeness import closeness
from service.search.documents import SEARCHED, Text, meaning, parts, told
from service.search.words import Wording

EVERY_STEM = NAMED_ONES, NAMELESS_ONES = ("anywhere", "nameless")
"""The fields with every stem: of a record that has a name of its own, and of one that has none."""

BAGS = ("names_exact", "names_stems", "described", *EVERY_STEM)
"""Fields that know only whether they have a word; `described` has the stems that nothing but descriptions have."""

IN_ORDER = ("names_folded", "others_folded", "descriptions_folded")
"""Fields that know where a word stands, for phrases."""

TEXTS = (*BAGS, *IN_ORDER)

WORDS = "words"
"""The tokenizer: words are apart by spaces."""


def new_index() -> Index:
    """An empty index in memory."""
    index = Index(SCHEMA)
    index.register_tokenizer(WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("about", indexed=True)
    builder.add_unsigned_field("closeness")
    for field in ("noun", "whole"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in BAGS:
        builder.add_text_field(field, tokenizer_name=WORDS, index_option="basic")
    for field in IN_ORDER:
        builder.add_text_field(field, tokenizer_name=WORDS, index_option="position")
    return builder.build()


SCHEMA = _schema()


BEYOND = 1 << 32
"""No record has so high an ordinal."""


def key_of(noun: str, ordinal: int) -> int:
    """The number by which the index knows a record."""
    return SEARCHED.index(noun) * BEYOND + ordinal


def with_key(noun: str, ordinal: int) -> Query:
    """The document of a record."""
    return Query.term_query(SCHEMA, "key", key_of(noun, ordinal), index_option="basic")


def named(key: int) -> tuple[str, int]:
    """The noun and the ordinal of a number."""
    return SEARCHED[key >> 32], key & 0xFFFFFFFF


class Documents:
    """Makes documents while nothing changes; what many records are about is put into words once."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        """The words of names, as they are written."""
        self._forms = Wording()
        self._told: dict[Any, tuple[frozenset[str], frozenset[int]]] = {}

    def of(self, noun: str, record: Any) -> Document:
        """What the index holds of a record."""
        its = parts(record)
        others = [self._forms(*text) for text in dict.fromkeys(its.others)]
        descriptions = [self._forms(*text) for text in its.descriptions]
        about = [self._of(each) for each in its.about]
        names, called = self._named(its.names)
        known = called.union(*[other.stems for other in others], *[stems for stems, _ in about])
        described = set[str]().union(*[text.stems for text in descriptions]) - known
        held = names | {
            "key": key_of(noun, record.ordinal),
            "about": list(set[int]().union(*[keys for _, keys in about])),
            "closeness": closeness(record.id, its.names),
            "noun": noun,
            "others_folded": [other.folded for other in others],
            "descriptions_folded": [text.folded for text in descriptions],
            "described": " ".join(described),
            EVERY_STEM[not names]: " ".join(known | described),
        }
        return Document.from_dict(held, SCHEMA)

    def _named(self, texts: Iterable[Text]) -> tuple[dict[str, Any], set[str]]:
        """The fields of names, and their stems; nothing where there is no name."""
        names = [self._forms(*text) for text in texts]
        if not names:
            return {}, set()
        exact, called = " ".join([name.exact for name in names]), set[str]().union(*[name.stems for name in names])
        self.words.update(exact.split())
        return {
            "whole": [" ".join(name.stems) for name in names],
            "names_exact": exact,
            "names_folded": [name.folded for name in names],
            "names_stems": " ".join(called),
        }, called

    def _of(self, about: Any) -> tuple[frozenset[str], frozenset[int]]:
        """The stems that tell of a term or a region, and the numbers of those whose names have them."""
        found = self._told.get(about)
        if found is None:
            stems = frozenset(stem for text in told(about) for stem in self._forms(*text).stems)
            keys = frozenset(key_of(NOUN_OF[type(it)], it.ordinal) for it in meaning(about))
            found = self._told[about] = stems, keys
        return found


def of_nouns(wanted: Iterable[str]) -> Query:
    """The documents of some nouns."""
    return one_of(term("noun", noun) for noun in wanted)


def term(field: str, word: Any) -> Query:
    """The documents that have a word in a field."""
    return Query.term_query(SCHEMA, field, word, index_option="basic")


def all_of(queries: Iterable[Query]) -> Query:
    """What every query finds."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def one_of(queries: Iterable[Query]) -> Query:
    """What any query finds."""
    several = [(Occur.Should, query) for query in queries]
    return several[0][1] if len(several) == 1 else Query.boolean_query(several)


def count(searcher: Searcher, asking: Query) -> int:
    """How many documents a query finds; what each is worth is not asked, which takes less."""
    found = searcher.search(Query.const_score_query(asking, 0.0), limit=1)
    return int(found.count)  # type: ignore[attr-defined]  # The stubs leave it out.
