"""The `kopa` command. What fails ends in one sentence and an exit code, without a traceback."""

import asyncio
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from service import __version__
from service.collector import seldom
from service.erasure import redact
from service.errors import BackupError, KopaError
from service.handbooks import handbook
from service.hooks import webhook
from service.settings import SETTINGS, Settings
from service.users import first_administrator, user

if TYPE_CHECKING:
    from service.backup import Backup, Destination, Restored
    from service.database import Database

INTERRUPTED = 130
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def main() -> None:
    seldom()
    # SIGTERM takes the way of Ctrl+C, so that both roll back what is open. Shells switch that way off for
    # what they start in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        sys.exit(cli.main(prog_name="kopa", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        fail(error.format_message(), error.exit_code)
    except KopaError as error:
        fail(error.message, error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        fail("Interrupted; run the same command again to finish.", INTERRUPTED)


def fail(sentence: str, exit_code: int) -> None:
    click.echo(f"kopa: {sentence}", err=True)
    sys.exit(exit_code)


def example(*commands: str) -> str:
    return "\b\n" + "\n".join(["Example:", *(f"  {command}" for command in commands)])


@click.group(epilog=example("kopa serve --prepare"), context_settings={"max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:
    """Kopā: an open directory of organisations, social services and their cooperation.

    It is set up by KOPA_ environment variables; docs/settings.md lists them.

    Exit codes: 0 done, 1 failed or something is wrong, 2 wrong use, 3 settings or address, 4 database,
    5 a migration is missing, 6 the database belongs to another program, 7 a backup cannot be written
    or used, 130 interrupted.
    """


@cli.command(epilog=example("kopa serve --prepare --port 8080"))
@click.option("--host", help="Address to listen on, instead of KOPA_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on, instead of KOPA_PORT.")
@click.option("--prepare", is_flag=True, help="First migrate, and load the starter into an empty database.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="How many processes serve.")
def serve(host: str | None, port: int | None, prepare: bool, workers: int) -> None:
    """Serve the directory until Ctrl+C or SIGTERM.

    Each worker is a process that loads the whole directory by itself: it uses a core and the memory of one more.
    """
    settings = Settings.from_env()
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    from service import server

    with server.listen(settings.host, settings.port) as address:
        asyncio.run(make_ready(settings) if prepare else require_migrated(settings))
        settings = replace(settings, port=address.getsockname()[1])
        click.echo(f"Kopā answers at {server.url(address)} (Ctrl+C stops it).", err=True)
        if prepare and (way_in := first_administrator(settings)):
            click.echo(way_in, err=True)
        server.run(settings, address, workers)


@cli.command(epilog=example("kopa load starter"))
@click.argument("what", type=click.Choice(["starter"]))
def load(what: str) -> None:
    """Load content that ships with Kopā. What is already there is left as it is.

    starter: the regions, taxonomies and organisations of the starter directory.
    """
    asyncio.run(load_shipped(Settings.from_env()))


@cli.command(epilog=example("kopa generate --organisations 5000"))
@click.option("--organisations", type=click.IntRange(1), required=True, help="How many organisations.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed, another directory.")
@click.option("--force", is_flag=True, help="Also into a database that holds a real directory.")
def generate(organisations: int, seed: int, force: bool) -> None:
    """Fill the database with a synthetic directory, for measuring and trying out.

    Everything in it is made up and says so in its sources; the same seed gives the same records. What is already
    there is left as it is, so an interrupted run goes on where it stopped and a larger number adds to a smaller one.
    """
    asyncio.run(generate_synthetic(Settings.from_env(), organisations, seed, force))


@cli.command(epilog=example("kopa migrate"))
@click.option("--no-backup", is_flag=True, help="Do not back up what is there first.")
def migrate(no_backup: bool) -> None:
    """Create the tables, or bring them up to this version.

    What is there is backed up to var/backups first, if anything has to be done.
    """
    applied = asyncio.run(apply_migrations(Settings.from_env(), back_up_first=not no_backup))
    click.echo("\n".join(f"Applied {name}." for name in applied) or "The tables are up to date.")


@cli.command(epilog=example("kopa backup", "kopa backup /srv/backups", "kopa backup --quiet before-import.db"))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Print nothing unless it fails.")
def backup(file: Path | None, quiet: bool) -> None:
    """Write everything into one file while Kopā runs.

    The file is read back and checked, and a checksum is written beside it. FILE is a file that is not there yet,
    or a folder; without it, a file named by date and seq is written to var/backups.
    """
    from service.backup import Destination

    made = asyncio.run(write_backup(Settings.from_env(), Destination.of(file), quiet=quiet))
    if not quiet:
        click.echo(f"Wrote {made}.")


@cli.command(epilog=example("kopa restore var/backups/kopa-2026-11-21-041500Z-seq1230.db"))
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace what is there, after backing it up to var/backups.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing unless it fails.")
def restore(file: Path, force: bool, quiet: bool) -> None:
    """Put a backup in the place of the database.

    It is checked first, and put there whole or not at all. A SQLite file is replaced only while nobody has it
    open: stop `kopa serve` first. On PostgreSQL servers may go on; they notice.
    """
    restored = asyncio.run(read_backup(Settings.from_env(), file, force=force, quiet=quiet))
    if not quiet:
        click.echo(f"Restored {file}: {restored}.")


@cli.command(epilog=example("kopa schema > schema.graphql", "kopa schema --check schema.graphql"))
@click.option("--check", "file", type=FILE, help="Print nothing; fail when FILE differs.")
def schema(file: Path | None) -> None:
    """Print the GraphQL schema, or say whether a file still holds it."""
    from service import documentation

    text = documentation.schema(cli)
    if file is None:
        click.echo(text, nl=False)
    elif documentation.content(file) != text:
        raise KopaError(f"{file} is stale; run `make schema`.")


@cli.command(epilog=example("kopa check"))
def check() -> None:
    """Say how the settings and the database are; exit code 1 when something is wrong."""
    try:
        settings = Settings.from_env()
        for setting in SETTINGS:
            click.echo(f"{setting.variable:<24} {settings.shown(setting.name)}")
        sentences = asyncio.run(examine(settings))
        click.echo("\n".join(["The settings are valid.", "The tables are up to date.", *sentences]))
    except KopaError as error:
        fail(error.message, 1)


cli.add_command(handbook)
cli.add_command(user)
cli.add_command(webhook)
cli.add_command(redact)


@cli.command(hidden=True)
@click.option("--check", is_flag=True, help="Change nothing; fail when a generated file is stale.")
def docs(check: bool) -> None:
    """Regenerate docs/cli.md, docs/settings.md and schema.graphql in the working directory."""
    from service import documentation

    if check:
        documentation.check(cli)
        return
    written = [f"Wrote {path}." for path in documentation.write(cli)]
    click.echo("\n".join(written) or "The generated files are current.")


def database(settings: Settings) -> "Database":
    from service.database import Database

    return Database(settings.database_url)


async def apply_migrations(settings: Settings, *, back_up_first: bool = True) -> list[str]:
    from service.migrations import runner

    async with database(settings) as opened:
        if back_up_first and await runner.pending(opened):
            await back_up_before_migrating(settings)
        return await runner.migrate(opened)


async def back_up_before_migrating(settings: Settings) -> None:
    from service.backup import Destination, is_empty

    if await is_empty(settings.database_url):
        return
    try:
        made = await write_backup(settings, Destination(), quiet=True)
    except BackupError as error:
        raise BackupError(f"{error.message} Nothing was migrated; `kopa migrate --no-backup` does without.") from error
    click.echo(f"Wrote {made}.", err=True)


async def write_backup(settings: Settings, to: "Destination", *, quiet: bool) -> "Backup":
    from service.backup import back_up

    with Progress() as progress:
        return await (back_up(settings.database_url, to) if quiet else back_up(settings.database_url, to, progress))


async def read_backup(settings: Settings, file: Path, *, force: bool, quiet: bool) -> "Restored":
    from service.backup import Destination
    from service.backup import restore as put_back

    with Progress() as progress:
        told = {} if quiet else {"progress": progress}
        return await put_back(settings.database_url, file, force=force, keep=Destination(), **told)


async def require_migrated(settings: Settings) -> None:
    from service.migrations import runner

    async with database(settings) as opened:
        await runner.require_migrated(opened)


async def examine(settings: Settings) -> list[str]:
    from service.health import health

    await require_migrated(settings)
    async with database(settings) as opened:
        return await health(opened)


async def load_shipped(settings: Settings) -> None:
    from service.starter import load_starter

    await require_migrated(settings)
    async with database(settings) as opened:
        with Progress() as progress:
            await load_starter(opened, progress)


async def generate_synthetic(settings: Settings, organisations: int, seed: int, force: bool) -> None:
    from service.synthetic import generate

    await require_migrated(settings)
    async with database(settings) as opened:
        with Progress() as progress:
            await generate(opened, organisations, seed=seed, force=force, progress=progress)


async def make_ready(settings: Settings) -> None:
    from service.starter import is_due

    await apply_migrations(settings)
    async with database(settings) as opened:
        due = await is_due(opened)
    if due:
        await load_shipped(settings)


class Progress:
    """A bar for each step of a long piece of work; only its name where nobody watches."""

    def __init__(self) -> None:
        self.label = ""
        self.bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.render_finish()

    def __call__(self, label: str, done: int, total: int) -> None:
        if label != self.label:
            self.__exit__()
            self.label = label
            self.bar = click.progressbar(length=total, label=f"{label:<28}", file=sys.stderr)
            self.bar.render_progress()
        self.bar.update(done - self.bar.pos)
