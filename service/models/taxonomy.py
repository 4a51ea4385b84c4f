"""Taxonomies: service categories, target groups, fields of activity, life situations."""

from __future__ import annotations

from typing import ClassVar

from service.models.fields import Check, Flag, Line, PartOf, Reference, References, Text
from service.models.record import Part, Published


class Taxonomy(Published):
    """A list of terms for one purpose."""

    code = Line("The name of the taxonomy in files: service_category, target_group, …", unique=True)
    name = Text("The name of the taxonomy.")
    description = Text("What it is for.", null=True)

    class Meta:
        table = "taxonomy"


class TaxonomyTerm(Published):
    """A term of a taxonomy: a service category, a target group, a field of activity, a life situation."""

    taxonomy = Reference("Taxonomy", "terms", "The taxonomy the term belongs to.")
    code = Line("The name of the term in addresses and files.")
    name = Text("The name of the term.")
    parent = Reference("TaxonomyTerm", "narrower", "The broader term.", null=True)
    definition = Text("What the term means.", null=True)
    legal_basis = Line("The law or regulation that defines it.", null=True)
    confidential_by_default = Flag(
        "Whether places where such a service is given are kept confidential unless an editor decides otherwise.",
        default=False,
    )
    related = References(
        "TaxonomyTerm",
        "related_from",
        "taxonomy_term_related",
        "Terms of other taxonomies it leads to: a life situation names its categories and target groups.",
    )

    CHECKS: ClassVar = [Check("taxonomy_term_not_in_itself", "parent_id <> id")]

    class Meta:
        table = "taxonomy_term"
        unique_together = (("taxonomy", "code"),)


class TaxonomyAlias(Part):
    """Another wording of a term, as registers and people write it."""

    owner = PartOf("TaxonomyTerm", "aliases")
    name = Line("The wording.")

    class Meta:
        table = "taxonomy_alias"
        unique_together = (("owner", "name"),)


class TaxonomyMapping(Part):
    """The same notion in a classification of somebody else."""

    owner = PartOf("TaxonomyTerm", "mappings")
    scheme = Line("The classification: ICNPO, Open Eligibility, ESD.")
    value = Line("The code or name there.")

    class Meta:
        table = "taxonomy_mapping"
        unique_together = (("owner", "scheme", "value"),)
