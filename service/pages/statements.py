"""What the site says of itself: how far everybody can use it, and what it knows of whom."""

from __future__ import annotations

from datetime import date

from service.pages import addresses
from service.pages.view import View
from service.reporting.reports import KEPT_FOR

WRITTEN_ON = date(2026, 11, 22)
"""When somebody last held both statements against the program."""


def accessibility(view: View) -> str:
    return _statement(view, "accessibility")


def privacy(view: View) -> str:
    return _statement(view, "privacy")


def _statement(view: View, name: str) -> str:
    return view.show(
        f"{name}.html",
        title=view.words(f"page.{name}"),
        description=view.words(f"page.{name}.lead"),
        trail=[(view.words("page.home"), addresses.path("home", view.language)), ("", "")],
        on=WRITTEN_ON,
        contact=view.settings.contact_email,
        settings=view.settings,
        days=KEPT_FOR.days,
    )
