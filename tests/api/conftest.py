"""The made-up directory of the catalogue's tests, and a way to ask it."""

from collections.abc import Callable
from typing import Any

import pytest

from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from tests.catalogue.conftest import catalogue, drafts, on_sqlite
from tests.migrated import postgres_url, sqlite_url  # noqa: F401

__all__ = ["catalogue", "drafts", "on_sqlite"]


@pytest.fixture
def ask(catalogue: Catalogue) -> Callable[..., Any]:
    """Ask and get the data; nothing may go wrong."""

    def answered(query: str, **variables: Any) -> Any:
        result = schema.execute_sync(query, variables, root_value=catalogue)
        assert result.errors is None, result.errors
        return result.data

    return answered
