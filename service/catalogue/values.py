"""Small values that several nouns hold: money, points."""

from __future__ import annotations

from decimal import Decimal
from typing import NewType

import strawberry

Currency = NewType("Currency", str)

CURRENCY = strawberry.scalar(name="Currency", description="The ISO 4217 code of a currency: EUR, LVL.", serialize=str)
"""How GraphQL writes a currency."""


@strawberry.type(description="An amount of money.")
class Money:
    amount: Decimal = strawberry.field(description="The amount in major units, as a string.")
    currency: Currency = strawberry.field(description="The currency.")


@strawberry.type(description="A point on the map (WGS 84).")
class Point:
    lon: float = strawberry.field(description="Longitude in degrees.")
    lat: float = strawberry.field(description="Latitude in degrees.")


def money(minor: int | None, currency: str | None) -> Money | None:
    """An amount in minor units (two decimals in every currency that occurs) as money."""
    if minor is None or currency is None:
        return None
    return Money(amount=Decimal(minor).scaleb(-2), currency=Currency(currency))
