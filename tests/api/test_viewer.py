"""`viewer`: drafts, the queue, the past and the work list, each as far as whoever asks sees it."""

from __future__ import annotations

from typing import Any

from service import models
from service.api.mutations.contents import told
from service.editing.acts import Word, confirm
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from tests.api.office import ORGANISATION, OTHER, Office
from tests.catalogue.loading import TODAY
from tests.editing.observing import canonical, put
from tests.factories import ident, make_agreement, make_link, make_location, make_need, make_organisation, words
from tests.serving import eventually

LINK = make_link().id


async def viewer(office: Office, who: str, query: str, **variables: Any) -> Any:
    given = "($id: ID!)" if variables else ""
    return (await office.ask(f"query {given} {{ viewer {{ {query} }} }}", who, **variables))["viewer"]


async def listed(office: Office, who: str, field: str) -> list[str]:
    found = await viewer(office, who, f"{field} {{ totalCount nodes {{ id }} }}")
    connection = next(iter(found.values()))
    assert connection["totalCount"] == len(connection["nodes"])
    return [each["id"] for each in connection["nodes"]]


async def test_drafts_are_ones_own_and_the_queue_is_what_one_decides(office: Office) -> None:
    own = (await office.draft("organisationUpdate", {"id": ORGANISATION, "founded": 1990}, "owner"))["id"]
    theirs = (await office.draft("organisationUpdate", {"id": OTHER, "founded": 1991}, "stranger"))["id"]
    assert await listed(office, "owner", "drafts") == [own]
    assert await listed(office, "editor", "drafts") == []
    for who in ("editor", "reviewer", "owner", "analyst"):
        assert await listed(office, who, "queue") == []
    await office.done("revisionsSubmit", {"revisions": [own]}, "owner")
    await office.done("revisionsSubmit", {"revisions": [theirs]}, "stranger")
    for who, waiting in (("editor", [own, theirs]), ("reviewer", [own, theirs]), ("owner", []), ("analyst", [])):
        assert await listed(office, who, "queue") == waiting
    assert await listed(office, "editor", f'queue(filter: {{record: ["{OTHER}"]}})') == [theirs]
    assert await listed(office, "editor", "queue(filter: {noun: [SERVICE]})") == []
    assert await listed(office, "editor", "queue(filter: {state: [IN_REVIEW], noun: [ORGANISATION]})") == [own, theirs]
    assert await listed(office, "editor", 'queue(filter: {batch: ["x"]})') == []
    assert await listed(office, "owner", "drafts(filter: {state: [DRAFT]})") == []


async def test_pages_of_the_queue_go_on_where_they_ended(office: Office) -> None:
    for year in range(1990, 1995):
        draft = await office.draft("organisationUpdate", {"id": ORGANISATION, "founded": year}, "owner")
        await office.done("revisionsSubmit", {"revisions": [draft["id"]]}, "owner")
    everything = await listed(office, "editor", "queue")
    ask = 'queue(first: 2, after: "%s") { nodes { id } pageInfo { endCursor hasNextPage } }'
    page = (await viewer(office, "editor", ask.replace(', after: "%s"', "")))["queue"]
    seen = [each["id"] for each in page["nodes"]]
    while page["pageInfo"]["hasNextPage"]:
        page = (await viewer(office, "editor", ask.replace("%s", page["pageInfo"]["endCursor"])))["queue"]
        seen += [each["id"] for each in page["nodes"]]
    assert seen == everything
    assert len(seen) == 5


async def test_a_revision_is_seen_by_whom_it_concerns_with_what_they_see(office: Office) -> None:
    secret = told("location", canonical(make_location("new", address="Slepenā iela 1", confidential=True)))
    place = await office.draft("locationCreate", secret)
    need = await office.draft("needCreate", told("need", canonical(make_need("new", waiting=7))))
    ask = "revision(id: $id) { content diff { nodes { path } } warnings { nodes { path } } }"
    for who, sees in (("editor", True), ("administrator", True), ("reviewer", False), ("owner", False)):
        assert ((await viewer(office, who, ask, id=place["id"]))["revision"] is not None) is sees
    full, part = [(await viewer(office, who, ask, id=need["id"]))["revision"] for who in ("editor", "reviewer")]
    assert full["content"]["waiting"] == 7
    assert "waiting" not in str(part)
    assert {"path": ["waiting"]} in full["diff"]["nodes"]
    for id in ("", "nothing", ident("x", "none")):
        assert (await viewer(office, "editor", ask, id=id))["revision"] is None


async def test_what_a_draft_changes_is_told_word_by_word_and_in_a_language(office: Office) -> None:
    change = {"id": ORGANISATION, "description": {"lv": "Palīdzam bērniem"}, "emailByChoice": True, "parent": OTHER}
    draft = await office.draft("organisationUpdate", change)
    ask = """revision(id: $id) { diff { nodes { path before after words { nodes { mark text } } } }
        en: diff(language: EN, last: 2) { nodes { before after } } steps history { totalCount } }"""
    found = (await viewer(office, "editor", ask, id=draft["id"]))["revision"]
    by_path = {".".join(each["path"]): each for each in found["diff"]["nodes"]}
    assert by_path.keys() == {"description.lv", "emailByChoice", "parent"}
    assert by_path["description.lv"]["words"]["nodes"] == [{"mark": "ADDED", "text": "Palīdzam bērniem"}]
    assert (by_path["emailByChoice"]["before"], by_path["emailByChoice"]["after"]) == ("nē", "jā")
    assert by_path["parent"]["after"] == "Biedrība 2"
    assert found["en"]["nodes"][0] == {"before": "no", "after": "yes"}
    assert {*found["steps"]} == {"SAVE", "SUBMIT", "SCHEDULE", "PUBLISH", "DISCARD"}
    assert found["history"]["totalCount"] == 1


async def test_names_of_colleagues_are_for_those_who_decide(office: Office) -> None:
    draft = await office.draft("organisationUpdate", {"id": ORGANISATION, "founded": 1990}, "owner")
    await office.draft("organisationUpdate", {"id": ORGANISATION, "revision": draft["id"], "founded": 1991})
    ask = "revision(id: $id) { author authorName mine }"
    owner = office.accounts["owner"]
    for who, mine in (("editor", False), ("owner", True)):
        found = (await viewer(office, who, ask, id=draft["id"]))["revision"]
        assert found == {"author": owner, "authorName": "Owner", "mine": mine}
    by_editor = await office.draft("organisationUpdate", {"id": ORGANISATION, "founded": 1992})
    found = (await viewer(office, "owner", ask, id=by_editor["id"]))["revision"]
    assert found == {"author": office.accounts["editor"], "authorName": None, "mine": False}


async def test_the_past_is_that_of_those_to_whom_it_belonged(office: Office) -> None:
    service = ident("service")
    draft = await office.draft("serviceUpdate", {"id": service, "provider": OTHER, "phone": "+37167000009"})
    await office.done("revisionsPublish", {"revisions": [{"id": draft["id"]}]})
    ask = "history(record: $id) { nodes { version state diff { nodes { path before } } } }"
    full = (await viewer(office, "editor", ask, id=service))["history"]["nodes"]
    assert [(each["version"], each["state"]) for each in full] == [(2, "DONE"), (1, "DONE")]
    assert full[0]["diff"]["nodes"] == [
        {"path": ["phone"], "before": ""},
        {"path": ["provider"], "before": "Biedrība 1"},
    ]
    [now] = (await viewer(office, "stranger", ask, id=service))["history"]["nodes"]
    assert {each["before"] for each in now["diff"]["nodes"]} == {""}
    assert (await viewer(office, "owner", ask, id=service))["history"]["nodes"] == []


async def test_what_sides_say_in_confidence_is_for_the_two_and_editors(office: Office) -> None:
    said = {"link": LINK, "side": "SIDE_A", "tieLevel": 3, "note": "Citādi"}
    await office.done("cooperationLinkDispute", said, "owner")
    level = {"link": LINK, "side": "SIDE_A", "tieLevel": 5}
    await office.done("cooperationLinkReportTieLevel", level, "owner")
    ask = "words(link: $id) { nodes { side state tieLevel note role organisationId on } }"
    for who in ("owner", "stranger", "editor", "analyst"):
        now, before = (await viewer(office, who, ask, id=LINK))["words"]["nodes"]
        assert (now["state"], now["tieLevel"], now["note"]) == ("DISPUTED", 5, None)
        assert (before["tieLevel"], before["note"], before["organisationId"]) == (3, "Citādi", ORGANISATION)
    for who, id in (("reviewer", LINK), ("owner", "nothing"), ("owner", ORGANISATION)):
        assert (await viewer(office, who, ask, id=id))["words"]["nodes"] == []


async def test_what_one_can_do_is_what_one_may(office: Office) -> None:
    steps = ("PROPOSE", "PUBLISH", "WITHDRAW", "ASSURE", "CONFIRM", "AVAILABILITY", "MERGE")
    asked = " ".join(f'{step}: can(step: {step}, noun: ORGANISATION, id: "{ORGANISATION}")' for step in steps)
    asked += f' LINK: can(step: CONFIRM, noun: COOPERATION_LINK, id: "{LINK}")'
    asked += f' OTHERS: can(step: PROPOSE, noun: ORGANISATION, id: "{OTHER}")'
    asked += f' KIND: can(step: PROPOSE, noun: SERVICE, id: "{ORGANISATION}")'
    asked += " ANY: can(step: AVAILABILITY, noun: SERVICE) REGION: can(step: PROPOSE, noun: REGION)"
    may = {who: {name for name, can in (await viewer(office, who, asked)).items() if can} for who in office.accounts}
    assert may["editor"] == {*steps, "LINK", "OTHERS", "ANY", "REGION"}
    assert may["administrator"] == may["editor"]
    assert may["owner"] == {"PROPOSE", "PUBLISH", "ASSURE", "LINK", "ANY"}
    assert may["stranger"] == {"LINK", "OTHERS", "ANY"}
    assert may["reviewer"] == may["analyst"] == set()


WORK = "workList { nodes { kind records(first: 100) { totalCount nodes { id } } } }"


async def work(office: Office, who: str) -> dict[str, set[str]]:
    found = (await viewer(office, who, WORK))["workList"]["nodes"]
    return {each["kind"]: {record["id"] for record in each["records"]["nodes"]} for each in found}


async def test_the_work_list_has_what_should_be_looked_at_and_is_yours_to_mend(office: Office) -> None:
    today = office.app.state.follower.current.today
    soon, later = today.replace(month=today.month % 12 + 1, day=1), today.replace(year=today.year + 1)
    soon = soon.replace(year=today.year + (soon.month == 1))
    inferred = [{"source": ident("source"), "basis": "inferred", "says": words("Šķiet.")}]
    seq = await put(
        office.database,
        make_agreement("soon", valid_to=str(soon)),
        make_agreement("later", valid_to=str(later)),
        make_link(2, kind="grant", agreement=ident("agreement", "soon")),
        make_organisation("inferred", evidence=inferred),
    )
    second = make_link(2).id
    for link, state in ((LINK, ConfirmationState.DISPUTED), (second, ConfirmationState.CONFIRMED)):
        word = Word(Side.SIDE_A, state, ConfirmationRole.REPRESENTATIVE, TODAY, ORGANISATION)
        seq = await confirm(office.database, link, word, author="tests")
    await office.done("recordAssure", {"id": ORGANISATION, "on": "2019-01-01"})
    await office.done("recordAssure", {"id": OTHER, "on": "2018-01-01"})
    await eventually(lambda: office.app.state.follower.seq > seq)
    expected = {
        "STALE": {ORGANISATION, OTHER},
        "DISPUTED": {LINK},
        "ONE_SIDED": {second},
        "WITHOUT_EVIDENCE": {ident("organisation", "inferred")},
        "ENDING": {ident("agreement", "soon")},
    }
    assert await work(office, "editor") == expected
    own = {**expected, "STALE": {ORGANISATION}, "WITHOUT_EVIDENCE": set()}
    assert await work(office, "owner") == own
    for who in ("reviewer", "analyst"):
        assert not any((await work(office, who)).values())
    ask = "workList(first: 1) { nodes { records(first: 1) { nodes { id } } } }"
    oldest = (await viewer(office, "editor", ask))["workList"]["nodes"][0]["records"]["nodes"]
    assert oldest == [{"id": OTHER}]


async def test_webhooks_are_for_administrators(office: Office) -> None:
    asked = {"url": "https://example.org/changes", "nouns": ["SERVICE"]}
    made = await office.done("webhookCreate", asked, "administrator", "secret webhook { id nouns acts state }")
    assert made["secret"]
    assert made["webhook"]["nouns"] == ["SERVICE"]
    ask = "webhooks { nodes { id url seq tries deliveries { totalCount } } }"
    [found] = (await viewer(office, "administrator", ask))["webhooks"]["nodes"]
    assert (found["id"], found["url"]) == (made["webhook"]["id"], asked["url"])
    assert made["secret"] not in str(await viewer(office, "administrator", ask))
    for who in ("editor", "owner"):
        assert (await viewer(office, who, ask))["webhooks"]["nodes"] == []
    assert await office.refused("webhookCreate", {"url": "x"}, "administrator") == [("NOT_A_URL", "input.url")]
    assert await office.refused("webhookDelete", {"id": "x"}, "administrator") == [("NO_SUCH_WEBHOOK", "input.id")]


def test_every_noun_is_in_the_enumeration() -> None:
    from service.api.nouns import Noun

    assert [noun.value for noun in Noun] == list(models.NOUNS)
