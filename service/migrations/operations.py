"""What migrations are made of: SQL for each engine, and remaking a table on SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tortoise.migrations.operations import TortoiseOperation
from tortoise.migrations.schema_editor import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State

BETWEEN = ";\n\n"
"""What stands between two statements of a file, and within none of them."""


def statements_beside(migration: str, engine: str) -> list[str]:
    """The statements in the .sql file of an engine that lies beside a migration's module."""
    text = Path(migration).with_suffix(f".{engine}.sql").read_text("utf-8")
    return text.rstrip(";\n").split(BETWEEN)


class RunStatements(TortoiseOperation):
    """Statements of which each engine has its own. There is no way back but a backup.

    PostgreSQL refuses to alter a table whose deferred foreign keys are still to be checked: after rows were
    changed, `SET CONSTRAINTS ALL IMMEDIATE` has to come before the next ALTER TABLE.
    """

    reversible = False

    def __init__(self, sqlite: Sequence[str] = (), postgres: Sequence[str] = ()) -> None:
        self.statements = {"sqlite": list(sqlite), "postgres": list(postgres)}

    def describe(self) -> str:
        return "Run the statements of this engine"

    async def database_forward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        if not state_editor:
            return
        for statement in self.statements[state_editor.DIALECT]:
            # The editor itself would cut a statement of SQLite in two at a semicolon in a text or a trigger.
            await state_editor.client.execute_query(statement)


class RemakeTable(RunStatements):
    """A change of a table for which SQLite has no ALTER TABLE; PostgreSQL gets its statements as they are.

    On SQLite a new table with the given `body` (what stands in the brackets of CREATE TABLE) takes the place
    of the old one. It keeps the rows, indexes and triggers. `fill` gives SQL expressions over the old columns
    for columns that are new or change; columns that the new table lacks are lost, and so must be their
    indexes: `without` names them. Foreign keys have to be off (the runner sees to that), or the rows of other
    tables that point here would be deleted too; the runner checks them at the end.
    """

    def __init__(
        self,
        table: str,
        *,
        body: str,
        fill: Mapping[str, str] | None = None,
        without: Sequence[str] = (),
        postgres: Sequence[str],
    ) -> None:
        super().__init__(postgres=postgres)
        self.table, self.body = table, body
        self.fill, self.without = dict(fill or {}), tuple(without)

    def describe(self) -> str:
        return f"Remake the table {self.table}"

    async def database_forward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        if state_editor and state_editor.DIALECT == "sqlite":
            await self._remake(state_editor.client)
        else:
            await super().database_forward(app_label, old_state, new_state, state_editor)

    async def _remake(self, client: Any) -> None:
        if (await _rows(client, "PRAGMA foreign_keys"))[0]["foreign_keys"]:
            raise RuntimeError(f"With foreign keys on, remaking {self.table} deletes rows of other tables.")
        kept = await self._to_keep(client)
        triggers = await _rows(client, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        # Renaming a table fails when a trigger, of whichever table, names one that is not there just then.
        for trigger in triggers:
            await client.execute_query(f'DROP TRIGGER "{trigger["name"]}"')
        await self._swap(client)
        for made in (*kept, *triggers):
            await client.execute_query(made["sql"])

    async def _to_keep(self, client: Any) -> list[dict[str, Any]]:
        indexes = await _rows(
            client,
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            self.table,
        )
        return [index for index in indexes if index["name"] not in self.without]

    async def _swap(self, client: Any) -> None:
        new = f"{self.table}__new"
        await client.execute_query(f'CREATE TABLE "{new}" ({self.body})')
        old_columns, new_columns = await _columns(client, self.table), await _columns(client, new)
        values = {name: f'"{name}"' for name in new_columns if name in old_columns} | self.fill
        names = ", ".join(f'"{name}"' for name in values)
        copied = f'SELECT {", ".join(values.values())} FROM "{self.table}" ORDER BY rowid'
        await client.execute_query(f'INSERT INTO "{new}" ({names}) {copied}')
        await client.execute_query(f'DROP TABLE "{self.table}"')
        await client.execute_query(f'ALTER TABLE "{new}" RENAME TO "{self.table}"')


async def _rows(client: Any, sql: str, *values: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await client.execute_query_dict(sql, list(values))
    return rows


async def _columns(client: Any, table: str) -> list[str]:
    return [row["name"] for row in await _rows(client, f'PRAGMA table_info("{table}")')]
