"""The published types by name, so that their modules need not import each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from service.catalogue.cooperation import Agreement, Confirmation, Cooperation, CooperationLink
    from service.catalogue.event import Event, EventParticipation
    from service.catalogue.figure import Figure
    from service.catalogue.location import Location
    from service.catalogue.need import Need
    from service.catalogue.organisation import (
        Organisation,
        OrganisationAuthority,
        OrganisationIdentifier,
        OrganisationName,
        OrganisationStatus,
    )
    from service.catalogue.project import Project, ProjectActivity, ProjectOutput, ProjectParticipation
    from service.catalogue.record import Record
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

RecordRef = Annotated["Record", strawberry.lazy("service.catalogue.record")]
SourceRef = Annotated["Source", strawberry.lazy("service.catalogue.source")]
EvidenceRef = Annotated["Evidence", strawberry.lazy("service.catalogue.source")]
RegionRef = Annotated["Region", strawberry.lazy("service.catalogue.region")]
RegionSuccessionRef = Annotated["RegionSuccession", strawberry.lazy("service.catalogue.region")]
RegionNutsRef = Annotated["RegionNuts", strawberry.lazy("service.catalogue.region")]
TaxonomyRef = Annotated["Taxonomy", strawberry.lazy("service.catalogue.taxonomy")]
TaxonomyTermRef = Annotated["TaxonomyTerm", strawberry.lazy("service.catalogue.taxonomy")]
TaxonomyAliasRef = Annotated["TaxonomyAlias", strawberry.lazy("service.catalogue.taxonomy")]
TaxonomyMappingRef = Annotated["TaxonomyMapping", strawberry.lazy("service.catalogue.taxonomy")]
LocationRef = Annotated["Location", strawberry.lazy("service.catalogue.location")]
OrganisationRef = Annotated["Organisation", strawberry.lazy("service.catalogue.organisation")]
OrganisationNameRef = Annotated["OrganisationName", strawberry.lazy("service.catalogue.organisation")]
OrganisationIdentifierRef = Annotated["OrganisationIdentifier", strawberry.lazy("service.catalogue.organisation")]
OrganisationStatusRef = Annotated["OrganisationStatus", strawberry.lazy("service.catalogue.organisation")]
OrganisationAuthorityRef = Annotated["OrganisationAuthority", strawberry.lazy("service.catalogue.organisation")]
ServiceRef = Annotated["Service", strawberry.lazy("service.catalogue.service")]
ServiceCapacityRef = Annotated["ServiceCapacity", strawberry.lazy("service.catalogue.service")]
ServiceCostRef = Annotated["ServiceCost", strawberry.lazy("service.catalogue.service")]
ServiceDocumentRef = Annotated["ServiceDocument", strawberry.lazy("service.catalogue.service")]
ServiceScheduleRef = Annotated["ServiceSchedule", strawberry.lazy("service.catalogue.service")]
ServiceQualityRef = Annotated["ServiceQuality", strawberry.lazy("service.catalogue.service")]
CooperationLinkRef = Annotated["CooperationLink", strawberry.lazy("service.catalogue.cooperation")]
CooperationRef = Annotated["Cooperation", strawberry.lazy("service.catalogue.cooperation")]
ConfirmationRef = Annotated["Confirmation", strawberry.lazy("service.catalogue.cooperation")]
AgreementRef = Annotated["Agreement", strawberry.lazy("service.catalogue.cooperation")]
ProjectRef = Annotated["Project", strawberry.lazy("service.catalogue.project")]
ProjectParticipationRef = Annotated["ProjectParticipation", strawberry.lazy("service.catalogue.project")]
ProjectActivityRef = Annotated["ProjectActivity", strawberry.lazy("service.catalogue.project")]
ProjectOutputRef = Annotated["ProjectOutput", strawberry.lazy("service.catalogue.project")]
EventRef = Annotated["Event", strawberry.lazy("service.catalogue.event")]
EventParticipationRef = Annotated["EventParticipation", strawberry.lazy("service.catalogue.event")]
NeedRef = Annotated["Need", strawberry.lazy("service.catalogue.need")]
FigureRef = Annotated["Figure", strawberry.lazy("service.catalogue.figure")]
