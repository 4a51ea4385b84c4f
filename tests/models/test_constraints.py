"""Every constraint and trigger is broken with plain SQL, on both engines; the error has to name it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from decimal import Decimal
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError
from tortoise.fields.relational import ForeignKeyFieldInstance

from service import models
from service.database import Database, Transaction
from service.models.fields import Dialect
from service.models.shape import shape
from service.models.triggers import KEPT
from tests.models.breaking import ALIAS, ALSO, cases, declared, uniques
from tests.models.filling import MODELS, Values, column, fields, ident, insert, row

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOBODY = "00000000-0000-4000-8000-000000000000"
SETS = {relation.table: relation for noun in models.NOUNS for relation in shape(noun).sets.values()}


class Undone(Exception):
    """Ends a transaction whose statements were all taken."""


@asynccontextmanager
async def undone(database: Database) -> AsyncIterator[Transaction]:
    """A transaction of which nothing stays."""
    with suppress(Undone):
        async with database.transaction() as transaction:
            yield transaction
            raise Undone


@asynccontextmanager
async def refusing(database: Database, words: str) -> AsyncIterator[Transaction]:
    """A transaction that the database must refuse with these words, at a statement or at the end."""
    with pytest.raises(IntegrityError, match=words):
        async with database.transaction() as transaction:
            yield transaction


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
async def test_every_check_has_a_case(dialect: Dialect) -> None:
    broken = cases(dialect)
    assert set(declared(dialect)) == set(broken)
    assert [check for check, changes in broken.items() if not changes] == []


@pytest.mark.parametrize("table", MODELS)
async def test_checks(filled: Database, table: str) -> None:
    for check, changes in cases(filled.dialect).items():
        if declared(filled.dialect)[check] != table:
            continue
        for change in changes:
            said = await refusal(filled, table, change | ALSO.get(check, {}))
            named = re.search(r'check constraint "(\w+)"|CHECK constraint failed: (\w+)', said)
            assert named, f"{check}, {change}: {said}"
            assert {check, ALIAS.get(check)} & set(named.groups()), f"{check}, {change}: {said}"


@pytest.mark.parametrize("table", MODELS)
async def test_not_null(filled: Database, table: str) -> None:
    for name, field in fields(MODELS[table]):
        if not field.null and not field.pk:
            said = await refusal(filled, table, {column(name, field): None})
            assert re.search("(?i)not.null constraint", said), f"{name}: {said}"
            assert column(name, field) in said


@pytest.mark.parametrize(("table", "columns"), uniques())
async def test_unique(filled: Database, table: str, columns: tuple[str, ...]) -> None:
    first = row(table, 0, filled.dialect)
    said = await refusal(filled, table, {name: first[name] for name in columns}, i=1)
    if filled.dialect == "sqlite":
        assert f"UNIQUE constraint failed: {', '.join(f'{table}.{name}' for name in columns)}" in said
    else:
        assert "unique constraint" in said
        assert table in said


async def test_an_old_slug_may_stay_beside_the_current_one(filled: Database) -> None:
    async with undone(filled) as transaction:
        old = row("slug", 2, filled.dialect) | {"record_id": ident("organisation", 0), "current": False}
        await insert(transaction, "slug", old)


BESIDE: dict[tuple[str, str], Values] = {
    ("record", "merged_into_id"): {"state": "merged"},
    **{("figure", f"{noun}_id"): {"region_id": None} for noun in ("organisation", "service", "project")},
    ("one_time_link", "link_id"): {"purpose": "answer", "side": "side_a", "account_id": None},
    ("one_time_link", "recipient_id"): {"purpose": "campaign", "account_id": None},
    ("letter", "recipient_id"): {"purpose": "campaign", "account_id": None},
    ("letter", "application_id"): {"purpose": "reply", "account_id": None},
    ("letter", "link_id"): {"purpose": "answer", "side": "side_a", "account_id": None},
}
"""What has to change with a reference, so that no rule between columns is broken."""


@pytest.mark.parametrize("table", [*MODELS, *SETS])
async def test_references_are_checked_at_the_commit(filled: Database, table: str) -> None:
    for name in references(table):
        named = "" if filled.dialect == "sqlite" else f".*{table}_{name}_fkey"
        taken = False
        async with refusing(filled, f"(?i)foreign key constraint{named}") as transaction:
            await change(transaction, table, BESIDE.get((table, name), {}) | {name: NOBODY}, 0)
            taken = True
        assert taken, f"{name} is checked before the commit"


def references(table: str) -> list[str]:
    if table in SETS:
        return ["owner_id", SETS[table].column]
    return [f"{name}_id" for name, field in fields(MODELS[table]) if isinstance(field, ForeignKeyFieldInstance)]


@pytest.mark.parametrize("table", KEPT)
async def test_nothing_is_ever_deleted(filled: Database, table: str) -> None:
    key, id = key_of(table, 1)
    for where in ("", f" WHERE {key} = '{id}'"):
        async with refusing(filled, "kept_for_ever") as transaction:
            await transaction.execute(f'DELETE FROM "{table}"{where}')


@pytest.mark.parametrize("noun", models.NOUNS)
@pytest.mark.parametrize("record", [None, {"state": "withdrawn"}, {"noun": "another"}])
async def test_a_row_needs_a_published_record_of_its_noun(
    filled: Database, noun: str, record: dict[str, str] | None
) -> None:
    async with refusing(filled, "record_of_noun") as transaction:
        if record is not None:
            await insert(transaction, "record", new_record(filled, noun, record))
        await insert(transaction, noun, row(noun, 2, filled.dialect))
    async with refusing(filled, "record_of_noun") as transaction:
        await change(transaction, noun, {"id": NOBODY}, 0)


def new_record(database: Database, noun: str, change: dict[str, str]) -> Values:
    another = "source" if noun != "source" else "region"
    changes = {name: another if value == "another" else value for name, value in change.items()}
    common = {"id": ident(noun, 2), "noun": noun, "state": "published"}
    return row("record", 0, database.dialect) | common | changes


@pytest.mark.parametrize("noun", models.NOUNS)
async def test_a_record_leaves_the_published_ones_after_its_row(filled: Database, noun: str) -> None:
    another = "source" if noun != "source" else "region"
    for act in ("state = 'withdrawn'", f"noun = '{another}'"):
        async with refusing(filled, "record_without_row") as transaction:
            await transaction.execute(f"UPDATE record SET {act} WHERE id = ?", ident(noun, 0))
    async with undone(filled) as transaction:
        await transaction.execute(f'DELETE FROM "{noun}" WHERE id = ?', ident(noun, 0))
        await transaction.execute("UPDATE record SET state = 'withdrawn' WHERE id = ?", ident(noun, 0))


@pytest.mark.parametrize("table", MODELS)
async def test_what_may_be_null_may_all_be_null(filled: Database, table: str) -> None:
    if table == "change_clock":
        return
    async with undone(filled) as transaction:
        if table in models.NOUNS:
            await insert(transaction, "record", new_record(filled, table, {}))
        if table == "location_private":
            await transaction.execute("DELETE FROM location_private")
        i = 0 if table == "location_private" else 2
        await insert(transaction, table, row(table, i, filled.dialect, bare=True))


RIGHT: dict[tuple[str, str], list[Any]] = {
    ("service", "attested_on"): ["2010", "2010-12", "2012-02-29", "2000-02-29", "2010-03-31"],
    ("cooperation_link", "valid_to"): ["2010", "2010-03", "2010-03-26", "2010-04"],
    ("region", "valid_from"): ["0001", "0001-01-01"],
    ("organisation", "phone"): ["112", "116006", "+37167000000"],
    ("organisation", "roles"): ["[]", '["provider"]', '["provider", "funder"]', '[ "funder" ]'],
    ("organisation", "name"): ['{"lv": "Ķekavas \\"Šķēde\\"", "en": "x"}'],
    ("event", "start_time"): ["00:00", "23:59"],
    ("record", "id"): [ident("record", 5)],
}


@pytest.mark.parametrize(("table", "name"), RIGHT)
async def test_what_is_right_is_taken(filled: Database, table: str, name: str) -> None:
    for value in RIGHT[table, name]:
        async with undone(filled) as transaction:
            await change(transaction, table, {name: value}, 0)


@pytest.mark.parametrize("value", ["0", "5", "-5", "-0.5", "12345678901234.1234", "0.0001"])
async def test_numbers(filled: Database, value: str) -> None:
    async with undone(filled) as transaction:
        given = Decimal(value) if filled.dialect == "postgres" else value
        await change(transaction, "figure", {"value": given}, 0)


def key_of(table: str, i: int) -> tuple[str, Any]:
    if table in SETS:
        noun = next(noun for noun in models.NOUNS for s in shape(noun).sets.values() if s.table == table)
        return "owner_id", ident(noun, i)
    match table:
        case "change_clock":
            return "id", 1
        case "change":
            return "seq", 1 + i
        case "location_private":
            return "location_id", ident("location", i)
    return "id", ident(table, i)


async def change(transaction: Transaction, table: str, values: Values, i: int) -> None:
    key, id = key_of(table, i)
    changed = ", ".join(f'"{name}" = ?' for name in values)
    sql = f'UPDATE "{table}" SET {changed} WHERE {key} = ?'
    assert await transaction.execute(sql, *values.values(), id) == 1


async def refusal(database: Database, table: str, values: Values, i: int = 0) -> str:
    """What the database says to a change of a row that it must not take."""
    try:
        async with undone(database) as transaction:
            await change(transaction, table, values, i)
    except IntegrityError as refused:
        return str(refused)
    pytest.fail(f"{table} took {values}")
