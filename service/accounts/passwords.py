"""Passwords: Argon2 in threads of their own, as much work for an account that there is not."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import BoundedSemaphore
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from service.accounts.messages import refusal
from service.errors import TooOften

SHORTEST, LONGEST = 12, 256
AT_ONCE, MOST_WAITING = 2, 20
"""Argon2 takes 64 MiB and a whole core each; more than so many at a time would stop everything else."""

HASHER = PasswordHash((Argon2Hasher(),))

_workers = ThreadPoolExecutor(AT_ONCE, "passwords")
_places = BoundedSemaphore(AT_ONCE + MOST_WAITING)

T = TypeVar("T")


def accepted(password: str, *not_like: str | None) -> str:
    """The password as it will be hashed; raises InputError when it is too short, too long or easy to guess."""
    same = unicodedata.normalize("NFKC", password)
    if len(same) < SHORTEST:
        raise refusal("password_too_short", "password", least=SHORTEST)
    if len(same) > LONGEST:
        raise refusal("password_too_long", "password", most=LONGEST)
    if len(set(same)) < SHORTEST // 3 or same.casefold() in {other.casefold() for other in not_like if other}:
        raise refusal("password_too_plain", "password")
    return same


async def hashed(password: str) -> str:
    """The Argon2 hash of an accepted password."""
    return await _in_thread(HASHER.hash, _bytes(password))


async def verified(password: str, stored: str | None) -> bool:
    """Whether it is the password; for no stored one, False after the same work."""
    same = unicodedata.normalize("NFKC", password)[: LONGEST + 1]
    return await _in_thread(_verified, _bytes(same), stored)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _verified(password: bytes, stored: str | None) -> bool:
    nobodys = _nobodys()
    return HASHER.verify(password, stored or nobodys) and stored is not None


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe())


async def _in_thread(work: Callable[..., T], *given: object) -> T:
    if not _places.acquire(blocking=False):
        raise TooOften("Too many people are signing in just now; please try again in a moment.")
    future = _workers.submit(work, *given)
    # Not when the request ends: its thread may go on working after the client has gone.
    future.add_done_callback(lambda _: _places.release())
    return await asyncio.wrap_future(future)
