"""What a personal operation is done with: who asks, in which language, and what was written so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.accounts.people import LANGUAGES, names
from service.accounts.viewer import Viewer
from service.catalogue.catalogue import Catalogue
from service.catalogue.following import Follower
from service.database import Database


@dataclass(slots=True)
class Context:
    """One personal request. `seq` is the last change that it made."""

    follower: Follower
    viewer: Viewer | None = None
    language: str = LANGUAGES[0]
    seq: int | None = None
    _names: dict[str, str] | None = None

    @property
    def database(self) -> Database:
        return self.follower.database

    @property
    def catalogue(self) -> Catalogue:
        """What is published now; after a write, with it, unless it is too much for a request to wait for."""
        return self.follower.current

    async def wrote(self, seq: int) -> None:
        """Something was written; wait until it is to be read."""
        self.seq = max(seq, self.seq or 0)
        await self.follower.reached(seq)

    async def names(self) -> dict[str, str]:
        """How colleagues know each account that has a name."""
        if self._names is None:
            self._names = await names(self.database)
        return self._names


def context_of(info: Any) -> Context | None:
    """The context of a resolver; None where nobody gave one."""
    return info.context if isinstance(info.context, Context) else None
