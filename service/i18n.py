"""The words of the pages, by language. The catalogues are read when a language is first spoken; nothing is compiled."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("lv", "en")
DOMAIN = "kopa"


class UnknownText(KeyError):
    """A page asks for words that no catalogue has."""


class _Nothing(NullTranslations):
    """What is asked when a catalogue has no answer."""

    def gettext(self, message: str) -> str:
        raise UnknownText(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise UnknownText(msgid1)


class Words:
    """The words of one language."""

    def __init__(self, language: str, catalogue: GNUTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, key: str, **gaps: object) -> str:
        """The text of a key with its gaps filled. Raises UnknownText."""
        text = self._catalogue.gettext(key)
        return text.format(**gaps) if gaps else text

    def count(self, key: str, n: int) -> str:
        """The text of a key for so many."""
        return self._catalogue.ngettext(key, key, n).format(n=self.number(n))

    def number(self, n: int) -> str:
        """A whole number with its thousands apart, as the language writes them."""
        return f"{n:,}".replace(",", "\u00a0" if self.language == "lv" else ",")

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return self.first(key) is not None

    def first(self, *keys: str) -> str | None:
        """The text of the first of some keys that has one."""
        for key in keys:
            try:
                return self(key)
            except UnknownText:
                continue
        return None


@cache
def words(language: str) -> Words:
    """The words of a language."""
    compiled = BytesIO()
    with path(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    catalogue = GNUTranslations(compiled)
    catalogue.add_fallback(_Nothing())
    return Words(language, catalogue)


def path(language: str) -> Path:
    """The file with the words of a language."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"
