"""The directory as it ships, served by a process of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.conformance.tools import PACKAGES
from tests.serving import Served, another_process


@pytest.fixture(scope="session", autouse=True)
def prepared() -> None:
    assert PACKAGES.exists(), "These tests need tools of their own: run `make conformance`."


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    folder = tmp_path_factory.mktemp("open")
    async with another_process(f"sqlite:///{folder}/kopa.db", folder, "--prepare") as process:
        yield process


@pytest.fixture(scope="session")
def url(served: Served) -> str:
    """Where GraphQL is answered."""
    return f"{str(served.client.base_url).rstrip('/')}/graphql"
