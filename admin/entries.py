"""What stands on the screen of a form: its groups, fields, rows of owned children, and what is told beside each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from admin.choosing import Target
from admin.naming import Named
from admin.typed import Typed
from service.models.shape import Shape

Option = tuple[str, str]
"""A value and what it is called."""


@dataclass(frozen=True)
class Clashing:
    """What somebody else wrote meanwhile where this form says something different."""

    shown: str


@dataclass(frozen=True)
class Picking:
    """A field that refers to records: what is chosen, what is offered or was found, what is created on the spot."""

    target: Target
    several: bool
    chosen: Sequence[Named]
    offered: Sequence[Named] | None
    found: Sequence[Named]
    searched: bool
    creates: bool
    new: Sequence[Entry] | None = None


@dataclass(frozen=True)
class Entry:
    """One field of a form."""

    name: str
    kind: str
    label: str
    help: str = ""
    required: bool = False
    expected: bool = False
    watched: bool = False
    changeable: bool = True
    long: bool = False
    type: str = "text"
    mode: str = ""
    options: Sequence[Option] = ()
    picking: Picking | None = None
    problems: Sequence[str] = ()
    warnings: Sequence[str] = ()
    clash: Clashing | None = None


@dataclass(frozen=True)
class Row:
    """One owned child."""

    number: int
    name: str
    id: str
    kept: bool
    entries: Sequence[Entry]


@dataclass(frozen=True)
class PartList:
    """A list of owned children."""

    name: str
    label: str
    help: str
    shape: Shape
    rows: Sequence[Row]
    changeable: bool = True
    problems: Sequence[str] = ()
    warnings: Sequence[str] = ()
    clash: Clashing | None = None
    kind: str = "part"


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    name: str
    label: str
    items: Sequence[Entry | PartList]
    later: bool = False
    needs_one: bool = False

    @property
    def told(self) -> bool:
        """Whether anything in it needs a look."""
        return any(each.problems or each.warnings for each in self.items)

    def is_filled(self, typed: Typed) -> bool:
        """Whether anything stands in it."""
        return any(typed.begins(each.name) or any(typed.texts(each.name)) for each in self.items)


@dataclass
class Told:
    """What is said beside the fields of a form, by their names."""

    problems: dict[str, list[str]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    clashes: dict[str, Clashing] = field(default_factory=dict)

    def summed(self, labels: Mapping[str, str], kind: str = "problems") -> Iterator[tuple[str, str, str]]:
        """Each sentence with the field to go to and its label; both are empty for the record as a whole."""
        for name, sentences in getattr(self, kind).items():
            known = next((part for part in _shorter(name) if part in labels), "")
            yield from ((known, labels.get(known, ""), sentence) for sentence in sentences)


def _shorter(name: str) -> Iterator[str]:
    """`name.lv`, `name`: a sentence about a language is found at its field."""
    while name:
        yield name
        name = name.rpartition(".")[0]
