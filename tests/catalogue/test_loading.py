"""Everything that is published arrives in the catalogue, whole, linked, and the same on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from service.catalogue import types
from service.catalogue.catalogue import Catalogue
from service.catalogue.cooperation import CooperationLink
from service.editing.content import Reading, public
from service.editing.revisions import Draft
from service.models.shape import Shape, shape
from tests.catalogue.directory import ident
from tests.catalogue.loading import record_content

NOUNS = tuple(types.NOUNS)


def canonical(draft: Draft) -> dict[str, Any]:
    """The content of a draft as it is to be published."""
    reading = Reading()
    content = public(draft.noun, reading.record(draft.noun, draft.id, draft.content))
    assert not reading.problems
    return content


@pytest.mark.parametrize("noun", NOUNS)
def test_every_attribute_arrives(catalogue: Catalogue, drafts: list[Draft], noun: str) -> None:
    mine = [draft for draft in drafts if draft.noun == noun]
    for draft in mine:
        record = catalogue.records[draft.id]
        expected = canonical(draft)
        if hasattr(record, "slug"):
            expected.setdefault("slug", record.slug)
            assert record.slug
        assert record_content(record, noun) == expected


@pytest.mark.parametrize("noun", NOUNS)
def test_the_made_up_directory_fills_every_attribute(drafts: list[Draft], noun: str) -> None:
    contents = [canonical(draft) for draft in drafts if draft.noun == noun]
    assert _names(shape(noun)) == set().union(*(_filled(content) for content in contents))


def _names(table: Shape) -> set[str]:
    own = {*table.scalars, *table.references, *table.sets}
    return own | {f"{name}.{inner}" for name, part in table.parts.items() for inner in _names(part)}


def _filled(content: dict[str, Any]) -> set[str]:
    own = {name for name, value in content.items() if name not in ("id", "slug") and not _is_parts(value)}
    parts = {name: value for name, value in content.items() if _is_parts(value)}
    return own | {f"{name}.{inner}" for name, items in parts.items() for item in items for inner in _filled(item)}


def _is_parts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_referred_to_knows_what_refers_to_it(catalogue: Catalogue, noun: str) -> None:
    table = shape(noun)
    records = list(catalogue.of(noun))
    for name in (*table.references, *table.sets):
        _check_backward(catalogue, table, name, records)
    for name, part in table.parts.items():
        owned = [item for record in records for item in getattr(record, name)]
        for inner in part.references:
            if (name, inner) == ("evidence", "source"):
                continue  # Its sources know the evidence of every noun; the next test looks at that.
            _check_backward(catalogue, part, inner, owned)


def _check_backward(catalogue: Catalogue, table: Shape, name: str, holders: list[Any]) -> None:
    target = table.references.get(name) or table.sets[name].noun
    back = table.model._meta.fields_map[name].related_name  # type: ignore[attr-defined]
    if back not in types.NOUNS.get(target, Catalogue).__dict__.get("LISTS", ()):
        return
    expected: dict[str, set[int]] = {}
    for holder in holders:
        value = getattr(holder, name)
        for referred in value if isinstance(value, list | tuple) else [value] if value else []:
            assert catalogue.records[referred.id] is referred
            expected.setdefault(referred.id, set()).add(id(holder))
    for record in catalogue.of(target):
        found = [id(item) for item in getattr(record, back)]
        assert len(found) == len(set(found))
        assert set(found) == expected.get(record.id, set())


def test_evidence_hangs_on_its_record_and_on_its_source(catalogue: Catalogue) -> None:
    every = [evidence for record in catalogue.records.values() for evidence in record.evidence]
    assert every
    assert all(evidence in evidence.record.evidence for evidence in every)
    assert {id(e) for e in every} == {id(e) for source in catalogue.of("source") for e in source.supports}


def test_a_link_leads_to_the_very_objects_of_the_catalogue(catalogue: Catalogue) -> None:
    for link in catalogue.of("cooperation_link"):
        assert link.side_a is catalogue.records[link.side_a.id]
        assert link.side_b is not link.side_a
        for own, partner in ((link.side_a, link.side_b), (link.side_b, link.side_a)):
            [seen] = [cooperation for cooperation in own.cooperation if cooperation.link is link]
            assert seen.partner is partner
            assert {seen.role, seen.partner_role} == {link.role_a(), link.role_b()}
    assert sum(len(o.cooperation) for o in catalogue.of("organisation")) == 2 * len(catalogue.of("cooperation_link"))


def test_every_published_type_has_identity_and_slots(catalogue: Catalogue) -> None:
    published = [*types.NOUNS.values(), *types.PARTS.values()]
    for made in published:
        assert "__dict__" not in dir(made)
        assert (vars(made)["__eq__"], vars(made)["__hash__"]) == (object.__eq__, object.__hash__)
    link: CooperationLink = catalogue.of("cooperation_link")[0]
    assert len(repr(link)) < 100
    assert link != catalogue.of("cooperation_link")[1]
    with pytest.raises(AttributeError):
        link.something = 1  # type: ignore[attr-defined]


def test_both_engines_give_the_same_catalogue(on_sqlite: Catalogue, on_postgres: Catalogue) -> None:
    one, other = _everything(on_sqlite), _everything(on_postgres)
    assert one.keys() == other.keys()
    for name in one:
        assert one[name] == other[name], name


def _everything(catalogue: Catalogue) -> dict[str, Any]:
    """All that a catalogue holds, by name, without the moments at which it was written."""
    found: dict[str, Any] = {}
    for noun in NOUNS:
        for record in catalogue.of(noun):
            found[record.id] = (noun, record.ordinal, record_content(record, noun), _shown(record))
        index = catalogue.indexes[noun]
        values = list(index.dimensions())
        found[noun] = (index.folded, {value: index.having(value) for value in values}, _orders(catalogue, noun))
    for name in ("merged", "slugs", "codes", "numbers"):
        entries = getattr(catalogue, name)
        found[name] = {key: getattr(value, "id", value) for key, value in entries.items()}
    found["seq"] = catalogue.last_change.seq
    return found


def _shown(record: Any) -> list[Any]:
    """The lists of an object, and its acts."""
    lists = [sorted(getattr(item, "id", repr(item)) for item in getattr(record, name)) for name in type(record).LISTS]
    words = [(w.side, w.state, w.on, w.role, w.organisation.id) for w in getattr(record, "confirmations", [])]
    said = getattr(record, "last_availability", None)
    places = said and (said.state, said.free_places, said.weeks_to_wait, said.as_of)
    return [lists, words, places, record.version, record.assured_on, record.assured_by, record.freshness()]


def _orders(catalogue: Catalogue, noun: str) -> list[str]:
    key, _ = catalogue.types[noun].DEFAULT_ORDER
    return [record.id for record in catalogue.indexes[noun].ordered(key).objects]


def test_a_code_names_one_term_of_one_taxonomy(catalogue: Catalogue) -> None:
    for taxonomy in ("service_category", "target_group", "activity_field"):
        term = catalogue.find(f"taxonomy_term/{taxonomy}", "dementia")
        assert term is catalogue.records[ident("taxonomy_term", f"{taxonomy}/dementia")]
    assert catalogue.find("region", "shelter") is None
