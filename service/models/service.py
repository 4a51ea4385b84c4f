"""Services: what is given to whom, where, how one gets it, and at what price."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields as orm
from tortoise.fields.base import OnDelete
from tortoise.models import Model

from service.models.fields import (
    Check,
    Choice,
    Choices,
    ChoiceSet,
    Clock,
    Currency,
    Day,
    Email,
    Flag,
    Line,
    LineSet,
    Minor,
    PartialDate,
    PartOf,
    Phone,
    Reference,
    References,
    Text,
    Url,
    Whole,
)
from service.models.record import Part, Published, Record, in_order


class ServiceStatus(Choices):
    """Whether a service is given."""

    ACTIVE = "active", "The service is given."
    INACTIVE = "inactive", "The service is not given at present."
    DEFUNCT = "defunct", "The service has ended."
    TEMPORARILY_CLOSED = "temporarily_closed", "The service is closed for a time."


class ServiceForm(Choices):
    """Forms in which services are given."""

    RESIDENTIAL = "residential", "With accommodation (ar izmitināšanu)."
    NON_RESIDENTIAL = "non_residential", "Without accommodation (bez izmitināšanas)."
    AT_HOME = "at_home", "At the person's home."
    REMOTE = "remote", "By telephone or on the net."
    MOBILE = "mobile", "The team comes to where people are."


class FundingSource(Choices):
    """Who pays for a service."""

    STATE = "state", "The state budget."
    MUNICIPALITY = "municipality", "The municipality."
    EU_PROJECT = "eu_project", "A project of the European Union."
    DONATIONS = "donations", "Donations."
    CLIENT = "client", "The client."


class Fee(Choices):
    """What the person pays."""

    FREE = "free", "Free of charge for the person."
    CO_PAYMENT = "co_payment", "The person pays a part."
    FULL = "full", "The person pays the full price."


class AccessRoute(Choices):
    """Ways to get a service."""

    SELF = "self", "The person applies directly."
    SOCIAL_SERVICE_DECISION = "social_service_decision", "By decision of the municipal social service."
    ORPHANS_COURT_DECISION = "orphans_court_decision", "By decision of the orphan's and custody court."
    SPECIALIST_OPINION = "specialist_opinion", "With the opinion of a specialist."
    DOCTOR = "doctor", "With a referral from a doctor."
    POLICE_OR_COURT = "police_or_court", "By the police or a court."
    STATE_AGENCY_DECISION = "state_agency_decision", "By decision of a state agency."


class ResidenceRule(Choices):
    """What a service asks of the declared residence."""

    ANYONE = "anyone", "Wherever the person lives."
    DECLARED_IN_AREA = "declared_in_area", "Declared residence in the area is needed."
    DECLARED_ELSEWHERE_IF_THAT_MUNICIPALITY_PAYS = (
        "declared_elsewhere_if_that_municipality_pays",
        "Also for people declared elsewhere, when that municipality pays.",
    )
    CRISIS_ANYONE = "crisis_anyone", "Anyone in a crisis."


class Response(Choices):
    """How soon one gets help."""

    SAME_DAY = "same_day", "Help on the same day."
    AROUND_THE_CLOCK = "around_the_clock", "Help at any hour."
    BY_APPOINTMENT = "by_appointment", "By appointment."


class Gender(Choices):
    """For whom by gender."""

    ANYONE = "anyone", "People of any gender."
    WOMEN = "women", "Women and girls."
    MEN = "men", "Men and boys."


class Qualifier(Choices):
    """How exact a number is."""

    EXACT = "exact", "Exactly the value."
    MORE_THAN = "more_than", "More than the value."
    ABOUT = "about", "About the value."


class AvailabilityState(Choices):
    """Whether a service has free places."""

    OPEN = "open", "There are free places."
    QUEUE = "queue", "One has to wait."
    FULL = "full", "No places and no queue."
    UNKNOWN = "unknown", "Nobody has said lately."


class Service(Published):
    """A service that an organisation gives."""

    name = Text("The name of the service.")
    provider = Reference("Organisation", "services", "The organisation that gives the service.")
    status = Choice(ServiceStatus, "Whether the service is given today; null where no source tells.", null=True)
    description = Text("What the service is.", null=True)
    application_process = Text("How one applies.", null=True)
    url = Url("A page about the service.", null=True)
    email = Email("A functional e-mail address for the service.", null=True)
    phone = Phone("A functional telephone number for the service.", null=True)
    categories = References("TaxonomyTerm", "services", "service_category", "The categories of the service.")
    target_groups = References("TaxonomyTerm", "services_for_group", "service_target_group", "Whom the service is for.")
    regions = References("Region", "services", "service_region", "The regions the service is for.")
    locations = References("Location", "services", "service_location", "Where the service is given.")
    forms = ChoiceSet(ServiceForm, "The forms in which it is given.")
    minimum_age = Whole("The youngest age in years.", least=0, most=150, null=True)
    maximum_age = Whole("The oldest age in years.", least=0, most=150, null=True)
    gender = Choice(Gender, "For whom by gender.", null=True)
    accompanying_persons = Text("Who may come along: children, a parent, an assistant.", null=True)
    funding_sources = ChoiceSet(FundingSource, "Who pays for the service.")
    fee = Choice(Fee, "What the person pays.", null=True)
    access_routes = ChoiceSet(AccessRoute, "The ways to get the service.")
    residence_rule = Choice(ResidenceRule, "What the service asks of the declared residence.", null=True)
    response = ChoiceSet(Response, "How soon one gets help.")
    languages = LineSet("The languages one can speak there, as ISO 639-1 codes.")
    register_number = Line("The number in the register of social service providers.", null=True, unique=True)
    register_valid_from = PartialDate("Since when it is registered.", null=True)
    register_valid_to = PartialDate("Until when it is registered.", null=True)
    attested_on = PartialDate("The last date on which a source says the service was given.", null=True)

    HAS_SLUG: ClassVar = True
    CHECKS: ClassVar = [
        Check("service_ages", "minimum_age <= maximum_age"),
        in_order("register_valid_from", "register_valid_to"),
        Check(
            "service_register",
            "register_number IS NOT NULL OR COALESCE(register_valid_from, register_valid_to) IS NULL",
        ),
    ]

    class Meta:
        table = "service"


class ServiceCapacity(Part):
    """How many a service can take."""

    owner = PartOf("Service", "capacities")
    value = Whole("The number.", least=0)
    qualifier = Choice(Qualifier, "How exact the number is.")
    unit = Text("What is counted: places, clients, children and young people.")
    as_of = PartialDate("When the number held.", null=True)

    class Meta:
        table = "service_capacity"


class ServiceCost(Part):
    """What a service costs the person."""

    owner = PartOf("Service", "costs")
    amount_minor = Minor("The amount in minor units.", null=False)
    currency = Currency("ISO 4217 code of the currency.")
    unit = Text("Per what: a day, an hour, a session.", null=True)
    description = Text("For whom and when it applies.", null=True)

    CHECKS: ClassVar = [Check("service_cost_amount", "amount_minor >= 0")]

    class Meta:
        table = "service_cost"


class ServiceDocument(Part):
    """A document one has to bring."""

    owner = PartOf("Service", "required_documents")
    name = Text("The name of the document.")

    class Meta:
        table = "service_document"


class ServiceSchedule(Part):
    """When a service is given."""

    owner = PartOf("Service", "schedules")
    byday = Line("The days of the week: MO,TU,WE.", null=True)
    opens_at = Clock("When it opens.", null=True)
    closes_at = Clock("When it closes.", null=True)
    valid_from = Day("Since when the schedule holds.")
    valid_to = Day("Until when the schedule holds.")
    description = Text("What the times alone do not tell.", null=True)

    CHECKS: ClassVar = [
        Check("service_schedule_period", "valid_from <= valid_to"),
        Check("service_schedule_hours", "closes_at IS NULL OR opens_at IS NOT NULL"),
    ]

    class Meta:
        table = "service_schedule"


class ServiceQuality(Part):
    """A quality criterion of a delegated or purchased service, and whether it is met."""

    owner = PartOf("Service", "quality")
    criterion = Text("What is asked.")
    met = Flag("Whether it is met.")
    evidence = Reference("Evidence", "quality", "What shows it.", null=True)
    checked_on = PartialDate("When it was checked.", null=True)

    class Meta:
        table = "service_quality"


class Availability(Model):
    """An act: somebody says how many places are free today."""

    id = orm.UUIDField(primary_key=True)
    service: orm.ForeignKeyRelation[Record] = orm.ForeignKeyField(
        "kopa.Record", related_name="availabilities", on_delete=OnDelete.NO_ACTION, description="The service."
    )
    state = Choice(AvailabilityState, "Whether there are free places.")
    free_places = Whole("How many places are free.", null=True)
    weeks_to_wait = Whole("How many weeks one waits.", null=True)
    as_of = orm.DateField(description="The day it was said.")
    role = Line("Who said so, by role.")
    at = orm.DatetimeField(description="When it was recorded.")

    CHECKS: ClassVar = [
        Check("availability_places", "free_places IS NULL OR state = 'open'"),
        Check("availability_weeks", "weeks_to_wait IS NULL OR state = 'queue'"),
    ]

    class Meta:
        table = "availability"
