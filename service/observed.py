"""What happens around each request: an id, a line in the log, a count."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from time import perf_counter
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.answers import UNEXPECTED
from service.api.http import Endpoint
from service.api.replies import Reply
from service.clients import Clients
from service.errors import KopaError
from service.logs import network_of, new_request_id, request_id, tell
from service.metrics import Metrics
from service.wire import WHOLE, lines_of

log = logging.getLogger("kopa.requests")
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines; counted, and logged only when they fail."""


class Observer:
    """Gives each request its client and its id, and tells the log and the metrics of its answer."""

    def __init__(self, metrics: Metrics, clients: Clients) -> None:
        self.routes: frozenset[str] = frozenset()
        """The paths that are told as they are; nobody can make the others many."""
        self._metrics = metrics
        self._clients = clients

    def meet(self, scope: Scope, headers: Mapping[bytes, bytes]) -> str:
        """Look where the request comes from; its id."""
        self._clients.look(scope, headers)
        return new_request_id(headers.get(b"x-request-id"))

    def tell(self, scope: Scope, id: str, status: int, started: float) -> None:
        seconds = perf_counter() - started
        path = scope["path"]
        route = path if path in self.routes else "other"
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._metrics.requests.counts[route, method, status] += 1
        self._metrics.seconds.observe(route, seconds)
        level = logging.DEBUG if path in QUIET and status < 400 else logging.INFO
        if not log.isEnabledFor(level):
            return
        client = scope.get("client")
        told = {
            "request_id": id,
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "network": network_of(client[0] if client else None),
        }
        tell(log, level, "answered", told)


class Observed:
    """Middleware by which an observer sees every request."""

    def __init__(self, app: ASGIApp, observer: Observer) -> None:
        self.app = app
        self.observer = observer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id = self.observer.meet(scope, dict(scope["headers"]))
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
            self.observer.tell(scope, id, status or 500, started)
            request_id.reset(token)


class ObservedEndpoint:
    """The endpoint as an application: the same around its replies, with nothing between them and the server."""

    def __init__(self, endpoint: Endpoint, observer: Observer) -> None:
        self.endpoint = endpoint
        self.observer = observer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = perf_counter()
        headers = dict(scope["headers"])
        id = self.observer.meet(scope, headers)
        status = CLIENT_GONE
        try:
            reply = self.endpoint.known(scope, headers) or await self._reply(scope, headers, receive, id)
            status = reply.status
            its_id = b"x-request-id", id.encode()
            if whole := scope.get("extensions", NONE).get(WHOLE):
                await whole(send, status, (reply.lines or lines_of(reply.fields)) + lines_of([its_id]), reply.body)
            else:
                fields = [*reply.fields, its_id]
                await send({"type": "http.response.start", "status": status, "headers": fields})
                await send({"type": "http.response.body", "body": reply.body})
        except ClientDisconnect:
            pass
        finally:
            self.observer.tell(scope, id, status, started)

    async def _reply(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive, id: str) -> Reply:
        token = request_id.set(id)
        try:
            return await self.endpoint.reply(scope, headers, receive)
        except ClientDisconnect:
            raise
        except Exception:
            # Told here, where the id is known; above, nobody knows it any more.
            log.exception("The request failed.")
            return Reply(FAILED.status_code, FAILED.raw_headers, bytes(FAILED.body))
        finally:
            request_id.reset(token)


NONE: Mapping[str, Any] = {}

CLIENT_GONE = 499
"""The status of a request whose client went away before it was answered; nobody receives it."""

FAILED = JSONResponse({"errors": [{"message": UNEXPECTED, "extensions": {"code": KopaError.code}}]}, status_code=500)

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
