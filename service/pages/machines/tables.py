"""What a search finds, as a table that opens in Excel: one row a record, in the order of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from service.editing.checks.emails import is_person_shaped
from service.i18n import words
from service.pages import addresses
from service.pages.machines.answers import in_pieces, not_ready
from service.pages.results.asked import Asked
from service.pages.results.finding import all_of, first_of
from service.pages.telling import Telling
from service.showing.tables import BEGINNING, CSV_TYPE, csv_rows

MOST = 5_000

Cell = Callable[[Any, Telling], str]

_CONTACTS: dict[str, Cell] = {
    "phone": lambda record, tell: record.phone or "",
    "email": lambda record, tell: _email(record),
}
_ALWAYS: dict[str, Cell] = {
    "heard": lambda record, tell: day.isoformat() if (day := record.last_heard()) else "",
    "changed": lambda record, tell: (
        record.last_modified.astimezone(record.catalogue.settings.timezone).date().isoformat()
    ),
    "id": lambda record, tell: str(record.id),
}
COLUMNS: dict[str, dict[str, Cell]] = {
    "service": {
        "name": lambda service, tell: tell.name(service),
        "provider": lambda service, tell: tell.name(service.provider),
        "who": lambda service, tell: tell.who(service),
        "where": lambda service, tell: tell.where(service),
        "access": lambda service, tell: tell.choices(service.access_routes),
        "fee": lambda service, tell: tell.choice(service.fee) if service.fee else "",
        **_CONTACTS,
        "website": lambda service, tell: service.url or "",
        **_ALWAYS,
    },
    "organisation": {
        "name": lambda organisation, tell: tell.name(organisation),
        "kind": lambda organisation, tell: tell.kind_of(organisation),
        "number": lambda organisation, tell: ", ".join(item.value for item in organisation.shown_identifiers),
        "about": lambda organisation, tell: tell.about(organisation),
        **_CONTACTS,
        "website": lambda organisation, tell: organisation.website or "",
        **_ALWAYS,
    },
}
"""By noun the columns, which `page.column.…` names, and what stands in them. The address of the page comes last."""


async def table(language: str, request: Request) -> Response:
    """The first rows of what is found; no more than MOST."""
    catalogue = request.app.state.follower.catalogue
    if catalogue is None:
        return not_ready()
    asked = Asked.of(catalogue, request.query_params.multi_items())
    columns, tell = COLUMNS[asked.kind], Telling(words(language))
    site = request.app.state.follower.settings.site.rstrip("/")
    heading = [*(tell.words(f"page.column.{name}") for name in columns), tell.words("page.column.page")]

    def records() -> Sequence[Any]:
        return first_of(catalogue, asked.kind, all_of(catalogue, asked), size=MOST)

    def write(some: Sequence[Any]) -> bytes:
        pages = (f"{site}{addresses.address(record, language)}" for record in some)
        cells = ([cell(record, tell) for cell in columns.values()] for record in some)
        return csv_rows(([*row, page] for row, page in zip(cells, pages, strict=True)), language)

    file = f'attachment; filename="kopa-{asked.kind}.csv"'
    around = (BEGINNING + csv_rows([heading], language), b"")
    return in_pieces(request, catalogue, records, write, CSV_TYPE, around, **{"Content-Disposition": file})


def _email(record: Any) -> str:
    """An address that looks like a person's stands on the page by choice, and in no table."""
    address = record.email or ""
    return "" if getattr(record, "email_by_choice", False) or is_person_shaped(address) else address
