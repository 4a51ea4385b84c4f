"""A few records and everything that editors can do with them, step by step, beside what is expected of it.

What a step does follows from a number, so a test draws numbers and the same numbers do the same.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from service.database import Database
from service.editing import workflow
from service.editing.acts import WHAT_A_WORD_IS_ABOUT, Places, Word, assure, confirm, set_availability
from service.editing.content import public
from service.editing.drafts import Draft
from service.editing.duplicates import merge_organisations, unmerge
from service.editing.history import history, latest, survivors
from service.editing.permits import Step
from service.editing.reverting import needed, restore, revert
from service.editing.revisions import (
    approve,
    discard,
    propose,
    publish,
    recall,
    save,
    send_back,
    submit,
    withdraw,
)
from service.editing.scheduling import run_due, schedule
from service.errors import InputError
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.revision import Act, RevisionState
from service.models.service import AvailabilityState
from tests.editing.observing import put, record, stored
from tests.factories import ident, make_link, make_organisation, make_service, words

ORGANISATIONS = ("a", "b", "c")
HOUR = datetime.now(UTC) + timedelta(hours=1)
ACTING = ("assure", "say", "places")
COUNTED = ("change", "revision", "record", "slug", "confirmation", "availability")
PUBLISHING = ("overwrite", "accept", "restore", "due")
"""The steps that may change what a link is about."""

MOVES: dict[str, Step] = {
    "submit": Step.SUBMIT,
    "recall": Step.RECALL,
    "send_back": Step.SEND_BACK,
    "discard": Step.DISCARD,
    "plan": Step.SCHEDULE,
}


class Editors:
    """The records of one example; no two examples share any, so that they can share a database."""

    def __init__(self, database: Database, example: int) -> None:
        self.database = database
        self.example = example
        self.nouns = {self.id("organisation", n): "organisation" for n in ORGANISATIONS}
        self.nouns |= {self.id("cooperation_link", n): "cooperation_link" for n in ("ab", "bc")}
        self.nouns[self.id("service", "s")] = "service"
        self.states: dict[str, RevisionState] = {}
        self.acts = 0

    def id(self, noun: str, name: str) -> str:
        return ident(noun, f"{self.example}/{name}")

    async def begin(self) -> None:
        await put(self.database, *(self._drawn(id, Random(n)) for n, id in enumerate(self.nouns)))

    def _drawn(self, id: str, rng: Random) -> Draft:
        """Some content of a record, which refers to others of the example."""
        name = next(name for name in ("a", "b", "c", "ab", "bc", "s") if id in self._named(name))
        if self.nouns[id] == "organisation":
            drawn = make_organisation(name, sector="municipal", phone=f"+3716700000{rng.randrange(3)}")
            if rng.random() < 0.5:
                drawn.content["website"] = f"https://example.org/{rng.randrange(3)}"
        elif self.nouns[id] == "service":
            drawn = make_service(name, provider=self.id("organisation", rng.choice("ab")))
        else:
            sides = name if rng.random() < 0.8 else "".join(rng.sample(ORGANISATIONS, 2))
            ends = {side: self.id("organisation", n) for side, n in zip(("side_a", "side_b"), sides, strict=True)}
            drawn = make_link(name, kind=rng.choice(("cooperation", "purchase")), **ends)
            drawn.content["description"] = words(f"Apraksts {rng.randrange(3)}")
        return Draft(drawn.noun, id, drawn.content)

    def _named(self, name: str) -> set[str]:
        return {self.id(noun, name) for noun in ("organisation", "cooperation_link", "service")}

    async def take(self, step: str, rng: Random) -> None:
        """One step. When it is refused nothing has happened; when it is done, what has to hold afterwards holds."""
        before, links, said = await self._counts(), await self._links(), await self._words()
        try:
            await getattr(self, f"_{step}")(rng)
        except InputError:
            assert await self._counts() == before, step
        after, spoken = await self._counts(), await self._words()
        assert spoken[: len(said)] == said
        assert all(role == "system" for *_, role in spoken[len(said) :]) or step in ACTING, step
        await self._check_resets(step, links, spoken[len(said) :])
        assert after["availability"] - before["availability"] in ((0, 1) if step == "places" else (0,))
        assert after["change"] == after["seq"]

    async def _check_resets(self, step: str, links: dict[str, Any], new: list[Any]) -> None:
        """A word falls exactly with what it was about; a party that was merged is the same party."""
        taken_back = {link for link, *_, role in new if role == "system"}
        now = await self._links()
        assert taken_back <= {link for link in now if links[link] != now[link]} or step in ACTING, step
        assert not taken_back or step in PUBLISHING, step

    async def _links(self) -> dict[str, Any]:
        pasts = await latest(self.database, [id for id, noun in self.nouns.items() if noun == "cooperation_link"])
        same = await survivors(self.database, self.nouns)
        return {
            id: [same.get(value, value) for value in map(past.content.get, WHAT_A_WORD_IS_ABOUT)]
            for id, past in pasts.items()
        }

    async def _words(self) -> list[Any]:
        """Every word ever said, in its order; later rows never change earlier ones."""
        links = [id for id, noun in self.nouns.items() if noun == "cooperation_link"]
        sql = "SELECT link_id, id, side, state, role FROM confirmation WHERE link_id IN (?, ?) ORDER BY at, id"
        return [tuple(map(str, row.values())) for row in await self.database.fetch(sql, *links)]

    async def _counts(self) -> dict[str, int]:
        counts = (f"(SELECT count(*) FROM {table}) AS {table}" for table in COUNTED)
        [row] = await self.database.fetch(f"SELECT seq, {', '.join(counts)} FROM change_clock")
        return dict(row)

    # What is published at once

    async def _overwrite(self, rng: Random) -> None:
        await publish(self.database, [self._drawn(rng.choice([*self.nouns]), rng)], author="x")

    async def _withdraw(self, rng: Random) -> None:
        await withdraw(self.database, [rng.choice([*self.nouns])], with_dependents=True, author="x")

    async def _restore(self, rng: Random) -> None:
        ids = [rng.choice([*self.nouns])]
        await restore(self.database, [*ids, *await needed(self.database, ids)], author="x")

    async def _merge(self, rng: Random) -> None:
        gone, kept = (self.id("organisation", n) for n in rng.sample(ORGANISATIONS, 2))
        links = (await latest(self.database, self.nouns)).values()
        links = [link for link in links if link.noun == "cooperation_link" and link.act is Act.PUBLISH]  # type: ignore[assignment]
        both = [link.record for link in links if {link.content["side_a"], link.content["side_b"]} == {gone, kept}]
        await merge_organisations(self.database, gone, kept, withdraw=both, author="x")

    async def _unmerge(self, rng: Random) -> None:
        await unmerge(self.database, self.id("organisation", rng.choice(ORGANISATIONS)), author="x")

    # What goes its way as a draft

    async def _propose(self, rng: Random) -> None:
        drafts = [self._drawn(id, rng) for id in rng.sample([*self.nouns], rng.randint(1, 2))]
        saved = await propose(self.database, drafts, author="author")
        self.states |= dict.fromkeys(saved.revisions, RevisionState.DRAFT)

    async def _revert(self, rng: Random) -> None:
        past = await history(self.database, rng.choice([*self.nouns]))
        reverted = await revert(self.database, rng.choice(past).revision, author="author")
        self.states[reverted.proposal.id] = RevisionState.DRAFT

    async def _save(self, rng: Random) -> None:
        if self.states:
            [draft] = await workflow.proposals(self.database, [rng.choice([*self.states])])
            before = self.states[draft.id]
            content = self._drawn(draft.record, rng).content
            await save(self.database, draft.id, content, edition=draft.edition)
            assert before in workflow.STEPS[Step.SAVE]

    async def _move(self, rng: Random) -> None:
        name = rng.choice([*MOVES])
        chosen = rng.sample([*self.states], min(len(self.states), rng.randint(1, 2)))
        allowed = all(self.states[id] in workflow.STEPS[MOVES[name]] for id in chosen)
        try:
            match name:
                case "submit":
                    await submit(self.database, chosen)
                case "recall":
                    await recall(self.database, chosen)
                case "send_back":
                    await send_back(self.database, chosen, reason="Tāpēc.", author="x")
                case "discard":
                    await discard(self.database, chosen, author="x")
                case "plan":
                    await schedule(self.database, chosen, HOUR, author="x")
        except InputError:
            assert not allowed, name
            raise
        assert allowed, name
        self.states |= {id: workflow.STEPS[MOVES[name]][self.states[id]] for id in chosen}

    async def _accept(self, rng: Random) -> None:
        chosen = rng.sample([*self.states], min(len(self.states), rng.randint(1, 2)))
        await approve(self.database, chosen, author="x")
        assert all(self.states[id] in workflow.STEPS[Step.PUBLISH] for id in chosen)
        self.states |= dict.fromkeys(chosen, RevisionState.DONE)

    async def _due(self, rng: Random) -> None:
        for outcome in await run_due(self.database, HOUR):
            mine = [id for id in outcome.revisions if id in self.states]
            assert all(self.states[id] is RevisionState.SCHEDULED for id in mine)
            became = RevisionState.IN_REVIEW if outcome.seq is None else RevisionState.DONE
            self.states |= dict.fromkeys(mine, became)

    # What is said

    async def _assure(self, rng: Random) -> None:
        await assure(self.database, rng.choice([*self.nouns]), on=date(2026, 1, 15), role="editor", author="x")

    async def _say(self, rng: Random) -> None:
        link, side = self.id("cooperation_link", rng.choice(("ab", "bc"))), rng.choice([*Side])
        state = rng.choice((ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED))
        word = Word(side, state, ConfirmationRole.EDITOR, date(2026, 1, 15), source=ident("source"), tie_level=3)
        await confirm(self.database, link, word, author="x")

    async def _places(self, rng: Random) -> None:
        said = Places(AvailabilityState.OPEN, date(2026, 1, 15), "provider", free_places=rng.randrange(9))
        await set_availability(self.database, self.id("service", "s"), said, author="x")

    async def check(self) -> None:
        """What is published is what was done last, and every draft stands where it should."""
        pasts = await latest(self.database, self.nouns)
        for id, noun in self.nouns.items():
            past, row = pasts[id], await record(self.database, id)
            expected = {Act.PUBLISH: "published", Act.WITHDRAW: "withdrawn", Act.MERGE: "merged"}[past.act]
            assert (row["state"], row["version"]) == (expected, past.version)
            content = public(noun, past.content) if past.act is Act.PUBLISH else None
            assert await stored(self.database, noun, id) == content
            versions = [each.version for each in await history(self.database, id) if each.act is Act.PUBLISH]
            assert versions == list(range(len(versions), 0, -1))
        drafts = await workflow.proposals(self.database, self.states)
        assert {draft.id: draft.state for draft in drafts if draft.state is not RevisionState.DONE} == {
            id: state for id, state in self.states.items() if state is not RevisionState.DONE
        }
