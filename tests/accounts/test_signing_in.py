"""Ways in, and that none tells whether there is an account."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from service.accounts import passwords, people, sessions, signing_in
from service.accounts.audit import latest
from service.accounts.signing_in import Entrance
from service.database import Reader, Transaction
from service.errors import TooOften
from service.models.account import AuditAct, LinkPurpose, Role
from tests.accounts.somebody import (
    DOOR,
    EMAIL,
    NOW,
    PASSWORD,
    after,
    code_of,
    entered,
    found,
    invitation,
    invited,
    member,
    told,
    with_second_factor,
)


async def acts(entrance: Entrance) -> list[AuditAct]:
    return [entry.act for entry in await latest(entrance.database)]


async def test_a_password_signs_in_whoever_took_the_account_up(entrance: Entrance) -> None:
    account = await member(entrance, Role.ANALYST)
    signed_in = await entered(entrance, " Birojs@Example.ORG ")
    assert (signed_in.viewer.account, signed_in.viewer.role, signed_in.is_complete) == (account, Role.ANALYST, True)
    assert AuditAct.SIGNED_IN in await acts(entrance)


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org", "no address", "", "\ud800@example.org"])
async def test_what_is_wrong_is_refused_in_the_same_words(entrance: Entrance, email: str) -> None:
    await member(entrance)
    assert await told(signing_in.by_password(entrance, email, "not the password", DOOR, NOW)) == "sign_in_refused"
    assert await told(signing_in.by_password(entrance, email, "\ud800\0", DOOR, NOW)) == "sign_in_refused"
    assert AuditAct.SIGN_IN_REFUSED in await acts(entrance)


async def test_a_password_that_is_right_for_nobody_signs_nobody_in(entrance: Entrance) -> None:
    await invited(entrance.database)
    for email in (EMAIL, "nobody@example.org"):
        assert await told(signing_in.by_password(entrance, email, PASSWORD, DOOR, NOW)) == "sign_in_refused"


class Work:
    """The statements and the hashing that something takes; everything is done as it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: list[str] = []
        self.hashed = 0
        self._watch(monkeypatch, Reader, "fetch")
        self._watch(monkeypatch, Transaction, "execute")
        verify = passwords.HASHER.verify

        def counting(*given: Any) -> bool:
            self.hashed += 1
            return verify(*given)

        monkeypatch.setattr(passwords.HASHER, "verify", counting)

    def _watch(self, monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
        original = getattr(owner, name)

        async def watched(this: Any, sql: str, *values: Any) -> Any:
            self.statements.append(sql)
            return await original(this, sql, *values)

        monkeypatch.setattr(owner, name, watched)

    async def of(self, work: Any) -> tuple[list[str], int]:
        self.statements, self.hashed = [], 0
        await asyncio.gather(work, return_exceptions=True)
        return self.statements, self.hashed


@pytest.fixture
def work(fast_passwords: None, monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(monkeypatch)


async def test_an_unknown_address_costs_what_a_wrong_password_costs(entrance: Entrance, work: Work) -> None:
    await member(entrance)
    known, unknown = [
        await work.of(signing_in.by_password(entrance, email, "not the password", DOOR, NOW))
        for email in (EMAIL, "nobody@example.org")
    ]
    assert known == unknown
    assert known[1] == 1
    assert any("audit_entry" in statement for statement in known[0])


@pytest.mark.parametrize("purpose", [LinkPurpose.SIGN_IN, LinkPurpose.RESET])
async def test_asking_for_a_letter_costs_the_same_for_every_address(
    entrance: Entrance, work: Work, purpose: LinkPurpose
) -> None:
    await member(entrance)
    known, unknown = [
        await work.of(signing_in.ask_for_letter(entrance, purpose, email, DOOR, NOW))
        for email in (EMAIL, "nobody@example.org")
    ]
    assert known == unknown
    assert any("letter" in statement for statement in known[0])


async def test_too_many_tries_are_refused_before_any_work(entrance: Entrance, work: Work) -> None:
    await member(entrance)
    for _ in range(10):
        await told(signing_in.by_password(entrance, EMAIL, "not the password", DOOR, NOW))
    statements, hashed = await work.of(signing_in.by_password(entrance, EMAIL, PASSWORD, DOOR, NOW))
    assert (statements, hashed) == ([], 0)
    with pytest.raises(TooOften):
        await signing_in.by_password(entrance, EMAIL, PASSWORD, DOOR, NOW)


async def test_no_more_than_a_few_passwords_wait_to_be_hashed() -> None:
    stored = await passwords.hashed(PASSWORD)
    tries = [passwords.verified("not the password", stored) for _ in range(200)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert {type(result) for result in results} == {bool, TooOften}
    assert await passwords.verified(PASSWORD, stored)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_too_short"),
        ("x" * 257, "password_too_long"),
        ("a" * 30, "password_too_plain"),
        (EMAIL.upper(), "password_too_plain"),
    ],
)
async def test_passwords_that_are_not_taken(entrance: Entrance, password: str, code: str) -> None:
    account = await invited(entrance.database, email=None)
    token = await invitation(entrance.database, account)
    taking_up = signing_in.take_up(entrance, token, password, DOOR, NOW, email=EMAIL)
    assert await told(taking_up) == code
    await signing_in.take_up(entrance, token, PASSWORD, DOOR, NOW, email=EMAIL)


async def test_a_password_is_the_same_however_its_letters_are_composed(entrance: Entrance) -> None:
    await member(entrance)
    decomposed = PASSWORD.replace("ā", "a\u0304")
    assert decomposed != PASSWORD
    await signing_in.by_password(entrance, EMAIL, decomposed, DOOR, NOW)


async def test_the_first_administrator_gives_an_address_when_coming_in(entrance: Entrance) -> None:
    account = await invited(entrance.database, Role.ADMINISTRATOR, None)
    token = await invitation(entrance.database, account)
    assert await told(signing_in.take_up(entrance, token, PASSWORD, DOOR, NOW)) == "needed"
    await signing_in.take_up(entrance, token, PASSWORD, DOOR, NOW, email="Admin@example.org")
    assert (await people.get(entrance.database, account)).email == "admin@example.org"


async def test_an_invitation_gives_nobody_another_address(entrance: Entrance) -> None:
    account = await invited(entrance.database)
    token = await invitation(entrance.database, account)
    await signing_in.take_up(entrance, token, PASSWORD, DOOR, NOW, email="other@example.org")
    assert (await people.get(entrance.database, account)).email == EMAIL


async def test_a_new_password_ends_every_other_session(entrance: Entrance) -> None:
    account = await member(entrance, Role.ANALYST)
    here, there = await entered(entrance), await entered(entrance)
    change = signing_in.change_password(entrance, here, "not the password", "pavisam cita parole", DOOR, NOW)
    assert await told(change) == "sign_in_refused"
    await signing_in.change_password(entrance, here, PASSWORD, "pavisam cita parole", DOOR, NOW)
    left = [session.id for session in await sessions.of_account(entrance.database, account, NOW)]
    assert left == [here.session.id]
    assert there.session.id not in left
    assert await told(signing_in.by_password(entrance, EMAIL, PASSWORD, DOOR, NOW)) == "sign_in_refused"


async def test_an_editor_comes_no_further_without_a_second_factor(entrance: Entrance) -> None:
    await member(entrance)
    assert (await entered(entrance)).must_set_up
    secret, codes = await with_second_factor(entrance)
    assert len(set(codes)) == 10
    signed_in = await entered(entrance)
    assert signed_in.must_give_code
    assert not signed_in.is_complete
    later = after(minutes=1)
    cookie = await signing_in.give_code(entrance, signed_in, code_of(secret, later), DOOR, later)
    assert (await found(entrance, cookie, later)).is_complete
    assert AuditAct.SECOND_FACTOR_SET in await acts(entrance)


async def test_the_cookie_from_before_the_second_factor_is_worth_nothing_afterwards(entrance: Entrance) -> None:
    await member(entrance)
    secret, _ = await with_second_factor(entrance)
    cookie = await signing_in.by_password(entrance, EMAIL, PASSWORD, DOOR, NOW)
    later = after(minutes=1)
    await signing_in.give_code(entrance, await found(entrance, cookie), code_of(secret, later), DOOR, later)
    assert await sessions.find(entrance.database, cookie, later, entrance.settings) is None


async def test_who_lacks_the_code_cannot_set_up_another_second_factor(entrance: Entrance) -> None:
    await member(entrance)
    await with_second_factor(entrance)
    signed_in = await entered(entrance)
    secret = "A" * 32
    attempt = signing_in.set_up_second_factor(entrance, signed_in, secret, code_of(secret, NOW), DOOR, NOW)
    assert await told(attempt) == "code_refused"


async def test_a_code_works_once_also_for_two_at_a_time(entrance: Entrance) -> None:
    await member(entrance)
    secret, _ = await with_second_factor(entrance)
    later = after(minutes=1)
    both = [await entered(entrance, now=later) for _ in range(2)]
    code = code_of(secret, later)
    results = await asyncio.gather(
        *(signing_in.give_code(entrance, each, code, DOOR, later) for each in both), return_exceptions=True
    )
    assert sorted(isinstance(result, str) for result in results) == [False, True]


async def test_a_recovery_code_works_once(entrance: Entrance) -> None:
    await member(entrance)
    _, codes = await with_second_factor(entrance)
    typed = codes[3].lower().replace("-", " ")
    await signing_in.give_code(entrance, await entered(entrance), typed, DOOR, NOW)
    assert AuditAct.RECOVERY_CODE_USED in await acts(entrance)
    again = signing_in.give_code(entrance, await entered(entrance), typed, DOOR, NOW)
    assert await told(again) == "code_refused"


@pytest.mark.parametrize("code", ["", "000000", "\ud800", "1" * 5000, "١٢٣٤٥٦"])
async def test_wrong_codes_are_refused_and_soon_not_even_looked_at(entrance: Entrance, code: str) -> None:
    await member(entrance)
    await with_second_factor(entrance)
    signed_in = await entered(entrance)
    for _ in range(4):  # One of five tries went into setting it up.
        assert await told(signing_in.give_code(entrance, signed_in, code, DOOR, NOW)) == "code_refused"
    with pytest.raises(TooOften):
        await signing_in.give_code(entrance, signed_in, code, DOOR, NOW)
