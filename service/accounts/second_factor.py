"""The second factor: codes that change every half minute (TOTP), and recovery codes for when the telephone is gone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

import pyotp

from service.accounts import sessions
from service.accounts.audit import note
from service.accounts.rows import insert
from service.accounts.tokens import digest
from service.database import Reader, Transaction
from service.models.account import AuditAct

ISSUER = "Kopā"
RECOVERY_CODES = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Nothing that can be taken for something else."""
GROUPS, GROUP = 5, 6
"""30 letters of 32: 150 bits."""
DRIFT = 1
"""How many half minutes a telephone's clock may be wrong."""


@dataclass(frozen=True)
class Enrolment:
    """A shared secret that is being set up."""

    secret: str
    uri: str


def enrolment(email: str | None, secret: str | None = None) -> Enrolment:
    """A new shared secret, or the given one again; as text, and as the address that a QR code holds."""
    secret = secret if secret and _is_secret(secret) else pyotp.random_base32()
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=email or ISSUER, issuer_name=ISSUER))


def _is_secret(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code it is; every near one is compared, whichever fits."""
    totp = pyotp.TOTP(secret)
    step = int(now.timestamp()) // totp.interval
    given = "".join(code.split()).encode("utf-8", "surrogatepass")
    found = None
    for each in range(step - DRIFT, step + DRIFT + 1):
        if compare_digest(totp.generate_otp(each).encode(), given):
            found = each
    return found


async def set_up(transaction: Transaction, account: str, secret: str, code: str, now: datetime) -> list[str] | None:
    """Turn the second factor on with a first right code; the recovery codes, None when the code is wrong."""
    step = matching_step(secret, code, now)
    if step is None:
        return None
    sql = "UPDATE account SET totp_secret = ?, totp_step = ? WHERE id = ?"
    await transaction.execute(sql, secret, step, account)
    return await new_recovery_codes(transaction, account)


async def remove(transaction: Transaction, account: str) -> None:
    """Turn the second factor off."""
    await transaction.execute("UPDATE account SET totp_secret = NULL, totp_step = NULL WHERE id = ?", account)
    await transaction.execute("DELETE FROM recovery_code WHERE account_id = ?", account)


async def forget(transaction: Transaction, account: str, now: datetime, *, by: str | None) -> None:
    """Turn it off for somebody who lost it, and sign them out everywhere."""
    await remove(transaction, account)
    await sessions.end_all(transaction, account)
    await note(transaction, AuditAct.SECOND_FACTOR_REMOVED, now, account=by, about=account)


async def new_recovery_codes(transaction: Transaction, account: str) -> list[str]:
    """Codes that each work once, in the place of all before."""
    await transaction.execute("DELETE FROM recovery_code WHERE account_id = ?", account)
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        await insert(transaction, "recovery_code", account_id=account, code=digest(_plain(code)))
    return codes


async def codes_left(reader: Reader, account: str) -> int:
    """How many recovery codes an account still has."""
    [row] = await reader.fetch("SELECT COUNT(*) AS codes FROM recovery_code WHERE account_id = ?", account)
    return int(row["codes"])


async def use_code(transaction: Transaction, account: str, code: str, now: datetime) -> bool:
    """Whether it is the code of now, which then works no more."""
    [row] = await transaction.fetch("SELECT totp_secret FROM account WHERE id = ?", account)
    step = matching_step(row["totp_secret"], code, now) if row["totp_secret"] else None
    if step is None:
        return False
    sql = "UPDATE account SET totp_step = ? WHERE id = ? AND (totp_step IS NULL OR totp_step < ?)"
    return await transaction.execute(sql, step, account, step) > 0


async def use_recovery_code(transaction: Transaction, account: str, code: str) -> bool:
    """Whether it is a recovery code of the account, which then works no more."""
    sql = "DELETE FROM recovery_code WHERE account_id = ? AND code = ?"
    return await transaction.execute(sql, account, digest(_plain(code))) > 0


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
