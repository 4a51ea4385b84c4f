"""Redaction: the one act that rewrites history. A value goes from everything that was ever written.

The rows of revisions (drafts and autosaves are such), changes and acts are rewritten where they stand, each with a
dated mark in the place of the value. What is published is published once more without it, in the same transaction,
so that the log goes on as after any edit and replaying it from the beginning ends where the tables are.

The epoch is renewed, as by a restore: a change that somebody has read is no longer what it was. So every process
loads its catalogue afresh, no ETag and no cursor of before is taken for one of after, and whoever follows the feed of
changes begins anew and drops what it kept. Numbers of changes stay.

In the end the files of the database are written anew, so that no byte of the value is left in them. What others
have copied, backups above all, `docs/operating.md` tells how to renew.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from service.accounts import audit
from service.database import Database, Transaction
from service.editing import history, log
from service.editing.drafts import Draft
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step, trusted
from service.editing.publishing import Work, carry_out
from service.editing.removing import SHORTEST, Removal
from service.editing.rewriting import Rewriting
from service.models.account import AuditAct
from service.models.revision import Act

logger = logging.getLogger("kopa.redaction")


@dataclass(frozen=True)
class Redacted:
    """What was done: how many rows of which table held the value, and the last change if anything public did."""

    rows: Mapping[str, int]
    seq: int | None
    mark: str


async def redact(database: Database, value: str, *, author: str, reason: str, permit: Permit = trusted) -> Redacted:
    """Remove a value, in every way it may be written, from everything; it cannot be undone.

    Raises InputError when it is not allowed, when the value is so short that more would go with it, or when a
    published record cannot be without it; nothing has happened then. Raises DatabaseError when the value is gone from
    the tables, but others kept the files from being written anew: then do the same again.
    """
    removal = Removal(value, datetime.now(UTC).date())
    async with log.writing(database) as (transaction, at):
        await permit(transaction, [Attempt(Step.REDACT, None, None)])
        _refuse(removal, reason)
        rewriting = Rewriting(transaction, removal)
        await rewriting.write()
        seq = await _publish(transaction, rewriting, at, author, permit)
        if rewriting.rows:
            await transaction.execute("UPDATE change_clock SET epoch = ? WHERE id = 1", secrets.token_hex(8))
        await _note(transaction, at, author, reason, rewriting.rows)
    logger.info("A value was redacted.", extra={"rows": sum(rewriting.rows.values())})
    await database.forget()
    return Redacted(rewriting.rows, seq, removal.mark())


async def places(database: Database, value: str, *, permit: Permit = trusted) -> dict[str, int]:
    """How many rows of each table hold a value, without changing any."""
    removal = Removal(value, datetime.now(UTC).date())
    async with database.transaction() as transaction:
        await permit(transaction, [Attempt(Step.REDACT, None, None)])
        _refuse(removal, "")
        rewriting = Rewriting(transaction, removal)
        await rewriting.count()
    return rewriting.rows


def _refuse(removal: Removal, reason: str) -> None:
    refuse([problem("too_short_to_redact", ("value",), least=SHORTEST)] if removal.is_too_short else [])
    refuse([problem("says_what_is_redacted", ("reason",))] if removal.is_in(reason) else [])


async def _publish(
    transaction: Transaction, rewriting: Rewriting, at: datetime, author: str, permit: Permit
) -> int | None:
    """Publish once more what is public and held the value; the `seq` of the last change."""
    pasts = await history.latest(transaction, rewriting.records)
    public = [past for past in pasts.values() if past.act is Act.PUBLISH and past.revision in rewriting.revisions]
    if not public:
        return None
    work = Work()
    for past in public:
        work.publish(Draft(past.noun, past.record, past.content), (past.noun, past.record), Step.REDACT)
    return await carry_out(transaction, work, at, author, permit)


async def _note(transaction: Transaction, at: datetime, author: str, reason: str, rows: Mapping[str, int]) -> None:
    """That it was done, why and how often; never the value, nor anything from which it could be guessed."""
    try:
        account = str(UUID(author))
    except ValueError:
        account = None
    await audit.note(transaction, AuditAct.REDACTED, at, account=account, reason=reason.strip(), rows=dict(rows))
