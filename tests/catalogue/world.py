"""A small directory that changes at random: edits, withdrawals, acts, merges, whatever comes back, days.

What a step does follows from a number, so a test draws numbers and the same numbers do the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date, timedelta
from random import Random
from typing import Any

from service import models
from service.database import Database
from service.editing.acts import Places, Word, assure, confirm, set_availability
from service.editing.duplicates import merge_organisations, unmerge
from service.editing.history import history, latest
from service.editing.reverting import needed, restore, revert
from service.editing.revisions import Draft, approve, publish, withdraw
from service.errors import InputError
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side
from service.models.revision import Act
from service.models.service import AvailabilityState
from service.models.shape import Shape, shape
from tests.catalogue.directory import Making, ident, proof
from tests.catalogue.loading import AUTHOR, TODAY
from tests.catalogue.values import text, value

Content = dict[str, Any]

SIZES = dict.fromkeys(("source", "region", "taxonomy_term", "location", "organisation", "service"), 5)
SIZES |= dict.fromkeys(("project", "agreement", "event", "need", "figure"), 3) | {"cooperation_link": 6}
TAXONOMIES = ("service_category", "target_group", "activity_field", "life_situation")
REQUIRED = {
    "taxonomy_term": ("taxonomy",),
    "location": ("region",),
    "service": ("organisation",),
    "cooperation_link": ("organisation", "organisation", "project"),
    "need": ("organisation", "region", "taxonomy_term"),
    "figure": ("organisation", "region", "service", "project"),
}
MOST_LEAVING = 12
MOST_MERGED = 2


def _pool() -> dict[str, list[str]]:
    """Every id there can be, by noun; what is later in a list may lie in what is earlier."""
    found = {noun: [ident(noun, n) for n in range(size)] for noun, size in SIZES.items()}
    found["taxonomy"] = [ident("taxonomy", code) for code in TAXONOMIES]
    found["taxonomy_term"] = [term for code in TAXONOMIES for term in terms_of(code)]
    return {noun: found[noun] for noun in models.NOUNS}


def terms_of(taxonomy: str) -> list[str]:
    return [ident("taxonomy_term", f"{taxonomy}/{n}") for n in range(3)]


POOL = _pool()
NOUN = {id: noun for noun, ids in POOL.items() for id in ids}


class Chance(Random):
    """Nothing is chosen where there is nothing."""

    def choice(self, seq: Any) -> Any:
        return super().choice(seq) if seq else None


class Growing(Making):
    """Drafts that refer only to what is there."""

    def __init__(self, there: Set[str], seed: int, fullness: float) -> None:
        super().__init__(seed, fullness, {})
        self.rng = Chance(seed)
        self.ids = {noun: [id for id in pool if id in there] for noun, pool in POOL.items()}
        self.terms = {code: [id for id in terms_of(code) if id in there] for code in TAXONOMIES}

    def some(self, ids: list[str], most: int = 3) -> list[str]:
        return super().some(ids, most) if ids else []


class World:
    """What is published, as the drafts say, and the steps that change it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.drafts: dict[str, Draft] = {}
        self.last: dict[str, Draft] = {}
        self.merged: set[str] = set()
        self.today = TODAY

    async def publish(self, rng: Random) -> int | None:
        """A few records that may refer to each other, new, changed or come back; the seq, None when refused."""
        chosen = rng.choices([1, 2, 4, 12, len(NOUN)], [40, 20, 15, 5, 2])[0]
        ids = set(rng.sample(sorted(NOUN.keys() - self.merged), min(chosen, len(NOUN) - len(self.merged))))
        ids |= self.needed(ids)
        return await self.put(self.drafted(ids, rng))

    async def put(self, drafts: list[Draft]) -> int | None:
        """Publish drafts; None when they are refused."""
        try:
            seq = await publish(self.database, drafts, author=AUTHOR)
        except InputError:
            return None
        self.drafts |= {draft.id: draft for draft in drafts}
        self.last |= self.drafts
        return seq

    def needed(self, ids: set[str]) -> set[str]:
        """What has to be published along, because nothing of its noun is there yet."""
        added: set[str] = set()
        ahead = list(ids)
        while ahead:
            noun = NOUN[ahead.pop()]
            wanted = [*REQUIRED.get(noun, ()), *(("source",) if models.NOUNS[noun].NEEDS_EVIDENCE else ())]
            for target in dict.fromkeys(wanted):
                pool = _of(noun, target)
                have = sum(id in self.drafts or id in ids or id in added for id in pool)
                free = [id for id in pool if id not in self.drafts and id not in ids | added | self.merged]
                more = free[: max(0, wanted.count(target) - have)] if target != "taxonomy" else free
                added |= {*more}
                ahead += more
        return added

    def drafted(self, ids: set[str], rng: Random) -> list[Draft]:
        """Drafts for ids, that refer to what is published and to each other."""
        there = self.drafts.keys() | ids
        making = Growing(there, rng.randrange(2**32), rng.choice((0.2, 0.5, 0.8)))
        making.drafts |= self.drafts
        for id in sorted(ids, key=lambda id: (list(POOL).index(NOUN[id]), id)):
            _draft(making, id)
        return [self._edited(making.drafts[id], making.rng, there) for id in sorted(ids)]

    def _edited(self, fresh: Draft, rng: Random, there: set[str]) -> Draft:
        """The fresh draft, or what the record last held with a few of its fields."""
        before = self.last.get(fresh.id)
        if before is None or rng.random() < 0.4 or not {*references(before)} <= there:
            return fresh
        names = sorted(before.content.keys() | fresh.content.keys())
        changed = set(rng.sample(names, min(len(names), rng.randint(0, 3))))
        content = {
            name: source.content[name]
            for name in names
            for source in (fresh if name in changed else before,)
            if name in source.content
        }
        return Draft(fresh.noun, fresh.id, content)

    async def withdraw(self, rng: Random) -> int | None:
        """A record and all that refer to it."""
        if not self.drafts:
            return None
        gone = {rng.choice(sorted(self.drafts))}
        while more := {draft.id for draft in self.drafts.values() if not gone.isdisjoint(references(draft))} - gone:
            gone |= more
        if len(gone) > MOST_LEAVING and rng.random() < 0.9:
            return None
        try:
            seq = await withdraw(self.database, sorted(gone), author=AUTHOR)
        except InputError:
            return None
        for id in gone:
            del self.drafts[id]
        return seq

    async def act(self, rng: Random) -> int | None:
        """An assurance, the word of a side, or free places."""
        on = self.today - timedelta(days=rng.choice((0, 1, 40, 300, 500, 800)))
        links, services = self._of("cooperation_link"), self._of("service")
        kind = rng.choice(("assure", "confirm", "confirm", "availability"))
        if kind == "confirm" and links:
            return await self._confirm(rng, rng.choice(links), on)
        if kind == "availability" and services:
            state = rng.choice(list(AvailabilityState))
            free = 3 if state is AvailabilityState.OPEN else None
            weeks = 5 if state is AvailabilityState.QUEUE else None
            places = Places(state, on, "provider", free_places=free, weeks_to_wait=weeks)
            return await set_availability(self.database, rng.choice(services), places, author=AUTHOR)
        if not self.drafts:
            return None
        return await assure(self.database, rng.choice(sorted(self.drafts)), on=on, role="editor", author=AUTHOR)

    async def _confirm(self, rng: Random, link: str, on: date) -> int:
        side = rng.choice(list(Side))
        states = (ConfirmationState.ASKED, ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED)
        word = Word(side, rng.choice(states), ConfirmationRole.EDITOR, on, source=rng.choice(self._of("source")))
        if rng.random() < 0.3:
            of = self.drafts[link].content[side.value]
            word = Word(side, rng.choice(states), ConfirmationRole.REPRESENTATIVE, on, organisation=of)
        return await confirm(self.database, link, word, author=AUTHOR)

    async def merge(self, rng: Random) -> int | None:
        """One organisation answers for two; the links between them go."""
        there = self._of("organisation")
        if len(there) < 2 or len(self.merged) >= MOST_MERGED:
            return None
        gone, kept = rng.sample(there, 2)
        links = [self.drafts[id] for id in self._of("cooperation_link")]
        between = [link.id for link in links if {link.content["side_a"], link.content["side_b"]} == {gone, kept}]
        try:
            seq = await merge_organisations(self.database, gone, kept, withdraw=between, author=AUTHOR)
        except InputError:
            return None
        self.merged.add(gone)
        await self._read()
        return seq

    async def unmerge(self, rng: Random) -> int | None:
        """A merge is taken back, if nothing that it wrote was edited since."""
        if not self.merged:
            return None
        gone = rng.choice(sorted(self.merged))
        try:
            seq = await unmerge(self.database, gone, author=AUTHOR)
        except InputError:
            return None
        self.merged.remove(gone)
        await self._read()
        return seq

    async def restore(self, rng: Random) -> int | None:
        """A withdrawn record comes back, with those that it cannot be without."""
        gone = sorted(self.last.keys() - self.drafts.keys() - self.merged)
        if not gone:
            return None
        ids = [rng.choice(gone)]
        ids += await needed(self.database, ids)
        try:
            seq = await restore(self.database, ids, author=AUTHOR)
        except InputError:
            return None
        await self._read()
        return seq

    async def revert(self, rng: Random) -> int | None:
        """A record becomes what it was in one of its revisions."""
        if not self.last:
            return None
        past = await history(self.database, rng.choice(sorted(self.last)))
        try:
            reverted = await revert(self.database, rng.choice(past).revision, author=AUTHOR)
            seq = await approve(self.database, [reverted.proposal.id], author=AUTHOR)
        except InputError:
            return None
        await self._read()
        return seq

    async def _read(self) -> None:
        """Learn what is published now from the revisions."""
        pasts = (await latest(self.database, NOUN)).values()
        there = {past.record: Draft(past.noun, past.record, past.content) for past in pasts if past.act is Act.PUBLISH}
        self.drafts = there
        self.last |= there

    def _of(self, noun: str) -> list[str]:
        return [id for id in POOL[noun] if id in self.drafts]


def _of(noun: str, target: str) -> list[str]:
    return terms_of("service_category") if (noun, target) == ("need", "taxonomy_term") else POOL[target]


def references(draft: Draft) -> Iterator[str]:
    """The ids of the records that a draft refers to."""
    yield from (id for id in _ids(shape(draft.noun), draft.content) if id != draft.id)


def _ids(table: Shape, content: Content) -> Iterator[str]:
    yield from (content[name] for name, noun in table.references.items() if noun != "evidence" and content.get(name))
    for name in table.sets:
        yield from content.get(name) or []
    for name, part in table.parts.items():
        for item in content.get(name) or []:
            yield from _ids(part, item)


def _draft(making: Making, id: str) -> None:
    noun, rng = NOUN[id], making.rng
    making.add(noun, id, GIVEN[noun](making, id) if noun in GIVEN else {})
    content = making.drafts[id].content
    if models.NOUNS[noun].HAS_SLUG and rng.random() < 0.4:
        content["slug"] = f"nosaukums-{rng.randrange(6)}"
    if noun == "organisation" and content.get("identifiers"):
        content["identifiers"][0]["value"] = f"4000800000{rng.randrange(9)}"
    if noun == "service" and content.get("register_number"):
        content["register_number"] = f"R-{rng.randrange(9)}"
    if noun == "location":
        content["disclosed"] = True  # So that it is what the draft says, whatever is given there.
    if noun == "location" and content.get("confidential"):
        content["region"] = rng.choice(making.ids["region"][:2])
    for name in shape(noun).parts:
        _name_parts(content.get(name) or [], id, name, rng)
    proofs = [item["id"] for item in content.get("evidence", [])]
    for item in content.get("quality", []):
        if "evidence" in item:
            item["evidence"] = rng.choice(proofs)


def _name_parts(items: list[Content], owner: str, name: str, rng: Random) -> None:
    """Ids by which some are kept by the next edit, and their order at random."""
    for item, n in zip(items, rng.sample(range(4), len(items)), strict=True):
        item["id"] = proof(f"{owner}/{name}", n)
    rng.shuffle(items)


def _region(making: Making, id: str) -> Content:
    """The first two are municipalities, so that confidential places have one; whatever one lies in is earlier."""
    rng, place = making.rng, POOL["region"].index(id)
    earlier = [region for region in making.ids["region"] if POOL["region"].index(region) < place]
    former = place > 1 and rng.random() < 0.5
    steps = [_succession(to, rng) for to in rng.sample(earlier, rng.randint(0, min(2, len(earlier))))] if former else []
    if rng.random() < 0.1:
        steps.append({"successor": id, "relation": "unchanged", "on": "2021-07-01"})
    return {
        "code": f"kods-{rng.randrange(9)}",
        "kind": "former" if former else "municipality" if place < 2 else rng.choice(("parish", "town", "state_city")),
        "former_kind": "municipality" if former else None,
        "parent": rng.choice(earlier) if earlier and rng.random() < 0.6 else None,
        "valid_from": None,
        "valid_to": "2021-06-30" if former else None,
        "successions": steps,
    }


def _succession(to: str, rng: Random) -> Content:
    relation = rng.choice(("merged_into", "split", "enlarged"))
    return {"successor": to, "relation": relation, "part": text(rng) if relation == "split" else None} | {
        "on": rng.choice(("2009-07-01", "2021-07-01"))
    }


def _taxonomy(making: Making, id: str) -> Content:
    """Only a taxonomy that no field takes its terms from can change its code."""
    code = TAXONOMIES[POOL["taxonomy"].index(id)]
    return {"code": f"{code}_{making.rng.randrange(3)}" if code == "life_situation" else code}


def _term(making: Making, id: str) -> Content:
    rng = making.rng
    taxonomy = next(code for code in TAXONOMIES if id in terms_of(code))
    earlier = [term for term in making.terms[taxonomy] if term < id]
    return {
        "taxonomy": ident("taxonomy", taxonomy),
        "code": f"j-{rng.randrange(5)}",
        "parent": rng.choice(earlier) if earlier and rng.random() < 0.6 else None,
        "related": making.some(making.ids["taxonomy_term"]) if rng.random() < 0.4 else None,
    }


def _organisation(making: Making, id: str) -> Content:
    return {"sector": value(shape("organisation").scalars["sector"], making.rng) if making.maybe() else "municipal"}


GIVEN = {"region": _region, "taxonomy": _taxonomy, "taxonomy_term": _term, "organisation": _organisation}
