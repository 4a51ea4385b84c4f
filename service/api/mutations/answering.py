"""One step of a mutation: done with the permission of whoever asks, and answered with what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry

from service.accounts.viewer import Viewer
from service.api.context import Context, context_of
from service.api.mutations.contents import placed, shown_path
from service.api.mutations.errors import UserError
from service.api.paging import paged
from service.api.query import Query
from service.api.viewer.revision import Revision
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE, Cost, at_most
from service.catalogue.record import Record
from service.database import Database
from service.editing import desk
from service.editing.messages import problem
from service.editing.permits import Permit
from service.editing.policy import permit
from service.errors import InputError, Problem

WRITING = Cost(weight="100")
"""What a step costs beside what is asked of its answer: it writes, and everything that follows reads it."""

MOST_TOLD = 100
"""How many problems of one step are told."""


@dataclass(frozen=True)
class By:
    """Who takes a step."""

    viewer: Viewer
    context: Context

    @property
    def author(self) -> str:
        return self.viewer.account

    @property
    def permit(self) -> Permit:
        return permit(self.viewer)

    @property
    def database(self) -> Database:
        return self.context.database


@dataclass(frozen=True)
class Done:
    """What became of a step: the revisions and records that it is about, the last change that it made, what is lost."""

    revisions: Sequence[str] = ()
    records: Sequence[str] = ()
    seq: int | None = None
    left_out: Sequence[Problem] = ()
    more: Any = None


@strawberry.type(description="What became of a mutation.")
class Payload:
    """What became of a mutation."""

    context: strawberry.Private[Context]
    done: strawberry.Private[Done]
    user_errors: list[UserError] = strawberry.field(
        description="What is wrong with the input; nothing was done then.", directives=[at_most(MOST_TOLD)]
    )

    @strawberry.field(description="Everything one can read, with what was written.")
    def query(self) -> Query:  # type: ignore[valid-type]
        return self.context.catalogue


@strawberry.type(description="What became of a draft.")
class DraftPayload(Payload):
    """What became of a draft."""

    @strawberry.field(description="The draft, as it is now.")
    async def revision(self) -> Revision | None:
        return next(iter(await revisions_of(self.context, self.done.revisions)), None)


@strawberry.type(description="What became of several drafts.")
class DraftsPayload(Payload):
    """What became of several drafts."""

    @strawberry.field(description="The drafts, as they are now.", directives=[PAGE])
    async def revisions(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Revision]:
        found = await revisions_of(self.context, self.done.revisions)
        return paged(found, Window(first, after, last, before))


@strawberry.type(description="What became of records.")
class RecordsPayload(Payload):
    """What became of records."""

    @strawberry.field(description="The number of the last change that was made.")
    def seq(self) -> int | None:
        return self.done.seq

    @strawberry.field(description="Those of the records that are published now.", directives=[PAGE])
    def records(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Record]:
        found = [self.context.catalogue.node(id) for id in self.done.records]
        return paged([each for each in found if each is not None], Window(first, after, last, before))


@strawberry.type(description="What became of a record.")
class RecordPayload(Payload):
    """What became of a record."""

    @strawberry.field(description="The number of the change that was made.")
    def seq(self) -> int | None:
        return self.done.seq

    @strawberry.field(description="The record, as it is published now.")
    def record(self) -> Record | None:
        found: Record | None = next((self.context.catalogue.node(id) for id in self.done.records), None)
        return found


@strawberry.type(description="What became of several drafts, and of what they are about.")
class PublicationPayload(DraftsPayload, RecordsPayload):
    """What became of several drafts, and of what they are about."""


@strawberry.type(description="The draft that a revert begins.")
class RevertPayload(DraftPayload):
    """The draft that a revert begins."""

    @strawberry.field(description="References of then that lead nowhere any more and were left out.", directives=[PAGE])
    def left_out(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[UserError]:
        language = self.context.language
        told = [UserError(problem=each, path=shown_path(each.path), language=language) for each in self.done.left_out]
        return paged(told, Window(first, after, last, before))


async def revisions_of(context: Context, ids: Sequence[str]) -> list[Revision]:
    """Revisions by their ids, as far as whoever asks sees them."""
    if context.viewer is None:
        return []
    return [Revision(context=context, sheet=each) for each in await desk.sheets(context.database, context.viewer, ids)]


Work = Callable[[By], Awaitable[Done]]
P = TypeVar("P", bound=Payload)


@dataclass(frozen=True)
class Place:
    """Where in the input the things stand that a step is about; of one thing no place in a list is told."""

    names: tuple[str, ...] = ()
    one: bool = False


async def answered(payload: type[P], info: Any, work: Work, place: Place, drafts: Sequence[str] = ()) -> P:
    """Take a step; what speaks against it is told in the answer, with the drafts as they are."""
    context = context_of(info)
    assert context is not None, "A mutation needs to know who asks."
    try:
        done = await work(By(_somebody(context), context))
    except InputError as refused:
        told = _told(refused.problems, place, context.language)
        return payload(context=context, done=Done(drafts), user_errors=told)
    if done.seq is not None:
        await context.wrote(done.seq)
    return payload(context=context, done=done, user_errors=[])


def _somebody(context: Context) -> Viewer:
    if context.viewer is None:
        raise InputError([problem("not_signed_in")])
    return context.viewer


def _told(problems: Sequence[Problem], place: Place, language: str) -> list[UserError]:
    """Each problem once: a step that looks at the same thing twice finds the same thing wrong with it."""
    found: dict[tuple[str, ...], UserError] = {}
    for each in problems:
        path = ["input", *placed(each.path, place.names, one=place.one)]
        found.setdefault((each.code, *path), UserError(problem=each, path=path, language=language))
    return list(found.values())[:MOST_TOLD]
