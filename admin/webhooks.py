"""Webhooks: which programs elsewhere are told of changes, and how each telling went."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from admin.entries import Entry
from admin.labels import choice_name, nouns_name
from admin.people import accounts
from admin.visit import Desk, Turned, page
from service import models
from service.errors import InputError
from service.models.revision import Act
from service.webhooks import delivering, register
from service.webhooks.register import Delivery, Webhook
from service.webhooks.sending import Answer, Sender


@page
async def webhooks(desk: Desk) -> Response:
    """Every webhook, and the form for another one."""
    keeper, typed = accounts(desk), desk.typed
    if not desk.is_post:
        return await _list(desk)
    try:
        added = await register.add(
            desk.database,
            typed.text("url"),
            nouns=typed.texts("nouns"),
            acts=typed.texts("acts"),
            account=keeper.author,
            permit=desk.permit,
        )
    except InputError as refused:
        return await _list(desk, refused)
    return desk.show("webhook_added.html", webhook=added)


@page
async def webhook(desk: Desk) -> Response:
    """One webhook with its last deliveries."""
    keeper, id = accounts(desk), desk.uuid("webhook")
    try:
        return await _act(desk, id, keeper.author) if desk.is_post else await _show(desk, id)
    except InputError:
        raise Turned("missing", 404) from None


async def _act(desk: Desk, id: str, author: str) -> Response:
    match desk.typed.text("act"):
        case "test":
            deliveries = delivering.Deliveries(desk.database, Sender(desk.entrance.settings.webhook_networks))
            return await _show(desk, id, await deliveries.test(id, permit=desk.permit))
        case "remove":
            await register.remove(desk.database, id, account=author, permit=desk.permit)
            return desk.to("webhooks", "webhook_removed")
    raise Turned("missing", 404)


async def _list(desk: Desk, refused: InputError | None = None) -> Response:
    words, problems = desk.words, refused.problems if refused else []
    told = [problem.words[desk.language] for problem in problems]
    nouns = [(noun, nouns_name(words, noun)) for noun in models.NOUNS]
    acts = [(act.value, choice_name(words, act)) for act in Act]
    found = await register.everyone(desk.database, permit=desk.permit)
    return desk.show(
        "webhooks.html",
        422 if refused else 200,
        webhooks=[(each, choice_name(words, each.state), _asks(desk, each)) for each in found],
        typed=desk.typed,
        fields=[
            Entry("url", "line", words("webhook_url"), required=True, type="url", problems=told),
            Entry("nouns", "choices", words("webhook_nouns"), help=words("webhook_all"), options=nouns),
            Entry("acts", "choices", words("webhook_acts"), help=words("webhook_all"), options=acts),
        ],
        done=desk.done,
    )


async def _show(desk: Desk, id: str, answer: Answer | None = None) -> Response:
    found = await register.one(desk.database, id, permit=desk.permit)
    tries = await register.deliveries(desk.database, id, permit=desk.permit)
    return desk.show(
        "webhook.html",
        webhook=found,
        state=choice_name(desk.words, found.state),
        asks=_asks(desk, found),
        tries=[_line(desk, each) for each in tries],
        answer=answer,
    )


def _asks(desk: Desk, webhook: Webhook) -> str:
    """What it asks for, in words."""
    nouns = [nouns_name(desk.words, noun) for noun in webhook.nouns]
    acts = [choice_name(desk.words, act) for act in Act if act.value in webhook.acts]
    return " · ".join(filter(None, (", ".join(nouns), ", ".join(acts)))) or desk.words("webhook_everything")


def _line(desk: Desk, delivery: Delivery) -> dict[str, Any]:
    return {
        "at": desk.moment(delivery.at),
        "seq": "" if delivery.seq is None else str(delivery.seq),
        "outcome": choice_name(desk.words, delivery.outcome),
        "status": delivery.status or delivery.problem or "",
        "took": f"{delivery.milliseconds} ms",
    }
