"""Links are filtered by the words of their descriptions and of the names of their sides."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.catalogue.cooperation import CooperationLinkFilter
from service.database import Database
from service.editing.revisions import Draft, publish
from service.search.index import Search
from service.search.words import words as words_of
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import basics, make_link, make_organisation, words
from tests.search.meaning import says


@st.composite
def texts(draw: st.DrawFn, said: list[str]) -> str:
    """A few words of what links say, sometimes of one text and in quotes."""
    text = draw(st.sampled_from(said))
    its = [text[word.start : word.end] for word in words_of(text)] or ["un"]
    start = draw(st.integers(0, len(its) - 1))
    some = " ".join(its[start : start + draw(st.integers(1, 3))])
    asked = f'"{some}"' if draw(st.booleans()) else some
    return f"{asked} {draw(st.sampled_from(['', *its, 'nav']))}"


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_text_finds_what_says_it(search: Search, catalogue: Catalogue, data: st.DataObject) -> None:
    links = list(catalogue.of("cooperation_link"))
    text = data.draw(texts(sorted({said for link in links for said in link.texts()})))
    assert found(search, text) == {link.id for link in links if says(link, text)}


def test_some_are_found_and_some_are_not(search: Search, catalogue: Catalogue) -> None:
    size = len(catalogue.of("cooperation_link"))
    said = sorted({said for link in catalogue.of("cooperation_link") for said in link.texts()})
    assert all(0 < len(found(search, text)) < size for text in said[::50])


@pytest.fixture
def drafts() -> list[Draft]:
    sides = [make_organisation(n, name=words(name)) for n, name in enumerate(("Ezera krasts", "Meža māja"), 1)]
    link = make_link("a", description=words("Telpas jauniešu centram"))
    return list({draft.id: draft for draft in (*basics(), *sides, link)}.values())


async def test_a_side_goes_by_its_new_name_in_the_turn_in_which_it_is_seen(tmp_path: Path, drafts: list[Draft]) -> None:
    """Its words may stand in several texts, a phrase in one of them; other fields hold together with them."""
    link = drafts[-1].id
    renamed = make_organisation(2, name=words("Upes māja"), alternate_names=[{"id": link, "name": "Strauts"}])
    async with Database(f"sqlite:///{tmp_path / 'kopa.db'}") as database:
        await filled(database, drafts)
        search = await Search.of(await load(database))
        for text in ("mezi", "ezeri telpām", '"jauniesu centram" krasti', '"meža māja"'):
            assert found(search, text) == {link}, text
        for text in ("upe", "strautu", '"krasts meža"', '"māja telpas"', "ezeri nav"):
            assert not found(search, text), text
        await publish(database, [renamed], author=AUTHOR)
        coming = await changes_after(database, search.catalogue.last_change.seq)
        await watched(search, coming, link)
        assert found(search, "upes strauti") == {link}
        assert not found(search, "meži")
        both = CooperationLinkFilter(text="upes", organisation=[renamed.id])
        assert both.selection(search.catalogue).mask == search.matching("cooperation_link", "upes") != 0


async def watched(search: Search, changes: Any, link: str) -> None:
    """Somebody asks in every turn of the loop until all is taken over."""
    applying = asyncio.ensure_future(Applying(search.catalogue).apply(changes))
    while not applying.done():
        for text in ("meži", "upēm", "ezeri", '"upes māja"'):
            assert (link in found(search, text)) is says(search.catalogue.records[link], text)
        await asyncio.sleep(0)
    await applying


def found(search: Search, text: str) -> set[str]:
    mask = CooperationLinkFilter(text=text).selection(search.catalogue).mask
    return {link.id for link in search.catalogue.of("cooperation_link") if mask >> link.ordinal & 1}
