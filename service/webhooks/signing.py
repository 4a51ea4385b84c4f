"""Signatures as Standard Webhooks asks for them: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret in the form in which receivers' libraries take it."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(secret: str, id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with a message, so that its receiver can tell whose it is, that it is whole, and when it was sent."""
    signed = f"{id}.{timestamp}.".encode() + body
    signature = hmac.digest(b64decode(secret.removeprefix(PREFIX)), signed, "sha256")
    return {
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }
