"""Every mutation asks for permission: what is denied changes nothing, whoever asks and whatever is there."""

from __future__ import annotations

from typing import Any

import pytest
from strawberry.utils.str_converters import to_camel_case

from service import models
from service.api.mutations.contents import told
from service.api.schema import schema
from service.models.account import Scope
from service.models.ddl import TABLES
from tests.api.office import ORGANISATION, OTHER, Office
from tests.editing.observing import canonical
from tests.factories import MAKERS, ident, make_link

MUTATION = schema._schema.mutation_type
LINK, SERVICE = make_link().id, ident("service")
SOURCE = ident("source")

Input = dict[str, Any]


def of_nouns() -> dict[str, Input]:
    """What begins a draft of each noun, and what changes a record of it."""
    found: dict[str, Input] = {}
    for noun in models.NOUNS:
        name = to_camel_case(noun)
        maker = MAKERS[noun]
        draft = maker("service_category") if noun == "taxonomy" else maker(1)
        found[f"{name}Create"] = {"id": ident(noun, "new"), **told(noun, canonical(maker("new")))}
        found[f"{name}Update"] = {"id": draft.id}
    return found


async def waiting(office: Office, **changed: Any) -> str:
    """A draft that somebody has begun."""
    return str((await office.draft("organisationUpdate", {"id": ORGANISATION, **changed}))["id"])


async def in_review(office: Office) -> str:
    draft = await waiting(office, founded=1990)
    await office.done("revisionsSubmit", {"revisions": [draft]})
    return draft


async def inputs(office: Office) -> dict[str, Input]:
    """Something of each mutation that an administrator may do, in an order in which all can be done."""
    await office.done("recordsWithdraw", {"records": [ident("agreement", 2)]})
    await office.done("organisationsMerge", {"duplicate": OTHER, "survivor": ORGANISATION, "withdraw": [LINK]})
    await office.done("organisationsUnmerge", {"duplicate": OTHER})
    history = "query ($id: ID!) { viewer { history(record: $id) { nodes { id } } } }"
    past = (await office.ask(history, "editor", id=ORGANISATION))["viewer"]["history"]["nodes"]
    word = {"link": LINK, "side": "SIDE_A", "source": SOURCE}
    hour = "2099-01-01T00:00:00Z"
    made = {"url": "https://example.org/changes", "nouns": ["SERVICE"], "acts": ["PUBLISH"]}
    hooks = [await office.done("webhookCreate", made, "administrator", "webhook { id }") for _ in range(2)]
    first, second = (each["webhook"]["id"] for each in hooks)
    return {
        **of_nouns(),
        "revisionsSubmit": {"revisions": [await waiting(office, founded=1991)]},
        "revisionsRecall": {"revisions": [await in_review(office)]},
        "revisionsSendBack": {"revisions": [{"id": await in_review(office)}], "reason": "Kāpēc?"},
        "revisionsDiscard": {"revisions": [await waiting(office)]},
        "revisionsSchedule": {"revisions": [{"id": await waiting(office)}], "dueAt": hour},
        "revisionsPublish": {"revisions": [{"id": await waiting(office)}]},
        "recordRevert": {"revision": past[-1]["id"]},
        "recordAssure": {"id": ORGANISATION},
        "cooperationLinkConfirm": word,
        "cooperationLinkDispute": {**word, "note": "Nē"},
        "cooperationLinkReportTieLevel": {**word, "tieLevel": 3},
        "serviceSetAvailability": {"id": SERVICE, "state": "OPEN", "freePlaces": 3},
        "recordsExpire": {"records": [LINK], "dueAt": hour},
        "recordsRestore": {"records": [ident("agreement", 2)]},
        "recordsWithdraw": {"records": [ident("project", 2)]},
        "organisationsMerge": {"duplicate": OTHER, "survivor": ORGANISATION, "withdraw": [LINK]},
        "organisationsUnmerge": {"duplicate": OTHER},
        "valueRedact": {"value": "nekur nav šāda teksta", "reason": "Pārbaude", "dryRun": True},
        "webhookCreate": made,
        "webhookTest": {"id": first},
        "webhookDelete": {"id": second},
    }


async def state(office: Office) -> dict[str, Any]:
    """Every row of every table, but for the day on which a token was used."""
    names = [str(model._meta.db_table) for model in TABLES if model._meta.db_table != "api_token"]
    return {name: sorted(map(repr, await office.database.fetch(f'SELECT * FROM "{name}"'))) for name in names}


async def test_every_mutation_asks_and_what_is_denied_changes_nothing(office: Office) -> None:
    given = await inputs(office)
    assert MUTATION is not None
    assert given.keys() == MUTATION.fields.keys()
    reading = {"authorization": f"Bearer {await office.token('administrator', Scope.READ)}"}
    before = await state(office)
    for name, input in given.items():
        assert await office.refused(name, input, None) == [("NOT_SIGNED_IN", "input")]
        for who, headers in (("analyst", {}), (None, reading)):
            payload = await office.do(name, input, who, headers=headers)
            codes = {each["code"] for each in payload["userErrors"]}
            # A merge is taken back when there is one; who may not is told no more than that he may not.
            assert codes <= {"NOT_ALLOWED", "NOT_MERGED"}, (name, who, codes)
            assert "NOT_ALLOWED" in codes, (name, who)
    assert await state(office) == before
    for name, input in given.items():
        await office.done(name, input, "administrator")


@pytest.mark.parametrize("noun", ["location", "organisation"])
async def test_what_has_left_the_public_side_is_told_to_nobody_through_an_update(office: Office, noun: str) -> None:
    """A draft begins with what the record holds, so that only who reaches the record may begin one."""
    id, secret = ident(noun, "gone"), "Slepenā iela 1"
    said = {"address": secret, "confidential": True} if noun == "location" else {"website": "https://slepens.lv"}
    content = {**told(noun, canonical(MAKERS[noun]("gone"))), **said}
    draft = await office.draft(f"{noun}Create", {"id": id, **content})
    await office.done("revisionsPublish", {"revisions": [{"id": draft["id"]}]})
    old = (await office.ask(PAST, "editor", id=id))["viewer"]["history"]["nodes"][0]["id"]
    await office.done("recordsWithdraw", {"records": [id]})
    for input in ({"id": id}, {"id": id, "base": old}, {"id": ident(noun), "base": old}):
        payload = await office.do(f"{noun}Update", input, "stranger", "revision { content }")
        assert payload["revision"] is None
        assert {each["code"] for each in payload["userErrors"]} & {"NOT_ALLOWED", "NOT_ITS_BASE"}
    assert await office.refused("recordRevert", {"revision": old}, "stranger") == [("NOT_ALLOWED", "input")]
    assert (await office.ask(PAST, "stranger", id=id))["viewer"]["history"]["nodes"] == []
    assert (await office.draft(f"{noun}Update", {"id": id}))["content"].items() >= said.items()


PAST = "query ($id: ID!) { viewer { history(record: $id) { nodes { id } } } }"
