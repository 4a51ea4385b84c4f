"""The services of the register's sample: each row is one, with its own register number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from service.editing.revisions import Draft
from service.editing.slugs import slug_of
from service.starter import register
from service.starter.drafting import Content, Words, both, draft, evidence
from service.starter.files import Row, listed, rows, words
from service.starter.register_places import place_key

CHILDREN = frozenset({"children", "children-in-families"})
LONG_TERM_CARE = "long-term-care"

AGES: dict[str, tuple[int | None, int | None]] = {
    "children": (0, 17),
    "children-in-families": (0, 17),
    "adults": (18, None),
    "all-ages": (None, None),
}

FORMS = {
    "ar izmitināšanu": ["residential"],
    "bez izmitināšanas": ["non_residential"],
    "ar izmitināšanu un bez izmitināšanas": ["residential", "non_residential"],
}

PLANNED = both("klienti (plānotais skaits)", "clients (planned number)")


def service_drafts() -> Iterator[Draft]:
    for row in rows(register.SAMPLE):
        yield draft("service", f"register:{row['register_id']}", _content(row))


def category(row: Row) -> str:
    """The register has one name for long-term care of children and of adults; the clients tell them apart."""
    children = row["category"] == LONG_TERM_CARE and row["age_group"] in CHILDREN
    return f"{LONG_TERM_CARE}-child" if children else row["category"]


def is_page_of_service(row: Row) -> bool:
    """Whether the website is a page about the service, and not that of the provider."""
    path = urlsplit(row["website"]).path
    return "/pakalpojumi/" in path or slug_of(row["register_service"]) in path


def _content(row: Row) -> Content:
    name = _category_names()[category(row)]
    youngest, oldest = AGES[row["age_group"]]
    clients = {"value": int(row["planned_clients"] or 0), "qualifier": "exact", "unit": PLANNED}
    return {
        "name": name,
        "slug": f"{slug_of(name['lv'])}-{row['register_id']}",
        "provider": register.provider_key(row),
        "status": "active",
        "url": row["website"] if is_page_of_service(row) else None,
        "categories": [category(row)],
        "target_groups": list(dict.fromkeys([*listed(row["target_groups"]), row["age_group"]])),
        "locations": [place_key(row)],
        "forms": FORMS[row["form"]],
        "minimum_age": youngest,
        "maximum_age": oldest,
        "capacities": [{**clients, "as_of": register.SNAPSHOT}] if row["planned_clients"] else [],
        "register_number": row["register_id"],
        "attested_on": register.SNAPSHOT,
        "evidence": list(_evidence(row)),
    }


def _evidence(row: Row) -> Iterator[Content]:
    service, clients, groups = row["register_service"], row["register_clients"], row["register_client_groups"]
    yield evidence(
        register.SOURCE,
        f'Pakalpojums: "{service}"; klienti: "{clients}"; klientu grupas: "{groups}".',
        f'Service: "{service}"; clients: "{clients}"; client groups: "{groups}".',
        locator=row["register_id"],
    )
    if category(row) != row["category"]:
        says = "Ka aprūpe ir bērniem, rāda klientu apraksts.", "That the care is for children is seen from the clients."
        yield evidence(register.SOURCE, *says, field="categories", inferred=True, locator=row["register_id"])


@cache
def _category_names() -> dict[str, Words]:
    names = {row["slug"]: both(row["name_lv"], row["name_en"]) for row in rows("service_categories.csv")}
    return names | {term["code"]: term["name"] for term in words("taxonomies.toml")["taxonomy_term"]}
