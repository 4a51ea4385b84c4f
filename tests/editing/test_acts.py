"""Acts: who may say what, what of it becomes public, and what takes a side's word back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.database import Database
from service.editing.acts import WHAT_A_WORD_IS_ABOUT, Word, assure, confirm, set_availability
from service.editing.revisions import publish, withdraw
from service.errors import InputError
from service.models.cooperation import ConfirmationRole, ConfirmationState, LinkKind, Side
from service.models.shape import shape
from tests.editing.observing import AUTHOR, FEW, JUNK, changes, put, record, refusal, revisions, sizes, stored
from tests.editing.test_availability import free
from tests.factories import evidence, ident, make_link, make_organisation, make_region, make_service, term, words

ON = date(2026, 1, 15)


LINK = ident("cooperation_link")


SERVICE = ident("service")


A, B = Side.SIDE_A, Side.SIDE_B


def org(name: object) -> str:
    return ident("organisation", name)


def word(side: Side = A, organisation: str | None = org(1), **more: Any) -> Word:
    said = {"state": ConfirmationState.CONFIRMED, "role": ConfirmationRole.REPRESENTATIVE, "on": ON}
    return Word(side, organisation=organisation, **{**said, **more})


def of_editor(side: Side = A, **more: Any) -> Word:
    return word(side, **{"organisation": None, "role": ConfirmationRole.EDITOR, "source": ident("source"), **more})


async def say(database: Database, *said: Word) -> None:
    for each in said:
        await confirm(database, LINK, each, author=AUTHOR)


async def told(database: Database, said: Word) -> Any:
    return await refusal(confirm(database, LINK, said, author=AUTHOR))


async def states(database: Database) -> dict[str, str]:
    """What each side of the link says, by the order in which readers look."""
    rows = await database.fetch("SELECT side, state FROM confirmation WHERE link_id = ? ORDER BY at, id", LINK)
    return {row["side"]: row["state"] for row in rows}


@pytest.fixture
async def linked(directory: Database) -> Database:
    await put(directory, make_link())
    return directory


async def test_assuring_says_when_and_by_whom_and_changes_nothing_else(linked: Database) -> None:
    before, content = await record(linked, LINK), await stored(linked, "cooperation_link", LINK)
    last = await assure(linked, LINK.upper(), on=ON, role=" editor ", author="someone")
    after = await record(linked, LINK)
    assert str(after.pop("assured_on")) == "2026-01-15"
    assert after.pop("assured_by") == "editor"
    assert after == {name: before[name] for name in after}
    assert await stored(linked, "cooperation_link", LINK) == content
    said = {"assured_on": "2026-01-15", "assured_by": "editor"}
    assert (await changes(linked, LINK))[-1] == ("assure", said)
    assert (await revisions(linked, LINK))[-1] == ("assure", 1, said)
    [row] = await linked.fetch('SELECT kind, author FROM revision WHERE "transaction" = ?', last)
    assert tuple(row.values()) == ("act", "someone")


async def test_the_later_word_stands_whoever_speaks_last(linked: Database) -> None:
    for on, role in (("2026-01-15", "editor"), ("2025-12-01", "side_a"), ("2026-01-15", "side_b")):
        await assure(linked, LINK, on=date.fromisoformat(on), role=role, author=AUTHOR)
    told = [payload for act, payload in await changes(linked, LINK) if act == "assure"]
    assert [(word["assured_on"], word["assured_by"]) for word in told] == [
        ("2026-01-15", "editor"),
        ("2026-01-15", "editor"),
        ("2026-01-15", "side_b"),
    ]
    heard = [content["assured_on"] for kind, _, content in await revisions(linked, LINK) if kind == "assure"]
    assert heard == ["2026-01-15", "2025-12-01", "2026-01-15"]
    assert str((await record(linked, LINK))["assured_by"]) == "side_b"


async def test_only_what_is_published_is_assured(linked: Database) -> None:
    await withdraw(linked, [LINK], author=AUTHOR)
    before = await sizes(linked)
    for id in (LINK, ident("nothing")):
        assert await refusal(assure(linked, id, on=ON, role="editor", author=AUTHOR)) == [("no_such_record", ("id",))]
    assert await refusal(assure(linked, "x", on=ON, role="editor", author=AUTHOR)) == [("not_an_id", ("id",))]
    source = ident("source")
    assert await refusal(assure(linked, source, on=ON, role=" ", author=AUTHOR)) == [("required", ("role",))]
    assert await refusal(assure(linked, source, on=ON, role="\x00", author=AUTHOR)) == [("bad_characters", ("role",))]
    assert await sizes(linked) == before


async def test_a_side_speaks_and_its_latest_word_holds(linked: Database) -> None:
    await say(
        linked,
        word(A),
        word(B, org(2), state=ConfirmationState.DISPUTED, note=" Nē. "),
        word(A, state=ConfirmationState.DISPUTED),
    )
    assert await states(linked) == {"side_a": "disputed", "side_b": "disputed"}
    await say(linked, word(A))
    assert await states(linked) == {"side_a": "confirmed", "side_b": "disputed"}
    row = (await linked.fetch("SELECT * FROM confirmation WHERE side = 'side_b'"))[0]
    said = {name: row[name] for name in ("state", "role", "note", "tie_level", "source_id")}
    assert said == {
        "state": "disputed",
        "role": "representative",
        "note": "Nē.",
        "tie_level": None,
        "source_id": None,
    }
    assert (str(row["organisation_id"]), str(row["on"])) == (org(2), "2026-01-15")
    assert (await record(linked, LINK))["version"] == 1


async def test_tie_level_and_note_stay_out_of_the_change_log(linked: Database) -> None:
    before = await record(linked, LINK)
    await say(linked, word(A, tie_level=4, note="Slepena piezīme"), of_editor(B, tie_level=0, note="Slepena piezīme"))
    public = {"side": "side_a", "state": "confirmed", "on": "2026-01-15", "role": "representative"}
    assert (await changes(linked, LINK))[1:] == [
        ("confirm", public),
        ("confirm", public | {"side": "side_b", "role": "editor"}),
    ]
    full = (await revisions(linked, LINK))[1][2]
    assert (full["tie_level"], full["note"]) == (4, "Slepena piezīme")
    assert "Slepena" not in str(await linked.fetch("SELECT payload FROM change"))
    assert await record(linked, LINK) == before


async def test_a_representative_speaks_for_the_own_side_only(linked: Database) -> None:
    await put(linked, make_organisation(3))
    wrong = [("wrong_side", ("organisation",))]
    assert await told(linked, word(B, org(1))) == wrong
    assert await told(linked, word(A, org(3))) == wrong
    assert await told(linked, word(A, None)) == wrong
    assert await told(linked, word(A, ident("nobody"))) == [("not_published", ("organisation",))]
    assert await states(linked) == {}


async def test_a_representative_of_the_parent_speaks_for_its_unit_and_not_the_other_way(linked: Database) -> None:
    await put(linked, make_organisation(3, legal_form="unit", parent=org(1)), make_organisation(4, parent=org(2)))
    await put(linked, make_link(side_a=org(3)))
    await say(linked, word(A, org(1)), word(A, org(3)))
    assert await told(linked, word(B, org(4))) == [("wrong_side", ("organisation",))]


async def test_a_municipal_side_speaks_as_one(directory: Database) -> None:
    """Valmiera became part of Valmieras novads; Inčukalna novads was divided between two others."""

    def gone(name: str, *successors: str, **more: Any) -> Any:
        steps = [
            {
                "successor": ident("region", new),
                "on": "2021-07-01",
                "relation": "split" if more else "merged_into",
                **more,
            }
            for new in successors
        ]
        state = {"kind": "former", "former_kind": "municipality", "valid_to": "2021-06-30"}
        return make_region(name, code=name, successions=steps, **state)

    bodies = {
        "city": "valmiera",
        "county": "valmieras",
        "burtnieki": "burtnieku",
        "old": "incukalna",
        "sigulda": "siguldas",
        "ropazi": "ropazu",
    }
    await put(
        directory,
        *(make_region(name, code=name) for name in ("valmieras", "siguldas", "ropazu")),
        gone("valmiera", "valmieras"),
        gone("burtnieku", "valmieras"),
        gone("incukalna", "siguldas", "ropazu", part=words("Daļa")),
        *(
            make_organisation(name, sector="municipal", authority_for=[{"region": ident("region", region)}])
            for name, region in bodies.items()
        ),
        make_organisation("ngo", sector="ngo"),
    )
    may = {
        "city": {"city", "county", "burtnieki"},
        "county": {"city", "county", "burtnieki"},
        "old": {"old", "sigulda", "ropazi"},
        "sigulda": {"sigulda", "old"},
        "ropazi": {"ropazi", "old"},
        "ngo": {"ngo"},
    }
    for side, speakers in may.items():
        await put(directory, make_link(side_a=org(side)))
        for body in (*bodies, "ngo"):
            if body in speakers:
                await say(directory, word(A, org(body)))
            else:
                assert await told(directory, word(A, org(body))) == [("wrong_side", ("organisation",))], (side, body)


async def test_an_editor_enters_the_word_of_a_side_with_its_source(linked: Database) -> None:
    assert await told(linked, of_editor(source=None)) == [("wrong_side", ("source",))]
    assert await told(linked, of_editor(source=ident("nothing"))) == [("not_published", ("source",))]
    assert await told(linked, of_editor(source=org(1))) == [("not_published", ("source",))]
    await say(linked, of_editor(A), of_editor(B, state=ConfirmationState.ASKED, source=None))
    assert await states(linked) == {"side_a": "confirmed", "side_b": "asked"}


async def test_nobody_speaks_as_the_directory_itself(linked: Database) -> None:
    assert await told(linked, word(role=ConfirmationRole.SYSTEM)) == [("wrong_side", ("role",))]
    assert await told(linked, word(state=ConfirmationState.UNASKED)) == [("wrong_side", ("state",))]


async def test_what_is_said_has_to_make_sense(linked: Database) -> None:
    before = await sizes(linked)
    for change, problem in (
        ({"tie_level": 6}, ("too_large", ("tie_level",))),
        ({"tie_level": -1}, ("too_small", ("tie_level",))),
        ({"note": "\x00"}, ("bad_characters", ("note",))),
        ({"organisation": "x"}, ("not_an_id", ("organisation",))),
        ({"source": "x"}, ("not_an_id", ("source",))),
    ):
        assert await told(linked, replace(word(), **change)) == [problem]
    for id, problem in (
        ("x", ("not_an_id", ("id",))),
        (ident("nothing"), ("no_such_record", ("id",))),
        (org(1), ("not_a_link", ("link",))),
    ):
        assert await refusal(confirm(linked, id, word(), author=AUTHOR)) == [problem]
    await withdraw(linked, [LINK], author=AUTHOR)
    assert await told(linked, word()) == [("no_such_record", ("id",))]
    assert (await sizes(linked))["confirmation"] == before["confirmation"]


async def test_a_note_of_nothing_is_none(linked: Database) -> None:
    await say(linked, word(note="  "))
    assert [row["note"] for row in await linked.fetch("SELECT note FROM confirmation")] == [None]


UNLIKE: dict[str, dict[str, Any]] = {
    "kind": {"kind": "information_exchange"},
    "side_a": {"side_a": org(3)},
    "side_b": {"side_b": org(3)},
    "sides": {"side_a": org(2), "side_b": org(1)},
    "valid_from": {"valid_from": "2009"},
    "valid_from finer": {"valid_from": "2010-01"},
    "no start": {"valid_from": None},
    "valid_to": {"valid_to": "2026"},
}


LIKE: dict[str, dict[str, Any]] = {
    "attested_on": {"attested_on": "2013"},
    "description": {"description": words("Kopā")},
    "services": {"services": [SERVICE]},
    "categories": {"categories": [term()]},
    "regions": {"regions": [ident("region")]},
    "agreement": {"agreement": ident("agreement")},
    "project": {"project": ident("project")},
    "evidence": {"evidence": [evidence(2, speaks_for="both")]},
    "nothing": {},
}


def test_every_field_of_a_link_either_takes_words_back_or_does_not() -> None:
    table = shape("cooperation_link")
    tried = {name for change in (*UNLIKE.values(), *LIKE.values()) for name in change}
    assert tried == {*table.scalars, *table.references, *table.sets, *table.parts}
    assert {name for change in UNLIKE.values() for name in change} == set(WHAT_A_WORD_IS_ABOUT)


@pytest.fixture
async def agreed(directory: Database) -> Database:
    """Both sides have confirmed the link, and one was asked again."""
    await put(directory, make_organisation(3, sector="municipal"), make_link(valid_from="2010"))
    await say(directory, word(A), of_editor(B), of_editor(B, state=ConfirmationState.ASKED))
    return directory


@pytest.mark.parametrize("change", UNLIKE)
async def test_another_kind_party_or_period_takes_both_words_back(agreed: Database, change: str) -> None:
    before = await sizes(agreed)
    last = await put(agreed, make_link(**{"valid_from": "2010", **UNLIKE[change]}))
    assert await states(agreed) == {"side_a": "unasked", "side_b": "unasked"}
    after = await sizes(agreed)
    assert after["confirmation"] == before["confirmation"] + 2
    assert last == before["seq"] + 3
    told_of = await changes(agreed, LINK)
    assert [act for act, _ in told_of[-3:]] == ["publish", "confirm", "confirm"]
    assert [(said["side"], said["state"], said["role"]) for _, said in told_of[-2:]] == [
        ("side_a", "unasked", "system"),
        ("side_b", "unasked", "system"),
    ]
    rows = await agreed.fetch('SELECT DISTINCT version FROM revision WHERE "transaction" = ?', last - 2)
    assert [row["version"] for row in rows] == [2]

    await put(agreed, make_link(**{"valid_from": "2010", **UNLIKE[change]}))
    await put(agreed, make_link(valid_from="1999"))
    assert (await sizes(agreed))["confirmation"] == after["confirmation"]


async def test_any_other_change_leaves_the_words(agreed: Database) -> None:
    before = await states(agreed)
    for change in LIKE.values():
        await put(agreed, make_link(**{"valid_from": "2010", **change}))
        assert await states(agreed) == before
        assert [act for act, _ in await changes(agreed, LINK)][-1] == "publish"


async def test_withdrawing_in_between_makes_no_difference(agreed: Database) -> None:
    before = await states(agreed)
    await say(agreed, word(A, tie_level=4, note="Slepena piezīme"))
    await withdraw(agreed, [LINK], author=AUTHOR)
    await put(agreed, make_link(valid_from="2010"))
    assert await states(agreed) == before
    told_again = (await changes(agreed, LINK))[-1][1]["confirmations"]
    assert {name for said in told_again for name in said} == {"side", "state", "on", "role"}
    await withdraw(agreed, [LINK], author=AUTHOR)
    await put(agreed, make_link(valid_from="2010", kind="infrastructure"))
    assert await states(agreed) == {"side_a": "unasked", "side_b": "unasked"}


async def test_each_link_of_a_set_has_its_own_words_taken_back(agreed: Database) -> None:
    await put(agreed, make_link(2, kind="referral"))
    await confirm(agreed, ident("cooperation_link", 2), word(A), author=AUTHOR)
    await put(agreed, make_link(2, kind="referral", valid_to="2020"), make_link(valid_from="2010"))
    assert (await states(agreed))["side_a"] == "confirmed"
    rows = await agreed.fetch("SELECT link_id FROM confirmation WHERE role = 'system'")
    assert [str(row["link_id"]) for row in rows] == [ident("cooperation_link", 2)]


async def test_the_latest_word_holds_whatever_the_clock_says(agreed: Database) -> None:
    """A word, its taking back and the next word, each later than the one before, also within a millisecond."""
    for number in range(5):
        await put(agreed, make_link(valid_from=f"200{number}"))
        assert (await states(agreed))["side_a"] == "unasked"
        await say(agreed, word(A))
        assert (await states(agreed))["side_a"] == "confirmed"
    rows = await agreed.fetch("SELECT at FROM confirmation WHERE side = 'side_a' ORDER BY at")
    assert len({row["at"] for row in rows}) == len(rows)


@settings(FEW, max_examples=30)
@given(junk=JUNK)
async def test_junk_in_an_act_is_refused_in_words(linked: Database, junk: Any) -> None:
    for name in ("organisation", "source", "tie_level", "note"):
        with suppress(InputError):
            await say(linked, replace(word(), **{name: junk}))
    for name in ("role", "free_places", "weeks_to_wait"):
        with suppress(InputError):
            await set_availability(linked, SERVICE, replace(free(), **{name: junk}), author=AUTHOR)
    with suppress(InputError):
        await assure(linked, junk, on=ON, role="editor", author=AUTHOR)
    with suppress(InputError):
        await assure(linked, SERVICE, on=ON, role=junk, author=AUTHOR)


STEPS = st.lists(st.sampled_from(["publish", "change", "withdraw", "confirm", "places"]), max_size=8)


@settings(FEW, max_examples=8)
@given(steps=STEPS)
async def test_no_act_is_ever_deleted_or_changed(directory: Database, steps: Sequence[str]) -> None:
    await put(directory, make_link(), make_service())
    await say(directory, word(A, tie_level=3))
    for number, step in enumerate(steps):
        before = await acts(directory)
        with suppress(InputError):
            if step == "publish":
                await put(directory, make_link(), make_service())
            elif step == "change":
                await publish(directory, [make_link(kind=list(LinkKind)[number].value)], author=AUTHOR)
            elif step == "withdraw":
                await withdraw(directory, [LINK, SERVICE], author=AUTHOR)
            elif step == "confirm":
                await say(directory, word(A))
            else:
                await set_availability(directory, SERVICE, free(), author=AUTHOR)
        after = await acts(directory)
        assert before.items() <= after.items()


async def acts(database: Database) -> dict[str, str]:
    rows = await database.fetch("SELECT * FROM confirmation")
    rows += await database.fetch("SELECT * FROM availability")
    rows += await database.fetch("SELECT * FROM revision")
    return {str(row["id"]): str(row) for row in rows}
