"""Locations: where organisations sit and services are given; confidential ones show the municipality only."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.fields import Check, Choice, Choices, Degrees, Flag, Line, Reference, Text
from service.models.record import Published


class LocationType(Choices):
    """Kinds of place."""

    PHYSICAL = "physical", "A place one can go to."
    POSTAL = "postal", "A postal address only."
    VIRTUAL = "virtual", "On the telephone or on the net."


class Location(Published):
    """A place. Of a confidential one only the municipality is ever published."""

    location_type = Choice(LocationType, "What kind of place it is.")
    confidential = Flag("Whether only the municipality is shown.", default=False)
    disclosed = Flag(
        "Whether it was decided to show it, though a service given there is of a kind that is kept confidential.",
        default=False,
    )
    region = Reference("Region", "locations", "The municipality or smaller unit it lies in.")
    name = Text("The name of the place.", null=True)
    town = Text("The town, village or parish.", null=True)
    address = Line("Street and house.", null=True)
    postal_code = Line("The postal code.", null=True)
    lon = Degrees("Longitude.", least=-180, most=180)
    lat = Degrees("Latitude.", least=-90, most=90)
    accessibility = Text("What makes it accessible, and what does not.", null=True)
    transportation = Text("How to get there.", null=True)

    CONFIDENTIAL: ClassVar = (
        "name",
        "town",
        "address",
        "postal_code",
        "lon",
        "lat",
        "accessibility",
        "transportation",
    )
    CHECKS: ClassVar = [
        Check("location_point", "(lon IS NULL) = (lat IS NULL)"),
        Check(
            "location_confidential",
            f"NOT confidential OR COALESCE({', '.join(f'CAST({name} AS TEXT)' for name in CONFIDENTIAL)}) IS NULL",
        ),
    ]

    class Meta:
        table = "location"


class LocationPrivate(Model):
    """What is known of a confidential location; catalogue, search, changes and exports never read it."""

    location: orm.OneToOneRelation[Location] = orm.OneToOneField(
        "kopa.Location",
        related_name="private",
        primary_key=True,
        on_delete=OnDelete.CASCADE,
        description="The confidential location.",
    )
    content: orm.JSONField[dict[str, object]] = orm.JSONField(description="Its confidential fields by name.")

    class Meta:
        table = "location_private"
