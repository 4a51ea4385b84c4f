"""What a database says of one table, asked of its own catalogue, in the same words on both engines."""

import re

from service.database import Database


class Real:
    def __init__(self, reader: Database, table: str) -> None:
        self.reader, self.dialect, self.table = reader, reader.dialect, table

    async def columns(self) -> dict[str, bool]:
        """Each column, and whether it may be null."""
        if self.dialect == "sqlite":
            rows = await self.reader.fetch(f"SELECT name, \"notnull\" FROM pragma_table_info('{self.table}')")
            return {row["name"]: not row["notnull"] for row in rows}
        rows = await self.reader.fetch(
            "SELECT column_name, is_nullable FROM information_schema.columns WHERE table_name = ?", self.table
        )
        return {row["column_name"]: row["is_nullable"] == "YES" for row in rows}

    async def foreign_keys(self) -> dict[str, tuple[str, str]]:
        """Target and act on delete by column; all of them deferred, or it fails."""
        if self.dialect == "sqlite":
            text = await self.text()
            assert text.count(" REFERENCES ") == text.count(" DEFERRABLE INITIALLY DEFERRED")
            rows = await self.reader.fetch(
                f'SELECT "from", "table", on_delete FROM pragma_foreign_key_list(\'{self.table}\')'
            )
            return {row["from"]: (row["table"], row["on_delete"]) for row in rows}
        keys = {}
        for definition in await self._constraints("f"):
            found = re.fullmatch(
                r"FOREIGN KEY \((\w+)\) REFERENCES (\w+)\(id\)(?: ON DELETE (\w+))? DEFERRABLE INITIALLY DEFERRED",
                definition.replace('"', ""),
            )
            assert found, definition
            keys[found[1]] = (found[2], found[3] or "NO ACTION")
        return keys

    async def indexes(self, *, unique: bool = False) -> set[tuple[str, ...]]:
        """The columns of each index; of the unique ones only, if so asked."""
        if self.dialect == "sqlite":
            rows = await self.reader.fetch(
                f"SELECT i.name, c.name AS part FROM pragma_index_list('{self.table}') i, pragma_index_info(i.name) c"
                f' WHERE i."unique" OR {int(not unique)} ORDER BY i.name, c.seqno'
            )
        else:
            rows = await self.reader.fetch(
                "SELECT i.indexrelid::regclass::text AS name, a.attname AS part FROM pg_index i"
                " JOIN pg_attribute a ON a.attrelid = i.indexrelid WHERE i.indrelid = (?::text)::regclass"
                f" AND (i.indisunique OR {not unique}) ORDER BY name, a.attnum",
                f'"{self.table}"',
            )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["name"], []).append(row["part"])
        return {tuple(parts) for parts in found.values()}

    async def checks(self) -> list[str]:
        if self.dialect == "sqlite":
            return re.findall(r"CONSTRAINT \w+ CHECK (.+)", await self.text())
        return await self._constraints("c")

    async def text(self) -> str:
        rows = await self.reader.fetch(f"SELECT sql FROM sqlite_master WHERE name = '{self.table}'")
        return str(rows[0]["sql"])

    async def _constraints(self, kind: str) -> list[str]:
        rows = await self.reader.fetch(
            "SELECT pg_get_constraintdef(oid) AS words FROM pg_constraint"
            f" WHERE contype = '{kind}' AND conrelid = (?::text)::regclass",
            f'"{self.table}"',
        )
        return [row["words"] for row in rows]
