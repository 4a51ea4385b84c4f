"""The site of the panel: every route on one page."""

from __future__ import annotations

from starlette.routing import Route

from admin import (
    acts,
    applications,
    assets,
    auditing,
    batching,
    bulk,
    campaigns,
    deciding,
    editing,
    exporting,
    finding,
    guests,
    history,
    home,
    importing,
    leaving,
    lists,
    looking,
    merging,
    people,
    picking,
    planned,
    reports,
    settings,
    views,
    webhooks,
    work,
)
from admin.security import LARGEST_UPLOAD

BOTH = ["GET", "POST"]


def routes() -> list[Route]:
    """Every page; what has a name of its own comes before the nouns, whose names are part of their addresses."""
    return [
        Route("/", home.home),
        Route("/static/{file}", assets.asset),
        Route("/find", finding.find),
        Route("/drafts", deciding.drafts),
        Route("/drafts/{revision}", deciding.draft, methods=BOTH),
        Route("/drafts/{revision}/edit", editing.draft, methods=BOTH),
        Route("/drafts/{revision}/preview", looking.preview),
        Route("/people", people.people),
        Route("/people/new", people.new, methods=BOTH),
        Route("/people/choices", people.choices),
        Route("/people/{account}", people.person, methods=BOTH),
        Route("/applications", applications.everyone),
        Route("/applications/{application}", applications.application, methods=BOTH),
        Route("/campaigns", campaigns.everyone),
        Route("/campaigns/new", campaigns.new, methods=BOTH),
        Route("/campaigns/{campaign}", campaigns.campaign, methods=BOTH),
        Route("/campaigns/{campaign}/edit", campaigns.edit, methods=BOTH),
        Route("/campaigns/{campaign}/sheets", guests.upload, methods=BOTH, max_body_size=LARGEST_UPLOAD),
        Route("/campaigns/{campaign}/sheets/{sheet}", guests.sheet, methods=BOTH),
        Route("/campaigns/{campaign}/silent.{kind}", campaigns.silent),
        Route("/audit", auditing.audit),
        Route("/webhooks", webhooks.webhooks, methods=BOTH),
        Route("/webhooks/{webhook}", webhooks.webhook, methods=BOTH),
        Route("/settings", settings.settings),
        Route("/scheduled", planned.scheduled),
        Route("/trash", leaving.trash, methods=BOTH),
        Route("/work/reports", reports.everything),
        Route("/reports/{report}", reports.close, methods=BOTH),
        Route("/work/{kind}", work.work_of_kind),
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
        Route("/{noun}/{record}/acts", acts.act, methods=BOTH),
        Route("/{noun}/{record}/history", history.history, methods=BOTH),
        Route("/{noun}/{record}/merge", merging.merge, methods=BOTH),
        Route("/{noun}/{record}/withdraw", leaving.withdraw, methods=BOTH),
    ]
