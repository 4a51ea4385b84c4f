"""What is matched only: its filters know words in whichever form, and no search gives it."""

from pathlib import Path

import pytest

from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.catalogue.words import fold
from service.database import Database
from service.editing.revisions import publish
from service.search.documents import MATCHED, SEARCHED, parts
from service.search.index import Search
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import a_source, basics, make_figure, make_location, make_need, make_region, make_term, words

ONLY_MATCHED = [noun for noun in MATCHED if noun not in SEARCHED]


@pytest.mark.parametrize("noun", ONLY_MATCHED)
def test_each_is_found_by_what_it_says(search: Search, catalogue: Catalogue, noun: str) -> None:
    for record in list(catalogue.of(noun))[:50]:
        for text, _ in parts(record).said():
            assert search.matching(noun, fold(text).upper()) >> record.ordinal & 1, text


def test_no_search_gives_them(search: Search, catalogue: Catalogue) -> None:
    titles = [source.title for source in catalogue.of("source")]
    assert titles
    for title in titles[:20]:
        found = search.find(title, first=1_000)
        assert {hit.noun for hit in found.hits} <= {*SEARCHED}
        assert len(found.hits) == min(found.total, 1_000)


async def test_they_follow_the_names_that_they_hold(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path / 'kopa.db'}") as database:
        drafts = [make_need("a"), make_location("a"), make_figure("a"), a_source("a", title="Gada pārskats")]
        await filled(database, [*basics(), *drafts])
        search = await Search.of(await load(database))
        assert matching(search, "darbiniekiem") == {"figure"}
        assert matching(search, '"gada parskats"') == matching(search, "pārskatos") == {"source"}
        assert matching(search, "Saldū") == matching(search, "peldēšanas") == set()
        changed = [make_region(name=words("Saldus")), make_term(name=words("Peldēšana"))]
        await publish(database, changed, author=AUTHOR)
        await Applying(search.catalogue).apply(await changes_after(database, search.catalogue.last_change.seq))
        assert matching(search, "Saldū") == {"location", "need"}
        assert matching(search, "peldēšanas") == {"need"}


def matching(search: Search, text: str) -> set[str]:
    """The nouns of which something has the words."""
    return {noun for noun in ONLY_MATCHED if search.matching(noun, text)}
