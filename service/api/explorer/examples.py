"""Questions to begin with, by who would ask them, and the words around them, in the languages of the page."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DEFAULT = "lv"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


WORDS = _read("words.toml")
EXAMPLES = _read("examples.toml")["examples"]


@cache
def audiences(language: str) -> list[dict[str, Any]]:
    """Every audience with its name and its examples, as the script of the page takes them."""
    return [
        {"name": name, "examples": [_shown(example, language) for example in EXAMPLES if example["for"] == audience]}
        for audience, name in WORDS[language]["audiences"].items()
    ]


def _shown(example: dict[str, Any], language: str) -> dict[str, str]:
    variables = {**example.get("variables", {}), "language": language.upper()}
    return {
        "title": example["title"][language],
        "note": example["note"][language],
        "query": example["query"].strip() + "\n",
        "variables": json.dumps(variables, indent=2, ensure_ascii=False),
    }
