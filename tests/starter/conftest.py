"""The drafts of everything that ships, made once."""

from collections.abc import Callable
from typing import Any

import pytest

from service.editing.revisions import Draft
from service.starter import drafts
from service.starter.ids import identify

Content = dict[str, Any]


@pytest.fixture(scope="session")
def starter() -> list[Draft]:
    return drafts()


@pytest.fixture(scope="session")
def record(starter: list[Draft]) -> Callable[[str, str], Content]:
    """The content of a record by its noun and key."""
    by_id = {draft.id: draft for draft in starter}
    return lambda noun, key: by_id[identify(noun, key)].content


@pytest.fixture(scope="session")
def of(starter: list[Draft]) -> Callable[[str], dict[str, Content]]:
    """The contents of a noun, by id."""
    return lambda noun: {draft.id: draft.content for draft in starter if draft.noun == noun}
