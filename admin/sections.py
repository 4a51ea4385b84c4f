"""One declaration for each noun: how its list and its form are laid out. What they hold follows from its model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from service import models
from service.models.shape import Shape, shape

TODAY = "today"

Groups = Mapping[str, tuple[str, ...]]
"""The names of fields and owned children by the group in which they stand."""


@dataclass(frozen=True)
class Section:
    """How one noun is shown: the columns of its list, the groups of its form.

    `brief` are the fields asked for when one is created while another record is edited; what no group names stands
    in the last one, so that a new field is never forgotten. `presets` are filled in for whoever begins a new one;
    a `TODAY` among them is the day. A new one is not complete without the `expected`, one of each; the groups that can
    be filled `later` are folded up while it is new.
    """

    noun: str
    columns: tuple[str, ...]
    groups: Groups
    brief: tuple[str, ...] = ()
    presets: Mapping[str, str] = field(default_factory=dict)
    expected: tuple[tuple[str, ...], ...] = ()
    later: frozenset[str] = frozenset()

    @cached_property
    def shape(self) -> Shape:
        return shape(self.noun)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Everything that its form asks for."""
        table = self.shape
        slug = ("slug",) if models.NOUNS[self.noun].HAS_SLUG else ()
        return (*table.scalars, *table.references, *table.sets, *slug, *table.parts)

    @cached_property
    def layout(self) -> dict[str, tuple[str, ...]]:
        """Every field in its group."""
        named = {"evidence"}.union(*self.groups.values())
        rest = tuple(name for name in self.fields if name not in named)
        found = {**self.groups, "more": (*self.groups.get("more", ()), *rest), "evidence": ("evidence",)}
        return {group: names for group, names in found.items() if names}

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The fields that a reader misses where they are empty."""
        return tuple(dict.fromkeys(name for names in self.expected for name in names))

    def missing(self, content: Mapping[str, object]) -> list[str]:
        """The fields that a complete record still lacks; of several that would do, the first."""
        return [names[0] for names in self.expected if not any(content.get(name) for name in names)]

    def begun(self, today: str) -> dict[str, str]:
        """What stands in the fields of a new one."""
        return {name: today if value == TODAY else value for name, value in self.presets.items()}

    def listable(self) -> Iterator[str]:
        """The fields that can stand in a column."""
        hidden = {"currency", "lon", "lat", "email_by_choice"}
        table = self.shape
        yield from (name for name in (*table.scalars, *table.references, *table.sets) if name not in hidden)
        yield from ("version", "last_modified")


# fmt: off
SECTIONS: dict[str, Section] = {each.noun: each for each in (
    Section("organisation", ("legal_form", "sector", "seat", "regions", "last_modified"), {
        "basics": ("name", "legal_form", "sector", "seat", "regions", "fields", "description"),
        "contact": ("email", "email_by_choice", "phone", "website"),
        "work": ("roles", "target_groups", "founded"),
        "register": ("identifiers", "statuses", "parent", "alternate_names", "authority_for", "slug"),
    }, brief=("name", "legal_form", "sector"), later=frozenset({"work", "register"}),
        expected=(("name",), ("legal_form",), ("sector",), ("seat",), ("regions",), ("fields",), ("description",),
                  ("email", "phone", "website"))),
    Section("service", ("provider", "categories", "status", "regions", "last_modified"), {
        "basics": ("name", "provider", "categories", "status", "description"),
        "people": ("target_groups", "minimum_age", "maximum_age", "gender", "accompanying_persons", "languages"),
        "access": ("access_routes", "residence_rule", "response", "application_process", "required_documents"),
        "place": ("regions", "locations", "forms", "schedules"),
        "money": ("funding_sources", "fee", "costs"),
        "contact": ("url", "email", "phone"),
        "quality": ("capacities", "quality"),
        "register": ("register_number", "register_valid_from", "register_valid_to", "attested_on", "slug"),
    }, brief=("name", "provider", "categories", "status"), later=frozenset({"money", "quality", "register"})),
    Section("cooperation_link", ("kind", "valid_from", "valid_to", "regions", "last_modified"), {
        "parties": ("kind", "side_a", "side_b", "description"),
        "subject": ("services", "categories", "regions"),
        "period": ("valid_from", "valid_to", "attested_on"),
        "basis": ("agreement", "project"),
    }),
    Section("project", ("programme", "starts_on", "ends_on", "amount_minor", "regions"), {
        "basics": ("title", "programme", "description", "starts_on", "ends_on", "regions"),
        "parties": ("participations",),
        "money": ("contract_number", "amount_minor", "currency"),
        "results": ("activities", "outputs", "beneficiaries"),
    }, brief=("title", "starts_on", "ends_on")),
    Section("agreement", ("basis", "number", "signed_on", "valid_to", "value_minor"), {
        "basics": ("basis", "title", "number", "description", "url"),
        "period": ("signed_on", "valid_from", "valid_to", "extension"),
        "money": ("value_minor", "currency", "unit_price_minor", "co_payment_minor", "unit", "volume"),
        "basis": ("legal_basis", "procurement_id"),
    }, brief=("basis", "number", "title", "signed_on", "valid_from", "valid_to")),
    Section("event", ("kind", "starts_on", "location", "attendance"), {
        "basics": ("title", "kind", "description"),
        "period": ("starts_on", "ends_on", "start_time", "occurrences"),
        "place": ("location", "regions"),
        "people": ("participations", "attendance", "project"),
    }),
    Section("need", ("statement", "category", "region", "stated_by", "period_from"), {
        "basics": ("stated_by", "region", "category", "target_group", "statement", "description"),
        "people": ("waiting", "fewer_than_five"),
        "period": ("period_from", "period_to"),
    }),
    Section("figure", ("value", "unit", "qualifier", "as_of", "organisation"), {
        "basics": ("name", "indicator", "value", "qualifier", "unit", "as_of", "description"),
        "subject": ("region", "organisation", "service", "project"),
    }),
    Section("location", ("location_type", "town", "address", "region", "confidential"), {
        "basics": ("location_type", "region", "town", "address", "postal_code", "name"),
        "access": ("accessibility", "transportation"),
        "place": ("lon", "lat"),
        "more": ("confidential", "disclosed"),
    }, brief=("location_type", "region", "town", "address", "postal_code"), presets={"location_type": "physical"}),
    Section("source", ("kind", "publisher", "published_on", "retrieved_on"), {
        "basics": ("title", "kind", "language", "url", "publisher", "description"),
        "period": ("published_on", "retrieved_on"),
        "more": ("completeness", "licence", "attribution", "slug"),
    }, brief=("title", "url", "kind", "language", "retrieved_on", "completeness"),
        presets={"language": "lv", "retrieved_on": TODAY, "completeness": "partial"}),
    Section("region", ("kind", "code", "atvk", "parent", "valid_to"), {
        "basics": ("name", "code", "kind", "former_kind", "parent"),
        "period": ("valid_from", "valid_to", "successions"),
        "register": ("iso", "atvk", "nuts3"),
        "place": ("lon", "lat", "note"),
    }),
    Section("taxonomy", ("code", "description"), {"basics": ("name", "code", "description")}),
    Section("taxonomy_term", ("taxonomy", "code", "parent", "confidential_by_default"), {
        "basics": ("name", "taxonomy", "code", "parent", "definition"),
        "more": ("aliases", "mappings", "related", "legal_basis", "confidential_by_default"),
    }),
)}
"""Every noun in the order in which the panel names them."""
# fmt: on
