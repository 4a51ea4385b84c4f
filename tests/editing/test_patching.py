"""The laws of patches: what is not named stays, null empties, and a patch that says it all is the whole."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service import models
from service.editing.content import Content, Reading
from service.editing.patching import patched
from service.models.shape import shape
from tests.editing.observing import JUNK
from tests.factories import contents, ident

NOUNS = st.sampled_from(sorted(models.NOUNS))
CONTENTS = NOUNS.flatmap(lambda noun: st.tuples(st.just(noun), contents(noun), contents(noun)))
MANY = settings(max_examples=60)


def read(noun: str, content: Content) -> Content:
    return Reading().record(noun, ident(noun, "any"), content)


@MANY
@given(both=CONTENTS)
def test_nothing_named_changes_nothing_and_everything_named_is_all(both: tuple[str, Content, Content]) -> None:
    noun, one, other = both[0], read(both[0], both[1]), read(both[0], both[2])
    assert patched(noun, one, {}) == one
    assert patched(noun, {}, one) == one
    assert patched(noun, one, one) == one
    nothing = dict.fromkeys(one)
    assert patched(noun, one, nothing) == {}
    assert patched(noun, patched(noun, one, nothing), other) == other


@MANY
@given(both=CONTENTS, data=st.data())
def test_what_is_named_is_so_and_the_rest_stays(both: tuple[str, Content, Content], data: st.DataObject) -> None:
    noun, one, other = both[0], read(both[0], both[1]), read(both[0], both[2])
    names = data.draw(st.sets(st.sampled_from(sorted(other)))) if other else set()
    changed = patched(noun, one, {name: other[name] for name in names})
    for name in one.keys() | other.keys():
        if name not in names:
            assert changed.get(name) == one.get(name)
        elif name in shape(noun).parts:
            assert [each["id"] for each in changed[name]] == [each["id"] for each in other[name]]
        elif isinstance(other[name], dict):
            assert changed[name] == {**(one.get(name) or {}), **other[name]}
        else:
            assert changed[name] == other[name]


def test_of_a_text_one_language_and_of_a_child_one_field() -> None:
    before: Content = {
        "name": {"lv": "Viens", "en": "One"},
        "statuses": [{"id": ident("x", 1), "kind": "public_benefit", "valid_from": "2010"}, {"id": ident("x", 2)}],
    }
    patch: Any = {
        "name": {"en": None},
        "statuses": [{"id": ident("x", 1).upper(), "valid_from": None}, {"kind": "new"}],
    }
    after = patched("organisation", before, patch)
    assert after["name"] == {"lv": "Viens"}
    assert after["statuses"] == [{"id": ident("x", 1).upper(), "kind": "public_benefit"}, {"kind": "new"}]
    assert patched("organisation", before, {"name": {"lv": None, "en": None}}).keys() == {"statuses"}


@MANY
@given(noun=st.sampled_from([*models.NOUNS, "person"]), name=st.text(max_size=5), junk=JUNK)
def test_junk_is_left_for_reading_to_refuse(noun: str, name: str, junk: Any) -> None:
    names = [name, *(shape(noun).parts if noun in models.NOUNS else ())]
    for each in names:
        patched(noun, {"evidence": [{"id": ident("x", 1)}]}, {each: junk})
