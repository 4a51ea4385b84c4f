"""A synthetic directory of 300 organisations, generated once on each engine and left as it is."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.database import Database
from service.migrations.runner import migrate
from service.synthetic import generate

ROOT = Path(__file__).parent.parent.parent
SIZE = 300

Kopa = Callable[..., subprocess.Popen[str]]


def silent(label: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


async def filled(url: str, organisations: int, seed: int = 1) -> None:
    """Migrate a database and generate into it."""
    async with Database(url) as database:
        await migrate(database)
        await generate(database, organisations, seed=seed, progress=silent)


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('synthetic')}/kopa.db"
    asyncio.run(filled(url, SIZE))
    return url


@pytest.fixture(scope="session")
def on_postgres(postgres_server: Any) -> str:
    postgres_server.psql("CREATE DATABASE synthetic;")
    url: str = postgres_server.get_uri(database="synthetic")
    asyncio.run(filled(url, SIZE))
    return url


@pytest.fixture
def kopa() -> Kopa:
    """Starts the command with a database."""

    def start(url: str, *arguments: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KOPA_")}
        return subprocess.Popen(
            [sys.executable, "-m", "service", *arguments],
            env={**kept, "KOPA_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
