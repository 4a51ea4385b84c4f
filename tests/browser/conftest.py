"""A real browser, and pages in it that tell what they asked for and what they were refused."""

import os
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.conformance.conftest import prepared, served, url
from tests.conformance.tools import PACKAGES, browser

__all__ = ["prepared", "served", "url"]

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI}) =>
    window.refused.push(`${violatedDirective} ${blockedURI}`));
"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEIRS = [".graphiql-tabs", ".CodeMirror"]
"""Parts of GraphiQL whose structure is not ours to mend."""


@dataclass
class Visit:
    """A page somebody looks at, and what came up while it was looked at."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda message: self.said.append(message.text))

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(address).netloc for address in self.asked if not address.startswith("data:")}

    async def refused(self) -> list[str]:
        """What the Content-Security-Policy did not let through."""
        found: list[str] = await self.page.evaluate("window.refused")
        return found

    async def photograph(self, name: str) -> None:
        """Keep a picture of the whole page, if somebody wants pictures."""
        if folder := os.environ.get("SCREENSHOTS"):
            await self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    async def follow(self, selector: str) -> None:
        """Click what leads to another page, and be there."""
        async with self.page.expect_event("load"):
            await self.page.click(selector)

    async def barriers(self) -> list[Any]:
        """What axe-core finds in the way of people with disabilities."""
        await self.page.evaluate((PACKAGES / "node_modules/axe-core/axe.min.js").read_text("utf-8") + ";0")
        found = await self.page.evaluate(
            "([runOnly, exclude]) => axe.run({exclude}, {runOnly})", [RULES, [[part] for part in THEIRS]]
        )
        return [(each["id"], each["impact"], each["nodes"][0]["target"]) for each in found["violations"]]


Open = Callable[..., Coroutine[Any, Any, Visit]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        # Chromium's own sandbox does not run as root, which CI is.
        launched = await playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(chromium: Browser, url: str) -> AsyncIterator[Open]:
    """Open the explorer, `await visit("?lang=en", viewport=…)`, or another page: `await visit(at=…)`."""
    contexts = []

    async def opened(query: str = "", at: str = url, **options: Any) -> Visit:
        context = await chromium.new_context(**options)
        contexts.append(context)
        await context.add_init_script(WATCH)
        seen = Visit(await context.new_page())
        seen.watch()
        await seen.page.goto(at + query)
        return seen

    yield opened
    for context in contexts:
        await context.close()


@pytest.fixture
def desk() -> dict[str, Any]:
    return {"viewport": {"width": 1360, "height": 850}, "locale": "lv-LV"}


@pytest.fixture
def phone() -> dict[str, Any]:
    return {"viewport": {"width": 375, "height": 740}, "locale": "en-GB", "has_touch": True}
