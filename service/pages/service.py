"""A service: who may come, how one gets it, what it costs, whether there are places; and where all that is from."""

from __future__ import annotations

from typing import Any

from service.pages import addresses, queries, structured
from service.pages.view import View


def service(view: View) -> str:
    record = view.record()
    trail = trail_to(view, record)
    return view.show(
        "service.html",
        title=view.tell.name(record),
        description=view.tell.plain(record.description) or _about(view, record),
        record=record,
        trail=trail,
        graphql=queries.opened(queries.SERVICE, slug=record.slug),
        data=structured.graph(view, structured.service(view, record), trail),
    )


def trail_to(view: View, record: Any) -> list[tuple[str, str]]:
    """The way from the first page to a service: by its first kind."""
    words, language, tell = view.words, view.language, view.tell
    kinds = [(tell.name(kind), addresses.address(kind, language)) for kind in record.categories[:1]]
    return [
        (words("page.home"), addresses.path("home", language)),
        (words("nouns.service"), addresses.path("results", language)),
        *kinds,
        (tell.name(record), addresses.address(record, language)),
    ]


def _about(view: View, record: Any) -> str:
    told = (view.tell.name(record), view.tell.name(record.provider), view.tell.where(record), view.tell.who(record))
    return ". ".join(filter(None, told))
