"""The first page: what this is and where to go."""

from __future__ import annotations

from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

PAGE = Template((Path(__file__).parent / "home.html").read_text(encoding="utf-8"))
COUNTED = ("organisation", "service", "cooperation_link", "project", "region", "source")


async def home(request: Request) -> HTMLResponse:
    catalogue = request.app.state.follower.catalogue
    sizes = {noun: "…" if catalogue is None else str(catalogue.indexes[noun].size) for noun in COUNTED}
    return HTMLResponse(PAGE.substitute(sizes))
