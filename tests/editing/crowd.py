"""People of every role who do whatever comes to their mind with a few records, allowed or not, and what is known of it.

Everything that somebody writes holds a sign of its own, so that it can be told at any time what of it is where. What a
step does follows from a number: the same seed does the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from service.accounts.viewer import Viewer
from service.database import Database
from service.editing import workflow
from service.editing.acts import Places, Word, assure, confirm, set_availability
from service.editing.drafts import Draft
from service.editing.duplicates import merge_organisations, unmerge
from service.editing.history import history, latest
from service.editing.history import pasts as pasts_of
from service.editing.permits import Permit
from service.editing.policy import permit
from service.editing.redaction import redact
from service.editing.reverting import needed, restore, revert
from service.editing.revisions import approve, discard, propose, publish, recall, save, send_back, submit, withdraw
from service.editing.scheduling import expire, run_due, schedule
from service.errors import InputError
from service.models.account import Scope
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.revision import Act, RevisionState
from service.models.service import AvailabilityState
from tests.editing.observing import put
from tests.editing.test_policy import OWNER, STRANGER, made
from tests.factories import (
    basics,
    evidence,
    ident,
    make_link,
    make_location,
    make_organisation,
    make_service,
    make_term,
    term,
    words,
)

SIGN = re.compile(r"Zīme\d{6}")
SHELTER = make_term("shelter", confidential_by_default=True)
OTHERS = (9, "c", "d", "e", "f")
RECORDS = {
    **{ident("organisation", name): "organisation" for name in (1, *OTHERS)},
    **{ident("service", name): "service" for name in ("s", "t")},
    **{ident("location", name): "location" for name in ("x", "y", "z")},
    **{ident("cooperation_link", name): "cooperation_link" for name in ("ab", "bc")},
}
"""Organisation 1 has a representative, the owner, and 9 another, the stranger."""

TODAY = date(2026, 1, 15)
AFTER = timedelta(days=2)
READER = "reader"
"""An editor's token that is good for reading only."""

PEOPLE = (
    "administrator",
    "administrator",
    "editor",
    "editor",
    "editor",
    "reviewer",
    OWNER,
    OWNER,
    STRANGER,
    "analyst",
    READER,
)
WEIGHTS = {"publish": 6, "propose": 8, "save": 5, "submit": 6, "recall": 2, "send_back": 3, "discard": 2, "approve": 10}
WEIGHTS |= {"plan": 3, "due": 2, "expire": 1, "withdraw": 2, "restore": 8, "revert": 3, "merge": 2, "unmerge": 8}
WEIGHTS |= {"assure": 2, "say": 5, "places": 2, "redact": 3}
STEPS = [step for step, weight in WEIGHTS.items() for _ in range(weight)]

KEEPING = {"withdraw", "restore", "merge", "unmerge", "expire", "send_back", "plan"}
NEVER = {
    "analyst": set(WEIGHTS) - {"due"},
    READER: set(WEIGHTS) - {"due"},
    OWNER: KEEPING | {"redact"},
    STRANGER: KEEPING | {"redact"},
    "reviewer": {"publish", "propose", "save", "revert", "withdraw", "restore", "merge", "unmerge", "redact", "say"},
    "editor": {"redact"},
}
"""What each of them must not be able to do, whatever it is done to."""


@dataclass
class Known:
    """What was acknowledged: where each draft stands and what was last published of each record, by sign."""

    drafts: dict[str, tuple[str, str | None, RevisionState]] = field(default_factory=dict)
    last: dict[str, str | None] = field(default_factory=dict)
    published: dict[str, set[str]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    redacted: set[str] = field(default_factory=set)

    def publish(self, record: str, sign: str | None) -> None:
        self.last[record] = sign
        if sign:
            self.published.setdefault(record, set()).add(sign)

    def forget(self, sign: str) -> None:
        self.redacted.add(sign)
        self.written.remove(sign)
        self.last = {id: None if each == sign else each for id, each in self.last.items()}
        self.drafts = {
            id: (record, None if each == sign else each, state) for id, (record, each, state) in self.drafts.items()
        }
        for signs in self.published.values():
            signs.discard(sign)


class Crowd:
    """Those people, the directory they write in, and what is known of it."""

    def __init__(self, database: Database, rng: Random) -> None:
        self.database = database
        self.rng = rng
        self.known = Known()
        self.viewers: dict[str, Viewer] = {}
        self.who = ""
        self.done: dict[tuple[str, str], int] = {}
        self.refused = 0
        self._numbers = count()

    async def begin(self) -> None:
        """The directory as everybody finds it."""
        others = [make_organisation(name, sector="municipal") for name in OTHERS]
        await put(self.database, *basics(), SHELTER, *others)
        for name in dict.fromkeys(PEOPLE):
            if name != READER:
                self.viewers[name] = await made(self.database, name)
        self.viewers[READER] = replace(self.viewers["editor"], scopes=frozenset({Scope.READ}))
        first = [self._drawn(id) for id in RECORDS]
        await put(self.database, *first)
        for draft in first:
            self.known.publish(draft.id, sign_of(draft.content))

    async def take(self) -> tuple[str, bool]:
        """One step of somebody; whether it was done."""
        step, self.who = self.rng.choice(STEPS), self.rng.choice(PEOPLE)
        try:
            acts = await getattr(self, f"_{step}")()
        except InputError:
            self.refused += 1
            return step, False
        if acts is not False:
            assert step not in NEVER.get(self.who, ()), (self.who, step)
            self.done[self.who, step] = self.done.get((self.who, step), 0) + 1
        return step, acts is not False

    @property
    def author(self) -> str:
        return self.viewers[self.who].account

    @property
    def permit(self) -> Permit:
        return permit(self.viewers[self.who])

    @property
    def by(self) -> dict[str, Any]:
        return {"author": self.author, "permit": self.permit}

    def _drawn(self, id: str) -> Draft:
        """Some content of a record, which refers to others here, with a new sign in it."""
        rng, noun, sign = self.rng, RECORDS[id], f"Zīme{next(self._numbers):06}"
        self.known.written.append(sign)
        organisations, places = self._of("organisation"), self._of("location")
        said = {"description": words(f"{sign}.", f"It is {sign}.")}
        if noun == "organisation":
            drawn = make_organisation(1, sector="municipal", phone=f"+3716700000{rng.randrange(3)}", **said)
        elif noun == "service":
            category = SHELTER.id if rng.random() < 0.5 else term()
            where = {"locations": rng.sample(places, rng.randint(0, 3)), "categories": [category]}
            drawn = make_service("s", provider=rng.choice(organisations), **where, **said)
        elif noun == "location":
            address = f"Zīmju iela {1 + places.index(id)}"
            hidden = {"confidential": rng.random() < 0.2, "disclosed": rng.random() < 0.2}
            drawn = make_location(1, name=words(sign), address=address, **hidden)
        else:
            side_a, side_b = rng.sample(organisations, 2)
            kind = rng.choice(("cooperation", "purchase", "delegation"))
            drawn = make_link(1, kind=kind, side_a=side_a, side_b=side_b, **said)
        if rng.random() < 0.2:
            drawn.content["evidence"] = [evidence(locator=f"{sign}, 1. lpp.")]
        return Draft(noun, id, drawn.content)

    def _of(self, noun: str) -> list[str]:
        return [id for id, its in RECORDS.items() if its == noun]

    def _some(self, ids: Iterable[str], most: int = 2) -> list[str]:
        found = list(ids)
        return self.rng.sample(found, min(len(found), self.rng.randint(1, most)))

    def _drafts(self, *states: RevisionState) -> list[str]:
        """Drafts to do something with: mostly open ones, now and then any."""
        anything = not states or self.rng.random() < 0.1
        return [id for id, (*_, state) in self.known.drafts.items() if anything or state in states][-12:]

    # What is published at once

    async def _publish(self) -> None:
        drafts = [self._drawn(id) for id in self._some(RECORDS)]
        now = await latest(self.database, [draft.id for draft in drafts])
        if self.rng.random() < 0.3:
            # As representatives do: another telephone number, and nothing else.
            drafts = [Draft(each.noun, id, {**each.content, "phone": "+37167000009"}) for id, each in now.items()]
        await publish(self.database, drafts, **self.by)
        for draft in drafts:
            self.known.publish(draft.id, sign_of(draft.content))

    async def _withdraw(self) -> None:
        await withdraw(self.database, self._some(RECORDS), with_dependents=self.rng.random() < 0.7, **self.by)

    async def _restore(self) -> None:
        pasts = await latest(self.database, RECORDS)
        gone = [id for id, past in pasts.items() if past.act is Act.WITHDRAW or self.rng.random() < 0.1]
        ids = self._some(gone or RECORDS)
        more = await needed(self.database, ids) if self.rng.random() < 0.8 else {}
        await restore(self.database, [*ids, *(id for id in more if id not in ids)], **self.by)

    async def _merge(self) -> None:
        gone, kept = self.rng.sample(self._of("organisation"), 2)
        links = (await latest(self.database, self._of("cooperation_link"))).values()
        public = [link for link in links if link.act is Act.PUBLISH]
        both = [link.record for link in public if {link.content["side_a"], link.content["side_b"]} == {gone, kept}]
        await merge_organisations(self.database, gone, kept, withdraw=both, **self.by)

    async def _unmerge(self) -> None:
        pasts = await latest(self.database, self._of("organisation"))
        merged = [id for id, past in pasts.items() if past.act is Act.MERGE or self.rng.random() < 0.1]
        await unmerge(self.database, self.rng.choice(merged or self._of("organisation")), **self.by)

    async def _redact(self) -> None:
        sign = self.rng.choice(self.known.written)
        await redact(self.database, sign, reason="Tā lūdza.", **self.by)
        self.known.forget(sign)

    # What goes its way as a draft

    async def _propose(self) -> None:
        batch = None
        if (waiting := self._drafts(RevisionState.DRAFT)) and self.rng.random() < 0.3:
            [other] = await workflow.proposals(self.database, [self.rng.choice(waiting)])
            batch = other.batch
        drafts = [self._drawn(id) for id in self._some(RECORDS)]
        saved = await propose(self.database, drafts, batch=batch, **self.by)
        for proposal in saved.proposals:
            self.known.drafts[proposal.id] = proposal.record, sign_of(proposal.content), RevisionState.DRAFT

    async def _revert(self) -> None:
        past = self.rng.choice(await history(self.database, self.rng.choice(list(RECORDS))))
        proposal = (await revert(self.database, past.revision, **self.by)).proposal
        self.known.drafts[proposal.id] = proposal.record, sign_of(proposal.content), RevisionState.DRAFT

    async def _save(self) -> bool | None:
        drafts = self._drafts(RevisionState.DRAFT, RevisionState.SENT_BACK)
        if not drafts:
            return False
        [draft] = await workflow.proposals(self.database, [self.rng.choice(drafts)])
        content = self._drawn(draft.record).content
        edition = draft.edition - (self.rng.random() < 0.1)
        seen = (await latest(self.database, [draft.record])).get(draft.record) if self.rng.random() < 0.7 else None
        base = seen.revision if seen else None
        work = save(self.database, draft.id, content, edition=edition, base=base, permit=self.permit)
        [saved] = (await work).proposals
        self.known.drafts[draft.id] = draft.record, sign_of(saved.content), saved.state
        return None

    async def _submit(self) -> bool:
        return await self._moved(submit, RevisionState.IN_REVIEW, RevisionState.DRAFT, RevisionState.SENT_BACK)

    async def _recall(self) -> bool:
        return await self._moved(recall, RevisionState.DRAFT, RevisionState.IN_REVIEW, RevisionState.SCHEDULED)

    async def _discard(self) -> bool:
        return await self._moved(discard, RevisionState.DISCARDED, *workflow.OPEN, author=self.author)

    async def _send_back(self) -> bool:
        said = {"reason": "Tāpēc.", "author": self.author}
        return await self._moved(send_back, RevisionState.SENT_BACK, RevisionState.IN_REVIEW, **said)

    async def _moved(self, move: Callable[..., Any], to: RevisionState, *states: RevisionState, **said: Any) -> bool:
        chosen = self._some(self._drafts(*states))
        if not chosen:
            return False
        await move(self.database, chosen, permit=self.permit, **said)
        for id in chosen:
            self.known.drafts[id] = (*self.known.drafts[id][:2], to)
        return True

    async def _plan(self) -> bool:
        chosen = self._some(self._drafts(RevisionState.DRAFT, RevisionState.IN_REVIEW))
        if not chosen:
            return False
        await schedule(self.database, chosen, datetime.now(UTC) + timedelta(days=1), **self.by)
        for id in chosen:
            self.known.drafts[id] = (*self.known.drafts[id][:2], RevisionState.SCHEDULED)
        return True

    async def _expire(self) -> None:
        ids = self._some(RECORDS)
        planned = await expire(self.database, ids, datetime.now(UTC) + timedelta(days=1), **self.by)
        for id, revision in zip(ids, planned, strict=True):
            self.known.drafts[revision] = id, None, RevisionState.SCHEDULED

    async def _approve(self) -> bool:
        states = (RevisionState.DRAFT, RevisionState.IN_REVIEW, RevisionState.SCHEDULED)
        chosen = self._some(self._drafts(*states))
        if not chosen:
            return False
        found = await workflow.proposals(self.database, chosen)
        await approve(self.database, chosen, **self.by)
        await self._done(found)
        return True

    async def _due(self) -> None:
        """Days go by."""
        planned = [id for id, (*_, state) in self.known.drafts.items() if state is RevisionState.SCHEDULED]
        drafts = {draft.id: draft for draft in await workflow.proposals(self.database, planned)}
        for outcome in await run_due(self.database, datetime.now(UTC) + AFTER):
            if outcome.seq is not None:
                await self._done([drafts[id] for id in outcome.revisions])
            else:
                for id in outcome.revisions:
                    self.known.drafts[id] = (*self.known.drafts[id][:2], RevisionState.IN_REVIEW)

    async def _done(self, found: list[workflow.Proposal]) -> None:
        bases = await pasts_of(self.database, [draft.base for draft in found if draft.base])
        for draft in found:
            record, sign, _ = self.known.drafts[draft.id]
            self.known.drafts[draft.id] = record, sign, RevisionState.DONE
            # Whoever left the words as they were gets those that somebody else published since.
            unchanged = draft.base and text_of(bases[draft.base].content) == text_of(draft.content)
            if draft.act is Act.PUBLISH and not unchanged:
                self.known.publish(record, sign)

    # What is said

    async def _assure(self) -> None:
        await assure(self.database, self.rng.choice(list(RECORDS)), on=TODAY, role="editor", **self.by)

    async def _say(self) -> None:
        own = next(iter(self.viewers[self.who].organisations), None)
        role = ConfirmationRole.REPRESENTATIVE if own else ConfirmationRole.EDITOR
        state = self.rng.choice((ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED))
        word = Word(self.rng.choice(list(Side)), state, role, TODAY, own, None if own else ident("source"), 3)
        await confirm(self.database, self.rng.choice(self._of("cooperation_link")), word, **self.by)

    async def _places(self) -> None:
        said = Places(AvailabilityState.OPEN, TODAY, "provider", free_places=self.rng.randrange(9))
        await set_availability(self.database, self.rng.choice(self._of("service")), said, **self.by)


def text_of(content: Any) -> Any:
    """The words in which a record here has its sign."""
    return content.get("description") or content.get("name")


def sign_of(content: Any) -> str | None:
    """The sign that a content holds in its words; None when it was redacted."""
    found = SIGN.findall(json.dumps({**content, "evidence": None}, ensure_ascii=False))
    assert len(set(found)) <= 1
    return found[0] if found else None
