"""Small values that several nouns hold: money, points."""

from __future__ import annotations

from decimal import Decimal
from typing import NewType

import strawberry

from service.catalogue.published import published

Currency = NewType("Currency", str)

CURRENCY = strawberry.scalar(name="Currency", description="The ISO 4217 code of a currency: EUR, LVL.", serialize=str)
"""How GraphQL writes a currency."""


@published(
    value=True,
    descriptions={"amount": "The amount in major units, as a string.", "currency": "The currency."},
)
class Money:
    """An amount of money."""

    amount: Decimal
    currency: Currency


@published(value=True, descriptions={"lon": "Longitude in degrees.", "lat": "Latitude in degrees."})
class Point:
    """A point on the map (WGS 84)."""

    lon: float
    lat: float


def money(minor: int | None, currency: str | None) -> Money | None:
    """An amount in minor units (two decimals in every currency that occurs) as money."""
    if minor is None or currency is None:
        return None
    return Money(amount=Decimal(minor).scaleb(-2), currency=Currency(currency))
