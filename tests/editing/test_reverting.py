"""Coming back: restoring what was withdrawn, reverting to any revision, what is gone and what became something else."""

from __future__ import annotations

from service.database import Database
from service.editing.dependents import all_dependents
from service.editing.duplicates import merge_organisations
from service.editing.history import Name, history, latest
from service.editing.reverting import needed, restore, revert
from service.editing.revisions import approve, withdraw
from service.models.revision import RevisionState
from tests.editing.observing import AUTHOR, changes, put, record, refusal, revisions, sizes, stored
from tests.factories import (
    everything,
    evidence,
    ident,
    make_event,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_project,
    make_service,
    words,
)


def org(name: object) -> str:
    return ident("organisation", name)


async def test_everything_that_is_withdrawn_comes_back_as_it_was(database: Database) -> None:
    await put(database, *everything())
    before = {draft.id: await stored(database, draft.noun, draft.id) for draft in everything()}
    await withdraw(database, [*before], author=AUTHOR)
    await restore(database, [*before], author="editor")
    for draft in everything():
        assert await stored(database, draft.noun, draft.id) == before[draft.id]
        assert (await record(database, draft.id))["version"] == 2
        assert [act for act, _ in await changes(database, draft.id)] == ["publish", "withdraw", "publish"]


async def test_what_refers_can_be_taken_along_and_brought_back(directory: Database) -> None:
    await put(directory, make_organisation("x", name=words("Galva")), make_service("s", provider=org("x")))
    await put(directory, make_link("l", side_a=org("x"), services=[ident("service", "s")]))
    others = {ident("service", "s"): "service", ident("cooperation_link", "l"): "cooperation_link"}
    listed = await all_dependents(directory, [org("x")])
    assert {id: name.noun for id, name in listed.items()} == others
    assert listed[ident("service", "s")] == Name("service", "Pakalpojums s")
    await withdraw(directory, [org("x")], author=AUTHOR, with_dependents=True)
    for id in (org("x"), *others):
        assert (await record(directory, id))["state"] == "withdrawn"

    link = ident("cooperation_link", "l")
    lacking = await needed(directory, [link])
    assert lacking == {org("x"): Name("organisation", "Galva"), ident("service", "s"): listed[ident("service", "s")]}
    assert await refusal(restore(directory, [link], author=AUTHOR)) == [
        ("not_published", (0, "side_a")),
        ("not_published", (0, "services")),
    ]
    await restore(directory, [link, *lacking], author=AUTHOR)
    assert (await record(directory, link))["state"] == "published"


async def test_only_what_is_withdrawn_is_restored(directory: Database) -> None:
    before = await sizes(directory)
    for id in (org(1), org("nobody")):
        assert await refusal(restore(directory, [id], author=AUTHOR)) == [("not_withdrawn", (0,))]
    assert await refusal(restore(directory, ["x"], author=AUTHOR)) == [("not_an_id", (0,))]
    assert await sizes(directory) == before


async def test_a_record_becomes_what_it_was_in_any_revision(directory: Database) -> None:
    contents = []
    for phone in ("67000001", "67000002", "67000003"):
        await put(directory, make_organisation(1, sector="municipal", phone=phone, regions=[ident("region")]))
        contents.append(await stored(directory, "organisation", org(1)))
    await put(directory, make_organisation(1, sector="municipal"))
    past = await history(directory, org(1))
    assert [each.version for each in past] == [5, 4, 3, 2, 1]
    reverted = await revert(directory, past[2].revision.upper(), author="author")
    assert reverted.gone == []
    assert (reverted.proposal.state, reverted.proposal.base) == (RevisionState.DRAFT, past[0].revision)
    await approve(directory, [reverted.proposal.id], author="reviewer")
    assert await stored(directory, "organisation", org(1)) == contents[1]
    assert (await history(directory, org(1)))[0].author == "author"


async def test_what_has_gone_is_left_out_and_told(directory: Database) -> None:
    await put(
        directory, make_location("seat", name=words("Vecā māja")), make_organisation("x", name=words("Biedrība X"))
    )
    roles = [{"organisation": org("x"), "role": "lead"}, {"organisation": org(1), "role": "partner"}]
    await put(directory, make_organisation(1, sector="municipal", seat=ident("location", "seat")))
    await put(directory, make_project(1, participations=roles, evidence=[evidence(1), evidence(2)]))
    old = {noun: (await latest(directory, [ident(noun)]))[ident(noun)] for noun in ("organisation", "project")}
    await put(directory, make_organisation(1, sector="municipal"), make_project(1))
    await withdraw(directory, [org("x"), ident("location", "seat")], author=AUTHOR)

    reverted = await revert(directory, old["organisation"].revision, author=AUTHOR)
    assert [(each.code, each.path) for each in reverted.gone] == [("gone", ("seat",))]
    assert "Vecā māja" in reverted.gone[0].message
    assert "seat" not in reverted.proposal.content
    await approve(directory, [reverted.proposal.id], author=AUTHOR)

    reverted = await revert(directory, old["project"].revision, author=AUTHOR)
    assert [(each.code, each.path) for each in reverted.gone] == [("gone", ("participations", 0, "organisation"))]
    assert [item["organisation"] for item in reverted.proposal.content["participations"]] == [org(1)]
    await approve(directory, [reverted.proposal.id], author=AUTHOR)


async def test_what_was_merged_is_followed(directory: Database) -> None:
    await put(directory, make_organisation("a"), make_organisation("b"), make_service("s", provider=org("a")))
    old = (await latest(directory, [ident("service", "s")]))[ident("service", "s")]
    await put(directory, make_service("s", provider=org(1)))
    await merge_organisations(directory, org("a"), org("b"), author=AUTHOR)
    reverted = await revert(directory, old.revision, author=AUTHOR)
    assert (reverted.proposal.content["provider"], reverted.gone) == (org("b"), [])

    need = make_need("n", stated_by=org("b"))
    await put(directory, need)
    await withdraw(directory, [need.id], author=AUTHOR)
    await merge_organisations(directory, org("b"), org(2), author=AUTHOR)
    await restore(directory, [need.id], author=AUTHOR)
    assert (await stored(directory, "need", need.id) or {})["stated_by"] == org(2)


async def test_only_revisions_of_content_are_reverted_to(directory: Database) -> None:
    await put(directory, make_organisation("a"), make_organisation("b"))
    old = (await latest(directory, [org("a")]))[org("a")]
    draft = (await revert(directory, old.revision, author=AUTHOR)).proposal
    for revision in (draft.id, org("a"), "x"):
        assert await refusal(revert(directory, revision, author=AUTHOR)) == [("no_such_revision", ("revision",))]
    await merge_organisations(directory, org("a"), org("b"), author=AUTHOR)
    assert await refusal(revert(directory, old.revision, author=AUTHOR)) == [("merged_record", ("revision",))]
    assert await refusal(approve(directory, [draft.id], author=AUTHOR)) == [("merged_record", (0, "id"))]


async def test_a_withdrawn_record_comes_back_by_a_revert_too(directory: Database) -> None:
    await put(directory, make_event("e", title=words("Pirmais")), make_event("e2"))
    await put(directory, make_event("e", title=words("Otrais")))
    await withdraw(directory, [ident("event", "e")], author=AUTHOR)
    first = (await history(directory, ident("event", "e")))[-1]
    reverted = await revert(directory, first.revision, author=AUTHOR)
    await approve(directory, [reverted.proposal.id], author=AUTHOR)
    assert (await stored(directory, "event", ident("event", "e")) or {})["title"] == words("Pirmais")
    assert [act for act, *_ in await revisions(directory, ident("event", "e"))] == ["publish"] * 2 + [
        "withdraw",
        "publish",
    ]
