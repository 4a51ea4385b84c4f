"""The queries of README.md give the answers that stand beside them."""

import json
import re
from pathlib import Path

import pytest
import pytest_asyncio

from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.migrations.runner import migrate
from service.search.index import Search
from service.settings import Settings
from service.starter import load_starter

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
QUESTIONS = re.findall(r"```graphql\n(.+?)```\s+```json\n(.+?)```", README, re.DOTALL)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    path = tmp_path_factory.mktemp("readme") / "kopa.db"
    async with Database(f"sqlite:///{path}") as database:
        await migrate(database)
        await load_starter(database, lambda *_: None)
        return (await Search.of(await Catalogue.load(database, Settings.from_env({})))).catalogue


def test_the_readme_asks_six_questions() -> None:
    assert len(QUESTIONS) == 6


@pytest.mark.parametrize(("query", "answer"), QUESTIONS)
async def test_the_answer_in_the_readme_is_true(catalogue: Catalogue, query: str, answer: str) -> None:
    result = await schema.execute(query, root_value=catalogue)
    assert result.errors is None
    assert result.data == json.loads(answer)
