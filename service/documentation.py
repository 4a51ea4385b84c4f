"""The files that are generated from the program itself, and whether they still say what it does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from service import settings
from service.errors import KopaError

WIDTH = 100


def write(commands: click.Group) -> list[Path]:
    stale = stale_files(commands)
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return list(stale)


def check(commands: click.Group) -> None:
    names = ", ".join(str(path) for path in stale_files(commands))
    if names:
        raise KopaError(f"These generated files are stale: {names}; run `make docs`.")


def stale_files(commands: click.Group) -> dict[Path, str]:
    current = {path: render(commands) for path, render in GENERATED.items()}
    return {path: text for path, text in current.items() if content(path) != text}


def content(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def schema(_: click.Group) -> str:
    from service.api.schema import sdl

    return sdl().strip() + "\n"


def documents(_: click.Group) -> str:
    from service.api import persisted

    return persisted.reference()


def command_line(commands: click.Group) -> str:
    """docs/cli.md: what `kopa --help` and `kopa COMMAND --help` say."""
    return "# The command line\n\n`kopa` and `python -m service` are the same.\n\n" + "\n".join(pages("kopa", commands))


def pages(name: str, command: click.Command) -> Iterator[str]:
    yield page(name, command)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            if not below.hidden:
                yield from pages(f"{name} {below.name}", below)


def page(name: str, command: click.Command) -> str:
    with click.Context(command, info_name=name, terminal_width=WIDTH) as context:
        return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"


GENERATED: dict[Path, Callable[[click.Group], str]] = {
    Path("docs/cli.md"): command_line,
    Path("docs/documents.md"): documents,
    Path("docs/settings.md"): lambda _: settings.reference(),
    Path("schema.graphql"): schema,
}
