"""`kopa redact` as an administrator meets it: what is to go is read and never stands among the arguments."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import cli
from service.database import Database
from service.errors import KopaError
from tests.editing.observing import put
from tests.factories import a_source, make_organisation, words

NAME = "Jūlija Izdomātā"


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "kopa.db"
    path.write_bytes(sqlite_template.read_bytes())
    asyncio.run(_filled(f"sqlite:///{path}"))
    return f"sqlite:///{path}"


async def _filled(url: str) -> None:
    async with Database(url, models=()) as database:
        await put(database, a_source(), make_organisation("n", name=words(f"{NAME} un draugi")))


def redact(url: str, *options: str, read: str = f"{NAME}\n") -> Result:
    return CliRunner().invoke(cli, ["redact", *options], input=read, env={"KOPA_DATABASE_URL": url})


def held(url: str) -> bool:
    return NAME.encode() in Path(url.removeprefix("sqlite:///")).read_bytes()


def test_first_it_is_counted_and_then_it_goes(url: str) -> None:
    looked = redact(url, "--dry-run")
    assert (looked.exit_code, looked.output) == (0, "It stands in 3 rows: 1 of change, 1 of revision, 1 of slug.\n")
    assert held(url)
    done = redact(url, "--yes", "--reason", "Lūgums dzēst.")
    assert done.exit_code == 0
    assert "[dzēsts" in done.output
    assert NAME not in done.output
    assert not held(url)
    assert redact(url, "--dry-run").output == "It stands in no row.\n"


@pytest.mark.parametrize("options", [["--yes"], ["--reason", "Lūgums."]])
def test_nothing_goes_without_a_reason_and_a_yes(url: str, options: list[str]) -> None:
    assert redact(url, *options).exit_code == 2
    assert held(url)


def test_what_is_too_short_is_refused(url: str) -> None:
    refused = redact(url, "--dry-run", read="un")
    assert isinstance(refused.exception, KopaError)
    assert "4 characters" in str(refused.exception)
