"""What each class of field lets the database hold, as conditions of table constraints.

A condition that is null lets a row pass, so each says itself what null means. SQLite would take any text as a
number, a day or JSON; there the conditions also stand for the types that PostgreSQL has of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tortoise import fields as orm

from service.models import fields as declared
from service.models.fields import Dialect

Conditions = Iterator[tuple[str, str]]
INT_LIMIT = 2**31 - 1


def field_checks(name: str, field: Any, dialect: Dialect) -> Conditions:
    """Suffix of the name and condition of each constraint that follows from the class of a field."""
    rule = next((RULES[cls] for cls in type(field).__mro__ if cls in RULES), None)
    if rule:
        yield from rule(f'"{name}"', field, dialect)


def _choice(column: str, field: declared.Choice, dialect: Dialect) -> Conditions:
    yield "choice", f"{column} IN ({', '.join(repr(str(choice)) for choice in field.choices)})"


def _text(column: str, field: declared.Text, dialect: Dialect) -> Conditions:
    if dialect == "postgres":
        said = f"COALESCE(jsonb_typeof({column}->'lv') = 'string' AND trim({column}->>'lv') <> '', FALSE)"
    else:
        kind, latvian = f"json_type({column}, '$.lv')", f"json_extract({column}, '$.lv')"
        said = _if_json(column, f"COALESCE({kind} = 'text' AND trim({latvian}) <> '', FALSE)")
    yield "latvian", f"{column} IS NULL OR {said}"


def _choice_set(column: str, field: declared.ChoiceSet, dialect: Dialect) -> Conditions:
    values = [f'"{choice}"' for choice in field.choices]
    if dialect == "postgres":
        yield "choices", f"jsonb_typeof({column}) = 'array' AND {column} <@ '[{', '.join(values)}]'::jsonb"
        return
    # A constraint of SQLite may hold no subquery: taken out one by one, the choices leave nothing behind.
    rest = f"json({column})"
    for text in (*values, ","):
        rest = f"replace({rest}, '{text}', '')"
    yield "choices", _if_json(column, f"{rest} = '[]'")


def _line_set(column: str, field: declared.LineSet, dialect: Dialect) -> Conditions:
    if dialect == "postgres":
        yield "list", f"jsonb_typeof({column}) = 'array'"
    else:
        yield "list", _if_json(column, f"json_type({column}) = 'array'")


def _json(column: str, field: Any, dialect: Dialect) -> Conditions:
    if dialect == "sqlite":
        yield "json", f"json_valid({column})"


def _if_json(column: str, condition: str) -> str:
    return f"CASE WHEN json_valid({column}) THEN {condition} ELSE FALSE END"


def _filled(column: str, field: declared.Line, dialect: Dialect) -> Conditions:
    yield "filled", f"trim({column}) <> ''"


def _form(suffix: str, sqlite: str, postgres: str) -> Callable[[str, Any, Dialect], Conditions]:
    def rule(column: str, field: Any, dialect: Dialect) -> Conditions:
        yield suffix, (postgres if dialect == "postgres" else sqlite).format(column)

    return rule


def _partial_date(column: str, field: Any, dialect: Dialect) -> Conditions:
    if dialect == "postgres":
        yield "date", f"is_partial_date({column})"
        return
    day = f"substr({column} || '-01-01', 1, max(10, length({column})))"
    year = f"{column} GLOB '[0-9][0-9][0-9][0-9]*' AND {column} >= '0001'"
    yield "date", f"{column} IS NULL OR ({year} AND {_is_day(day)})"


def _day(column: str, field: Any, dialect: Dialect) -> Conditions:
    if dialect == "sqlite":
        yield "day", f"{column} IS NULL OR ({column} GLOB '[0-9][0-9][0-9][0-9]-*' AND {_is_day(column)})"


def _is_day(value: str) -> str:
    # Without the modifier SQLite gives the 31st of February back as it is.
    return f"{value} IS date({value}, '+0 days')"


def _moment(column: str, field: Any, dialect: Dialect) -> Conditions:
    if dialect == "sqlite":
        moment = f"{column} GLOB '[0-9][0-9][0-9][0-9]-*' AND datetime({column}) IS NOT NULL"
        yield "moment", f"{column} IS NULL OR ({moment})"


def _whole(column: str, field: Any, dialect: Dialect) -> Conditions:
    if dialect == "sqlite":
        limit = "" if isinstance(field, orm.BigIntField) else f" AND abs({column}) <= {INT_LIMIT}"
        yield "whole", f"{column} IS NULL OR (typeof({column}) = 'integer'{limit})"
    yield from _range(column, field)


def _number(column: str, field: declared.Number, dialect: Dialect) -> Conditions:
    number, whole_digits = f"CAST({column} AS NUMERIC)", field.max_digits - field.decimal_places
    if dialect == "postgres":
        yield "number", f"{column} <> 'NaN'"
    else:
        too_fine = f"*.{'?' * (field.decimal_places + 1)}*"
        form = (
            f"({column} GLOB '[0-9]*' OR {column} GLOB '-[0-9]*') AND {column} GLOB '*[0-9]'"
            f" AND substr({column}, 2) NOT GLOB '*[^0-9.]*' AND {column} NOT GLOB '*.*.*'"
        )
        yield "number", f"{form} AND {column} NOT GLOB '{too_fine}' AND abs({number}) < 1e{whole_digits}"
    yield from _range(number, field)


def _degrees(column: str, field: declared.Degrees, dialect: Dialect) -> Conditions:
    yield from _range(column, field)


def _range(number: str, field: Any) -> Conditions:
    if getattr(field, "least", None) is not None:
        yield "least", f"{number} >= {field.least}"
    if getattr(field, "most", None) is not None:
        yield "most", f"{number} <= {field.most}"


def _flag(column: str, field: Any, dialect: Dialect) -> Conditions:
    if dialect == "sqlite":
        yield "flag", f"{column} IN (0, 1)"


def _uuid(column: str, field: Any, dialect: Dialect) -> Conditions:
    # Written in two ways, one id would be two; references follow the keys that they point to.
    if dialect == "sqlite":
        form = "-".join("?" * length for length in (8, 4, 4, 4, 12))
        yield "uuid", f"{column} GLOB '{form}' AND {column} NOT GLOB '*[^0-9a-f-]*'"


RULES: dict[type, Callable[[str, Any, Dialect], Conditions]] = {
    declared.Choice: _choice,
    declared.Text: _text,
    declared.ChoiceSet: _choice_set,
    declared.LineSet: _line_set,
    declared.Url: _form("url", "{0} GLOB 'http://?*' OR {0} GLOB 'https://?*'", "{0} ~ '^https?://.'"),
    declared.Email: _form(
        "email",
        "{0} GLOB '?*@?*.?*' AND {0} NOT GLOB '*[ ,;<>]*'",
        "{0} ~ '^[^ ,;<>]+@[^ ,;<>]+[.][^ ,;<>]+$'",
    ),
    declared.Phone: _form(
        "phone",
        "({0} GLOB '+[1-9]*' OR {0} GLOB '1[0-9][0-9]*') AND substr({0}, 2) NOT GLOB '*[^0-9]*'",
        "{0} ~ '^([+][1-9]|1[0-9][0-9])[0-9]*$'",
    ),
    declared.Clock: _form(
        "clock",
        "{0} GLOB '[0-2][0-9]:[0-5][0-9]' AND {0} < '24:00'",
        "{0} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'",
    ),
    declared.Currency: _form("code", "{0} GLOB '[A-Z][A-Z][A-Z]'", "{0} ~ '^[A-Z]{{3}}$'"),
    declared.PartialDate: _partial_date,
    declared.Line: _filled,
    declared.Number: _number,
    declared.Degrees: _degrees,
    orm.IntField: _whole,
    orm.BigIntField: _whole,
    orm.BooleanField: _flag,
    orm.DatetimeField: _moment,
    orm.DateField: _day,
    orm.UUIDField: _uuid,
    orm.JSONField: _json,
}
