"""A file handed in, matched, looked at, kept as drafts, published and undone, in a browser: with scripts and without.

`SCREENSHOTS=folder make conformance` keeps a picture of every page.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from service.database import Database
from tests.browser.conftest import Open
from tests.browser.test_admin import NARROW, WIDE, Office, _signed_in, at_work, looked_at
from tests.serving import another_process

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bureau(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The directory as it ships, with an editor."""
    folder: Path = tmp_path_factory.mktemp("sheets")
    url = f"sqlite:///{folder}/kopa.db"
    async with another_process(url, folder, "--prepare") as process, Database(url, models=()) as database:
        cookie = await _signed_in(database, "Ilze")
        yield Office(str(process.client.base_url).rstrip("/"), {"Ilze": cookie})


def file_of(rows: int) -> dict[str, Any]:
    lines = ["Nosaukums;Nozare;Sektors;Tālrunis", "Valmieras pilsētas pašvaldība;;;67000001"]
    lines += [f"Pārbaudes biedrība {number};x;nevalstiskais;6700{number:04d}" for number in range(rows)]
    lines.append("Kļūdainā biedrība;x;nav tāda;")
    return {"name": "biedrības.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("cp1257")}


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(WIDE, "light", "lv"), (NARROW, "dark", "en")],
    ids=["wide-light-lv", "narrow-dark-en"],
)
async def test_a_file_becomes_a_set_that_is_published_and_undone(
    visit: Open, bureau: Office, size: Any, scheme: str, language: str
) -> None:
    locale = {"lv": "lv-LV", "en": "en-GB"}[language]
    seen = await at_work(visit, bureau, viewport=size, color_scheme=scheme, locale=locale)
    page, about = seen.page, f"import-{size['width']}-{language}"
    await page.goto(f"{bureau.url}/admin/organisation/import")
    await looked_at(seen, f"{about}-upload")
    await page.set_input_files("#file", {"name": "x.csv", "mimeType": "text/csv", "buffer": b""})
    await page.click("main .buttons button")
    await page.wait_for_selector("#told-file")
    await looked_at(seen, f"{about}-refused")
    await page.set_input_files("#file", file_of(40))  # type: ignore[arg-type]
    await page.click("main .buttons button")
    await page.wait_for_url(re.compile("/admin/imports/"))
    await looked_at(seen, f"{about}-match")
    await page.select_option("[name='column.1']", "")
    source = await page.get_attribute("#sources option", "value")
    await page.fill("#source", source or "")
    await page.click("[value=match]")
    await page.wait_for_selector(".findings")
    await looked_at(seen, f"{about}-examined")
    await page.click("[value=keep]")
    await page.wait_for_url(re.compile("/admin/batches/"))
    await looked_at(seen, f"{about}-batch")
    await page.click("[value=publish]")
    await page.wait_for_selector("[value=undo]")
    await looked_at(seen, f"{about}-published")
    await page.click("[value=undo]")
    await page.wait_for_url(re.compile("batch_undone"))
    await looked_at(seen, f"{about}-undone")


async def test_it_goes_without_scripts(visit: Open, bureau: Office) -> None:
    seen = await at_work(visit, bureau, viewport=WIDE, locale="lv-LV", java_script_enabled=False)
    page = seen.page
    await page.goto(f"{bureau.url}/admin/organisation/import")
    await page.set_input_files("#file", file_of(3))  # type: ignore[arg-type]
    await page.click("main .buttons button")
    await page.click("[value=match]")
    await page.wait_for_selector(".findings")
    await page.click("[value=drop]")
    assert page.url.endswith("/admin/organisation")


async def test_a_list_is_exported_kept_as_a_view_and_acted_on(visit: Open, bureau: Office) -> None:
    seen = await at_work(visit, bureau, viewport=WIDE, locale="lv-LV")
    page = seen.page
    await page.goto(f"{bureau.url}/admin/organisation?sector=municipal&sort=-name&column=phone")
    await page.click("#export summary")
    await looked_at(seen, "list-export")
    async with page.expect_download() as download:
        await page.click("#export a >> nth=0")
    assert (await download.value).suggested_filename.endswith(".xlsx")
    await page.click("#keep-view summary")
    await page.fill("#view-name", "Pašvaldības")
    await looked_at(seen, "list-keep-view")
    await page.click(".keeping button >> nth=0")
    await page.wait_for_selector("#views > a")
    await page.check("tbody input >> nth=0")
    await page.check("tbody input >> nth=1")
    await page.click("#bulk [value=withdraw]")
    await looked_at(seen, "bulk-sure")
    await page.click("main [value=withdraw]")
    await looked_at(seen, "bulk-refused")
    await page.goto(f"{bureau.url}/admin/organisation")
    await page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    await looked_at(seen, "list-narrow")
