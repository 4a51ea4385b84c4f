"""Which record answers to which name: withdrawn and merged records, old slugs, numbers; all from one snapshot."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from service.catalogue.catalogue import Catalogue
from service.database import Database, Snapshot
from service.editing.acts import assure
from service.editing.revisions import publish, withdraw
from service.migrations.runner import migrate
from service.models.rows import moment
from tests.catalogue.loading import AUTHOR, load
from tests.factories import a_source, ident, make_link, make_organisation, make_region, make_service, words

SMALL = (a_source(), make_region(), make_organisation(1), make_organisation(2), make_link(), make_service())


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url) as opened:
        await migrate(opened)
        await publish(opened, SMALL, author=AUTHOR)
        yield opened


async def _merge(database: Database, noun: str, into: str, slug: str | None = None) -> str:
    """A record that was made one with another."""
    id, at = str(uuid4()), moment(datetime(2026, 1, 2, tzinfo=UTC), database.dialect)
    async with database.transaction() as transaction:
        await transaction.execute(
            "INSERT INTO record (id, noun, state, merged_into_id, version, first_published_at, last_modified)"
            " VALUES (?, ?, 'merged', ?, 1, ?, ?)",
            *(id, noun, into, at, at),
        )
        if slug is not None:
            await transaction.execute(
                'INSERT INTO slug (id, noun, slug, record_id, "current") VALUES (?, ?, ?, ?, (1 = 1))',
                *(str(uuid4()), noun, slug, id),
            )
    return id


async def test_a_withdrawn_record_is_gone(database: Database) -> None:
    link = ident("cooperation_link")
    slug = (await load(database)).records[ident("service")].slug
    await withdraw(database, [link, ident("service")], author=AUTHOR)
    catalogue = await load(database)
    assert catalogue.node(link) is None
    assert catalogue.of("cooperation_link") == []
    assert catalogue.find("service", slug) is None
    organisation = catalogue.records[ident("organisation")]
    assert not organisation.cooperation
    assert not organisation.services
    assert not any(evidence.record.id == link for evidence in catalogue.of("source")[0].supports)


async def test_a_merged_id_and_its_slug_answer_the_survivor(database: Database) -> None:
    survivor = ident("organisation")
    first = await _merge(database, "organisation", survivor, "kas-bija")
    second = await _merge(database, "organisation", first, "kas-bija-vel-agrak")
    catalogue = await load(database)
    found = catalogue.records[survivor]
    assert [catalogue.node(id) for id in (survivor, survivor.upper(), first, second)] == [found] * 4
    assert catalogue.find("organisation", second) is found
    assert catalogue.find("organisation", "kas-bija") is found
    assert catalogue.find("organisation", "kas-bija-vel-agrak") is found
    assert catalogue.records[survivor].slug == "biedriba-1"
    assert len(catalogue.of("organisation")) == 2


async def test_a_merged_id_whose_survivor_was_withdrawn_answers_nothing(database: Database) -> None:
    merged = await _merge(database, "cooperation_link", ident("cooperation_link"))
    await withdraw(database, [ident("cooperation_link")], author=AUTHOR)
    assert (await load(database)).node(merged) is None


async def test_an_old_slug_leads_to_its_record(database: Database) -> None:
    for slug in ("pirmais", "otrais"):
        await publish(database, [make_organisation(1, slug=slug)], author=AUTHOR)
    catalogue = await load(database)
    found = catalogue.records[ident("organisation")]
    assert found.slug == "otrais"
    assert [catalogue.find("organisation", slug) for slug in ("pirmais", "otrais", "biedriba-1")] == [found] * 3
    assert catalogue.find("service", "otrais") is None
    assert catalogue.find("organisation", "tresais") is None


async def test_an_id_of_another_noun_is_not_found(database: Database) -> None:
    catalogue = await load(database)
    assert catalogue.find("organisation", ident("service")) is None
    assert catalogue.find("service", ident("service")) is catalogue.records[ident("service")]


async def test_dates_and_version_of_a_record_arrive(database: Database) -> None:
    before = (await load(database)).records[ident("organisation")]
    await publish(database, [make_organisation(1, description=words("Cits"))], author=AUTHOR)
    await assure(database, ident("organisation"), on=before.last_modified.date(), role="editor", author=AUTHOR)
    after = (await load(database)).records[ident("organisation")]
    assert (before.version, after.version) == (1, 2)
    assert before.first_published_at == after.first_published_at == before.last_modified < after.last_modified
    assert after.last_modified.utcoffset() is not None
    assert (before.assured_on, before.assured_by) == (None, None)
    assert (after.assured_on, after.assured_by) == (before.last_modified.date(), "editor")


async def test_the_newest_change_and_the_epoch_arrive(database: Database) -> None:
    before = await load(database)
    seq = await publish(database, [make_organisation(3)], author=AUTHOR)
    after = await load(database)
    assert after.last_change.seq == seq == before.last_change.seq + 1
    assert after.last_change.at is not None
    assert before.last_change.at is not None
    assert after.last_change.at > before.last_change.at
    assert after.epoch == before.epoch != ""


async def test_a_load_sees_one_state(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written between its reads does not come in halves."""
    batches, link = Snapshot.batches, ident("cooperation_link")
    for reads in (1, 2, 12, 40):
        seen = 0

        async def interrupted(self: Snapshot, *table: Any, reads: int = reads) -> AsyncGenerator[Any, None]:
            nonlocal seen
            async for rows in batches(self, *table):
                yield rows
            seen += 1
            if seen == reads:
                await withdraw(database, [link], author=AUTHOR)
                await publish(database, [make_organisation(reads + 2)], author=AUTHOR)

        before = await load(database)
        with monkeypatch.context() as patch:
            patch.setattr(Snapshot, "batches", interrupted)
            during = await load(database)
        after = await load(database)
        assert seen > reads
        assert during.records.keys() == before.records.keys()
        assert during.last_change == before.last_change
        assert [seen.link.id for seen in during.records[ident("organisation")].cooperation] == [link]
        assert len(after.of("organisation")) == len(before.of("organisation")) + 1
        assert after.of("cooperation_link") == []
        await publish(database, [make_link()], author=AUTHOR)


async def test_numbers_name_organisations_and_services(database: Database) -> None:
    number = [{"scheme": "registration_number", "value": "40008000001"}, {"scheme": "other", "value": "7"}]
    drafts = [make_organisation(1, identifiers=number), make_service(register_number="R-7")]
    await publish(database, drafts, author=AUTHOR)
    catalogue: Catalogue = await load(database)
    assert catalogue.numbers == {
        ("organisation", "40008000001"): catalogue.records[ident("organisation")],
        ("service", "R-7"): catalogue.records[ident("service")],
    }
