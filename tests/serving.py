"""The product as it is served: in a process of its own, or in this one; and waiting that ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from starlette.applications import Starlette

from service.app import create_app
from tests.catalogue.loading import settings

ROOT = Path(__file__).parent.parent
GENEROUS = 60.0
"""Seconds after which a test gives up; no machine is that slow."""


async def eventually(holds: Callable[[], Any], seconds: float = GENEROUS) -> None:
    """Wait until something is so; it may be asked with `await`."""
    async with asyncio.timeout(seconds):
        while True:
            found = holds()
            if await found if asyncio.iscoroutine(found) else found:
                return
            await asyncio.sleep(0.01)


@dataclass
class Served:
    """A process that serves, a client of it, and the file that its log goes to."""

    process: subprocess.Popen[bytes]
    client: httpx2.AsyncClient
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """What it has logged; everything but the greeting has to be JSON."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if not line.startswith("Kopā answers")]

    async def stop(self) -> int:
        """Ask it to stop, as systemd would; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self.process.wait, GENEROUS)


@asynccontextmanager
async def another_process(url: str, folder: Path, *options: str, **variables: str) -> AsyncIterator[Served]:
    """`kopa serve` on a free port, when it is ready."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOPA_")}
    environment = {**kept, "KOPA_DATABASE_URL": url, "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-m", "service", "serve", "--host", "127.0.0.1", "--port", "0", *options]
    path = folder / "serve.log"
    with path.open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)  # noqa: ASYNC220
    try:
        await eventually(lambda: "Kopā answers" in path.read_text() or process.poll() is not None)
        found = re.search(r"http://\S+", path.read_text())
        assert found, path.read_text()
        async with httpx2.AsyncClient(base_url=found[0], timeout=GENEROUS) as client:
            await eventually(lambda: _is_ready(client))
            yield Served(process, client, path)
    finally:
        process.kill()
        await asyncio.to_thread(process.wait)


@asynccontextmanager
async def this_process(url: str) -> AsyncIterator[tuple[Starlette, httpx2.AsyncClient]]:
    """The application here, when it has begun, and a client of it."""
    app = create_app(settings(database_url=url))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=GENEROUS) as client,
    ):
        yield app, client


@asynccontextmanager
async def ready(url: str) -> AsyncIterator[tuple[Starlette, httpx2.AsyncClient]]:
    """The application here, when it is ready."""
    async with this_process(url) as (app, client):
        await eventually(lambda: _is_ready(client))
        yield app, client


async def _is_ready(client: httpx2.AsyncClient) -> bool:
    return (await client.get("/readyz")).status_code == 200
