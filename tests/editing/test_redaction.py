"""A redacted value is nowhere: not in a row, not in a byte of the files, not in the feed, not in a later backup."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.fields import JSONField

from service import models
from service.backup import Destination, back_up
from service.database import Database
from service.editing.acts import Word, assure, confirm
from service.editing.drafts import Draft
from service.editing.history import history, latest
from service.editing.policy import permit
from service.editing.redaction import places, redact
from service.editing.removing import Removal
from service.editing.revisions import propose, publish, send_back, submit, withdraw
from service.editing.rewriting import NOT_WRITTEN, WRITTEN
from service.errors import InputError
from service.models.account import Role
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.ddl import TABLES
from service.models.fields import Line
from tests.editing.observing import put, refusal
from tests.editing.test_policy import OWNER, made
from tests.factories import (
    basics,
    evidence,
    ident,
    make_link,
    make_location,
    make_organisation,
    make_service,
    words,
)
from tests.serving import eventually, ready

TODAY = datetime.now(UTC).date()
MARK = f"[dzēsts {TODAY}]"
NAME = "Jūlija Izdomātā"
SLUG = "julija-izdomata"
PHONE = "+37129999999"
WRITTEN_PHONES = ("29999999", "29 999 999", "2999-9999")


@pytest.fixture
async def written(database_url: str) -> AsyncIterator[Database]:
    """A directory in which a made-up name and number stand wherever words can stand."""
    async with Database(database_url, models=()) as database:
        await put(database, *basics())
        await _write(database)
        yield database


async def _write(database: Database) -> None:
    office = make_organisation("x", sector="municipal", name=words(f"{NAME} un draugi", f"{NAME} and friends"))
    office.content["phone"] = PHONE
    office.content["description"] = words(f"Zvaniet {WRITTEN_PHONES[1]}, jautājiet pēc\n{NAME}.")
    office.content["alternate_names"] = [{"name": NAME}, {"name": NAME.upper()}]
    place = make_location("secret", confidential=True, address="Kluso sapņu iela 1", name=words(f"Pie {NAME}"))
    service = make_service("x", provider=office.id, locations=[place.id], name=words(f"Jautā “{NAME}”"))
    link = make_link("x", side_a=office.id, evidence=[evidence(says=words(f"{NAME} tā teica."))])
    await put(database, office, place, service, link)
    await put(database, Draft(office.noun, office.id, {**office.content, "name": words("Pavisam cits nosaukums")}))
    gone = make_organisation("gone", name=words(f"Aizgājusī {NAME}"))
    await put(database, gone)
    await withdraw(database, [gone.id], author="tests")
    drafts = await propose(database, [make_service("draft", slug=SLUG, description=words(NAME))], author="somebody")
    await submit(database, drafts.revisions)
    await send_back(database, drafts.revisions, reason=f"Par {NAME} neraksta.", author="tests")
    said = {"source": ident("source"), "note": f"Tā saka {NAME}"}
    word = Word(Side.SIDE_A, ConfirmationState.DISPUTED, ConfirmationRole.EDITOR, TODAY, **said)  # type: ignore[arg-type]
    await confirm(database, link.id, word, author="tests")
    await assure(database, office.id, on=TODAY, role=NAME, author="tests")


async def _everything(database: Database) -> str:
    """Every row of every table, as the driver gives it."""
    names = [str(model._meta.db_table) for model in TABLES]
    return "".join([repr(await database.fetch(f'SELECT * FROM "{name}"')) for name in names])


async def _removed(database: Database) -> None:
    for value in (NAME, PHONE):
        await redact(database, value, author="tests", reason="Lūgums dzēst.")


async def _files(database: Database) -> list[Path]:
    """All the files of the database as they are on the disk, without PostgreSQL's own log."""
    if database.dialect == "sqlite":
        [row] = await database.fetch("SELECT file FROM pragma_database_list WHERE name = 'main'")
        return sorted(Path(row["file"]).parent.glob(f"{Path(row['file']).name}*"))
    async with database.transaction() as transaction:
        await transaction.execute("CHECKPOINT")
    [row] = await database.fetch(
        "SELECT current_setting('data_directory') AS folder,"
        " (SELECT oid FROM pg_database WHERE datname = current_database()) AS oid"
    )
    return [path for path in (Path(row["folder"]) / "base" / str(row["oid"])).iterdir() if path.is_file()]


FORMS = [NAME, NAME.upper(), SLUG, PHONE, *WRITTEN_PHONES, "Izdomāt", "IZDOMĀT", "Izdom\\u0101t", "izdomata"]


def _found(raw: bytes) -> list[str]:
    return [form for form in FORMS if form.encode() in raw]


async def test_no_byte_is_left(written: Database) -> None:
    assert any(_found(path.read_bytes()) for path in await _files(written))
    await _removed(written)
    assert _found((await _everything(written)).encode()) == []
    found = {path.name: _found(path.read_bytes()) for path in await _files(written)}
    assert not any(found.values()), found


async def test_a_backup_made_after_it_has_none_either(written: Database, tmp_path: Path) -> None:
    await _removed(written)
    made = await back_up(written.url, Destination(tmp_path, "after"))
    assert _found(made.path.read_bytes()) == []


async def test_a_dated_mark_stands_in_its_place_and_history_goes_on(written: Database) -> None:
    office, link = ident("organisation", "x"), ident("cooperation_link", "x")
    before = {id: await history(written, id) for id in (office, link)}
    await _removed(written)
    past = await history(written, office)
    assert [each.revision for each in past[-len(before[office]) :]] == [each.revision for each in before[office]]
    assert past[-1].content["name"] == {"lv": f"{MARK} un draugi", "en": f"[redacted {TODAY}] and friends"}
    assert past[0].content["description"] == {"lv": f"Zvaniet {MARK}, jautājiet pēc\n{MARK}."}
    assert [each["name"] for each in past[0].content["alternate_names"]] == [MARK]
    assert "phone" not in past[0].content
    assert past[0].content["name"] == words("Pavisam cits nosaukums")
    assert past[0].version == before[office][0].version + 2
    assert (await history(written, link))[0].content["evidence"][0]["says"] == {"lv": f"{MARK} tā teica."}
    [row] = await written.fetch("SELECT note FROM confirmation WHERE link_id = ?", link)
    assert row["note"] == f"Tā saka {MARK}"
    [row] = await written.fetch("SELECT reason FROM revision WHERE state = 'sent_back'")
    assert row["reason"] == f"Par {MARK} neraksta."
    slugs = {row["slug"] for row in await written.fetch("SELECT slug FROM slug WHERE record_id = ?", office)}
    assert slugs == {f"dzests-{office[:8]}-un-draugi"}


async def test_what_is_published_is_what_the_log_says(written: Database) -> None:
    """The catalogue that follows, and one that is made from the log alone, hold the same as the tables."""
    async with ready(written.url) as (app, client):
        asked = {"query": "{ organisations(first: 100) { nodes { id name description phone slug } } }"}
        before = await client.get("/graphql", params=asked)
        assert _found(before.content)
        await _removed(written)
        await _caught_up(written, app)
        after = await client.get("/graphql", params=asked, headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert MARK in after.text
        assert _found(after.content) == []
        lines = await _feed(client)
        assert _found(json.dumps(lines, ensure_ascii=False).encode()) == []
    replayed: dict[str, Any] = {}
    for line in lines:
        if line["act"] == "publish":
            replayed[line["id"]] = line["content"]
        elif line["act"] in ("withdraw", "merge"):
            replayed.pop(line["id"], None)
    for id, past in (await latest(written, replayed)).items():
        shown = {**past.content} if not past.content.get("confidential") else {}
        assert shown.items() <= replayed[id].items(), id


async def _caught_up(database: Database, app: Any) -> None:
    async def same() -> bool:
        [clock] = await database.fetch("SELECT epoch, seq FROM change_clock")
        catalogue = app.state.follower.catalogue
        return catalogue is not None and (catalogue.epoch, catalogue.last_change.seq) == tuple(clock.values())

    await eventually(same)


async def _feed(client: httpx2.AsyncClient) -> list[Any]:
    answer = await client.get("/changes")
    return [json.loads(line) for line in answer.text.splitlines()]


async def test_followers_of_the_feed_begin_anew(written: Database) -> None:
    async with ready(written.url) as (app, client):
        old = (await _feed(client))[-1]["cursor"]
        await redact(written, NAME, author="tests", reason="Lūgums.")
        await _caught_up(written, app)
        answer = await client.get("/changes", params={"after": old})
        assert answer.headers["kopa-anew"] == "true"
        seqs = await written.fetch("SELECT count(*) AS n, max(seq) AS last FROM change")
        assert seqs[0]["n"] == seqs[0]["last"] == len(answer.text.splitlines())


async def test_the_audit_says_that_and_why_but_not_what(written: Database, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "kopa"):
        done = await redact(written, NAME, author="tests", reason="Lūgums dzēst.")
    [row] = await written.fetch("SELECT act, details FROM audit_entry")
    details = json.loads(row["details"])
    assert row["act"] == "redacted"
    assert details == {"reason": "Lūgums dzēst.", "rows": dict(done.rows)}
    assert done.rows["revision"] >= 8
    assert done.rows["change"] >= 6
    assert done.mark == MARK
    assert "A value was redacted." in caplog.text
    assert _found(caplog.text.encode()) == []


async def test_looking_changes_nothing_and_counts_what_will_be_done(written: Database) -> None:
    before = await _everything(written)
    found = await places(written, NAME)
    assert await _everything(written) == before
    assert found == dict((await redact(written, NAME, author="tests", reason="Jā.")).rows)
    assert await places(written, NAME) == {}
    [clock] = await written.fetch("SELECT epoch FROM change_clock")
    again = await redact(written, NAME, author="tests", reason="Jā.")
    assert (again.rows, again.seq) == ({}, None)
    assert (await written.fetch("SELECT epoch FROM change_clock")) == [clock]


async def test_only_administrators_redact(written: Database) -> None:
    for who in (OWNER, "analyst", "reviewer", "editor", "administrator"):
        viewer = await made(written, who)
        before = await _everything(written)
        work = redact(written, NAME, author=viewer.account, reason="Jā.", permit=permit(viewer))
        if viewer.role is Role.ADMINISTRATOR:
            assert (await work).seq
            [row] = await written.fetch("SELECT account_id FROM audit_entry WHERE act = 'redacted'")
            assert str(row["account_id"]) == viewer.account
        else:
            assert await refusal(work) == [("not_allowed", (0,))]
            assert await refusal(places(written, NAME, permit=permit(viewer))) == [("not_allowed", (0,))]
            assert await _everything(written) == before


@pytest.mark.parametrize("directory", ["sqlite"], indirect=True)
async def test_what_would_take_other_words_along_is_refused(directory: Database) -> None:
    for value in ("", "   ", "a b", "dzē", "redacted", str(TODAY)):
        assert await refusal(redact(directory, value, author="tests", reason="Jā.")) == [
            ("too_short_to_redact", ("value",))
        ]
    work = redact(directory, "Biedrība", author="tests", reason="BIEDRĪBA lūdza")
    assert await refusal(work) == [("says_what_is_redacted", ("reason",))]


@pytest.mark.parametrize("directory", ["sqlite"], indirect=True)
async def test_what_a_published_record_cannot_be_without_is_refused_whole(directory: Database) -> None:
    number = [{"scheme": "registration_number", "value": "40008000001"}]
    await put(directory, make_organisation("n", identifiers=number))
    before = await _everything(directory)
    with pytest.raises(InputError) as refused:
        await redact(directory, "40008000001", author="tests", reason="Jā.")
    assert [each.path[-1] for each in refused.value.problems] == ["value"]
    assert await _everything(directory) == before


@pytest.mark.parametrize(
    ("value", "text", "left"),
    [
        ("29999999", "Zvani +371 29 999 999!", "Zvani *!"),
        ("+371 29999999", "00371-2999-9999", "*"),
        ("29999999", "129999999 299999990", "129999999 299999990"),
        ("010190-12345", "01019012345 un 010190-12345", "* un *"),
        ("Anna  Ozola", "anna\nozola, ANNA OZOLA", "*, *"),
        ("a.b@example.org", "Raksti A.B@example.org.", "Raksti *."),
        ("a.b@example.org", "axb@example.org", "axb@example.org"),
    ],
)
def test_ways_to_write_it(value: str, text: str, left: str) -> None:
    removal = Removal(value, date(2026, 11, 22))
    assert removal.text(text) == left.replace("*", "[dzēsts 2026-11-22]")


@given(
    value=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=4, max_size=12),
    around=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=9), max_size=3),
)
def test_nothing_of_it_is_left_and_nothing_else_is_touched(value: str, around: list[str]) -> None:
    removal = Removal(value, date(2026, 11, 22))
    if removal.is_too_short:
        return
    left = removal.anything({"a": [value.join(["", *around, ""])], "n": 1})
    assert removal.anything(left) == left
    for text in around:
        assert removal.is_in(text) or removal.text(text) == text


def test_every_column_with_words_is_known() -> None:
    """A new table has to say whether people write in it."""
    rewritten = {str(model._meta.db_table) for model in (*models.NOUNS.values(), *models.PARTS, models.LocationPrivate)}
    for model in TABLES:
        table = str(model._meta.db_table)
        if table not in rewritten:
            fields = model._meta.fields_map.items()
            texts = {name for name, kind in fields if isinstance(kind, Line | JSONField)}
            known = {*WRITTEN.get(table, ()), *NOT_WRITTEN.get(table, ())}
            assert texts == known, (table, texts ^ known)


async def test_a_redaction_leaves_what_else_was_written_since(written: Database) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    office = (await latest(written, [ident("organisation", "x")]))[ident("organisation", "x")]
    await redact(written, NAME, author="tests", reason="Jā.")
    await publish(written, [Draft("organisation", office.record, {"name": words("Jauns"), "evidence": [evidence()]},
                                  office.revision)], author="tests")  # fmt: skip
    assert (await history(written, office.record))[0].at < soon + timedelta(minutes=5)
