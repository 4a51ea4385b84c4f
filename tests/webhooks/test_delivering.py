"""Each change comes at least once and in order, signed, and never more than is public when it is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from service.database import Database
from service.editing.redaction import redact
from service.editing.reverting import restore
from service.editing.revisions import propose, withdraw
from service.jobs import Job, Runner
from service.models.webhook import DeliveryOutcome, WebhookState
from service.webhooks.delivering import DUE, KEPT, PAUSES, Deliveries, sweep
from service.webhooks.register import Webhook, add, everyone, one, remove
from service.webhooks.register import deliveries as log
from service.webhooks.sending import Sender
from service.webhooks.signing import headers
from tests.editing.observing import put, refusal
from tests.factories import ident, make_location, make_organisation, make_service, words
from tests.serving import eventually
from tests.webhooks.conftest import HERE
from tests.webhooks.receiver import Receiver, receiving

LONG_AFTER = timedelta(days=365)


async def later(database: Database, deliveries: Deliveries, *, rounds: int = 1) -> None:
    """So many times, long after every pause."""
    for n in range(rounds):
        await deliveries.send_due(datetime.now(UTC) + LONG_AFTER * (n + 1))


def published(*names: str) -> list[tuple[str, str]]:
    return [("publish", ident("organisation", name)) for name in names]


async def outcomes(database: Database, webhook: Webhook) -> list[tuple[str, int | None]]:
    return [(each.outcome.value, each.status) for each in reversed(await log(database, webhook.id))]


async def test_each_change_comes_once_and_in_order(
    directory: Database, deliveries: Deliveries, receiver: Receiver
) -> None:
    webhook = await add(directory, receiver.url)
    names = [f"n{n}" for n in range(5)]
    for name in names:
        await put(directory, make_organisation(name))
    await later(directory, deliveries, rounds=2)
    assert receiver.told == published(*names)
    [clock] = await directory.fetch("SELECT seq FROM change_clock")
    assert (await one(directory, webhook.id)).seq == clock["seq"]
    assert await outcomes(directory, webhook) == [("delivered", 200)] * 5
    assert not await directory.fetch(DUE, datetime.now(UTC) if directory.dialect == "postgres" else "9")


async def test_what_comes_is_the_line_of_the_feed_with_a_signature(
    directory: Database, deliveries: Deliveries, receiver: Receiver
) -> None:
    webhook = await add(directory, receiver.url)
    await put(directory, make_organisation("n", name=words("Ūdensroze")))
    await later(directory, deliveries)
    [got] = receiver.got
    said = json.loads(got.body)
    assert said["type"] == "organisation.publish"
    assert said["data"]["content"]["name"] == {"lv": "Ūdensroze"}
    assert said["data"].keys() >= {"cursor", "noun", "id", "act", "at", "version", "content"}
    assert said["timestamp"] == said["data"]["at"]
    assert got.path == "/hook?key=1"
    assert got.headers["content-type"] == "application/json"
    signed = headers(webhook.secret, got.headers["webhook-id"], int(got.headers["webhook-timestamp"]), got.body)
    assert got.headers["webhook-signature"] == signed["webhook-signature"]
    assert abs(int(got.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60


async def test_only_what_is_asked_for_comes(directory: Database, deliveries: Deliveries, receiver: Receiver) -> None:
    webhook = await add(directory, receiver.url, nouns=["organisation"], acts=["withdraw"])
    await put(directory, make_organisation("n"), make_location("n"))
    await withdraw(directory, [ident("organisation", "n"), ident("location", "n")], author="tests")
    await later(directory, deliveries)
    assert receiver.told == [("withdraw", ident("organisation", "n"))]
    await put(directory, make_location("m"))
    await later(directory, deliveries)
    [clock] = await directory.fetch("SELECT seq FROM change_clock")
    assert (await one(directory, webhook.id)).seq == clock["seq"]


async def test_a_failure_is_tried_again_and_nothing_overtakes_it(
    directory: Database, deliveries: Deliveries, receiver: Receiver
) -> None:
    webhook = await add(directory, receiver.url)
    await put(directory, make_organisation("a"))
    await put(directory, make_organisation("b"))
    receiver.answers = [500, 404, 302]
    receiver.location = "http://127.0.0.1:1/"
    now = datetime.now(UTC)
    await deliveries.send_due(now)
    await deliveries.send_due(now + timedelta(seconds=1))
    assert receiver.told == published("a")
    for n in (1, 2):
        await deliveries.send_due(now + timedelta(hours=n))
    assert receiver.told == published("a", "a", "a")
    await later(directory, deliveries)
    assert receiver.told == published("a", "a", "a", "a", "b")
    assert len({each.headers["webhook-id"] for each in receiver.got[:4]}) == 1
    failed = [("failed", 500), ("failed", 404), ("failed", 302)]
    assert await outcomes(directory, webhook) == [*failed, ("delivered", 200), ("delivered", 200)]


async def test_whoever_takes_too_long_is_asked_again(directory: Database, receiver: Receiver) -> None:
    deliveries = Deliveries(directory, Sender(HERE, seconds=0.3))
    webhook = await add(directory, receiver.url)
    await put(directory, make_organisation("a"))
    receiver.held = Event()
    await later(directory, deliveries)
    [tried] = await log(directory, webhook.id)
    assert (tried.outcome, tried.status, tried.problem) == (DeliveryOutcome.FAILED, None, "timeout")
    assert tried.milliseconds >= 250
    receiver.held.set()
    await later(directory, deliveries, rounds=2)
    assert receiver.told == published("a", "a")


async def test_whoever_never_answers_is_given_up_until_a_test_call_succeeds(
    directory: Database, deliveries: Deliveries, receiver: Receiver
) -> None:
    webhook = await add(directory, receiver.url)
    await put(directory, make_organisation("a"))
    receiver.answers = [500] * 99
    await later(directory, deliveries, rounds=len(PAUSES) + 5)
    assert len(receiver.got) == len(PAUSES) + 1
    found = await one(directory, webhook.id)
    assert (found.state, found.tries) == (WebhookState.GIVEN_UP, len(PAUSES) + 1)
    assert (await log(directory, webhook.id))[0].outcome is DeliveryOutcome.GIVEN_UP
    assert not (await deliveries.test(webhook.id)).is_taken
    assert (await one(directory, webhook.id)).state is WebhookState.GIVEN_UP
    receiver.answers = []
    assert (await deliveries.test(webhook.id)).is_taken
    await later(directory, deliveries)
    assert receiver.told[-1:] == published("a")
    assert (await one(directory, webhook.id)).state is WebhookState.ACTIVE


async def test_gone_is_believed_at_once(directory: Database, deliveries: Deliveries, receiver: Receiver) -> None:
    webhook = await add(directory, receiver.url)
    await put(directory, make_organisation("a"))
    receiver.answers = [410]
    await later(directory, deliveries)
    assert (await one(directory, webhook.id)).state is WebhookState.GIVEN_UP


async def test_a_process_that_dies_while_it_sends_leaves_the_change_to_the_next(
    directory: Database, deliveries: Deliveries, receiver: Receiver
) -> None:
    """The lease runs out, and another holder sends the same message again."""
    await add(directory, receiver.url)
    await put(directory, make_organisation("a"))
    await put(directory, make_organisation("b"))
    job = Job("webhooks", timedelta(0), deliveries.send_due)
    first, second = (Runner(directory, [job], lease=timedelta(seconds=0.5)) for _ in range(2))
    receiver.held = Event()
    dying = asyncio.create_task(first.do_due())
    assert await asyncio.to_thread(receiver.arrived.wait, 20)
    assert await second.do_due() == []
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    receiver.held.set()
    receiver.held = None
    await eventually(second.do_due, 20)
    assert receiver.told == published("a", "a", "b")
    assert receiver.got[0].headers["webhook-id"] == receiver.got[1].headers["webhook-id"]


async def test_what_is_not_public_never_comes(directory: Database, deliveries: Deliveries, receiver: Receiver) -> None:
    await add(directory, receiver.url)
    await propose(directory, [make_organisation("draft", name=words("Neredzams melnraksts"))], author="tests")
    secret = {"name": words("Neredzams"), "address": "Neredzamā iela 1", "lon": 25.123456, "lat": 57.123456}
    await put(directory, make_location("hidden", confidential=True, **secret))
    await put(directory, make_location("later", **secret | {"address": "Neredzamais ceļš 2", "lon": 25.2, "lat": 57.2}))
    await put(directory, make_location("later", confidential=True, address="Neredzamais ceļš 2"))
    await put(directory, make_organisation("gone", name=words("Neredzama aizgājusī")))
    await withdraw(directory, [ident("organisation", "gone")], author="tests")
    await later(directory, deliveries)
    assert ("withdraw", ident("organisation", "gone")) in receiver.told
    assert ("publish", ident("organisation", "gone")) not in receiver.told
    assert len([id for _, id in receiver.told if id == ident("location", "later")]) == 2
    everything = b"".join(each.body for each in receiver.got).decode()
    assert not any(word in everything for word in ("Neredzam", "25.123456", "57.123456", "25.2"))
    await restore(directory, [ident("organisation", "gone")], author="tests")
    await later(directory, deliveries)
    assert "Neredzama aizgājusī" in receiver.got[-1].body.decode()


async def test_what_was_redacted_is_not_sent_again(
    directory: Database, deliveries: Deliveries, receiver: Receiver
) -> None:
    await add(directory, receiver.url)
    await put(directory, make_service("s", name=words("Jautā Izdomātajai")))
    receiver.answers = [500]
    await deliveries.send_due(datetime.now(UTC))
    assert "Izdomātajai" in receiver.got.pop().body.decode()
    await redact(directory, "Izdomātajai", author="tests", reason="Lūgums.")
    await later(directory, deliveries)
    assert len(receiver.got) == 2
    assert all("[dzēsts" in each.body.decode() and "Izdomā" not in each.body.decode() for each in receiver.got)


async def test_one_who_is_slow_holds_up_nobody_else(directory: Database, receiver: Receiver) -> None:
    deliveries = Deliveries(directory, Sender(HERE, seconds=1))
    with receiving() as other:
        receiver.held = Event()
        await add(directory, receiver.url)
        await add(directory, other.url)
        await put(directory, make_organisation("a"))
        await later(directory, deliveries)
        assert other.told == published("a")


async def test_a_removed_webhook_is_forgotten(directory: Database, deliveries: Deliveries, receiver: Receiver) -> None:
    webhook = await add(directory, receiver.url)
    await put(directory, make_organisation("a"))
    await later(directory, deliveries)
    await remove(directory, webhook.id)
    await put(directory, make_organisation("b"))
    await later(directory, deliveries)
    assert receiver.told == published("a")
    assert await everyone(directory) == []
    assert await directory.fetch("SELECT id FROM webhook_delivery") == []
    acts = [row["act"] for row in await directory.fetch("SELECT act FROM audit_entry ORDER BY at, act")]
    assert sorted(acts) == ["webhook_added", "webhook_removed"]
    assert await refusal(remove(directory, webhook.id)) == [("no_such_webhook", ("id",))]


async def test_old_deliveries_are_swept(directory: Database, deliveries: Deliveries, receiver: Receiver) -> None:
    webhook = await add(directory, receiver.url)
    await deliveries.test(webhook.id)
    for now, left in ((datetime.now(UTC), 1), (datetime.now(UTC) + KEPT, 0)):
        async with directory.transaction() as transaction:
            await sweep(transaction, now)
        assert len(await log(directory, webhook.id)) == left


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("url", "nouns", "acts", "told"),
    [
        ("", [], [], [("not_a_url", ("url",))]),
        ("ftp://example.org/", [], [], [("not_a_url", ("url",))]),
        ("https://user:secret@example.org/", [], [], [("not_a_url", ("url",))]),
        ("https://example.org/", ["organisation", "person"], [], [("not_a_choice", ("nouns", 1))]),
        ("https://example.org/", [], ["delete"], [("not_a_choice", ("acts", 0))]),
    ],
)
async def test_what_cannot_be_added(
    directory: Database, url: str, nouns: Sequence[str], acts: Sequence[str], told: object
) -> None:
    assert await refusal(add(directory, url, nouns=nouns, acts=acts)) == told


async def test_the_scheme_is_kept_in_small_letters(directory: Database) -> None:
    assert (await add(directory, " HTTPS://Example.org/Hook ")).url == "https://Example.org/Hook"
