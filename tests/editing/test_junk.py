"""Whatever programs send is published or refused in words, on both engines."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service import models
from service.database import Database
from service.editing.revisions import Draft
from service.errors import InputError
from service.models.shape import Shape, shape
from tests.editing.observing import FEW, JUNK, put, refused, stored
from tests.factories import everything, ident, make_organisation, make_region, make_service, make_term

PATHS = st.sampled_from([(noun, name) for noun in models.NOUNS for name in ("", *shape(noun).scalars)])


@settings(FEW, max_examples=40)
@given(noun=st.sampled_from([*models.NOUNS, "person", ""]), id=st.just(ident("x", "junk")) | st.text(), junk=JUNK)
async def test_junk_is_refused_in_words(directory: Database, noun: str, id: str, junk: Any) -> None:
    await check_refused(directory, Draft(noun, id, junk))


def _places(table: Shape) -> list[tuple[str, ...]]:
    own = [(name,) for name in (*table.scalars, *table.references, *table.sets, *table.parts, "slug", "id")]
    return own + [(name, *place) for name, part in table.parts.items() for place in _places(part)]


PLACES = [(noun, place) for noun in models.NOUNS for place in _places(shape(noun))]


FULL = {draft.noun: draft.content for draft in reversed(everything()) if draft.id == ident(draft.noun, "full")}


@settings(FEW, max_examples=150)
@given(place=st.sampled_from(PLACES), junk=JUNK)
async def test_junk_in_one_field_is_refused_in_words(
    directory: Database, place: tuple[str, tuple[str, ...]], junk: Any
) -> None:
    noun, (name, *inner) = place
    value = [{**FULL[noun][name][0], inner[0]: junk}] if inner else junk
    await check_refused(directory, Draft(noun, ident(noun, "full"), {**FULL[noun], name: value}))


async def check_refused(database: Database, draft: Draft) -> None:
    """Whatever is sent is published, or refused with problems that can be shown."""
    try:
        await put(database, draft)
    except InputError as error:
        told = [(str(error), *map(str, problem.path)) for problem in error.problems if problem.path[0] == 0]
        assert len([text for texts in told for text in texts if text.encode()]) >= 2 * len(error.problems)  # noqa: PT017
    else:
        assert await stored(database, draft.noun, draft.id)


async def test_nothing_that_is_sent_is_too_long_for_the_tables(directory: Database) -> None:
    """Letters of four bytes that cannot be compressed, as long as a key may be."""
    key = "".join(chr(0x20000 + n * 37) for n in range(300))
    other = key[::-1]
    assert len(key.encode()) == 1200
    await put(
        directory,
        make_region(3, code=key),
        make_term(3, code=key, mappings=[{"scheme": key, "value": other}], aliases=[{"name": key}]),
        make_organisation(3, identifiers=[{"scheme": key, "value": other}], alternate_names=[{"name": key}]),
        make_service(3, register_number=key),
    )


async def test_what_is_nested_deeper_than_any_program_looks_is_refused(directory: Database) -> None:
    deep: Any = "x"
    for _ in range(50_000):
        deep = [deep] if len(deep) % 2 else {"lv": deep}
    for name in ("name", "roles", "founded", "regions", "seat", "evidence", "nickname"):
        codes = {code for code, path in await refused(directory, make_organisation(3, **{name: deep}))}
        assert len(codes) == 1, name
