"""`kopa user …`: accounts from the command line."""

from __future__ import annotations

from types import ModuleType

import click

from service.settings import ROLES, Settings

ORGANISATIONS = click.option(
    "--organisation", "organisations", multiple=True, help="Id or slug of an organisation they speak for; repeatable."
)
PRINT = click.option("--print", "by_hand", is_flag=True, help="Print the link instead of mailing it.")


def example(*commands: str) -> str:
    return "\b\n" + "\n".join(["Example:", *(f"  {command}" for command in commands)])


@click.group(epilog=example("kopa user add info@example.org --role editor"))
def user() -> None:
    """Add, invite, list and close accounts.

    Everybody chooses a password of their own by a link that works once, within seven days. It is mailed by the
    running server, or printed where no mail server is set.
    """


@user.command(
    epilog=example(
        "kopa user add info@example.org --role editor",
        "kopa user add birojs@example.org --role representative --organisation marta",
    )
)
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they are to the directory.")
@ORGANISATIONS
@click.option("--name", help="How colleagues know them.")
@click.option("--language", type=click.Choice(["lv", "en"]), default="lv", show_default=True)
@PRINT
def add(email: str, role: str, organisations: tuple[str, ...], name: str | None, language: str, by_hand: bool) -> None:
    """Make an account and invite its owner."""
    click.echo(
        office(settings := Settings.from_env()).add(settings, email, role, organisations, name, language, by_hand)
    )


@user.command(epilog=example("kopa user invite info@example.org"))
@click.argument("email")
@PRINT
def invite(email: str, by_hand: bool) -> None:
    """Send a new invitation, also to somebody who has lost the password."""
    click.echo(office(settings := Settings.from_env()).invite(settings, email, by_hand))


@user.command("list", epilog=example("kopa user list"))
def everybody() -> None:
    """List the accounts, closed ones too."""
    click.echo(office(settings := Settings.from_env()).everybody(settings))


@user.command("role", epilog=example("kopa user role info@example.org reviewer"))
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@ORGANISATIONS
def change_role(email: str, role: str, organisations: tuple[str, ...]) -> None:
    """Give an account another role, or a representative other organisations."""
    click.echo(office(settings := Settings.from_env()).change_role(settings, email, role, organisations))


@user.command(epilog=example("kopa user close info@example.org"))
@click.argument("email")
def close(email: str) -> None:
    """Close an account: sessions, tokens, address and name go; what they wrote stays, under an id."""
    click.echo(office(settings := Settings.from_env()).close(settings, email))


@user.command("forget-second-factor", epilog=example("kopa user forget-second-factor info@example.org"))
@click.argument("email")
def forget_second_factor(email: str) -> None:
    """For somebody who has lost the telephone and the recovery codes; make sure that it is them."""
    click.echo(office(settings := Settings.from_env()).forget_second_factor(settings, email))


def office(settings: Settings) -> ModuleType:
    """The functions that do it, when there are tables to do it in."""
    import asyncio

    from service.accounts import office
    from service.database import Database
    from service.migrations import runner

    async def require_migrated() -> None:
        async with Database(settings.database_url, models=()) as database:
            await runner.require_migrated(database)

    asyncio.run(require_migrated())
    return office


def first_administrator(settings: Settings) -> str | None:
    """What to print as long as no administrator has come in."""
    found: str | None = office(settings).way_in(settings)
    return found
