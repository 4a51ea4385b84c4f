"""The tables: what each noun holds. They know neither GraphQL nor HTTP."""

from service.models.account import (
    Account,
    ApiToken,
    AuditEntry,
    Lease,
    Letter,
    Membership,
    OneTimeLink,
    RecoveryCode,
    Session,
)
from service.models.campaign import Application, Campaign, CampaignRecipient
from service.models.change import Change, ChangeClock
from service.models.cooperation import Agreement, Confirmation, CooperationLink
from service.models.event import Event, EventParticipation
from service.models.figure import Figure
from service.models.location import Location, LocationPrivate
from service.models.need import Need
from service.models.organisation import (
    Organisation,
    OrganisationAuthority,
    OrganisationIdentifier,
    OrganisationName,
    OrganisationStatus,
)
from service.models.project import Project, ProjectActivity, ProjectOutput, ProjectParticipation
from service.models.record import Part, Published, Record, Slug
from service.models.region import Region, RegionNuts, RegionSuccession
from service.models.report import Report
from service.models.revision import Revision
from service.models.service import (
    Availability,
    Service,
    ServiceCapacity,
    ServiceCost,
    ServiceDocument,
    ServiceQuality,
    ServiceSchedule,
)
from service.models.sheet import SavedView, Sheet, SheetColumn, SheetRow
from service.models.source import Evidence, Source
from service.models.taxonomy import Taxonomy, TaxonomyAlias, TaxonomyMapping, TaxonomyTerm
from service.models.webhook import Webhook, WebhookDelivery

NOUNS: dict[str, type[Published]] = {
    model._meta.db_table: model
    for model in (
        Source,
        Region,
        Taxonomy,
        TaxonomyTerm,
        Location,
        Organisation,
        Service,
        Project,
        Agreement,
        CooperationLink,
        Event,
        Need,
        Figure,
    )
}
"""Every noun by the name of its table, in an order in which most references point backwards."""

PARTS: tuple[type[Part], ...] = (
    Evidence,
    RegionSuccession,
    RegionNuts,
    TaxonomyAlias,
    TaxonomyMapping,
    OrganisationName,
    OrganisationIdentifier,
    OrganisationStatus,
    OrganisationAuthority,
    ServiceCapacity,
    ServiceCost,
    ServiceDocument,
    ServiceSchedule,
    ServiceQuality,
    ProjectParticipation,
    ProjectActivity,
    ProjectOutput,
    EventParticipation,
)
"""The owned children, which live and die with their owners."""

__all__ = [
    "NOUNS",
    "PARTS",
    "Account",
    "Agreement",
    "ApiToken",
    "Application",
    "AuditEntry",
    "Availability",
    "Campaign",
    "CampaignRecipient",
    "Change",
    "ChangeClock",
    "Confirmation",
    "CooperationLink",
    "Event",
    "EventParticipation",
    "Evidence",
    "Figure",
    "Lease",
    "Letter",
    "Location",
    "LocationPrivate",
    "Membership",
    "Need",
    "OneTimeLink",
    "Organisation",
    "OrganisationAuthority",
    "OrganisationIdentifier",
    "OrganisationName",
    "OrganisationStatus",
    "Part",
    "Project",
    "ProjectActivity",
    "ProjectOutput",
    "ProjectParticipation",
    "Published",
    "Record",
    "RecoveryCode",
    "Region",
    "RegionNuts",
    "RegionSuccession",
    "Report",
    "Revision",
    "SavedView",
    "Service",
    "ServiceCapacity",
    "ServiceCost",
    "ServiceDocument",
    "ServiceQuality",
    "ServiceSchedule",
    "Session",
    "Sheet",
    "SheetColumn",
    "SheetRow",
    "Slug",
    "Source",
    "Taxonomy",
    "TaxonomyAlias",
    "TaxonomyMapping",
    "TaxonomyTerm",
    "Webhook",
    "WebhookDelivery",
]
