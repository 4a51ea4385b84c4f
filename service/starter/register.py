"""The sample of the register of social service providers: whose record each row is.

One organisation stands for one name, folded of quotation marks and case, in one municipality; its several rows
are its services. The name of a unit often begins with that of its parent; the column `parent_name` has it.
"""

from __future__ import annotations

from functools import cache

from service.starter.files import Row, rows
from service.starter.names import folded

SAMPLE = "register_sample.csv"
SOURCE = "provider-register"
SNAPSHOT = "2026-10-10"
SOCIAL_SERVICE = "sociālais, tai skaitā pašvaldības sociālais dienests"

DOCUMENTED = {
    "latvijas sos bērnu ciematu asociācija": "sos-bernu-ciemati",
    "nodibinājums centrs dardedze": "centrs-dardedze",
}
"""The organisations of the register that the documents know too, by folded name."""

Group = list[Row]


@cache
def providers() -> dict[str, Group]:
    """The rows of each provider, by the organisation's key."""
    groups: dict[str, Group] = {}
    for row in rows(SAMPLE):
        groups.setdefault(provider_key(row), []).append(row)
    return groups


@cache
def parents() -> dict[str, Group]:
    """The rows of the units of each parent that has no row of its own, by the parent's key."""
    groups: dict[str, Group] = {}
    for row in rows(SAMPLE):
        key = parent_key(row)
        if key and key not in providers() and key not in DOCUMENTED.values():
            groups.setdefault(key, []).append(row)
    return groups


def provider_key(row: Row) -> str:
    name = folded(row["name"])
    return DOCUMENTED.get(name) or f"register:{name} / {row['municipality']}"


def parent_key(row: Row) -> str | None:
    """A parent in the row's own municipality comes first, then one elsewhere, then one without a row."""
    name = folded(row["parent_name"])
    if not name or name in DOCUMENTED:
        return DOCUMENTED.get(name)
    same_name = [key for key in providers() if key.startswith(f"register:{name} / ")]
    own = f"register:{name} / {row['municipality']}"
    return own if own in same_name else min(same_name, default=f"register:{name}")


def is_social_service(row: Row) -> bool:
    """The row of a municipal social service, which describes the body itself and not one of its units."""
    return row["register_service"] == SOCIAL_SERVICE and row["parent_kind"] == "municipality"


def locator(group: Group) -> str:
    """The register numbers of the rows."""
    return ", ".join(row["register_id"] for row in group)
