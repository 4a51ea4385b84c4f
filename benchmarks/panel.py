"""What the lists of the panel weigh and take: each noun's first page, the next, narrowed, and found by words.

    python -m benchmarks.panel [50000 [service …]]

An editor is given a session in the synthetic directory, and the application is asked in this process. Each kind of page
is asked for with other values every time, as by somebody who types and ticks; the figures are medians, the times of the
processor in milliseconds, the sizes of the HTML before it is compressed.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from re import findall
from resource import RUSAGE_SELF, getrusage
from time import process_time, thread_time
from typing import Any
from urllib.parse import quote

from admin.facets import narrowing
from admin.naming import title
from admin.sections import SECTIONS
from benchmarks.catalogue import directory
from service.accounts import people, sessions
from service.accounts.sessions import Door
from service.database import Transaction
from service.i18n import words
from service.models.account import Role
from service.models.rows import moment
from tests.catalogue.loading import settings
from tests.serving import eventually, this_process

TIMES = 12
LONGEST, LARGEST = 50, 30_000
LOADING = 900
"""Seconds within which the largest directory is ready on any machine."""

FIRST = {"home": "", "work list": "work/stale", "search": "find?find=atbalsta"}

EDITOR = "measured@example.org"


@dataclass(frozen=True)
class Figure:
    """One kind of page: bytes of HTML, milliseconds of the processor."""

    name: str
    size: float
    took: float

    @property
    def is_light(self) -> bool:
        return self.size < LARGEST and self.took < LONGEST


def main() -> None:
    size, *nouns = sys.argv[1:] or ["50000"]
    figures = asyncio.run(measured(int(size), nouns or [*SECTIONS]))
    print("| page | kB | ms | |\n|---|---|---|---|")
    for each in figures:
        print(
            f"| {each.name} | {each.size / 1000:.1f} | {each.took:.1f} | {'' if each.is_light else 'above the aim'} |"
        )
    light = sum(each.is_light for each in figures)
    print(f"\n{light} of {len(figures)} pages are below {LARGEST // 1000} kB and {LONGEST} ms.")


async def measured(size: int, nouns: list[str]) -> list[Figure]:
    async with panel(f"sqlite:///{directory(size)}") as (client, catalogue):
        found = [await figure(client, name, [path]) for name, path in FIRST.items()]
        found += [await figure(client, f"{noun}, {kind}", asked)
                  for noun in nouns for kind, asked in queries(catalogue, noun).items() if asked]  # fmt: skip
        for noun in nouns[:1]:
            for kind in ("csv", "xlsx"):
                print(await exported(client, f"{noun}/export.{kind}"))
        return found


async def exported(client: Any, path: str) -> str:
    """What a file of everything takes, and how long others wait for their turn meanwhile at most."""
    held = [0.0]
    others = asyncio.create_task(_others(held))
    began, memory = process_time(), getrusage(RUSAGE_SELF).ru_maxrss
    async with client.stream("GET", f"/admin/{path}") as answer:
        assert answer.status_code == 200, path
        size = sum([len(piece) async for piece in answer.aiter_bytes()])
    others.cancel()
    grown = (getrusage(RUSAGE_SELF).ru_maxrss - memory) / 1000
    return (
        f"{path}: {size / 1e6:.1f} MB, {process_time() - began:.1f} s of the processor, others waited"
        f" {max(held) * 1000:.0f} ms at most, the peak of memory grew by {grown:.0f} MB"
    )


async def _others(held: list[float]) -> None:
    """Come as often as one is let, and note by how much of the loop's thread each turn was late."""
    while True:
        before = thread_time()
        await asyncio.sleep(0)
        held.append(thread_time() - before)


@asynccontextmanager
async def panel(url: str) -> AsyncIterator[tuple[Any, Any]]:
    """A client of the application that is signed in, and the catalogue."""
    async with this_process(url) as (app, client):
        await eventually(lambda: app.state.follower.catalogue is not None, LOADING)
        async with app.state.database.transaction() as transaction:
            client.headers["cookie"] = f"kopa_session={await signed_in(transaction)}"
        yield client, app.state.follower.catalogue


async def signed_in(transaction: Transaction) -> str:
    """The value of an editor's cookie."""
    now = datetime.now(UTC)
    known = [each.id for each in await people.everybody(transaction) if each.email == EDITOR]
    account = known[0] if known else await people.add(transaction, Role.EDITOR, now, email=EDITOR, name="Measured")
    sql = "UPDATE account SET joined_at = ?, totp_secret = ? WHERE id = ?"
    await transaction.execute(sql, moment(now, transaction.dialect), "JBSWY3DPEHPK3PXP", account)
    return await sessions.begin(transaction, account, Door(), now, settings(), proved=True)


def queries(catalogue: Any, noun: str) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    return {
        "first page": [noun],
        "next page": [f"{noun}?NEXT"],
        "narrowed": [f"{noun}?{query}" for query in islice(narrowed(catalogue, noun), TIMES)],
        "found": [f"{noun}?q={quote(text)}" for text in typed(catalogue, noun)],
        "found and narrowed": [
            f"{noun}?q={quote(text)}&{query}"
            for text, query in zip(typed(catalogue, noun), narrowed(catalogue, noun), strict=False)
        ],
    }


def narrowed(catalogue: Any, noun: str) -> Iterator[str]:
    """A value of each facet, then the next of each."""
    index = catalogue.indexes[noun]
    everything = index.selection((), lambda: index.everything)
    values = {name: [*index.counts(name, everything)] for name in narrowing(noun)}
    for place in range(TIMES):
        yield from (f"{name}={told(found[place])}" for name, found in values.items() if place < len(found))


def told(value: Any) -> str:
    return quote(str(getattr(value, "value", value)))


def typed(catalogue: Any, noun: str) -> list[str]:
    """What somebody has typed of the names of some records so far."""
    objects = [each for each in catalogue.indexes[noun].objects if each is not None]
    names = [title(each, words("lv")) for each in objects[:: max(1, len(objects) // TIMES)]]
    return [name[: 4 + number] for number, name in enumerate(names[:TIMES])]


async def figure(client: Any, name: str, asked: list[str]) -> Figure:
    sizes, times = [], []
    for address in [asked[0], *(asked[number % len(asked)] for number in range(TIMES))]:
        path = await following(client, address) if address.endswith("?NEXT") else f"/admin/{address}"
        began = process_time()
        answer = await client.get(path)
        times.append((process_time() - began) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
        sizes.append(len(answer.content))
    return Figure(name, statistics.median(sizes[1:]), statistics.median(times[1:]))


async def following(client: Any, address: str) -> str:
    """The page after the first one, if there is one."""
    noun = address.removesuffix("?NEXT")
    ways: Mapping[str, str] = {relation: way for way, relation in findall(
        r'<a href="([^"]*)" rel="(\w+)"', (await client.get(f"/admin/{noun}")).text
    )}  # fmt: skip
    return f"/admin/{noun}{ways.get('next', '').replace('&amp;', '&')}"


if __name__ == "__main__":
    main()
