"""The endpoint with people who write by it: each has a token, and some are signed in with a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
from starlette.applications import Starlette

from service.accounts import api_tokens, people, sessions
from service.accounts.sessions import Door
from service.database import Database, Transaction
from service.models.account import Role, Scope
from service.models.rows import moment
from tests.catalogue.loading import settings
from tests.factories import ident
from tests.serving import ready

ORGANISATION, OTHER = ident("organisation", 1), ident("organisation", 2)

PEOPLE = {
    "administrator": (Role.ADMINISTRATOR, []),
    "editor": (Role.EDITOR, []),
    "reviewer": (Role.REVIEWER, []),
    "owner": (Role.REPRESENTATIVE, [ORGANISATION]),
    "stranger": (Role.REPRESENTATIVE, [OTHER]),
    "analyst": (Role.ANALYST, []),
}
"""Everybody by name, with the organisations that they speak for."""

REVISION = "id recordId noun state edition base batch content warnings { nodes { code path } }"
ERRORS = "userErrors { code path message }"


@dataclass
class Office:
    """The application, a client of it, and everybody's account and token."""

    app: Starlette
    client: httpx2.AsyncClient
    accounts: dict[str, str]
    tokens: dict[str, str]

    @property
    def database(self) -> Database:
        found: Database = self.app.state.database
        return found

    async def post(self, query: str, who: str | None = None, headers: Any = None, **variables: Any) -> httpx2.Response:
        token = {"authorization": f"Bearer {self.tokens[who]}"} if who else {}
        body = {"query": query, "variables": variables}
        return await self.client.post("/graphql", json=body, headers={**token, **(headers or {})})

    async def is_ready(self) -> bool:
        return (await self.client.get("/readyz")).status_code == 200

    async def ask(self, query: str, who: str | None = None, headers: Any = None, **variables: Any) -> Any:
        """The data of an answer in which nothing went wrong."""
        answer = await self.post(query, who, headers, **variables)
        body = answer.json()
        assert "errors" not in body, body
        return body["data"]

    async def do(
        self, name: str, input: dict[str, Any], who: str | None = "editor", ask: str = "", headers: Any = None
    ) -> Any:
        """The payload of a mutation; what is asked of it beside its errors."""
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation Do($input: {kind}!) {{ {name}(input: $input) {{ {ask} {ERRORS} }} }}"
        return (await self.ask(query, who, headers, input=input))[name]

    async def done(self, name: str, input: dict[str, Any], who: str = "editor", ask: str = "") -> Any:
        """The same of a mutation that nothing speaks against."""
        payload = await self.do(name, input, who, ask)
        assert payload["userErrors"] == [], payload
        return payload

    async def draft(self, name: str, input: dict[str, Any], who: str = "editor") -> Any:
        """The draft that a mutation begins or saves."""
        return (await self.done(name, input, who, f"revision {{ {REVISION} }}"))["revision"]

    async def refused(self, name: str, input: dict[str, Any], who: str | None = "editor") -> list[tuple[str, str]]:
        """The code and path of each mistake that a mutation tells."""
        told = (await self.do(name, input, who))["userErrors"]
        assert all(each["message"] for each in told)
        return [(each["code"], ".".join(each["path"])) for each in told]

    async def cookie(self, name: str) -> dict[str, str]:
        """The header of a browser in which somebody is signed in."""
        now, given = datetime.now(UTC), settings()
        async with self.database.transaction() as transaction:
            value = await sessions.begin(transaction, self.accounts[name], Door(), now, given, proved=True)
            sql = "UPDATE account SET totp_secret = ? WHERE id = ?"
            await transaction.execute(sql, "JBSWY3DPEHPK3PXP", self.accounts[name])
        return {"cookie": f"kopa_session={value}"}

    async def token(self, name: str, *scopes: Scope) -> str:
        """Another token of somebody, good for less."""
        async with self.database.transaction() as transaction:
            return await _token(transaction, self.accounts[name], scopes)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Office]:
    """The application when it is ready, with everybody's account."""
    async with ready(url) as (app, client):
        accounts, tokens = {}, {}
        async with app.state.database.transaction() as transaction:
            for name, (role, of) in PEOPLE.items():
                accounts[name] = await _account(transaction, name, role, of)
                tokens[name] = await _token(transaction, accounts[name], [*Scope])
        yield Office(app, client, accounts, tokens)


async def _account(transaction: Transaction, name: str, role: Role, of: list[str]) -> str:
    now = datetime.now(UTC)
    known = {"email": f"{name}@example.org", "name": name.title()}
    id = await people.add(transaction, role, now, organisations=of, **known)
    await transaction.execute("UPDATE account SET joined_at = ? WHERE id = ?", moment(now, transaction.dialect), id)
    return id


async def _token(transaction: Transaction, account: str, scopes: Any) -> str:
    return await api_tokens.make(transaction, account, "tests", list(scopes), 1, datetime.now(UTC))
