"""Organisations: NGOs, municipal bodies, the state, funders."""

from __future__ import annotations

from typing import ClassVar

from service.models.fields import (
    Check,
    Choice,
    Choices,
    ChoiceSet,
    Email,
    Flag,
    Line,
    PartialDate,
    PartOf,
    Phone,
    Reference,
    References,
    Text,
    Url,
    Whole,
)
from service.models.record import Part, Published, in_order


class LegalForm(Choices):
    """Legal forms of organisations."""

    ASSOCIATION = "association", "An association (biedrība)."
    FOUNDATION = "foundation", "A foundation (nodibinājums)."
    RELIGIOUS = "religious", "A religious organisation (reliģiska organizācija)."
    COMPANY = "company", "A company (kapitālsabiedrība)."
    MUNICIPALITY = "municipality", "A municipality itself (pašvaldība)."
    MUNICIPAL_INSTITUTION = "municipal_institution", "An institution of a municipality (pašvaldības iestāde)."
    MUNICIPAL_AGENCY = "municipal_agency", "An agency of a municipality (pašvaldības aģentūra)."
    DERIVED_PUBLIC_BODY = "derived_public_body", "A derived public person (atvasināta publiska persona)."
    STATE_INSTITUTION = "state_institution", "An institution of the state (valsts iestāde)."
    PUBLIC_FOUNDATION = "public_foundation", "A public foundation (publisks nodibinājums)."
    INTERNATIONAL = "international", "An international organisation or fund."
    UNIT = "unit", "A unit of another organisation (struktūrvienība)."
    OTHER = "other", "A form that none of the others names."


class Sector(Choices):
    """Sectors of society."""

    NGO = "ngo", "Non-governmental."
    MUNICIPAL = "municipal", "Of a municipality."
    STATE = "state", "Of the state."
    PRIVATE = "private", "Private, for profit."
    INTERNATIONAL = "international", "International."


class OrganisationRole(Choices):
    """What an organisation is in the field."""

    SOCIAL_SERVICE = "social_service", "A municipal social service (sociālais dienests)."
    ORPHANS_COURT = "orphans_court", "An orphan's and custody court (bāriņtiesa)."
    PROVIDER = "provider", "A provider of services."
    NETWORK = "network", "A network or umbrella of organisations."
    FUNDER = "funder", "A funder."
    RESEARCH = "research", "A research body."
    MEDIA = "media", "A medium."
    PLANNING_REGION = "planning_region", "The body of a planning region."
    MINISTRY = "ministry", "A ministry."


class OrganisationStatusKind(Choices):
    """Statuses that the state grants."""

    SOCIAL_ENTERPRISE = "social_enterprise", "Has the status of a social enterprise."
    PUBLIC_BENEFIT = "public_benefit", "Has the status of a public benefit organisation."


class Organisation(Published):
    """An organisation or a body of one."""

    name = Text("The name of the organisation.")
    legal_form = Choice(LegalForm, "The legal form; null where no source states it.", null=True)
    sector = Choice(Sector, "The sector, stated where the legal form does not tell.", null=True)
    roles = ChoiceSet(OrganisationRole, "What the organisation is in the field.")
    description = Text("What the organisation does.", null=True)
    website = Url("The website of the organisation.", null=True)
    email = Email("A functional e-mail address of the organisation.", null=True)
    email_by_choice = Flag(
        "Whether the organisation chose to publish an address that looks like a person's.", default=False
    )
    phone = Phone("A functional telephone number of the organisation.", null=True)
    founded = Whole("The year the organisation was founded.", least=1000, most=2200, null=True)
    seat = Reference("Location", "seat_of", "Where the organisation has its seat.", null=True)
    parent = Reference("Organisation", "units", "The organisation it is a unit of.", null=True)
    regions = References("Region", "organisations", "organisation_region", "Where the organisation is active.")
    fields = References(
        "TaxonomyTerm", "organisations", "organisation_field", "The fields of activity of the organisation."
    )
    target_groups = References(
        "TaxonomyTerm", "organisations_for_group", "organisation_target_group", "Whom the organisation works for."
    )

    HAS_SLUG: ClassVar = True
    CHECKS: ClassVar = [
        Check("organisation_not_in_itself", "parent_id <> id"),
        Check("organisation_unit", "legal_form <> 'unit' OR parent_id IS NOT NULL"),
    ]

    class Meta:
        table = "organisation"


class OrganisationName(Part):
    """Another name of an organisation: short, former, or in another spelling."""

    owner = PartOf("Organisation", "alternate_names")
    name = Line("The other name.")

    class Meta:
        table = "organisation_name"
        unique_together = (("owner", "name"),)


class OrganisationIdentifier(Part):
    """A number under which a register knows an organisation."""

    owner = PartOf("Organisation", "identifiers")
    scheme = Line("The register: registration_number for the register of enterprises.")
    value = Line("The number in it.")

    CHECKS: ClassVar = [
        Check(
            "organisation_identifier_registration_number",
            "scheme <> 'registration_number' OR (length(value) = 11 AND value NOT GLOB '*[^0-9]*')",
            postgres="scheme <> 'registration_number' OR value ~ '^[0-9]{11}$'",
        ),
    ]

    class Meta:
        table = "organisation_identifier"
        unique_together = (("scheme", "value"),)


class OrganisationStatus(Part):
    """A status that the state grants for a time."""

    owner = PartOf("Organisation", "statuses")
    kind = Choice(OrganisationStatusKind, "Which status it is.")
    valid_from = PartialDate("Since when.", null=True)
    valid_to = PartialDate("Until when.", null=True)

    CHECKS: ClassVar = [in_order("valid_from", "valid_to")]

    class Meta:
        table = "organisation_status"


class OrganisationAuthority(Part):
    """A region for which an organisation acts as the municipal side."""

    owner = PartOf("Organisation", "authority_for")
    region = Reference("Region", "authorities", "The region it acts for.")
    valid_from = PartialDate("Since when.", null=True)
    valid_to = PartialDate("Until when.", null=True)

    CHECKS: ClassVar = [in_order("valid_from", "valid_to")]

    class Meta:
        table = "organisation_authority"
