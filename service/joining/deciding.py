"""What editors do with applications. Each function is one transaction, asks for permission, and raises InputError."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from service.accounts import invitations, letters, people
from service.accounts.audit import note
from service.accounts.people import Person
from service.database import Database, Transaction
from service.editing import history, log, workflow
from service.editing.messages import refuse
from service.editing.permits import Attempt, Permit, Step
from service.errors import InputError
from service.joining import applications
from service.joining.applications import Application
from service.joining.applying import AUTHOR
from service.joining.messages import refused, wrong
from service.models.account import AuditAct, LinkPurpose, Role
from service.models.campaign import ApplicationKind, ApplicationState
from service.models.rows import moment
from service.settings import Settings

LONGEST_ANSWER = 4_000


@dataclass(frozen=True)
class Applications:
    """Somebody who answers applications: by whom it is done, and what asks whether they may."""

    database: Database
    settings: Settings
    author: str
    permit: Permit

    async def waiting(self, most: int) -> list[Application]:
        """Those that nobody has decided, the oldest first."""
        async with self._work() as (transaction, _):
            return await applications.open_ones(transaction, most)

    async def decided(self, most: int) -> list[Application]:
        """Those that were decided last."""
        async with self._work() as (transaction, _):
            return await applications.decided_ones(transaction, most)

    async def one(self, id: str) -> Application:
        async with self._work() as (transaction, _):
            return await _one(transaction, id)

    async def grant(self, id: str) -> str | None:
        """Invite the sender as a representative; where no letters are sent, the link to hand over."""
        async with self._work(Step.ADMIT) as (transaction, now):
            found = await self._open(transaction, id)
            person = await self._person(transaction, found, now)
            await self._decide(transaction, found, ApplicationState.GRANTED, now)
            if person.joined_at is not None:
                await self._reply(transaction, found, now)
                return None
            return await invitations.invite(transaction, person.id, self.settings, now, by=self.author)

    async def settle(self, id: str) -> None:
        """Let an application be done with, without a word to the sender."""
        async with self._work() as (transaction, now):
            await self._decide(transaction, await self._open(transaction, id), ApplicationState.SETTLED, now)

    async def decline(self, id: str, answer: str) -> None:
        """Decline with words that the sender reads; the draft that came along is given up."""
        said = answer.replace("\r\n", "\n").strip()[:LONGEST_ANSWER]
        async with self._work() as (transaction, now):
            found = await self._open(transaction, id)
            refuse([] if said else [wrong("answer_needed", "answer")])
            await self._decide(transaction, found, ApplicationState.DECLINED, now, said)
            await self._give_up(transaction, found, now)
            await self._reply(transaction, found, now)

    async def _open(self, transaction: Transaction, id: str) -> Application:
        found = await _one(transaction, id)
        if not found.is_open:
            raise refused("decided_already")
        return found

    async def _person(self, transaction: Transaction, found: Application, now: datetime) -> Person:
        """The account of the sender, who speaks for the organisation from now on."""
        if not await transaction.fetch("SELECT id FROM organisation WHERE id = ?", found.organisation):
            raise refused("not_published_yet")
        if found.email is None:
            raise refused("no_such_application")
        try:
            person = await people.by_email(transaction, found.email)
        except InputError:
            known = {"email": found.email, "language": found.language, "organisations": [found.organisation]}
            id = await people.add(transaction, Role.REPRESENTATIVE, now, by=self.author, **known)  # type: ignore[arg-type]
            return await people.get(transaction, id)
        if person.role is not Role.REPRESENTATIVE:
            raise refused("address_of_colleague")
        await people.add_organisation(transaction, person, found.organisation, now, by=self.author)
        return person

    async def _decide(
        self,
        transaction: Transaction,
        found: Application,
        state: ApplicationState,
        now: datetime,
        answer: str | None = None,
    ) -> None:
        sql = "UPDATE application SET state = ?, decided_at = ?, account_id = ?, answer = ? WHERE id = ?"
        stamp = moment(now, transaction.dialect)
        await transaction.execute(sql, state.value, stamp, self.author, answer, found.id)
        about = {"account": self.author, "about": found.id}
        said = {"kind": found.kind.value, "state": state.value}
        own = [found.organisation]
        await note(transaction, AuditAct.APPLICATION_DECIDED, now, **about, organisations=own, **said)

    async def _give_up(self, transaction: Transaction, found: Application, now: datetime) -> None:
        """Discard the drafts that came with an application and wait still."""
        if found.kind is not ApplicationKind.JOIN:
            return
        drafts = await drafts_of(transaction, found)
        past = await history.latest(transaction, [each.record for each in drafts])
        attempts = [Attempt(Step.DISCARD, each.noun, each.record, None, each.content, each.author) for each in drafts]
        await self.permit(transaction, [each for each in attempts if each.record not in past])
        waiting = [each for each in drafts if each.record not in past]
        await workflow.move(transaction, waiting, Step.DISCARD, now, decided_by=self.author)

    async def _reply(self, transaction: Transaction, found: Application, now: datetime) -> None:
        await letters.queue(transaction, LinkPurpose.REPLY, now, application=found.id)

    @asynccontextmanager
    async def _work(self, step: Step = Step.INVITE) -> AsyncIterator[tuple[Transaction, datetime]]:
        async with log.writing(self.database) as (transaction, now):
            await self.permit(transaction, [Attempt(step, None, None)])
            yield transaction, now


async def drafts_of(transaction: Transaction, found: Application) -> list[workflow.Proposal]:
    """The open drafts of the set in which an organisation was handed in."""
    sql = "SELECT batch FROM revision WHERE record_id = ? AND author = ? AND batch IS NOT NULL ORDER BY at LIMIT 1"
    rows = await transaction.fetch(sql, found.organisation, AUTHOR)
    return await workflow.open_in(transaction, str(rows[0]["batch"])) if rows else []


async def _one(transaction: Transaction, id: str) -> Application:
    found = await applications.one(transaction, id)
    if found is None:
        raise refused("no_such_application")
    return found
