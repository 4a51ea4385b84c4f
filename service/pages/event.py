"""An event: what, when, where and who took part."""

from __future__ import annotations

from service.pages import addresses, queries, structured
from service.pages.view import View


def event(view: View) -> str:
    record = view.record()
    title = view.tell.name(record)
    trail = [
        (view.words("page.home"), addresses.path("home", view.language)),
        (title, addresses.address(record, view.language)),
    ]
    return view.show(
        "event.html",
        title=title,
        description=view.tell.plain(record.description) or view.words("page.event.about", name=title),
        record=record,
        trail=trail,
        graphql=queries.opened(queries.EVENT, slug=record.slug),
        data=structured.graph(view, structured.event(view, record), trail),
    )
