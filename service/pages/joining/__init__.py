"""`/join` and `/claim/…`, and the same below `/en`: public forms without account, cookie or JavaScript."""

from __future__ import annotations

from starlette.routing import Route

from service.pages.addresses import PATHS
from service.pages.joining import claiming, entering

BOTH = ["GET", "POST"]


def routes() -> list[Route]:
    """Both forms in both languages; they look for an `Entrance` and the follower in the application's state."""
    return [
        Route(path, handler, methods=BOTH)
        for kind, handler in (("join", entering.join), ("claim", claiming.claim))
        for path in PATHS[kind].values()
    ]
