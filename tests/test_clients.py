"""Clients: what proxies say of them, and which proxies are believed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clients import Clients
from service.settings import networks

PROXY, CLIENT, OTHER = "10.0.0.1", "203.0.113.7", "198.51.100.9"
CLIENTS = Clients(networks("10.0.0.0/8,::1/128"))


def looked(peer: str | None, *headers: tuple[str, str], clients: Clients = CLIENTS) -> dict[str, Any]:
    scope: dict[str, Any] = {
        "client": None if peer is None else (peer, 1234),
        "scheme": "http",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
    }
    clients.look(scope, dict(scope["headers"]))
    return scope


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([("x-forwarded-for", CLIENT)], CLIENT),
        ([("x-forwarded-for", f"{OTHER}, {CLIENT}")], CLIENT),
        ([("x-forwarded-for", f"{OTHER}, {CLIENT}, 10.9.9.9")], CLIENT),
        ([("x-forwarded-for", OTHER), ("x-forwarded-for", CLIENT)], CLIENT),
        ([("x-forwarded-for", f"{CLIENT}:5678")], CLIENT),
        ([("x-forwarded-for", "[2001:db8::1]:5678")], "2001:db8::1"),
        ([("x-forwarded-for", "2001:db8::1")], "2001:db8::1"),
        ([("x-forwarded-for", "10.1.1.1, 10.2.2.2")], "10.1.1.1"),
        ([("x-forwarded-for", "")], PROXY),
        ([("forwarded", f"for={CLIENT};proto=https;by=10.0.0.1")], CLIENT),
        ([("forwarded", f'for={OTHER}, for="[2001:db8::1]:99"')], "2001:db8::1"),
        ([("forwarded", f'FOR="{CLIENT}:80"')], CLIENT),
        ([("forwarded", f"for={OTHER}"), ("x-forwarded-for", CLIENT)], CLIENT),
        ([], PROXY),
    ],
)
def test_a_trusted_proxy_is_believed_as_far_as_it_saw(headers: list[tuple[str, str]], expected: str) -> None:
    assert looked(PROXY, *headers)["client"][0] == expected


@pytest.mark.parametrize("peer", [CLIENT, "unix", "11.0.0.1", "::2", None])
def test_others_are_not(peer: str | None) -> None:
    scope = looked(peer, ("x-forwarded-for", OTHER), ("forwarded", f"for={OTHER}"), ("x-forwarded-proto", "https"))
    assert scope["client"] == (None if peer is None else (peer, 1234))
    assert scope["scheme"] == "http"


def test_an_address_in_the_form_of_both_is_the_same() -> None:
    assert looked("::ffff:10.0.0.1", ("x-forwarded-for", CLIENT))["client"][0] == CLIENT
    assert looked("::1", ("x-forwarded-for", CLIENT))["client"][0] == CLIENT


def test_nobody_is_trusted_when_nobody_is_named() -> None:
    nobody = Clients(networks("none"))
    assert looked("127.0.0.1", ("x-forwarded-for", CLIENT), clients=nobody)["client"][0] == "127.0.0.1"


@pytest.mark.parametrize(("said", "scheme"), [("https", "https"), ("HTTPS ", "https"), ("ftp", "http"), ("", "http")])
def test_the_scheme(said: str, scheme: str) -> None:
    assert looked(PROXY, ("x-forwarded-proto", said))["scheme"] == scheme


@given(
    st.sampled_from(["x-forwarded-for", "forwarded", "x-forwarded-proto"]), st.text(st.characters(max_codepoint=255))
)
def test_nothing_that_is_said_breaks_anything(name: str, value: str) -> None:
    host = looked(PROXY, (name, value))["client"][0]
    assert len(host) <= 64


@given(st.lists(st.sampled_from([CLIENT, OTHER, "10.1.1.1", "x"]), max_size=4), st.sampled_from([CLIENT, OTHER]))
def test_what_a_client_writes_itself_changes_nothing(written: list[str], real: str) -> None:
    """A proxy adds the address it saw at the end."""
    assert looked(PROXY, ("x-forwarded-for", ", ".join([*written, real])))["client"][0] == real
