"""What would happen if drafts were published now: what that would be refused with, and where they clash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.database import Database, Reader
from service.editing import cautions, history, workflow
from service.editing.drafts import Draft
from service.editing.fields import identifiers
from service.editing.history import Past
from service.editing.merging import Clash, merge
from service.editing.publishing import Work, broken, merge_with_published
from service.editing.workflow import Proposal
from service.errors import Problem
from service.models.revision import Act
from service.turns import in_turns


async def warnings(reader: Reader, proposal: Proposal) -> list[Problem]:
    """What publishing a draft would be refused with, together with the other drafts of its set."""
    reading = Work()
    reading.publish(Draft(proposal.noun, proposal.record, proposal.content), (0,))
    past = await history.latest(reader, [proposal.record])
    return await foreseen(reader, [proposal], past, reading.problems)


async def foreseen(
    reader: Reader, saved: Sequence[Proposal], past: Mapping[str, Past], told: Sequence[Problem]
) -> list[Problem]:
    """What publishing would be refused with now, together with the other drafts of the set; one for each place."""
    work = Work()
    async for place, proposal in in_turns(enumerate(saved)):
        work.publish(Draft(proposal.noun, proposal.record, proposal.content), (place,))
        work.bases[proposal.record] = proposal.base
    for other in await workflow.open_in(reader, saved[0].batch) if saved else ():
        if other.record not in work.places and other.act is Act.PUBLISH:
            work.publish(Draft(other.noun, other.record, other.content), (other.id,))
    found = [*told, *await merge_with_published(reader, work, past)]
    found += await cautions.of_work(reader, work)
    found += [each async for each in broken(reader, work)]
    first: dict[Any, Problem] = {}
    for each in found:
        if isinstance(each.path[0], int):
            first.setdefault(each.path, each)
    return list(first.values())


async def clashes(reader: Database | Reader, revision: str) -> list[Clash]:
    """Where a draft and what was published since it was begun say different things, with all three versions."""
    found: list[Clash] = []
    for proposal in await workflow.proposals(reader, identifiers(revision)):
        now = (await history.latest(reader, [proposal.record])).get(proposal.record)
        was = (await history.pasts(reader, [proposal.base])).get(proposal.base) if proposal.base else None
        if now is not None and now.act is Act.PUBLISH and now.revision != proposal.base:
            found += merge(proposal.noun, was.content if was else {}, proposal.content, now.content).clashes
    return found
