"""Backups: one file that holds everything up to one `seq`, made while Kopā runs, and the way back from it.

SQLite is copied by VACUUM INTO, PostgreSQL by pg_dump; each into a new file that gets its name only when it is
whole, checked and on the disk. A restore checks first, changes everything or nothing, and renews the epoch, so
that followers, cursors and ETags of the state before are not taken for those of the state after.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from service.backup import postgres, sqlite
from service.backup.content import Restored
from service.backup.files import Backup, Destination, Progress, silent
from service.database import dialect_of

__all__ = ["Backup", "Destination", "Restored", "back_up", "is_empty", "restore"]


async def back_up(url: str, to: Destination, progress: Progress = silent) -> Backup:
    """Write a backup of the database at `url`; others may write to it all the time.

    :raises BackupError: the file cannot be written, or is not what the database holds.
    :raises DatabaseError: the database cannot be read, or is not Kopā's.
    """
    return await _engine(url).back_up(url, to, progress)


async def restore(url: str, file: Path, *, force: bool, keep: Destination, progress: Progress = silent) -> Restored:
    """Put a backup in the place of the database at `url`.

    What is there is replaced only by `force`, and is itself backed up to `keep` before.

    :raises BackupError: the file is no whole backup for this database; nothing has changed.
    :raises DatabaseError: the database is in use, cannot be written, or belongs to another program.
    """
    return await _engine(url).restore(url, file, force=force, keep=keep, progress=progress)


async def is_empty(url: str) -> bool:
    """Whether the database holds nothing that a backup would keep.

    :raises DatabaseError: the database cannot be read, or is not Kopā's.
    """
    return await _engine(url).is_empty(url)


class _Engine(Protocol):
    """What the modules of both engines offer."""

    async def back_up(self, url: str, to: Destination, progress: Progress) -> Backup: ...

    async def restore(
        self, url: str, file: Path, *, force: bool, keep: Destination, progress: Progress
    ) -> Restored: ...

    async def is_empty(self, url: str) -> bool: ...


def _engine(url: str) -> _Engine:
    return postgres if dialect_of(url) == "postgres" else sqlite
