"""How soon a page is there on a phone with a slow line: the largest contentful paint, in milliseconds.

python -m tests.browser.painting
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser, async_playwright

from tests.conformance.tools import browser
from tests.serving import another_process

AIM = 1000
TIMES = 3
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
"""A phone's line as Lighthouse simulates it, milliseconds and bytes a second (`throttling.mobileSlow4G`)."""

SLOW_PROCESSOR = 4
"""So many times slower than this machine, as there."""

PHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 740}, "device_scale_factor": 2, "has_touch": True}
PAGES = {
    "home": "/",
    "results": "/meklet?q=krizes+centrs",
    "organisation": "/organizacijas/sos-bernu-ciemati",
    "service": "/pakalpojumi/sos-gimenu-atbalsta-centri",
    "region": "/vietas/valmieras-novads",
    "compare": "/compare",
    "decide": "/decide/valmieras-novads/shelter",
    "my list": "/mans-saraksts",
    "handbook": "/handbook/valmieras-novads",
}

LARGEST = """() => new Promise((tell) => {
    new PerformanceObserver((list) => tell(list.getEntries().at(-1).startTime))
        .observe({type: "largest-contentful-paint", buffered: true});
})"""


async def paints(launched: Browser, address: str) -> list[float]:
    """Of several first visits, each with nothing kept from before."""
    return [await _paint(launched, address) for _ in range(TIMES)]


async def _paint(launched: Browser, address: str) -> float:
    context = await launched.new_context(**PHONE)
    try:
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await session.send("Network.enable")
        await session.send("Network.emulateNetworkConditions", SLOW_LINE)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
        await page.goto(address, wait_until="load")
        took: float = await page.evaluate(LARGEST)
        return took
    finally:
        await context.close()


async def main() -> None:
    print("| page | largest paint, ms | |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        async with (
            another_process(f"sqlite:///{home}/kopa.db", Path(home), "--prepare") as served,
            async_playwright() as playwright,
        ):
            launched = await playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
            for name, path in PAGES.items():
                took = median(await paints(launched, str(served.client.base_url) + path[1:]))
                print(f"| {name} | {took:.0f} | {'' if took < AIM else 'above the aim'} |")
            await launched.close()


if __name__ == "__main__":
    asyncio.run(main())
