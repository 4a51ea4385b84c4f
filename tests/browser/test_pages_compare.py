"""Services side by side, facts for a decision and “my list” in a browser, on the screen and on paper."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from service.database import Database
from service.migrations.runner import migrate
from service.pages.choosing import MOST
from service.starter import load_starter
from tests.browser.conftest import Open, Visit
from tests.pages.deciding import BARE, BESIDES, CATEGORY, CENTRE, DAY, HERE, NIGHT, decide
from tests.serving import another_process

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHELTERS = f"category={CATEGORY}&region={HERE}"
PAGES = {
    "compare": f"/compare?ids={NIGHT},{DAY},{BESIDES}",
    "compare-full": f"/en/compare?ids={NIGHT},{DAY},{BESIDES},{BARE}&list={NIGHT}",
    "compare-nothing": "/compare?ids=nonsense",
    "decide": f"/decide/{HERE}/{CATEGORY}",
    "decide-unknown": f"/en/decide/valkas-novads/{CATEGORY}",
    "list": f"/mans-saraksts?ids={NIGHT},{DAY},{BARE},{CENTRE}",
    "list-nothing": "/en/my-list",
    "results": f"/meklet?{SHELTERS}&list={NIGHT},{DAY}&compare={NIGHT}",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pages(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Where the pages are served: the directory that ships, and a municipality that has to decide."""
    folder = tmp_path_factory.mktemp("deciding")
    url = f"sqlite:///{folder}/kopa.db"
    async with Database(url, models=()) as database:
        await migrate(database)
        await load_starter(database, lambda *_: None)
        await decide(database)
    async with another_process(url, folder) as served:
        yield str(served.client.base_url).rstrip("/")


async def looked_at(seen: Visit, name: str) -> None:
    """Nothing bars anybody's way, nothing is wider than the screen, nothing comes from elsewhere."""
    await seen.photograph(name)
    assert await seen.barriers() == [], name
    assert await seen.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), name
    assert len(seen.hosts) == 1
    assert (await seen.refused(), seen.said) == ([], []), name


async def sheets(seen: Visit) -> int:
    """How many pages it takes on paper."""
    paper = await seen.page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b", paper))


@pytest.mark.parametrize(("device", "scheme"), [("desk", "dark"), ("phone", "light")])
async def test_nothing_bars_the_way(
    visit: Open, pages: str, request: pytest.FixtureRequest, device: str, scheme: str
) -> None:
    seen = await visit(at=pages, color_scheme=scheme, java_script_enabled=True, **request.getfixturevalue(device))
    for name, path in PAGES.items():
        await seen.page.goto(f"{pages}{path}")
        await looked_at(seen, f"{name}-{device}-{scheme}")


async def test_services_are_chosen_and_compared_without_a_script(visit: Open, pages: str, desk: dict[str, Any]) -> None:
    seen = await visit(f"/meklet?{SHELTERS}", at=pages, java_script_enabled=False, **desk)
    for name in ("Naktspatversme “Siltā istaba”", "Dienas patversme ģimenēm"):
        await seen.page.get_by_role("link", name=f"Salīdzināt – {name}").click()
    await seen.page.wait_for_url(f"{pages}/~compare=*.*/meklet?{SHELTERS}#service-{DAY}")
    await seen.page.get_by_role("link", name="Salīdzināmie pakalpojumi (2)").click()
    headers = await seen.page.get_by_role("columnheader").all_inner_texts()
    assert [text.split("\n")[0] for text in headers[1:]] == [
        "Naktspatversme “Siltā istaba”",
        "Dienas patversme ģimenēm",
    ]
    await seen.page.get_by_role("link", name="Noņemt – Dienas patversme ģimenēm").click()
    assert await seen.page.get_by_role("columnheader").count() == 2


async def test_a_list_is_made_ordered_and_left(visit: Open, pages: str, desk: dict[str, Any]) -> None:
    seen = await visit(f"/meklet?{SHELTERS}", at=pages, java_script_enabled=False, **desk)
    await seen.page.get_by_role("link", name="Naktspatversme “Siltā istaba”", exact=True).click()
    await seen.page.get_by_role("link", name="Pievienot sarakstam").click()
    await seen.page.get_by_role("link", name="Biedrība “Siltā istaba”").first.click()
    await seen.page.locator("h1 ~ .keep").get_by_role("link", name="Pievienot sarakstam").click()
    await seen.page.get_by_role("link", name="Mans saraksts (2)").click()
    await followed(seen, "Augstāk")
    names = await seen.page.locator(".sheet h2").all_inner_texts()
    assert names == ["Biedrība “Siltā istaba”", "Naktspatversme “Siltā istaba”"]
    for _ in names:
        await followed(seen, "Noņemt")
    assert "Saraksts ir tukšs" in await seen.page.inner_text("main")
    assert await seen.page.context.cookies() == []


async def followed(seen: Visit, name: str) -> None:
    """Go where the first link of a name leads, to another state of the same page; be there."""
    async with seen.page.expect_event("load"):
        await seen.page.get_by_role("link", name=name).first.click()


async def test_a_list_of_any_length_is_printed_on_one_sheet(visit: Open, pages: str, desk: dict[str, Any]) -> None:
    seen = await visit("/meklet", at=pages, **desk)
    found = await seen.page.eval_on_selector_all(".item", "items => items.map(({id}) => id.replace('service-', ''))")
    for ids in (
        [NIGHT],
        [NIGHT, DAY, BARE, CENTRE],
        [NIGHT, *found[:5]],
        [NIGHT, *found[:9]],
        [NIGHT, *found[: MOST["list"] - 1]],
    ):
        await seen.page.goto(f"{pages}/mans-saraksts?ids={','.join(ids)}")
        assert await seen.page.locator(".sheet > li").count() == len(ids)
        assert await sheets(seen) == 1, len(ids)
    await seen.page.goto(f"{pages}{PAGES['decide']}")
    assert await sheets(seen) == 2
