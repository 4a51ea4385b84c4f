"""Made-up directories in which much happens between municipal sides and NGOs, for coverage and introductions."""

from __future__ import annotations

from random import Random
from typing import Any

from service.editing.revisions import Draft
from service.models.cooperation import LinkKind
from service.models.need import NeedStatement
from tests.catalogue.directory import Making, ident, made

SIZES = {"source": 2, "location": 6, "organisation": 24, "service": 14, "project": 12, "agreement": 2}
SIZES |= {"cooperation_link": 24, "need": 40, "figure": 14}
BODIES = 7
PLACES = ("valmieras-novads", "cesu-novads", "adazu-novads", "riga", "burtnieku-novads-2009", "raunas-novads-2009")
ARRANGED = (LinkKind.DELEGATION, LinkKind.PARTICIPATION_CONTRACT, LinkKind.PURCHASE, LinkKind.GRANT, LinkKind.REFERRAL)
LINK_DATES = ("valid_from", "valid_to", "attested_on")
TIMES: tuple[dict[str, str], ...] = (
    {"attested_on": "2026-05"},
    {"attested_on": "2026-05"},
    {"valid_from": "2025", "valid_to": "2028"},
    {"valid_from": "2012-03", "valid_to": "2016"},
    {"attested_on": "2013"},
)
SECTORS = ("ngo", "ngo", "ngo", "private", "municipal")


def dense(seed: int) -> list[Draft]:
    """The drafts of one directory; the first organisations are the municipal bodies."""
    drafts = made(seed, 0.4, SIZES)
    rng, ids = Random(seed), Making(seed, 0, SIZES).ids
    for draft in drafts:
        if edit := EDITS.get(draft.noun):
            edit(draft, rng, ids)
    return drafts


def _organisation(draft: Draft, rng: Random, ids: dict[str, list[str]]) -> None:
    content: Any = draft.content
    content.pop("authority_for", None)
    if draft.id in ids["organisation"][:BODIES]:
        regions = rng.sample(PLACES, rng.choice((1, 1, 2)))
        content["authority_for"] = [{"region": ident("region", region)} for region in regions]
        content |= {"sector": "municipal", "legal_form": "municipal_institution"}
    else:
        content["sector"] = rng.choice(SECTORS)
        content["legal_form"] = "unit" if content.get("parent") and rng.random() < 0.7 else "association"


def _link(draft: Draft, rng: Random, ids: dict[str, list[str]]) -> None:
    content: Any = draft.content
    bodies, others = ids["organisation"][:BODIES], ids["organisation"][BODIES:]
    place = ids["cooperation_link"].index(draft.id)
    # Each pair has each project once, so that no two links of a pair are the same.
    content |= {"side_a": bodies[place % BODIES], "side_b": others[place % len(others)]}
    content["project"] = ids["project"][place % len(ids["project"])]
    content["kind"] = rng.choice(ARRANGED).value
    for name in LINK_DATES:
        content.pop(name, None)
    content |= rng.choice(TIMES)
    if rng.random() < 0.6:
        content.pop("regions", None)


def _need(draft: Draft, rng: Random, ids: dict[str, list[str]]) -> None:
    content: Any = draft.content
    content["region"] = ident("region", rng.choice(PLACES))
    content["stated_by"] = rng.choice((rng.choice(ids["organisation"][:BODIES]), rng.choice(ids["organisation"])))
    content["statement"] = rng.choice((*NeedStatement, NeedStatement.NONE_HERE)).value
    for name in ("period_from", "period_to", "target_group"):
        if rng.random() < 0.5:
            content.pop(name, None)


def _figure(draft: Draft, rng: Random, ids: dict[str, list[str]]) -> None:
    content: Any = draft.content
    for name in ("organisation", "service", "project"):
        content.pop(name, None)
    content |= {"region": ident("region", rng.choice(PLACES)), "indicator": rng.choice(("population", "children"))}


def _service(draft: Draft, rng: Random, ids: dict[str, list[str]]) -> None:
    content: Any = draft.content
    if rng.random() < 0.4:
        content["status"] = "active"
    if rng.random() < 0.5:
        content.pop("locations", None)
        content["regions"] = [ident("region", rng.choice((*PLACES, "pr-vidzeme", "pr-riga", "lv")))]


EDITS = {
    "organisation": _organisation,
    "cooperation_link": _link,
    "need": _need,
    "figure": _figure,
    "service": _service,
}
