"""The fields of the index, and how much each counts.

What a word adds to the score is the weight of the best field that has it: whole numbers, so that equal documents have
equal scores however the index came to be. `anywhere` holds every stem, so it alone tells what fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from tantivy import Document, Index, Occur, Query, Schema, SchemaBuilder, Searcher, TextAnalyzerBuilder, Tokenizer

from service.search.documents import SEARCHED, Piece, parts
from service.search.words import Forms, forms, together

WEIGHTS = {
    "names_exact": 480,
    "names_folded": 472,
    "names_stems": 464,
    "topics_folded": 48,
    "topics_stems": 40,
    "descriptions_folded": 16,
    "anywhere": 8,
}
"""A name before a topic before a description, however many the words; exact before folded before stem."""

IN_ORDER = ("names_folded", "topics_folded", "descriptions_folded")
"""The fields that know where a word stands, for phrases, and in which one may find its beginning."""

WHOLE = 128
"""What a name adds that is nothing but what was asked for, in whichever case."""

BY_PREFIX = 12
"""How much less the beginning of a word counts than the whole of one in the same field."""

WORDS = "words"
"""The tokenizer: words are apart by spaces."""


def new_index() -> Index:
    """An empty index in memory."""
    index = Index(SCHEMA)
    index.register_tokenizer(WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_float_field("closeness", fast=True)
    builder.add_text_field("whole", tokenizer_name="raw", index_option="basic")
    for field in WEIGHTS:
        option = "position" if field in IN_ORDER else "basic"
        builder.add_text_field(field, tokenizer_name=WORDS, index_option=option)
    return builder.build()


SCHEMA = _schema()


def key_of(noun: str, ordinal: int) -> int:
    """The number by which the index knows a record."""
    return SEARCHED.index(noun) << 32 | ordinal


def with_key(noun: str, ordinal: int) -> Query:
    """The document of a record."""
    return Query.term_query(SCHEMA, "key", key_of(noun, ordinal), index_option="basic")


def named(key: int) -> tuple[str, int]:
    """The noun and the ordinal of a number."""
    return SEARCHED[key >> 32], key & 0xFFFFFFFF


class Documents:
    """Makes documents while nothing changes; what many records share is put into words once."""

    def __init__(self) -> None:
        self._shared: dict[Piece, Forms] = {}

    def of(self, noun: str, record: Any) -> Document:
        """What the index holds of a record."""
        its = parts(record)
        names = [forms(*text) for text in its.names]
        topics = [self._forms(piece) for piece in its.topics]
        descriptions = [forms(*text) for text in its.descriptions]
        held = {
            "key": key_of(noun, record.ordinal),
            "closeness": _closeness(noun, record.id, its.names[0][0]),
            "kind": kinds(noun, record),
            "whole": [name.stems for name in names],
            "names_exact": [name.exact for name in names],
            "names_folded": [name.folded for name in names],
            "names_stems": [name.stems for name in names],
            "topics_folded": [topic.folded for topic in topics],
            "topics_stems": [topic.stems for topic in topics],
            "descriptions_folded": [description.folded for description in descriptions],
            "anywhere": [found.stems for found in (*names, *topics, *descriptions)],
        }
        return Document.from_dict(held, SCHEMA)

    def _forms(self, piece: Piece) -> Forms:
        found = self._shared.get(piece)
        if found is None:
            say, about = piece
            found = self._shared[piece] = together(forms(*text) for text in say(about))
        return found


def kinds(noun: str, record: Any) -> list[str]:
    """What one may narrow a search to: a noun, or of terms those of one taxonomy."""
    return [noun, f"{noun}/{record.taxonomy.code}"] if noun == "taxonomy_term" else [noun]


def of_kinds(wanted: Iterable[str]) -> Query:
    """The documents of some kinds; it adds nothing to a score."""
    return Query.const_score_query(any_of("kind", wanted), 0.0)


def _closeness(noun: str, id: str, name: str) -> float:
    """What decides between equals: the noun, the shorter name, then the id; less than any weight can tell."""
    rank = len(SEARCHED) - SEARCHED.index(noun)
    shortness = max(0, 31 - len(name) // 4)
    return (rank << 14 | shortness << 9 | crc32(id.encode()) & 0x1FF) / (1 << 17) * MOST_CLOSENESS


MOST_CLOSENESS = 0.01
"""About what closeness may add to a score, as a part of it."""


def term(field: str, word: str) -> Query:
    """The documents that have a word in a field."""
    return Query.term_query(SCHEMA, field, word, index_option="basic")


def any_of(field: str, words: Iterable[str]) -> Query:
    """The documents that have one of several words in a field."""
    return Query.boolean_query([(Occur.Should, term(field, word)) for word in words])


def count(searcher: Searcher, asking: Query) -> int:
    """How many documents a query finds."""
    found: int = searcher.search(asking, limit=1).count  # type: ignore[attr-defined]  # The stubs leave it out.
    return found
