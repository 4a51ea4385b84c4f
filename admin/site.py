"""The site of the panel: every route on one page."""

from __future__ import annotations

from starlette.routing import Route

from admin import assets, auditing, deciding, editing, home, lists, looking, people, picking, settings, webhooks

BOTH = ["GET", "POST"]


def routes() -> list[Route]:
    """Every page; the drafts come before the nouns, whose names are part of their addresses."""
    return [
        Route("/", home.home),
        Route("/static/{file}", assets.asset),
        Route("/drafts", deciding.drafts),
        Route("/drafts/{revision}", deciding.draft, methods=BOTH),
        Route("/drafts/{revision}/edit", editing.draft, methods=BOTH),
        Route("/drafts/{revision}/preview", looking.preview),
        Route("/people", people.people),
        Route("/people/new", people.new, methods=BOTH),
        Route("/people/choices", people.choices),
        Route("/people/{account}", people.person, methods=BOTH),
        Route("/audit", auditing.audit),
        Route("/webhooks", webhooks.webhooks, methods=BOTH),
        Route("/webhooks/{webhook}", webhooks.webhook, methods=BOTH),
        Route("/settings", settings.settings),
        Route("/{noun}", lists.records),
        Route("/{noun}/new", editing.new, methods=BOTH),
        Route("/{noun}/choices", picking.choices),
        Route("/{noun}/similar", picking.similar),
        Route("/{noun}/{record}", looking.record),
        Route("/{noun}/{record}/edit", editing.record, methods=BOTH),
    ]
