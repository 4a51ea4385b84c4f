"""What the search of a synthetic directory takes: to build, in memory, an answer.

    python -m benchmarks.search.speed [5000 50000]

Times are of the processor, medians in milliseconds where not said otherwise.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

from benchmarks.catalogue import directory, median, memory

QUERIES = (
    "krīzes centrs",
    "krīzes centrs valmiera",
    "sociālais dienests",
    "bernu rehabilitacija",
    "nav kur dzīvot",
    "ģimenes asistnts",
)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [5_000, 50_000]
    columns = [child_of(size) for size in sizes]
    print("| | " + " | ".join(f"{size:,}" for size in sizes) + " |\n|---|" + "---|" * len(sizes))
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(f"{column[name]:,.3g}" for column in columns) + " |")


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
        before, began = memory(), process_time()
        search = await Search.of(catalogue)
        figures = {"build, s": process_time() - began, "memory, MB": memory() - before}
        for text in QUERIES:
            figures |= timed(f"find {text}", lambda: search.find(text))  # noqa: B023 - it is called at once
        figures |= timed("suggest krī", lambda: search.suggest("krī"))
        figures |= timed("matching organisations", lambda: search.matching("organisation", "krīzes centrs"))
    return figures


def timed(name: str, act: Callable[[], Any]) -> dict[str, float]:
    act()
    return {f"{name}, ms": median(act)}


if __name__ == "__main__":
    main()
