"""The page itself."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Scope

from service.api.explorer.assets import ICON, SCRIPT, STYLE
from service.api.explorer.examples import DEFAULT, WORDS, audiences
from service.api.media import listed

PAGE = Template((Path(__file__).parent / "page.html").read_text("utf-8"))
POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",  # GraphiQL marks mistakes with pictures that stand in its stylesheet
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept, Accept-Language",
    "X-Content-Type-Options": "nosniff",
}
ANSWERS = ("application/graphql-response+json", "application/json")


def wants_page(scope: Scope) -> bool:
    """Whether a person came with a browser: HTML is accepted rather than JSON, and no persisted document is named.

    A question in the address is one to look at, so it opens in the explorer.
    """
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    accepted = dict(listed(Headers(scope=scope).get("Accept", "")))
    prefers_html = accepted.get("text/html", 0.0) > max(accepted.get(kind, 0.0) for kind in ANSWERS)
    return prefers_html and "documentId" not in QueryParams(scope["query_string"])


async def page(request: Request) -> HTMLResponse:
    language = language_of(request)
    return HTMLResponse(shown(language), headers={**HEADERS, "Content-Language": language})


def language_of(request: Request) -> str:
    """The language asked for in the address, else the one the browser likes best, else Latvian."""
    asked = request.query_params.get("lang")
    if asked in WORDS:
        return asked
    liked = dict(listed(request.headers.get("Accept-Language", "")))
    known = {tag.partition("-")[0]: quality for tag, quality in sorted(liked.items(), key=lambda item: item[1])}
    return max(WORDS, key=lambda language: (known.get(language, 0.0), language == DEFAULT))


@cache
def shown(language: str) -> str:
    words = WORDS[language]
    plain = {name: text for name, text in words.items() if isinstance(text, str)}
    data = json.dumps({"words": plain, "audiences": audiences(language)}, ensure_ascii=False)
    return PAGE.substitute(
        {name: escape(text) for name, text in plain.items()},
        language=language,
        script=SCRIPT.path,
        style=STYLE.path,
        icon=ICON.path,
        data=data.replace("<", "\\u003c"),
    )
