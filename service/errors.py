"""Everything that can go wrong in a way Kopā expects.

    KopaError                   one clear sentence, for people
    ├── SettingsError           a setting is unknown, missing or impossible
    ├── DatabaseError           the database cannot be opened, read or written
    │   ├── MigrationMissing    its tables are older than this version
    │   └── ForeignDatabase     it holds something else than Kopā's tables
    ├── BackupError             a backup cannot be written, or the file is none
    ├── MailError               a letter cannot be handed to the mail server
    ├── NotReady                the directory is still loading
    ├── RequestRefused          a request over HTTP is malformed; its kinds say how
    │   ├── Unauthenticated     the token that it brings is none, or holds no longer
    │   ├── MethodNotAllowed    it may not be made by this method
    │   ├── NotAcceptable       it accepts no media type that we have
    │   ├── RequestTimeout      its body came too slowly
    │   ├── BodyTooLarge        its body is larger than we read
    │   ├── UnsupportedMedia    its body is no JSON
    │   └── TooOften            somebody asks or tries too often; carries when to try again, where that is known
    ├── DocumentRefused         a document or its variables are no good; carries what GraphQL says of each mistake
    ├── InputError              what was sent breaks rules; carries each problem with its place
    ├── LimitExceeded           a query asks for more than one may; carries the limit and what was found
    │   ├── TooLarge            its text is too long
    │   └── TooCostly           its answer would be too much work
    ├── TimedOut                an answer took longer than it may
    └── Conflict                the record has changed since it was read

Each class says how it appears outside: `code` in GraphQL, `status` in HTTP, `exit_code` on the command line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


class KopaError(Exception):
    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def extensions(self) -> dict[str, Any]:
        """What programs read of it in a GraphQL error."""
        return {"code": self.code}


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


class MailError(KopaError):
    pass


class NotReady(KopaError):
    code = "SERVICE_UNAVAILABLE"
    status = 503


class RequestRefused(KopaError):
    code = "BAD_REQUEST"
    status = 400


class Unauthenticated(RequestRefused):
    code = "UNAUTHENTICATED"
    status = 401


class MethodNotAllowed(RequestRefused):
    code = "METHOD_NOT_ALLOWED"
    status = 405

    def __init__(self, message: str, allowed: str = "GET, HEAD, POST, OPTIONS") -> None:
        super().__init__(message)
        self.allowed = allowed


class NotAcceptable(RequestRefused):
    code = "NOT_ACCEPTABLE"
    status = 406


class RequestTimeout(RequestRefused):
    code = "REQUEST_TIMEOUT"
    status = 408


class BodyTooLarge(RequestRefused):
    code = "PAYLOAD_TOO_LARGE"
    status = 413


class UnsupportedMedia(RequestRefused):
    code = "UNSUPPORTED_MEDIA_TYPE"
    status = 415


class TooOften(RequestRefused):
    """`seconds` after which it may be tried again, where that is known."""

    code = "RATE_LIMITED"
    status = 429

    def __init__(self, message: str, seconds: int | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


class DocumentRefused(KopaError):
    code = "GRAPHQL_VALIDATION_FAILED"
    status = 400

    def __init__(self, code: str, mistakes: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(" ".join(str(mistake["message"]) for mistake in mistakes))
        self.mistakes = [{**mistake, "extensions": {"code": code}} for mistake in mistakes]


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


class LimitExceeded(KopaError):
    """`limit` is what is allowed, `found` what was asked for, where that was counted."""

    code = "LIMIT_EXCEEDED"
    status = 400

    def __init__(self, message: str, *, limit: int, found: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit
        self.found = found

    @property
    def extensions(self) -> dict[str, Any]:
        return {"code": self.code, "limit": self.limit}


class TooLarge(LimitExceeded):
    code = "DOCUMENT_TOO_LARGE"


class TooCostly(LimitExceeded):
    code = "COST_EXCEEDED"

    def __init__(self, cost: int, limit: int) -> None:
        words = f"This query costs {cost:,}; {limit:,} is the most. Ask for smaller pages, or for less below each list."
        super().__init__(words, limit=limit, found=cost)

    @property
    def extensions(self) -> dict[str, Any]:
        return {"code": self.code, "cost": self.found, "limit": self.limit}


class TimedOut(KopaError):
    code = "TIMEOUT"
    status = 503


def _place(problem: Problem) -> str:
    place = ".".join(str(step) for step in problem.path)
    return f"{place}: " if place else ""
