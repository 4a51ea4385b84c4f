"""`kopa handbook`: the handbook of a region as a file, made beside the server and not in it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.errors import KopaError
from service.i18n import LANGUAGES
from service.settings import Settings

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue
    from service.catalogue.region import Region
    from service.pages.handbook.content import Handbook

FORMATS = ("pdf", "html")


@click.command(
    epilog="\b\nExample:\n  kopa handbook --region valmieras-novads\n"
    "  kopa handbook --region LV-101 --language en --format html --output valka.html"
)
@click.option("--region", required=True, help="Its code, ISO 3166-2 code, ATVK code or id; `lv` is the country.")
@click.option("--language", type=click.Choice(LANGUAGES), default="lv", show_default=True, help="In which language.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="pdf", show_default=True, help="As what.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file, which is written over; without it kopa-REGION-LANGUAGE.FORMAT in the working directory.",
)
def handbook(region: str, language: str, kind: str, output: Path | None) -> None:
    """Write the handbook of a region: its services by kind, with contents, indexes and sources.

    A planning region, a municipality, or the country, whose handbook goes by planning region. Confidential
    addresses are never in it. The PDF is tagged for screen readers (PDF/UA-1).
    """
    settings = Settings.from_env()
    book = asyncio.run(_made(settings, region, language))
    output = output or Path(f"kopa-{region.lower()}-{language}.{kind}")
    try:
        output.write_bytes(_written(book, kind))
    except OSError as error:
        raise KopaError(f"{output} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {output}: {book.region.text}, {book.count}.")


async def _made(settings: Settings, name: str, language: str) -> Handbook:
    from service.catalogue.catalogue import Catalogue
    from service.database import Database
    from service.migrations import runner
    from service.pages.handbook.content import handbook as whole

    async with Database(settings.database_url, models=()) as database:
        await runner.require_migrated(database)
        catalogue = await Catalogue.load(database, settings)
        return whole(catalogue, _region(catalogue, name), language, settings.url.rstrip("/"))


def _region(catalogue: Catalogue, name: str) -> Region:
    found = catalogue.find("region", name) or catalogue.find("region", name.lower())
    known = (each for each in catalogue.of("region") if name.upper() in (each.iso, each.atvk))
    found = found or next(known, None)
    if found is None:
        raise KopaError(f"No region has the code {name}; `--region lv` is the country.")
    return found  # type: ignore[no-any-return]


def _written(book: Handbook, kind: str) -> bytes:
    if kind == "html":
        from service.pages.handbook.file import html

        return html(book).encode()
    from service.pages.handbook.pdf import pdf

    return pdf(book)
