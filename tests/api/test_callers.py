"""Who asks: tokens and their scopes, sessions and the pages that use them, and whose allowance is spent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.api.http import REFUSING
from service.models.account import Scope
from service.models.rows import moment
from tests.api.office import ORGANISATION, Office
from tests.api.over_http import GRAPHQL
from tests.editing.observing import sizes

WHO = "{ viewer { account { id role scopes } } }"
ASSURE = "mutation ($id: ID!) { recordAssure(input: {id: $id}) { seq userErrors { code } } }"
HERE, THERE = "http://127.0.0.1", "https://elsewhere.example"

OURS = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": HERE},
    {"sec-fetch-site": "same-origin", "origin": "null"},
]
FOREIGN = [
    {},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": HERE},
    {"origin": THERE},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:8000"},
    {"origin": "https://127.0.0.1"},
    {"origin": "http://[::1"},
]


async def test_a_token_says_who_asks(office: Office) -> None:
    for name in ("editor", "owner"):
        account = (await office.ask(WHO, name))["viewer"]["account"]
        role = "REPRESENTATIVE" if name == "owner" else "EDITOR"
        assert account == {"id": office.accounts[name], "role": role, "scopes": ["EXPORT", "READ", "WRITE"]}
    assert (await office.ask(WHO))["viewer"] is None


@pytest.mark.parametrize("page", OURS, ids=str)
async def test_a_session_is_heeded_from_our_own_pages(office: Office, page: dict[str, str]) -> None:
    cookie = await office.cookie("editor")
    account = (await office.ask(WHO, None, {**cookie, **page}))["viewer"]["account"]
    assert account == {"id": office.accounts["editor"], "role": "EDITOR", "scopes": None}
    assert (await office.ask(ASSURE, None, {**cookie, **page}, id=ORGANISATION))["recordAssure"]["userErrors"] == []


@pytest.mark.parametrize("page", FOREIGN, ids=str)
async def test_a_cookie_that_a_foreign_page_sends_is_nobodys(office: Office, page: dict[str, str]) -> None:
    headers = {**await office.cookie("editor"), **page}
    before = await sizes(office.database)
    assert (await office.ask(WHO, None, headers))["viewer"] is None
    refused = (await office.ask(ASSURE, None, headers, id=ORGANISATION))["recordAssure"]
    assert refused == {"seq": None, "userErrors": [{"code": "NOT_SIGNED_IN"}]}
    assert await sizes(office.database) == before
    answer = await office.client.get("/graphql", params={"query": WHO}, headers=headers)
    assert answer.json()["data"]["viewer"] is None
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


async def test_what_is_the_viewers_is_never_kept_nor_compiled(office: Office) -> None:
    ours = {**await office.cookie("editor"), **OURS[0]}
    compiled = office.app.plans.compiled  # type: ignore[attr-defined]
    spread = "query { ...F } fragment F on Query { ... { mine: viewer { account { role } } } }"
    for query in (WHO, spread):
        for headers in (ours, {"authorization": f"Bearer {office.tokens['owner']}"}, {}):
            for _ in range(3):
                answer = await office.client.get("/graphql", params={"query": query}, headers=headers)
                assert answer.headers["cache-control"] == "no-store"
                assert "etag" not in answer.headers
                [viewer] = answer.json()["data"].values()
                role = None if viewer is None else viewer["account"]["role"]
                assert role == {0: None, 1: "REPRESENTATIVE"}.get("authorization" in headers) or headers is ours
    assert office.app.plans.compiled == compiled  # type: ignore[attr-defined]


async def test_a_mutation_by_get_is_refused_with_a_cookie_too(office: Office) -> None:
    headers = {**await office.cookie("editor"), **OURS[0], "accept": GRAPHQL}
    query = {"query": ASSURE, "variables": f'{{"id": "{ORGANISATION}"}}'}
    answer = await office.client.get("/graphql", params=query, headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("lacks", [{"totp_secret": "x", "proved": None}, {"totp_secret": None, "proved": "y"}], ids=str)
async def test_who_has_not_proved_the_second_factor_is_nobody(office: Office, lacks: dict[str, Any]) -> None:
    headers = {**await office.cookie("editor"), **OURS[0]}
    async with office.database.transaction() as transaction:
        if lacks["proved"] is None:
            await transaction.execute("UPDATE session SET second_factor_at = NULL")
        await transaction.execute("UPDATE account SET totp_secret = ?", lacks["totp_secret"])
    assert (await office.ask(WHO, None, headers))["viewer"] is None


async def test_tokens_that_are_none_are_all_refused_alike(office: Office) -> None:
    ended = await office.token("editor", Scope.WRITE)
    async with office.database.transaction() as transaction:
        past = moment(datetime.now(UTC) - timedelta(seconds=1), transaction.dialect)
        await transaction.execute("UPDATE api_token SET expires_at = ? WHERE scopes = ?", past, '["write"]')
    answers = []
    for token in (ended, "kopa_" + "x" * 32, "", "\x7f" * 5_000):
        answer = await office.post(WHO, None, {"authorization": f"Bearer {token}"})
        answers.append((answer.status_code, answer.headers["www-authenticate"], answer.json()))
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 401
    assert answers[0][2]["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_a_token_is_good_for_its_scopes(office: Office) -> None:
    await office.draft("organisationUpdate", {"id": ORGANISATION, "founded": 1990})
    drafts = "{ viewer { drafts { totalCount } can(step: PROPOSE, noun: ORGANISATION) } }"
    for scopes, seen, may in (([Scope.READ], 1, False), ([Scope.WRITE], 0, True), ([Scope.EXPORT], 0, False)):
        headers = {"authorization": f"Bearer {await office.token('editor', *scopes)}"}
        viewer = (await office.ask(drafts, None, headers))["viewer"]
        assert viewer == {"drafts": {"totalCount": seen}, "can": may}
        before = await sizes(office.database)
        errors = (await office.ask(ASSURE, None, headers, id=ORGANISATION))["recordAssure"]["userErrors"]
        assert errors == ([] if may else [{"code": "NOT_ALLOWED"}])
        assert ((await sizes(office.database)) == before) is not may


async def test_an_account_spends_of_its_own_wherever_it_asks_from(office: Office) -> None:
    allowances = office.app.endpoint.endpoint._allowances  # type: ignore[attr-defined]
    await office.ask(WHO, "editor")
    await office.ask("{ directory { licences } }", "owner")
    await office.ask(WHO, None, {**await office.cookie("analyst"), **OURS[0]})
    left = {whom for whom, (left, _) in allowances._left.items() if left < allowances.a_minute}
    assert left == {office.accounts[name] for name in ("editor", "owner", "analyst")}
    assert REFUSING > 0
