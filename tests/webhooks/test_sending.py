"""Where a message may go, and that it goes to the address that was looked at and to nobody else."""

from __future__ import annotations

import socket
import ssl
from base64 import b64encode
from ipaddress import ip_network
from typing import Any

import pytest
import trustme

from service.webhooks import signing
from service.webhooks.sending import MOST_READ, Sender
from tests.webhooks.conftest import HERE
from tests.webhooks.receiver import Receiver, receiving

NOT_PUBLIC = "not a public address by https"


async def post(sender: Sender, url: str) -> Any:
    async with sender.connected() as client:
        return await sender.send(client, url, {"webhook-id": "msg_1"}, b"{}")


def test_the_signature_of_the_standards_own_example() -> None:
    """The example of the specification: https://github.com/standard-webhooks/standard-webhooks"""
    body = b'{"test": 2432232314}'
    told = signing.headers("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert told["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_every_secret_is_another() -> None:
    secrets = {signing.new_secret() for _ in range(20)}
    assert len(secrets) == 20
    assert all(secret.startswith("whsec_") and len(secret) == 6 + len(b64encode(bytes(32))) for secret in secrets)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "[::1]", "[::]",
     "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
     "100.64.0.1", "224.0.0.1", "[ff02::1]", "127.1", "2130706433", "0x7f000001"],
)  # fmt: skip
async def test_private_addresses_are_refused_however_they_are_written(host: str) -> None:
    answer = await post(Sender(seconds=5), f"https://{host}:9/")
    assert (answer.status, answer.is_taken) == (None, False)
    assert answer.problem in (NOT_PUBLIC, "the name leads nowhere"), answer


async def test_private_addresses_are_reached_where_the_settings_say_so(receiver: Receiver) -> None:
    assert (await post(Sender(HERE), receiver.url)).status == 200
    assert (await post(Sender((ip_network("127.0.0.2/32"),)), receiver.url)).problem == NOT_PUBLIC
    assert len(receiver.got) == 1


async def test_plain_http_is_for_private_networks_only(monkeypatch: pytest.MonkeyPatch) -> None:
    lead(monkeypatch, "93.184.216.34")
    assert (await post(Sender(), "http://example.org/")).problem == NOT_PUBLIC


async def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lead(monkeypatch, "93.184.216.34", "10.0.0.1")
    assert (await post(Sender(), "https://example.org/")).problem == NOT_PUBLIC


async def test_no_redirect_is_followed(receiver: Receiver) -> None:
    with receiving() as other:
        receiver.answers, receiver.location = [307], other.url
        answer = await post(Sender(HERE), receiver.url)
        assert (answer.status, answer.is_taken) == (307, False)
        assert other.got == []


async def test_of_a_long_answer_not_much_is_read(receiver: Receiver) -> None:
    receiver.body = b"x" * MOST_READ * 100
    assert (await post(Sender(HERE), receiver.url)).status == 200


async def test_nobody_there(receiver: Receiver) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = await post(Sender(HERE), f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert (answer.status, answer.problem) == (None, "ConnectError")


async def test_the_certificate_is_of_the_name_and_the_request_goes_to_the_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority = trustme.CA()
    served, trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("hooks.example.org").configure_cert(served)
    authority.configure_trust(trusted)
    looked_up = lead(monkeypatch, "127.0.0.1")
    with receiving(served, "hooks.example.org") as receiver:
        assert (await post(Sender(HERE, trusted), receiver.url)).status == 200
        assert receiver.got[0].headers["host"].startswith("hooks.example.org:")
        assert looked_up == ["hooks.example.org"]
        wrong = receiver.url.replace("hooks.example.org", "other.example.org")
        assert (await post(Sender(HERE, trusted), wrong)).problem == "ConnectError"
        assert (await post(Sender(HERE), receiver.url)).problem == "ConnectError"
        assert len(receiver.got) == 1


def lead(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name lead to these addresses; the names that are looked up."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def found(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in addresses:
            return real(host, port, *more, **options)
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return asked
