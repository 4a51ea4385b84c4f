"""Deliveries under a lease: for each receiver one change after the other, tried again after growing pauses.

A process that dies between sending and writing it down has sent for nothing: the next one sends the same again.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from time import monotonic

import httpx2

from service.accounts.rows import insert
from service.database import Database, Transaction
from service.editing.permits import Permit, trusted
from service.models.rows import moment
from service.models.webhook import DeliveryOutcome, WebhookState
from service.webhooks import register, signing
from service.webhooks.messages import Message, next_for, test_message
from service.webhooks.register import Webhook, webhook_of
from service.webhooks.sending import Answer, Sender

log = logging.getLogger("kopa.webhooks")

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long to wait after each failure; after the last one, some three days in all, the receiver is given up."""

AT_ONCE = 8
SECONDS_EACH = 10.0
"""How long one receiver is sent one change after the other, before the others have their turn again."""

KEPT = timedelta(days=30)
"""How long it is known how deliveries went."""

DUE = """
    SELECT w.* FROM webhook w JOIN change_clock c ON c.id = 1
    WHERE w.state = 'active' AND w.due_at <= ? AND w.seq < c.seq ORDER BY w.created_at, w.id"""


class Deliveries:
    """Tells receivers what they have not been told."""

    def __init__(self, database: Database, sender: Sender) -> None:
        self._database = database
        self._sender = sender

    async def send_due(self, now: datetime) -> None:
        """Send what is due, to several receivers at a time; a slow one holds up none but itself."""
        rows = await self._database.fetch(DUE, moment(now, self._database.dialect))
        turns = asyncio.Semaphore(AT_ONCE)

        async def take_turn(webhook: Webhook) -> None:
            async with turns, self._sender.connected() as client:
                await self._tell(client, webhook, now)

        async with asyncio.TaskGroup() as group:
            for row in rows:
                group.create_task(take_turn(webhook_of(row)))

    async def _tell(self, client: httpx2.AsyncClient, webhook: Webhook, now: datetime) -> None:
        """One change after the other, until there is none, one fails, or its time is over."""
        started = monotonic()
        while (elapsed := monotonic() - started) < SECONDS_EACH:
            coming = await next_for(self._database, webhook)
            if coming.message is None:
                await self._move(webhook, coming.seq)
                return
            answer = await self._send(client, webhook, coming.message)
            if not answer.is_taken:
                await self._put_off(webhook, coming.seq, answer, now + timedelta(seconds=elapsed))
                return
            if not await self._move(webhook, coming.seq, answer):
                return
            webhook = replace(webhook, seq=coming.seq, tries=0)

    async def test(self, id: str, *, permit: Permit = trusted) -> Answer:
        """Send a message that tells nothing. If it is taken, a receiver that was given up is told on from where it was.

        Raises InputError when there is no such webhook.
        """
        webhook = await register.one(self._database, id, permit=permit)
        async with self._sender.connected() as client:
            answer = await self._send(client, webhook, test_message(datetime.now(UTC)))
        outcome = DeliveryOutcome.DELIVERED if answer.is_taken else DeliveryOutcome.FAILED
        async with self._database.transaction() as transaction:
            if answer.is_taken:
                now = moment(datetime.now(UTC), transaction.dialect)
                sql = "UPDATE webhook SET state = ?, tries = 0, due_at = ? WHERE id = ?"
                await transaction.execute(sql, WebhookState.ACTIVE.value, now, webhook.id)
            await _note(transaction, webhook, None, outcome, answer)
        return answer

    async def _send(self, client: httpx2.AsyncClient, webhook: Webhook, message: Message) -> Answer:
        timestamp = int(datetime.now(UTC).timestamp())
        signed = signing.headers(webhook.secret, message.id, timestamp, message.body)
        return await self._sender.send(client, webhook.url, signed, message.body)

    async def _move(self, webhook: Webhook, seq: int, answer: Answer | None = None) -> bool:
        """Go on after a change; False if somebody else has meanwhile, or the webhook was removed."""
        async with self._database.transaction() as transaction:
            sql = "UPDATE webhook SET seq = ?, tries = 0 WHERE id = ? AND seq = ? AND state = ?"
            known = (webhook.id, webhook.seq, WebhookState.ACTIVE.value)
            moved = await transaction.execute(sql, seq, *known) > 0
            if moved and answer is not None:
                await _note(transaction, webhook, seq, DeliveryOutcome.DELIVERED, answer)
        return moved

    async def _put_off(self, webhook: Webhook, seq: int, answer: Answer, now: datetime) -> None:
        over = webhook.tries >= len(PAUSES) or answer.status == HTTPStatus.GONE
        outcome = DeliveryOutcome.GIVEN_UP if over else DeliveryOutcome.FAILED
        state = WebhookState.GIVEN_UP if over else WebhookState.ACTIVE
        due = now + PAUSES[min(webhook.tries, len(PAUSES) - 1)]
        async with self._database.transaction() as transaction:
            sql = "UPDATE webhook SET state = ?, tries = tries + 1, due_at = ? WHERE id = ? AND seq = ? AND tries = ?"
            given = (state.value, moment(due, transaction.dialect), webhook.id, webhook.seq, webhook.tries)
            if await transaction.execute(sql, *given):
                await _note(transaction, webhook, seq, outcome, answer)
        told = {"webhook": webhook.id, "seq": seq, "status": answer.status, "problem": answer.problem}
        log.log(logging.ERROR if over else logging.WARNING, "A webhook did not take a change.", extra=told)


async def sweep(transaction: Transaction, now: datetime) -> None:
    """Forget how old deliveries went."""
    before = moment(now - KEPT, transaction.dialect)
    await transaction.execute("DELETE FROM webhook_delivery WHERE at < ?", before)


async def _note(
    transaction: Transaction, webhook: Webhook, seq: int | None, outcome: DeliveryOutcome, answer: Answer
) -> None:
    went = {"status": answer.status, "problem": answer.problem, "milliseconds": answer.milliseconds}
    said = {"webhook_id": webhook.id, "seq": seq, "outcome": outcome.value, **went}
    await insert(transaction, "webhook_delivery", at=datetime.now(UTC), **said)
