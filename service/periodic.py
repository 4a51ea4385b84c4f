"""Every periodic job of the product on one page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from service.accounts import api_tokens, letters, links, sessions
from service.accounts.writers import WRITERS
from service.asking import questions, still_true
from service.campaigns import removing, writing
from service.database import Database
from service.editing.scheduling import run_due
from service.jobs import Job, Runner
from service.joining import applications, replying
from service.mail import mailer
from service.models.account import LinkPurpose
from service.models.rows import moment
from service.reporting import reports
from service.settings import Settings
from service.webhooks import delivering
from service.webhooks.sending import Sender


def runner(database: Database, settings: Settings) -> Runner:
    """Does what is due: what was scheduled, letters, questions, what has run out."""
    post = letters.Post(database, mailer(settings), settings.site, writers(settings))
    today = _today(settings)

    async def publish_and_expire(now: datetime) -> None:
        await run_due(database, now)

    async def ask(now: datetime) -> None:
        await questions.ask_due(database, now, today(now))

    async def remind(now: datetime) -> None:
        await still_true.remind(database, now, settings.reminder_months)

    async def invite(now: datetime) -> None:
        await writing.queue_due(database, now)

    async def sweep(now: datetime) -> None:
        async with database.transaction() as transaction:
            await sessions.sweep(transaction, now, settings)
            await links.sweep(transaction, now)
            await api_tokens.sweep(transaction, now)
            await delivering.sweep(transaction, now)
            await removing.sweep(transaction, now)
            await applications.sweep(transaction, now)
            await reports.sweep(transaction, now)

    jobs = [
        Job("schedule", timedelta(seconds=1), publish_and_expire, _has_due(database, SCHEDULED)),
        Job("letters", timedelta(seconds=1), post.send_due, _has_due(database, LETTERS)),
        Job("invitations", timedelta(seconds=1), invite, _has_due(database, writing.DUE)),
        Job("questions", timedelta(minutes=10), ask),
        Job("reminders", timedelta(hours=6), remind),
        Job("sweep", timedelta(hours=6), sweep),
    ]
    return Runner(database, jobs)


def telling(database: Database, settings: Settings) -> Runner:
    """Tells webhooks of changes; apart from the other jobs, since receivers may be slow."""
    sender = Sender(settings.webhook_networks)
    due = _has_due(database, f"{delivering.DUE} LIMIT 1")
    job = Job("webhooks", timedelta(seconds=1), delivering.Deliveries(database, sender).send_due, due)
    return Runner(database, [job])


SCHEDULED = "SELECT id FROM revision WHERE state = 'scheduled' AND due_at <= ? LIMIT 1"
LETTERS = "SELECT id FROM letter WHERE due_at <= ? LIMIT 1"


def _has_due(database: Database, sql: str) -> Callable[[datetime], Awaitable[bool]]:
    async def look(now: datetime) -> bool:
        return bool(await database.fetch(sql, moment(now, database.dialect)))

    return look


def writers(settings: Settings) -> dict[LinkPurpose, letters.Writer]:
    """Who writes which letter."""
    asking = {LinkPurpose.STILL_TRUE: still_true.writer(settings.site), LinkPurpose.ANSWER: questions.write}
    return {**WRITERS, **asking, LinkPurpose.CAMPAIGN: writing.write, LinkPurpose.REPLY: replying.write}


def _today(settings: Settings) -> Callable[[datetime], date]:
    return lambda now: now.astimezone(settings.timezone).date()
