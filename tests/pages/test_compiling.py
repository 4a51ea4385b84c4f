"""How templates become Python."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from service.i18n import LANGUAGES, UnknownText, words
from service.pages.compiling import Templates
from service.pages.environment import FOLDER, environment


def written(source: str, language: str = "lv", **values: Any) -> str:
    """What a template says."""
    made = Templates(words(language), loader=DictLoader({"it": source}), autoescape=True, undefined=StrictUndefined)
    return made.get_template("it").render(t=words(language), **values)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(path.name for path in FOLDER.glob("*.html")))
def test_every_text_of_a_template_is_known(template: str, language: str) -> None:
    """Whether or not a page comes to it."""
    environment(language).get_template(template)


def test_a_text_is_put_in_once() -> None:
    source = Templates(words("lv")).compile('{{ t("page.home") }}{{ "x" ~ t("page.list") }}', raw=True)
    assert "page.home" not in source
    assert words("lv")("page.home") in source
    with pytest.raises(UnknownText):
        written('{% if false %}{{ t("page.nothing.of.the.kind") }}{% endif %}')


def test_a_text_with_gaps_is_filled_on_the_page() -> None:
    told = written('{{ t("page.of", page=a, pages="<3>") }}', a=2)
    assert told == words("lv")("page.of", page=2, pages="&lt;3&gt;")
    assert written('{{ t(which) }}{{ t(*["page.home"]) }}{{ t(**{"key": "page.home"}) }}', which="page.home") == (
        words("lv")("page.home") * 3
    )


def test_what_is_said_is_escaped_and_markup_is_not() -> None:
    assert written("{{ a }}{{ b }}{{ c.d }}{{ f(a) }}", a="<&\"'", b=Markup("<b>"), c=SimpleNamespace(d=1), f=str) == (
        "&lt;&amp;&quot;&#x27;<b>1&lt;&amp;&quot;&#x27;"
    )


def test_macros_blocks_and_loops_call_as_ever() -> None:
    source = """
{%- macro box(it, name="n") %}[{{ name }}: {{ it }}{{ caller(it) if caller is defined }}]{% endmacro -%}
{%- for each in some if each.n %}{{ box(each.n, name=loop.index) }}{{ ", " if not loop.last }}{% endfor -%}
{%- call(it) box("<", **{"name": "m"}) %}{{ it }}{{ some[0].f(*some)|length }}{% endcall -%}
{%- block last %}{{ (some|first).f() }}{% endblock -%}
"""
    some = [SimpleNamespace(n=n, f=lambda *given: given) for n in range(3)]
    assert written(source, some=some) == "[1: 1], [2: 2][m: &lt;&lt;3]()"


def test_an_attribute_is_no_item() -> None:
    with pytest.raises(AttributeError):
        written("{{ it.name }}", it={"name": "x"})
    assert written('{{ it["name"] }}{{ it.get("name") }}', it={"name": "x"}) == "xx"
    with pytest.raises(UndefinedError):
        written("{{ nowhere.name }}")
    with pytest.raises(UndefinedError):
        written("{{ nowhere() }}")
