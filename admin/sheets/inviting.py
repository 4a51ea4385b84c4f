"""What each row of a sheet of recipients would do: invite an organisation, a new one, or why it cannot."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from admin.naming import title
from admin.sheets.columns import NUMBER, SPOKEN, Column
from admin.sheets.examining import Finding
from admin.sheets.finding import Finder
from admin.sheets.keeping import KeptRow
from service.accounts.people import LANGUAGES, canonical_email
from service.campaigns.keeping import Addressee
from service.campaigns.opening import first_content
from service.campaigns.recipients import Recipient
from service.catalogue.words import fold
from service.editing.content import Reading
from service.editing.drafts import new_id
from service.editing.revisions import UNFINISHED
from service.editing.rules import broken_rules
from service.errors import InputError
from service.i18n import Words, words
from service.models.sheet import Verdict

NOUN = "organisation"
CALLED = {
    "lv": ("lv", "latviešu", "latviski", "latvian"),
    "en": ("en", "angļu", "angliski", "english"),
}
"""What a sheet may call the language of letters."""
LANGUAGE_OF = {fold(each): language for language, those in CALLED.items() for each in those}
ROW = -1
"""The place of a problem that is about the whole row."""

Told = tuple[int, Mapping[str, str]]


@dataclass
class Guests:
    """Looks at the rows of one sheet, in their order; what one has taken, a later one cannot take again."""

    columns: Sequence[Column | None]
    finder: Finder
    invited: Collection[Recipient]
    colleagues: Collection[str]
    words: Words
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._places = {column.name: place for place, column in enumerate(self.columns) if column is not None}
        self._invited = {mark for each in self.invited for mark in _marks_of(each)}

    def look(self, row: KeptRow) -> Finding:
        """What a row would do."""
        found = self.finder.find(row.cells)
        record, problems = found.record, [*found.problems]
        name = title(record, self.words) if record is not None else self._cell(row, "name")
        guest = Addressee(
            organisation=record.id if record is not None else new_id(),
            name=name,
            number=self._cell(row, NUMBER) or None,
            email=self._cell(row, "email").lower(),
            language=LANGUAGE_OF.get(fold(self._cell(row, SPOKEN)), LANGUAGES[0]),
        )
        problems += [*self._wrong(guest, record)] if not problems else []
        marks = {*_marks(guest.email, guest.organisation, guest.number, "" if record is not None else name)}
        problems += [*self._again(guest, marks)] if not problems else []
        if problems:
            return Finding(Verdict.ERROR, guest.organisation, name, problems=problems)
        self._taken |= marks
        verdict = Verdict.NEW if record is None else Verdict.SAME
        return Finding(verdict, guest.organisation, name, patch=_patch(guest))

    def _wrong(self, guest: Addressee, record: Any) -> Iterator[Told]:
        """What is wrong with a row by itself."""
        try:
            canonical_email(guest.email)
        except InputError:
            yield self._told("email", "no_usable_address")
        if guest.email in self.colleagues:
            yield self._told("email", "address_of_colleague")
        if record is None and not guest.name:
            yield self._told("name", "name_needed")
        elif record is None:
            yield from self._unreadable(guest)

    def _unreadable(self, guest: Addressee) -> Iterator[Told]:
        """What speaks against a new organisation as the sheet has it."""
        reading = Reading()
        content = reading.record(NOUN, guest.organisation, first_content(guest.name, guest.number))
        problems = [each for each in reading.problems if each.code not in UNFINISHED]
        for each in problems or broken_rules(NOUN, guest.organisation, content, ()):
            name = NUMBER if each.path[:1] == ("identifiers",) else "name"
            yield self._places.get(name, ROW), each.words

    def _again(self, guest: Addressee, marks: set[str]) -> Iterator[Told]:
        """Whether the sheet or a campaign names the same before."""
        if marks & self._taken:
            yield self._told("email" if guest.email in self._taken else "", "twice_in_sheet")
        elif marks & self._invited:
            yield self._told("email" if guest.email in self._invited else "", "invited_already")

    def _cell(self, row: KeptRow, name: str) -> str:
        place = self._places.get(name)
        return "" if place is None else " ".join(row.cells[place].split())

    def _told(self, column: str, name: str) -> Told:
        return self._places.get(column, ROW), {language: words(language)(name) for language in LANGUAGES}


def _marks_of(recipient: Recipient) -> Iterator[str]:
    yield from _marks(recipient.email or "", recipient.organisation, recipient.number, recipient.name)


def _marks(email: str, organisation: str, number: str | None, name: str) -> Iterator[str]:
    """By what two rows are about the same: a new organisation also by its name, where it has no number."""
    yield from (mark for mark in (email, organisation, number) if mark)
    if name and not number:
        yield f"name {fold(name)}"


def _patch(guest: Addressee) -> dict[str, Any]:
    return {"number": guest.number, "email": guest.email, "language": guest.language}


def addressee(row: KeptRow) -> Addressee:
    """Whom a row that was looked at invites."""
    finding = row.finding
    return Addressee(organisation=finding["record"], name=finding["name"], **finding["patch"])
