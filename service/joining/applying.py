"""Applying: an organisation as a draft that waits for review, or the wish to speak for one. Each is one transaction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from service.accounts.messages import refusal
from service.accounts.people import canonical_email
from service.database import Database
from service.editing import log, revisions, workflow
from service.editing.content import Content, Reading
from service.editing.drafts import Draft, new_id
from service.editing.messages import problem, refuse
from service.editing.permits import Step
from service.editing.revisions import UNFINISHED
from service.editing.rules import broken_rules
from service.errors import InputError, Problem
from service.joining import applications
from service.joining.applications import Sender
from service.joining.messages import wrong
from service.models.campaign import ApplicationKind

AUTHOR = "application"
"""What stands as the author of drafts that came by the public form."""

NUMBER = "registration_number"
LONGEST_CAPACITY = 200
LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Profile:
    """What the public form asks of an organisation, as it was typed; regions and fields by their ids."""

    name: Mapping[str, str]
    number: str
    legal_form: str
    sector: str
    seat: str
    regions: Sequence[str]
    fields: Sequence[str]
    description: Mapping[str, str]
    email: str
    phone: str
    website: str
    id: str = field(default_factory=new_id)
    place: str = field(default_factory=new_id)

    def drafts(self) -> list[Draft]:
        """The organisation, and the place of its seat."""
        said: Content = {
            "name": _filled(self.name),
            "legal_form": self.legal_form,
            "sector": self.sector,
            "seat": self.place,
            "regions": list(self.regions),
            "fields": list(self.fields),
            "description": _filled(self.description),
            "email": self.email.strip(),
            "phone": self.phone.strip(),
            "website": self.website.strip(),
            "identifiers": [{"scheme": NUMBER, "value": number}] if (number := self.number.strip()) else [],
        }
        seat = {"location_type": "physical", "region": self.seat}
        kept = {name: value for name, value in said.items() if value}
        return [Draft("organisation", self.id, kept), Draft("location", self.place, seat)]

    def problems(self) -> list[Problem]:
        """All that is wrong, one sentence for each field."""
        found = [problem("required", (name,)) for name in ("legal_form", "sector", "seat") if not getattr(self, name)]
        found += [wrong("choose_some", name) for name in ("regions", "fields") if not getattr(self, name)]
        found += [problem("required", ("name",))] if not self.name.get("lv", "").strip() else []
        found += [problem("required", ("description",))] if not self.description.get("lv", "").strip() else []
        wrong_number = self.number and not re.fullmatch("[0-9]{11}", self.number)
        found += [wrong("number_wrong", "number")] if wrong_number else []
        contacts = (self.email, self.phone, self.website)
        found += [] if any(map(str.strip, contacts)) else [wrong("contact_needed", "email")]
        told = {each.path[0] for each in found}
        return [*found, *(each for each in self._unreadable() if each.path[:1] and each.path[0] not in told)]

    def _unreadable(self) -> list[Problem]:
        reading = Reading()
        organisation = self.drafts()[0]
        content = reading.record(organisation.noun, organisation.id, organisation.content)
        unread = [each for each in reading.problems if each.code not in UNFINISHED]
        broken = [] if unread else broken_rules(organisation.noun, organisation.id, content, ())
        return [Problem(each.code, each.path[:1], each.words) for each in (*unread, *broken)]


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


async def join(database: Database, profile: Profile, sender: Sender, now: datetime) -> str:
    """Give an organisation to review that is not in the directory; the id of the application. Raises InputError."""
    found = profile.problems()
    canonical, address = _address(sender)
    refuse([*found, *address])
    async with log.writing(database) as (transaction, at):
        saved = await revisions.begin(transaction, profile.drafts(), at, author=AUTHOR)
        await workflow.move(transaction, saved.proposals, Step.SUBMIT, at)
        return await applications.keep(transaction, ApplicationKind.JOIN, profile.id, canonical, now)


async def claim(database: Database, organisation: str, sender: Sender, capacity: str, note: str, now: datetime) -> str:
    """Ask to speak for a published organisation; the id of the application. Raises InputError."""
    canonical, found = _address(sender)
    said, more = " ".join(capacity.split()), note.replace("\r\n", "\n").strip()
    found += [] if said else [problem("required", ("capacity",))]
    found += [problem("too_long", ("capacity",), most=LONGEST_CAPACITY)] if len(said) > LONGEST_CAPACITY else []
    found += [problem("too_long", ("note",), most=LONGEST_NOTE)] if len(more) > LONGEST_NOTE else []
    found += [problem("bad_characters", ("capacity",))] if not said.isprintable() else []
    found += [problem("bad_characters", ("note",))] if "\0" in more else []
    refuse(found)
    async with log.writing(database) as (transaction, _):
        told = {"capacity": said, "note": more or None}
        return await applications.keep(transaction, ApplicationKind.CLAIM, organisation, canonical, now, **told)


def _address(sender: Sender) -> tuple[Sender, list[Problem]]:
    """The sender with the address in one form, or what is wrong with it."""
    try:
        return Sender(canonical_email(sender.email), sender.language, sender.network), []
    except InputError:
        return sender, refusal("not_an_email", "sender").problems
