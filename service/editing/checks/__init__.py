"""The rules between records: what no constraint of a table can hold, or tell in words.

Each check is given the whole set that is to be published, so records may refer to each other within it.
`docs/invariants.md` lists what is held where.
"""

from __future__ import annotations

from service.editing.checks.cooperation import delegators_are_public, links_do_not_overlap
from service.editing.checks.emails import emails_are_functional
from service.editing.checks.location import (
    buildings_are_confidential_as_a_whole,
    confidential_places_name_a_municipality,
)
from service.editing.checks.published import Check, Places, Published
from service.editing.checks.references import (
    nothing_stands_above_itself,
    quality_evidence_is_its_own,
    references_are_published,
)
from service.editing.checks.region import successions_do_not_circle
from service.editing.checks.taxonomy import TAXONOMIES, terms_are_of_their_taxonomy, terms_keep_their_taxonomy
from service.editing.checks.unique import unique_values_are_free

CHECKS: tuple[Check, ...] = (
    references_are_published,
    quality_evidence_is_its_own,
    nothing_stands_above_itself,
    successions_do_not_circle,
    terms_are_of_their_taxonomy,
    terms_keep_their_taxonomy,
    delegators_are_public,
    links_do_not_overlap,
    confidential_places_name_a_municipality,
    buildings_are_confidential_as_a_whole,
    emails_are_functional,
    unique_values_are_free,
)
"""Every rule between records, in the order in which problems are told."""

WITHDRAWAL_CHECKS: tuple[Check, ...] = (delegators_are_public,)
"""Those that can also break when records go."""

__all__ = ["CHECKS", "TAXONOMIES", "WITHDRAWAL_CHECKS", "Check", "Places", "Published"]
