"""Cooperation links: who may delegate, and that no two say the same of the same time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Set
from typing import Any

from service.editing.checks.published import Places, Published
from service.editing.content import Content, Path
from service.editing.messages import problem
from service.errors import Problem
from service.models.cooperation import ROLES, LinkKind
from service.models.organisation import LegalForm, Sector

PUBLIC_FORMS = frozenset(
    {
        LegalForm.MUNICIPALITY,
        LegalForm.MUNICIPAL_INSTITUTION,
        LegalForm.MUNICIPAL_AGENCY,
        LegalForm.DERIVED_PUBLIC_BODY,
        LegalForm.STATE_INSTITUTION,
        LegalForm.PUBLIC_FOUNDATION,
    }
)
PUBLIC_SECTORS = frozenset({Sector.MUNICIPAL, Sector.STATE})
SYMMETRIC = frozenset(kind for kind, (role_a, role_b) in ROLES.items() if role_a == role_b)


async def delegators_are_public(published: Published, places: Places) -> AsyncIterator[Problem]:
    """A delegator is a public body, or one to which a task was itself delegated.

    Besides the links of the set, a body that changes or loses its own delegation may break a link outside it.
    """
    links = {id: link for id, link in published.of("cooperation_link").items() if link.get("kind") == "delegation"}
    doubted: dict[str, Path] = {id: (*places[id], "legal_form") for id in published.of("organisation")}
    for id, link in (await published.before("cooperation_link", published.replaced, "kind", "side_b")).items():
        if link["kind"] == LinkKind.DELEGATION:
            doubted[link["side_b"]] = (*places[id], "side_b")
    doubted |= {link["side_a"]: (*places[id], "side_a") for id, link in links.items() if "side_a" in link}
    private = await _private(published, doubted.keys())
    doubted = {id: path for id, path in doubted.items() if id in private}
    for by in ("side_a", "side_b"):
        others = await published.others("cooperation_link", by, doubted, "kind", "side_a", "side_b")
        links |= {id: link for id, link in others.items() if link["kind"] == LinkKind.DELEGATION}
    private -= {link["side_b"] for link in links.values() if "side_b" in link}
    for id, link in links.items():
        if link.get("side_a") in private:
            own = id in published.contents
            yield problem("delegator_not_public", (*places[id], "side_a") if own else doubted[link["side_a"]])


async def _private(published: Published, ids: Set[str]) -> set[str]:
    bodies = await published.columns("organisation", ids, "legal_form", "sector")
    return {
        id
        for id, body in bodies.items()
        if body["legal_form"] not in PUBLIC_FORMS and body["sector"] not in PUBLIC_SECTORS
    }


async def links_do_not_overlap(published: Published, places: Places) -> AsyncIterator[Problem]:
    """No two links of the same kind, pair, agreement number and project at the same time.

    Besides the links of the set, those are looked at whose agreement has another number now.
    """
    columns = ("kind", "side_a", "side_b", "agreement", "project", "valid_from", "valid_to")
    mine = published.of("cooperation_link")
    asked: dict[str, Path] = {id: (*places[id], "valid_from") for id in mine}
    resting = await published.others("cooperation_link", "agreement", published.of("agreement"), *columns)
    asked |= {id: (*places[link["agreement"]], "number") for id, link in resting.items()}
    links = mine | resting
    pairs = {frozenset((link.get("side_a", ""), link.get("side_b", ""))) for link in links.values()}
    # Where one of the two is new, nothing outside the set links them; a hub has too many links to read them all.
    bodies = published.of("organisation").keys()
    fresh = bodies - (await published.before("organisation", bodies)).keys()
    known = set().union(*(pair for pair in pairs if not pair & fresh)) - {""}
    others = await published.others("cooperation_link", "side_a", known, *columns)
    links |= {id: link for id, link in others.items() if frozenset((link["side_a"], link["side_b"])) in pairs}
    agreements = {link["agreement"] for link in links.values() if link.get("agreement")}
    numbers = await published.columns("agreement", agreements, "number")
    same: dict[tuple[Any, ...], list[str]] = {}
    for id, link in links.items():
        same.setdefault((*_pair(link), _number(link, numbers), link.get("project")), []).append(id)
    for id in asked:
        group = same[(*_pair(links[id]), _number(links[id], numbers), links[id].get("project"))]
        if any(other != id and _overlap(links[id], links[other]) for other in group):
            yield problem("overlapping_link", asked[id])


def _pair(link: Content) -> tuple[str, ...]:
    kind, sides = link.get("kind", ""), [link.get("side_a", ""), link.get("side_b", "")]
    return (kind, *(sorted(sides) if kind in SYMMETRIC else sides))


def _number(link: Content, numbers: dict[str, Content]) -> str | None:
    """What tells agreements apart: the number, or for want of one the record itself."""
    agreement = link.get("agreement")
    return (numbers.get(agreement, {}).get("number") or agreement) if agreement else None


def _overlap(one: Content, other: Content) -> bool:
    return _start(one) <= _end(other) and _start(other) <= _end(one)


def _start(link: Content) -> str:
    return str(link.get("valid_from") or "")


def _end(link: Content) -> str:
    return f"{link.get('valid_to') or ''}~"
