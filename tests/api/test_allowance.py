"""Allowances: what a client may ask for a minute, who is one client, and that clients are forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service.api import allowance
from service.api.allowance import MINUTE, Allowances
from service.api.http import Endpoint
from service.errors import TooOften
from tests.api.over_http import GRAPHQL, NAME, NAMED, application, figure, opened

HOST = "203.0.113.7"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _refused(allowances: Allowances, cost: int) -> int | None:
    try:
        allowances.spend(HOST, cost)
    except TooOften as refused:
        return refused.seconds
    return None


@given(st.integers(1, 1_000), st.lists(st.tuples(st.integers(1, 500), st.floats(0, 90)), max_size=60))
def test_nobody_gets_more_than_a_bucket_and_what_flows_into_it(a_minute: int, asked: list[tuple[int, float]]) -> None:
    """Over any stretch of time from the beginning; and who waits as long as is said gets what was refused."""
    clock = Clock()
    allowances, spent = Allowances(a_minute, clock), 0.0
    for cost, pause in asked:
        clock.now += pause
        if (seconds := _refused(allowances, cost)) is not None:
            assert 1 <= seconds <= MINUTE
            clock.now += seconds
            allowances.spend(HOST, cost)
        spent += min(cost, a_minute)
        assert spent <= a_minute * (1 + (clock.now - 1_000.0) / MINUTE) + 1e-6


def test_a_bucket_is_empty_once_it_is_spent() -> None:
    allowances = Allowances(100, Clock())
    allowances.spend(HOST, 60)
    with pytest.raises(TooOften) as refused:
        allowances.spend(HOST, 60)
    assert refused.value.seconds == 12
    allowances.spend(HOST, 40)
    allowances.spend("203.0.113.8", 100)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("nobody", "unix", True),
    ],
)
def test_a_household_is_one_client(one: str, other: str, same: bool) -> None:
    allowances = Allowances(100, Clock())
    allowances.spend(one, 100)
    if same:
        with pytest.raises(TooOften):
            allowances.spend(other, 1)
    else:
        allowances.spend(other, 1)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_has_no_limit_nor_has_anybody_when_it_is_off(host: str) -> None:
    local, off = Allowances(1, Clock()), Allowances(0, Clock())
    for _ in range(5):
        local.spend(host, 1_000)
        off.spend(HOST, 1_000)


def test_clients_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST_CLIENTS", 50)
    allowances = Allowances(100, Clock())
    for n in range(500):
        allowances.spend(f"203.0.{n // 250}.{n % 250}", 1)
    assert len(allowances._left) == 50


def _allowances(client: TestClient) -> Allowances:
    endpoint = application(client).endpoint.endpoint
    assert isinstance(endpoint, Endpoint)
    return endpoint._allowances


def test_over_http(tmp_path: Path) -> None:
    """By the cost of what is asked; a trusted proxy says by whom; what is refused is not executed."""
    with opened(tmp_path, rate_limit=3_000) as client:
        _allowances(client)._now = Clock()

        def ask(host: str, **headers: str) -> int:
            sent = {"x-forwarded-for": host, "accept": GRAPHQL, **headers}
            answer = client.post("/graphql", json={"query": NAME, "variables": NAMED}, headers=sent)
            if answer.status_code == 429:
                assert 1 <= int(answer.headers["retry-after"]) <= 60
                assert answer.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
            return answer.status_code

        statuses = [ask(HOST) for _ in range(900)]
        first = statuses.index(429)
        assert first == (3_000 - 500) // 3, "500 for a document that was not known, 3 for each answer"
        assert set(statuses[:first]) == {200}
        assert set(statuses[first:]) == {429}
        assert figure(client, "kopa_graphql_refusals_total", code="RATE_LIMITED") == statuses.count(429)
        assert ask("203.0.113.8") == 200
        assert ask(f"{HOST}, 203.0.113.9") == 200, "who is behind somebody else's proxy is not believed"
        assert ask(f"198.51.100.1, {HOST}") == 429
        assert ask("127.0.0.1") == 200


def test_what_cannot_be_compiled_costs_tenfold(tmp_path: Path) -> None:
    with opened(tmp_path, rate_limit=100_000_000) as client:
        _allowances(client)._now = Clock()
        left = _allowances(client)._left

        def times(query: str, host: str) -> int:
            """How many times its price was taken from a bucket when it was asked for the third time."""
            for _ in range(2):
                client.post("/graphql", json={"query": query}, headers={"x-forwarded-for": host})
            before = left[host][0]
            answer = client.post("/graphql", json={"query": query}, headers={"x-forwarded-for": host}).json()
            return round((before - left[host][0]) / answer["extensions"]["cost"]["requested"])

        assert times("{ organisations { nodes { name } } }", "203.0.113.1") == 1
        assert times("{ changes(first: 100) { nodes { seq } } }", "203.0.113.2") == 10


def test_what_cannot_be_compiled_has_to_be_small(tmp_path: Path) -> None:
    """It takes some hundred times longer."""
    large = "organisations(first: 100) { nodes { regions(first: 30) { nodes { id } } } }"
    query = f"{{ changes(first: 100) {{ nodes {{ seq }} }} {large} }}"
    with opened(tmp_path) as client:
        answer = client.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
    assert answer.status_code == 400
    told = answer.json()["errors"][0]["extensions"]
    assert (told["code"], told["limit"]) == ("COST_EXCEEDED", 1_000)
    assert 3_000 < told["cost"] < 10_000
