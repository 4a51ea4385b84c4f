"""Every model and every field goes through its form: what a browser would send of a record makes the same record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from admin.entries import PartList
from admin.forms import Form
from admin.reading import read as read_form
from admin.reading import settle, spread
from admin.sections import SECTIONS
from admin.typed import Typed
from admin.visit import TEMPLATES
from service import models
from service.editing.content import Content, Reading
from service.editing.patching import patched
from service.editing.policy import ALL
from service.i18n import words
from tests.admin.panel import read
from tests.factories import MAKERS, contents, everything, ident

FULL = {draft.noun: draft for draft in everything() if draft.id == ident(draft.noun, "full")}


def canonical(noun: str, content: Content) -> Content:
    reading = Reading()
    found = reading.record(noun, ident(noun, "walk"), content)
    assert reading.problems == []
    return found


def canonical_or_less(noun: str, content: Content) -> Content:
    """The same of what may lack something."""
    return Reading().record(noun, ident(noun, "walk"), content)


def sent(noun: str, content: Content, language: str) -> Typed:
    """What a browser would send of the form, read off its HTML."""
    form = Form(noun, words(language), spread(noun, content, language), ALL)
    macros: Any = TEMPLATES.get_template("controls.html").module
    html = "".join(
        str(macros.part(form.words, noun, item, form.typed) if isinstance(item, PartList)
            else macros.control(form.words, noun, item, form.typed))
        for group in form.groups() for item in group.items
    )  # fmt: skip
    return Typed(read(html).pairs)


def through(noun: str, content: Content, language: str) -> Content:
    typed = sent(noun, content, language)
    settle(noun, typed)
    return canonical(noun, patched(noun, content, read_form(noun, typed, SECTIONS[noun].fields)))


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("noun", models.NOUNS)
def test_everything_filled_comes_back(noun: str, language: str) -> None:
    content = canonical(noun, FULL[noun].content)
    table = SECTIONS[noun].shape
    asked = {*table.scalars, *table.references, *table.sets, *table.parts} - content.keys()
    assert not asked - {"service", "project", "organisation", "fewer_than_five"}, asked
    assert through(noun, content, language) == content


@pytest.mark.parametrize("noun", models.NOUNS)
@examples(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_anything_comes_back(noun: str, data: st.DataObject) -> None:
    content = canonical(noun, data.draw(contents(noun)))
    assert through(noun, content, data.draw(st.sampled_from(["lv", "en"]))) == content


@pytest.mark.parametrize("noun", models.NOUNS)
def test_the_smallest_record_gains_nothing(noun: str) -> None:
    content = canonical(noun, MAKERS[noun]("walk").content)
    assert through(noun, content, "lv") == content


@pytest.mark.parametrize("noun", models.NOUNS)
def test_every_field_stands_in_one_group_and_can_be_emptied(noun: str) -> None:
    section = SECTIONS[noun]
    laid = [name for names in section.layout.values() for name in names]
    assert sorted(laid) == sorted(section.fields)
    patch = read_form(noun, Typed(), section.fields)
    assert patch.keys() == set(section.fields)
    emptied = canonical_or_less(noun, patched(noun, canonical(noun, FULL[noun].content), patch))
    assert {name for name, value in emptied.items() if value not in (False, [])} == set()


def test_a_row_is_added_removed_and_left_out_when_nothing_is_in_it() -> None:
    typed = spread("organisation", canonical("organisation", FULL["organisation"].content), "lv")
    number = typed.add_row("alternate_names", "new")
    assert number == 1
    typed.put("alternate_names.1.name", " ")
    settle("organisation", typed)
    assert typed.rows("alternate_names") == [0]
    typed.add_row("alternate_names", "new")
    typed.put("alternate_names.1.name", "Otrs")
    typed.drop("alternate_names.0")
    settle("organisation", typed)
    assert typed.text("alternate_names.0.name") == "Otrs"
    assert typed.rows("alternate_names") == [0]


def test_sections_name_only_what_there_is() -> None:
    assert SECTIONS.keys() == models.NOUNS.keys()
    for section in SECTIONS.values():
        assert {*section.columns} <= {*section.listable()}, section.noun
        assert {*section.brief} <= {*section.fields} - {*section.shape.parts}, section.noun
        assert section.shape.required <= {*section.brief} or not section.brief, section.noun
