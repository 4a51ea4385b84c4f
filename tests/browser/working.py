"""Somebody who works in the panel of the directory as it ships, in a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from service.accounts import people, sessions
from service.accounts.sessions import Door
from service.database import Database
from service.models.account import Role
from service.models.rows import moment
from tests.browser.conftest import Open, Visit
from tests.catalogue.loading import settings
from tests.serving import Served


@dataclass
class Worker:
    """Where the panel is served, with the account and the cookie of somebody who has just signed in."""

    url: str
    database: Database
    account: str
    cookie: str

    async def come(self, visit: Open, **options: Any) -> Visit:
        seen = await visit(at=f"{self.url}/healthz", **options)
        cookie: Any = {"name": "kopa_session", "value": self.cookie, "url": self.url}
        await seen.page.context.add_cookies([cookie])
        return seen

    def at(self, path: str) -> str:
        return f"{self.url}/admin/{path}"


def database_of(served: Served) -> str:
    return f"sqlite:///{served.log.parent}/kopa.db"


async def at_work(served: Served, database: Database, role: Role, name: str) -> Worker:
    """An account that nobody had before, signed in."""
    now = datetime.now(UTC)
    async with database.transaction() as transaction:
        account = await people.add(transaction, role, now, email=f"{name.lower()}@example.org", name=name)
        sql = "UPDATE account SET joined_at = ?, totp_secret = ? WHERE id = ?"
        await transaction.execute(sql, moment(now, transaction.dialect), "JBSWY3DPEHPK3PXP", account)
        cookie = await sessions.begin(transaction, account, Door(), now, settings(), proved=True)
    return Worker(str(served.client.base_url).rstrip("/"), database, account, cookie)
