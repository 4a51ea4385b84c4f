"""What somebody should look at before a set is published, though nothing is refused for it.

Places that become confidential with it, and texts that hold a confidential address or number.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.database import Database, Reader, Transaction
from service.editing import confidential, workflow
from service.editing.drafts import Draft
from service.editing.fields import identifiers
from service.editing.messages import problem
from service.editing.publishing import Work, draw_in
from service.editing.revealing import revealing
from service.errors import Problem
from service.models.revision import Act


async def cautions(database: Database, drafts: Sequence[Draft]) -> list[Problem]:
    """The cautions about a set; the path of each begins with the place of its draft."""
    work = Work()
    for place, draft in enumerate(drafts):
        work.publish(draft, (place,))
    async with database.snapshot() as reader:
        return await of_work(reader, work)


async def of_work(reader: Reader, work: Work) -> list[Problem]:
    """The same of what is about to be done."""
    guarded = await confidential.guarded(reader, work.contents)
    kept = confidential.protect(work.contents, guarded)
    found = [problem("kept_confidential", (*work.places[id], "confidential")) for id in sorted(kept)]
    for id, place in (await draw_in(reader, work, guarded)).items():
        found.append(problem("makes_confidential", work.places[id], name=place.content.get("address") or id))
    return found + await revealing(reader, work.contents, work.places)


async def keep_confidential(transaction: Transaction, work: Work, batch: str | None) -> list[Problem]:
    """Make places in drafts confidential that have to be, also because of other drafts of their set; tell which."""
    others = [draft for id in identifiers(batch or "") for draft in await workflow.open_in(transaction, id)]
    beside = {draft.record: (draft.noun, draft.content) for draft in others if draft.act is Act.PUBLISH}
    guarded = await confidential.guarded(transaction, beside | work.contents)
    changed = confidential.protect(work.contents, guarded)
    return [problem("kept_confidential", (*work.places[id], "confidential")) for id in sorted(changed)]
