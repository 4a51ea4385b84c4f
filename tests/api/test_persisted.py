"""The documents that ship: each is valid, affordable, compiled, and answers something on the directory that ships."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from graphql import OperationDefinitionNode, parse

from service.api.compiled import Plans
from service.api.limits import LARGEST_COST
from service.api.persisted import by_id, shipped
from service.api.prepared import Prepared
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.settings import Settings

FOLDER = Path(__file__).parent.parent.parent / "service" / "api" / "documents"
VARIABLES: dict[str, dict[str, Any]] = {
    "choices": {"taxonomy": ["service_category"]},
    "cooperation": {"slug": "sos-bernu-ciemati"},
    "network": {"slug": "sos-bernu-ciemati"},
    "organisation": {"slug": "sos-bernu-ciemati"},
    "organisations": {"filter": {"region": ["pr-vidzeme"], "role": ["SOCIAL_SERVICE"]}},
    "region": {"code": "valmieras-novads"},
    "service": {},
    "services": {"filter": {"category": ["day-care-centre"], "region": ["valmieras-novads"], "age": 40}},
}
"""What each is asked with here."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def catalogue(starter_url: str) -> Catalogue:
    async with Database(starter_url) as database:
        return await Catalogue.load(database, Settings.from_env({}))


def test_every_file_is_named_by_the_hash_of_its_bytes() -> None:
    """So that anybody can tell it with sha256sum."""
    files = sorted(FOLDER.glob("*.graphql"))
    assert {file.stem for file in files} == set(shipped()) == set(VARIABLES)
    assert set(by_id()) == {f"sha256:{sha256(file.read_bytes()).hexdigest()}" for file in files}


@pytest.mark.parametrize("name", VARIABLES)
def test_a_document_says_what_it_is_for(name: str) -> None:
    text = shipped()[name]
    assert text.startswith("# ")
    assert text.split("\n")[0].endswith(".")
    [operation] = [each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
    assert operation.name
    assert operation.name.value.lower() == name


@pytest.mark.parametrize("name", VARIABLES)
async def test_a_document_is_compiled_and_answers(catalogue: Catalogue, name: str) -> None:
    given = VARIABLES[name]
    if name == "service":
        given = {"slug": next(iter(catalogue.of("service"))).slug}
    operation = Prepared(shipped()[name]).operation(None)
    plans = Plans()
    plans.pin(operation.compiling)
    variables = operation.compiling.variables.coerced(given)
    cost = operation.pricing.affordable(variables)
    data = plans.data(operation.compiling, catalogue, variables, cost)
    assert data
    assert all(data.values()), "there is something to show"
    assert cost < LARGEST_COST / 2
    assert not plans.fallbacks
