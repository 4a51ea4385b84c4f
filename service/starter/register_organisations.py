"""The providers of the register's sample, and the bodies that only the names of their units tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.editing.revisions import Draft
from service.starter import register
from service.starter.drafting import Content, draft, evidence
from service.starter.names import display_name, spelled
from service.starter.register import Group
from service.starter.register_forms import legal_form, parent_form, sector
from service.starter.register_services import is_page_of_service
from service.starter.register_slugs import slugs

AUTHORITY_SINCE = {"register:valmieras novada sociālo lietu pārvalde / valmieras-novads": "2021-07-01"}
"""Since when a social service acts for its municipality, where the reform of 2021 gave it a predecessor."""


def organisation_drafts() -> Iterator[Draft]:
    for key, group in register.providers().items():
        if key.startswith("register:"):
            yield draft("organisation", key, _provider(key, group))
    for key, group in register.parents().items():
        yield draft("organisation", key, _parent(key, group))


def seat_key(key: str) -> str:
    return key.replace("register:", "register:seat of ")


def parent_municipality(group: Group) -> str | None:
    """Where a municipal body sits that is known by its units only: they are all in its municipality."""
    places = {row["municipality"] for row in group}
    municipal = all(row["parent_kind"] == "municipality" for row in group)
    return group[0]["municipality"] if municipal and len(places) == 1 else None


def _provider(key: str, group: Group) -> Content:
    first, body = group[0], next((row for row in group if register.is_social_service(row)), None)
    name = display_name(first["name"])
    others = dict.fromkeys(spelled(row["name"]) for row in group)
    authority = {"region": first["municipality"], "valid_from": AUTHORITY_SINCE.get(key)}
    return {
        "name": {"lv": name},
        "slug": slugs()[key],
        "legal_form": _first(legal_form(row) for row in ([body] if body else group)),
        "sector": _first(sector(row) for row in group),
        "roles": ["social_service", "provider"] if body else ["provider"],
        "alternate_names": [{"name": other} for other in others if other != name],
        "website": _website(group),
        "seat": seat_key(key),
        "parent": _first(register.parent_key(row) for row in group),
        "authority_for": [authority] if body else [],
        "evidence": list(_provider_evidence(key, group, is_body=body is not None)),
    }


def _provider_evidence(key: str, group: Group, *, is_body: bool) -> Iterator[Content]:
    where = register.locator(group)
    statuses = "; ".join(dict.fromkeys(row["legal_status"] for row in group))
    yield evidence(
        register.SOURCE,
        f'Reģistrēts sniedzējs; juridiskais statuss "{statuses}".',
        f'A registered provider; legal status "{statuses}".',
        locator=where,
    )
    yield evidence(
        register.SOURCE,
        "Pašvaldība, kurā reģistrēts pakalpojums; juridiskā adrese nav zināma.",
        "The municipality in which the service is registered; the legal address is not known.",
        field="seat",
        inferred=True,
        locator=where,
    )
    if any(row["parent_name"] for row in group):
        says = "Izlasīts no sniedzēja nosaukuma.", "Read off the provider's name."
        yield evidence(register.SOURCE, *says, field="parent", inferred=True, locator=where)
    if is_body:
        says = "Reģistrēts kā pašvaldības sociālais dienests.", "Registered as the municipality's social service."
        yield evidence(register.SOURCE, *says, field="authority_for", locator=where)
    if key in AUTHORITY_SINCE:
        says = "Novads šādās robežās pastāv kopš šīs dienas.", "The municipality has existed as it is since that day."
        yield evidence("state-address-register", *says, field="authority_for", inferred=True)


def _parent(key: str, group: Group) -> Content:
    where = register.locator(group)
    names = dict.fromkeys(spelled(row["parent_name"]) for row in group)
    name = display_name(group[0]["parent_name"])
    says = (
        "Savu ierakstu izlasē nav; nosaukta savu vienību nosaukumos.",
        "Has no row in the sample; named by its units.",
    )
    found = [evidence(register.SOURCE, *says, inferred=True, locator=where)]
    seated = parent_municipality(group) is not None
    if seated:
        says = "Visas vienības ir šajā pašvaldībā.", "All its units are in this municipality."
        found.append(evidence(register.SOURCE, *says, field="seat", inferred=True, locator=where))
    return {
        "name": {"lv": name},
        "slug": slugs()[key],
        "legal_form": _first(parent_form(row) for row in group),
        "sector": _first(sector(row) for row in group),
        "roles": ["provider"],
        "alternate_names": [{"name": other} for other in names if other != name],
        "seat": seat_key(key) if seated else None,
        "evidence": found,
    }


def _website(group: Group) -> str | None:
    return _first(row["website"] for row in group if not is_page_of_service(row))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
