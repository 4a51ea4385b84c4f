"""What a reader chose stands before the path: it is read as it was written, and goes along from page to page."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.i18n import LANGUAGES
from service.pages import addresses
from service.pages.choosing import MARK, MOST, READ, Choice, short, whole
from service.pages.routes import PAGES
from tests.pages.deciding import BARE, CATEGORY, CENTRE, DAY, HERE, NIGHT
from tests.pages.site import LARGEST, Page, Site, of

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
    again = Choice.of(name, choice.written)
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


PAIRS = st.lists(st.tuples(st.sampled_from(["ids", "list", "compare"]), st.text()), max_size=5)


@given(before=PAIRS, query=PAIRS)
def test_whatever_stands_in_an_address_is_counted(before: list[tuple[str, str]], query: list[tuple[str, str]]) -> None:
    for kind in ("shortlist", "comparison", "results"):
        choice = Choice.at("list", kind, before, query)
        parts = sum(bool(part) for _, value in before + query for part in value.replace(",", MARK).split(MARK))
        assert len(choice.ids) + choice.unreadable <= min(parts, READ)


def before(**chosen: tuple[str, ...]) -> str:
    """What stands before a path when something is chosen."""
    return "/~" + "&".join(f"{name}={MARK.join(map(short, ids))}" for name, ids in chosen.items())


def led_to(page: Page) -> list[str]:
    """The other pages to which a page leads."""
    elsewhere = ("/graphql", "/schema", "#", "http", "tel:", "mailto:", "/meklet.", "/en/search.")
    return [link for link in page.links if not link.startswith(elsewhere)]


def named(site: Site, kind: str) -> str:
    """What stands in the address of some page of a kind."""
    if kind in site.catalogue.indexes:
        return addresses.name_of(of(site, kind)[0])
    return {"decision": f"{HERE}/{CATEGORY}", "handbook_chapter": f"{HERE}/{CATEGORY}"}.get(kind, HERE)


async def full(site: Site, kind: str, language: str) -> tuple[str, Page]:
    """What stands before a path when as much is chosen as can be, and a page that is looked at with it."""
    services = [record.id for record in site.catalogue.of("service")]
    chosen = before(list=tuple(services[: MOST["list"]]), compare=tuple(services[: MOST["compare"]]))
    pattern = addresses.PATHS[kind][language]
    return chosen, await site.page(chosen + addresses.path(kind, language, named(site, kind) if "{" in pattern else ""))


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(PAGES.keys() - {"handbook_print"}))
async def test_a_choice_goes_along(deciding: Site, kind: str, language: str) -> None:
    """Even a full one makes no page too large, and no link lets it fall."""
    chosen, page = await full(deciding, kind, language)
    assert len(page.html.encode()) < LARGEST
    assert "noindex" in page.html
    shown = {link for link in led_to(page) if "ids=" in link}
    assert [link for link in led_to(page) if not link.startswith(f"{chosen}/") and link not in shown] == []
    assert all(link.startswith(("/~list=", "/~compare=")) for link in shown)
    for link in {urlsplit(each).path for each in led_to(page)}:
        assert (await deciding.get(link)).status_code == 200, link


@pytest.mark.asyncio(loop_scope="module")
async def test_a_page_that_is_asked_to_choose_leads_to_the_same_with_it(deciding: Site) -> None:
    both = before(list=(CENTRE, NIGHT))
    for asked, kept in (
        (f"/meklet?q=a&list={short(NIGHT)}&age=3", f"{before(list=(NIGHT,))}/meklet?q=a&age=3"),
        (f"/~list={short(CENTRE)}/en/search?list={NIGHT}", f"{both}/en/search"),
        (f"{both}/meklet?list={short(CENTRE)}", f"{before(list=(NIGHT,))}/meklet"),
        (f"{both}/meklet?list={short(CENTRE)}.{short(NIGHT)}", "/meklet"),
        (f"{both}/meklet?compare={short(DAY)}", f"{both}&compare={short(DAY)}/meklet"),
        (f"/mans-saraksts?ids={CENTRE}&list={NIGHT}", f"{both}/mans-saraksts"),
        ("/?list=nonsense", "/"),
        (f"/~list={CENTRE}/meklet?q=a", f"{before(list=(CENTRE,))}/meklet?q=a"),
        (
            f"/~list={short(CENTRE)}.nonsense/mans-saraksts?ids={DAY}",
            f"{before(list=(CENTRE,))}/mans-saraksts?ids={DAY}",
        ),
        ("/~nonsense/en/", "/en/"),
    ):
        answer = await deciding.get(asked)
        assert (answer.status_code, answer.headers["location"]) == (302, kept)
        assert "set-cookie" not in answer.headers


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("sign", ["%0A", "%0D", "%09"])
async def test_nobody_s_page_is_shown_at_the_address_of_another(deciding: Site, sign: str) -> None:
    """Some signs are left out of an address when it is taken apart; the page would be kept as that without them."""
    deciding.touched()
    address = f"/~list={short(CENTRE)}{sign}/meklet"
    assert (await deciding.get(address)).headers["location"] == "/meklet"
    assert "Mans saraksts (1)" in (await deciding.page(address.replace(sign, ""))).text


@pytest.mark.asyncio(loop_scope="module")
async def test_it_goes_along_while_the_directory_loads(deciding: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{before(list=(CENTRE,))}/vietas/{HERE}"
    monkeypatch.setattr(deciding.app.state.follower, "catalogue", None)
    answer = await deciding.get(path)
    assert answer.status_code == 503
    assert path in Page.of(answer.text, path).links


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_chosen_is_marked_and_can_be_let_go_of(deciding: Site) -> None:
    record = deciding.catalogue.node(DAY)
    path = addresses.address(record, "lv")
    page = await deciding.page(f"/~list={short(CENTRE)}{path}")
    [added] = [link for link in page.links if "?list=" in link]
    assert added == f"/~list={short(CENTRE)}{path}?list={short(DAY)}#service-{DAY}"
    again = await deciding.page(added.partition("#")[0])
    assert again.path == f"{before(list=(CENTRE, DAY))}{path}"
    assert "Ir sarakstā" in again.text
    assert f"/mans-saraksts?ids={short(CENTRE)}.{short(DAY)}" in again.links
    assert (await deciding.page(added.partition("#")[0])).html == again.html


@pytest.mark.asyncio(loop_scope="module")
async def test_suggestions_lead_on_with_it(deciding: Site) -> None:
    chosen = before(list=(NIGHT,))
    page = await deciding.page(f"{chosen}/organizacijas/{deciding.catalogue.node(CENTRE).slug}")
    [typed] = set(re.findall(r'data-suggest="([^"]+)"', page.html))
    said = (await deciding.get(f"{urljoin(page.path, typed)}?q=val")).json()
    assert said
    assert all(path.startswith(f"{chosen}/") for _, path in said)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("path", ["/en/nothing/of/the/kind", "/en/services/nothing"])
async def test_it_goes_along_from_where_nothing_is(deciding: Site, path: str) -> None:
    chosen = before(list=(NIGHT,))
    answer = await deciding.get(f"{chosen}{path}")
    page = Page.of(answer.text, f"{chosen}{path}")
    assert (answer.status_code, page.language) == (404, "en")
    assert {f"{chosen}/en/", f"{chosen}/en/join", f"/en/my-list?ids={short(NIGHT)}"} <= {*page.links}


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_is_carried_until_something_is_chosen(deciding: Site) -> None:
    page = await deciding.page(addresses.address(deciding.catalogue.node(BARE), "en"))
    assert [link for link in page.links if "list=" in link] == [
        f"{addresses.address(deciding.catalogue.node(BARE), 'en')}?list={short(BARE)}#service-{BARE}"
    ]
    assert not [link for link in page.links if "~" in link]


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
