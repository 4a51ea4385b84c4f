"""`/robots.txt`: everything public may be visited; forms, what somebody signs in for, and the same pages with what a
reader chose are no pages to be found."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from service.i18n import LANGUAGES
from service.pages.addresses import PATHS
from service.pages.machines.sitemap import SITEMAP

CLOSED = ("/admin", "/account", "/answer", "/join", "/en/join", "/claim", "/en/claim", "/~")


async def robots(request: Request) -> Response:
    site = request.app.state.follower.settings.site
    reports = [PATHS["report"][language].format(name="") for language in LANGUAGES]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*CLOSED, *reports)), "", f"Sitemap: {site}{SITEMAP}"]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": "public, max-age=86400"})
