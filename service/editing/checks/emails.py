"""E-mail addresses: one that looks like a person's is published only where the organisation chose it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from service.editing.checks.published import Places, Published
from service.editing.messages import problem
from service.errors import Problem
from service.models.fields import Email
from service.models.shape import shape

FUNCTIONAL = frozenset(
    """
    administracija asociacija atbalsts bariba biedriba birojs centrs contact departaments dienas dienests dome epasts
    fonds hello iestade info kanceleja kontakti lietvediba mail novads office parvalde pasts pasvaldiba pieteikumi
    pilseta projekti rezervacija riga sekretare sociala socialais support welcome
    """.split()  # noqa: SIM905 - words read better than quotes
)


async def emails_are_functional(published: Published, places: Places) -> AsyncIterator[Problem]:
    for id, (noun, content) in published.contents.items():
        for name, field in shape(noun).scalars.items():
            address = content.get(name) if isinstance(field, Email) else None
            if address and not content.get("email_by_choice") and is_person_shaped(address):
                yield problem("person_shaped_email", (*places[id], name))


def is_person_shaped(address: str) -> bool:
    """Whether it reads like `name.surname@`, perhaps with a number."""
    words = re.split(r"[._-]", address.partition("@")[0].rstrip("0123456789"))
    return len(words) == 2 and all(re.fullmatch("[a-z]+", word) and word not in FUNCTIONAL for word in words)
