"""Projects: who paid, who carried them out, what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH
from service.catalogue.dates import PartialDate
from service.catalogue.dimensions import Several, Within
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order, date_key
from service.catalogue.ordered import Key
from service.catalogue.published import Many, published
from service.catalogue.record import Part, Record
from service.catalogue.refs import (
    CooperationLinkRef,
    EventRef,
    FigureRef,
    OrganisationRef,
    ProjectActivityRef,
    ProjectOutputRef,
    ProjectParticipationRef,
    ProjectRef,
    RegionRef,
)
from service.catalogue.values import Money
from service.catalogue.words import Words, sort_key, spoken
from service.models.fields import Choices
from service.models.project import ProjectRole


def project_title(project: Project) -> Key:
    return (*sort_key(project.title["lv"]), project.id)


def project_start(project: Project) -> Key:
    return (*date_key(project.starts_on), project.id)


@published(
    models.Project,
    descriptions={
        "slug": "The readable name in addresses.",
        "amount": "The total amount.",
        "participations": "The organisations in it with their roles and shares.",
        "activities": "What was done.",
        "outputs": "What came of it.",
        "links": "The cooperation links within it.",
        "events": "The events within it.",
        "figures": "Figures about it.",
    },
)
class Project(Record):
    """A project with its contract, money, period, territory and results."""

    slug: str
    title: Words
    contract_number: str | None
    programme: Words | None
    description: Words | None
    url: str | None
    amount: Money | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    regions: Many[RegionRef]
    beneficiaries: Words | None
    participations: Many[ProjectParticipationRef]
    activities: Many[ProjectActivityRef]
    outputs: Many[ProjectOutputRef]
    links: Many[CooperationLinkRef]
    events: Many[EventRef]
    figures: Many[FigureRef]

    DEFAULT_ORDER = (project_start, True)
    DIMENSIONS = {
        "region": Within(lambda project: project.regions),
        "participant": Several(lambda project: [part.organisation.id for part in project.participations]),
        "funder": Several(lambda project: [part.organisation.id for part in project.funding()]),
    }

    def funding(self) -> Iterator[ProjectParticipationRef]:
        """The part of those who pay."""
        yield from (part for part in self.participations if part.role is ProjectRole.FUNDER)

    def texts(self) -> list[str]:
        return spoken(self.title, self.programme, self.description, self.contract_number)


@published(
    models.ProjectParticipation, descriptions={"project": "The project.", "amount": "Its amount in the project."}
)
class ProjectParticipation(Part):
    """An organisation's part in a project."""

    project: ProjectRef
    organisation: OrganisationRef
    role: ProjectRole
    share_percent: Decimal | None
    amount: Money | None


@published(models.ProjectActivity)
class ProjectActivity(Part):
    """Something done in a project."""

    name: Words


@published(models.ProjectOutput)
class ProjectOutput(Part):
    """Something that came of a project."""

    name: Words
    on: PartialDate | None
    url: str | None


@strawberry.input(description="Which projects to give; what is given together has to hold together.")
class ProjectFilter(Filter):
    NOUN = "project"
    BY_WORDS = True
    LOOKUPS = {"region": "region", "participant": "organisation", "funder": "organisation"}

    region: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In one of these regions, by id or code, with subregions and predecessors."
    )
    participant: list[strawberry.ID] | None = strawberry.field(
        default=None, description="With one of these organisations in any role, by id or slug."
    )
    funder: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Paid by one of these organisations, by id or slug."
    )
    text: str | None = strawberry.field(
        default=None,
        description=f"{WORDS} its title, programme, contract number, description, participants and regions.",
        directives=[SEARCH],
    )


ProjectFacet = facets_of(ProjectFilter, Project)


class ProjectOrderField(Choices):
    """What projects can be ordered by."""

    STARTS_ON = "starts_on", "The start."
    TITLE = "title", "The Latvian title, in alphabetical order."


@strawberry.input(description="The order of projects.")
class ProjectOrder(Order):
    NOUN = "project"
    KEYS = {ProjectOrderField.STARTS_ON: project_start, ProjectOrderField.TITLE: project_title}

    field: ProjectOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
