"""The one transaction of a restore, in a psql that is fed step by step.

The COMMIT is written only when everything else has gone well. Whatever ends before, this process or another,
ends the feeding, and PostgreSQL undoes what was done. pg_restore's own --single-transaction would not do: the
new epoch has to come in the same transaction, and --clean leaves the tables of a newer version behind.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO, Self

from service.backup.content import settling
from service.backup.files import in_thread
from service.backup.tools import Ended, Tools
from service.errors import BackupError, DatabaseError
from service.migrations import runner

TRIES = 30
DONE = b"done"
IN_USE = "is locked by somebody else"

OURS = """
    SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relname, c.relkind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""

# It gives up waiting before PostgreSQL looks for deadlocks (after a second), so that it is never somebody
# else who has to give up. Whoever publishes locks the clock first, and so does this.
LOCK = f"""DO $do$
DECLARE tables text;
BEGIN
    FOR attempt IN 1..{{tries}} LOOP
        BEGIN
            PERFORM pg_advisory_xact_lock({runner.LOCK});
            SELECT string_agg(name, ', ' ORDER BY relname <> 'change_clock', relname) INTO tables
            FROM ({OURS}) o WHERE relkind IN ('r', 'p');
            IF tables IS NOT NULL THEN
                EXECUTE 'LOCK TABLE ' || tables || ' IN {{mode}} MODE';
            END IF;
            RETURN;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
            PERFORM pg_sleep(0.5);
        END;
    END LOOP;
    RAISE EXCEPTION '{IN_USE}';
END $do$;"""

DROP = f"""DO $do$
DECLARE item record;
BEGIN
    FOR item IN {OURS} LOOP
        IF item.relkind IN ('r', 'p') THEN
            EXECUTE 'DROP TABLE IF EXISTS ' || item.name || ' CASCADE';
        END IF;
    END LOOP;
    FOR item IN SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE 'DROP FUNCTION ' || item.name || ' CASCADE';
    END LOOP;
END $do$;"""


class Session:
    """Enter it, `hold`, `replace`; what is not replaced by then is as it was.

    :raises BackupError: PostgreSQL has refused something.
    """

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        options = ("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1")
        self._psql = self._stack.enter_context(
            self.tools.started("psql", *options, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        )
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._stack.__exit__(*error)  # type: ignore[arg-type]
        except BackupError as failed:
            if IN_USE in failed.message:
                raise DatabaseError(f"The database {IN_USE}; stop what uses it, or try again later.") from failed
            raise

    async def hold(self) -> None:
        """Keep everybody from writing; reading goes on."""
        await self._do(f"BEGIN; SET LOCAL lock_timeout = '500ms'; {LOCK.format(mode='EXCLUSIVE', tries=TRIES)}")

    async def replace(self, dump: Path, epoch: str) -> None:
        """Put the content of the dump in the place of what is there."""
        await self._do(LOCK.format(mode="ACCESS EXCLUSIVE", tries=TRIES) + DROP)
        schema = await in_thread(lambda: self._ask("SELECT quote_ident(current_schema());"), self._psql.kill)
        await self._feed(dump, schema)
        await self._do(f"UPDATE {schema}.change_clock SET epoch = '{epoch}' WHERE id = 1;")
        for table, statement in settling(f"{schema}.").items():
            there = f"to_regclass('{schema}.{table}') IS NOT NULL"
            await self._do(f"DO $do$ BEGIN IF {there} THEN {statement}; END IF; END $do$;")
        await self._do("COMMIT;")

    async def _feed(self, dump: Path, schema: str) -> None:
        named = re.sub('^"|"$', "", schema).replace('""', '"')
        arguments = ("--no-owner", "--no-privileges", f"--schema={named}", "--file=-", str(dump))
        with self.tools.started("pg_restore", *arguments, stdout=subprocess.PIPE) as process:

            def stop() -> None:
                process.kill()
                self._psql.kill()

            assert process.stdout is not None
            script = process.stdout
            await in_thread(lambda: self._tell(script), stop)
        await self._do("")

    async def _do(self, sql: str) -> None:
        await in_thread(lambda: self._ask(sql), self._psql.kill)

    def _ask(self, sql: str) -> str:
        """Run statements, wait for their end, and return what they print.

        :raises Ended: psql has refused one.
        """
        self._tell(BytesIO(sql.encode() + b"\n\\echo " + DONE + b"\n"))
        assert self._psql.stdout is not None
        printed: list[bytes] = []
        while line := self._psql.stdout.readline():
            if line.rstrip() == DONE:
                return b"".join(printed).decode().strip()
            printed.append(line)
        raise Ended(self._psql)

    def _tell(self, script: IO[bytes]) -> None:
        assert self._psql.stdin is not None
        try:
            shutil.copyfileobj(script, self._psql.stdin)
            self._psql.stdin.flush()
        except BrokenPipeError:
            raise Ended(self._psql) from None
