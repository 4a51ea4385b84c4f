"""The queries of README.md give the answers that stand beside them."""

import json
import re
from pathlib import Path

import pytest
import pytest_asyncio

from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.search.index import Search
from service.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
QUESTIONS = re.findall(r"```graphql\n(.+?)```\s+```json\n(.+?)```", README, re.DOTALL)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def catalogue(starter_url: str) -> Catalogue:
    async with Database(starter_url) as database:
        return (await Search.of(await Catalogue.load(database, Settings.from_env({})))).catalogue


def test_the_readme_asks_six_questions() -> None:
    assert len(QUESTIONS) == 6


@pytest.mark.parametrize(("query", "answer"), QUESTIONS)
async def test_the_answer_in_the_readme_is_true(catalogue: Catalogue, query: str, answer: str) -> None:
    result = await schema.execute(query, root_value=catalogue)
    assert result.errors is None
    assert result.data == json.loads(answer)
