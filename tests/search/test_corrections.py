"""A mistyped word leads to the nearest one that some name has."""

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from tantivy import Query

from service.catalogue.words import fold
from service.search.corrections import LONG, SHORTEST
from service.search.index import Search
from service.search.words import words


@pytest.fixture(scope="module")
def known(search: Search) -> dict[str, str]:
    """The words of all names as they are written, and folded."""
    found = search.state.searcher.terms_with_prefix("names_exact", "", filter_query=Query.all_query())
    return {word: fold(word) for word, count in sorted(found) if count and word.isalpha()}


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32))
def test_none_is_nearer(search: Search, known: dict[str, str], seed: int) -> None:
    rng = Random(seed)
    [word] = words(_mistyped(rng.choice(list(known)), rng))
    assume(len(word.folded) >= SHORTEST and not search.state.stems(word))
    distances = {each: OSA.distance(word.folded, folded) for each, folded in known.items()}
    least = min(distances.values())
    found = search.state.spelling.nearest(word)
    if least <= (2 if len(word.folded) >= LONG else 1):
        assert found is not None
        assert distances[found] == least
    else:
        assert found is None or fold(found).startswith(tuple(word.stems))


def _mistyped(word: str, rng: Random) -> str:
    """A letter less, more, another, or two that changed places; perhaps twice."""
    for _ in range(rng.choice((1, 1, 2))):
        place, letter = rng.randrange(len(word)), rng.choice("aeiklmnst")
        before, after = word[:place], word[place:]
        changed = [before + after[1:], before + letter + after, before + letter + after[1:]]
        changed.append(before + after[1::-1] + after[2:])
        word = rng.choice(changed) or word
    return word


def test_short_words_are_left_as_they_are(search: Search) -> None:
    [word] = words("asistnts")
    assert search.state.spelling.nearest(word) == "asistents"
    assert search.state.spelling.nearest(next(words("asi"))) is None
