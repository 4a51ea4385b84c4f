"""What speaks for introducing an organisation to others: needs that one of two meets, the same people in one region."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from service.catalogue.dimensions import lineage
from service.catalogue.indexes import Index
from service.catalogue.introductions.needs import Meeting
from service.catalogue.introductions.ranking import Rank, counted, ranks, union
from service.catalogue.introductions.reason import (
    IntroductionReason,
    IntroductionReasonKind,
    is_municipal,
    likeness,
    need_reason,
    reason_key,
)
from service.catalogue.introductions.working import known_to, together, works_in
from service.catalogue.persons import givers_mask, members, persons
from service.catalogue.reach import Reach, Reaching, mask_of_all, objects_of

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

Masks = list[tuple[Any, int]]
"""Regions or target groups, each with those that have it in common with an organisation."""


class Lack(NamedTuple):
    """An open need with those whom it speaks for introducing, and the services that meet it."""

    need: Any
    kind: IntroductionReasonKind
    others: int
    services: int
    """As bits; those of all whom it speaks for, or of the organisation itself."""


class Suggesting:
    """Who is worth meeting, and why. Nobody needs to meet those with whom there is or was a link."""

    def __init__(self, organisation: Any) -> None:
        self.organisation = organisation.person()
        self.catalogue = organisation.catalogue
        self.index: Index = self.catalogue.indexes["organisation"]
        self.own = together(organisation)

    def ranked(self) -> list[Rank]:
        """Everybody worth meeting: first by the needs of municipal sides, then by other needs, then by how many
        regions and groups are shared."""
        regions, groups = ([mask for _, mask in masks] for masks in (self._by_region, self._by_group))
        municipal = [lack.others for lack in self._lacks if is_municipal(lack.need)]
        others = [lack.others for lack in self._lacks if not is_municipal(lack.need)]
        alike = union(regions) & union(groups)
        strangers = ~mask_of_all(self.index, [self.catalogue.records[id] for id in known_to(self.own)])
        shared = [counted(mask & alike for mask in masks) for masks in (regions, groups)]
        places = (alike | union(municipal) | union(others)) & strangers
        return [*ranks(places, [counted(municipal), counted(others), *shared])] if places else []

    def reasons(self, other: Any) -> list[IntroductionReason]:
        """Why to meet somebody, in order."""
        found = [self._reason(lack, other) for lack in self._lacks if lack.others >> other.ordinal & 1]
        regions = [region for region, mask in self._by_region if mask >> other.ordinal & 1]
        groups = [group for group, mask in self._by_group if mask >> other.ordinal & 1]
        return sorted([*found, likeness(regions, groups)] if regions and groups else found, key=reason_key)

    def _reason(self, lack: Lack, other: Any) -> IntroductionReason:
        theirs = lack.kind is IntroductionReasonKind.PARTNER_MEETS_NEED
        givers = members(other) if theirs else self.own.values()
        services: Index = self.catalogue.indexes["service"]
        met = lack.services & mask_of_all(services, (service for giver in givers for service in giver.services))
        provider = other if theirs else self.organisation
        return need_reason(lack.kind, lack.need, provider, list(objects_of(services, met)))

    @cached_property
    def _lacks(self) -> list[Lack]:
        meeting, found = Meeting(self.catalogue), []
        for need in meeting.open([need for body in self.own.values() for need in body.needs]):
            services = meeting.services(need)
            others = givers_mask(self.catalogue, services)
            found.append(Lack(need, IntroductionReasonKind.PARTNER_MEETS_NEED, others, services))
        for need, met in meeting.met_by([service for body in self.own.values() for service in body.services]):
            others = mask_of_all(self.index, [need.stated_by.person()])
            found.append(Lack(need, IntroductionReasonKind.MEETS_PARTNERS_NEED, others, met))
        return found

    @cached_property
    def _by_region(self) -> Masks:
        """Where it works, and who does there too or for all of the planning region."""
        return [(region, self.catalogue.once(_working_in, region)) for region in works_in(self.own.values())]

    @cached_property
    def _by_group(self) -> Masks:
        """For whom it works, and who does for the same people, for some of them or for more."""
        groups = {group for body in self.own.values() for group in body.all_target_groups()}
        wider = {each for group in groups for each in _wider(group)}
        naming = {each: self._naming(each) for each in wider}
        return [(group, self._for(group, naming)) for group in groups]

    def _for(self, group: Any, naming: dict[Any, int]) -> int:
        own = self.index.having(("target_group", group.id))
        return persons(self.index, own | union(naming[wider] for wider in _wider(group)))

    def _naming(self, group: Any) -> int:
        """Those that name exactly this group, or give services that do."""
        services = self.catalogue.indexes["service"]
        given = givers_mask(self.catalogue, mask_of_all(services, group.services_for_group))
        return mask_of_all(self.index, group.organisations_for_group) | given


def _working_in(catalogue: Catalogue, region: Any) -> int:
    own, given = (catalogue.once(Reaching, noun).by_reach(region) for noun in ("organisation", "service"))
    giving = givers_mask(catalogue, given[Reach.LOCAL] | given[Reach.REGIONAL])
    return persons(catalogue.indexes["organisation"], own[Reach.LOCAL] | own[Reach.REGIONAL]) | giving


def _wider(group: Any) -> list[Any]:
    return [wider for wider in lineage(group).values() if wider is not group]
