"""Files that get their name only when they are whole and on the disk, with a checksum beside them."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Self, TypeVar

from service.errors import BackupError

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Is told a label, how much is done and how much there is."""

FOLDER = Path("var/backups")
PREFIX, SUFFIX = ".kopa-", ".partial"
FORGOTTEN_SECONDS = 3600
SECONDS_BETWEEN_STOPS = 0.1


def silent(label: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Destination:
    """Where a backup goes: into a folder, under a name that says when and up to what unless one is given."""

    folder: Path = FOLDER
    name: str | None = None

    @classmethod
    def of(cls, file: Path | None) -> Self:
        if file is None:
            return cls()
        return cls(file) if file.is_dir() else cls(file.parent, file.name)

    def prepare(self) -> None:
        """:raises BackupError: the folder or the file cannot be."""
        with explained(self.folder):
            if self.folder == FOLDER:
                self.folder.mkdir(parents=True, exist_ok=True)
            if self.name is not None and (self.folder / self.name).exists():
                raise BackupError(_exists(self.folder / self.name))

    def path(self, seq: int, suffix: str) -> Path:
        if self.name is not None:
            return self.folder / self.name
        name = f"kopa-{datetime.now(UTC):%Y-%m-%d-%H%M%S}Z-seq{seq}"
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(path for name in names if not (path := self.folder / f"{name}{suffix}").exists())


@dataclass(frozen=True)
class Backup:
    """A backup that was written and checked."""

    path: Path
    size: int
    seq: int
    checked: str

    def __str__(self) -> str:
        return f"{self.path}: {shown(self.size)}, everything up to seq {self.seq}; {self.checked}"


@contextmanager
def partial(folder: Path) -> Iterator[Path]:
    """A new empty file that only its owner may read; what still lies there at the end is removed."""
    with explained(folder):
        _sweep(folder)
        descriptor, name = tempfile.mkstemp(SUFFIX, PREFIX, folder)
        os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for left in folder.glob(f"{Path(name).name}*"):
            left.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what killed processes have left; what is still being written is younger."""
    for left in folder.glob(f"{PREFIX}*{SUFFIX}*"):
        if time.time() - left.stat().st_mtime > FORGOTTEN_SECONDS:
            left.unlink(missing_ok=True)


def name_it(written: Path, path: Path) -> None:
    """Give a written file its name; file and checksum are on the disk when this returns.

    :raises BackupError: the name is taken, or the disk is full.
    """
    with explained(path.parent):
        digest = digest_of(written)
        sync(written)
        try:
            link(written, path)
        except FileExistsError:
            raise BackupError(_exists(path)) from None
        with checksum_of(path).open("w", encoding="utf-8") as file:
            file.write(f"{digest}  {path.name}\n")
        sync(checksum_of(path))
        sync(path.parent)


def link(written: Path, path: Path) -> None:
    """Unlike a rename this never replaces a file; raises FileExistsError."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError:  # Some file systems have no second names.
        if path.exists():
            raise FileExistsError(path) from None
        written.rename(path)


def has_checksum(content: Path, file: Path) -> bool:
    """Whether there is a checksum beside `file`, whose bytes `content` has.

    :raises BackupError: the content has another one.
    """
    try:
        words = checksum_of(file).read_text("utf-8").split()
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError):
        words = []
    if words[:1] != [digest_of(content)]:
        raise BackupError(f"{file} is not what was backed up: it differs from its checksum in {checksum_of(file)}.")
    return True


def checksum_of(path: Path) -> Path:
    """Where `sha256sum --check` finds it too."""
    return path.with_name(path.name + ".sha256")


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def start_of(file: Path) -> bytes:
    """Its first bytes.

    :raises BackupError: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(20)
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}.") from error


def room_for(folder: Path, size: int) -> None:
    """:raises BackupError: the disk would be full, and whatever else writes to it would stand still."""
    with explained(folder):
        free = shutil.disk_usage(folder).free
    if free < size:
        raise BackupError(f"{folder} has too little room: {shown(size)} are needed and {shown(free)} are free.")


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """:raises BackupError: instead of an OSError."""
    try:
        yield
    except OSError as error:
        raise BackupError(f"Nothing can be written to {folder}: {error.strerror or error}.") from error


async def in_thread(work: Callable[[], T], stop: Callable[[], object] = lambda: None) -> T:
    """Run `work` in a thread. Cancelled, call `stop` until the thread has ended; only then go on."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            stop()
            await asyncio.wait([task], timeout=SECONDS_BETWEEN_STOPS)
        task.exception()
        raise


def shown(size: int) -> str:
    """A number of bytes as people read it."""
    for unit, bytes_in in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= bytes_in:
            return f"{size / bytes_in:.1f} {unit}"
    return f"{size} bytes"


def _exists(path: Path) -> str:
    return f"{path} is there already; a backup never replaces a file."
