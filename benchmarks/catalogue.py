"""How the catalogue grows: load, memory, changes, one filter, facet sets, one page of each order.

    python -m benchmarks.catalogue [5000 50000]

Makes each synthetic directory once, in a folder for temporary files, and measures it in a process of its own. Times
are of the processor, so that others on the machine count little, and medians in milliseconds where not said otherwise.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

from benchmarks import folder
from service.migrations import versions

AIMS = {
    "load by the clock, s": "20 s at 50,000",
    "memory, MB": "1,500 MB at 50,000",
    "one change applied, ms": "5 ms",
    "one filter with count, ms": "0.1 ms",
}
ROUNDS = 30


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [5_000, 50_000]
    columns = [measured(size) for size in sizes]
    print("| | " + " | ".join(f"{size:,}" for size in sizes) + " | growth | aim |")
    print("|---|" + "---|" * (len(sizes) + 2))
    for name in columns[0]:
        values = [column[name] for column in columns]
        growth = f"× {values[-1] / values[0]:.1f}" if values[0] else ""
        print(
            f"| {name} | " + " | ".join(f"{value:,.3g}" for value in values) + f" | {growth} | {AIMS.get(name, '')} |"
        )


def measured(size: int) -> dict[str, float]:
    """The figures of one size, from a process of its own."""
    url = f"sqlite:///{directory(size)}"
    run = subprocess.run(
        [sys.executable, "-c", "from benchmarks.catalogue import child; child()", url],
        capture_output=True,
        text=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def directory(size: int) -> Path:
    """The file of a synthetic directory; made when there is none of today's schema."""
    path = folder() / f"{size}-{_schema()}.db"
    if not path.exists():
        environment = {**os.environ, "KOPA_DATABASE_URL": f"sqlite:///{path}.part"}
        kopa = [sys.executable, "-m", "service"]
        subprocess.run([*kopa, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*kopa, "generate", "--organisations", str(size)], env=environment, check=True)
        for suffix in ("-wal", "-shm"):
            Path(f"{path}.part{suffix}").unlink(missing_ok=True)
        Path(f"{path}.part").rename(path)
    return path


def _schema() -> str:
    """A name of the schema: as long as nothing is released, its first migration is made anew when it changes."""
    files = sorted(Path(versions.__file__).parent.glob("[0-9]*"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def child() -> None:
    """Measure one directory and print the figures as JSON."""
    print(json.dumps(asyncio.run(measure(sys.argv[1]))))


async def measure(url: str) -> dict[str, float]:
    from service.catalogue.catalogue import Catalogue
    from service.database import Database
    from service.settings import Settings

    empty = memory()
    async with Database(url) as database:
        gc.disable()
        began, at = process_time(), perf_counter()
        catalogue = await Catalogue.load(database, Settings.from_env({}))
        loaded, took = process_time() - began, perf_counter() - at
        gc.enable()
        gc.collect()
        gc.freeze()
        figures = {
            "records": float(sum(index.size for index in catalogue.indexes.values())),
            "load by the clock, s": took,
            "load, s of processor": loaded,
            "memory, MB": memory(),
            "of it the catalogue, MB": memory() - empty,
        }
        figures |= filters(catalogue) | pages(catalogue)
        figures["one change applied, ms"] = await change(catalogue)
        figures |= await renamed(catalogue)
    return figures


def memory() -> float:
    """Resident memory of this process in MB."""
    pages_resident = int(Path("/proc/self/statm").read_text().split()[1])
    return pages_resident * os.sysconf("SC_PAGE_SIZE") / 1e6


def median(act: Callable[[], Any]) -> float:
    """Milliseconds, the median of many rounds."""
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        act()
        times.append((process_time() - began) * 1000)
    return statistics.median(times)


def filters(catalogue: Any) -> dict[str, float]:
    from strawberry import ID

    from service.catalogue.connection import Window
    from service.catalogue.indexes import Selection
    from service.catalogue.listing import listing
    from service.catalogue.service import ServiceFilter

    index = catalogue.indexes["service"]

    def given() -> ServiceFilter:
        index._selections.clear()
        return ServiceFilter(region=[ID("pr-vidzeme")], category=[ID("social-care"), ID("day-care-centre")])

    everything, chosen = Selection(index.everything), given().selection(catalogue)
    half = Selection(index.having(("form", "non_residential")))
    names = ("region", "category", "target_group", "form", "fee", "sector", "legal_form", "freshness")
    return {
        "one filter with count, ms": median(lambda: given().selection(catalogue).mask.bit_count()),
        "one filtered page of 20, ms": median(lambda: listing(catalogue, "service", given(), None, Window(first=20))),
        "one facet set of 8 over everything, ms": median(lambda: [index.counts(name, everything) for name in names]),
        "one facet set of 8 over a filter, ms": median(lambda: [index.counts(name, chosen) for name in names]),
        "one facet set of 8 over one form, ms": median(lambda: [index.counts(name, half) for name in names]),
    }


def pages(catalogue: Any) -> dict[str, float]:
    from service.catalogue.connection import Window
    from service.catalogue.cooperation import CooperationLinkOrder
    from service.catalogue.listing import listing
    from service.catalogue.organisation import OrganisationOrder
    from service.catalogue.service import ServiceOrder

    figures = {}
    orders: dict[str, Any] = {
        "organisation": OrganisationOrder,
        "service": ServiceOrder,
        "cooperation_link": CooperationLinkOrder,
    }
    for noun, order in orders.items():
        for field in order.KEYS:
            chosen = order(field=field)
            listing(catalogue, noun, None, chosen, Window(first=20))
            asked = lambda n=noun, o=chosen: listing(catalogue, n, None, o, Window(first=20))  # noqa: E731
            figures[f"a page of {noun}s by {field.value}, ms"] = median(asked)
    return figures


async def change(catalogue: Any) -> float:
    """Milliseconds of loop time that following one edit takes, by which others are searched, the median of several."""
    from service.catalogue.applying import Applying
    from service.catalogue.changes import changes_after

    found = await changes_after(catalogue.database, catalogue.last_change.seq - 5_000)
    edits = [entry for entry in found if entry.noun in ("service", "organisation", "cooperation_link")][:ROUNDS]
    applying = Applying(catalogue)
    times = []
    for number, entry in enumerate(edits):
        name = {"lv": f"Labots nosaukums {number}"}
        entry.payload["content"] |= {"attested_on": "2026-11"} if entry.noun == "cooperation_link" else {"name": name}
        began = process_time()
        await applying.apply([entry])
        times.append((process_time() - began) * 1000)
    return statistics.median(times)


async def renamed(catalogue: Any) -> dict[str, float]:
    """What it takes to change what most others are searched, sorted or filtered by."""
    words = {"name": {"lv": "Žagaru novads"}}
    edits: dict[str, tuple[Callable[[Any], Sequence[Any]], dict[str, Any]]] = {
        "organisation": (lambda organisation: organisation.cooperation, words),
        "source": (lambda source: source.supports, {"kind": "legal_act"}),
        "region": (lambda region: region.services, words),
        "taxonomy_term": (lambda term: term.services, words),
    }
    figures: dict[str, float] = {}
    for noun, (looking, edit) in edits.items():
        largest = max(catalogue.of(noun), key=lambda record: len(looking(record)))
        figures[f"others of the largest {noun}"] = float(len(looking(largest)))
        total, longest = await sliced(catalogue, largest, edit)
        figures |= {f"this {noun} changed, ms": total, f"of it ({noun}) the longest slice, ms": longest}
    return figures


async def sliced(catalogue: Any, record: Any, edit: dict[str, Any]) -> tuple[float, float]:
    """Milliseconds of following an edit of a record, and of its longest slice."""
    from service.catalogue.applying import Applying
    from service.catalogue.changes import change_of

    [row] = await catalogue.database.fetch(
        "SELECT * FROM change WHERE record_id = ? AND act = 'publish' ORDER BY seq DESC LIMIT 1", record.id
    )
    change = change_of(row)
    change.payload["content"] |= edit
    slices = []
    began = process_time()
    applying = asyncio.ensure_future(Applying(catalogue).apply([change]))
    while not applying.done():
        turn = thread_time()  # Not that of the thread which makes orders meanwhile.
        await asyncio.sleep(0)
        slices.append((thread_time() - turn) * 1000)
    await applying
    return (process_time() - began) * 1000, max(slices)


if __name__ == "__main__":
    main()
