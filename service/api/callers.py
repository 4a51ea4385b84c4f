"""Who asks: the account of an API token, or of a session whose request was begun on one of our own pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.requests import HTTPConnection
from starlette.types import Scope

from service.accounts import api_tokens, sessions
from service.accounts.people import LANGUAGES
from service.accounts.viewer import Viewer
from service.api.media import listed
from service.clients import is_same_origin
from service.database import Database
from service.errors import Unauthenticated
from service.settings import Settings

Headers = Mapping[bytes, bytes]

BEARER = b"bearer"
REFUSED = "This token is none of ours, or holds no longer. Make another one in your account."


class Callers:
    """Finds the account of a request."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    async def by_token(self, headers: Headers) -> Viewer | None:
        """The account for which a program asks; None when it brings no token.

        :raises Unauthenticated: there is no such token, or it holds no longer; it is not said which.
        """
        scheme, _, token = headers.get(b"authorization", b"").strip().partition(b" ")
        if scheme.lower() != BEARER:
            return None
        viewer = await api_tokens.viewer_of_token(self._database, token.strip().decode("latin-1"), datetime.now(UTC))
        if viewer is None:
            raise Unauthenticated(REFUSED)
        return viewer

    async def by_session(self, scope: Scope) -> Viewer | None:
        """Whoever is signed in with all that is needed; nobody when a foreign page lets the browser send the cookie."""
        request = HTTPConnection(scope)
        token = request.cookies.get(sessions.cookie_name(scope["scheme"]))
        if not token or not is_same_origin(request):
            return None
        found = await sessions.find(self._database, token, datetime.now(UTC), self._settings)
        return found.viewer if found is not None and found.is_complete else None


def language_of(headers: Headers) -> str:
    """The language in which a client is told what is wrong: the best of ours by Accept-Language, else Latvian."""
    said = headers.get(b"accept-language", b"").decode("latin-1")
    known = [(quality, name[:2]) for name, quality in listed(said) if name[:2] in LANGUAGES and quality > 0]
    return max(known, key=lambda pair: pair[0])[1] if known else LANGUAGES[0]
