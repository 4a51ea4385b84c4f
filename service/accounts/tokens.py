"""Secrets that are shown once: random, and kept as their SHA-256."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 24
"""192 bits, written as 32 letters, digits, hyphens and underscores."""


def new_token() -> str:
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """What is kept of a token. No salt and no slow hash: nobody can try all of 192 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
