"""The settings of this server, as they are; secrets without what is secret. They are changed where it is started."""

from __future__ import annotations

from starlette.responses import Response

from admin.people import accounts
from admin.visit import Desk, page
from service.settings import SETTINGS


@page
async def settings(desk: Desk) -> Response:
    """Every setting with its value and what it means."""
    known = accounts(desk).settings
    told = [(each, known.shown(each.name), desk.words(f"setting.{each.name}")) for each in SETTINGS]
    return desk.show("settings.html", settings=told)
