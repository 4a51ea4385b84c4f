"""Taxonomies: each field takes the terms of one taxonomy, and terms that are in use stay in theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator

from service.editing.checks.published import Places, Published
from service.editing.messages import problem
from service.errors import Problem

TAXONOMIES: dict[tuple[str, str], str] = {
    ("organisation", "fields"): "activity_field",
    ("service", "categories"): "service_category",
    ("service", "target_groups"): "target_group",
    ("cooperation_link", "categories"): "service_category",
    ("need", "category"): "service_category",
    ("need", "target_group"): "target_group",
}
"""Which taxonomy the terms of a field come from."""


async def terms_are_of_their_taxonomy(published: Published, places: Places) -> AsyncIterator[Problem]:
    for (noun, field), taxonomy in TAXONOMIES.items():
        used = {id: _ids(content.get(field)) for id, content in published.of(noun).items()}
        terms = await published.columns("taxonomy_term", set().union(*used.values()), "taxonomy")
        codes = await published.columns("taxonomy", {term["taxonomy"] for term in terms.values()} - {None}, "code")
        wrong = {id for id, term in terms.items() if codes.get(term["taxonomy"], {}).get("code") != taxonomy}
        for id, ids in used.items():
            if ids & wrong:
                yield problem("wrong_taxonomy", (*places[id], field), taxonomy=taxonomy)


def _ids(value: str | list[str] | None) -> set[str]:
    return set([value] if isinstance(value, str) else value or [])


async def terms_keep_their_taxonomy(published: Published, places: Places) -> AsyncIterator[Problem]:
    """What uses a term was checked when that was published; a term or a code that moved would undo it."""
    terms = published.of("taxonomy_term")
    for id, before in (await published.before("taxonomy_term", terms, "taxonomy")).items():
        if before["taxonomy"] != terms[id].get("taxonomy"):
            yield problem("fixed", (*places[id], "taxonomy"))
    taxonomies = published.of("taxonomy")
    for id, before in (await published.before("taxonomy", taxonomies, "code")).items():
        if before["code"] in TAXONOMIES.values() and before["code"] != taxonomies[id].get("code"):
            yield problem("fixed", (*places[id], "code"))
