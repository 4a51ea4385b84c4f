"""Why two organisations are introduced: in words, and as the objects it rests on."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from service.catalogue.costs import PAGE
from service.catalogue.faceted import connection_field
from service.catalogue.published import LANGUAGE, TEXT, graphql_enum
from service.catalogue.refs import NeedRef, OrganisationRef
from service.catalogue.words import Language, Words, in_language
from service.models.fields import Choices
from service.models.need import NeedStatement


class IntroductionReasonKind(Choices):
    """Why two organisations are introduced."""

    PARTNER_MEETS_NEED = "partner_meets_need", "The other gives what this one, or its municipal side, says is lacking."
    MEETS_PARTNERS_NEED = "meets_partners_need", "This one gives what the other says is lacking."
    SAME_REGION_AND_GROUP = "same_region_and_group", "Both work in the same region for the same people."


graphql_enum(IntroductionReasonKind)
KINDS = list(IntroductionReasonKind)

LACKING: dict[NeedStatement, Words] = {
    NeedStatement.NEEDED: {
        "lv": "{author} norāda, ka trūkst pakalpojuma: {category} ({region}). {provider} to sniedz.",
        "en": "{author} says there is too little of a service: {category} ({region}). {provider} gives it.",
    },
    NeedStatement.NONE_HERE: {
        "lv": "{author} norāda, ka šāda pakalpojuma nav: {category} ({region}). {provider} to sniedz.",
        "en": "{author} says there is no such service: {category} ({region}). {provider} gives it.",
    },
}
ALIKE: Words = {
    "lv": "Abas organizācijas darbojas šeit: {regions}. Kam palīdz abas: {groups}.",
    "en": "Both organisations work here: {regions}. Whom both help: {groups}.",
}


@strawberry.type(description="Why two organisations are introduced, with what it rests on.")
class IntroductionReason:
    kind: IntroductionReasonKind = strawberry.field(description="Why.")
    need: NeedRef | None = strawberry.field(description="The stated need that one of them meets.")
    by_municipal_side: bool = strawberry.field(description="Whether a municipal side states that need for its region.")
    provider: strawberry.Private[OrganisationRef | None]
    meeting: strawberry.Private[list[Any]]
    shared_regions: strawberry.Private[list[Any]]
    shared_groups: strawberry.Private[list[Any]]

    @strawberry.field(description="The reason in a sentence.", directives=[TEXT])
    def text(self, language: Annotated[Language, strawberry.argument(description=LANGUAGE)] = Language.LV) -> str:
        need: Any = self.need
        if need is None:
            regions, groups = (_names(each, language) for each in (self.shared_regions, self.shared_groups))
            return in_language(ALIKE, language).format(regions=regions, groups=groups)
        said = {"author": need.stated_by, "category": need.category, "region": need.region, "provider": self.provider}
        named = {key: in_language(record.name, language) for key, record in said.items()}
        return in_language(LACKING[need.statement], language).format(**named)

    services = connection_field(
        "services", "meeting", "Service", "The services that meet the need.", [PAGE], kept=False
    )

    regions = connection_field(
        "regions", "shared_regions", "Region", "The regions where both work.", [PAGE], kept=False
    )

    target_groups = connection_field(
        "target_groups",
        "shared_groups",
        "TaxonomyTerm",
        "The target groups for which both work.",
        [PAGE],
        kept=False,
    )

    @property
    def catalogue(self) -> Any:
        known: Any = self.need or self.shared_regions[0]
        return known.catalogue


def reason_key(reason: IntroductionReason) -> tuple[Any, ...]:
    """Needs first, those of municipal sides before all."""
    return (not reason.by_municipal_side, KINDS.index(reason.kind), reason.need.id if reason.need else "")


def _names(records: list[Any], language: Language) -> str:
    ordered = sorted(records, key=type(records[0]).DEFAULT_ORDER[0])
    return ", ".join(in_language(record.name, language) for record in ordered)


def is_municipal(need: Any) -> bool:
    """Whether the municipal side of its region states a need."""
    return any(body is need.stated_by for body in need.region.municipal_side)


def need_reason(kind: IntroductionReasonKind, need: Any, provider: Any, services: list[Any]) -> IntroductionReason:
    """One of the two meets a need that the other, or its municipal side, states."""
    return IntroductionReason(
        kind=kind,
        need=need,
        by_municipal_side=is_municipal(need),
        provider=provider,
        meeting=services,
        shared_regions=[],
        shared_groups=[],
    )


def likeness(regions: list[Any], groups: list[Any]) -> IntroductionReason:
    """Both work in some regions, and for some target groups."""
    return IntroductionReason(
        kind=IntroductionReasonKind.SAME_REGION_AND_GROUP,
        need=None,
        by_municipal_side=False,
        provider=None,
        meeting=[],
        shared_regions=regions,
        shared_groups=groups,
    )
