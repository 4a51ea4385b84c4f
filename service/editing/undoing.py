"""Taking a published set back as a whole: what it changed is as it was before, what it began leaves.

What was published since then stays where it touches other fields; where both touched the same, nothing happens at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.database import Database, Reader
from service.editing import history, log
from service.editing.drafts import Draft
from service.editing.fields import identifiers
from service.editing.history import OF_CONTENT, Past, past_of
from service.editing.messages import problem
from service.editing.permits import Attempt, Permit, Step, trusted
from service.editing.publishing import Work, carry_out
from service.editing.references import redirected
from service.editing.reverting import leading
from service.errors import InputError
from service.models.revision import Act
from service.turns import in_turns


@dataclass(frozen=True)
class _Done:
    """What a set did to one record: its last revision of it, what the record was before, and what it is now."""

    last: Past
    before: Past | None
    now: Past

    @property
    def began(self) -> bool:
        """Whether the record was not public before."""
        return self.before is None or self.before.act is not Act.PUBLISH

    @property
    def stands(self) -> bool:
        """Whether there is anything left to take back."""
        if self.began:
            return self.now.act is Act.PUBLISH
        return self.before is not None and (self.now.act is not Act.PUBLISH or self.now.content != self.before.content)


async def undo(database: Database, batch: str, *, author: str, permit: Permit = trusted) -> int:
    """Take what a set of drafts did back, all or nothing; the `seq` of the last change.

    Raises InputError with every problem; the path of each begins with the id of its record.
    """
    async with log.writing(database) as (transaction, at):
        work = Work()
        done = [each for each in (await _done(transaction, batch)).values() if each.stands]
        contents = {each.now.record: (each.now.noun, each.before.content) for each in done if each.before}
        led = await leading(transaction, contents)
        async for each in in_turns(done):
            record, noun = each.now.record, each.now.noun
            if each.began or each.before is None:
                work.leave(record, (record,))
                if each.now.revision != each.last.revision:
                    work.problems.append(problem("edited_after_the_set", (record,)))
            else:
                content = redirected(noun, each.before.content, led.lead)
                work.publish(Draft(noun, record, content, each.last.revision), (record,), Step.RESTORE)
        if not done:
            await permit(transaction, [Attempt(Step.RESTORE, None, None)])
            raise InputError([problem("nothing_to_undo", ("batch",))])
        return await carry_out(transaction, work, at, author, permit)


async def standing(database: Database, batch: str) -> int:
    """How many records still are as a set left them; without reading any, since there may be thousands."""
    sql = (
        f"SELECT COUNT(*) AS n FROM revision r WHERE batch = ? AND {OF_CONTENT}"
        ' AND "transaction" = (SELECT max("transaction") FROM revision'
        f" WHERE record_id = r.record_id AND {OF_CONTENT})"
    )
    rows = [row for id in identifiers(batch) for row in await database.fetch(sql, id)]
    return sum(int(row["n"]) for row in rows)


async def _done(reader: Reader, batch: str) -> Mapping[str, _Done]:
    """What a set did, by record."""
    sql = f'SELECT * FROM revision WHERE batch = ? AND {OF_CONTENT} ORDER BY "transaction"'
    rows = [row for id in identifiers(batch) for row in await reader.fetch(sql, id)]
    pasts = [past_of(row) async for row in in_turns(rows)]
    first: dict[str, Past] = {}
    for past in pasts:
        first.setdefault(past.record, past)
    last = {past.record: past for past in pasts}
    before = await _before(reader, first.values())
    now = await history.latest(reader, last)
    return {id: _Done(last[id], before.get(id), now[id]) for id in last}


async def _before(reader: Reader, pasts: Iterable[Past]) -> dict[str, Past]:
    found: dict[str, Past] = {}
    by_transaction: dict[int, list[str]] = {}
    for past in pasts:
        by_transaction.setdefault(past.transaction, []).append(past.record)
    for transaction, records in by_transaction.items():
        found |= await history.before(reader, transaction, records)
    return found
