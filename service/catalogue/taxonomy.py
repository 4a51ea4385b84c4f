"""Taxonomies and their terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import strawberry

from service import models
from service.catalogue.connection import Direction
from service.catalogue.costs import SEARCH_FEW
from service.catalogue.dimensions import lineage
from service.catalogue.facets import facets_of
from service.catalogue.filters import WORDS, Filter, Order
from service.catalogue.ordered import Key
from service.catalogue.published import Crowd, Many, published
from service.catalogue.record import Part, Record
from service.catalogue.refs import (
    NeedRef,
    OrganisationRef,
    ServiceRef,
    TaxonomyAliasRef,
    TaxonomyMappingRef,
    TaxonomyRef,
    TaxonomyTermRef,
)
from service.catalogue.words import Words, sort_key, spoken
from service.models.fields import Choices

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue


def taxonomy_code(taxonomy: Taxonomy) -> Key:
    return (taxonomy.code, taxonomy.id)


def term_name(term: TaxonomyTerm) -> Key:
    return (*sort_key(term.name["lv"]), term.id)


def term_code(term: TaxonomyTerm) -> Key:
    return (term.taxonomy.code, term.code, term.id)


@published(models.Taxonomy, descriptions={"terms": "The terms of the taxonomy."})
class Taxonomy(Record):
    """A list of terms for one purpose."""

    code: str
    name: Words
    description: Words | None
    terms: Many[TaxonomyTermRef]

    DEFAULT_ORDER = (taxonomy_code, False)
    SHAPES = frozenset({"code"})


@published(
    models.TaxonomyTerm,
    descriptions={
        "aliases": "Other wordings of the term, as registers and people write it.",
        "mappings": "The same notion in classifications of others.",
        "narrower": "The narrower terms.",
        "related_from": "Terms of other taxonomies that lead to this one.",
        "services": "The services of this category, not of narrower ones.",
        "services_for_group": "The services for this target group.",
        "organisations": "The organisations in this field of activity.",
        "organisations_for_group": "The organisations that work for this target group.",
        "needs": "What is said of the supply of this category.",
    },
)
class TaxonomyTerm(Record):
    """A term of a taxonomy: a service category, a target group, a field of activity, a life situation."""

    taxonomy: TaxonomyRef
    code: str
    name: Words
    parent: TaxonomyTermRef | None
    definition: Words | None
    legal_basis: str | None
    confidential_by_default: bool
    related: Many[TaxonomyTermRef]
    related_from: Many[TaxonomyTermRef]
    narrower: Many[TaxonomyTermRef]
    aliases: Many[TaxonomyAliasRef]
    mappings: Many[TaxonomyMappingRef]
    services: Crowd[ServiceRef]
    services_for_group: Crowd[ServiceRef]
    organisations: Crowd[OrganisationRef]
    organisations_for_group: Crowd[OrganisationRef]
    needs: Many[NeedRef]

    DEFAULT_ORDER = (term_name, False)
    FELT = frozenset({"name", "aliases"})
    SHAPES = frozenset({"taxonomy", "code", "parent"})
    DIMENSIONS = {
        "taxonomy": lambda term: term.taxonomy.code,
        "top_level": lambda term: term.parent is None,
        "within": lambda term: term.within(),
    }

    def above(self) -> Iterator[TaxonomyTerm]:
        if self.parent is not None:
            yield self.parent

    def dependents(self) -> Iterator[Record]:
        yield from (*self.services, *self.needs)

    def within(self) -> frozenset[str]:
        """The ids and codes of the term and everything it lies in."""
        broader = lineage(self)
        return frozenset((*broader, *(term.code for term in broader.values())))

    def texts(self) -> list[str]:
        return [*spoken(self.name, self.code), *(alias.name for alias in self.aliases)]


def terms_of(catalogue: Catalogue, noun: str) -> Sequence[TaxonomyTerm]:
    """The terms of a taxonomy, named as `taxonomy_term/<its code>`; none when there is no such taxonomy."""
    taxonomy: Taxonomy | None = catalogue.codes.get(("taxonomy", noun.partition("/")[2]))
    return () if taxonomy is None else taxonomy.terms


def broadest(catalogue: Catalogue, noun: str) -> list[TaxonomyTerm]:
    """Those of its terms that lie in no other."""
    return [term for term in terms_of(catalogue, noun) if term.parent is None]


@published(models.TaxonomyAlias)
class TaxonomyAlias(Part):
    """Another wording of a term."""

    name: str


@published(models.TaxonomyMapping)
class TaxonomyMapping(Part):
    """The same notion in a classification of somebody else."""

    scheme: str
    value: str


@strawberry.input(description="Which terms to give; what is given together has to hold together.")
class TaxonomyTermFilter(Filter):
    NOUN = "taxonomy_term"
    BY_WORDS = True
    LOOKUPS = {"within": "taxonomy_term"}

    taxonomy: list[str] | None = strawberry.field(default=None, description="Of one of these taxonomies, by code.")
    within: list[strawberry.ID] | None = strawberry.field(
        default=None, description="One of these terms or narrower, by id, or by code in whichever taxonomy."
    )
    top_level: bool | None = strawberry.field(default=None, description="Whether it has no broader term.")
    text: str | None = strawberry.field(
        default=None, description=f"{WORDS} its name, aliases and definition.", directives=[SEARCH_FEW]
    )


TaxonomyTermFacet = facets_of(TaxonomyTermFilter, TaxonomyTerm)


class TaxonomyTermOrderField(Choices):
    """What terms can be ordered by."""

    NAME = "name", "The Latvian name, in alphabetical order."
    CODE = "code", "The taxonomy and the code."


@strawberry.input(description="The order of terms.")
class TaxonomyTermOrder(Order):
    NOUN = "taxonomy_term"
    KEYS = {TaxonomyTermOrderField.NAME: term_name, TaxonomyTermOrderField.CODE: term_code}

    field: TaxonomyTermOrderField = strawberry.field(description="What to order by.")
    direction: Direction = strawberry.field(default=Direction.ASC, description="In which direction.")
