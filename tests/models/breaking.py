"""What breaks each CHECK: by class of field for rules of one column, by name for rules between columns."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from tortoise import fields as orm

from service.models.checks import field_checks
from service.models.ddl import schema
from service.models.fields import Dialect, Number
from service.models.location import Location
from service.models.rows import moment, to_column
from tests.models.filling import MODELS, Values, column, fields, ident

EMPTY: Values = dict.fromkeys(Location.CONFIDENTIAL)

WRONG: dict[str, list[Any]] = {
    "choice": ["nonsense", ""],
    "known": ["nonsense"],
    "latvian": ['{"en": "x"}', '{"lv": " "}', '{"lv": 5}', '{"lv": null}', "[]", '"x"', "null"],
    "choices": ['["nonsense"]', "{}", '"self"', "null", "[[]]", "[1]"],
    "list": ["{}", '"lv"', "null"],
    "date": ["2010-13", "2010-02-31", "2011-02-29", "1900-02-29", "10", "2010-1", "2010-3-26", "0000", "",
             "2010-", "2010-03-26T10:00", "26.03.2010", "2010-00", "2010-01-00", " 2010"],
    "code": ["eur", "EU", "EURO", "12E", "", "ĀĀĀ"],
    "filled": ["", "  "],
    "url": ["ftp://example.org", "example.org", "javascript:alert(1)", "http://", ""],
    "email": ["nobody", "a b@example.org", "@example.org", "a@example", "a@example.org, b@example.org", ""],
    "phone": ["67 000 000", "seven", "+0", "0037167000000", "+371-67000000", "11", ""],
    "clock": ["24:00", "9:00", "11:60", "11", "noon!", ""],
    "number": [],
}  # fmt: skip
"""Values that the constraint of that ending refuses, as SQL has them."""

WRONG_TYPE: dict[str, list[Any]] = {
    "latvian": ["words"],
    "choices": ["words"],
    "list": ["words"],
    "json": ["words", "", "{"],
    "flag": [2, "x"],
    "whole": ["x", 1.5, 2**63 * 1.0],
    "day": ["2010-02-31", "2010-03", "x", "2455000", "2010-03-26 10:00"],
    "moment": ["x", "2010", "2010-13-01 10:00", "2455000"],
    "uuid": ["x", ident("record", 0).upper(), ident("record", 0).replace("-", "")],
    "number": ["x", "", "-", "1e5", "1.", ".5", "--1", "1-1", "1.2.3", "1.23456", "123456789012345", "NaN"],
}
"""What SQLite would take and PostgreSQL's types refuse by themselves."""

PERSONAL = {"email", "name", "password", "totp_secret"}

BROKEN: dict[str, list[Values]] = {
    "record_merged_into": [{"state": "merged"}, {"merged_into": ident("organisation", 0)}],
    "record_not_into_itself": [{"state": "merged", "merged_into": ident("record", 0)}],
    "record_assured": [{"assured_by": None}, {"assured_on": None}],
    "slug_form": [{"slug": "Valmiera"}, {"slug": "a b"}, {"slug": "ā"}, {"slug": "a_b"}, {"slug": ""}],
    "region_former": [{"former_kind": "town"}, {"kind": "former"}],
    "region_former_kind": [{"kind": "former", "former_kind": "former"}],
    "region_former_ended": [{"kind": "former", "former_kind": "town", "valid_to": None}],
    "region_not_in_itself": [{"parent": ident("region", 0)}],
    "region_point": [{"lat": None}, {"lon": None}],
    "region_succession_unchanged": [
        {"relation": "unchanged", "part": None},
        {"successor": ident("region", 0)},
    ],
    "region_succession_part": [{"part": None}, {"relation": "enlarged"}],
    "taxonomy_term_not_in_itself": [{"parent": ident("taxonomy_term", 0)}],
    "location_point": [{"lat": None}, {"lon": None}],
    "location_confidential": [
        {"confidential": True},
        *(
            EMPTY | {"confidential": True, name: value}
            for name, value in {
                "name": {"lv": "x"}, "town": {"lv": "x"}, "address": "x", "postal_code": "LV-4201",
                "accessibility": {"lv": "x"}, "transportation": {"lv": "x"},
            }.items()
        ),
        EMPTY | {"confidential": True, "lon": 25.0, "lat": 57.0},
    ],
    "organisation_not_in_itself": [{"parent": ident("organisation", 0)}],
    "organisation_unit": [{"legal_form": "unit", "parent": None}],
    "organisation_identifier_registration_number": [
        {"value": "4000800000"}, {"value": "400080000000"}, {"value": "4000800000X"}, {"value": " 400080000"},
    ],
    "service_ages": [{"minimum_age": 18, "maximum_age": 17}],
    "service_register": [{"register_number": None}],
    "service_schedule_hours": [{"opens_at": None}],
    "service_cost_amount": [{"amount_minor": -1}],
    "service_schedule_period": [{"valid_to": "2010-03-25"}],
    "availability_places": [{"state": "full"}],
    "availability_weeks": [{"weeks_to_wait": 1}],
    "project_amount": [{"amount_minor": -1}],
    "project_currency": [{"amount_minor": None}, {"currency": None}],
    "project_participation_amount": [{"amount_minor": -1}],
    "project_participation_currency": [{"amount_minor": None}, {"currency": None}],
    "agreement_contract_number": [{"basis": "contract", "number": None}],
    "agreement_value": [{"value_minor": -1}],
    "agreement_unit_price": [{"unit_price_minor": -1}],
    "agreement_co_payment": [{"co_payment_minor": -1}],
    "agreement_currency": [
        {"currency": None},
        {"value_minor": None, "unit_price_minor": None, "co_payment_minor": None},
    ],
    "agreement_unit": [{"unit": None}],
    "cooperation_link_sides": [{"side_b": ident("organisation", 0)}],
    "confirmation_representative": [{"organisation": None}],
    "confirmation_editor": [{"role": "editor", "source": None}],
    "confirmation_system": [{"role": "system"}, {"state": "unasked"}],
    "event_end": [{"starts_on": None, "start_time": None}],
    "event_start_time": [{"starts_on": None, "ends_on": None}],
    "figure_subject": [{"region": None}, {"organisation": ident("organisation", 0)}],
    "need_waiting_not_few": [{"waiting": few} for few in (1, 4)],
    "need_fewer_than_five": [{"fewer_than_five": True}],
    "revision_kind": [{"kind": "act"}, {"act": "assure"}],
    "revision_act_is_done": [
        {"kind": "act", "act": "assure", "state": "draft", "version": None, "transaction": None},
    ],
    "revision_done_has_version": [{"version": None}, {"state": "in_review", "transaction": None}],
    "revision_done_is_logged": [{"transaction": None}, {"state": "in_review", "version": None}],
    "revision_draft_in_batch": [{"state": "draft", "version": None, "transaction": None, "batch": None}],
    "revision_scheduled_has_hour": [{"state": "scheduled", "version": None, "transaction": None, "due_at": None}],
    "revision_sent_back_has_reason": [
        {"state": "sent_back", "version": None, "transaction": None, name: None} for name in ("reason", "decided_by")
    ],
    "revision_not_its_own_base": [{"base": ident("revision", 0)}],
    "change_transaction": [{"transaction": 5}],
    "change_clock_one_row": [{"id": 2}],
    "change_clock_seq": [{"seq": -1}],
    "account_email_lower": [{"email": "Info@example.org"}],
    "account_closed_is_anonymous": [
        {"closed_at": datetime(2026, 3, 26, tzinfo=UTC)} | dict.fromkeys(PERSONAL - {kept}) for kept in sorted(PERSONAL)
    ],
    "one_time_link_account": [{"account": None}, {"purpose": "answer", "link": ident("cooperation_link", 0),
                                                  "side": "side_a"}],
    "one_time_link_answer": [{"link": ident("cooperation_link", 0)}, {"side": "side_a"},
                             {"purpose": "answer", "account": None}],
    "letter_account": [{"purpose": "answer", "link": ident("cooperation_link", 0), "side": "side_a"}],
    "one_time_link_campaign": [{"recipient": ident("campaign_recipient", 0)}, {"purpose": "campaign", "account": None}],
    "letter_campaign": [{"recipient": ident("campaign_recipient", 0)}, {"purpose": "campaign", "account": None}],
    "letter_reply": [{"application": ident("application", 0)}, {"purpose": "reply", "account": None}],
    "application_decided": [{"decided_at": None}, {"state": "open"}],
    "application_declined_has_answer": [{"state": "declined", "answer": None}],
    "letter_answer": [{"link": ident("cooperation_link", 0)}, {"side": "side_a"},
                      {"purpose": "answer", "account": None}],
    "report_closed": [{"closed_at": None}, {"state": "open"}],
    "webhook_seq": [{"seq": -1}],
    "lease_until": [{"holder": None}, {"until": None}],
}  # fmt: skip
"""For each rule between columns, changes of a valid row that break it and, as far as may be, nothing else."""

PERIOD = re.compile(r"(?P<first>\w+)_not_after_(?P<last>\w+)")

ALSO: dict[str, Values] = {"organisation_identifier_value_filled": {"scheme": "register"}}
"""What has to change too, so that the one constraint is all that is broken."""

ALIAS = {"slug_slug_filled": "slug_form"}
"""Constraints that another one, which PostgreSQL looks at first, implies."""


@cache
def declared(dialect: Dialect) -> dict[str, str]:
    """The table of each named CHECK in the declared schema."""
    found: dict[str, str] = {}
    for statement in schema(dialect):
        if table := re.match(r'CREATE TABLE "?(\w+)', statement):
            found |= dict.fromkeys(re.findall(r"CONSTRAINT (\w+) CHECK", statement), table[1])
    return found


@cache
def cases(dialect: Dialect) -> dict[str, list[Values]]:
    """For each CHECK the changes that break it, as the driver takes them."""
    changes = dict(_of_one_column(dialect))
    for check, table in declared(dialect).items():
        if period := PERIOD.fullmatch(check.removeprefix(f"{table}_")):
            changes[check] = [{period["last"]: earlier} for earlier in ("2009", "2010-02", "2010-03-25")]
        elif check in BROKEN:  # Anything else is missed by the test for completeness.
            changes[check] = [encoded(table, values, dialect) for values in BROKEN[check]]
    return changes


def _of_one_column(dialect: Dialect) -> Iterator[tuple[str, list[Values]]]:
    for table, model in MODELS.items():
        for name, field in fields(model):
            suffixes = [suffix for suffix, _ in field_checks(name, field, dialect)]
            for suffix in (*suffixes, "known"):
                check = f"{table}_{name}_{suffix}"
                if check in declared(dialect):
                    yield check, [{name: value} for value in wrong(suffix, field, dialect)]


def wrong(suffix: str, field: Any, dialect: Dialect) -> list[Any]:
    number = (Decimal if dialect == "postgres" else str) if isinstance(field, Number) else int
    match suffix:
        case "least":
            return [number(field.least - 1)]
        case "most":
            return [number(field.most + 1)]
        case "number" if dialect == "postgres":
            return [Decimal("NaN")]
        case "whole" if not isinstance(field, orm.BigIntField):
            return [*WRONG_TYPE[suffix], 2**31]
    return [*WRONG.get(suffix, []), *(WRONG_TYPE.get(suffix, []) if dialect == "sqlite" else [])]


def encoded(table: str, values: Values, dialect: Dialect) -> Values:
    known = dict(fields(MODELS[table]))
    return {column(name, known[name]): _column(known[name], value, dialect) for name, value in values.items()}


def _column(field: Any, value: Any, dialect: Dialect) -> Any:
    return moment(value, dialect) if isinstance(value, datetime) else to_column(field, value, dialect)


def uniques() -> list[tuple[str, tuple[str, ...]]]:
    """Table and columns of everything that is declared to be there once."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for table, model in MODELS.items():
        known = dict(fields(model))
        found += [(table, (column(name, field),)) for name, field in known.items() if field.unique and not field.pk]
        found += [(table, tuple(column(n, known[n]) for n in together)) for together in model._meta.unique_together]
        found += [(table, columns) for _, columns, _ in getattr(model, "UNIQUE", [])]
    return found
