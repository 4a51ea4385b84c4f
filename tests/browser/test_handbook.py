"""The handbook in a browser: nothing in anybody's way, no scroll sideways, and a good book when it is printed."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from tests.browser.conftest import Open

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS: list[tuple[str, dict[str, Any]]] = [
    ("/handbook/pr-vidzeme", {"viewport": WIDE, "color_scheme": "light"}),
    ("/en/handbook/lv", {"viewport": PHONE, "color_scheme": "dark"}),
    ("/handbook/jurmala", {"viewport": WIDE, "color_scheme": "dark"}),
    ("/handbook/valmieras-novads/drukai", {"viewport": PHONE, "color_scheme": "light"}),
    ("/en/handbook/pr-vidzeme/social-care", {"viewport": PHONE, "color_scheme": "light"}),
    ("/handbook/lv/drukai", {"viewport": WIDE, "color_scheme": "dark"}),
    ("/handbook/varaklanu-novads", {"viewport": WIDE, "color_scheme": "light"}),
]


@pytest.mark.parametrize(("path", "look"), LOOKS)
async def test_nothing_is_in_the_way(visit: Open, url: str, path: str, look: dict[str, Any]) -> None:
    seen = await visit(at=url.removesuffix("/graphql") + path, **look)
    await seen.photograph(f"handbook{path.replace('/', '-')}")
    assert await seen.barriers() == []
    assert await seen.refused() == []
    assert seen.said == []
    assert len(seen.hosts) == 1
    assert await seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_printed_it_is_a_book(visit: Open, url: str) -> None:
    """With a cover, numbers at the foot, and no entry torn apart that fits a page."""
    seen = await visit(at=f"{url.removesuffix('/graphql')}/handbook/valmieras-novads/drukai", color_scheme="dark")
    printed = pypdf.PdfReader(io.BytesIO(await seen.page.pdf(prefer_css_page_size=True)))
    texts = [sheet.extract_text() for sheet in printed.pages]
    assert 5 <= len(texts) <= 12
    assert "Valmieras novads" in texts[0]
    assert "Saturs" in texts[1]
    assert not any("Meklēt" in text for text in texts)
    assert all(text.rstrip().endswith(str(number)) or str(number) in text for number, text in enumerate(texts, 1))
    assert not any(f"/ {len(texts)}" in text for text in texts), "each sheet has one number"
    width, height = printed.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)
