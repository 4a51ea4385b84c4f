"""The regions of today: the country, its planning regions and municipalities."""

from __future__ import annotations

from collections.abc import Iterator

from service.editing.revisions import Draft
from service.starter.drafting import Content, both, draft, evidence
from service.starter.files import Row, rows, words
from service.starter.successions import steps_of, succession_evidence


def region_drafts() -> Iterator[Draft]:
    points = {row["code"]: row for row in rows("region_points.csv")}
    for row in rows("regions.csv"):
        yield draft("region", row["code"], _content(row, points.get(row["code"])))


def _content(row: Row, point: Row | None) -> Content:
    # A municipality that has ended has no planning region of its own any more: its successor's is its own.
    ended = bool(row["valid_to"])
    steps = steps_of(row["code"])
    return {
        "code": row["code"],
        "kind": "former" if ended else row["kind"],
        "former_kind": row["kind"] if ended else None,
        "name": both(row["name_lv"], row["name_en"]),
        "parent": None if ended else row["parent_code"] or None,
        "iso": row["iso"] or None,
        "atvk": row["atvk"] or None,
        "valid_from": row["valid_from"] or None,
        "valid_to": row["valid_to"] or None,
        "lon": float(point["lon"]) if point else None,
        "lat": float(point["lat"]) if point else None,
        "note": words("region_words.toml")["notes"].get(row["code"]),
        "successions": [content for content, _ in steps],
        "nuts3": [{"version": year, "code": row[f"nuts3_{year}"]} for year in (2021, 2024) if row[f"nuts3_{year}"]],
        "evidence": [*_evidence(row, point, ended), *succession_evidence(steps)],
    }


def _evidence(row: Row, point: Row | None, ended: bool) -> Iterator[Content]:
    yield _existence(row)
    yield evidence(
        "kopa-territories",
        "Nosaukums angliski veidots no latviskā.",
        "The English name was formed from the Latvian one.",
        field="name",
        inferred=True,
    )
    if row["iso"] and row["kind"] != "country":
        yield evidence("iso-3166-2", "Teritorijas kods.", "The code of the territory.", field="iso")
    if row["parent_code"] and row["atvk"] and not ended:
        says = "Pašvaldības plānošanas reģions.", "The municipality's planning region."
        yield evidence("planning-regions-2021", *says, field="parent")
    yield from _nuts(row)
    if point:
        says = "Punkts pašvaldības teritorijā.", "A point inside the municipality."
        yield evidence("kopa-territories", *says, field="lon", inferred=True)


def _existence(row: Row) -> Content:
    if row["atvk"]:
        says = "Pašvaldība, tās ATVK kods un pastāvēšanas laiks.", "The municipality, its ATVK code and its period."
        return evidence("state-address-register", *says)
    if row["kind"] == "planning_region":
        return evidence("planning-regions-2021", "Plānošanas reģions.", "The planning region.")
    return evidence("iso-3166-2", "Valsts un tās kods.", "The country and its code.")


def _nuts(row: Row) -> Iterator[Content]:
    """Zemgale of 2021 was found by what remained; the letters of 2024 stand in one secondary source."""
    if code := row["nuts3_2021"]:
        says = f"Kods {code} (NUTS 2021).", f"Code {code} (NUTS 2021)."
        yield evidence("statistical-regions-2021", *says, field="nuts3", inferred=code == "LV009")
    if code := row["nuts3_2024"]:
        says = f"Kods {code} (NUTS 2024).", f"Code {code} (NUTS 2024)."
        yield evidence("statistical-regions-2024", *says, field="nuts3", inferred=code[-1].isalpha())
