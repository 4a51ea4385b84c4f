"""Needs: what a municipal side or an NGO says its region lacks; never about a case."""

from __future__ import annotations

from typing import ClassVar

from service.models.fields import Check, Choice, Choices, Flag, PartialDate, Reference, Text, Whole
from service.models.record import Published, in_order


class NeedStatement(Choices):
    """What can be said of the supply of a service."""

    NEEDED = "needed", "There is too little of it."
    ENOUGH = "enough", "There is enough of it."
    NONE_HERE = "none_here", "There is none here."
    BOUGHT_ELSEWHERE = "bought_elsewhere", "It is bought from elsewhere."


class Need(Published):
    """What one organisation says of one kind of service in one region."""

    stated_by = Reference("Organisation", "needs", "The organisation that says so.")
    region = Reference("Region", "needs", "The region it speaks of.")
    category = Reference("TaxonomyTerm", "needs", "The category of service it speaks of.")
    target_group = Reference("TaxonomyTerm", "needs_of_group", "For whom.", null=True)
    statement = Choice(NeedStatement, "What it says.")
    description = Text("What it says in words; never about a case.", null=True)
    waiting = Whole("How many people wait; none, or five and more.", null=True)
    fewer_than_five = Flag("Whether one to four people wait; the number itself is never published.", default=False)
    period_from = PartialDate("Since when it holds.", null=True)
    period_to = PartialDate("Until when it holds.", null=True)

    CHECKS: ClassVar = [
        in_order("period_from", "period_to"),
        Check("need_waiting_not_few", "waiting = 0 OR waiting >= 5"),
        Check("need_fewer_than_five", "NOT fewer_than_five OR waiting IS NULL"),
    ]

    class Meta:
        table = "need"
