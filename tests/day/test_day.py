"""An editorial day, over HTTP: everything that people do, and when everybody learns of it."""

from __future__ import annotations

import re
from time import monotonic
from typing import Any

from service.models.account import Role
from tests.day.people import OTHERS_MAIL, Person, Town
from tests.factories import ident, make_link
from tests.serving import eventually

FIRST, OTHER, DOUBLE = ident("organisation", 1), ident("organisation", 2), ident("organisation", "double")
LINK = make_link().id
SECRET = "Slepenā iela 77"
EVIDENCE = [{"source": ident("source"), "basis": "STATED", "says": {"lv": "Tā teikts."}}]

SERVICE = """query ($id: ID!) { service(by: {id: $id}) {
    name provider { phone } locations { nodes { confidential address town region { name } } } } }"""
TRUST = """query ($id: ID!) { cooperationLink(id: $id) {
    kind trust confirmations { nodes { side state role } } } }"""
NODE = "query ($id: ID!) { node(id: $id) { id ... on Organisation { name phone } } }"

SOON = 2.0
"""Seconds in which what was published is to be read."""


async def test_a_day(town: Town) -> None:
    async with (
        town.person(Role.REPRESENTATIVE, "anna@example.org", FIRST) as anna,
        town.person(Role.EDITOR, "redaktors@example.org") as editor,
        town.person(Role.ADMINISTRATOR, "admins@example.org") as administrator,
    ):
        batch = await a_representative_writes(town, anna)
        await an_editor_publishes(town, editor, batch)
        await both_sides_confirm(town, anna)
        await another_kind_takes_the_words_back(town, editor)
        await two_become_one(town, editor)
        await what_was_comes_back(town, editor)
        await what_leaves_takes_along_and_returns(town, editor)
        await a_value_goes_from_everywhere(town, editor, administrator)


MINE = """account { name role organisations { nodes { id } } }
    own: can(step: PROPOSE, noun: ORGANISATION, id: $id)"""


async def a_representative_writes(town: Town, anna: Person) -> list[str]:
    """Her organisation, and a service at a confidential address: nothing of it is public yet."""
    seen = await anna.viewer(MINE, id=FIRST)
    assert seen["account"] == {"name": None, "role": "REPRESENTATIVE", "organisations": {"nodes": [{"id": FIRST}]}}
    assert seen["own"]
    assert await anna.refused("organisationUpdate", id=OTHER, phone="67000000") == {"NOT_ALLOWED"}
    assert await anna.refused("organisationUpdate", id=FIRST, legalForm="COMPANY") == {"FIELD_NOT_ALLOWED"}
    own = await anna.drafts("organisationUpdate", id=FIRST, phone="67000000", description={"lv": "Palīdzam."})
    batch = {"batch": own["batch"]}
    place = await anna.drafts(
        "locationCreate", **batch, locationType="PHYSICAL", region=ident("region"), address=SECRET,
        confidential=True, evidence=EVIDENCE,
    )  # fmt: skip
    service = await anna.drafts(
        "serviceCreate", **batch, name={"lv": "Patvērums"}, provider=FIRST, locations=[place["recordId"]],
        evidence=EVIDENCE,
    )  # fmt: skip
    changed = {"revision": service["id"], "edition": 1, "name": {"en": "Shelter"}}
    assert (await anna.drafts("serviceUpdate", id=service["recordId"], **changed))["edition"] == 2
    drafts = [own["id"], place["id"], service["id"]]
    await anna.does("revisionsSubmit", revisions=drafts)
    early = await anna.refused("revisionsPublish", revisions=[{"id": id} for id in drafts])
    assert early == {"NOT_ALLOWED", "FIELD_NOT_ALLOWED"}
    await nothing_is_public(town, service["recordId"])
    return drafts


async def nothing_is_public(town: Town, service: str) -> None:
    assert (await town.public(SERVICE, id=service))["service"] is None
    assert (await town.public(NODE, id=FIRST))["node"]["phone"] is None
    feed = (await town.served.client.get("/changes")).text
    assert service not in feed
    assert (await town.public("{ viewer { account { id } } }"))["viewer"] is None


async def an_editor_publishes(town: Town, editor: Person, drafts: list[str]) -> None:
    """The queue has the set; its differences are read, and it is published together."""
    queue = (await editor.viewer(QUEUE))["queue"]["nodes"]
    assert {each["id"] for each in queue} == {*drafts}
    by_noun = {each["noun"]: each for each in queue}
    changed = {tuple(each["path"]): each["after"] for each in by_noun["ORGANISATION"]["diff"]["nodes"]}
    assert changed == {("description", "lv"): "Palīdzam.", ("phone",): "+37167000000"}
    assert by_noun["LOCATION"]["content"]["address"] == SECRET
    assert all({"PUBLISH", "SEND_BACK"} <= {*each["steps"]} for each in queue)
    service = by_noun["SERVICE"]["recordId"]
    seen = [{"id": each["id"], "edition": each["edition"]} for each in queue]
    stale = [{**each, "edition": 1} for each in seen]
    assert await editor.refused("revisionsPublish", revisions=stale) == {"SAVED_MEANWHILE"}
    await nothing_is_public(town, service)
    started = monotonic()
    payload = await editor.does("revisionsPublish", "seq records { totalCount }", revisions=seen)
    assert payload["records"]["totalCount"] == 3
    await eventually(lambda: _is_public(town, service), SOON)
    assert monotonic() - started < SOON
    shown = (await town.public(SERVICE, id=service))["service"]
    assert shown["provider"] == {"phone": "+37167000000"}
    region = {"name": "1. novads"}
    assert shown["locations"]["nodes"] == [{"confidential": True, "address": None, "town": None, "region": region}]
    assert SECRET not in (await town.served.client.get("/changes")).text


QUEUE = """queue { nodes {
    id noun recordId edition steps content mine warnings { totalCount } diff { nodes { path before after } } } }"""


async def _is_public(town: Town, service: str) -> bool:
    return (await town.public(SERVICE, id=service))["service"] is not None


async def both_sides_confirm(town: Town, anna: Person) -> None:
    """She confirms the link of her organisation; the other side is asked by mail, and answers without an account."""
    await anna.does("cooperationLinkConfirm", link=LINK, side="SIDE_A", tieLevel=4)
    assert await anna.refused("cooperationLinkConfirm", link=LINK, side="SIDE_B", organisation=OTHER) == {"NOT_ALLOWED"}
    words = (await anna.viewer("words(link: $id) { nodes { side state tieLevel } }", id=LINK))["words"]["nodes"]
    assert words == [{"side": "SIDE_A", "state": "CONFIRMED", "tieLevel": 4}]
    assert (await town.public(TRUST, id=LINK))["cooperationLink"]["trust"] == "ONE_SIDED"
    await ten_minutes_pass(town)
    path = re.findall(r"/answer/[\w-]+", await town.letter(OTHERS_MAIL))[0]
    page = await town.served.client.get(path)
    version = re.findall(r'name="version" value="(\d+)"', page.text)[0]
    answer = {"answer": "yes", "version": version}
    origin = str(town.served.client.base_url).rstrip("/")
    said = await town.served.client.post(path, data=answer, headers={"origin": origin})
    assert said.status_code == 200
    await eventually(lambda: _trusted(town, "MUTUAL"), SOON)


async def ten_minutes_pass(town: Town) -> None:
    """The job that asks is due again."""
    async with town.database.transaction() as transaction:
        await transaction.execute("UPDATE lease SET done_at = NULL WHERE job = 'questions'")


async def _trusted(town: Town, trust: str) -> bool:
    return bool((await town.public(TRUST, id=LINK))["cooperationLink"]["trust"] == trust)


async def another_kind_takes_the_words_back(town: Town, editor: Person) -> None:
    draft = await editor.drafts("cooperationLinkUpdate", id=LINK, kind="GRANT")
    await editor.does("revisionsPublish", revisions=[{"id": draft["id"], "edition": 1}])
    link = (await town.public(TRUST, id=LINK))["cooperationLink"]
    assert (link["kind"], link["trust"]) == ("GRANT", "CLAIMED")
    said = {each["side"]: (each["state"], each["role"]) for each in link["confirmations"]["nodes"]}
    assert said == {"SIDE_A": ("UNASKED", "SYSTEM"), "SIDE_B": ("UNASKED", "SYSTEM")}


async def two_become_one(town: Town, editor: Person) -> None:
    name = {"name": {"lv": "Biedrība “Viens”"}}
    merged = await editor.does("organisationsMerge", "record { id }", duplicate=DOUBLE, survivor=FIRST, **name)
    assert merged["record"] == {"id": FIRST}
    told = (await town.public(NODE, id=DOUBLE))["node"]
    assert told == {"id": FIRST, "name": "Biedrība “Viens”", "phone": "+37167000000"}


async def what_was_comes_back(town: Town, editor: Person) -> None:
    """What the organisation was in the morning becomes a draft, and is published as any other."""
    history = "history(record: $id) { nodes { id act version content } }"
    past = (await editor.viewer(history, id=FIRST))["history"]["nodes"]
    assert [each["version"] for each in past] == [3, 2, 1]
    ask = "revision { id diff { totalCount } } leftOut { totalCount }"
    reverted = await editor.does("recordRevert", ask, revision=past[1]["id"])
    assert reverted["leftOut"]["totalCount"] == 0
    await editor.does("revisionsPublish", revisions=[{"id": reverted["revision"]["id"]}])
    told = (await town.public(NODE, id=FIRST))["node"]
    assert told == {"id": FIRST, "name": "Biedrība 1", "phone": "+37167000000"}


async def what_leaves_takes_along_and_returns(town: Town, editor: Person) -> None:
    assert await editor.refused("recordsWithdraw", records=[OTHER]) == {"HAS_DEPENDENTS"}
    await editor.does("recordsWithdraw", records=[OTHER], withDependents=True)
    for id in (OTHER, LINK):
        assert (await town.public(NODE, id=id))["node"] is None
    assert await editor.refused("recordsRestore", records=[LINK]) == {"NOT_PUBLISHED"}
    back = await editor.does("recordsRestore", "records { nodes { id } }", records=[LINK], withNeeded=True)
    assert {each["id"] for each in back["records"]["nodes"]} == {LINK, OTHER}
    for id in (OTHER, LINK):
        assert (await town.public(NODE, id=id))["node"]["id"] == id


async def a_value_goes_from_everywhere(town: Town, editor: Person, administrator: Person) -> None:
    asked: dict[str, Any] = {"value": SECRET, "reason": "Adrese jāaizsargā."}
    assert await editor.refused("valueRedact", **asked) == {"NOT_ALLOWED"}
    counted = (await administrator.does("valueRedact", "rows { nodes { table rows } }", **asked, dryRun=True))["rows"]
    assert counted["nodes"]
    assert (await administrator.does("valueRedact", "rows { nodes { table rows } }", **asked))["rows"] == counted
    again = await administrator.does("valueRedact", "rows { totalCount }", **asked, dryRun=True)
    assert again["rows"]["totalCount"] == 0
