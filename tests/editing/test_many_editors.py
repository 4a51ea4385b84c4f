"""Two hundred people who edit one record at once: no change is lost, and whoever meets another is told where."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Any

from service.database import Database
from service.editing.drafts import Draft
from service.editing.history import history, latest
from service.editing.revisions import approve, propose, publish
from service.errors import InputError
from tests.editing.observing import put, stored
from tests.factories import evidence, ident, make_organisation, words

EDITORS = 200
ORG = ident("organisation", "busy")


def edit(content: dict[str, Any], n: int) -> dict[str, Any]:
    """What one editor does: a note of their own, or one of the fields that all want."""
    match n % 4:
        case 0:
            return content | {"alternate_names": [*content.get("alternate_names", []), {"name": f"Nosaukums {n}"}]}
        case 1:
            return content | {"evidence": [*content["evidence"], evidence(1, locator=f"{n}. lpp.")]}
        case 2:
            return content | {"phone": f"+37167{n:06}"}
    return content | {"name": content["name"] | {"en": f"Society {n}"}}


async def test_two_hundred_editors_of_one_record_lose_nothing(directory: Database) -> None:
    await put(directory, make_organisation("busy", name=words("Biedrība")))
    base = (await latest(directory, [ORG]))[ORG]
    told: Counter[tuple[Any, ...]] = Counter()

    async def publishes(n: int) -> int | None:
        draft = Draft("organisation", ORG, edit(base.content, n), base.revision)
        try:
            if n % 8 < 4:
                return await publish(directory, [draft], author=f"editor {n}")
            saved = await propose(directory, [draft], author=f"editor {n}")
            return await approve(directory, saved.revisions, author=f"editor {n}")
        except InputError as error:
            told.update((problem.code, *problem.path) for problem in error.problems)
            return None

    seqs = dict(enumerate(await asyncio.gather(*(publishes(n) for n in range(EDITORS)))))
    done = {n for n, seq in seqs.items() if seq is not None}
    alone = {n for n in range(EDITORS) if n % 4 < 2}
    phones, names = ({n for n in done if n % 4 == rest} for rest in (2, 3))
    assert done - phones - names == alone
    assert (len(phones), len(names)) == (1, 1)
    each = EDITORS // 4 - 1
    assert told == {("edited_meanwhile", 0, "phone"): each, ("edited_meanwhile", 0, "name", "en"): each}

    content = await stored(directory, "organisation", ORG) or {}
    assert {item["name"] for item in content["alternate_names"]} == {f"Nosaukums {n}" for n in alone if n % 4 == 0}
    pages = {item.get("locator") for item in content["evidence"]}
    assert pages == {None, *(f"{n}. lpp." for n in alone if n % 4 == 1)}
    assert (content["phone"], content["name"]["en"]) == (f"+37167{min(phones):06}", f"Society {min(names)}")
    assert [past.version for past in await history(directory, ORG)] == list(range(len(done) + 1, 0, -1))


async def test_who_begins_anew_from_what_is_published_gets_through(directory: Database) -> None:
    """All want the same field, and each comes to it in the end; whoever met another has seen what that one wrote."""
    await put(directory, make_organisation("busy", name=words("Biedrība", "with")))

    async def signs(n: int) -> None:
        for _ in range(20):
            now = (await latest(directory, [ORG]))[ORG]
            name = words("Biedrība", f"{now.content['name']['en']} {n}")
            with suppress(InputError):
                draft = Draft("organisation", ORG, now.content | {"name": name}, now.revision)
                await publish(directory, [draft], author="x")
                return

    await asyncio.gather(*(signs(n) for n in range(20)))
    names = [past.content["name"]["en"] for past in reversed(await history(directory, ORG))]
    assert sorted(names[-1].split()[1:], key=int) == [str(n) for n in range(20)]
    assert [name.count(" ") for name in names] == list(range(21))
