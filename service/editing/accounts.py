"""What administrators do about other people's accounts.

Each function is one transaction, asks for permission in it, and raises InputError, also for whoever may not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from service.accounts import api_tokens, audit, invitations, people, second_factor, sessions
from service.accounts.api_tokens import ApiToken
from service.accounts.messages import refusal
from service.accounts.people import Person
from service.accounts.sessions import Session
from service.database import Database, Transaction
from service.editing.permits import Attempt, Permit, Step
from service.errors import InputError, Problem
from service.models.account import AuditAct, Role
from service.settings import Settings


@dataclass(frozen=True)
class Invited:
    """Who was invited. Where no letters are sent, the link to hand over; it is told this once."""

    account: str
    link: str | None


@dataclass(frozen=True)
class Whole:
    """An account with all by which its owner comes in."""

    person: Person
    sessions: Sequence[Session]
    tokens: Sequence[ApiToken]


@dataclass(frozen=True)
class Accounts:
    """Somebody who keeps accounts: by whom it is done, and what asks whether they may."""

    database: Database
    settings: Settings
    author: str
    permit: Permit

    async def everybody(self) -> list[Person]:
        """Every account, the oldest first; closed ones too."""
        async with self._work() as (transaction, _):
            return await people.everybody(transaction)

    async def one(self, account: str) -> Whole:
        async with self._work() as (transaction, now):
            return Whole(
                person=await people.get(transaction, account),
                sessions=await sessions.of_account(transaction, account, now),
                tokens=await api_tokens.of_account(transaction, account, now),
            )

    async def audit(self, most: int, *, before: str | None = None, about: str | None = None) -> list[audit.Entry]:
        """What was done, the latest first."""
        async with self._work() as (transaction, _):
            return await audit.latest(transaction, most, before=before, about=about)

    async def add(self, email: str, name: str, language: str, role: str, organisations: Sequence[str]) -> Invited:
        """Make an account and invite its owner."""
        async with self._work() as (transaction, now):
            _refuse_at_once(partial(people.canonical_email, email), partial(_role, role), partial(_spoken, language))
            account = await people.add(
                transaction,
                _role(role),
                now,
                email=email,
                name=name,
                language=language,
                organisations=organisations,
                by=self.author,
            )
            return await self._invited(transaction, account, now)

    async def invite(self, account: str) -> Invited:
        """Invite somebody again who has not come in yet."""
        async with self._work() as (transaction, now):
            person = await people.get(transaction, account)
            if person.joined_at is not None:
                raise refusal("joined_already", "account")
            return await self._invited(transaction, person.id, now)

    async def change_role(self, account: str, role: str, organisations: Sequence[str]) -> None:
        async with self._work() as (transaction, now):
            await people.change_role(transaction, account, _role(role), organisations, now, by=self.author)

    async def close(self, account: str) -> None:
        """Close an account: nothing of its owner stays but the id that revisions name."""
        async with self._work() as (transaction, now):
            if account == self.author:
                raise refusal("own_account", "account")
            await people.close(transaction, account, now, by=self.author)

    async def forget_second_factor(self, account: str) -> None:
        """Let somebody who lost it set up a new one; they are signed out everywhere."""
        async with self._work() as (transaction, now):
            person = await people.get(transaction, account)
            await second_factor.forget(transaction, person.id, now, by=self.author)

    async def sign_out(self, account: str) -> None:
        """End every session of somebody."""
        async with self._work() as (transaction, now):
            person = await people.get(transaction, account)
            await sessions.end_all(transaction, person.id)
            await audit.note(transaction, AuditAct.SIGNED_OUT, now, account=self.author, about=person.id)

    async def revoke(self, account: str, token: str) -> bool:
        """Revoke an API token of somebody; whether there was one."""
        async with self._work() as (transaction, now):
            return await api_tokens.revoke(transaction, account, token, now, by=self.author)

    async def _invited(self, transaction: Transaction, account: str, now: datetime) -> Invited:
        return Invited(account, await invitations.invite(transaction, account, self.settings, now, by=self.author))

    @asynccontextmanager
    async def _work(self) -> AsyncIterator[tuple[Transaction, datetime]]:
        async with self.database.transaction() as transaction:
            await self.permit(transaction, [Attempt(Step.ADMIT, None, None)])
            yield transaction, datetime.now(UTC)


def _refuse_at_once(*checks: Callable[[], object]) -> None:
    """Whoever fills a form is told all that is wrong with it, not one thing after the other."""
    problems: list[Problem] = []
    for check in checks:
        try:
            check()
        except InputError as refused:
            problems += refused.problems
    if problems:
        raise InputError(problems)


def _spoken(language: str) -> None:
    if language not in people.LANGUAGES:
        raise refusal("needed", "language")


def _role(text: str) -> Role:
    try:
        return Role(text)  # type: ignore[call-arg]
    except ValueError:
        raise refusal("no_such_role", "role") from None
