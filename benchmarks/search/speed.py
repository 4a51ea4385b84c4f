"""What the search of a synthetic directory takes: to build, in memory, an answer.

    python -m benchmarks.search.speed [5000 50000]

Times are of the processor, medians in milliseconds where not said otherwise.
"""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from random import Random
from time import process_time
from typing import Any

from benchmarks.catalogue import change, directory, median, memory

QUERIES = (
    "krīzes centrs",
    "krīzes centrs valmiera",
    "sociālais dienests",
    "bernu rehabilitacija",
    "nav kur dzīvot",
    "aprūpe mājās",
    "ģimenes asistnts",
    '"krīzes centrs"',
)
TYPED = ("krī", "sociālais die", "valm")
AIMS = {
    "build, s": "",
    "longest delay of the loop while building, ms": "50 ms",
    "memory, MB": "170 MB at 50,000",
    "one change searched, ms": "20 ms",
} | {f"suggest {text}, ms": "1 ms" for text in TYPED}
SEARCHED_IN = "2 ms"
"""The aim of every search."""

TICK = 0.001
"""Seconds between two looks at the loop."""


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [5_000, 50_000]
    columns = [child_of(size) for size in sizes]
    print("| | " + " | ".join(f"{size:,}" for size in sizes) + " | aim |\n|---|" + "---|" * (len(sizes) + 1))
    for name in columns[0]:
        aim = AIMS.get(name, SEARCHED_IN if name.startswith("find") else "")
        print(f"| {name} | " + " | ".join(f"{column[name]:,.3g}" for column in columns) + f" | {aim} |")


def child_of(size: int) -> dict[str, float]:
    """The figures of one size, from a process of its own."""
    code = "from benchmarks.search.speed import child; child()"
    run = subprocess.run([sys.executable, "-c", code, f"sqlite:///{directory(size)}"], capture_output=True, check=True)
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def child() -> None:
    """Measure one directory and print the figures as JSON."""
    print(json.dumps(asyncio.run(measure(sys.argv[1]))))


async def measure(url: str) -> dict[str, float]:
    from service.catalogue.catalogue import Catalogue
    from service.database import Database
    from service.search.index import Search
    from service.settings import Settings

    async with Database(url) as database:
        catalogue = await Catalogue.load(database, Settings.from_env({}))
        gc.collect()
        gc.freeze()
        before, began = memory(), process_time()
        search, delay = await _delayed(Search.of(catalogue))
        figures = {"build, s": process_time() - began, "longest delay of the loop while building, ms": delay * 1000}
        figures["memory, MB"] = memory() - before
        figures["first find of a mistyped word, ms"] = once(lambda: search.find("sociālas dienets"))
        for text in QUERIES:
            figures |= timed(f"find {text}", lambda: search.find(text))  # noqa: B023 - it is called at once
        figures |= of_many(search, texts(catalogue))
        for text in TYPED:
            figures |= timed(f"suggest {text}", lambda: search.suggest(text))  # noqa: B023
        figures |= timed("matching organisations", lambda: search.matching("organisation", "krīzes centrs"))
        figures["one change searched, ms"] = await changed(catalogue)
    return figures


async def _delayed(building: Coroutine[Any, Any, Any]) -> tuple[Any, float]:
    """What is built, and the seconds that all threads worked at most while the loop waited for its turn.

    By the processor's clock, so that other processes do not count.
    """
    task, longest = asyncio.ensure_future(building), 0.0
    while not task.done():
        began = process_time()
        await asyncio.sleep(TICK)
        longest = max(longest, process_time() - began)
    return await task, longest


async def changed(catalogue: Any) -> float:
    """Milliseconds of processor time, of all threads, until one edit is found: less what it takes without a search."""
    search, catalogue.search = catalogue.search, None
    without = await change(catalogue)
    catalogue.search = search
    return await change(catalogue) - without


def once(act: Callable[[], Any]) -> float:
    """Milliseconds of the first time."""
    began = process_time()
    act()
    return (process_time() - began) * 1000


def texts(catalogue: Any) -> list[str]:
    """What people ask for: a kind of service, a situation, an organisation; every third time with a place."""
    rng = Random(7)
    called = [
        each.name["lv"] for noun in ("taxonomy_term", "organisation") for each in rng.sample(catalogue.of(noun), 100)
    ]
    places = [each.name["lv"] for each in catalogue.of("region")]
    return [name if n % 3 else f"{name} {rng.choice(places)}" for n, name in enumerate(called)]


def of_many(search: Any, texts: list[str]) -> dict[str, float]:
    """The median and the slowest, of the first time that each is asked for and of the medians afterwards."""
    first = sorted(once(lambda: search.find(text)) for text in texts)  # noqa: B023
    after = sorted(median(lambda: search.find(text)) for text in texts)  # noqa: B023
    told = {"for the first time": first, "again": after}
    figures = {f"find {len(texts)} texts {when}, median ms": its[len(its) // 2] for when, its in told.items()}
    return figures | {f"find {len(texts)} texts {when}, most ms": its[-1] for when, its in told.items()}


def timed(name: str, act: Callable[[], Any]) -> dict[str, float]:
    act()
    return {f"{name}, ms": median(act)}


if __name__ == "__main__":
    main()
