"""Letters on their way out: by a mail server with TLS, or on the console for the administrator to hand over."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from service.errors import MailError
from service.settings import Settings

SECONDS = 20
"""How long a mail server may take for each answer."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts to which a letter may go without TLS: it does not leave the machine."""


@dataclass(frozen=True)
class Mail:
    """One letter to one address, in plain text."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    async def send(self, mail: Mail) -> None:
        """Hand a letter over; raises MailError."""


def mailer(settings: Settings) -> Mailer:
    """The way the settings say that letters go."""
    return Smtp(settings.smtp_url, settings.mail_from) if settings.smtp_url else Console()


class Console:
    """Prints letters, for a directory that has no mail server."""

    async def send(self, mail: Mail) -> None:
        printed = f"\nNo mail server is set (KOPA_SMTP_URL). Hand this over to {mail.to} yourself:\n\n{mail.text}\n"
        sys.stderr.write(printed)
        sys.stderr.flush()


class Smtp:
    """Hands letters to a mail server: TLS from the start (smtps), or as soon as it greets (smtp, STARTTLS)."""

    def __init__(self, url: str, sender: str) -> None:
        self._server = urlsplit(url)
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        await asyncio.to_thread(self._send, self._message(mail))

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = self._sender, mail.to, mail.subject
        except ValueError as error:
            raise MailError("The address or the subject of a letter cannot stand in a letter.") from error
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message

    def _send(self, message: EmailMessage) -> None:
        try:
            with self._connected() as server:
                if self._server.username:
                    server.login(unquote(self._server.username), unquote(self._server.password or ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            # Not what the server says: it may repeat the address.
            raise MailError(f"The mail server did not take a letter ({type(error).__name__}).") from error

    def _connected(self) -> smtplib.SMTP:
        host = self._server.hostname or ""
        context = ssl.create_default_context()
        if self._server.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self._server.port or 465, timeout=SECONDS, context=context)
        server = smtplib.SMTP(host, self._server.port or 587, timeout=SECONDS)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif not _may_be_plain(self._server):
                raise smtplib.SMTPNotSupportedError("no STARTTLS")
        except BaseException:
            server.close()
            raise
        return server


def _may_be_plain(server: SplitResult) -> bool:
    return server.hostname in LOOPBACK and not server.username
