"""The history of a record: when it was published and changed, and when somebody said that it is true."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from service.editing import history as past
from service.editing.history import Told
from service.models.revision import Act
from service.pages import addresses
from service.pages.view import Endpoint, View, answer, loading, missing

MOST = 200
"""So many of the newest steps are shown."""


def history(language: str) -> Endpoint:
    """The page in a language, as Starlette calls it; the past is not in the catalogue, so the database is asked."""

    async def endpoint(request: Request) -> Response:
        view = View(request, "history", language)
        if request.app.state.follower.catalogue is None:
            return loading(view)
        record = view.catalogue.node(view.name)
        if record is None:
            return await missing(view)
        steps = await past.told(request.app.state.database, record.id, MOST, view.settings.timezone)
        html = view.show(
            "history.html",
            title=view.words("page.history"),
            kept=False,
            record=record,
            name=view.tell.name(record),
            back=addresses.address(record, language),
            steps=[(view.tell.day(step.on), _words(view, step)) for step in steps],
        )
        return answer(html, request, 200, language)

    return endpoint


def _words(view: View, step: Told) -> str:
    if step.act is Act.PUBLISH:
        return view.words("page.history.publish" if step.version == 1 else "page.history.change")
    said = view.words(f"page.history.{step.act.value}")
    role = view.words.first(f"choice.Role.{step.role}")
    return said if role is None else f"{said} ({role.lower()})"
