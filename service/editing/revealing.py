"""Free text that gives away what is kept confidential: an address in any of its endings, a telephone number.

This only warns: the same street and number are in other towns too, and whoever writes knows which one is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service import models
from service.database import Reader
from service.editing.content import Content, Path
from service.editing.messages import problem
from service.errors import Problem
from service.models.fields import Clock, Currency, Email, Line, LineSet, PartialDate, Text, Url
from service.models.rows import from_json
from service.models.shape import Shape, shape
from service.turns import in_turns

Contents = Mapping[str, tuple[str, Content]]

STREETS = re.compile(
    "iel(a|as|u|am|ai)?|bulv(ar(is|a|i|u|am))?|prosp(ekt(s|a|u|am))?|pr|laukum(s|a|u|am)|lauk|sosej(a|as|u|ai)|"
    "damb(is|ja|i)|gatv(e|es|i|ei)|cel(s|a|u|am)|alej(a|as|u|ai)|krastmal(a|as|u|ai)|linij(a|as|u|ai)|nr|maj(a|as)|nams"
)
"""What stands between the name of a street and the number of a house, without diacritics."""

ENDING = re.compile("(ajam|ajai|ajos|ajas|aja|iem|ais|am|ai|as|os|us|is|es|ei|em|a|e|i|o|u|s)$")
PHONE = re.compile(r"(?<![\d+])(?:(?:\+|00)?371[\s()-]*)?[2-9](?:[\s()-]*\d){7}(?!\d)")
SHORTEST_NAME = 6
"""Letters that a place without a number has at least, to be looked for by its name."""

OTHER_FORMS = (Url, Email, Currency, PartialDate, Clock)
"""Lines in which no words stand."""


@dataclass
class Known:
    """What must not be given away, as it can be found in texts."""

    houses: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)

    def learn(self, place: Content) -> None:
        """Take in what is confidential about a place."""
        words = _words(place.get("address") or "")
        if found := list(_houses(words)):
            street, number, _ = found[0]
            self.houses.setdefault((_stem(street), number), set()).add(street)
        elif len("".join(words)) >= SHORTEST_NAME:
            self.names.add(" ".join(words))
        texts = (text for name in models.Location.CONFIDENTIAL for text in _spoken(place.get(name)))
        self.phones.update(phone for text in texts for phone, _ in _phones(text))

    def found_in(self, text: str) -> Iterator[tuple[str, str]]:
        """The code of each warning, and what was found."""
        words = _words(text)
        for street, number, named in _houses(words):
            # “Rīga, 12. maijā” is no house in Rīgas iela, “Rīgas 12” is.
            forms = self.houses.get((_stem(street), number), set())
            if forms and (named or street in forms):
                yield "reveals_address", f"{street} {number}"
        line = f" {' '.join(words)} "
        yield from (("reveals_address", name) for name in sorted(self.names) if f" {name} " in line)
        yield from (("reveals_phone", shown) for phone, shown in _phones(text) if phone in self.phones)


async def revealing(reader: Reader, contents: Contents, places: Mapping[str, Path]) -> list[Problem]:
    """A warning for each text of the set that holds a confidential address or number, of the set or outside it."""
    known = Known()
    for row in await reader.fetch("SELECT location_id, content FROM location_private"):
        if str(row["location_id"]) not in contents:
            known.learn(from_json(row["content"]))
    for noun, content in contents.values():
        if noun == "location" and content.get("confidential"):
            known.learn(content)
    return [
        problem(code, (*places[id], *path), found=found)
        async for id, (noun, content) in in_turns(contents.items())
        for path, text in _texts(noun, content)
        for code, found in known.found_in(text)
    ]


def _texts(noun: str, content: Content) -> Iterator[tuple[Path, str]]:
    """The words of a record that anybody may read. Of addresses themselves, the checks between places tell."""
    quiet: Iterable[str] = ()
    if noun == "location":
        quiet = models.Location.CONFIDENTIAL if content.get("confidential") else ("address", "postal_code")
    yield from _row(shape(noun), {name: value for name, value in content.items() if name not in quiet}, ())
    for name, part in shape(noun).parts.items():
        for position, item in enumerate(content.get(name, [])):
            yield from _row(part, item, (name, position))


def _row(table: Shape, content: Content, place: Path) -> Iterator[tuple[Path, str]]:
    for name, kind in table.scalars.items():
        if isinstance(kind, Text | Line | LineSet) and not isinstance(kind, OTHER_FORMS):
            yield from (((*place, name), text) for text in _spoken(content.get(name)))


def _spoken(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [str(text) for text in value.values()]
    return [str(text) for text in (value if isinstance(value, list) else [value]) if text is not None]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(letter for letter in folded if not unicodedata.combining(letter)))


def _houses(words: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Each street with the number of a house after it, and whether it is called a street."""
    for place, word in enumerate(words):
        if not word[0].isdigit():
            continue
        before = place - 1
        while before >= 0 and STREETS.fullmatch(words[before]):
            before -= 1
        if before >= 0 and words[before].isalpha():
            yield words[before], word, before < place - 1


def _stem(word: str) -> str:
    return ENDING.sub("", word) or word


def _phones(text: str) -> Iterator[tuple[str, str]]:
    """The eight digits of each Latvian number in a text, and how it is written there."""
    for found in PHONE.finditer(text):
        yield re.sub(r"\D", "", found[0])[-8:], found[0]
