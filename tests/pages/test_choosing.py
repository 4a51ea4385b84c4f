"""What a reader chose stands in addresses: it is read as it was written, and goes along from page to page."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages import addresses
from service.pages.choosing import MARK, MOST, READ, Choice, short, whole
from tests.pages.deciding import BARE, CATEGORY, CENTRE, DAY, HERE, NIGHT
from tests.pages.site import Site

IDS = st.lists(st.uuids().map(str), unique=True, max_size=30)


@given(id=st.uuids())
def test_an_id_is_read_as_it_was_written(id: UUID) -> None:
    assert whole(short(str(id))) == whole(str(id)) == whole(str(id).upper()) == str(id)
    assert len(short(str(id))) == 22


@given(text=st.text(max_size=40) | st.text("ABCabc019-_", min_size=21, max_size=23))
def test_nonsense_is_no_id(text: str) -> None:
    read = whole(text)
    assert read is None or text in (short(read), read) or len(text) == 36


@given(name=st.sampled_from(sorted(MOST)), ids=IDS)
def test_a_choice_is_read_as_it_was_written(name: str, ids: list[str]) -> None:
    choice = Choice(name, tuple(ids))
    again = Choice.of(name, "results", [(name, choice.written)])
    assert again.ids == choice.kept == tuple(ids[: MOST[name]])
    assert again.unreadable == 0


@given(ids=IDS, id=st.uuids().map(str))
def test_a_choice_changes_by_one(ids: list[str], id: str) -> None:
    choice = Choice("list", tuple(ids))
    if id not in choice.ids and not choice.is_full:
        added = choice.toggled(id)
        assert added.ids == (*choice.ids, id)
        assert added.toggled(id) == choice
    for place, each in enumerate(choice.kept):
        raised = choice.raised(each).ids
        assert sorted(raised) == sorted(choice.kept)
        assert raised.index(each) == max(0, place - 1)


@given(query=st.lists(st.tuples(st.sampled_from(["ids", "list", "compare"]), st.text()), max_size=5))
def test_whatever_stands_in_an_address_is_counted(query: list[tuple[str, str]]) -> None:
    for kind in ("shortlist", "comparison", "results"):
        choice = Choice.of("list", kind, query)
        parts = sum(bool(part) for key, value in query for part in value.replace(",", MARK).split(MARK))
        assert len(choice.ids) + choice.unreadable <= min(parts, READ)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_choice_goes_along(deciding: Site) -> None:
    chosen = MARK.join(map(short, (NIGHT, CENTRE)))
    carried = f"list={chosen}"
    results = await deciding.page(f"/meklet?category=shelter&{carried}")
    pages = [link for link in results.links if link.startswith(("/pakalpojumi/", "/organizacijas/", "/meklet?"))]
    assert len(pages) > 20
    assert all(f"list={chosen}" in link for link in pages if short(NIGHT) in link)
    without = [link for link in pages if carried not in link]
    assert without
    assert all("list=" in link and short(CENTRE) in link for link in without), without
    assert f'name="list" value="{chosen}"' in results.html
    assert f"/en/search?category=shelter&amp;list={chosen}" in results.html
    record = deciding.catalogue.node(DAY)
    service = await deciding.page(f"{addresses.address(record, 'lv')}?{carried}")
    assert all(carried in link or "list=" in link for link in service.links if link.startswith("/meklet"))
    assert f"/mans-saraksts?ids={chosen}" in service.links
    assert "noindex" in service.html
    [added] = [link for link in service.links if f"{chosen}.{short(DAY)}#" in link]
    assert "Ir sarakstā" in (await deciding.page(added.partition("#")[0])).text


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_is_carried_until_something_is_chosen(deciding: Site) -> None:
    page = await deciding.page(addresses.address(deciding.catalogue.node(BARE), "en"))
    assert [link for link in page.links if "list=" in link] == [
        f"{addresses.address(deciding.catalogue.node(BARE), 'en')}?list={short(BARE)}#service-{BARE}"
    ]
    answer = await deciding.get(f"/meklet?list={short(BARE)}")
    assert "set-cookie" not in answer.headers


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("path", ["/compare", "/mans-saraksts", f"/decide/{HERE}/{CATEGORY}"])
async def test_the_page_as_graphql_is_answered(deciding: Site, path: str) -> None:
    ids = [record.id for record in deciding.catalogue.of("service")[: MOST["list"]]]
    [link] = {
        link for link in (await deciding.page(f"{path}?ids={','.join(ids)}")).links if link.startswith("/graphql")
    }
    answer = await deciding.client.get(link, headers={"accept": "application/graphql-response+json"})
    assert answer.status_code == 200, answer.text
    assert "errors" not in answer.json()
    assert None not in answer.json()["data"].values()
