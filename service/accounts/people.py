"""Accounts: made by invitation, given a role, closed and anonymised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.accounts.audit import note
from service.accounts.messages import refusal
from service.accounts.rows import insert
from service.database import Database, Reader, Transaction
from service.models.account import AuditAct, Role
from service.models.rows import from_moment, moment

LANGUAGES = ("lv", "en")
EMAIL = re.compile(r"[^\s,;<>@\"()\[\]\\]{1,64}@[^\s,;<>@.]+(\.[^\s,;<>@.]+)+")
LONGEST_EMAIL = 254


@dataclass(frozen=True)
class Person:
    """An account as the administrator and its owner see it."""

    id: str
    role: Role
    email: str | None
    name: str | None
    language: str
    has_password: bool
    has_second_factor: bool
    created_at: datetime
    joined_at: datetime | None
    closed_at: datetime | None
    organisations: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def label(self) -> str:
        """How to call the account where an address may be shown."""
        return self.name or self.email or self.id


def canonical_email(raw: str) -> str:
    """The address in small letters; raises InputError when it is none."""
    email = raw.strip().lower()
    if len(email) > LONGEST_EMAIL or not email.isprintable() or not EMAIL.fullmatch(email):
        raise refusal("not_an_email", "email")
    return email


async def add(
    transaction: Transaction,
    role: Role,
    now: datetime,
    *,
    email: str | None = None,
    name: str | None = None,
    language: str = LANGUAGES[0],
    organisations: Sequence[str] = (),
    by: str | None = None,
) -> str:
    """Make an account that its owner has still to take up; its id. Raises InputError."""
    address = canonical_email(email) if email is not None else None
    if address and await transaction.fetch("SELECT id FROM account WHERE email = ?", address):
        raise refusal("email_taken", "email")
    known = {"email": address, "name": (name or "").strip() or None, "language": language}
    id = await _make(transaction, role, now, by, **known)
    await _join(transaction, id, role, organisations)
    return id


async def add_representative(
    transaction: Transaction, email: str, language: str, organisation: str, now: datetime
) -> str:
    """The account of somebody who takes an invitation up, for an organisation that may not be published yet; its id."""
    id = await _make(transaction, Role.REPRESENTATIVE, now, None, email=canonical_email(email), language=language)
    await insert(transaction, "membership", account_id=id, organisation_id=organisation)
    return id


async def _make(transaction: Transaction, role: Role, now: datetime, by: str | None, **known: str | None) -> str:
    id = await insert(transaction, "account", role=role.value, created_at=now, **known)
    await note(transaction, AuditAct.ACCOUNT_MADE, now, account=by, about=id, role=role.value)
    return id


async def change_role(
    transaction: Transaction, id: str, role: Role, organisations: Sequence[str], now: datetime, *, by: str | None
) -> None:
    """Give an account another role, or a representative other organisations. Raises InputError."""
    person = await get(transaction, id)
    if role is not Role.ADMINISTRATOR:
        await _keep_an_administrator(transaction, person)
    await transaction.execute("UPDATE account SET role = ? WHERE id = ?", role.value, person.id)
    await transaction.execute("DELETE FROM membership WHERE account_id = ?", person.id)
    await _join(transaction, person.id, role, organisations, person.organisations)
    said: dict[str, Any] = {"role": role.value, "before": person.role.value, "organisations": sorted(organisations)}
    await note(transaction, AuditAct.ROLE_CHANGED, now, account=by, about=person.id, **said)


OWNED = ("session", "api_token", "one_time_link", "recovery_code", "letter", "membership", "sheet", "saved_view")
"""The tables with what goes when an account is closed."""


async def close(transaction: Transaction, id: str, now: datetime, *, by: str | None) -> None:
    """Close an account: nothing of its owner stays but the id that revisions name. Raises InputError."""
    person = await get(transaction, id)
    await _keep_an_administrator(transaction, person)
    for table in OWNED:
        await transaction.execute(f"DELETE FROM {table} WHERE account_id = ?", person.id)
    sql = "UPDATE campaign_recipient SET email = NULL, due_at = NULL WHERE account_id = ? OR email = ?"
    await transaction.execute(sql, person.id, person.email)
    await transaction.execute(
        "UPDATE account SET email = NULL, name = NULL, password = NULL, totp_secret = NULL, totp_step = NULL,"
        " closed_at = ? WHERE id = ?",
        moment(now, transaction.dialect),
        person.id,
    )
    await note(transaction, AuditAct.ACCOUNT_CLOSED, now, account=by, about=person.id)


async def get(reader: Database | Reader, id: str) -> Person:
    """An open account by its id. Raises InputError."""
    rows = await reader.fetch("SELECT * FROM account WHERE id = ? AND closed_at IS NULL", id)
    if not rows:
        raise refusal("no_such_account", "account")
    [person] = await _people(reader, rows)
    return person


async def by_email(reader: Database | Reader, email: str) -> Person:
    """An open account by its address. Raises InputError."""
    rows = await reader.fetch("SELECT id FROM account WHERE email = ?", canonical_email(email))
    if not rows:
        raise refusal("no_such_account", "email")
    return await get(reader, str(rows[0]["id"]))


async def everybody(reader: Database | Reader) -> list[Person]:
    """Every account, the oldest first; closed ones too."""
    return await _people(reader, await reader.fetch("SELECT * FROM account ORDER BY created_at, id"))


async def names(reader: Database | Reader) -> dict[str, str]:
    """How colleagues know the accounts that have a name, by their ids."""
    rows = await reader.fetch("SELECT id, name FROM account WHERE name IS NOT NULL")
    return {str(row["id"]): row["name"] for row in rows}


async def _people(reader: Database | Reader, rows: Iterable[Mapping[str, Any]]) -> list[Person]:
    organisations: dict[str, set[str]] = {}
    for row in await reader.fetch("SELECT account_id, organisation_id FROM membership"):
        organisations.setdefault(str(row["account_id"]), set()).add(str(row["organisation_id"]))
    return [_person(row, frozenset(organisations.get(str(row["id"]), ()))) for row in rows]


def _person(row: Mapping[str, Any], organisations: frozenset[str]) -> Person:
    return Person(
        id=str(row["id"]),
        role=Role(row["role"]),  # type: ignore[call-arg]
        email=row["email"],
        name=row["name"],
        language=row["language"],
        has_password=row["password"] is not None,
        has_second_factor=row["totp_secret"] is not None,
        created_at=from_moment(row["created_at"]),
        joined_at=_when(row["joined_at"]),
        closed_at=_when(row["closed_at"]),
        organisations=organisations,
    )


def _when(value: Any) -> datetime | None:
    return None if value is None else from_moment(value)


async def add_organisation(
    transaction: Transaction, person: Person, organisation: str, now: datetime, *, by: str | None = None
) -> None:
    """Let a representative speak for one more organisation; by themselves, where a link proves that they may."""
    if organisation in person.organisations:
        return
    await insert(transaction, "membership", account_id=person.id, organisation_id=organisation)
    said = {"role": person.role.value, "before": person.role.value}
    own = sorted({*person.organisations, organisation})
    about = {"account": by or person.id, "about": person.id}
    await note(transaction, AuditAct.ROLE_CHANGED, now, **about, organisations=own, **said)


async def _join(
    transaction: Transaction, id: str, role: Role, organisations: Sequence[str], before: Set[str] = frozenset()
) -> None:
    """Let somebody speak for organisations that are known, or for which they spoke `before`."""
    if (role is Role.REPRESENTATIVE) != bool(organisations):
        raise refusal("organisation_needed" if role is Role.REPRESENTATIVE else "organisation_not_needed", "role")
    for organisation in sorted(set(organisations)):
        known = organisation in before
        if not known and not await transaction.fetch(KNOWN, organisation, organisation):
            raise refusal("no_such_organisation", "organisations")
        await insert(transaction, "membership", account_id=id, organisation_id=organisation)


KNOWN = (
    "SELECT id FROM organisation WHERE id = ?"
    " UNION SELECT record_id FROM revision WHERE noun = 'organisation' AND batch IS NOT NULL AND record_id = ?"
)
"""An organisation that is published, or of which there is a draft."""


async def _keep_an_administrator(transaction: Transaction, person: Person) -> None:
    sql = "SELECT id FROM account WHERE role = ? AND closed_at IS NULL AND joined_at IS NOT NULL AND id <> ?"
    if person.role is not Role.ADMINISTRATOR:
        return
    if transaction.dialect == "postgres":
        # Two administrators who close each other would both find the other one still there.
        await transaction.execute("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE")
    if not await transaction.fetch(sql, Role.ADMINISTRATOR.value, person.id):
        raise refusal("last_administrator", "account")
