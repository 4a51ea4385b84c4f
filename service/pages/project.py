"""A project: who pays, who carries it out, what comes of it."""

from __future__ import annotations

from service.pages import addresses, queries, structured
from service.pages.view import View


def project(view: View) -> str:
    record = view.record()
    title = view.tell.name(record)
    trail = [
        (view.words("page.home"), addresses.path("home", view.language)),
        (title, addresses.address(record, view.language)),
    ]
    main = {"@type": "Project", "name": title, "description": view.tell.plain(record.description)}
    return view.show(
        "project.html",
        title=title,
        description=view.tell.plain(record.description) or view.words("page.project.about", name=title),
        record=record,
        trail=trail,
        graphql=queries.opened(queries.PROJECT, slug=record.slug),
        data=structured.graph(view, main, trail),
    )
