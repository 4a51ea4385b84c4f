"""The published types by noun, and every enumeration made known to GraphQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.catalogue.cooperation import Agreement, CooperationLink
from service.catalogue.event import Event, EventParticipation
from service.catalogue.figure import Figure
from service.catalogue.filters import Order
from service.catalogue.location import Location
from service.catalogue.need import Need
from service.catalogue.ordered import Key
from service.catalogue.organisation import (
    Organisation,
    OrganisationAuthority,
    OrganisationIdentifier,
    OrganisationName,
    OrganisationStatus,
)
from service.catalogue.project import Project, ProjectActivity, ProjectOutput, ProjectParticipation
from service.catalogue.published import graphql_enum
from service.catalogue.region import Region, RegionNuts, RegionSuccession
from service.catalogue.service import (
    Service,
    ServiceCapacity,
    ServiceCost,
    ServiceDocument,
    ServiceQuality,
    ServiceSchedule,
)
from service.catalogue.source import Evidence, Source
from service.catalogue.taxonomy import Taxonomy, TaxonomyAlias, TaxonomyMapping, TaxonomyTerm
from service.models.fields import Choices

NOUNS: dict[str, type[Any]] = {
    "source": Source,
    "region": Region,
    "taxonomy": Taxonomy,
    "taxonomy_term": TaxonomyTerm,
    "location": Location,
    "organisation": Organisation,
    "service": Service,
    "project": Project,
    "agreement": Agreement,
    "cooperation_link": CooperationLink,
    "event": Event,
    "need": Need,
    "figure": Figure,
}
"""The published type of each noun."""

KEYS: dict[str, set[Callable[[Any], Key]]] = {
    noun: {made.DEFAULT_ORDER[0], *(key for order in Order.of(noun) for key in order.KEYS.values())}
    for noun, made in NOUNS.items()
}
"""Everything by which the records of each noun are put in order."""

NOUN_OF = {published: noun for noun, published in NOUNS.items()}
"""The noun of each published type."""

PARTS: dict[str, type[Any]] = {
    "evidence": Evidence,
    "region_succession": RegionSuccession,
    "region_nuts": RegionNuts,
    "taxonomy_alias": TaxonomyAlias,
    "taxonomy_mapping": TaxonomyMapping,
    "organisation_name": OrganisationName,
    "organisation_identifier": OrganisationIdentifier,
    "organisation_status": OrganisationStatus,
    "organisation_authority": OrganisationAuthority,
    "service_capacity": ServiceCapacity,
    "service_cost": ServiceCost,
    "service_document": ServiceDocument,
    "service_schedule": ServiceSchedule,
    "service_quality": ServiceQuality,
    "project_participation": ProjectParticipation,
    "project_activity": ProjectActivity,
    "project_output": ProjectOutput,
    "event_participation": EventParticipation,
}
"""The published type of each kind of owned child."""

for choices in Choices.__subclasses__():
    graphql_enum(choices)
