"""What breaks each rule of publishing at one of its edges, and what just keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from service.editing.revisions import Draft
from tests.factories import (
    evidence,
    ident,
    make_agreement,
    make_event,
    make_figure,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_project,
    make_region,
    make_service,
    make_taxonomy,
    make_term,
    term,
    words,
)


@dataclass(frozen=True)
class Case:
    """One rule at one of its edges; `place` is the path within the last draft of `broken`."""

    code: str
    place: tuple[str | int, ...]
    broken: list[Draft]
    kept: list[Draft]
    good: list[Draft] = field(default_factory=list)


def org(name: object) -> str:
    return ident("organisation", name)


def link(name: object, a: object, b: object, kind: str = "cooperation", **content: Any) -> Draft:
    return make_link(name, kind=kind, side_a=org(a), side_b=org(b), **content)


def private(name: object, **content: Any) -> Draft:
    return make_organisation(name, **{"sector": "ngo", "legal_form": "association", **content})


def delegation(name: object, a: object, b: object, **content: Any) -> Draft:
    return link(name, a, b, "delegation", **content)


def number(value: str) -> list[dict[str, str]]:
    return [{"scheme": "registration_number", "value": value}]


def secret(name: object, **content: Any) -> Draft:
    return make_location(name, confidential=True, **content)


def became(*successors: object, relation: str = "merged_into") -> list[dict[str, Any]]:
    return [{"successor": ident("region", name), "relation": relation, "on": "2021-07-01"} for name in successors]


HOUSE = {"address": "Rīgas iela 1-12", "town": words("Valmiera")}


SPOT = {"lon": 25.42711, "lat": 57.53844}


YEAR = {"valid_from": "2010", "valid_to": "2010"}


CASES: dict[str, Case] = {
    "a part's reference is published": Case(
        "not_published",
        ("authority_for", 0, "region"),
        [make_organisation(3, authority_for=[{"region": org(1)}])],
        [make_organisation(3, authority_for=[{"region": ident("region")}])],
    ),
    "what shows quality is the service's own evidence": Case(
        "not_published",
        ("quality", 0, "evidence"),
        [make_service(2, quality=[{"criterion": words("x"), "evidence": ident("evidence", 1)}])],
        [
            make_service(
                2,
                evidence=[evidence(id=ident("evidence", 2))],
                quality=[{"criterion": words("x"), "evidence": ident("evidence", 2)}],
            )
        ],
        [make_service(1, evidence=[evidence(id=ident("evidence", 1))])],
    ),
    "a parent is not itself": Case(
        "not_in_itself", ("parent",), [make_region(3, parent=ident("region", 3))], [make_region(3, parent=None)]
    ),
    "a parent is not below": Case(
        "cycle",
        ("parent",),
        [make_region(1, parent=ident("region", 3))],
        [make_region(1, parent=ident("region", 2))],
        [make_region(3, parent=ident("region", 1))],
    ),
    "a parent is not far below": Case(
        "cycle",
        ("parent",),
        [make_organisation(1, sector="municipal", parent=org(5))],
        [make_organisation(1, sector="municipal", parent=org(2))],
        [make_organisation(n, parent=org(m)) for n, m in ((3, 1), (4, 3), (5, 4))],
    ),
    "a term is not below itself within a set": Case(
        "cycle",
        ("parent",),
        [make_term(1, parent=term(2)), make_term(2, parent=term(1))],
        [make_term(1, parent=term(2)), make_term(2)],
    ),
    "successions make no circle": Case(
        "cycle",
        ("successions",),
        [make_region(1, successions=became(2))],
        [make_region(1, successions=became(1, relation="unchanged"))],
        [make_region(3, successions=became(1)), make_region(2, successions=became(3))],
    ),
    "successions make no circle within a set": Case(
        "cycle",
        ("successions",),
        [make_region(1, successions=became(2)), make_region(2, successions=became(1))],
        [make_region(1, successions=became(3)), make_region(2, successions=became(3)), make_region(3)],
    ),
    "terms that are in use stay in their taxonomy": Case(
        "fixed",
        ("taxonomy",),
        [make_term(1, taxonomy=ident("taxonomy", "target_group"), code="moved")],
        [make_term(1, code="renamed")],
    ),
    "a taxonomy that fields take terms of keeps its code": Case(
        "fixed",
        ("code",),
        [make_taxonomy("target_group", code="groups")],
        [make_taxonomy("life_situation", code="situations"), make_taxonomy("target_group", name=words("Grupas"))],
    ),
    "a delegator is a public body": Case(
        "delegator_not_public", ("side_a",), [delegation(1, 3, 2)], [delegation(1, 1, 3)], [private(3)]
    ),
    "a delegator may be a delegate of the same set": Case(
        "delegator_not_public",
        ("side_a",),
        [delegation(1, 3, 4)],
        [delegation(1, 3, 4), delegation(2, 1, 3)],
        [private(3), private(4)],
    ),
    "a delegator stays a public body": Case(
        "delegator_not_public",
        ("legal_form",),
        [private(1)],
        [make_organisation(1, legal_form="municipality")],
        [delegation(1, 1, 2)],
    ),
    "a delegator stays a delegate": Case(
        "delegator_not_public",
        ("side_b",),
        [link(1, 1, 3)],
        [link(1, 1, 3), link(2, 3, 4)],
        [private(3), private(4), delegation(1, 1, 3), delegation(2, 3, 4)],
    ),
    "links of one kind and pair do not overlap": Case(
        "overlapping_link",
        ("valid_from",),
        [link(2, 1, 2, "purchase", valid_from="2010-06", valid_to="2012")],
        [link(2, 1, 2, "purchase", valid_from="2011", valid_to="2012"), link(3, 1, 2, "grant", **YEAR)],
        [link(1, 1, 2, "purchase", **YEAR)],
    ),
    "links of another project or agreement may": Case(
        "overlapping_link",
        ("valid_from",),
        [link(3, 1, 2, agreement=ident("agreement", 1))],
        [
            link(3, 1, 2, agreement=ident("agreement", 2)),
            link(4, 1, 2),
            link(5, 1, 2, agreement=ident("agreement", 1), project=ident("project", 1)),
        ],
        [link(1, 1, 2, agreement=ident("agreement", 1))],
    ),
    "two agreements of one number are the same": Case(
        "overlapping_link",
        ("valid_from",),
        [make_agreement(3, number="2026/1"), link(2, 1, 2, agreement=ident("agreement", 3))],
        [
            make_agreement(3, basis="law", number=None),
            make_agreement(4, basis="law", number=None),
            link(2, 1, 2, agreement=ident("agreement", 3)),
            link(3, 1, 2, agreement=ident("agreement", 4)),
        ],
        [link(1, 1, 2, agreement=ident("agreement", 1))],
    ),
    "an agreement does not get the number of an overlapping link's": Case(
        "overlapping_link",
        ("number",),
        [make_agreement(2, number="2026/1")],
        [make_agreement(2, number="2026/3")],
        [link(n, 1, 2, agreement=ident("agreement", n)) for n in (1, 2)],
    ),
    "an open period overlaps all that follows": Case(
        "overlapping_link",
        ("valid_from",),
        [link(2, 1, 2, valid_from="2026")],
        [link(2, 1, 2, valid_from="2009-01", valid_to="2009-12")],
        [link(1, 1, 2, valid_from="2010")],
    ),
    "a day in common is an overlap": Case(
        "overlapping_link",
        ("valid_from",),
        [link(2, 1, 2, valid_from="2010-03-26")],
        [link(2, 1, 2, valid_from="2010-03-27")],
        [link(1, 1, 2, valid_to="2010-03-26")],
    ),
    "parties are the same in either order": Case(
        "overlapping_link",
        ("valid_from",),
        [link(2, 2, 1)],
        [link(2, 2, 1, "purchase"), link(3, 1, 2, "purchase")],
        [link(1, 1, 2)],
    ),
    "a region is a municipality at least": Case(
        "confidential_region",
        ("region",),
        [make_region(3, kind="parish"), secret(3, region=ident("region", 3))],
        [make_region(3, kind="state_city"), secret(3, region=ident("region", 3))],
    ),
    "so is a former one": Case(
        "confidential_region",
        ("region",),
        [
            make_region(3, kind="former", former_kind="town", valid_to="2021"),
            secret(3, region=ident("region", 3)),
        ],
        [
            make_region(3, kind="former", former_kind="municipality", valid_to="2021"),
            secret(3, region=ident("region", 3)),
        ],
    ),
    "a region with a confidential place stays large": Case(
        "confidential_region",
        ("kind",),
        [make_region(1, kind="parish")],
        [make_region(1, kind="planning_region"), make_region(2, kind="parish")],
        [secret(3)],
    ),
    "a building with a confidential place is confidential": Case(
        "shares_confidential_building",
        ("confidential",),
        [make_location(4, **HOUSE)],
        [make_location(4, **HOUSE | {"address": "Rīgas iela 2"}), secret(5, **HOUSE)],
        [secret(3, **HOUSE)],
    ),
    "also when the place is of the same set": Case(
        "shares_confidential_building",
        ("confidential",),
        [secret(3, **SPOT), make_location(4, lon=25.42712, lat=57.53841)],
        [secret(3, **SPOT), make_location(4, lon=25.428, lat=57.538)],
    ),
    "a place turns confidential with its building": Case(
        "shared_by_public_place",
        ("confidential",),
        [secret(4, address="RĪGAS IELA 1", postal_code="LV-4201")],
        [secret(4, address="RĪGAS IELA 1", postal_code="LV-4201"), secret(3, **HOUSE, postal_code="LV-4201")],
        [make_location(3, **HOUSE, postal_code="LV-4201")],
    ),
    "an address without a town counts within its region": Case(
        "shares_confidential_building",
        ("confidential",),
        [make_location(4, address="Rīgas iela 1")],
        [make_location(4, address="Rīgas iela 1", region=ident("region", 2))],
        [secret(3, address="Rīgas iela 1")],
    ),
    "an address like a person's is published by choice": Case(
        "person_shaped_email",
        ("email",),
        [make_organisation(3, email="Anna.Berzina@example.org")],
        [
            make_organisation(3, email="anna.berzina@example.org", email_by_choice=True),
            make_service(3, email="socialais.dienests@example.org"),
        ],
    ),
    "a service's address as well": Case(
        "person_shaped_email",
        ("email",),
        [make_service(3, email="anna-berzina7@example.org")],
        [make_service(3, email="info@example.org")],
    ),
    "an identifier is one organisation's": Case(
        "taken",
        ("identifiers", 0, "value"),
        [make_organisation(4, identifiers=number("40008000001"))],
        [
            make_organisation(4, identifiers=[{"scheme": "other", "value": "40008000001"}]),
            make_organisation(5, identifiers=number("40008000002")),
        ],
        [make_organisation(3, identifiers=number("40008000001"))],
    ),
    "a number in the register is one service's": Case(
        "taken",
        ("register_number",),
        [make_service(2, register_number="1520")],
        [make_service(1), make_service(2, register_number="1520")],
        [make_service(1, register_number="1520")],
    ),
    "a term's code is its own within its taxonomy": Case(
        "taken", ("code",), [make_term(3, code="term-1")], [make_term(3, "life_situation", code="term-3")]
    ),
    "a role in an event is taken once": Case(
        "twice",
        ("participations", 1, "role"),
        [make_event(1, participations=[{"organisation": org(1), "role": "host"}] * 2)],
        [make_event(1, participations=[{"organisation": org(1), "role": role} for role in ("host", "speaker")])],
    ),
}


BROKEN_RULES: list[tuple[str, tuple[str | int, ...], Draft]] = [
    ("not_in_order", ("valid_to",), link(1, 1, 2, valid_from="2010-03", valid_to="2010-02")),
    ("not_in_order", ("attested_on",), link(1, 1, 2, valid_from="2011", attested_on="2010-12-31")),
    ("cooperation_link_sides", ("side_b",), link(1, 1, 1)),
    ("not_in_order", ("valid_to",), make_region(3, valid_from="2010", valid_to="2009")),
    ("region_former", ("former_kind",), make_region(3, kind="former", valid_to="2021")),
    ("region_former", ("former_kind",), make_region(3, former_kind="town")),
    ("region_former_kind", ("former_kind",), make_region(3, kind="former", former_kind="former", valid_to="2021")),
    ("region_former_ended", ("valid_to",), make_region(3, kind="former", former_kind="town")),
    ("region_point", ("lat",), make_region(3, lon=25)),
    ("region_succession_unchanged", ("successions", 0, "successor"), make_region(3, successions=became(3))),
    ("region_succession_part", ("successions", 0, "part"), make_region(3, successions=became(1, relation="split"))),
    ("not_in_itself", ("parent",), make_term(3, parent=term(3))),
    ("location_point", ("lat",), make_location(3, lon=25)),
    ("not_in_itself", ("parent",), make_organisation(3, parent=org(3))),
    ("organisation_unit", ("parent",), make_organisation(3, legal_form="unit")),
    (
        "organisation_identifier_registration_number",
        ("identifiers", 0, "value"),
        make_organisation(3, identifiers=number("1234567890")),
    ),
    ("not_in_order", ("statuses", 0, "valid_to"), make_organisation(
        3, statuses=[{"kind": "public_benefit", "valid_from": "2010", "valid_to": "2009"}]
    )),
    ("not_in_order", ("authority_for", 0, "valid_to"), make_organisation(
        3, authority_for=[{"region": ident("region"), "valid_from": "2010", "valid_to": "2009"}]
    )),
    ("service_ages", ("maximum_age",), make_service(3, minimum_age=18, maximum_age=17)),
    ("not_in_order", ("register_valid_to",), make_service(
        3, register_number="1", register_valid_from="2010", register_valid_to="2009"
    )),
    ("service_register", ("register_valid_to",), make_service(3, register_valid_from="2010")),
    ("amount_not_negative", ("costs", 0, "amount_minor"), make_service(
        3, costs=[{"amount_minor": -1, "currency": "EUR"}]
    )),
    ("service_schedule_period", ("schedules", 0, "valid_to"), make_service(
        3, schedules=[{"valid_from": "2026-01-02", "valid_to": "2026-01-01"}]
    )),
    ("service_schedule_hours", ("schedules", 0, "opens_at"), make_service(3, schedules=[{"closes_at": "17:00"}])),
    ("amount_not_negative", ("amount_minor",), make_project(3, amount_minor=-1, currency="EUR")),
    ("amount_with_currency", ("currency",), make_project(3, amount_minor=1)),
    ("not_in_order", ("ends_on",), make_project(3, starts_on="2010", ends_on="2009")),
    ("amount_not_negative", ("participations", 0, "amount_minor"), make_project(
        3, participations=[{"organisation": org(1), "role": "lead", "amount_minor": -1, "currency": "EUR"}]
    )),
    ("amount_with_currency", ("participations", 0, "currency"), make_project(
        3, participations=[{"organisation": org(1), "role": "lead", "currency": "EUR"}]
    )),
    ("agreement_contract_number", ("number",), make_agreement(3, number=None)),
    ("amount_not_negative", ("value_minor",), make_agreement(3, value_minor=-1, currency="EUR")),
    ("amount_not_negative", ("unit_price_minor",), make_agreement(
        3, unit_price_minor=-1, currency="EUR", unit=words("diena")
    )),
    ("amount_not_negative", ("co_payment_minor",), make_agreement(3, co_payment_minor=-1, currency="EUR")),
    ("amount_with_currency", ("currency",), make_agreement(3, currency="EUR")),
    ("agreement_unit", ("unit",), make_agreement(3, unit_price_minor=1, currency="EUR")),
    ("not_in_order", ("valid_to",), make_agreement(3, valid_from="2010", valid_to="2009")),
    ("not_in_order", ("ends_on",), make_event(3, starts_on="2010", ends_on="2009")),
    ("event_end", ("starts_on",), make_event(3, ends_on="2010")),
    ("event_start_time", ("starts_on",), make_event(3, start_time="11:00")),
    ("not_in_order", ("period_to",), make_need(3, period_from="2010", period_to="2009")),
    ("need_fewer_than_five", ("waiting",), make_need(3, waiting=12, fewer_than_five=True)),
    ("figure_subject", ("project",), make_figure(3, project=ident("project"))),
    ("figure_subject", ("project",), make_figure(3, organisation=None)),
]  # fmt: skip
