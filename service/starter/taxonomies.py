"""The terms of the taxonomies: service categories, target groups, fields of activity, life situations."""

from __future__ import annotations

from collections.abc import Iterator

from service.editing.revisions import Draft
from service.starter.drafting import Content, both, draft, evidence
from service.starter.files import Row, listed, rows, words
from service.starter.term_sources import category_evidence, field_evidence, group_evidence, legal_basis

CONFIDENTIAL = frozenset(
    {
        "crisis-centre",
        "crisis-room",
        "shelter",
        "night-shelter",
        "rehab-child-violence",
        "rehab-adult-violence",
        "childrens-house",
        "youth-home",
        "group-home",
        "family-like-care",
        "sos-family-care",
    }
)
"""Categories whose places are kept confidential; taxonomies.toml adds long-term care of children."""


def term_drafts() -> Iterator[Draft]:
    for row in rows("service_categories.csv"):
        yield _term("service_category", row, _category(row))
    for row in rows("target_groups.csv"):
        yield _term("target_group", row, {"evidence": list(group_evidence(row))})
    for row in rows("activity_fields.csv"):
        yield _term("activity_field", row, _field(row))
    for row in rows("life_situations.csv"):
        yield _term("life_situation", row, _situation(row))


def _term(taxonomy: str, row: Row, more: Content) -> Draft:
    key = f"{taxonomy}/{row['slug']}"
    content = {
        "taxonomy": taxonomy,
        "code": row["slug"],
        "name": both(row["name_lv"], row["name_en"]),
        "aliases": [{"name": name} for name in _aliases(key, row)],
        **more,
    }
    return draft("taxonomy_term", key, content)


def _aliases(key: str, row: Row) -> list[str]:
    """As the register writes it; a cell such as `(seed 004)` tells of a source, not of a wording."""
    names = [name for name in listed(row.get("register_names", "")) if name[0] not in "(-"]
    return [*names, *words("taxonomies.toml")["extra_aliases"].get(key, ())]


def _category(row: Row) -> Content:
    return {
        "parent": f"service_category/{row['parent']}" if row["parent"] else None,
        "definition": both(row["definition_lv"], row["definition_en"]),
        "legal_basis": legal_basis(row["legal_basis"]),
        "confidential_by_default": row["slug"] in CONFIDENTIAL,
        "mappings": [{"scheme": "Open Eligibility", "value": value} for value in listed(row["open_eligibility"])],
        "evidence": list(category_evidence(row)),
    }


def _field(row: Row) -> Content:
    mapping = {"scheme": row["scheme"], "value": row["code"]}
    return {"mappings": [mapping] if row["code"] else [], "evidence": list(field_evidence(row))}


def _situation(row: Row) -> Content:
    says = (
        "Redakcijas vārdi un izvēle; praktiķis to vēl pārskatīs.",
        "The editors' words and choice; a practitioner has still to review them.",
    )
    categories = [f"service_category/{code}" for code in listed(row["categories"])]
    groups = [f"target_group/{code}" for code in listed(row["target_groups"])]
    return {
        "related": categories + groups,
        "evidence": [evidence("kopa-life-situations", *says, inferred=True)],
    }
