"""Letters over a real mail server with TLS, and on the console without one."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from service.errors import MailError
from service.mail import Console, Mail, Smtp, mailer
from tests.catalogue.loading import settings

SENDER = "kopa@example.org"
LETTER = Mail("birojs@example.org", "Vai tā ir?", "Labdien!\n\nŠeit: https://example.org/answer/" + "x" * 80 + "\n")


class Inbox:
    """What a mail server was given; it refuses some."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.sessions: list[Session] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802
        if address.startswith("full"):
            return "552 Mailbox of full@example.org is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.sessions.append(session)
        return "250 OK"


def known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    said = isinstance(data, LoginPassword) and (data.login, data.password) == (b"kopa", b"p@ss/word")
    return AuthResult(success=said)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The certificate of a mail server on this machine, which this test trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@contextmanager
def server(**options: Any) -> Iterator[tuple[Inbox, int]]:
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield inbox, port
    finally:
        controller.stop()


def read(envelope: Envelope) -> Any:
    assert isinstance(envelope.content, bytes)
    return message_from_bytes(envelope.content, policy=policy.default)


async def test_a_letter_goes_by_starttls_with_a_password(authority: ssl.SSLContext) -> None:
    options = {"authenticator": known, "auth_required": True, "auth_require_tls": True, "require_starttls": True}
    with server(tls_context=authority, **options) as (inbox, port):
        await Smtp(f"smtp://kopa:p%40ss%2Fword@127.0.0.1:{port}", SENDER).send(LETTER)
    [envelope] = inbox.envelopes
    message = read(envelope)
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, LETTER.to, LETTER.subject)
    assert message.get_content().replace("\r\n", "\n") == LETTER.text
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    assert inbox.sessions[0].ssl is not None


async def test_a_letter_goes_by_tls_from_the_start(authority: ssl.SSLContext) -> None:
    with server(ssl_context=authority) as (inbox, port):
        await Smtp(f"smtps://127.0.0.1:{port}", SENDER).send(LETTER)
    assert inbox.envelopes[0].rcpt_tos == [LETTER.to]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    authority: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    options = {"tls_context": authority} if scheme == "smtp" else {"ssl_context": authority}
    with server(**options) as (inbox, port), pytest.raises(MailError):
        await Smtp(f"{scheme}://127.0.0.1:{port}", SENDER).send(LETTER)
    assert inbox.envelopes == []


async def test_without_tls_a_letter_stays_on_the_machine_and_no_password_is_told() -> None:
    with server(authenticator=known, auth_require_tls=False) as (inbox, port):
        await Smtp(f"smtp://127.0.0.1:{port}", SENDER).send(LETTER)
        with pytest.raises(MailError):
            await Smtp(f"smtp://kopa:p%40ss%2Fword@127.0.0.1:{port}", SENDER).send(LETTER)
        with pytest.raises(MailError):
            await Smtp(f"smtp://127.0.0.2:{port}", SENDER).send(LETTER)
    assert len(inbox.envelopes) == 1


async def test_what_a_server_refuses_is_told_without_the_address(authority: ssl.SSLContext) -> None:
    with server(tls_context=authority) as (inbox, port), pytest.raises(MailError) as caught:
        await Smtp(f"smtp://127.0.0.1:{port}", SENDER).send(Mail("full@example.org", "x", "x"))
    assert "full@" not in str(caught.value)
    assert inbox.envelopes == []


async def test_a_server_that_is_away_is_a_mail_error() -> None:
    with server() as (_, port):
        pass
    with pytest.raises(MailError):
        await Smtp(f"smtp://127.0.0.1:{port}", SENDER).send(LETTER)


@pytest.mark.parametrize("changed", [{"to": "a@example.org\r\nBcc: b@example.org"}, {"subject": "x\nBcc: b@e.org"}])
async def test_no_header_can_be_slipped_in(changed: dict[str, str]) -> None:
    with server() as (inbox, port):
        letter = Mail(**({"to": "a@example.org", "subject": "x", "text": "x"} | changed))
        with pytest.raises(MailError):
            await Smtp(f"smtp://127.0.0.1:{port}", SENDER).send(letter)
    assert inbox.envelopes == []


async def test_without_a_mail_server_letters_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    printer = mailer(settings())
    assert isinstance(printer, Console)
    await printer.send(LETTER)
    printed = capsys.readouterr()
    assert LETTER.to in printed.err
    assert LETTER.text in printed.err
    assert isinstance(mailer(settings(smtp_url="smtp://localhost", mail_from=SENDER)), Smtp)
