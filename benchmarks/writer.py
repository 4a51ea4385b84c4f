"""A writer for the soak: edits what is there, adds, withdraws, brings back and acts until it is stopped.

Each line says what was done, with the seq that was acknowledged.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import click

from service.database import Database
from service.editing import history
from service.editing.acts import Places, Word, assure, confirm, set_availability
from service.editing.revisions import Draft, publish, withdraw
from service.errors import InputError
from service.models.cooperation import ConfirmationRole, ConfirmationState, LinkKind, Side
from service.models.service import AvailabilityState

AUTHOR = "soak"
Content = dict[str, Any]
WITHDRAWN = ("figure", "need", "event", "cooperation_link")
STATES = (ConfirmationState.ASKED, ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED)


class Writer:
    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.rng = Random(seed)
        self.gone: list[Draft] = []

    async def step(self) -> str:
        names, weights = ("edit", "add", "withdraw", "bring_back", "act"), (10, 2, 2, 2, 4)
        name = self.rng.choices(names, weights)[0]
        try:
            seq = await getattr(self, name)()
        except InputError:
            return "refused"
        return "nothing" if seq is None else f"{name} {seq}"

    async def _any(self, noun: str) -> str | None:
        rows = await self.database.fetch(f'SELECT id FROM "{noun}" ORDER BY random() LIMIT 1')
        return str(rows[0]["id"]) if rows else None

    async def _content(self, id: str) -> Content:
        return (await history.latest(self.database, [id]))[id].content

    async def edit(self) -> int | None:
        nouns = ("organisation", "service", "cooperation_link", "location", "project", "event", "source", "region")
        noun = self.rng.choices((*nouns, "taxonomy_term"), (40, 40, 30, 8, 6, 6, 1, 1, 1))[0]
        id = await self._any(noun)
        if id is None:
            return None
        content = await self._content(id)
        await self._change(noun, content)
        return await publish(self.database, [Draft(noun, id, content)], author=AUTHOR)

    async def _change(self, noun: str, content: Content) -> None:
        what = self.rng.random()
        if noun == "service" and what < 0.4:
            content["provider"] = await self._any("organisation")
        elif noun == "organisation" and what < 0.3:
            content["regions"] = [id for id in [await self._any("region")] if id]
        elif noun == "cooperation_link" and what < 0.6:
            content["side_a"], content["side_b"] = content["side_b"], content["side_a"]
        elif noun == "cooperation_link" and what < 0.8:
            content["kind"] = self.rng.choice(list(LinkKind)).value
        elif "name" in content and isinstance(content["name"], dict):
            content["name"] = {**content["name"], "lv": f"{content['name']['lv'][:60]} {self.rng.randrange(100)}"}
        elif noun in ("source", "taxonomy_term"):
            content["title" if noun == "source" else "definition"] = f"Vārdi {self.rng.randrange(1000)}"
        else:
            content["description"] = {"lv": f"Apraksts {self.rng.randrange(1000)}"}

    async def add(self) -> int | None:
        """An organisation, its service and a link, which refer to each other."""
        source, partner = await self._any("source"), await self._any("organisation")
        proof = [{"source": source, "basis": "stated", "says": {"lv": "Tā teikts."}}]
        own, service = str(uuid4()), str(uuid4())
        name = {"lv": f"Jauns {self.rng.randrange(10**6)}"}
        drafts = [
            Draft("cooperation_link", str(uuid4()), {"kind": "cooperation", "side_a": own, "side_b": partner}),
            Draft("service", service, {"name": name, "provider": own, "status": "active"}),
            Draft("organisation", own, {"name": name, "sector": "ngo"}),
        ]
        drafts[0].content["services"] = [service]
        for draft in drafts:
            draft.content["evidence"] = proof
        return await publish(self.database, drafts, author=AUTHOR)

    async def withdraw(self) -> int | None:
        noun = self.rng.choice(WITHDRAWN)
        id = await self._any(noun)
        if id is None:
            return None
        content = await self._content(id)
        seq = await withdraw(self.database, [id], author=AUTHOR)
        self.gone.append(Draft(noun, id, content))
        return seq

    async def bring_back(self) -> int | None:
        if not self.gone:
            return None
        draft = self.gone.pop(self.rng.randrange(len(self.gone)))
        return await publish(self.database, [draft], author=AUTHOR)

    async def act(self) -> int | None:
        on = date.today() - timedelta(self.rng.randrange(900))  # noqa: DTZ011 - any day will do
        kind = self.rng.choice(("organisation", "service", "cooperation_link"))
        id = await self._any(kind)
        if id is None:
            return None
        if kind == "organisation":
            return await assure(self.database, id, on=on, role="editor", author=AUTHOR)
        if kind == "service":
            places = Places(self.rng.choice(list(AvailabilityState)), on, "provider")
            return await set_availability(self.database, id, places, author=AUTHOR)
        side, source = self.rng.choice(list(Side)), await self._any("source")
        word = Word(side, self.rng.choice(STATES), ConfirmationRole.EDITOR, on, source=source)
        return await confirm(self.database, id, word, author=AUTHOR)


async def main() -> None:
    async with Database(os.environ["KOPA_DATABASE_URL"]) as database:
        writer = Writer(database, int(sys.argv[1]))
        while True:
            try:
                click.echo(await writer.step())
            except Exception as error:  # noqa: BLE001 - the soak is told, and fails at its end
                click.echo(f"error {' '.join(repr(error).split())}")
            await asyncio.sleep(writer.rng.random() * 0.1)


if __name__ == "__main__":
    asyncio.run(main())
