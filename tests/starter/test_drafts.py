"""What ships can be published: every field known, every rule kept, every reference to something earlier."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from service import models
from service.editing.content import Reading, public
from service.editing.revisions import Draft
from service.editing.rules import broken_rules
from service.starter import drafts
from service.starter.drafting import draft, evidence
from service.starter.loading import LABELS
from service.starter.order import LARGEST, batches, in_order, references

Of = Callable[[str], dict[str, dict[str, Any]]]


def test_every_field_and_value_is_one_of_the_models(starter: list[Draft]) -> None:
    problems = []
    for item in starter:
        reading = Reading((item.noun, item.id))
        content = reading.record(item.noun, item.id, item.content)
        rules = broken_rules(item.noun, item.id, public(item.noun, content), (item.noun, item.id))
        problems += [*reading.problems, *rules]
    assert problems == []


def test_ids_and_slugs_are_unique(starter: list[Draft]) -> None:
    slugs = Counter((item.noun, item.content["slug"]) for item in starter if "slug" in item.content)
    assert len({item.id for item in starter}) == len(starter)
    assert [slug for slug, times in slugs.items() if times > 1] == []
    assert all("slug" in item.content for item in starter if models.NOUNS[item.noun].HAS_SLUG)


def test_two_builds_are_the_same(starter: list[Draft]) -> None:
    assert drafts() == starter


def test_every_reference_is_to_something_that_ships(starter: list[Draft]) -> None:
    known = {item.id for item in starter}
    assert {id for item in starter for id in _ids(item)} <= known


def test_what_is_referred_to_is_never_in_a_later_batch(starter: list[Draft]) -> None:
    loaded: set[str] = set()
    for batch in batches(starter):
        assert len(batch) <= LARGEST
        loaded |= {item.id for item in batch}
        assert {id for item in batch for id in _ids(item)} <= loaded


def test_batches_leave_nothing_out_and_have_a_label(starter: list[Draft]) -> None:
    together = list(batches(starter))
    assert [item for batch in together for item in batch] == starter
    assert all(len({item.noun for item in batch}) == 1 for batch in together)
    assert {batch[0].noun for batch in together} == set(LABELS)


def test_records_of_one_noun_are_ordered_by_reference_also_in_a_circle() -> None:
    child, parent, one, other = (
        draft("region", key, {"parent": above, "evidence": [evidence("iso-3166-2", "Ir.", "It is.")]})
        for key, above in (("child", "parent"), ("parent", None), ("one", "other"), ("other", "one"))
    )
    assert in_order([child, one, parent, other]) == [parent, child, other, one]


def test_every_record_but_a_source_has_evidence_in_both_languages(starter: list[Draft]) -> None:
    for item in starter:
        said = item.content.get("evidence", [])
        assert bool(said) == (item.noun != "source")
        assert all(set(words["says"]) == {"lv", "en"} for words in said)


def test_the_field_of_evidence_is_one_that_the_record_fills(starter: list[Draft]) -> None:
    for item in starter:
        for said in item.content.get("evidence", []):
            assert said.get("field") is None or item.content.get(said["field"]) is not None, item


def test_documents_and_taxonomies_are_worded_in_both_languages(of: Of) -> None:
    for noun in ("region", "taxonomy", "taxonomy_term", "project", "event", "figure", "service"):
        for content in of(noun).values():
            assert set(content.get("name") or content["title"]) == {"lv", "en"}


def _ids(item: Draft) -> set[str]:
    """Everything in a content that looks like an id."""
    texts: set[str] = set()
    _gather(item.content, texts)
    return {text for text in texts if re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)}


def _gather(value: Any, texts: set[str]) -> None:
    if isinstance(value, str):
        texts.add(value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _gather(inner, texts)


def test_references_are_found_at_any_depth() -> None:
    assert list(references({"a": [{"b": "x"}], "c": "y", "d": 1}, {"x", "z"})) == ["x"]
