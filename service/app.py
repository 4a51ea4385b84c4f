"""The application: every route of the product on one page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from service.api.feed import changes
from service.api.http import Endpoint
from service.api.schema import sdl
from service.catalogue.following import Follower, sizes
from service.database import Database
from service.errors import KopaError
from service.metrics import Metrics
from service.observed import Observed
from service.pages.home import home
from service.settings import Settings

LARGEST_BODY = 100_000


def create_app(settings: Settings) -> Starlette:
    """The whole product. It answers at once and is ready when the catalogue is loaded."""
    routes = [
        Route("/", home),
        Route("/graphql", Endpoint(), methods=["GET", "POST"]),
        Route("/schema.graphql", schema_text),
        Route("/changes", changes),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]
    figures = Metrics()
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Observed, metrics=figures, routes=frozenset(route.path for route in routes))],
        exception_handlers={KopaError: refuse},
        lifespan=lifespan,
        max_body_size=LARGEST_BODY,
    )
    database = Database(settings.database_url)
    app.state.metrics = figures
    app.state.database = database
    app.state.follower = Follower(database, settings)
    return app


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    async with app.state.database:
        tasks = [asyncio.create_task(app.state.follower.run()), asyncio.create_task(app.state.metrics.watch_loop())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def schema_text(request: Request) -> Response:
    return PlainTextResponse(sdl())


async def healthz(request: Request) -> Response:
    """Alive: the process answers."""
    return JSONResponse({"status": "alive"})


async def readyz(request: Request) -> Response:
    """Ready: the catalogue is loaded."""
    ready = request.app.state.follower.catalogue is not None
    return JSONResponse({"status": "ready" if ready else "loading"}, status_code=200 if ready else 503)


async def metrics(request: Request) -> Response:
    """The figures of this process, for Prometheus."""
    figures = cast(Metrics, request.app.state.metrics)
    follower = cast(Follower, request.app.state.follower)
    applied = follower.seq if follower.catalogue else None
    text = figures.shown(sizes(follower.catalogue), applied, follower.lag, follower.silence)
    return Response(text, media_type=figures.content_type)


async def refuse(request: Request, error: Exception) -> Response:
    """What went wrong in a way we expect, in one sentence."""
    assert isinstance(error, KopaError)
    headers = {"Retry-After": "2"} if error.status == 503 else None
    body = {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
    return JSONResponse(body, status_code=error.status, headers=headers)
