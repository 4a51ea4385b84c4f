"""Merging what two people wrote: its laws, for any contents of any noun, and what it means for a few."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service import models
from service.editing.content import Content, Reading
from service.editing.drafts import with_part_ids
from service.editing.merging import Clash, merge
from service.models.fields import ChoiceSet, LineSet, Text
from service.models.shape import Shape, shape
from tests.editing.observing import FEW
from tests.factories import evidence, ident, make_agreement, make_location, make_organisation, words


def canonical(noun: str, content: Content, **changed: Any) -> Content:
    reading = Reading()
    read = reading.record(noun, ident(noun, "any"), with_part_ids(noun, content | changed))
    assert not reading.problems
    return read


def versions(noun: str, rng: Random) -> Iterator[Content]:
    """A content of a noun and two that share with it what they do not draw anew; no rule has to hold of them."""
    base = _drawn(shape(noun), rng)
    yield base
    for _ in range(2):
        other = _drawn(shape(noun), rng)
        names = {name for name in base.keys() | other.keys() if rng.random() < 0.4}
        yield {n: base[n] for n in base if n not in names} | {n: other[n] for n in other if n in names}


def _drawn(table: Shape, rng: Random) -> Content:
    content: Content = {name: _value(field, rng) for name, field in table.scalars.items()}
    content |= {name: rng.choice((None, "a", "b", "c")) for name in table.references}
    content |= {name: sorted(rng.sample("abcd", rng.randint(0, 3))) for name in table.sets}
    for name, part in table.parts.items():
        content[name] = [{"id": id, **_drawn(part, rng)} for id in rng.sample("abcd", rng.randint(0, 3))]
    return {name: value for name, value in content.items() if value is not None and value != []}


def _value(field: Any, rng: Random) -> Any:
    if isinstance(field, Text):
        return rng.choice((None, words(rng.choice("ab")), words(rng.choice("ab"), rng.choice("ab"))))
    if isinstance(field, ChoiceSet):
        return [choice.value for choice in field.choices if rng.random() < 0.5]
    if isinstance(field, LineSet):
        return sorted(rng.sample("abcd", rng.randint(0, 3)))
    return rng.choice((None, 1, 2, 3))


@settings(FEW, max_examples=200)
@given(noun=st.sampled_from(sorted(models.NOUNS)), seed=st.integers(0, 2**32))
def test_the_laws_of_merging(noun: str, seed: int) -> None:
    drawn = list(versions(noun, Random(seed)))
    whoever_changes_nothing_changes_nothing(noun, *drawn)
    it_does_not_matter_who_of_two_is_first(noun, *drawn)
    no_change_is_lost_and_none_is_made_up(noun, *drawn)


def whoever_changes_nothing_changes_nothing(noun: str, base: Content, ours: Content, theirs: Content) -> None:
    for one, other, expected in ((ours, base, ours), (base, theirs, theirs), (ours, ours, ours)):
        merged = merge(noun, base, one, other)
        assert not merged.clashes
        assert merged.content == expected


def it_does_not_matter_who_of_two_is_first(noun: str, base: Content, ours: Content, theirs: Content) -> None:
    one, other = merge(noun, base, ours, theirs), merge(noun, base, theirs, ours)
    mirrored = {(clash.path, repr(clash.theirs), repr(clash.ours)) for clash in other.clashes}
    assert {(clash.path, repr(clash.ours), repr(clash.theirs)) for clash in one.clashes} == mirrored
    clashing = {clash.path[0] for clash in one.clashes}
    for name in (one.content.keys() | other.content.keys()) - clashing - shape(noun).parts.keys():
        assert one.content.get(name) == other.content.get(name)


def no_change_is_lost_and_none_is_made_up(noun: str, base: Content, ours: Content, theirs: Content) -> None:
    merged = merge(noun, base, ours, theirs)
    told = {clash.path for clash in merged.clashes}
    flat = [dict(_flat(shape(noun), version)) for version in (base, ours, theirs, merged.content)]
    tied = {("currency",), *((name,) for name in flat[0] if str(name[0]).endswith("_minor"))}
    for path in set().union(*flat):
        was, mine, other, now = (version.get(path) for version in flat)
        assert now in (was, mine, other)
        if not any(path[: len(clash)] == clash or clash[: len(path)] == path for clash in told) and path not in tied:
            assert now == (other if mine == was else mine), path


def _flat(table: Shape, content: Content, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value by its place; members of sets and words of languages have places of their own."""
    for name, value in content.items():
        if name in table.parts:
            for item in value:
                yield from _flat(table.parts[name], item, (*place, name, item["id"]))
        elif isinstance(value, dict):
            yield from (((*place, name, language), said) for language, said in value.items())
        elif isinstance(value, list):
            yield from (((*place, name, member), True) for member in value)
        else:
            yield (*place, name), value


def clash_paths(noun: str, base: Content, ours: Content, theirs: Content) -> list[Any]:
    return [clash.path for clash in merge(noun, base, ours, theirs).clashes]


def organisation(**changed: Any) -> Content:
    return canonical("organisation", make_organisation("any").content, **changed)


BASE = organisation(
    name=words("Biedrība", "Society"),
    phone="+37167000000",
    regions=[ident("region", 1)],
    evidence=[evidence(id=ident("evidence", 1)), evidence(id=ident("evidence", 2))],
)


def test_different_fields_merge_by_themselves() -> None:
    ours, theirs = BASE | {"phone": "+37167000001"}, BASE | {"website": "https://example.org"}
    merged = merge("organisation", BASE, ours, theirs)
    assert not merged.clashes
    assert merged.content == BASE | {"phone": "+37167000001", "website": "https://example.org"}


def test_the_same_field_gives_both_versions() -> None:
    ours, theirs = BASE | {"phone": "+37167000001"}, BASE | {"phone": "+37167000002"}
    merged = merge("organisation", BASE, ours, theirs)
    assert merged.clashes == [Clash(("phone",), "+37167000000", "+37167000001", "+37167000002")]
    gone = {name: value for name, value in BASE.items() if name != "phone"}
    assert merge("organisation", BASE, gone, theirs).clashes == [
        Clash(("phone",), "+37167000000", None, "+37167000002")
    ]


def test_texts_merge_by_language() -> None:
    ours = BASE | {"name": words("Apvienība", "Society")}
    theirs = BASE | {"name": words("Biedrība", "Association")}
    assert merge("organisation", BASE, ours, theirs).content["name"] == words("Apvienība", "Association")
    assert clash_paths("organisation", BASE, ours, BASE | {"name": words("Kopa", "Society")}) == [("name", "lv")]


def test_sets_merge_as_sets() -> None:
    one, two, three = (ident("region", n) for n in (1, 2, 3))
    ours, theirs = BASE | {"regions": sorted([one, two])}, BASE | {"regions": [three]}
    assert merge("organisation", BASE, ours, theirs).content["regions"] == sorted([two, three])


def test_owned_children_merge_by_their_ids() -> None:
    first, second = BASE["evidence"]
    ours = BASE | {"evidence": [second, first | {"locator": "5. lpp."}]}
    theirs = BASE | {"evidence": [first | {"basis": "inferred"}, second, evidence(id=ident("evidence", 3))]}
    merged = merge("organisation", BASE, ours, theirs)
    assert not merged.clashes
    both = first | {"locator": "5. lpp.", "basis": "inferred"}
    assert merged.content["evidence"] == [second, both, theirs["evidence"][2]]


def test_a_child_that_one_took_away_and_the_other_changed_is_a_clash() -> None:
    first, second = BASE["evidence"]
    ours, theirs = BASE | {"evidence": [second]}, BASE | {"evidence": [first | {"locator": "x"}, second]}
    assert clash_paths("organisation", BASE, ours, theirs) == [("evidence", first["id"])]
    assert merge("organisation", BASE, ours, BASE).content["evidence"] == [second]


def test_a_slug_that_nobody_asks_for_stays_as_it_is() -> None:
    base = BASE | {"slug": "pirmais"}
    assert merge("organisation", base, BASE, base | {"slug": "otrais"}).content["slug"] == "otrais"


@pytest.mark.parametrize("change", [{"lon": 25.5}, {"lat": 57.5}])
def test_a_point_moves_as_one(change: Content) -> None:
    base = canonical("location", make_location("any", lon=25.0, lat=57.0).content)
    ours, theirs = base | change, base | {"lon": 24.5, "lat": 56.5}
    assert clash_paths("location", base, ours, theirs) == [("lon",), ("lat",)]
    assert not merge("location", base, ours, base | {"location_type": "postal"}).clashes


def test_amounts_merge_while_the_currency_stays() -> None:
    base = canonical("agreement", make_agreement("any", value_minor=100, co_payment_minor=5, currency="EUR").content)
    ours, theirs = base | {"value_minor": 200}, base | {"co_payment_minor": 7}
    assert merge("agreement", base, ours, theirs).content == base | {"value_minor": 200, "co_payment_minor": 7}
    assert ("currency",) in clash_paths("agreement", base, ours, base | {"currency": "LVL"})
