"""What the write core tells whoever decides about permission, inside the transaction and before it tells anything else.

`policy.py` decides; the write core only asks. It asks also about what is not there, with nouns and contents of
None, so that a refusal looks the same whether or not a record or a draft exists.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from service.database import Transaction
from service.editing.content import Content
from service.models.fields import Choices


class Step(Choices):
    """What somebody can do to a record or to its draft."""

    PROPOSE = "propose", "Begin a draft."
    SAVE = "save", "Change a draft."
    SUBMIT = "submit", "Give a draft to review."
    RECALL = "recall", "Take a draft back from review or from its hour."
    SEND_BACK = "send_back", "Return a draft to its author, with a reason."
    SCHEDULE = "schedule", "Accept a draft and let it be done at its hour."
    RETURN = "return", "Give a draft back to review, since it could not be done at its hour."
    PUBLISH = "publish", "Make content public."
    DISCARD = "discard", "Give a draft up."
    WITHDRAW = "withdraw", "Take a record off the public side."
    RESTORE = "restore", "Bring a withdrawn record back."
    MERGE = "merge", "Make a record one with another."
    UNMERGE = "unmerge", "Take a merge back."
    ASSURE = "assure", "Say that a record is still true."
    CONFIRM = "confirm", "Speak for a side of a link."
    AVAILABILITY = "availability", "Say how many places are free."
    REDACT = "redact", "Remove a value from everything that was ever written."
    CONNECT = "connect", "Say which programs elsewhere are told of changes."
    ADMIT = "admit", "Make accounts, say what each may do, and read the audit."
    INVITE = "invite", "Invite organisations to keep their own profile, and answer those that apply."
    HEAR = "hear", "Read what readers report about records, and say what became of it."


@dataclass(frozen=True)
class Attempt:
    """What is about to happen to one record: what it holds in public, what it would hold, whose draft it is.

    Of an act, `after` is what is said. A withdrawal has no `after`.
    """

    step: Step
    noun: str | None
    record: str | None
    before: Content | None = None
    after: Content | None = None
    proposed_by: str | None = None


Permit = Callable[[Transaction, Sequence[Attempt]], Awaitable[None]]
"""Called with everything that one call would do; raises an InputError when any of it is not allowed."""


async def trusted(transaction: Transaction, attempts: Sequence[Attempt]) -> None:
    """The permit of the directory's own programs: of the starter, of tests, of the command line."""
