"""“Ziņot par kļūdu”: somebody says what is the matter with a record. Nobody is asked who they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from service.accounts.signing_in import Entrance
from service.clients import is_same_origin
from service.errors import InputError, TooOften
from service.logs import network_of
from service.models.report import ReportedField, ReportKind
from service.pages import addresses
from service.pages.view import Missing, View, answer, missing
from service.reporting import reports
from service.reporting.reports import Said

TRAP = "nickname"
"""A field that people do not see; programs fill it."""

LARGEST = 20_000
"""Bytes of a form: the longest words, each letter in its longest writing."""

FIELDS = 10


def report(language: str) -> Callable[[Request], Awaitable[Response]]:
    """The form in a language, as Starlette calls it."""

    async def endpoint(request: Request) -> Response:
        view = View(request, "report", language)
        if request.app.state.follower.catalogue is None:
            return answer(view.show("loading.html", title=view.words("page.loading")), request, 503, language)
        try:
            record = _record(view)
        except Missing:
            return await missing(view)
        if request.method != "POST":
            return _show(view, record)
        if not is_same_origin(request):
            return _show(view, record, 403, wrong=view.words("page.report.foreign"))
        return await _take(view, record, await request.form(max_fields=FIELDS, max_files=0))

    return endpoint


def _record(view: View) -> Any:
    """The published record that the address names by its id. Raises Missing."""
    found = view.catalogue.node(view.name)
    if found is None:
        raise Missing
    return found


async def _take(view: View, record: Any, form: FormData) -> Response:
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    entrance: Entrance = view.request.app.state.entrance
    try:
        _count(view, entrance)
        if not typed.get(TRAP):
            said = Said(typed.get("kind", ""), typed.get("field", ""), typed.get("words", ""), view.language)
            await reports.keep(entrance.database, record.id, said, datetime.now(UTC))
    except TooOften:
        response = _show(view, record, 429, typed, wrong=view.words("page.report.too_often"))
        response.headers["Retry-After"] = "600"
        return response
    except InputError as refused:
        return _show(view, record, 422, typed, refused)
    return _show(view, record, done=True)


def _count(view: View, entrance: Entrance) -> None:
    """Count one report of the network and of all. Raises TooOften."""
    client = view.request.client
    entrance.limits.reports_of_network.take(network_of(client.host if client else None))
    entrance.limits.reports.take("all")


def _show(
    view: View,
    record: Any,
    status: int = 200,
    typed: dict[str, str] | None = None,
    refused: InputError | None = None,
    *,
    wrong: str = "",
    done: bool = False,
) -> Response:
    """The form, with what was typed and what is wrong with it; or thanks."""
    problems = refused.problems if refused else []
    html = view.show(
        "report.html",
        title=view.words("page.report.thanks" if done else "page.report"),
        kept=False,
        record=record,
        name=view.tell.name(record),
        back=addresses.address(record, view.language),
        kinds=list(ReportKind),
        fields=list(ReportedField),
        typed=typed or {},
        problems={str(each.path[-1]) if each.path else "": each.words[view.language] for each in problems},
        wrong=wrong,
        done=done,
        trap=TRAP,
        longest=reports.LONGEST,
        days=reports.KEPT_FOR.days,
    )
    return answer(html, view.request, status, view.language)
