"""Letters: nothing secret waits in the database, and what cannot be sent is tried again."""

from __future__ import annotations

import logging
import re
from datetime import datetime

import pytest

from service.accounts import letters, links
from service.accounts.letters import MOST_TRIES, Post
from service.accounts.signing_in import Entrance, ask_for_letter
from service.accounts.tokens import digest
from service.accounts.writers import WORDS, WRITERS
from service.errors import MailError
from service.mail import Mail
from service.models.account import LinkPurpose
from tests.accounts.somebody import DOOR, EMAIL, NOW, after, member

SITE = "https://example.org/"


class Desk:
    """Keeps what it is given; while it is closed it takes nothing."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.is_open = True

    async def send(self, mail: Mail) -> None:
        if not self.is_open:
            raise MailError("The mail server is away.")
        self.mails.append(mail)


def post(entrance: Entrance, desk: Desk) -> Post:
    return Post(entrance.database, desk, SITE, WRITERS)


async def test_a_letter_has_a_link_that_works_from_when_it_goes_out(entrance: Entrance) -> None:
    account = await member(entrance, language="en")
    await ask_for_letter(entrance, LinkPurpose.SIGN_IN, EMAIL, DOOR, NOW)
    assert await entrance.database.fetch("SELECT id FROM one_time_link WHERE purpose = 'sign_in'") == []
    desk = Desk()
    assert await post(entrance, desk).send_due(after(hours=5)) == 1
    [mail] = desk.mails
    assert (mail.to, mail.subject) == (EMAIL, "Signing in at Kopā")
    token = re.findall(r"https://example\.org/account/link/(\S+)", mail.text)[0]
    link = await links.read(entrance.database, token, after(hours=5, minutes=14))
    assert link is not None
    assert link.account == account
    assert await entrance.database.fetch("SELECT id FROM letter") == []
    assert [row["token"] for row in await entrance.database.fetch("SELECT token FROM one_time_link")][-1:] != [token]
    assert await post(entrance, desk).send_due(after(hours=6)) == 0


async def test_a_letter_to_nobody_is_thrown_away(entrance: Entrance) -> None:
    await ask_for_letter(entrance, LinkPurpose.RESET, "nobody@example.org", DOOR, NOW)
    desk = Desk()
    assert await post(entrance, desk).send_due(NOW) == 0
    assert desk.mails == []
    assert await entrance.database.fetch("SELECT id FROM letter") == []


async def test_what_cannot_be_sent_is_tried_again_later_and_given_up_in_the_end(
    entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    await member(entrance)
    await ask_for_letter(entrance, LinkPurpose.SIGN_IN, EMAIL, DOOR, NOW)
    desk = Desk()
    desk.is_open = False
    now, tries = NOW, 0
    while await entrance.database.fetch("SELECT id FROM letter"):
        tries += await _tried(entrance, desk, now)
        now = after(minutes=tries * 200)
        assert tries <= MOST_TRIES
    assert tries == MOST_TRIES
    assert EMAIL not in caplog.text
    assert [record.levelno for record in caplog.records].count(logging.ERROR) == 1


async def _tried(entrance: Entrance, desk: Desk, now: datetime) -> int:
    assert await post(entrance, desk).send_due(now) == 0
    [*rows] = await entrance.database.fetch("SELECT tries FROM letter")
    assert await post(entrance, desk).send_due(now) == 0  # Not again at once.
    assert await entrance.database.fetch("SELECT tries FROM letter") == rows
    return 1


async def test_it_goes_out_when_the_server_is_back(entrance: Entrance) -> None:
    await member(entrance)
    await ask_for_letter(entrance, LinkPurpose.SIGN_IN, EMAIL, DOOR, NOW)
    desk = Desk()
    desk.is_open = False
    await post(entrance, desk).send_due(NOW)
    desk.is_open = True
    assert await post(entrance, desk).send_due(after(minutes=2)) == 1


async def test_only_hashes_of_what_was_sent_are_kept(entrance: Entrance) -> None:
    await member(entrance)
    await ask_for_letter(entrance, LinkPurpose.SIGN_IN, EMAIL, DOOR, NOW)
    desk = Desk()
    await post(entrance, desk).send_due(NOW)
    token = desk.mails[0].text.partition("/link/")[2].split()[0]
    kept = {row["token"] for row in await entrance.database.fetch("SELECT token FROM one_time_link")}
    assert digest(token) in kept
    assert token not in kept


def test_every_letter_about_accounts_is_written_in_both_languages() -> None:
    for words in WORDS.values():
        assert set(words) == {"lv", "en"}
        assert all("{address}" in text for _, text in words.values())
    assert letters.AT_ONCE > 1
