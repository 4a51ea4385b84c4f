"""Latvian stems: what the forms of a word have in common, typed with or without diacritics.

Diacritics go first, then one ending, then what the ending did to the consonants before it. Nouns and adjectives come
together in all cases, verbs with their participles; a verb keeps the vowel of its conjugation, so that it stays apart
from nouns of the same root. `benchmarks/search` tells how well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from service.catalogue.words import fold
from service.search import endings, roots

SHORTEST = 4
"""Letters of the shortest word that is cut."""


@lru_cache(20_000)
def stem(word: str) -> str:
    """The stem of a Latvian word; of what is no word whatever is left of it. Never raises."""
    folded = fold(word)
    if folded in roots.UNCHANGING:
        return f"{folded}."  # So that it meets no stem of another word.
    if endings.BE.match(folded):
        return "but"
    if folded in roots.PRONOUNS or len(folded) < SHORTEST:
        return roots.PRONOUNS.get(folded, folded)
    folded = _without_ought(folded)
    if known := endings.TAKE.match(folded) or endings.NIGHT.match(folded):
        return known[1]
    if fifth := endings.FIFTH_DECLENSION.match(folded):
        return f"{fifth[1]}e"
    if noun := endings.NOT_VERBAL.match(folded):
        return noun[1]
    return _compared(folded) or _whole(_verb(folded) or _noun(folded))


@lru_cache(5_000)
def english(word: str) -> str:
    """The stem of an English word, by Porter's second stemmer."""
    found: list[str] = _ENGLISH.analyze(fold(word))
    return found[0] if found else ""


_ENGLISH = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


def _compared(word: str) -> str | None:
    """The adjective in a comparative or superlative."""
    found = None if endings.UNCOMPARED.match(word) else endings.COMPARED.match(word)
    return found[1] if found and len(found[1]) >= 3 else None


def _whole(root: str) -> str:
    """With the vowel that some forms of a verb are without: strādā and strādāt, also nestrādā, jāstrādā."""
    positives = (root, root.removeprefix("ne"), root.removeprefix("ja"))
    return next((roots.THEMED[bare] for bare in positives if bare in roots.THEMED), root)


def _verb(word: str) -> str | None:
    """The stem if the word looks more like a verb than like a noun: a longer ending can be cut."""
    nominal = endings.NOMINAL.match(word)
    end = len(nominal[1]) if nominal else len(word)
    themed, plain = endings.THEMED.match(word), endings.PLAIN.match(word)
    if infinitive := endings.PARTICIPLE_OR_INFINITIVE.match(word):
        return _in_o(_positive(infinitive[1]))
    if themed and _is_root(themed[1]) and len(themed[1]) < min(end + (themed[2] != "a"), _length(plain)):
        return _with_theme(_positive(themed[1]), themed[2])
    if plain and len(plain[1]) < end and _is_root(plain[1]) and len(_positive(plain[1])) >= 3:
        return _root(_positive(plain[1])) or _softened(_positive(plain[1]))
    return _passive(word)


def _length(match: re.Match[str] | None) -> int:
    return 99 if match is None else len(match[1])


def _with_theme(root: str, theme: str) -> str:
    if theme == "a" and root in roots.WITH_THEME:
        return root + theme
    return root if _is_third(root) or (theme == "a" and _CAUSING.search(root)) else root + theme


_CAUSING = re.compile("..[^aeiou]in$")
"""Verbs in -ināt: they are without the vowel in the present, nodrošina."""


def _in_o(root: str) -> str:
    known = _root(root)
    return known or (root if _is_third(root) or endings.FIRST_OR_THIRD.search(root) else f"{root}o")


def _passive(word: str) -> str | None:
    found = endings.PASSIVE_PARTICIPLE.match(word)
    root = _positive(found[1]) if found else ""
    return root if any(bare in roots.PASSIVE for _, bare in _parted(root)) else None


def _noun(word: str) -> str:
    found = endings.NOMINAL.match(word)
    root = found[1] if found else word
    for positive in (root, root.removeprefix("ne")):
        if len(positive) > 2 and (known := _root(positive)):
            return known
    positive = root.removeprefix("ne")
    return positive if positive != root and _is_third(positive) else _softened(root)


def _without_ought(word: str) -> str:
    """Without the jā- of what one has to do."""
    if endings.OUGHT.match(word):
        return word[2:]
    if word.startswith("ja"):
        found = endings.NOMINAL.match(word[2:])
        if _root(found[1] if found else word[2:]):
            return word[2:]
    return word


def _positive(root: str) -> str:
    """A verb without its negation."""
    return root[2:] if root.startswith("ne") and len(root) > 4 else root


def _is_root(root: str) -> bool:
    positive = _positive(root)
    return positive in roots.VOWELLESS or not endings.NO_ROOT.match(positive)


def _root(root: str) -> str | None:
    """The one root of a verb whose root changes, with its prefix."""
    return next((prefix + roots.ROOTS[bare] for prefix, bare in _parted(root) if bare in roots.ROOTS), None)


def _is_third(root: str) -> bool:
    return any(bare in roots.PRESENT_WITHOUT_VOWEL for _, bare in _parted(root))


def _parted(root: str) -> Iterator[tuple[str, str]]:
    """Every way to read a prefix."""
    yield "", root
    for prefix in roots.PREFIXES:
        if root.startswith(prefix) and len(root) > len(prefix) + 1:
            yield prefix, root[len(prefix) :]


def _softened(root: str) -> str:
    """What a case did to the consonants, undone: aprūpju and aprūpe, jauniešu and jaunietis."""
    if root[-2:] in ("bj", "pj", "mj", "vj"):
        return root[:-1]
    if root.endswith("itas"):
        return f"{root[:-1]}t"
    if len(root) > 5 and _PERSON.search(root):
        return f"{root[:-1]}s"
    return roots.SOFT_NOUNS.get(root, root)


_PERSON = re.compile("(?:[nkrdlmps]|latv|siev)iet$")
"""Jaunietis, sieviete: people; not vieta, a place."""
