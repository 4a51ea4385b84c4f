"""Projects: what was paid by whom, carried out by whom, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from service.models.fields import (
    Check,
    Choice,
    Choices,
    Currency,
    Line,
    Minor,
    Number,
    PartialDate,
    PartOf,
    Reference,
    References,
    Text,
    Url,
)
from service.models.record import Part, Published, in_order


class ProjectRole(Choices):
    """Roles in a project."""

    LEAD = "lead", "Carries the project."
    PARTNER = "partner", "Is a partner."
    FUNDER = "funder", "Pays."
    ADMINISTRATOR = "administrator", "Administers the programme or sub-activity."
    CONTRACTOR = "contractor", "Was contracted for a part of the work."


class Project(Published):
    """A project with its contract, money, period, territory and results."""

    title = Text("The title of the project.")
    contract_number = Line("The number of the project's contract.", null=True)
    programme = Text("The programme it belongs to.", null=True)
    description = Text("What the project is for.", null=True)
    url = Url("A page about the project.", null=True)
    amount_minor = Minor("The total amount in minor units of the currency.")
    currency = Currency("ISO 4217 code of the currency.", null=True)
    starts_on = PartialDate("When it started.", null=True)
    ends_on = PartialDate("When it ended or will end.", null=True)
    regions = References("Region", "projects", "project_region", "Where it was carried out.")
    beneficiaries = Text("Whom it helped.", null=True)

    HAS_SLUG: ClassVar = True
    CHECKS: ClassVar = [
        Check("project_amount", "amount_minor >= 0"),
        Check("project_currency", "(amount_minor IS NULL) = (currency IS NULL)"),
        in_order("starts_on", "ends_on"),
    ]

    class Meta:
        table = "project"


class ProjectParticipation(Part):
    """An organisation's part in a project."""

    owner = PartOf("Project", "participations")
    organisation = Reference("Organisation", "project_participations", "The organisation.")
    role = Choice(ProjectRole, "Its role in the project.")
    share_percent = Number("Its share of the money in per cent.", digits=5, places=2, least=0, most=100, null=True)
    amount_minor = Minor("Its amount in minor units of the currency.")
    currency = Currency("ISO 4217 code of the currency.", null=True)

    CHECKS: ClassVar = [
        Check("project_participation_amount", "amount_minor >= 0"),
        Check("project_participation_currency", "(amount_minor IS NULL) = (currency IS NULL)"),
    ]

    class Meta:
        table = "project_participation"
        unique_together = (("owner", "organisation", "role"),)


class ProjectActivity(Part):
    """Something done in a project."""

    owner = PartOf("Project", "activities")
    name = Text("What was done.")

    class Meta:
        table = "project_activity"


class ProjectOutput(Part):
    """Something that came of a project: a concept, a programme, a handbook, a database."""

    owner = PartOf("Project", "outputs")
    name = Text("What it is.")
    on = PartialDate("When it was published.", null=True)
    url = Url("Where it can be found.", null=True)

    class Meta:
        table = "project_output"
