"""A client of the endpoint over HTTP, on a small directory of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from service.api.persisted import id_of, shipped
from service.app import Application, create_app
from service.database import Database
from tests.catalogue.loading import filled, settings
from tests.factories import a_source, make_link, make_organisation
from tests.test_metrics import parsed

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
NAME = "query Named($slug: String!) { organisation(by: {slug: $slug}) { name slug } }"
NAMED = {"slug": "biedriba-1"}
EXPECTED = {"organisation": {"name": "Biedrība 1", "slug": "biedriba-1"}}


@contextmanager
def opened(folder: Path, **changed: Any) -> Iterator[TestClient]:
    """A client of an application that is ready; settings may be changed."""
    url = f"sqlite:///{folder}/kopa.db"
    asyncio.run(_fill(url))
    app = create_app(settings(database_url=url, **changed))
    here = ("127.0.0.1", 50_000)
    with TestClient(app, raise_server_exceptions=False, base_url="http://127.0.0.1", client=here) as client:
        end = time.monotonic() + 20
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < end, "it did not become ready"
            time.sleep(0.01)
        yield client


async def _fill(url: str) -> None:
    async with Database(url) as database:
        await filled(
            database,
            [
                a_source(),
                make_organisation(1, slug="biedriba-1"),
                make_organisation(2, slug="biedriba-2"),
                make_link(),
            ],
        )


def application(client: TestClient) -> Application:
    app = client.app
    assert isinstance(app, Application)
    return app


def figure(client: TestClient, name: str, **labels: str) -> float:
    """A figure of `/metrics`; 0 for what was never counted."""
    return parsed(client.get("/metrics").text).get((name, frozenset(labels.items())), 0.0)


def executed(client: TestClient) -> float:
    """How many operations were executed."""
    return sum(figure(client, "kopa_graphql_answers_total", outcome=each) for each in ("compiled", "interpreted"))


def shipped_id(name: str) -> str:
    return id_of(shipped()[name])
