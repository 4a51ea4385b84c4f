"""What the audit tells of an act beside who did it to whom: each detail that is ever noted, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from admin.labels import choice_name
from admin.naming import Named
from admin.sections import SECTIONS
from admin.sheets.columns import ID, RECORD, Column
from service.accounts.audit import Entry
from service.i18n import Words
from service.models.account import Role, Scope
from service.models.campaign import ApplicationKind, ApplicationState
from service.models.fields import Choices


@dataclass(frozen=True)
class Telling:
    """In which words, what organisations are called, and the entry that is told."""

    words: Words
    organisations: Mapping[str, Named]
    entry: Entry

    def label(self, name: str, text: str) -> str:
        return self.words(f"audit.{name}", value=text)

    def choice(self, kind: type[Choices], value: str) -> str:
        known = next((each for each in kind if each.value == value), None)
        return value if known is None else choice_name(self.words, known)

    def column(self, name: str) -> str:
        """What a column of an exported list is called."""
        noun = self.entry.about
        if noun not in SECTIONS or noun is None:
            return name
        if name in (ID, RECORD):
            return Column(noun, name).label(self.words)
        return self.words.first(f"field.{noun}.{name}", f"field.{name}") or name


Tell = Callable[[Telling, Any], str]


def _as_it_is(name: str) -> Tell:
    return lambda telling, value: telling.label(name, str(value))


def _role(name: str) -> Tell:
    return lambda telling, value: telling.label(name, telling.choice(Role, value))


def _choice(kind: type[Choices]) -> Tell:
    return lambda telling, value: telling.choice(kind, value)


def _by(telling: Telling, value: str) -> str:
    return telling.words.first(f"audit.by.{value}") or value


def _organisations(telling: Telling, ids: list[str]) -> str:
    names = [telling.organisations[id].name if id in telling.organisations else id for id in ids]
    return telling.label("organisations", ", ".join(names)) if names else ""


def _scopes(telling: Telling, values: list[str]) -> str:
    return telling.label("scopes", ", ".join(telling.choice(Scope, value) for value in values))


def _columns(telling: Telling, names: list[str]) -> str:
    return telling.label("columns", ", ".join(map(telling.column, names)))


DETAILS: Mapping[str, Tell] = {
    "by": _by,
    "role": _role("role"),
    "before": _role("before"),
    "kind": _choice(ApplicationKind),
    "organisations": _organisations,
    "state": _choice(ApplicationState),
    "scopes": _scopes,
    "days": lambda telling, n: telling.words.count("audit.days", n),
    "reason": _as_it_is("reason"),
    "rows": lambda telling, rows: telling.words.count("audit.rows", sum(rows.values())),
    "url": lambda telling, address: str(address),
    "format": lambda telling, kind: str(kind).upper(),
    "records": lambda telling, n: telling.words.count("records", n),
    "columns": _columns,
}
"""How each detail is told, in the order in which they are."""


def told(telling: Telling) -> list[str]:
    """The details of an entry; one that an older or newer Kopā noted under another name as it stands."""
    details = telling.entry.details
    known = [tell(telling, details[name]) for name, tell in DETAILS.items() if name in details]
    rest = [f"{name}: {value}" for name, value in sorted(details.items()) if name not in DETAILS]
    return [text for text in (*known, *rest) if text]
