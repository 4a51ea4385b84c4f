"""The root of every write: what one can do."""

from __future__ import annotations

import strawberry

from service.api.mutations import acts, administration, drafts, nouns, records
from service.api.mutations.steps import fields_of

MODULES = (drafts, records, acts, administration)

FIELDS = nouns.fields() | {name: field for module in MODULES for name, field in fields_of(module).items()}

Mutation = strawberry.type(type("Mutation", (), dict(FIELDS)), description="Everything one can write.")
