"""A client generated from what the README asks and from the documents that ship is typed, and gets its answers."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.conformance.tools import ROOT, environment, run
from tests.test_readme import QUESTIONS

CONFIGURATION = """
[tool.ariadne-codegen]
schema_path = "{schema}"
queries_path = "queries"
target_package_name = "kopa_client"
async_client = false
"""
ASK = """
import json, sys
from kopa_client import Client
with Client(url=sys.argv[1]) as client:
    answers = [getattr(client, f"question_{number}")() for number in range(int(sys.argv[2]))]
print(json.dumps([answer.model_dump(mode="json", by_alias=True) for answer in answers]))
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated package."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "queries").mkdir()
    for number, (query, _) in enumerate(QUESTIONS):
        (folder / f"queries/{number}.graphql").write_text(f"query Question{number} {query}", "utf-8")
    for document in (ROOT / "service/api/documents").glob("*.graphql"):
        (folder / "queries" / document.name).write_text(document.read_text("utf-8"), "utf-8")
    (folder / "pyproject.toml").write_text(CONFIGURATION.format(schema=ROOT / "schema.graphql"))
    path = os.pathsep.join([str(environment("ariadne-codegen")), os.environ["PATH"]])
    run(environment("ariadne-codegen") / "ariadne-codegen", cwd=folder, PATH=path)
    return folder


def test_the_client_is_typed_strictly(client: Path) -> None:
    python = environment("ariadne-codegen") / "python"
    told = run(python, "-m", "mypy", "--strict", "kopa_client", cwd=client, may_fail=True)
    assert re.match(r"Success: no issues found in \d+ source files", told), told


def test_the_client_gets_its_answers(client: Path, url: str) -> None:
    (client / "ask.py").write_text(ASK)
    told = run(environment("ariadne-codegen") / "python", "ask.py", url, str(len(QUESTIONS)), cwd=client)
    assert [without_type_names(answer) for answer in json.loads(told)] == [
        json.loads(answer) for _, answer in QUESTIONS
    ]


def without_type_names(answer: object) -> object:
    """What was answered, without what the client asks for on top."""
    match answer:
        case dict():
            return {key: without_type_names(value) for key, value in answer.items() if key != "__typename"}
        case list():
            return [without_type_names(value) for value in answer]
    return answer
