"""`viewer`: what lies on the desk of whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

import strawberry

from service.accounts.viewer import Viewer as Somebody
from service.api.context import Context, context_of
from service.api.nouns import Noun
from service.api.paging import keyed, paged
from service.api.viewer.account import Account
from service.api.viewer.revision import Revision, history_of
from service.api.viewer.webhook import Webhook
from service.api.viewer.words import SideWord
from service.api.viewer.work import Work, WorkKind
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE, Cost
from service.editing import desk, viewing
from service.editing.desk import Sheet
from service.editing.fields import identifiers
from service.editing.permits import Step
from service.editing.policy import permit
from service.errors import InputError
from service.models.revision import RevisionState
from service.webhooks import register

DESK = Cost(weight="50")
"""Looking at every open draft."""

KINDS = replace(PAGE, assumed_size=len(WorkKind))
"""There are no more kinds of work."""

WAITING = frozenset({RevisionState.IN_REVIEW, RevisionState.SCHEDULED})


@strawberry.input(description="Which drafts to give; what is given together has to hold together.")
class RevisionFilter:
    noun: list[Noun] | None = strawberry.field(default=None, description="Of one of these kinds of records.")
    state: list[RevisionState] | None = strawberry.field(default=None, description="In one of these states.")
    record: list[strawberry.ID] | None = strawberry.field(default=None, description="Of one of these records.")
    batch: list[strawberry.ID] | None = strawberry.field(default=None, description="Of one of these sets.")

    def fits(self, sheet: Sheet) -> bool:
        """Whether a draft fits all that is given."""
        draft = sheet.seen
        asked = ((self.noun, draft.noun), (self.state, draft.state), (_ids(self.record), draft.record))
        return all(wanted is None or value in wanted for wanted, value in (*asked, (_ids(self.batch), draft.batch)))


def _ids(given: list[strawberry.ID] | None) -> list[str] | None:
    return None if given is None else [id for raw in given for id in identifiers(raw)]


Which = Annotated[RevisionFilter | None, strawberry.argument(description="Give only what fits.")]
RecordId = Annotated[strawberry.ID, strawberry.argument(description="The id of the record.")]


@strawberry.type(description="You, and what lies on your desk. Nothing of it is kept by caches.")
class Viewer:
    context: strawberry.Private[Context]
    somebody: strawberry.Private[Somebody]

    @strawberry.field(description="The account that you ask with.")
    def account(self) -> Account:
        scopes = self.somebody.scopes
        return Account(
            context=self.context,
            id=strawberry.ID(self.somebody.account),
            role=self.somebody.role,
            scopes=None if scopes is None else sorted(scopes),
        )

    @strawberry.field(description="What you have written and nobody has published yet.", directives=[PAGE, DESK])
    async def drafts(
        self,
        filter: Which = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Revision]:
        return await self._open(
            lambda sheet: sheet.seen.author == self.somebody.account, filter, Window(first, after, last, before)
        )

    @strawberry.field(
        description="What waits for somebody to decide about it, of all that you may decide about.",
        directives=[PAGE, DESK],
    )
    async def queue(
        self,
        filter: Which = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Revision]:
        return await self._open(
            lambda sheet: sheet.seen.state in WAITING and Step.PUBLISH in sheet.steps,
            filter,
            Window(first, after, last, before),
        )

    @strawberry.field(description="What should be looked at, by the reason why.", directives=[KINDS])
    def work_list(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Work]:
        found = [Work(catalogue=self.context.catalogue, viewer=self.somebody, kind=kind) for kind in WorkKind]
        return paged(found, Window(first, after, last, before))

    @strawberry.field(description="A draft or a revision of the past; null when there is none that you see.")
    async def revision(
        self, id: Annotated[strawberry.ID, strawberry.argument(description="The id.")]
    ) -> Revision | None:
        found = await desk.sheet(self.context.database, self.somebody, id)
        return None if found is None else Revision(context=self.context, sheet=found)

    @strawberry.field(
        description="What was done to a record, the latest first, as far as you see it; also of one that has gone.",
        directives=[PAGE],
    )
    async def history(
        self,
        record: RecordId,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Revision]:
        return await history_of(self.context, self.somebody, record, Window(first, after, last, before))

    @strawberry.field(
        description="What the sides of a link have said, the latest first, with what only they and editors know.",
        directives=[PAGE],
    )
    async def words(
        self,
        link: Annotated[strawberry.ID, strawberry.argument(description="The id of the link.")],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[SideWord]:
        database = self.context.database
        found = [word for id in identifiers(link) for word in await viewing.words(database, self.somebody, id)]
        shown = [SideWord(word=word) for word in found]
        return paged(shown, Window(first, after, last, before))

    @strawberry.field(
        description="Whether you may take a step at all; single fields, and rules of the record, may still refuse it.",
        directives=[Cost(weight="5")],
    )
    async def can(
        self,
        step: Annotated[Step, strawberry.argument(description="The step.")],
        noun: Annotated[Noun, strawberry.argument(description="The kind of record.")],
        id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="The record; else whether with any of its kind that is yours."),
        ] = None,
    ) -> bool:
        return await desk.can(self.context.database, self.somebody, step, noun.value, id)

    @strawberry.field(
        description="The programs elsewhere that are told of changes; of administrators only.", directives=[PAGE]
    )
    async def webhooks(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Webhook]:
        found: list[register.Webhook] = []
        with suppress(InputError):
            found = await register.everyone(self.context.database, permit=permit(self.somebody))
        shown = [Webhook(context=self.context, webhook=each) for each in found]
        return paged(shown, Window(first, after, last, before))

    async def _open(
        self, wanted: Callable[[Sheet], bool], filter: RevisionFilter | None, window: Window
    ) -> Connection[Revision]:
        sheets = await desk.open_sheets(self.context.database, self.somebody)
        found = [each for each in sheets if wanted(each) and (filter is None or filter.fits(each))]
        keys = [(each.seen.at.isoformat(), each.seen.id) for each in found]
        return keyed([Revision(context=self.context, sheet=each) for each in found], keys, window)


def viewer_of(info: Any) -> Viewer | None:
    """Whoever asks; None without an account."""
    context = context_of(info)
    if context is None or context.viewer is None:
        return None
    return Viewer(context=context, somebody=context.viewer)
