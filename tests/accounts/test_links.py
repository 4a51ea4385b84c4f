"""One-time links: once, in time, for what they were made."""

from __future__ import annotations

import asyncio
from json import dumps
from typing import Any

import pytest

from service.accounts import links, signing_in
from service.accounts.links import LASTS
from service.accounts.rows import insert
from service.accounts.signing_in import Entrance
from service.accounts.tokens import digest, new_token
from service.database import Transaction
from service.models.account import LinkPurpose
from service.models.cooperation import Side
from tests.accounts.somebody import DOOR, NOW, PASSWORD, found, invitation, invited, member, told
from tests.factories import ident

WITHOUT_ACCOUNT = frozenset({LinkPurpose.ANSWER, LinkPurpose.CAMPAIGN})


async def made(entrance: Entrance, purpose: LinkPurpose, account: str | None) -> str:
    author = await invited(entrance.database) if purpose is LinkPurpose.CAMPAIGN else ""
    async with entrance.database.transaction() as transaction:
        about: dict[str, Any] = {"account": account}
        if purpose is LinkPurpose.ANSWER:
            about = {"link": ident("cooperation_link"), "side": Side.SIDE_A}
        elif purpose is LinkPurpose.CAMPAIGN:
            about = {"recipient": await invited_organisation(transaction, author)}
        return await links.make(transaction, purpose, NOW, **about)


async def invited_organisation(transaction: Transaction, by: str) -> str:
    """An organisation that a campaign invites."""
    texts = {"subject": dumps({"lv": "Aicinām"}), "letter": dumps({"lv": "Aicinām"})}
    days = {"last_day": NOW.date(), "created_at": NOW}
    campaign = await insert(transaction, "campaign", account_id=by, name="Aicinājums", **texts, **days)
    about = {"campaign_id": campaign, "organisation": ident("organisation"), "name": "Biedrība", "language": "lv"}
    return await insert(transaction, "campaign_recipient", **about, invited_at=NOW)


async def used(entrance: Entrance, token: str, now: object = NOW) -> bool:
    async with entrance.database.transaction() as transaction:
        return await links.use(transaction, token, now, *LinkPurpose) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", LASTS)
async def test_a_link_works_once_and_looking_does_not_use_it(entrance: Entrance, purpose: LinkPurpose) -> None:
    account = None if purpose in WITHOUT_ACCOUNT else await invited(entrance.database)
    token = await made(entrance, purpose, account)
    for _ in range(3):
        seen = await links.read(entrance.database, token, NOW)
        assert seen is not None
        assert (seen.purpose, seen.account) == (purpose, account)
    assert await used(entrance, token)
    assert not await used(entrance, token)
    assert await links.read(entrance.database, token, NOW) is None


@pytest.mark.parametrize("purpose", LASTS)
async def test_a_link_expires(entrance: Entrance, purpose: LinkPurpose) -> None:
    account = None if purpose in WITHOUT_ACCOUNT else await invited(entrance.database)
    token = await made(entrance, purpose, account)
    end = NOW + LASTS[purpose]
    assert await links.read(entrance.database, token, end) is None
    assert not await used(entrance, token, end)
    async with entrance.database.transaction() as transaction:
        await links.sweep(transaction, end)
        assert await transaction.fetch("SELECT id FROM one_time_link") == []


async def test_of_many_at_a_time_one_uses_it(entrance: Entrance) -> None:
    token = await made(entrance, LinkPurpose.SIGN_IN, await member(entrance))
    tries = [signing_in.by_link(entrance, token, DOOR, NOW) for _ in range(8)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, str) for result in results) == 1


async def test_a_link_does_only_what_it_is_for(entrance: Entrance) -> None:
    account = await member(entrance)
    for purpose in (LinkPurpose.RESET, LinkPurpose.STILL_TRUE, LinkPurpose.INVITATION):
        token = await made(entrance, purpose, account)
        assert await told(signing_in.by_link(entrance, token, DOOR, NOW)) == "link_refused"
        assert await links.read(entrance.database, token, NOW) is not None
    token = await made(entrance, LinkPurpose.SIGN_IN, account)
    assert await told(signing_in.reset(entrance, token, PASSWORD, DOOR, NOW)) == "link_refused"
    signed_in = await found(entrance, await signing_in.by_link(entrance, token, DOOR, NOW))
    assert signed_in.viewer.account == account


async def test_a_new_invitation_takes_the_place_of_the_one_before(entrance: Entrance) -> None:
    account = await invited(entrance.database)
    first, second = [await invitation(entrance.database, account) for _ in range(2)]
    assert await told(signing_in.take_up(entrance, first, PASSWORD, DOOR, NOW)) == "link_refused"
    await signing_in.take_up(entrance, second, PASSWORD, DOOR, NOW)


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\ud800", "x" * 100_000, "../sign-in"])
async def test_what_is_no_token_opens_nothing(entrance: Entrance, token: str) -> None:
    await made(entrance, LinkPurpose.SIGN_IN, await member(entrance))
    assert await links.read(entrance.database, token, NOW) is None
    assert not await used(entrance, token)


async def test_only_the_hash_of_a_token_is_kept(entrance: Entrance) -> None:
    token = await made(entrance, LinkPurpose.SIGN_IN, await member(entrance))
    rows = await entrance.database.fetch("SELECT * FROM one_time_link")
    assert digest(token) in [row["token"] for row in rows]
    assert token not in repr(rows)


def test_tokens_have_192_random_bits() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {32}
