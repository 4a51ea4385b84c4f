"""A revision as whoever asks sees it: what it says, what it changes, what stands in its way."""

from __future__ import annotations

from datetime import datetime

import strawberry
from strawberry.scalars import JSON

from service.accounts.viewer import Viewer
from service.api.context import Context
from service.api.mutations.contents import shown_path, told
from service.api.mutations.errors import UserError
from service.api.nouns import Noun
from service.api.paging import paged
from service.api.viewer.difference import Clash, Difference, Told
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE, Cost, at_most
from service.catalogue.record import Record
from service.editing import desk
from service.editing.desk import Sheet
from service.editing.permits import Step
from service.models.account import Role
from service.models.revision import Act, RevisionState

LOOKING = Cost(weight="5")
"""Some statements, and the comparison of two contents."""

KNOWS_NAMES = frozenset({Role.ADMINISTRATOR, Role.EDITOR, Role.REVIEWER})
"""Who is told how colleagues are called; everybody knows themselves."""


@strawberry.type(
    description="A draft on its way, or a snapshot of a record in its history, with the fields that you see."
)
class Revision:
    context: strawberry.Private[Context]
    sheet: strawberry.Private[Sheet]

    @strawberry.field(description="The id, by which steps name it.")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.sheet.seen.id)

    @strawberry.field(description="The kind of record.")
    def noun(self) -> Noun:
        return Noun(self.sheet.seen.noun)

    @strawberry.field(description="The id of the record; it may not be published yet.")
    def record_id(self) -> strawberry.ID:
        return strawberry.ID(self.sheet.seen.record)

    @strawberry.field(description="The record as it is published now; null when it is not.")
    def record(self) -> Record | None:
        found: Record | None = self.context.catalogue.node(self.sheet.seen.record)
        return found

    @strawberry.field(description="What was done, or is to be done.")
    def act(self) -> Act:
        return self.sheet.seen.act

    @strawberry.field(description="Where it stands on its way.")
    def state(self) -> RevisionState:
        return self.sheet.seen.state

    @strawberry.field(description="How many times it was saved; whoever decides names the one that they have read.")
    def edition(self) -> int:
        return self.sheet.seen.edition

    @strawberry.field(description="The version of the record that it made; null of a draft.")
    def version(self) -> int | None:
        return self.sheet.version

    @strawberry.field(description="The revision that it was written from; null of a record that did not exist.")
    def base(self) -> strawberry.ID | None:
        return strawberry.ID(self.sheet.seen.base) if self.sheet.seen.base else None

    @strawberry.field(description="The set of drafts that it belongs to; null of what was never a draft.")
    def batch(self) -> strawberry.ID | None:
        return strawberry.ID(self.sheet.batch) if self.sheet.batch else None

    @strawberry.field(description="Who wrote it: the id of an account, or a label such as `starter`.")
    def author(self) -> str:
        return self.sheet.seen.author

    @strawberry.field(description="How colleagues know its author; null of programs, and for who is not told.")
    async def author_name(self) -> str | None:
        return await self._name(self.sheet.seen.author)

    @strawberry.field(description="Whether you wrote it.")
    def mine(self) -> bool:
        return self.sheet.seen.author == self._viewer.account

    @strawberry.field(description="Who accepted it or sent it back.")
    def decided_by(self) -> str | None:
        return self.sheet.seen.decided_by

    @strawberry.field(description="How colleagues know who did; null of programs, and for who is not told.")
    async def decided_by_name(self) -> str | None:
        return await self._name(self.sheet.seen.decided_by)

    @strawberry.field(description="Why it was sent back, or could not be done at its hour.")
    def reason(self) -> str | None:
        return self.sheet.seen.reason

    @strawberry.field(description="The hour at which it is to be done.")
    def due_at(self) -> datetime | None:
        return self.sheet.seen.due_at

    @strawberry.field(description="When it was done; until then when it last moved.")
    def at(self) -> datetime:
        return self.sheet.seen.at

    @strawberry.field(description="The whole content, as the input of an update gives it.")
    def content(self) -> JSON:
        return JSON(told(self.sheet.seen.noun, self.sheet.seen.content))

    @strawberry.field(description="The steps that you may take with it now.", directives=[at_most(len(Step))])
    def steps(self) -> list[Step]:
        return list(self.sheet.steps)

    @strawberry.field(
        description="What it changed; of a draft, what publishing it would change.", directives=[PAGE, LOOKING]
    )
    async def diff(
        self,
        language: Told = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Difference]:
        words = language.value if language else self.context.language
        found = await desk.differences(self.context.database, self._viewer, self.sheet, words)
        shown = [Difference(difference=each) for each in found]
        return paged(shown, Window(first, after, last, before))

    @strawberry.field(
        description="What publishing it now would be refused with, together with the drafts of its set.",
        directives=[PAGE, LOOKING],
    )
    async def warnings(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[UserError]:
        found = await desk.warnings(self.context.database, self.sheet)
        language = self.context.language
        told = [UserError(problem=each, path=shown_path(each.path), language=language) for each in found]
        return paged(told, Window(first, after, last, before))

    @strawberry.field(
        description="Where it and what was published since it was begun say different things.",
        directives=[PAGE, LOOKING],
    )
    async def clashes(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Clash]:
        found = await desk.clashes(self.context.database, self.sheet)
        shown = [Clash(noun=self.sheet.whole.noun, clash=each) for each in found]
        return paged(shown, Window(first, after, last, before))

    @strawberry.field(description="What was done to the record, the latest first.", directives=[PAGE, LOOKING])
    async def history(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Revision]:
        return await history_of(self.context, self._viewer, self.sheet.seen.record, Window(first, after, last, before))

    @property
    def _viewer(self) -> Viewer:
        viewer = self.context.viewer
        assert viewer is not None, "Nobody sees a revision without an account."
        return viewer

    async def _name(self, account: str | None) -> str | None:
        if account is None or (self._viewer.role not in KNOWS_NAMES and account != self._viewer.account):
            return None
        return (await self.context.names()).get(account)


async def history_of(context: Context, viewer: Viewer, record: str, window: Window) -> Connection[Revision]:
    """What was done to a record, as far as somebody sees it."""
    found = await desk.past_sheets(context.database, viewer, record)
    shown = [Revision(context=context, sheet=each) for each in found]
    return paged(shown, window)
