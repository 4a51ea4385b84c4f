"""Who is told of changes: webhooks are added, listed and removed by administrators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from service import models
from service.accounts import audit
from service.accounts.rows import insert
from service.database import Database, Reader, Transaction
from service.editing.fields import LONGEST_LINE, identifiers
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step, trusted
from service.errors import InputError, Problem
from service.models.account import AuditAct
from service.models.revision import Act
from service.models.rows import from_json, from_moment
from service.models.webhook import DeliveryOutcome, WebhookState
from service.webhooks.signing import new_secret

ACTS = tuple(act.value for act in Act)


@dataclass(frozen=True)
class Webhook:
    """Somebody who is told of changes, and up to which one they were; no nouns or acts means all."""

    id: str
    url: str
    secret: str
    nouns: list[str]
    acts: list[str]
    state: WebhookState
    seq: int
    tries: int
    created_at: datetime


@dataclass(frozen=True)
class Delivery:
    """One try to deliver a change; of a test call `seq` is None."""

    at: datetime
    seq: int | None
    outcome: DeliveryOutcome
    status: int | None
    problem: str | None
    milliseconds: int


async def add(
    database: Database,
    url: str,
    *,
    nouns: Sequence[str] = (),
    acts: Sequence[str] = (),
    account: str | None = None,
    permit: Permit = trusted,
) -> Webhook:
    """Tell somebody of every change from now on. The secret is to be shown this once. Raises InputError."""
    now = datetime.now(UTC)
    async with database.transaction() as transaction:
        await _ask(transaction, permit)
        read = _read(url, nouns, acts)
        [clock] = await transaction.fetch("SELECT seq FROM change_clock WHERE id = 1")
        state, times = WebhookState.ACTIVE.value, {"due_at": now, "created_at": now}
        secret = {"secret": new_secret(), "seq": clock["seq"], "tries": 0}
        id = await insert(transaction, "webhook", **read, **secret, state=state, **times)
        await audit.note(transaction, AuditAct.WEBHOOK_ADDED, now, account=account, about=id, url=read["url"])
        return await _one(transaction, id)


async def remove(database: Database, id: str, *, account: str | None = None, permit: Permit = trusted) -> None:
    """Tell somebody nothing any more; what they were told is forgotten. Raises InputError when there is none."""
    async with database.transaction() as transaction:
        await _ask(transaction, permit)
        webhook = await _one(transaction, id)
        await transaction.execute("DELETE FROM webhook WHERE id = ?", webhook.id)
        now = datetime.now(UTC)
        await audit.note(transaction, AuditAct.WEBHOOK_REMOVED, now, account=account, about=webhook.id, url=webhook.url)


async def everyone(database: Database, *, permit: Permit = trusted) -> list[Webhook]:
    """All webhooks, the oldest first."""
    async with database.transaction() as transaction:
        await _ask(transaction, permit)
        rows = await transaction.fetch("SELECT * FROM webhook ORDER BY created_at, id")
    return [webhook_of(row) for row in rows]


async def one(database: Database, id: str, *, permit: Permit = trusted) -> Webhook:
    """A webhook by its id. Raises InputError when there is none."""
    async with database.transaction() as transaction:
        await _ask(transaction, permit)
        return await _one(transaction, id)


async def deliveries(database: Database, id: str, most: int = 50, *, permit: Permit = trusted) -> list[Delivery]:
    """How the last tries went, the latest first. Raises InputError when there is no such webhook."""
    async with database.transaction() as transaction:
        await _ask(transaction, permit)
        webhook = await _one(transaction, id)
        sql = "SELECT * FROM webhook_delivery WHERE webhook_id = ? ORDER BY at DESC, id LIMIT ?"
        return [_delivery(row) for row in await transaction.fetch(sql, webhook.id, most)]


def webhook_of(row: Mapping[str, Any]) -> Webhook:
    """One from its row."""
    return Webhook(
        id=str(row["id"]),
        url=row["url"],
        secret=row["secret"],
        nouns=from_json(row["nouns"]),
        acts=from_json(row["acts"]),
        state=WebhookState(row["state"]),  # type: ignore[call-arg]
        seq=row["seq"],
        tries=row["tries"],
        created_at=from_moment(row["created_at"]),
    )


async def _ask(transaction: Transaction, permit: Permit) -> None:
    await permit(transaction, [Attempt(Step.CONNECT, None, None)])


async def _one(reader: Reader, id: str) -> Webhook:
    found = [await reader.fetch("SELECT * FROM webhook WHERE id = ?", each) for each in identifiers(id)]
    if not found or not found[0]:
        raise InputError([problem("no_such_webhook", ("id",))])
    return webhook_of(found[0][0])


def _read(url: str, nouns: Sequence[str], acts: Sequence[str]) -> dict[str, Any]:
    problems = [*_unknown("nouns", nouns, models.NOUNS), *_unknown("acts", acts, ACTS)]
    refuse([*([] if _is_address(url.strip()) else [problem("not_a_url", ("url",))]), *problems])
    scheme, rest = url.strip().split(":", 1)
    its = {"nouns": sorted(set(nouns)), "acts": [act for act in ACTS if act in acts]}
    return {"url": f"{scheme.lower()}:{rest}", **its}


def _is_address(url: str) -> bool:
    """Unlike a website it may be a machine within a network, by its name or number; it names nobody's password."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and "@" not in parts.netloc and url.isprintable() and " " not in url and len(url) <= LONGEST_LINE


def _unknown(name: str, given: Sequence[str], known: Iterable[str]) -> list[Problem]:
    choices = list(known)
    return [
        problem("not_a_choice", (name, place), value=each, choices=", ".join(choices))
        for place, each in enumerate(given)
        if each not in choices
    ]


def _delivery(row: Mapping[str, Any]) -> Delivery:
    return Delivery(
        at=from_moment(row["at"]),
        seq=row["seq"],
        outcome=DeliveryOutcome(row["outcome"]),  # type: ignore[call-arg]
        status=row["status"],
        problem=row["problem"],
        milliseconds=row["milliseconds"],
    )
