"""What the pages load, and that nothing else is needed to show them."""

from __future__ import annotations

import gzip
import re

import httpx2
import pytest
from starlette.applications import Starlette

from admin import create_admin
from admin.assets import FOLDER, PATHS
from admin.visit import TEMPLATES
from service.pages.account.visit import STYLE


def colours(style: str) -> list[dict[str, str]]:
    """The custom properties by day and by night."""
    return [dict(re.findall(r"(--\w+): ([^;} ]+)", block)) for block in re.findall(r":root \{[^}]*\}", style)]


def test_the_colours_are_those_of_the_pages_about_accounts() -> None:
    own, theirs = colours((FOLDER / "admin.css").read_text("utf-8")), colours(STYLE)
    assert len(own) == len(theirs) == 2
    for mine, other in zip(own, theirs, strict=True):
        assert other.items() <= mine.items()


def test_htmx_is_the_one_that_was_looked_at() -> None:
    assert '"2.0.11"' in (FOLDER / "htmx.min.js").read_text("utf-8")
    assert "Zero-Clause BSD" in (FOLDER / "htmx.LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("name", TEMPLATES.list_templates())
def test_no_page_has_a_script_or_style_of_its_own(name: str) -> None:
    assert TEMPLATES.loader is not None
    source = TEMPLATES.loader.get_source(TEMPLATES, name)[0]
    assert re.search(r"\son\w+=|\sstyle=|<style|<script(?! src=)|hx-on|javascript:|\|\s*safe", source) is None


@pytest.mark.parametrize("path", PATHS.values())
async def test_files_are_kept_for_ever_and_compressed(path: str) -> None:
    transport = httpx2.ASGITransport(Starlette(routes=[create_admin()]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        plain = await client.get(path, headers={"accept-encoding": "identity"})
        packed = await client.get(path, headers={"accept-encoding": "gzip"})
        assert "immutable" in plain.headers["cache-control"]
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content
        assert len(gzip.compress(plain.content)) < 20_000
        assert (await client.get("/admin/static/nothing.js")).status_code == 404
