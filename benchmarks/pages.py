"""What the public pages weigh and take: each kind, of the records on which the most hangs and of others, results, and
what is put together of several records.

    python -m benchmarks.pages [50000 [address of a database]]

The application is asked in this process; what its client does is not counted. Each address is asked twice: at first
nothing of the page is remembered, then it is kept as it was sent to another. Before that, each kind of page was asked
for one other record. The figures are the median and the most of the first looks and the median of the second ones, in
milliseconds of the processor, with the bytes of the largest page before it is compressed.
"""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from time import process_time
from typing import Any

import httpx2
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.catalogue import directory
from benchmarks.panel import LOADING
from service.catalogue.catalogue import Catalogue
from service.catalogue.coverage.coverage import CATEGORIES
from service.catalogue.taxonomy import broadest
from service.pages import addresses
from service.pages.ahead import ahead
from service.pages.choosing import MOST, short
from service.pages.handbook.scope import parts
from service.pages.home import governments
from service.pages.routes import PAGES
from tests.serving import eventually, this_process

TIMES = 24
LONGEST, LARGEST = 10, 50_000
TYPED = ("krīzes centrs", "sociālais dienests", "aprūpe mājās", "ģimenes asistnts", "nav kur dzīvot", "a", "zzzz")


@dataclass(frozen=True)
class Figure:
    """One kind of page: milliseconds of the processor, bytes of HTML."""

    name: str
    median: float
    most: float
    again: float
    size: int
    slowest: str

    @property
    def is_light(self) -> bool:
        return self.size < LARGEST and self.most < LONGEST


class Timed:
    """An application that tells how many milliseconds of the processor its last answer took."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.took = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = process_time()
        await self._app(scope, receive, send)
        self.took = (process_time() - began) * 1000


def main() -> None:
    size, *url = sys.argv[1:] or ["50000"]
    figures, found_ahead = asyncio.run(measured(url[0] if url else f"sqlite:///{directory(int(size))}"))
    print("| page | ms | most, ms | again, ms | kB at most | slowest | |\n|---|---|---|---|---|---|---|")
    for each in figures:
        told = f"{each.median:.1f} | {each.most:.1f} | {each.again:.2f} | {each.size / 1000:.1f} | {each.slowest[:60]}"
        print(f"| {each.name} | {told} | {'' if each.is_light else 'above the aim'} |")
    print(f"\nAfter a change {found_ahead:.0f} ms of the processor are spent on what pages will tell.")


async def measured(url: str) -> tuple[list[Figure], float]:
    """Of each kind of page, and the milliseconds in which what takes long is found ahead."""
    async with this_process(url) as (app, _):
        await eventually(lambda: app.state.follower.catalogue is not None, LOADING)
        catalogue = app.state.follower.catalogue
        catalogue.touched()
        began = process_time()
        for _ in ahead(catalogue):
            pass
        took = (process_time() - began) * 1000
        return [await figure(Timed(app), name, [*paths]) for name, paths in questions(catalogue) if paths], took


def questions(catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """The addresses of each kind of page."""
    yield "home", [addresses.path("home", "lv", query={"n": str(n)}) for n in range(3)]
    for kind in PAGES:
        if kind in catalogue.indexes:
            yield kind, [addresses.address(each, "lv") for each in chosen([*catalogue.indexes[kind].present()])]
    yield from _together(catalogue)
    yield "results, by words", [results(q=text) for text in TYPED]
    places = [each.code for each in chosen([*catalogue.indexes["region"].present()])]
    yield "results, of a place", [results(region=code) for code in places]
    yield (
        "results, by words in a place",
        [results(q=text, region=code) for text, code in zip(cycle(TYPED), places, strict=False)],
    )


def _together(catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Pages of several records: full lists, decisions and handbooks of municipalities, the largest among them."""
    services = [short(each.id) for each in chosen([*catalogue.indexes["service"].present()])]
    some = random.Random(7)
    for kind, most in (("shortlist", MOST["list"]), ("comparison", MOST["compare"])):
        its = [".".join(some.sample(services, min(most, len(services)))) for _ in range(TIMES // 2)]
        yield kind, [addresses.path(kind, "lv", query={"ids": ids}) for ids in its]
    chosen_before = f"/~list={'.'.join(services[: MOST['list'] - 1])}&compare={services[0]}"
    codes = [place.code for place in governments(catalogue)]
    yield "region, with a list", [chosen_before + addresses.path("region", "lv", code) for code in codes[:TIMES]]
    yield "results, with a list", [chosen_before + results(region=code) for code in codes[:TIMES]]
    about = [f"{code}/{term.code}" for code, term in zip(codes, cycle(broadest(catalogue, CATEGORIES)), strict=False)]
    yield "decision", [addresses.path("decision", "lv", name) for name in about]
    yield "handbook", [addresses.path("handbook", "lv", code) for code in codes]
    chapters = [f"{place.code}/{_largest(catalogue, place)}" for place in governments(catalogue)]
    yield "handbook_chapter", [addresses.path("handbook_chapter", "lv", name) for name in chapters]


def _largest(catalogue: Catalogue, place: Any) -> str:
    """The chapter with the most services."""
    [own, *_] = parts(catalogue, place)
    return max(own.chapters, key=lambda chapter: chapter.count).code


def results(**query: str) -> str:
    return addresses.path("results", "lv", query=query)


def chosen(records: list[Any]) -> list[Any]:
    """Half of them those on which the most hangs."""
    heavy = sorted(records, key=lambda each: -max((len(getattr(each, name)) for name in type(each).LISTS), default=0))
    return [*random.Random(7).sample(records, min(TIMES // 2, len(records))), *heavy[: TIMES // 2]]


async def figure(app: Timed, name: str, paths: list[str]) -> Figure:
    await look(app, paths[0])
    took: dict[str, float] = {}
    again = []
    size = 0
    for path in dict.fromkeys(paths[1:] or paths):
        took[path], length = await look(app, path)
        again.append((await look(app, path))[0])
        size = max(size, length)
    slowest = max(took, key=lambda path: took[path])
    return Figure(name, statistics.median(took.values()), took[slowest], statistics.median(again), size, slowest)


async def look(app: Timed, path: str) -> tuple[float, int]:
    """Milliseconds of the processor for a page, and its bytes. What the client left of the page before is let go of."""
    gc.collect()
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1") as client:
        answer = await client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return app.took, len(answer.content)


if __name__ == "__main__":
    main()
