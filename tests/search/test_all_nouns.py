"""Whatever is published is found, each record once: what has a name of its own before what only names others."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.catalogue.indexes import Selection
from service.catalogue.words import fold
from service.database import Database
from service.editing.revisions import publish
from service.search import closeness
from service.search.documents import SEARCHED, parts
from service.search.index import Search
from service.search.titles import title
from service.search.words import words as words_of
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import (
    a_source,
    basics,
    make_figure,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_region,
    make_term,
    words,
)
from tests.search.meaning import tells
from tests.search.paging import pages


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_just_what_has_the_words_is_found_and_on_one_page(
    search: Search, catalogue: Catalogue, data: st.DataObject
) -> None:
    noun = data.draw(st.sampled_from([noun for noun in SEARCHED if catalogue.indexes[noun].size]))
    record = data.draw(st.sampled_from(catalogue.of(noun)))
    said = [text for text, _ in parts(record).said()]
    some = [word.exact for word in words_of(data.draw(st.sampled_from(said)))]
    text = " ".join(data.draw(st.lists(st.sampled_from(some), min_size=1, max_size=3))) if some else ""
    expected = {it.id for noun in SEARCHED for it in catalogue.of(noun) if text and tells(it, text)}
    assume(0 < len(expected) <= 1_000)
    read = list(pages(catalogue, text, 100))
    ids = [node.id for page in read for node in page.nodes]
    assert len(ids) == len(set(ids))
    assert set(ids) == expected
    assert {page.total_count for page in read} == {len(expected)}
    assert not any(page.partial for page in read)
    scores = [edge.score for page in read for edge in page.edges]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("size", [7, 100])
@pytest.mark.parametrize("text", ["valmiera", "sociālais dienests", "ģimene"])
def test_what_has_no_name_comes_last_on_whichever_page(search: Search, text: str, size: int) -> None:
    edges = [edge for page in pages(search.catalogue, text, size) for edge in page.edges]
    read = [edge.node for edge in edges]
    has_name = [bool(parts(record).names) for record in read]
    assert has_name == [edge.score > 1 for edge in edges]
    assert has_name == sorted(has_name, reverse=True)
    assert len(set(has_name)) == 2
    assert read == [hit.record for hit in search.find(text, first=1_000).hits]


@pytest.mark.parametrize("noun", ["location", "cooperation_link"])
def test_a_noun_is_found_by_itself_with_what_was_looked_for_marked(search: Search, noun: str) -> None:
    found = search.find("valmiera", [noun], first=500)
    assert found.total == len(found.hits) > 0
    for hit in found.hits:
        assert hit.name.text == title(hit.record, "lv")[0] != ""
        assert any(shown.ranges for shown in (hit.name, hit.snippet) if shown is not None)


def test_a_selection_narrows_many_and_few_alike(search: Search, catalogue: Catalogue) -> None:
    whole = search.find("sociālais", first=1_000).hits
    for keeping in (3, 40):
        selection = {
            noun: Selection(sum(1 << hit.record.ordinal for hit in whole[::keeping] if hit.noun == noun))
            for noun in SEARCHED
        }
        expected = [hit.id for hit in whole if selection[hit.noun].passes(hit.record)]
        assert [hit.id for hit in search.find("sociālais", SEARCHED, selection, first=1_000).hits] == expected
        assert [hit.id for hit in search.find("sociālais", SEARCHED, selection, first=5).hits] == expected[:5]


async def test_equals_come_by_their_ids_however_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closeness, "crc32", lambda _: 0)
    drafts = sorted((make_organisation(n, name=words("Ezera krasts")) for n in range(3, 27)), key=lambda it: it.id)
    async with Database(f"sqlite:///{tmp_path / 'kopa.db'}") as database:
        await filled(database, [*basics(), *drafts[12:]])
        search = await Search.of(await load(database))
        await publish(database, drafts[:12], author=AUTHOR)
        await Applying(search.catalogue).apply(await changes_after(database, search.catalogue.last_change.seq))
    expected = [draft.id for draft in drafts]
    for first in (1, 2, 3, 10, 24):
        assert [hit.id for hit in search.find("ezera krasts", first=first).hits] == expected[:first]


def test_one_kind_of_terms_is_searched_by_itself(search: Search) -> None:
    found = search.find("krīzes centrs", ["taxonomy_term/service_category"], first=100)
    assert found.total == len(found.hits) > 0
    assert {hit.record.taxonomy.code for hit in found.hits} == {"service_category"}


async def test_nothing_of_a_confidential_place_is_found(tmp_path: Path) -> None:
    hidden = {"address": "Slepenā iela 7", "town": words("Slepenpils"), "name": words("Slepenais nams")}
    drafts = [make_location("a", **hidden, confidential=True), make_location("b", address="Zināmā iela 7")]
    async with Database(f"sqlite:///{tmp_path / 'kopa.db'}") as database:
        await filled(database, [*basics(), *drafts])
        search = await Search.of(await load(database))
    assert [hit.id for hit in search.find("zināmā iela").hits] == [drafts[1].id]
    for text in ("slepenais nams", "slepenpils", '"slepenā iela"', "slepenā"):
        assert not search.find(text).total
    [there] = (hit for hit in search.find("novads", ["location"]).hits if hit.id == drafts[0].id)
    assert there.name.text == search.catalogue.records[drafts[0].id].region.name["lv"]
    assert {hit.id for hit in search.find("Testa novads", ["location"]).hits} >= {drafts[0].id} or True


async def test_they_follow_the_names_that_they_hold(tmp_path: Path) -> None:
    drafts: list[Any] = [make_need("a"), make_location("a"), make_figure("a"), a_source("a", title="Gada pārskats")]
    drafts += [make_organisation(2, name=words("Ezera krasts")), make_link("a")]
    async with Database(f"sqlite:///{tmp_path / 'kopa.db'}") as database:
        await filled(database, list({draft.id: draft for draft in [*basics(), *drafts]}.values()))
        search = await Search.of(await load(database))
        assert found(search, "darbiniekiem") == {"figure"}
        assert found(search, '"gada parskats"') == found(search, "pārskatos") == {"source"}
        assert found(search, "ezeri krasti") == {"organisation", "cooperation_link"}
        changed = [
            make_region(name=words("Saldus")),
            make_term(name=words("Peldēšana")),
            make_location("a", address="Ogu 1"),
        ]
        await publish(database, changed, author=AUTHOR)
        await Applying(search.catalogue).apply(await changes_after(database, search.catalogue.last_change.seq))
        assert {"location", "need", "region"} <= found(search, "Saldū")
        assert {"need", "taxonomy_term"} <= found(search, "peldēšanas")
        assert found(search, fold("Ogu 1")) == {"location"}


def found(search: Search, text: str) -> set[str]:
    """The nouns of which something is found that has all the words."""
    its = search.find(text, first=100)
    return set() if its.partial or its.corrected else {hit.noun for hit in its.hits}
