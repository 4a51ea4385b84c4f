"""The questions: what each is called, its document in each dialect, and its answers as plain data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

DOCUMENTS = Path(__file__).parent / "documents"

QUESTIONS = {
    "list": "Q1: organisations by region and category, 20 at most, with their services",
    "profile": "Q2: the profile of an organisation",
    "network": "Q3: its partners and theirs, 10 of each",
    "wide_network": "Q3b: a step further, about 1,000 partners",
    "search": "Q4: organisations in which two words stand in any form, 20 at most, with their services",
}

ANSWER = "found"
"""Under which name every document asks for its one root field."""

ONE = {"nodes", "region", "category", "value"}
"""What stands between an object and what is meant, where a dialect puts something between."""

UNORDERED = {"categories", "regions"}
"""Lists of which the order is not compared."""


def document(dialect: str, question: str) -> str:
    """The document of a question."""
    return (DOCUMENTS / dialect / f"{question}.graphql").read_text("utf-8")


def plain(value: Any) -> Any:
    """The same data whatever the dialect it was asked in."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and (name := next(iter(value))) in ONE:
        return plain(value[name])
    value = {**value, **(value.get("link") or {})}
    return {name: _ordered(name, plain(each)) for name, each in value.items() if name != "link"}


def _ordered(name: str, value: Any) -> Any:
    return sorted(value, key=lambda each: each["name"]) if name in UNORDERED else value


def has_document(dialect: str, question: str) -> bool:
    """Whether a dialect asks this question."""
    return (DOCUMENTS / dialect / f"{question}.graphql").exists()
