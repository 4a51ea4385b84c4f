"""The templates of the public pages, compiled once for each language, with what all of them may call."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from service.i18n import LANGUAGES, words
from service.pages import addresses
from service.pages.assets import PATHS
from service.pages.deciding import decisive
from service.pages.telling import Telling

FOLDER = Path(__file__).parent / "templates"


class Directly(Context):
    """Calls what templates call as it is: but for macros nothing here asks for the context, and looking takes long."""

    def call(self, it: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """What a call gives; a page makes hundreds."""
        if type(it) is Macro:
            return super().call(it, *args, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return it(*args, **named)


class Templates(Environment):
    """Templates that call directly, and escape texts, of which a page has a thousand, in half the time."""

    context_class = Directly

    def _generate(self, *args: Any, **named: Any) -> str:
        """The source of a template, in which the first line imports what all of it calls."""
        first, rest = super()._generate(*args, **named).split("\n", 1)
        return f"{first}; from {__name__} import escaped as escape\n{rest}"


def escaped(value: Any) -> Any:
    """A value as it stands in HTML."""
    return html.escape(value) if type(value) is str else value if type(value) is Markup else escape(value)


@cache
def environment(language: str) -> Environment:
    """The templates as they speak a language."""
    made = Templates(
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
