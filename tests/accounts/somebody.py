"""People for tests, as they come in by themselves: invited, with a password, with a second factor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest

from service.accounts import invitations, people, second_factor, sessions, signing_in
from service.accounts.sessions import Door, SignedIn
from service.accounts.signing_in import Entrance
from service.database import Database
from service.errors import InputError
from service.models.account import Role

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
PASSWORD = "zirgs pārlec akumulatoru"
EMAIL = "birojs@example.org"
DOOR = Door("192.0.2.0/24", "A browser")


def after(**passed: float) -> datetime:
    return NOW + timedelta(**passed)


async def invited(database: Database, role: Role = Role.EDITOR, email: str | None = EMAIL, **more: Any) -> str:
    """The id of an account that waits for its owner."""
    async with database.transaction() as transaction:
        return await people.add(transaction, role, NOW, email=email, **more)


async def invitation(database: Database, account: str, now: datetime = NOW) -> str:
    """The token of a link by which it is taken up."""
    async with database.transaction() as transaction:
        address = await invitations.hand_over(transaction, account, "http://127.0.0.1/", now, by=None)
    return address.rpartition("/")[2]


async def member(entrance: Entrance, role: Role = Role.EDITOR, email: str = EMAIL, **more: Any) -> str:
    """The id of an account whose owner has chosen PASSWORD."""
    account = await invited(entrance.database, role, email, **more)
    token = await invitation(entrance.database, account)
    await signing_in.take_up(entrance, token, PASSWORD, DOOR, NOW)
    return account


async def entered(entrance: Entrance, email: str = EMAIL, now: datetime = NOW) -> SignedIn:
    """Somebody who has signed in with PASSWORD."""
    cookie = await signing_in.by_password(entrance, email, PASSWORD, DOOR, now)
    return await found(entrance, cookie, now)


async def found(entrance: Entrance, cookie: str, now: datetime = NOW) -> SignedIn:
    signed_in = await sessions.find(entrance.database, cookie, now, entrance.settings)
    assert signed_in is not None
    return signed_in


async def with_second_factor(entrance: Entrance, email: str = EMAIL) -> tuple[str, list[str]]:
    """The shared secret and the recovery codes of somebody who turns the second factor on."""
    secret = second_factor.enrolment(email).secret
    code = code_of(secret, NOW)
    codes, _ = await signing_in.set_up_second_factor(entrance, await entered(entrance, email), secret, code, DOOR, NOW)
    return secret, codes


def code_of(secret: str, now: datetime) -> str:
    return pyotp.TOTP(secret).at(now)


async def told(work: Any) -> str:
    """The code of the one problem that something is refused with."""
    with pytest.raises(InputError) as caught:
        await work
    [problem] = caught.value.problems
    return problem.code
