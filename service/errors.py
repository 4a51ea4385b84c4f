"""Everything that can go wrong in a way Kopā expects.

    KopaError                   one clear sentence, for people
    ├── SettingsError           a setting is unknown, missing or impossible
    ├── DatabaseError           the database cannot be opened, read or written
    │   ├── MigrationMissing    its tables are older than this version
    │   └── ForeignDatabase     it holds something else than Kopā's tables
    ├── BackupError             a backup cannot be written, or the file is none
    ├── NotReady                the directory is still loading
    ├── InputError              what was sent breaks rules; carries each problem with its place
    └── Conflict                the record has changed since it was read

Each class says how it appears outside: `code` in GraphQL, `status` in HTTP, `exit_code` on the command line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


class KopaError(Exception):
    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SettingsError(KopaError):
    exit_code = 3


class DatabaseError(KopaError):
    code = "SERVICE_UNAVAILABLE"
    status = 503
    exit_code = 4


class MigrationMissing(DatabaseError):
    exit_code = 5


class ForeignDatabase(DatabaseError):
    exit_code = 6


class BackupError(KopaError):
    exit_code = 7


class NotReady(KopaError):
    code = "SERVICE_UNAVAILABLE"
    status = 503


class Conflict(KopaError):
    code = "CONFLICT"
    status = 409


@dataclass(frozen=True, slots=True)
class Problem:
    """A broken rule: a code for programs, its place in the input, a sentence in each language for people."""

    code: str
    path: tuple[str | int, ...]
    words: Mapping[str, str]

    @property
    def message(self) -> str:
        return self.words["en"]


class InputError(KopaError):
    code = "BAD_USER_INPUT"
    status = 400

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(f"{_place(problem)}{problem.message}" for problem in problems))
        self.problems = list(problems)


def _place(problem: Problem) -> str:
    place = ".".join(str(step) for step in problem.path)
    return f"{place}: " if place else ""
