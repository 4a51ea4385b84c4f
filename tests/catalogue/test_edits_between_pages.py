"""A reader who pages on while others publish and withdraw: nothing twice, nothing lost that stayed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import Window, listed
from service.catalogue.listing import listing
from service.database import Database
from service.editing.revisions import publish, withdraw
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import a_source, evidence, ident, make_organisation, make_project

Ask = Callable[[Catalogue, Window], Any]


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    async with Database(sqlite_url) as opened:
        await filled(opened, [a_source(), *(make_organisation(f"{n:02}") for n in range(10, 30))])
        yield opened


def _all(catalogue: Catalogue, window: Window) -> Any:
    return listing(catalogue, "organisation", None, None, window)


def _supported(catalogue: Catalogue, window: Window) -> Any:
    return listed(catalogue.records[ident("source")].supports, None, None, window)


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("ask", [_all, _supported])
async def test_edits_between_two_pages(database: Database, ask: Ask, *, backward: bool) -> None:
    before = await load(database)
    first = ask(before, Window(last=8) if backward else Window(first=8))
    seen = [_id(node) for node in first.nodes]
    on_the_edge = seen[0] if backward else seen[-1]
    ahead = [id for id in _ids(before) if id not in seen]
    await withdraw(database, [on_the_edge, seen[3], ahead[2]], author=AUTHOR)
    new = [make_organisation(f"{n:02}x", evidence=[evidence(), evidence()]) for n in range(8, 32)]
    await publish(database, new, author=AUTHOR)
    after = await load(database)
    position = first.page_info().start_cursor if backward else first.page_info().end_cursor
    rest = []
    while position:
        page = ask(after, Window(last=8, before=position) if backward else Window(first=8, after=position))
        rest += [_id(node) for node in page.nodes]
        position = page.page_info().start_cursor if backward else page.page_info().end_cursor
    assert not set(rest) & set(seen)
    assert set(ahead) - {ahead[2]} <= set(rest)
    assert set(rest) <= set(_ids(after))


def _id(node: Any) -> str:
    return str(node.record.id if hasattr(node, "record") else node.id)


def _ids(catalogue: Catalogue) -> list[str]:
    return [organisation.id for organisation in catalogue.of("organisation")]


async def test_parts_of_many_owners_keep_their_place_when_another_owner_changes(database: Database) -> None:
    """The projects of an organisation, paged while another project gets more participants."""
    lead = ident("organisation", "10")
    part = {"organisation": lead, "role": "lead"}
    await publish(database, [make_project(n, participations=[part]) for n in range(10)], author=AUTHOR)

    def ask(catalogue: Catalogue, window: Window) -> Any:
        return listed(catalogue.records[lead].project_participations, None, None, window)

    first = ask(await load(database), Window(first=5))
    seen = [node.project.id for node in first.nodes]
    more = [{**part, "role": role} for role in ("funder", "partner", "lead")]
    await publish(
        database, [make_project(n, participations=more) for n in range(10) if _project(n) in seen], author=AUTHOR
    )
    second = ask(await load(database), Window(first=20, after=first.page_info().end_cursor))
    assert {node.project.id for node in second.nodes} == _projects() - set(seen[:-1])


def _project(number: int) -> str:
    return ident("project", number)


def _projects() -> set[str]:
    return {_project(number) for number in range(10)}
