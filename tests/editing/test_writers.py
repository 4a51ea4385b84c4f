"""Nothing but the write core writes published tables.

The code of the service is read for statements and model methods that write and for what opens the way to them;
then the program is tried: what everybody else reads through refuses to write.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.models import Model

import service
from service import models
from service.database import Database
from service.starter.loading import load_starter
from tests.editing.observing import changes, published_tables, put, sizes, stored
from tests.factories import ident, make_organisation

SERVICE = Path(service.__file__).parent
WRITERS = ("editing", "migrations")
"""The write core; migrations, which run before anything is published anew."""

PLUMBING = (*WRITERS, "engines", "database.py")
"""What passes on the statements of others, too."""

KEEPERS = (
    "accounts",
    "asking",
    "backup",
    "campaigns",
    "hooks.py",
    "jobs.py",
    "joining",
    "pages",
    "periodic.py",
    "reporting",
    "webhooks",
)
"""What writes tables in which nothing published is: accounts, letters, leases, webhooks."""

ANY_OF_THEIRS = {"accounts/rows.py", "accounts/people.py", "backup/content.py"}
"""Those of them that write several tables with one statement."""

TABLES = {*published_tables()}
MODELS = {name for name in models.__all__ if isinstance(getattr(models, name), type)} | {"Model"}
STATEMENT = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?"
    r"|ALTER\s+TABLE|DROP\s+TABLE(?:\s+IF\s+EXISTS)?|COPY|MERGE\s+INTO)\s+[\"'`\[]?(?:(?:\w+|\?\?)\.)?(\w+|\?\?|%s|{)",
    re.IGNORECASE,
)
UNKNOWN = "??"
"""Stands for what an f-string or a concatenation puts into a statement."""

ON_RECORDS = {"save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "update_from_dict"}
ON_MODELS = ON_RECORDS | {"create", "update", "select_for_update", "raw"}
WAYS = {"transaction", "in_transaction", "execute_many", "execute_script", "execute_insert", "get_connection"}


def writes(source: str) -> Iterator[str]:
    """What in a file would write published tables, as `line: what`."""
    tree = ast.parse(source)
    inner = {id(part) for node in ast.walk(tree) for part in _parts(node)}
    for node in ast.walk(tree):
        if id(node) not in inner and (text := _text(node)) is not None:
            for table in STATEMENT.findall(text):
                if table.lower() in TABLES or not table.isidentifier():
                    yield f"{node.lineno}: {' '.join(text.split())}"  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in ON_RECORDS or (name in ON_MODELS and _root(node.func) in MODELS):
                yield f"{node.lineno}: .{name}()"


def ways(source: str) -> Iterator[str]:
    """What in a file opens a connection that can write."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in WAYS:
                yield f"{node.lineno}: {name}()"


def _text(node: ast.AST) -> str | None:
    """A string as far as it is written down; None for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or UNKNOWN for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        left, right = _text(node.left), _text(node.right)
        return None if left is None and right is None else f"{left or UNKNOWN}{right or UNKNOWN}"
    return None


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """The strings that are looked at as part of a longer one."""
    if isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.BinOp):
        yield from (node.left, node.right)


def _root(node: ast.expr) -> str:
    """`models.Organisation.filter(…).delete` -> `Organisation`; of other names the first."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute) and node.attr in MODELS:
            return node.attr
        node = node.func if isinstance(node, ast.Call) else getattr(node, "value", ast.Name("", ast.Load()))
    return node.id


def files(*left_out: str) -> Iterator[Path]:
    for file in sorted(SERVICE.rglob("*.py")):
        if file.relative_to(SERVICE).parts[0] not in left_out:
            yield file


def test_only_the_write_core_has_statements_that_write() -> None:
    looked_at = list(files(*WRITERS))
    assert {file.relative_to(SERVICE).parts[0] for file in looked_at} >= {"catalogue", "api", "starter", "cli.py"}
    named = {str(file.relative_to(SERVICE)): list(writes(file.read_text())) for file in looked_at}
    for file in ANY_OF_THEIRS:
        named[file] = [found for found in named[file] if UNKNOWN not in found]
    assert {file: found for file, found in named.items() if found} == {}


def test_nobody_else_opens_a_way_to_write() -> None:
    assert [
        f"{file.relative_to(SERVICE)}:{found}"
        for file in files(*PLUMBING, *KEEPERS)
        for found in ways(file.read_text())
    ] == []


def test_the_write_core_is_found_to_write() -> None:
    """So the reading above sees what it is looking for, in the style of this very code."""
    found = [text for file in (SERVICE / "editing").rglob("*.py") for text in writes(file.read_text())]
    for words in (
        "INSERT INTO record",
        'INSERT INTO "??"',
        'DELETE FROM "??"',
        "UPDATE slug SET",
        "INSERT INTO change",
    ):
        assert any(words in text for text in found), words
    assert any(ways(file.read_text()) for file in (SERVICE / "editing").rglob("*.py"))


@pytest.mark.parametrize(
    "source",
    [
        'db.fetch("INSERT INTO organisation (id) VALUES (?)")',
        "db.fetch('insert or replace into \"organisation\" (id) values (?)')",
        'db.fetch("  UPDATE\\n record SET version = 5")',
        'db.fetch(f"UPDATE {table} SET name = 1")',
        'db.fetch("DELETE FROM " + table)',
        'db.fetch("DELETE FROM %s" % table)',
        'db.fetch("DELETE FROM {}".format(table))',
        'db.fetch("WITH gone AS (DELETE FROM evidence RETURNING id) SELECT * FROM gone")',
        'SQL = "delete from service_category"',
        'db.fetch("TRUNCATE change")',
        'db.fetch("COPY revision FROM STDIN")',
        "await Organisation.create(id=1)",
        "await models.Organisation.create(id=1)",
        "await models.Organisation.filter(id=1).update(name=1)",
        "await Organisation.filter(id=1).delete()",
        "await organisation.save()",
        "await Organisation.bulk_create(rows)",
    ],
)
def test_a_writer_would_be_found(source: str) -> None:
    assert list(writes(source))


@pytest.mark.parametrize(
    "source",
    [
        'db.fetch("SELECT * FROM organisation")',
        'db.fetch("UPDATE change_clock SET epoch = ?")',
        "found.update(other)",
        "names.add(name)",
        '"""It does not update records, nor delete from them."""',
        "Schema.create(x)",
    ],
)
def test_a_reader_is_let_be(source: str) -> None:
    assert not list(writes(source))


@pytest.mark.parametrize(
    "source", ["database.transaction()", "in_transaction('default')", "client.execute_many(sql, [])"]
)
def test_a_way_to_write_would_be_found(source: str) -> None:
    assert list(ways(source))


def test_the_methods_of_models_that_write_are_all_known() -> None:
    """A new version of the library may bring others."""
    public = {name for name in dir(Model) if not name.startswith("_")}
    reading = {"all", "annotate", "check", "clone", "describe", "earliest", "exclude", "exists", "fetch_for_list"}
    reading |= {"fetch_related", "filter", "first", "get", "get_or_none", "in_bulk", "last", "latest", "pk"}
    reading |= {"refresh_from_db", "construct", "get_table", "Meta", "register_listener"}
    assert public - reading <= ON_MODELS, public - reading - ON_MODELS


@pytest.mark.parametrize("table", ["organisation", "record", "change", "evidence"])
async def test_what_others_read_through_does_not_write(directory: Database, table: str) -> None:
    before = await sizes(directory)
    for sql in (f'DELETE FROM "{table}"', f'UPDATE "{table}" SET id = id', f'INSERT INTO "{table}" DEFAULT VALUES'):
        with pytest.raises(OperationalError):
            await directory.fetch(sql.replace("id = id", "seq = seq") if table == "change" else sql)
        async with directory.snapshot() as reader:
            with pytest.raises(OperationalError):
                await reader.fetch(sql)
    assert await sizes(directory) == before


async def test_the_starter_has_a_revision_and_a_change_for_every_record(database: Database) -> None:
    """Had it written a row by itself, the row would have neither."""
    await load_starter(database, lambda *_: None)
    [row] = await database.fetch(
        "SELECT count(*) AS n FROM record WHERE id NOT IN (SELECT record_id FROM revision)"
        " OR id NOT IN (SELECT record_id FROM change)"
    )
    assert row["n"] == 0
    for noun in models.NOUNS:
        for found in await database.fetch(f'SELECT id FROM "{noun}" ORDER BY id LIMIT 5'):
            id = str(found["id"])
            assert await stored(database, noun, id) == (await changes(database, id))[-1][1]["content"]


async def test_rows_written_past_the_write_core_are_refused_by_the_tables(directory: Database) -> None:
    """A row without its record cannot even be inserted."""
    await put(directory, make_organisation(3))
    with pytest.raises(IntegrityError):
        async with directory.transaction() as transaction:
            await transaction.execute("UPDATE organisation SET id = ?", ident("organisation", "stray"))
