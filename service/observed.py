"""What happens around each request: an id, a line in the log, a count."""

from __future__ import annotations

import logging
from time import perf_counter

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.answers import UNEXPECTED
from service.clients import Clients
from service.errors import KopaError
from service.logs import network_of, new_request_id, request_id, tell
from service.metrics import Metrics

log = logging.getLogger("kopa.requests")
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines; counted, and logged only when they fail."""


class Observed:
    """Middleware that gives each request its client and its id, and tells the log and the metrics of its answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics, routes: frozenset[str], clients: Clients) -> None:
        self.app = app
        self.metrics = metrics
        self.routes = routes
        self.clients = clients

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        self.clients.look(scope, headers)
        id = new_request_id(headers.get(b"x-request-id"))
        token = request_id.set(id)
        started = perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except ClientDisconnect:
            status = status or CLIENT_GONE
        except Exception:
            # Told here, where the id is known; above, nobody knows it any more.
            log.exception("The request failed.")
            if status:
                raise
            await FAILED(scope, receive, answer)
        finally:
            self._tell(scope, status or 500, perf_counter() - started)
            request_id.reset(token)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        path = scope["path"]
        route = path if path in self.routes else "other"
        method = scope["method"] if scope["method"] in METHODS else "other"
        self.metrics.requests.counts[route, method, str(status)] += 1
        self.metrics.seconds.observe(route, seconds)
        level = logging.DEBUG if path in QUIET and status < 400 else logging.INFO
        if not log.isEnabledFor(level):
            return
        client = scope.get("client")
        told = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "network": network_of(client[0] if client else None),
        }
        tell(log, level, "answered", told)


CLIENT_GONE = 499
"""The status of a request whose client went away before it was answered; nobody receives it."""

FAILED = JSONResponse({"errors": [{"message": UNEXPECTED, "extensions": {"code": KopaError.code}}]}, status_code=500)

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
