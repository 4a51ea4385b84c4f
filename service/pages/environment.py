"""The templates of the public pages, compiled once for each language, with what all of them may call."""

from __future__ import annotations

import json
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from service.i18n import LANGUAGES, words
from service.pages import addresses
from service.pages.assets import PATHS
from service.pages.compiling import Templates
from service.pages.deciding import decisive
from service.pages.telling import Telling

FOLDER = Path(__file__).parent / "templates"


@cache
def environment(language: str) -> Environment:
    """The templates as they speak a language."""
    made = Templates(
        words(language),
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    tell = Telling(words(language))
    made.globals |= {
        "t": words(language),
        "tell": tell,
        "decisive": partial(decisive, tell=tell),
        "language": language,
        "languages": LANGUAGES,
        "assets": PATHS,
        "base": "",
        "address": partial(addresses.address, language=language),
        "anchor": addresses.anchor,
        "said": partial(said, language=language),
        "path": lambda kind, name="", /, **query: addresses.path(kind, language, name, query),
    }
    made.filters["spoken"] = partial(said, language=language)
    made.filters["json_ld"] = json_ld
    return made


def said(text: dict[str, str] | None, language: str) -> Markup:
    """A text in the language of the page; where it is missing in Latvian, marked as such for who hears the page."""
    if text is None:
        return Markup()
    if language in text or language == "lv":
        return escape(text.get(language) or text["lv"])
    return Markup('<span lang="lv">{}</span>').format(text["lv"])


def json_ld(data: dict[str, Any]) -> Markup:
    """Data that stands inside a page; nothing in it can end the element that holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))
