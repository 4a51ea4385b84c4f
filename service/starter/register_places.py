"""Where the services of the register's sample are given.

Of a place that must not be found only the municipality is published. Rows of one provider at one point share
a place, so that what is decided for one service of a building holds for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from service.editing.revisions import Draft
from service.starter import register
from service.starter.drafting import Content, draft, evidence
from service.starter.files import Row, rows


def place_drafts() -> Iterator[Draft]:
    for row in rows(register.SAMPLE):
        if place_key(row) == _own_key(row):
            yield draft("location", _own_key(row), _content(row))


def place_key(row: Row) -> str:
    """The place of a row: its own, or that of the first row of the same provider at the same point."""
    return _first_at_point().get(_point(row), _own_key(row))


@cache
def _first_at_point() -> dict[tuple[str, ...], str]:
    first: dict[tuple[str, ...], str] = {}
    for row in rows(register.SAMPLE):
        if row["lon"]:
            first.setdefault(_point(row), _own_key(row))
    return first


def _own_key(row: Row) -> str:
    return f"register:{row['register_id']}"


def _point(row: Row) -> tuple[str, ...]:
    return register.provider_key(row), row["lon"], row["lat"]


def _content(row: Row) -> Content:
    says = "Vieta, kur sniedz pakalpojumu.", "The place where the service is given."
    found = [evidence(register.SOURCE, *says, locator=row["register_id"])]
    if row["lon"]:
        says = "Adreses koordinātas, noapaļotas.", "The coordinates of the address, rounded."
        found.append(evidence("state-address-register", *says, field="lon"))
    return {
        "location_type": "physical",
        "confidential": row["location_hidden"] == "yes",
        "region": row["municipality"],
        "town": {"lv": row["town"]} if row["town"] else None,
        "lon": float(row["lon"]) if row["lon"] else None,
        "lat": float(row["lat"]) if row["lat"] else None,
        "evidence": found,
    }
