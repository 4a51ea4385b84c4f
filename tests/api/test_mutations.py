"""Every noun and every field can be written by GraphQL, and what is wrong is told where it stands in the input."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from graphql import GraphQLInputObjectType
from strawberry.utils.str_converters import to_camel_case

from service import models
from service.api.mutations.contents import shown_name, told
from service.api.mutations.inputs import CHANGED, NEW
from service.api.schema import schema
from service.models.shape import shape
from tests.api.office import ORGANISATION, OTHER, Office
from tests.editing.observing import canonical, sizes
from tests.factories import basics, everything, ident, make_link, make_location

CORE = schema._schema
FULL = [draft for draft in everything() if draft.id not in {each.id for each in basics()}]


def mutation_of(noun: str, verb: str) -> str:
    return to_camel_case(f"{noun}_{verb}")


async def test_every_field_of_every_noun_comes_back_as_it_was_sent(office: Office) -> None:
    for draft in FULL:
        sent = told(draft.noun, canonical(draft)) | ({"slug": draft.content["slug"]} if "slug" in draft.content else {})
        kept = await office.draft(mutation_of(draft.noun, "create"), {"id": draft.id, **sent})
        assert (kept["noun"], kept["recordId"]) == (draft.noun.upper(), draft.id)
        assert kept["content"] == sent
        again = {"id": draft.id, "revision": kept["id"], "edition": 1}
        saved = await office.draft(mutation_of(draft.noun, "update"), again)
        assert (saved["content"], saved["edition"]) == (sent, 2)
        empty = dict.fromkeys(sent)
        emptied = await office.draft(mutation_of(draft.noun, "update"), {**again, "edition": 2, **empty})
        defaults = told(draft.noun, {n: v for n, v in shape(draft.noun).defaults.items() if v not in (None, [])})
        assert emptied["content"] == defaults


def test_the_inputs_have_every_field_that_is_declared() -> None:
    """A field that is added to a model is one of the inputs, and of what the test above sends."""
    sent: dict[str, set[str]] = {noun: set() for noun in models.NOUNS}
    for draft in FULL:
        sent[draft.noun] |= told(draft.noun, {"slug": "x", **canonical(draft)}).keys()
    for noun, model in models.NOUNS.items():
        table = shape(noun)
        declared = {shown_name(name) for name in (*table.names, *table.parts)} | ({"slug"} if model.HAS_SLUG else set())
        for verb, more in (("Create", NEW), ("Update", {"id": 0, **CHANGED})):
            given = CORE.type_map[f"{model.__name__}{verb}Input"]
            assert isinstance(given, GraphQLInputObjectType)
            assert given.fields.keys() == declared | more.keys()
        assert sent[noun] - {"slug"} == declared - {"slug"}


async def test_what_is_not_named_stays_and_null_empties(office: Office) -> None:
    said = {"website": "https://example.org/", "description": {"lv": "Apraksts", "en": "Description"}}
    names = [{"name": "Viens"}, {"name": "Divi"}]
    first = await office.draft("organisationUpdate", {"id": ORGANISATION, **said, "alternateNames": names})
    assert first["content"]["name"] == {"lv": "Biedrība 1"}
    assert first["content"]["description"] == said["description"]
    one, two = first["content"]["alternateNames"]
    change = {"description": {"en": None}, "website": None, "alternateNames": [{"id": two["id"]}, {"name": "Trīs"}]}
    of = {"id": ORGANISATION, "revision": first["id"], "edition": 1}
    second = await office.draft("organisationUpdate", {**of, **change})
    assert second["content"]["description"] == {"lv": "Apraksts"}
    assert "website" not in second["content"]
    assert [each["name"] for each in second["content"]["alternateNames"]] == ["Divi", "Trīs"]
    assert second["content"]["alternateNames"][0] == two
    assert one["id"] not in str(second["content"])


async def test_mistakes_are_told_where_they_stand_and_nothing_is_saved(office: Office) -> None:
    before = await sizes(office.database)
    bad = {"id": ORGANISATION, "website": "javascript:x", "identifiers": [{"scheme": "x"}, {"id": "x", "value": "y"}]}
    assert await office.refused("organisationUpdate", bad) == [
        ("NOT_A_URL", "input.website"),
        ("NOT_AN_ID", "input.identifiers.1.id"),
    ]
    amount = {"basis": "LAW", "value": "1.234", "currency": "euro"}
    told_of = [("NOT_A_CURRENCY", "input.currency"), ("NOT_A_NUMBER", "input.value")]
    assert sorted(await office.refused("agreementCreate", amount)) == told_of
    assert await sizes(office.database) == before


async def test_mistakes_are_told_in_the_language_of_the_client(office: Office) -> None:
    bad = {"id": ORGANISATION, "website": "x"}
    for languages, start in (("en-GB,lv;q=0.5", "A web"), ("lv", "Tīm"), ("de", "Tīm"), ("de, en;q=0.1", "A web")):
        payload = await office.do("organisationUpdate", bad, headers={"accept-language": languages})
        assert payload["userErrors"][0]["message"].startswith(start)
    query = """mutation ($id: ID!) { organisationUpdate(input: {id: $id, website: "x"}) {
        userErrors { lv: message(language: LV) en: message(language: EN) ru: message(language: RU) } } }"""
    [told_of] = (await office.ask(query, "editor", id=ORGANISATION))["organisationUpdate"]["userErrors"]
    assert (told_of["lv"][:3], told_of["en"][:5], told_of["ru"][:3]) == ("Tīm", "A web", "Tīm")


async def test_a_draft_becomes_public_with_its_set_and_not_before(office: Office) -> None:
    place = await office.draft("locationCreate", told("location", canonical(make_location("new"))))
    service = {"name": {"lv": "Jauns"}, "provider": ORGANISATION, "locations": [place["recordId"]]}
    shown = {"batch": place["batch"], **service, "evidence": [told_evidence()]}
    given = await office.draft("serviceCreate", shown)
    assert given["batch"] == place["batch"]
    assert given["warnings"]["nodes"] == []
    read = "query ($id: ID!) { service(id: $id) { name } node(id: $id) { id } }".replace(
        "(id: $id) { name", "(by: {id: $id}) { name"
    )
    assert (await office.ask(read, id=given["recordId"]))["service"] is None
    alone = await office.refused("revisionsPublish", {"revisions": [{"id": given["id"]}]})
    assert alone == [("NOT_PUBLISHED", "input.revisions.0.locations")]
    both = {"revisions": [{"id": each["id"], "edition": 1} for each in (given, place)]}
    ask = "seq records { nodes { id } } revisions { nodes { state version } } query { services { totalCount } }"
    payload = await office.done("revisionsPublish", both, ask=ask)
    assert [each["id"] for each in payload["records"]["nodes"]] == [given["recordId"], place["recordId"]]
    assert payload["revisions"]["nodes"] == [{"state": "DONE", "version": 1}] * 2
    assert payload["query"]["services"]["totalCount"] == 3
    assert (await office.ask(read, id=given["recordId"]))["service"] == {"name": "Jauns"}


def told_evidence() -> dict[str, Any]:
    return {"source": ident("source"), "basis": "STATED", "says": {"lv": "Tā teikts."}}


async def test_the_number_of_a_change_comes_with_it_and_a_browser_carries_it(office: Office) -> None:
    cookie = {**await office.cookie("editor"), "sec-fetch-site": "same-origin"}
    query = "mutation ($id: ID!) { recordAssure(input: {id: $id}) { seq record { id assuredBy } } }"
    answer = await office.post(query, None, cookie, id=ORGANISATION)
    body = answer.json()
    assert body["data"]["recordAssure"]["record"] == {"id": ORGANISATION, "assuredBy": "editor"}
    seq = body["data"]["recordAssure"]["seq"]
    assert body["extensions"]["seq"] == seq
    assert answer.headers["set-cookie"].startswith(f"kopa_seq={seq}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax")
    office.client.cookies.clear()
    assert "set-cookie" not in (await office.post(query, "editor", id=ORGANISATION)).headers
    assert "seq" not in (await office.post("{ directory { licences } }")).json()["extensions"]


async def test_who_saves_what_another_has_saved_meanwhile_gets_both_versions(office: Office) -> None:
    draft = await office.draft("organisationUpdate", {"id": ORGANISATION, "phone": "+37167000001"})
    mine = {"id": ORGANISATION, "revision": draft["id"], "edition": 1}
    await office.draft("organisationUpdate", {**mine, "phone": "+37167000002"})
    payload = await office.do(
        "organisationUpdate", {**mine, "phone": "+37167000003"}, ask="revision { edition content }"
    )
    assert [(each["code"], each["path"]) for each in payload["userErrors"]] == [("SAVED_MEANWHILE", ["input"])]
    assert payload["revision"]["edition"] == 2
    assert payload["revision"]["content"]["phone"] == "+37167000002"


async def test_what_two_wrote_from_the_same_base_clashes_with_all_three_versions(office: Office) -> None:
    one = await office.draft("organisationUpdate", {"id": ORGANISATION, "phone": "+37167000001"})
    two = await office.draft("organisationUpdate", {"id": ORGANISATION, "phone": "+37167000002", "founded": 1991})
    await office.done("revisionsPublish", {"revisions": [{"id": one["id"]}]})
    told_of = await office.refused("revisionsPublish", {"revisions": [{"id": two["id"]}]})
    assert told_of == [("EDITED_MEANWHILE", "input.revisions.0.phone")]
    ask = "query ($id: ID!) { viewer { revision(id: $id) { clashes { nodes { path base ours theirs } } } } }"
    found = (await office.ask(ask, "editor", id=two["id"]))["viewer"]["revision"]
    assert found["clashes"]["nodes"] == [
        {"path": ["phone"], "base": None, "ours": "+37167000002", "theirs": "+37167000001"}
    ]
    seen = (await office.ask("{ viewer { drafts { nodes { record { version } } } } }", "editor"))["viewer"]
    assert [each["record"]["version"] for each in seen["drafts"]["nodes"]] == [2]
    history = "query ($id: ID!) { viewer { history(record: $id, first: 1) { nodes { id } } } }"
    newest = (await office.ask(history, "editor", id=ORGANISATION))["viewer"]["history"]["nodes"][0]["id"]
    saved = {"id": ORGANISATION, "revision": two["id"], "edition": 1, "base": newest}
    assert (await office.draft("organisationUpdate", saved))["warnings"]["nodes"] == []
    await office.done("revisionsPublish", {"revisions": [{"id": two["id"]}]})
    both = await office.ask("query ($id: ID!) { organisation(by: {id: $id}) { phone founded } }", id=ORGANISATION)
    assert both["organisation"] == {"phone": "+37167000002", "founded": 1991}


async def test_a_merge_can_say_what_the_one_that_stays_holds(office: Office) -> None:
    both = {"duplicate": OTHER, "survivor": ORGANISATION}
    name = {"name": {"lv": "Kopā"}}
    told_of = await office.refused("organisationsMerge", {**both, **name})
    assert ("LINKS_THE_TWO", f"input.moved.{make_link().id}") in told_of
    along = {**both, **name, "withdraw": [make_link().id]}
    merged = await office.done("organisationsMerge", along, ask="record { id ... on Organisation { name } }")
    assert merged["record"] == {"id": ORGANISATION, "name": "Kopā"}
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert (await office.ask(node, id=OTHER))["node"] == {"id": ORGANISATION}
    await office.done("organisationsUnmerge", {"duplicate": OTHER})
    assert (await office.ask(node, id=OTHER))["node"] == {"id": OTHER}


async def test_hours_are_told_in_riga_and_what_is_scheduled_can_be_recalled(office: Office) -> None:
    draft = await office.draft("organisationUpdate", {"id": ORGANISATION, "founded": 1990})
    which = [{"id": draft["id"]}]
    due = {"revisions": which, "dueAt": "2099-07-01T10:00:00"}
    payload = await office.done("revisionsSchedule", due, ask="revisions { nodes { state dueAt steps } }")
    [planned] = payload["revisions"]["nodes"]
    assert (planned["state"], planned["dueAt"]) == ("SCHEDULED", "2099-07-01T07:00:00+00:00")
    assert "RECALL" in planned["steps"]
    for late in ("2001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        [(code, path)] = await office.refused("revisionsSchedule", {"revisions": which, "dueAt": late})
        assert (code, path) in {("HOUR_HAS_PASSED", "input.dueAt"), ("NOT_A_DATE", "input.dueAt")}
    await office.done("revisionsRecall", {"revisions": [draft["id"]]})
    leaving = await office.done(
        "recordsExpire",
        {"records": [make_link().id], "dueAt": "2099-07-01T10:00:00Z"},
        ask="revisions { nodes { act } }",
    )
    assert leaving["revisions"]["nodes"] == [{"act": "WITHDRAW"}]


async def test_nobody_assures_the_future(office: Office) -> None:
    assert await office.refused("recordAssure", {"id": ORGANISATION, "on": "2999-01-01"}) == [
        ("NOT_IN_THE_FUTURE", "input.on")
    ]


async def test_a_draft_of_something_else_is_none(office: Office) -> None:
    draft = await office.draft("organisationUpdate", {"id": ORGANISATION, "founded": 1990})
    for name, id in (("organisationUpdate", OTHER), ("serviceUpdate", ident("service"))):
        told_of = await office.refused(name, {"id": id, "revision": draft["id"]})
        assert told_of == [("NO_SUCH_DRAFT", "input")]
    for name, id in (("serviceUpdate", ORGANISATION), ("organisationUpdate", ident("organisation", "none"))):
        assert await office.refused(name, {"id": id}) == [("NO_SUCH_RECORD", "input.id")]
    foreign = {"id": ORGANISATION, "base": draft["id"]}
    assert await office.refused("organisationUpdate", foreign) == [("NOT_ITS_BASE", "input.base")]


async def test_what_the_readme_writes_begins_a_draft(office: Office) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    [mutation] = re.findall(r"```graphql\n(mutation .+?)```", readme, re.DOTALL)
    payload = (await office.ask(mutation, "owner", id=ORGANISATION))["organisationUpdate"]
    changed = {".".join(each["path"]): each["after"] for each in payload["revision"]["diff"]["nodes"]}
    assert payload["userErrors"] == []
    assert changed == {"phone": "+37167000000", "website": "https://example.org/"}
    assert payload["revision"]["warnings"]["nodes"] == []
