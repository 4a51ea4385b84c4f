"""Latvian stems: what the forms of a word have in common, typed with or without diacritics.

Diacritics go first, then one ending, then what the ending did to the consonants before it. Nouns and adjectives come
together in all cases, verbs with their participles; a verb keeps the vowel of its conjugation, so that it stays apart
from nouns of the same root, and nouns that it would meet all the same have a stem of their own (`nouns`).
`benchmarks/search` tells how well.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from service.catalogue.words import fold
from service.search import endings, nouns, roots

SHORTEST = 4
"""Letters of the shortest word that is cut."""


@lru_cache(20_000)
def stem(word: str) -> str:
    """The stem of a Latvian word; of what is no word whatever is left of it. Never raises."""
    folded = fold(word)
    if folded in roots.UNCHANGING:
        return f"{folded}."  # So that it meets no stem of another word.
    if known := nouns.APART.get(folded) or roots.PRONOUNS.get(folded) or _irregular(folded):
        return known
    return folded if len(folded) < SHORTEST else _regular(_without_ought(folded))


@lru_cache(5_000)
def english(word: str) -> str:
    """The stem of an English word, by Porter's second stemmer."""
    found: list[str] = _ENGLISH.analyze(fold(word))
    return found[0] if found else ""


_ENGLISH = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


def _irregular(word: str) -> str | None:
    """The stem of the verbs that have several roots."""
    if endings.BE.match(word):
        return "but"
    if going := endings.GO.match(word):
        return f"{going[1] or ''}iet"
    if said := endings.SAY.match(word):
        return f"{said[1]}ci"
    return None


def _regular(word: str) -> str:
    if known := endings.TAKE.match(word):
        return known[1]
    if fifth := endings.FIFTH_DECLENSION.match(word):
        return f"{fifth[1]}e"
    if noun := endings.NOT_VERBAL.match(word) or endings.AGENT.match(word):
        return noun[1]
    if woman := endings.WOMAN.match(word):
        return f"{woman[1]}iek"
    return _compared(word) or _whole(_verb(word) or _noun(word))


def _compared(word: str) -> str | None:
    """The adjective in a comparative or superlative."""
    found = None if endings.UNCOMPARED.match(word) else endings.COMPARED.match(word)
    return found[1] if found and len(found[1]) >= 3 else None


def _whole(root: str) -> str:
    """With the vowel that some forms of a verb are without: strādā and strādāt, also nestrādā, jāstrādā."""
    positives = (root, root[2:]) if root.startswith(("ne", "ja")) else (root,)
    return next(filter(None, map(_themed, positives)), root)


def _themed(root: str) -> str | None:
    """The root of a listed verb with its vowel, and its prefix."""
    return next((prefix + roots.THEMED[bare] for prefix, bare in _parted(root) if bare in roots.THEMED), None)


def _verb(word: str) -> str | None:
    """The stem if the word looks more like a verb than like a noun: a longer ending can be cut."""
    nominal = endings.NOMINAL.match(word)
    end = len(nominal[1]) if nominal else len(word)
    themed, plain = endings.THEMED.match(word), endings.PLAIN.match(word)
    if infinitive := endings.PARTICIPLE_OR_INFINITIVE.match(word):
        return _in_o(_positive(infinitive[1]))
    if (
        themed
        and _is_root(themed[1])
        and len(themed[1]) < min(end + (themed[2] != "a" or _root(themed[1]) is not None), _length(plain))
    ):
        found = _with_theme(_positive(themed[1]), themed[2])
        return _root(found) or _root(found.removeprefix("ne")) or found
    if plain and len(plain[1]) < end and _is_root(plain[1]) and len(_positive(plain[1])) >= 3:
        return _root(_positive(plain[1])) or _softened(_positive(plain[1]))
    return _passive(word)


def _length(match: re.Match[str] | None) -> int:
    return 99 if match is None else len(match[1])


def _with_theme(root: str, theme: str) -> str:
    return root if _is_third(root, theme) or (theme == "a" and _CAUSING.search(root)) else root + theme


_CAUSING = re.compile("..[^aeiou]in$")
"""Verbs in -ināt: they are without the vowel in the present, nodrošina."""


def _is_in_o(root: str) -> bool:
    return any(bare in roots.IN_O for _, bare in _parted(root.removeprefix("ne")))


def _in_o(root: str) -> str:
    if _is_in_o(root):
        return f"{root}o"
    known = _root(root) or _themed(root)
    return known or (root if _is_third(root) or endings.FIRST_OR_THIRD.search(root) else f"{root}o")


def _passive(word: str) -> str | None:
    found = endings.PASSIVE_PARTICIPLE.match(word)
    root = _positive(found[1]) if found else ""
    return root if any(bare in roots.PASSIVE for _, bare in _parted(root)) else None


def _noun(word: str) -> str:
    found = endings.NOMINAL.match(word)
    root = found[1] if found else word
    if word == f"{root}o" and (_is_third(root) or _is_in_o(root)):
        return word.removeprefix("ne")
    if word in (f"{root}e", f"{root}es") and _root(root):
        return f"{root}e"
    for positive in (root, root.removeprefix("ne")):
        if len(positive) > 2 and (known := _root(positive)):
            return known
    positive = root.removeprefix("ne")
    return positive if positive != root and _known(positive) else _softened(root)


def _without_ought(word: str) -> str:
    """Without the jā- of what one has to do."""
    if endings.OUGHT.match(word):
        return word[2:]
    if word.startswith("ja"):
        found = endings.NOMINAL.match(word[2:])
        if _known(found[1] if found else word[2:]):
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


def _known(root: str) -> bool:
    """Whether it is the root of a verb that is listed."""
    return bool(_themed(root) or _root(root) or _is_third(root))


def _is_third(root: str, theme: str | None = None) -> bool:
    known = roots.THIRD.get(theme, ()) if theme and theme != "a" else roots.PRESENT_WITHOUT_VOWEL
    return any(bare in known for _, bare in _parted(root))


@lru_cache(1_000)
def _parted(root: str) -> tuple[tuple[str, str], ...]:
    """Every way to read a prefix; what is asked of a word asks for them several times."""
    if not root.startswith(roots.PREFIXES):
        return (("", root),)
    prefixes = (prefix for prefix in roots.PREFIXES if root.startswith(prefix) and len(root) > len(prefix) + 1)
    return (("", root), *((prefix, root[len(prefix) :]) for prefix in prefixes))


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
