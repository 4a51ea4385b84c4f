"""Figures: numbers that sources state about a region, organisation, service or project."""

from __future__ import annotations

from typing import ClassVar

from service.models.fields import Check, Choice, Line, Number, PartialDate, Reference, Text
from service.models.record import Published
from service.models.service import Qualifier


class Figure(Published):
    """One number about one thing, as a source states it."""

    indicator = Line("What is counted, as a code: population, staff, people_reached, …")
    name = Text("What is counted, in words.")
    value = Number("The number.")
    qualifier = Choice(Qualifier, "How exact the number is.")
    unit = Text("The unit.")
    as_of = PartialDate("When it held.", null=True)
    description = Text("What one has to know to read it right.", null=True)
    region = Reference("Region", "figures", "The region it is about.", null=True)
    organisation = Reference("Organisation", "figures", "The organisation it is about.", null=True)
    service = Reference("Service", "figures", "The service it is about.", null=True)
    project = Reference("Project", "figures", "The project it is about.", null=True)

    CHECKS: ClassVar = [
        Check(
            "figure_subject",
            "1 = "
            + " + ".join(
                f"CASE WHEN {noun}_id IS NULL THEN 0 ELSE 1 END"
                for noun in ("region", "organisation", "service", "project")
            ),
        ),
    ]

    class Meta:
        table = "figure"
