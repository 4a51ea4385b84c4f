"""What became of the 119 units of 2009 to 2021, and of Varakļānu novads in 2025.

A unit that was merged, split or enlarged is a region of its own; one that passed the reform unchanged is the
same region as today's. Its step is then a step to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from service.editing.revisions import Draft
from service.editing.slugs import slug_of
from service.starter.drafting import Content, Words, both, draft, evidence
from service.starter.files import Row, rows, words

REFORM = "2021-07-01"

KINDS = {"municipality": "municipality", "republican_city": "state_city"}

VERIFIED: dict[str, tuple[tuple[str, bool], ...]] = {
    "geometry overlay old/new 119->43 (share >= 0.90)": (("kopa-territories", True),),
    "aglona.lv (law annex restated)": (("aglona-split", False),),
    "lv.wikipedia Siguldas novads; aglona.lv (novads listed as split)": (
        ("wikipedia-sigulda-2024", False),
        ("aglona-split", False),
    ),
    "general knowledge + geometry": (("kopa-territories", True),),
    "madona.lv; lsm.lv 14.06.2024; aw_novads.csv (DAT_BEIG)": (
        ("madona-varaklani-2025", False),
        ("lsm-varaklani-2024", False),
        ("state-address-register", False),
    ),
}
"""The sources behind the column `verified_by`, and whether the step was inferred from them."""

Step = tuple[Content, Row]


def former_drafts() -> Iterator[Draft]:
    """The regions that no longer exist, but for Varakļānu novads, which regions.csv has."""
    former = [row for row in rows("region_successions.csv") if _owner(row).endswith("-2009")]
    for code, group in groupby(former, key=_owner):
        yield draft("region", code, _content(code, next(group)))


def steps_of(owner: str) -> list[Step]:
    """The steps of a region's succession, each with the row it stands in."""
    return [(_step(row), row) for row in rows("region_successions.csv") if _owner(row) == owner]


def succession_evidence(steps: list[Step]) -> Iterator[Content]:
    seen = set()
    for step, row in steps:
        for source, inferred in VERIFIED[row["verified_by"]]:
            says = _says(step, row)
            if (source, says["lv"]) not in seen:
                yield evidence(source, says["lv"], says["en"], field="successions", inferred=inferred)
            seen.add((source, says["lv"]))
        if row["old_kind"] == "republican_city":
            known = "Pilsētas agrākais ATVK kods.", "The city's earlier ATVK code."
            yield evidence("lps-city-codes", *known, field="successions")


def _owner(row: Row) -> str:
    """The code of the region that the row's step belongs to."""
    code = slug_of(row["old_name_lv"])
    goes_on = row["relation"] == "unchanged" or row["old_valid_to"] > REFORM
    return code if goes_on else f"{code}-2009"


def _step(row: Row) -> Content:
    if row["relation"] == "unchanged":
        last, successor = date.fromisoformat(REFORM) - timedelta(days=1), _owner(row)
    else:
        last, successor = date.fromisoformat(row["old_valid_to"]), row["new_code"]
    return {
        "successor": successor,
        "relation": row["relation"],
        "part": words("region_words.toml")["parts"][row["note"]] if row["relation"] == "split" else None,
        "on": str(last + timedelta(days=1)),
        "former_atvk": row["old_atvk"] or None,
    }


def _content(code: str, row: Row) -> Content:
    steps = steps_of(code)
    return {
        "code": code,
        "kind": "former",
        "former_kind": KINDS[row["old_kind"]],
        "name": both(row["old_name_lv"], _english(row["old_name_lv"])),
        "iso": row["old_iso"],
        "atvk": row["old_atvk"] or None,
        "valid_from": row["old_valid_from"] or None,
        "valid_to": row["old_valid_to"],
        "note": both("Pašvaldība līdz 2021. gada reformai.", "A municipality until the reform of 2021."),
        "successions": [step for step, _ in steps],
        "evidence": [
            evidence("state-address-register", "Vienība un tās pastāvēšanas laiks.", "The unit and its period."),
            evidence(
                "kopa-territories",
                "Nosaukums angliski veidots no latviskā.",
                "The English name was formed from the Latvian one.",
                field="name",
                inferred=True,
            ),
            evidence(
                "iso-3166-2", "Kods agrākajā sarakstā.", "The code in the earlier list.", field="iso", inferred=True
            ),
            *succession_evidence(steps),
        ],
    }


def _english(name: str) -> str:
    names = {row["name_lv"]: row["name_en"] for row in rows("regions.csv")}
    return names.get(name) or str(words("region_words.toml")["former_names"][name])


def _says(step: Content, row: Row) -> Words:
    on, into, into_en = step["on"], row["new_name_lv"], _english(row["new_name_lv"])
    day = f"{on[8:]}.{on[5:7]}.{on[:4]}."
    if step["relation"] == "unchanged":
        return both("2021. gada reformā nemainījās.", "Unchanged by the reform of 2021.")
    if step["relation"] == "enlarged":
        return both(f"Nosaukums palika, teritorija auga ({day}).", f"Kept its name with more territory ({on}).")
    if part := step["part"]:
        return both(f'Uz vienību "{into}": {part["lv"]} ({day}).', f"To {into_en}: {part['en']} ({on}).")
    return both(f'Pievienots vienībai "{into}" ({day}).', f"Became part of {into_en} ({on}).")
