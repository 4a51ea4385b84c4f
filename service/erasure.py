"""`kopa redact`: a value goes from everything that was ever written. It is read, never given as an argument."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from service.errors import KopaError
from service.settings import Settings

if TYPE_CHECKING:
    from service.editing.redaction import Redacted

AUTHOR = "command line"


@click.command(
    epilog="\b\nExample:\n  kopa redact --dry-run\n  kopa redact --reason 'Asked for by the person on 21 November 2026'"
)
@click.option("--reason", help="Why, for the audit; it must not hold the value.")
@click.option("--dry-run", is_flag=True, help="Only say how many rows hold the value.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
def redact(reason: str | None, dry_run: bool, yes: bool) -> None:
    """Remove a text from every record, revision, draft, change, note and audit entry; it cannot be undone.

    The text is asked for, or read from standard input, so that no shell keeps it. Every way to write it goes:
    large and small letters, any spaces, a telephone number with or without +371. A dated mark stands in its place.
    Then the files of the database are written anew, which takes room for a second copy. Backups made before still
    hold the text: see docs/operating.md.
    """
    value = click.prompt("What is to go") if sys.stdin.isatty() else sys.stdin.read()
    settings = Settings.from_env()
    if not dry_run and not reason:
        raise click.UsageError("Say why with --reason, or only look with --dry-run.")
    found = asyncio.run(_looked(settings, value))
    click.echo(_counted(found, "It stands in"))
    if dry_run:
        return
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("Nothing was changed. Say --yes, since nobody can be asked.")
    if not yes and not click.confirm("Remove it from there for ever?"):
        raise KopaError("Nothing was changed.")
    done = asyncio.run(_done(settings, value, reason or ""))
    click.echo(_counted(done.rows, f"In its place stands {done.mark} in"))
    click.echo("Backups made before still hold it; docs/operating.md says how to renew them.", err=True)


async def _looked(settings: Settings, value: str) -> Mapping[str, int]:
    from service.database import Database
    from service.editing import redaction
    from service.migrations import runner

    async with Database(settings.database_url, models=()) as database:
        await runner.require_migrated(database)
        return await redaction.places(database, value)


async def _done(settings: Settings, value: str, reason: str) -> Redacted:
    from service.database import Database
    from service.editing import redaction

    async with Database(settings.database_url, models=()) as database:
        return await redaction.redact(database, value, author=AUTHOR, reason=reason)


def _counted(rows: Mapping[str, int], begin: str) -> str:
    if not rows:
        return f"{begin} no row."
    listed = ", ".join(f"{count} of {table}" for table, count in sorted(rows.items()))
    return f"{begin} {sum(rows.values())} rows: {listed}."
