"""The command line as people meet it: real processes, one sentence for each mistake, never a traceback."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from service import __version__
from service.cli import cli

ROOT = Path(__file__).parent.parent
SECONDS = 120


class Kopa:
    """Runs `kopa` in an empty folder, where its default database does not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        own = {name: value for name, value in os.environ.items() if not name.startswith("KOPA_")}
        self.environment = own | {"PYTHONPATH": str(ROOT)}
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "service", *arguments],
            cwd=self.folder,
            env=self.environment | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def __call__(self, *arguments: str, **variables: str) -> tuple[int, str, str]:
        return finished(self.start(*arguments, **variables))


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=SECONDS)
    return process.returncode, out, err


def until(stream: IO[str] | None, pattern: str) -> str:
    """The first line that matches."""
    assert stream is not None
    seen = []
    for line in stream:
        seen.append(line)
        if found := re.search(pattern, line):
            return found[0]
    raise AssertionError(f"{pattern} did not come:\n{''.join(seen)}")


@pytest.fixture
def kopa(tmp_path: Path) -> Iterator[Kopa]:
    kopa = Kopa(tmp_path)
    yield kopa
    for process in kopa.started:
        with process:
            process.kill()


@pytest.mark.parametrize("name", [name for name, command in cli.commands.items() if not command.hidden])
def test_each_command_explains_itself_with_an_example(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"]).output
    assert f"Example:\n    kopa {name}" in shown


def test_the_version_is_that_of_the_project(kopa: Kopa) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
    assert kopa("--version") == (0, f"kopa, version {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["migrat"], "No such command 'migrat'. Did you mean 'migrate'?"),
        (["serve", "--prot", "1"], "No such option '--prot'. (Did you mean one of: '--host', '--port'?)"),
        (["serve", "--port", "web"], "Invalid value for '--port': 'web' is not a valid integer range."),
        (["load"], "Missing argument '{starter}'. Choose from:\n\tstarter"),
        (["load", "everything"], "Invalid value for '{starter}': 'everything' is not 'starter'."),
    ],
)
def test_wrong_use_is_one_sentence(kopa: Kopa, arguments: list[str], sentence: str) -> None:
    assert kopa(*arguments) == (2, "", f"kopa: {sentence}\n")


def test_no_command_shows_the_help(kopa: Kopa) -> None:
    exit_code, _, err = kopa()
    assert exit_code == 2
    assert err.startswith("Usage: kopa ")


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["load", "starter"]])
def test_an_unknown_variable_stops_each_command(kopa: Kopa, command: list[str]) -> None:
    sentence = "kopa: KOPA_PROT is not a setting; the nearest one is KOPA_PORT.\n"
    assert kopa(*command, KOPA_PROT="80") == (3, "", sentence)
    assert list(kopa.folder.iterdir()) == []


def test_an_impossible_value_is_one_sentence(kopa: Kopa) -> None:
    sentence = "kopa: KOPA_PORT must be a whole number from 0 to 65535, not 'web'.\n"
    assert kopa("serve", KOPA_PORT="web") == (3, "", sentence)


def test_an_occupied_port_is_one_sentence_and_nothing_is_prepared(kopa: Kopa) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        exit_code, out, err = kopa("serve", "--prepare", "--port", str(port))
    assert (exit_code, out) == (3, "")
    assert err == (
        f"kopa: Cannot listen on 127.0.0.1 port {port}: Address already in use. "
        "Choose another address with --host and --port.\n"
    )
    assert list(kopa.folder.iterdir()) == []


def test_an_impossible_host_is_one_sentence(kopa: Kopa) -> None:
    exit_code, _, err = kopa("serve", "--host", "256.0.0.1")
    assert exit_code == 3
    assert re.fullmatch(r"kopa: Cannot listen on 256\.0\.0\.1 port 8000: .+\n", err)


def test_a_missing_migration_names_the_command(kopa: Kopa) -> None:
    exit_code, _, err = kopa("serve", "--port", "0")
    assert exit_code == 5
    assert re.fullmatch(r"kopa: .+; run `kopa migrate`\.\n", err)


def test_migrating_twice_changes_nothing(kopa: Kopa) -> None:
    exit_code, out, err = kopa("migrate")
    assert (exit_code, err) == (0, "")
    assert out.startswith("Applied ")
    assert kopa("migrate") == (0, "The tables are up to date.\n", "")


def test_a_file_that_is_no_database_is_one_sentence(kopa: Kopa) -> None:
    notes = kopa.folder / "notes.db"
    notes.write_text("Rīt jāpiezvana. " * 100)
    exit_code, _, err = kopa("migrate", KOPA_DATABASE_URL="sqlite:///notes.db")
    assert exit_code == 4
    assert re.fullmatch(r"kopa: .*notes\.db.*\n", err)
    assert notes.read_text() == "Rīt jāpiezvana. " * 100


def test_a_folder_in_place_of_the_database_is_one_sentence(kopa: Kopa) -> None:
    (kopa.folder / "folder.db").mkdir()
    exit_code, _, err = kopa("migrate", KOPA_DATABASE_URL="sqlite:///folder.db")
    assert exit_code == 4
    assert re.fullmatch(r"kopa: .*folder\.db.*\n", err)


@pytest.mark.parametrize("command", [["migrate"], ["load", "starter"], ["serve", "--port", "0", "--prepare"]])
def test_the_database_of_another_program_is_left_alone(kopa: Kopa, command: list[str]) -> None:
    with closing(sqlite3.connect(kopa.folder / "shop.db")) as shop:
        shop.executescript("CREATE TABLE basket (id INTEGER); INSERT INTO basket VALUES (1);")
        exit_code, _, err = kopa(*command, KOPA_DATABASE_URL="sqlite:///shop.db")
        assert exit_code == 6
        assert re.fullmatch(r"kopa: .+ another program.+\n", err)
        assert shop.execute("SELECT name FROM sqlite_master").fetchall() == [("basket",)]


def test_check_says_in_words_what_is_wrong_and_what_is_not(kopa: Kopa) -> None:
    exit_code, out, err = kopa("check")
    assert exit_code == 1
    assert "KOPA_PORT                8000\n" in out
    assert re.fullmatch(r"kopa: .+; run `kopa migrate`\.\n", err)
    kopa("migrate")
    exit_code, out, err = kopa("check")
    assert (exit_code, err) == (0, "")
    assert "The tables are up to date.\n" in out
    assert "The change log has 0 entries without a gap.\n" in out


def test_check_leaves_with_1_for_a_wrong_setting_too(kopa: Kopa) -> None:
    assert kopa("check", KOPA_PORT="web")[0] == 1


def test_an_interrupted_load_says_how_to_go_on_and_can_be_finished(kopa: Kopa) -> None:
    kopa("migrate")
    process = kopa.start("load", "starter")
    until(process.stderr, r"\w")
    process.send_signal(signal.SIGINT)
    exit_code, _, err = finished(process)
    assert exit_code == 130
    assert err.endswith("kopa: Interrupted; run the same command again to finish.\n")
    assert "Traceback" not in err
    assert kopa("load", "starter")[0] == 0


def test_sigterm_ends_the_server_in_good_order(kopa: Kopa) -> None:
    process = kopa.start("serve", "--prepare", "--host", "127.0.0.1", "--port", "0", KOPA_HOST="256.0.0.1")
    url = until(process.stderr, r"http://127\.0\.0\.1:\d+/")
    with urlopen(f"{url}healthz", timeout=SECONDS) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    exit_code, _, err = finished(process)
    assert exit_code == 0
    assert "Traceback" not in err


def test_accounts_are_added_listed_invited_and_closed(kopa: Kopa) -> None:
    assert kopa("user", "list")[0] == 5
    kopa("migrate")
    exit_code, out, err = kopa("user", "add", "Info@example.org", "--role", "editor", KOPA_URL="https://example.org")
    assert (exit_code, err) == (0, "")
    assert re.search(r"https://example\.org/account/link/[\w-]{32}\n", out)
    _, invited, _ = kopa("user", "invite", "info@example.org")
    assert out.splitlines()[-1] != invited.splitlines()[-1]
    again = "kopa: email: There already is an account with this address.\n"
    assert kopa("user", "add", "info@example.org", "--role", "editor") == (1, "", again)
    assert re.search(r"info@example\.org +editor +invited\n", kopa("user", "list")[1])
    assert kopa("user", "role", "info@example.org", "analyst")[0] == 0
    assert kopa("user", "close", "info@example.org")[0] == 0
    listed = kopa("user", "list")[1]
    assert "info@example.org" not in listed
    assert re.search(r"[0-9a-f-]{36} +analyst +closed\n", listed)


def test_a_letter_waits_for_the_server_when_there_is_a_mail_server(kopa: Kopa) -> None:
    kopa("migrate")
    mail = {"KOPA_SMTP_URL": "smtp://localhost", "KOPA_MAIL_FROM": "kopa@example.org"}
    exit_code, out, _ = kopa("user", "add", "info@example.org", "--role", "editor", **mail)
    assert exit_code == 0
    assert "/account/link/" not in out
    with closing(sqlite3.connect(kopa.folder / "var" / "kopa.db")) as connection:
        assert connection.execute("SELECT purpose, tries FROM letter").fetchall() == [("invitation", 0)]


def test_the_first_administrator_is_let_in_until_one_has_come(kopa: Kopa) -> None:
    links = []
    for _ in range(2):
        process = kopa.start("serve", "--prepare", "--port", "0")
        links.append(until(process.stderr, r"http://127\.0\.0\.1:\d+/account/link/[\w-]{32}"))
        with urlopen(links[-1], timeout=SECONDS) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert finished(process)[0] == 0
    assert links[0].rpartition("/")[2] != links[1].rpartition("/")[2]
    with closing(sqlite3.connect(kopa.folder / "var" / "kopa.db")) as connection:
        assert connection.execute("SELECT role, email, password FROM account").fetchall() == [
            ("administrator", None, None)
        ]


def test_the_schema_is_printed_and_compared(kopa: Kopa) -> None:
    exit_code, sdl, err = kopa("schema")
    assert (exit_code, err) == (0, "")
    file = kopa.folder / "schema.graphql"
    file.write_text(sdl, "utf-8")
    assert kopa("schema", "--check", "schema.graphql") == (0, "", "")
    file.write_text(sdl + "# more\n", "utf-8")
    assert kopa("schema", "--check", "schema.graphql") == (
        1,
        "",
        "kopa: schema.graphql is stale; run `make schema`.\n",
    )


def test_stale_generated_files_are_named_and_renewed(kopa: Kopa) -> None:
    names = "docs/cli.md, docs/documents.md, docs/settings.md, schema.graphql"
    sentence = f"kopa: These generated files are stale: {names}; run `make docs`.\n"
    assert kopa("docs", "--check") == (1, "", sentence)
    assert kopa("docs")[0] == 0
    assert kopa("docs", "--check") == (0, "", "")
