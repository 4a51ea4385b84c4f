"""The people of an editorial day: each comes in by a mailed invitation and works through GraphQL alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
import pyotp

from service.accounts import invitations, people
from service.database import Database
from service.models.account import Role
from tests.factories import make_organisation
from tests.serving import Served, eventually
from tests.test_mail import Inbox, read

SAME = {"sec-fetch-site": "same-origin"}
MAIL, OTHERS_MAIL = "biedriba@example.org", "dienests@example.org"
SECOND = make_organisation(2, sector="municipal", email=OTHERS_MAIL)
PASSWORD = "zirgs pārlec akumulatoru"


@dataclass
class Town:
    """What is served, the database behind it, and the letters that came."""

    served: Served
    database: Database
    inbox: Inbox

    async def letter(self, to: str) -> str:
        """The newest letter to somebody, when there is one; it is taken out."""

        def found() -> list[Any]:
            return [each for each in self.inbox.envelopes if each.rcpt_tos == [to]]

        await eventually(found)
        envelope = found()[-1]
        self.inbox.envelopes.remove(envelope)
        return str(read(envelope).get_content())

    async def public(self, query: str, **variables: Any) -> Any:
        """What everybody is told."""
        answer = await self.served.client.post("/graphql", json={"query": query, "variables": variables})
        body = answer.json()
        assert "errors" not in body, body
        return body["data"]

    @asynccontextmanager
    async def person(self, role: Role, email: str, *organisations: str) -> AsyncIterator[Person]:
        """Somebody who was invited, took up the account, proved a one-time code, and is signed in."""
        now = datetime.now(UTC)
        async with self.database.transaction() as transaction:
            account = await people.add(transaction, role, now, email=email, organisations=organisations)
            await invitations.send(transaction, account, now, by=None)
        path = "/account/link/" + re.findall(r"/account/link/([\w-]{32})", await self.letter(email))[0]
        base = self.served.client.base_url
        async with httpx2.AsyncClient(base_url=base, timeout=60, follow_redirects=True, headers=SAME) as client:
            chosen = await client.post(path, data={"password": PASSWORD, "again": PASSWORD})
            assert chosen.url.path == "/account/second-factor", chosen.text
            secret = re.findall(r'name="secret" value="(\w+)"', chosen.text)[0]
            code = {"secret": secret, "code": pyotp.TOTP(secret).now()}
            assert (await client.post("/account/second-factor", data=code)).status_code == 200
            yield Person(client, account)


@dataclass
class Person:
    """Somebody who is signed in with a browser."""

    client: httpx2.AsyncClient
    account: str

    async def ask(self, query: str, /, **variables: Any) -> Any:
        answer = await self.client.post("/graphql", json={"query": query, "variables": variables})
        body = answer.json()
        assert "errors" not in body, body
        assert answer.headers["cache-control"] == "no-store"
        return body["data"]

    async def viewer(self, query: str, /, **variables: Any) -> Any:
        """What is asked of `viewer`; `$id` is the one variable that there may be."""
        given = "($id: ID!)" if variables else ""
        return (await self.ask(f"query {given} {{ viewer {{ {query} }} }}", **variables))["viewer"]

    async def tries(self, mutation: str, ask: str = "", /, **input: Any) -> Any:
        """The payload of a mutation."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
        errors = "userErrors { code path message }"
        query = f"mutation Do($input: {kind}) {{ {mutation}(input: $input) {{ {ask} {errors} }} }}"
        return (await self.ask(query, input=input))[mutation]

    async def does(self, mutation: str, ask: str = "", /, **input: Any) -> Any:
        """The same of what nothing speaks against."""
        payload = await self.tries(mutation, ask, **input)
        assert payload["userErrors"] == [], payload
        return payload

    async def drafts(self, mutation: str, /, **input: Any) -> Any:
        """A draft that is begun or saved."""
        return (await self.does(mutation, "revision { id batch recordId edition content }", **input))["revision"]

    async def refused(self, mutation: str, /, **input: Any) -> set[str]:
        """The codes of what speaks against a mutation."""
        return {each["code"] for each in (await self.tries(mutation, "", **input))["userErrors"]}
