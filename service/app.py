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
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from admin import create_admin
from service.accounts.signing_in import Entrance, Limits
from service.api.compiled import Plans
from service.api.explorer import assets
from service.api.feed import changes
from service.api.http import Endpoint
from service.api.schema import sdl
from service.caching import Versions
from service.catalogue.following import Follower, sizes
from service.clients import Clients
from service.database import Database
from service.errors import KopaError
from service.metrics import Metrics
from service.observed import Observed, ObservedEndpoint, Observer
from service.pages import account
from service.pages import routes as public
from service.pages.ahead import ahead
from service.pages.sent import Sent
from service.periodic import runner, telling
from service.search.index import Search
from service.settings import Settings

ENDPOINT = "/graphql"
LARGEST_BODY = 100_000


class Application(Starlette):
    """Starlette, before which the endpoint is reached by its path alone: that is half the time of a small answer."""

    endpoint: ObservedEndpoint
    plans: Plans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == ENDPOINT:
            await self.endpoint(scope, receive, send)
        else:
            await Starlette.__call__(self, scope, receive, send)


def create_app(settings: Settings) -> Application:
    """The whole product. It answers at once and is ready when the catalogue is loaded."""
    database = Database(settings.database_url)
    figures, follower = Metrics(), Follower(database, settings, prepare=Search.of, ahead=ahead)
    observer = Observer(figures, Clients(settings.trusted_proxies))
    endpoint = ObservedEndpoint(Endpoint(settings, follower, figures), observer)
    routes: list[Route | Mount] = [
        Route(ENDPOINT, endpoint),
        assets,
        Route("/schema.graphql", schema_text),
        Route("/changes", changes),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        *public.routes(),
        *account.routes(),
        create_admin(),
    ]
    observer.routes = frozenset(route.path for route in routes)
    app = Application(
        routes=routes,
        middleware=[Middleware(Observed, observer=observer)],
        exception_handlers={KopaError: refuse, 404: public.lost},
        lifespan=lifespan,
        max_body_size=LARGEST_BODY,
    )
    app.endpoint = endpoint
    app.plans = endpoint.endpoint.plans
    app.state.metrics = figures
    app.state.database = database
    app.state.follower = follower
    app.state.versions = Versions(settings)
    app.state.pages = Sent()
    app.state.entrance = Entrance(database, settings, Limits())
    app.state.runner = runner(database, settings)
    app.state.telling = telling(database, settings)
    return app


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    async with app.state.database:
        state = app.state
        work = (state.follower.run(), state.metrics.watch_loop(), state.runner.run(), state.telling.run())
        tasks = [asyncio.create_task(each) for each in work]
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
    plans = cast(Application, request.app).plans
    figures.plans.set(plans.count)
    figures.plan_bytes.set(plans.size)
    applied = follower.seq if follower.catalogue else None
    text = figures.shown(sizes(follower.catalogue), applied, follower.lag, follower.silence)
    return Response(text, media_type=figures.content_type)


async def refuse(request: Request, error: Exception) -> Response:
    """What went wrong in a way we expect, in one sentence."""
    assert isinstance(error, KopaError)
    headers = {"Retry-After": "2"} if error.status == 503 else None
    body = {"errors": [{"message": error.message, "extensions": error.extensions}]}
    return JSONResponse(body, status_code=error.status, headers=headers)
