"""`kopa webhook …`: which programs elsewhere are told of changes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from service.errors import KopaError
from service.settings import Settings

if TYPE_CHECKING:
    from service.database import Database
    from service.webhooks.register import Delivery, Webhook
    from service.webhooks.sending import Answer

T = TypeVar("T")


def example(*commands: str) -> str:
    return "\b\n" + "\n".join(["Example:", *(f"  {command}" for command in commands)])


@click.group(epilog=example("kopa webhook add https://example.org/changes"))
def webhook() -> None:
    """Tell programs elsewhere of every change that is public.

    A message is a POST of JSON, signed as Standard Webhooks asks for it. It is sent until it is taken, for some
    three days; then the webhook is given up until a test call succeeds.
    """


@webhook.command(epilog=example("kopa webhook add https://example.org/changes --noun organisation --noun service"))
@click.argument("url")
@click.option("--noun", "nouns", multiple=True, help="Only of this noun, as in the feed; repeatable.")
@click.option("--act", "acts", multiple=True, help="Only this act: publish, withdraw, merge, …; repeatable.")
def add(url: str, nouns: tuple[str, ...], acts: tuple[str, ...]) -> None:
    """Tell URL of every change from now on, and print the secret that its messages are signed with."""
    from service.webhooks import register

    made = _run(lambda database, _: register.add(database, url, nouns=nouns, acts=acts))
    click.echo(f"The webhook {made.id} is told of changes. Its secret, which is shown this once:\n{made.secret}")


@webhook.command("list", epilog=example("kopa webhook list"))
def everyone() -> None:
    """List the webhooks: state, last change told, failures since, address."""
    from service.webhooks import register

    found = _run(lambda database, _: register.everyone(database))
    click.echo("\n".join(map(_shown, found)) or "There are no webhooks.")


@webhook.command(epilog=example("kopa webhook test 0b9cb3c4-5d6b-4f6e-9d0c-6b2f3a1e8d57"))
@click.argument("id")
def test(id: str) -> None:
    """Send a message that tells nothing. If it is taken, a webhook that was given up is told on from where it was."""
    answer = _run(lambda database, settings: _tested(database, settings, id))
    if not answer.is_taken:
        raise KopaError(f"It was not taken: {answer.problem or answer.status} after {answer.milliseconds} ms.")
    click.echo(f"It was taken: {answer.status} after {answer.milliseconds} ms.")


@webhook.command(epilog=example("kopa webhook remove 0b9cb3c4-5d6b-4f6e-9d0c-6b2f3a1e8d57"))
@click.argument("id")
def remove(id: str) -> None:
    """Tell a webhook nothing any more."""
    from service.webhooks import register

    _run(lambda database, _: register.remove(database, id))
    click.echo("It is told nothing any more.")


@webhook.command(epilog=example("kopa webhook log 0b9cb3c4-5d6b-4f6e-9d0c-6b2f3a1e8d57"))
@click.argument("id")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many tries to show.")
def log(id: str, most: int) -> None:
    """Show how the last tries went, the latest first; they are kept for 30 days."""
    from service.webhooks import register

    found = _run(lambda database, _: register.deliveries(database, id, most))
    click.echo("\n".join(map(_line, found)) or "Nothing was sent yet.")


def _run(work: Callable[[Database, Settings], Awaitable[T]]) -> T:
    from service.database import Database
    from service.migrations import runner

    settings = Settings.from_env()

    async def run() -> T:
        async with Database(settings.database_url, models=()) as database:
            await runner.require_migrated(database)
            return await work(database, settings)

    return asyncio.run(run())


async def _tested(database: Database, settings: Settings, id: str) -> Answer:
    from service.webhooks.delivering import Deliveries
    from service.webhooks.sending import Sender

    return await Deliveries(database, Sender(settings.webhook_networks)).test(id)


def _shown(webhook: Webhook) -> str:
    asked = ", ".join([*webhook.nouns, *webhook.acts])
    state = f"{webhook.id}  {webhook.state.value:<8}  seq {webhook.seq}, {webhook.tries} failed since"
    return f"{state}  {webhook.url}" + (f" ({asked})" if asked else "")


def _line(tried: Delivery) -> str:
    about = "test call" if tried.seq is None else f"change {tried.seq}"
    went = tried.problem or tried.status
    return f"{tried.at:%Y-%m-%d %H:%M:%S}  {about:<16} {tried.outcome.value:<9} {went} ({tried.milliseconds} ms)"
