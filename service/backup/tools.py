"""PostgreSQL's own programs: where they are, and how they are run without showing a password to anybody."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from tortoise.exceptions import OperationalError

from service.backup.files import in_thread
from service.database import Database
from service.errors import BackupError

PROGRAMS = ("pg_dump", "pg_restore", "psql")
PACKAGED = ("/usr/lib/postgresql/{major}/bin", "/usr/pgsql-{major}/bin")
"""Where Debian and Red Hat put what belongs to one version."""


class Ended(Exception):
    """A program has ended before it was told everything; `Tools.started` says why."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__()
        self.process = process


@dataclass(frozen=True)
class Tools:
    """The programs of one folder, and the address they are given."""

    folder: Path
    url: str = field(repr=False)

    @contextmanager
    def started(self, program: str, *arguments: str, **pipes: Any) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program; at the end it is waited for, or killed after an error.

        :raises BackupError: it has failed, and this is what it said.
        """
        address, password = _without_password(self.url)
        environment = {**os.environ, **password, "PGAPPNAME": "kopa backup", "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"}
        if program != "pg_restore":  # which is given a file only
            arguments = ("--no-password", f"--dbname={address}", *arguments)
        with tempfile.TemporaryFile() as said:
            inputs = {"stdin": subprocess.DEVNULL, **pipes}
            process = subprocess.Popen([str(self.folder / program), *arguments], env=environment, stderr=said, **inputs)
            try:
                yield process
                _close(process.stdin)
                code = process.wait()
            except Ended as ended:
                if ended.process is not process:
                    _kill(process)
                    raise
                code = process.wait() or 1
            except BaseException:
                _kill(process)
                raise
            finally:
                _close(process.stdin)
                _close(process.stdout)
            if code:
                raise BackupError(f"{program} has failed: {_reason(said) or _end(code)}.")

    async def run(self, program: str, *arguments: str) -> None:
        """Run a program to its end; raises what `started` does."""
        with self.started(program, *arguments) as process:
            await in_thread(process.wait, process.kill)


async def find(database: Database) -> Tools:
    """The programs that fit the server: of its version if they are there, of a newer one if not.

    :raises BackupError: there are none, or only older ones.
    """
    [row] = await database.fetch("SELECT current_setting('server_version') AS version")
    version, major = row["version"], int(row["version"].split(".")[0])
    versions = {folder: _version(folder) for folder in await _folders(database, major)}
    fitting = sorted((its, place) for place, its in enumerate(versions.values()) if its >= major)
    if fitting:
        return Tools(list(versions)[fitting[0][1]], database.url)
    older = max(versions.values(), default=0)
    raise BackupError(
        (f"pg_dump is version {older}, older than the server, {version}" if older else "pg_dump was not found")
        + f"; install the client programs of PostgreSQL {major} (on Debian: postgresql-client-{major}),"
        " or add their folder to PATH."
    )


async def _folders(database: Database, major: int) -> list[Path]:
    """The folders that hold all the programs, each once."""
    named = [*os.get_exec_path(), *(folder.format(major=major) for folder in PACKAGED)]
    try:
        rows = await database.fetch("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        named += [row["setting"] for row in rows]
    except OperationalError:  # Only some users may ask the server where it is.
        pass
    folders = dict.fromkeys(Path(name) for name in named)
    return [folder for folder in folders if all(os.access(folder / name, os.X_OK) for name in PROGRAMS)]


def _version(folder: Path) -> int:
    told = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else 0


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address, and the password as an environment variable: everybody can read the arguments of a process."""
    parts = urlsplit(url)
    options = parse_qsl(parts.query)
    password = unquote(parts.password or "") or dict(options).get("password", "")
    user, _, place = parts.netloc.rpartition("@")
    netloc = f"{user.partition(':')[0]}@{place}" if user else place
    kept = urlencode([(name, value) for name, value in options if name != "password"])
    return parts._replace(netloc=netloc, query=kept).geturl(), {"PGPASSWORD": password} if password else {}


def _reason(said: IO[bytes]) -> str:
    """The first error of what a program has said, without its own name; "" when it said nothing."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").splitlines()
    first = next((line for line in lines if "error" in line.lower() or "fatal" in line.lower()), "")
    return re.sub(r"^.*?(error|ERROR|FATAL): +", "", first or "".join(lines[:1])).rstrip(".")


def _end(code: int) -> str:
    return f"it was ended by {signal.Signals(-code).name}" if code < 0 else f"it left with code {code}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with suppress(BrokenPipeError):
            pipe.close()
