"""“Ziņot par kļūdu”: somebody says what is the matter with a record. Nobody is asked who they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from service.errors import InputError
from service.models.report import ReportedField, ReportKind
from service.pages import addresses
from service.pages.guests import Form, Guest
from service.pages.view import Missing
from service.reporting import reports
from service.reporting.reports import Said


def _ask(guest: Guest, refused: InputError | None) -> str:
    record = _record(guest)
    return guest.ask(
        "report.html",
        refused,
        title=guest.words("page.report"),
        kept=False,
        record=record,
        name=guest.tell.name(record),
        back=addresses.address(record, guest.language),
        kinds=[(each.value, guest.words(f"page.report.kind.{each.value}")) for each in ReportKind],
        fields=[(each.value, guest.words(f"page.report.field.{each.value}")) for each in ReportedField],
        longest=reports.LONGEST,
        days=reports.KEPT_FOR.days,
    )


async def _take(guest: Guest) -> str:
    record = _record(guest)
    guest.entrance.limits.reports_of_network.take(guest.network)
    guest.entrance.limits.reports.take("all")
    if not guest.is_program:
        said = Said(guest.text("kind"), guest.text("field"), guest.text("words"), guest.language)
        await reports.keep(guest.entrance.database, record.id, said, datetime.now(UTC))
    return guest.thank(record)


def _record(guest: Guest) -> Any:
    """The published record that the address names by its id. Raises Missing."""
    found = guest.catalogue.node(guest.name)
    if found is None:
        raise Missing
    return found


REPORT = Form(_ask, _take)
