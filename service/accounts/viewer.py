"""Viewer: who asks, as far as permission depends on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.database import Database, Reader
from service.models.account import Role, Scope


@dataclass(frozen=True)
class Viewer:
    """An account at work; `scopes` is None for its owner, and what the token is good for when a program asks."""

    account: str
    role: Role
    organisations: frozenset[str] = frozenset()
    scopes: frozenset[Scope] | None = None

    def has(self, scope: Scope) -> bool:
        return self.scopes is None or scope in self.scopes


SPOKEN_FOR = """
    WITH RECURSIVE speaks (id) AS (
        SELECT organisation_id FROM membership WHERE account_id = ?
        UNION
        SELECT merged_into_id FROM record JOIN speaks ON record.id = speaks.id WHERE merged_into_id IS NOT NULL
    )
    SELECT id FROM speaks
"""
"""The organisations an account speaks for, and those into which they were merged since."""


async def viewer_of(reader: Database | Reader, account: str) -> Viewer | None:
    """The viewer of an open account; only a representative speaks for organisations."""
    rows = await reader.fetch("SELECT role FROM account WHERE id = ? AND closed_at IS NULL", account)
    spoken_for = await reader.fetch(SPOKEN_FOR, account)
    if not rows:
        return None
    role = Role(rows[0]["role"])  # type: ignore[call-arg]
    own = frozenset(str(row["id"]) for row in spoken_for) if role is Role.REPRESENTATIVE else frozenset[str]()
    return Viewer(str(account), role, own)


async def viewer_now(reader: Database | Reader, viewer: Viewer) -> Viewer | None:
    """The same viewer as the account stands now: roles and memberships may have been taken back meanwhile."""
    now = await viewer_of(reader, viewer.account)
    return now and replace(now, scopes=viewer.scopes)
