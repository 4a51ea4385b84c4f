"""What a backup holds, as far as it can be told without restoring it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from pkgutil import iter_modules

from service.backup.files import Backup
from service.errors import BackupError, ForeignDatabase
from service.migrations import runner, versions

APPLIED = f"SELECT name FROM {runner.NOTES} WHERE app = '{runner.APP}'"
CLOCK = "SELECT seq FROM change_clock WHERE id = 1"
LOG = "SELECT COUNT(*) AS entries, COALESCE(MIN(seq), 1) AS oldest, COALESCE(MAX(seq), 0) AS newest FROM change"
KEEPS_NOTHING = (runner.NOTES, "change_clock")
"""Tables that have rows as soon as they are made."""


ENDED = ("session", "one_time_link", "letter")
"""Tables that a restore empties: who was signed out since, or was written to, must not be so again."""


class Damaged(BackupError):
    """What was read is no whole directory of Kopā's."""


@dataclass(frozen=True)
class Content:
    seq: int
    migrations: frozenset[str]

    @property
    def pending(self) -> list[str]:
        return sorted(_known() - self.migrations)

    def refuse_newer(self, file: Path) -> None:
        """:raises BackupError: this version of Kopā is too old for it."""
        if newer := sorted(self.migrations - _known()):
            raise BackupError(
                f"{file} was made by a newer version of Kopā: it has {', '.join(newer)}; install that version first."
            )


@dataclass(frozen=True)
class Restored:
    """What a restore has put in place, and where what was there is now."""

    content: Content
    kept: Backup | None = None
    aside: Path | None = None
    has_checksum: bool = True

    def __str__(self) -> str:
        told = f"everything up to seq {self.content.seq}, with a new epoch"
        if not self.has_checksum:
            told += "; no checksum lay beside the file, so only its structure could be checked"
        if self.kept:
            told += f"; what was there is in {self.kept.path}"
        if self.aside:
            told += f"; what was there is damaged and was set aside as {self.aside}"
        if self.content.pending:
            told += f"; it lacks {', '.join(self.content.pending)}: run `kopa migrate`"
        return told


def settling(schema: str = "") -> dict[str, str]:
    """What is done to the tables of a backup when they are restored, as far as they are there; by table.

    It may be a copy that runs beside the other: nobody is told of changes until somebody says so.
    """
    paused = f"UPDATE {schema}webhook SET state = 'paused' WHERE state = 'active'"
    return {table: f"DELETE FROM {schema}{table}" for table in ENDED} | {"webhook": paused}


def new_epoch() -> str:
    """As the first migration makes it: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def ours(tables: Mapping[str, object] | set[str], applied: set[str]) -> None:
    """:raises ForeignDatabase: there are tables, and they are another program's."""
    if set(tables) - {runner.NOTES} and not applied:
        raise ForeignDatabase("The database holds tables of another program; Kopā needs one of its own.")


def whole_log(name: object, seq: int, entries: int, oldest: int, newest: int) -> None:
    """:raises Damaged: entries of the change log are missing."""
    if not (seq == entries == newest and oldest == 1):
        raise Damaged(
            f"{name} is not whole: the clock of its change log says {seq}, and there are {entries} entries"
            f" from {oldest} to {newest}."
        )


def _known() -> frozenset[str]:
    return frozenset(module.name for module in iter_modules(versions.__path__))
