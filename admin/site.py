"""The site of the panel: every route on one page."""

from __future__ import annotations

from starlette.routing import Route

from admin import assets, batching, bulk, deciding, editing, exporting, home, importing, lists, looking, picking, views
from admin.security import LARGEST_UPLOAD

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
        Route("/imports/{sheet}", importing.sheet, methods=BOTH),
        Route("/batches/{batch}", batching.batch, methods=BOTH),
        Route("/{noun}", lists.records),
        Route("/{noun}/new", editing.new, methods=BOTH),
        Route("/{noun}/export.{kind}", exporting.export),
        Route("/{noun}/views", views.views, methods=["POST"]),
        Route("/{noun}/bulk", bulk.bulk, methods=["POST"]),
        Route("/{noun}/import", importing.upload, methods=BOTH, max_body_size=LARGEST_UPLOAD),
        Route("/{noun}/choices", picking.choices),
        Route("/{noun}/similar", picking.similar),
        Route("/{noun}/{record}", looking.record),
        Route("/{noun}/{record}/edit", editing.record, methods=BOTH),
    ]
