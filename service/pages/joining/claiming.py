"""“Tas ir mūsu profils”: somebody asks to speak for a published organisation. The answer is the same for everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from service.errors import InputError
from service.joining import applying
from service.joining.applications import Sender
from service.pages.guests import Form, Guest
from service.pages.view import Missing


def _ask(guest: Guest, refused: InputError | None) -> str:
    organisation = _organisation(guest)
    title = guest.words("page.claim")
    return guest.ask("claim.html", refused, title=title, kept=False, organisation=organisation)


async def _take(guest: Guest) -> str:
    organisation = _organisation(guest)
    guest.entrance.limits.applications_of_network.take(guest.network)
    if not guest.is_program:
        sender = Sender(guest.text("sender"), guest.language, guest.network)
        said = guest.text("capacity"), guest.text("note"), datetime.now(UTC)
        await applying.claim(guest.entrance.database, organisation.id, sender, *said)
    return guest.thank(organisation)


def _organisation(guest: Guest) -> Any:
    """The published organisation that the address names. Raises Missing."""
    found = guest.catalogue.find("organisation", guest.name)
    if found is None:
        raise Missing
    return found


CLAIM = Form(_ask, _take)
