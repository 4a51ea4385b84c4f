"""A folder for backups, and a second database to restore them into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.database import dialect_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


@pytest.fixture
def another_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """A second database of the same engine, fresh and empty."""
    if dialect_of(database_url) == "sqlite":
        yield f"sqlite:///{tmp_path}/another.db"
        return
    server = request.getfixturevalue("postgres_server")
    server.psql("CREATE DATABASE another;")
    yield server.get_uri(database="another")
    server.psql("DROP DATABASE another WITH (FORCE);")
