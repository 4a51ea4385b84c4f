"""Every text that a page asks for is there in both languages, and every field, noun and value has a name."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.pofile import read_po

import admin
from admin.facets import facet_name, narrowing
from admin.labels import choice_name, field_help, field_name, noun_name, nouns_name
from admin.sections import SECTIONS
from admin.visit import DONE, TEMPLATES
from service import models, showing
from service.campaigns.recipients import Answer
from service.catalogue.filters import Order
from service.i18n import LANGUAGES, UnknownText, path, words
from service.models.account import AuditAct, Role
from service.models.campaign import ApplicationKind, ApplicationState
from service.models.fields import Choice, ChoiceSet
from service.models.revision import Act, RevisionState
from service.models.shape import shape
from service.models.webhook import DeliveryOutcome, WebhookState
from service.settings import SETTINGS

TABLES = [table for noun in models.NOUNS for table in (shape(noun), *shape(noun).parts.values())]


def catalogue(language: str) -> dict[str, list[str]]:
    """The texts by their keys, in every number."""
    with path(language).open("rb") as file:
        return {several(each.id)[0]: several(each.string) for each in read_po(file) if each.id}


def several(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_both_languages_say_the_same_things() -> None:
    lv, en = catalogue("lv"), catalogue("en")
    assert lv.keys() == en.keys()
    for key in lv:
        assert all([*lv[key], *en[key]]), key
        assert gaps_of(lv[key]) == gaps_of(en[key]), key


def gaps_of(texts: list[str]) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_noun_value_and_order_has_a_name(language: str) -> None:
    said = words(language)
    for noun in models.NOUNS:
        assert all((noun_name(said, noun), nouns_name(said, noun), said(f"new.{noun}")))
        for name in (*SECTIONS[noun].fields, *SECTIONS[noun].listable()):
            assert field_name(said, noun, name)
        for name, kind in narrowing(noun).items():
            assert facet_name(said, noun, name) != name, (noun, name)
            assert all(choice_name(said, choice) for choice in kind or ())
        assert all(said(f"group.{group}") for group in SECTIONS[noun].layout)
    for table in TABLES:
        for name in (*table.scalars, *table.references, *table.sets):
            assert field_name(said, table.table, name)
            assert isinstance(field_help(said, table.table, name), str)
        for field in table.scalars.values():
            if isinstance(field, Choice | ChoiceSet):
                assert all(choice_name(said, choice) for choice in field.choices)
    for order in Order.__subclasses__():
        assert all(said(f"order.{field.value}") for field in order.KEYS)
    for kind in (
        RevisionState,
        Role,
        AuditAct,
        WebhookState,
        DeliveryOutcome,
        Act,
        Answer,
        ApplicationKind,
        ApplicationState,
    ):
        assert all(choice_name(said, choice) for choice in kind)
    assert all(said(f"setting.{setting.name}") for setting in SETTINGS)


def test_every_text_of_a_template_is_there() -> None:
    said = words("lv")
    asked = set(DONE)
    for name in TEMPLATES.list_templates():
        assert TEMPLATES.loader is not None
        asked |= set(re.findall(r"""\bt\("([\w.]+)"[,)]""", TEMPLATES.loader.get_source(TEMPLATES, name)[0]))
    assert len(asked) > 80
    assert [key for key in sorted(asked) if not said.has(key)] == []


def test_what_is_not_there_is_an_error_and_numbers_are_inflected() -> None:
    lv, en = words("lv"), words("en")
    with pytest.raises(UnknownText):
        lv("nothing of the kind")
    assert [lv.count("records", n) for n in (0, 1, 2, 11, 21, 1234)] == [
        "0 ierakstu", "1 ieraksts", "2 ieraksti", "11 ieraksti", "21 ieraksts", "1\u00a0234 ieraksti",
    ]  # fmt: skip
    assert [en.count("records", n) for n in (1, 2000)] == ["1 record", "2,000 records"]


def test_no_text_is_left_that_nobody_shows() -> None:
    derived = (
        "noun.",
        "nouns.",
        "new.",
        "field.",
        "help.",
        "choice.",
        "filter.",
        "order.",
        "group.",
        "sheet_",
        "verdict_",
        "rows_",
        "bulk_",
        "menu.",
        "guest_",
        "guests_",
        "setting.",
        "page.",
        "audit.",
    )
    folders = [Path(package.__file__).parent for package in (admin, showing)]
    files = [file for folder in folders for kind in ("**/*.py", "templates/*.html") for file in folder.glob(kind)]
    source = " ".join(file.read_text("utf-8") for file in files)
    shown = {key for key in catalogue("lv") if f'"{key}"' in source or f'"{key.removesuffix("_help")}"' in source}
    unused = [key for key in catalogue("lv") if key not in shown and not key.startswith((*derived, "in_"))]
    assert unused == []
