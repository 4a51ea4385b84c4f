"""Regions: the territories of today and of the past, and which became which."""

from __future__ import annotations

from typing import ClassVar

from service.models.fields import (
    Check,
    Choice,
    Choices,
    Day,
    Degrees,
    Line,
    PartialDate,
    PartOf,
    Reference,
    Text,
    Whole,
)
from service.models.record import Part, Published, in_order


class RegionKind(Choices):
    """Kinds of territory."""

    COUNTRY = "country", "The whole country."
    PLANNING_REGION = "planning_region", "One of the five planning regions (plānošanas reģions)."
    MUNICIPALITY = "municipality", "A municipality (novads)."
    STATE_CITY = "state_city", "A state city with its own local government (valstspilsēta)."
    STATE_CITY_IN_MUNICIPALITY = "state_city_in_municipality", "A state city that belongs to a municipality."
    TOWN = "town", "A town (pilsēta) within a municipality."
    PARISH = "parish", "A parish (pagasts) within a municipality."
    FORMER = "former", "A unit that no longer exists; its successors stand in its place."


class SuccessionRelation(Choices):
    """How one territory became another."""

    MERGED_INTO = "merged_into", "The whole unit became part of a successor with another name."
    ENLARGED = "enlarged", "The unit went on under its own name with more territory."
    UNCHANGED = "unchanged", "The unit passed the reform as it was."
    SPLIT = "split", "Only the named part of the unit came to this successor."


class Region(Published):
    """A territory: the country, a planning region, a municipality, or one that used to be."""

    code = Line("The name of the region in addresses and files.", unique=True)
    kind = Choice(RegionKind, "What kind of territory it is today.")
    former_kind = Choice(RegionKind, "What a former unit was.", null=True)
    name = Text("The name of the region.")
    parent = Reference("Region", "subregions", "The region it lies in.", null=True)
    iso = Line("ISO 3166-2 code.", null=True)
    atvk = Line("Code in the Latvian classification of territories (ATVK).", null=True)
    valid_from = PartialDate("When the unit came to be.", null=True)
    valid_to = PartialDate("The last day of the unit.", null=True)
    lon = Degrees("Longitude of a point inside the region.", least=-180, most=180)
    lat = Degrees("Latitude of a point inside the region.", least=-90, most=90)
    note = Text("What one has to know about the region.", null=True)

    CHECKS: ClassVar = [
        in_order("valid_from", "valid_to"),
        Check("region_former", "(kind = 'former') = (former_kind IS NOT NULL)"),
        Check("region_former_kind", "former_kind <> 'former'"),
        Check("region_former_ended", "kind <> 'former' OR valid_to IS NOT NULL"),
        Check("region_not_in_itself", "parent_id <> id"),
        Check("region_point", "(lon IS NULL) = (lat IS NULL)"),
    ]

    class Meta:
        table = "region"


class RegionSuccession(Part):
    """One step of a territorial reform: what became of the region that owns it."""

    owner = PartOf("Region", "successions")
    successor = Reference("Region", "predecessors", "The region that came after.")
    relation = Choice(SuccessionRelation, "How the unit came to its successor.")
    part = Text("Which part of a split unit came to this successor.", null=True)
    on = Day("The day from which the successor stands in its place.", null=False)
    former_atvk = Line("The unit's ATVK code before that day.", null=True)

    CHECKS: ClassVar = [
        Check("region_succession_unchanged", "(relation = 'unchanged') = (successor_id = owner_id)"),
        Check("region_succession_part", "(relation = 'split') = (part IS NOT NULL)"),
    ]

    class Meta:
        table = "region_succession"
        unique_together = (("owner", "successor"),)


class RegionNuts(Part):
    """The statistical region of European statistics in which the region lies, by version of the list."""

    owner = PartOf("Region", "nuts3")
    version = Whole("The year of the version of NUTS.", least=2003, most=2100)
    code = Line("The NUTS 3 code.")

    class Meta:
        table = "region_nuts"
        unique_together = (("owner", "version"),)
