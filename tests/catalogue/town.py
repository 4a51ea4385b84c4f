"""A municipality with its social service, and what is said and given there: the smallest place to look at."""

from __future__ import annotations

from typing import Any

from tests.factories import (
    a_source,
    ident,
    make_need,
    make_organisation,
    make_region,
    make_service,
    make_taxonomy,
    make_term,
)


def small(*more: Any) -> list[Any]:
    """A municipality with its social service, one that became part of it, and a category with a narrower one."""
    steps = [{"successor": ident("region", "valmiera"), "relation": "merged_into", "on": "2021-07-01"}]
    past = {"kind": "former", "former_kind": "municipality", "valid_to": "2021-06-30", "successions": steps}
    return [
        a_source(),
        a_source("register", kind="official_register", completeness="sample"),
        make_region("lv", kind="country"),
        make_region("vidzeme", kind="planning_region", parent=ident("region", "lv")),
        make_region("valmiera", parent=ident("region", "vidzeme")),
        make_region("old", **past),
        make_taxonomy("service_category"),
        make_taxonomy("target_group"),
        make_term("care"),
        make_term("home care", parent=ident("taxonomy_term", "service_category/care")),
        make_term("children", "target_group"),
        make_organisation("town", sector="municipal", authority_for=[{"region": ident("region", "valmiera")}]),
        make_organisation("old town", sector="municipal", authority_for=[{"region": ident("region", "old")}]),
        make_organisation("ngo", sector="ngo", legal_form="association"),
        make_organisation("unit", sector="ngo", legal_form="unit", parent=ident("organisation", "ngo")),
        make_organisation("other", sector="ngo"),
        *more,
    ]


def given_by(name: str, provider: str, category: str = "care", /, **content: Any) -> Any:
    categories = [ident("taxonomy_term", f"service_category/{category}")]
    said = {"regions": [ident("region", "valmiera")], "provider": ident("organisation", provider)}
    return make_service(name, **{**said, "categories": categories, **content})


def said_by(name: str, author: str, statement: str, region: str = "valmiera", /, **content: Any) -> Any:
    category = ident("taxonomy_term", "service_category/care")
    said = {"stated_by": ident("organisation", author), "region": ident("region", region), "category": category}
    return make_need(name, statement=statement, **{**said, **content})
