"""The audit in words: every detail that the code ever notes has words, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import admin
import service
from admin.details import DETAILS, Telling, told
from admin.naming import Named
from service.accounts.audit import Entry
from service.i18n import LANGUAGES, words
from service.models.account import AuditAct, Role, Scope
from service.models.campaign import ApplicationKind, ApplicationState
from tests.admin.panel import Panel
from tests.api.office import ORGANISATION
from tests.factories import ident

PLACES = {"account", "about", "network"}
"""What an entry holds in columns of its own."""

SOURCES = [file for package in (admin, service) for file in Path(str(package.__file__)).parent.rglob("*.py")]

VALUES = {
    "role": Role.EDITOR.value,
    "before": Role.REPRESENTATIVE.value,
    "organisations": [ORGANISATION, ident("organisation", "nobody")],
    "kind": ApplicationKind.CLAIM.value,
    "state": ApplicationState.DECLINED.value,
    "scopes": [scope.value for scope in Scope],
    "days": 21,
    "reason": "Lūgums",
    "rows": {"revision": 2, "change": 1},
    "url": "https://example.org/hook",
    "format": "csv",
    "records": 5,
    "columns": ["id", "registration_number", "name", "phone", "identifiers"],
}


def noted() -> Iterator[tuple[str, ast.expr]]:
    """The names and values of all details in calls that write an entry, also of those given by a dictionary."""
    for file in SOURCES:
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _of(function)


def _of(function: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    said = {name: value for node in ast.walk(function) for name, value in _assigned(node)}
    for keyword in (each for call in ast.walk(function) if isinstance(call, ast.Call) for each in _details(call)):
        if keyword.arg is not None:
            yield keyword.arg, keyword.value
        elif isinstance(keyword.value, ast.Name):
            given = said[keyword.value.id]
            names = [each.value for each in given.keys if isinstance(each, ast.Constant)]
            yield from zip(map(str, names), given.values, strict=True)


def _details(call: ast.Call) -> list[ast.keyword]:
    """What a call notes: one that names an act, or the way in, which tells by what somebody came."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    enters = called == "enter"
    return call.keywords if enters or any("AuditAct" in ast.dump(each) for each in call.args) else []


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.Dict]]:
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield target.id, node.value


def entry(**details: object) -> Entry:
    return Entry("1", datetime.now(UTC), AuditAct.EXPORTED, None, "organisation", details, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_detail_that_is_ever_noted_has_words(language: str) -> None:
    found = [(name, value) for name, value in noted() if name not in PLACES]
    ways = {value.value for name, value in found if name == "by" and isinstance(value, ast.Constant)}
    assert {"password", "link", "invitation", "code", "mail", "hand"} <= ways
    assert {name for name, _ in found} == DETAILS.keys()
    said = words(language)
    for way in ways:
        assert told(Telling(said, {}, entry(by=way))) == [said(f"audit.by.{way}")]
    for name, value in VALUES.items():
        [text] = told(Telling(said, {}, entry(**{name: value})))
        assert text
    assert {*VALUES, "by"} == DETAILS.keys()


def test_details_are_told_by_names_and_never_fail() -> None:
    named = {ORGANISATION: Named(ORGANISATION, "organisation", "Biedrība 1")}
    said = words("lv")
    assert told(Telling(said, named, entry(organisations=[ORGANISATION]))) == ["organizācijas: Biedrība 1"]
    assert told(Telling(said, {}, entry(role="king", days=1, organisations=[]))) == ["loma: king", "derīgs 1 dienu"]
    assert told(Telling(said, {}, entry(odd="x", columns=["id", "name"]))) == ["kolonnas: ID, Nosaukums", "odd: x"]


async def test_the_page_tells_in_words(panel: Panel) -> None:
    account = panel.office.accounts["owner"]
    roles = [("act", "role"), ("role", "representative"), ("organisations", ORGANISATION)]
    await panel.send(f"people/{account}", roles, "administrator")
    await panel.get("organisation/export.csv")
    page = (await panel.open("audit", "administrator")).text
    assert "loma: Pārstāvis" in page
    assert "organizācijas: Biedrība" in page
    assert "CSV" in page
    assert "kolonnas: ID" in page
    assert ORGANISATION not in page
