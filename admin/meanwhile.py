"""A draft that was saved elsewhere while its form was open: both made one, and not a word of either lost."""

from __future__ import annotations

from dataclasses import dataclass

from admin.conflicts import MARKS, clashing, is_changed, merged, read_marks, taken
from admin.entries import Told
from admin.filling import tell
from admin.forms import pickings
from admin.reading import read, spread
from admin.saving import writable
from admin.typed import Typed
from admin.visit import Desk
from service.editing.content import Content, Reading
from service.editing.desk import Sheet
from service.editing.patching import patched
from service.editing.revisions import UNFINISHED
from service.errors import Problem


@dataclass(frozen=True)
class Met:
    """A form that holds what both wrote, and what is to be said in it."""

    typed: Typed
    told: Told

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to choose anything."""
        return not self.told.clashes and not self.told.problems


async def met(desk: Desk, sheet: Sheet) -> Met:
    """The typed form and the draft as it is kept now, made one field by field."""
    noun, theirs, marks = sheet.whole.noun, sheet.seen.content, read_marks(desk.typed.text(MARKS))
    ours, problems = _as_typed(desk, sheet)
    unreadable = dict.fromkeys(str(each.path[0]) for each in problems)
    known = {name: theirs[name] for name in unreadable if name in theirs}
    content, both = merged(marks, {**ours, **known}, theirs)
    asked = [*unreadable, *taken(desk.typed)]  # What was chosen before is chosen anew.
    names = [*both, *(name for name in asked if is_changed(marks, theirs, name))]
    typed = spread(noun, content, desk.language)
    for name in unreadable:
        typed.bring(desk.typed, name)
    _bring_new(noun, desk.typed, typed)
    mine = {name: value for name, value in content.items() if name not in unreadable}
    told = Told(tell(problems, desk.language, skip=0), clashes=await clashing(desk, noun, names, mine, theirs))
    return Met(typed, told)


def _as_typed(desk: Desk, sheet: Sheet) -> tuple[Content, list[Problem]]:
    """The content that the form would make of what is kept, and what of it cannot be read."""
    noun, reading = sheet.whole.noun, Reading()
    patch = read(noun, desk.typed, writable(desk, noun, sheet.whole.record))
    content = reading.record(noun, sheet.whole.record, patched(noun, sheet.seen.content, patch))
    return content, [each for each in reading.problems if each.code not in UNFINISHED]


def _bring_new(noun: str, typed: Typed, to: Typed) -> None:
    """What is being created on the spot goes along to where its field stands now."""
    for name, _, _ in pickings(noun, typed):
        place = _place_now(name, typed, to)
        for path in (f"{name}.new", f"{name}.find") if place else ():
            to.bring(typed, path, path.replace(name, place, 1))


def _place_now(name: str, typed: Typed, to: Typed) -> str:
    """The name that a field of a row has in another form; nothing when the row is not there any more."""
    part, _, rest = name.partition(".")
    number, _, field = rest.partition(".")
    if not number.isdigit():
        return name
    id = typed.text(f"{part}.{number}.id")
    row = next((row for row in to.rows(part) if to.text(f"{part}.{row}.id") == id), None)
    return "" if row is None else f"{part}.{row}.{field}"
