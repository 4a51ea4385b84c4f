"""The GraphQL schema, made once."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLDirective, GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from strawberry.utils.str_converters import to_camel_case

from service.api.limits import Interruptible
from service.api.mutations.root import Mutation
from service.api.query import Query
from service.catalogue import types
from service.catalogue.values import CURRENCY, Currency
from service.errors import KopaError

log = logging.getLogger("kopa.api")


class Schema(strawberry.Schema):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for directive in self._schema.directives:
            _describe(directive)

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log what went wrong inside. Mistakes of clients are told to them alone, and no query is ever logged."""
        for error in errors:
            cause = cause_of(error)
            if cause is not None and not isinstance(cause, KopaError):
                log.error("A field failed: %s", error.path, exc_info=cause)


def _describe(directive: GraphQLDirective) -> None:
    """Give the arguments of a directive of ours the descriptions that Strawberry leaves behind."""
    declared = directive.extensions.get("strawberry-definition")
    for field in declared.fields if declared else ():
        directive.args[field.graphql_name or to_camel_case(field.python_name)].description = field.description


def cause_of(error: GraphQLError) -> Exception | None:
    """What was raised inside; None for what GraphQL itself refuses."""
    cause = error.original_error
    return None if isinstance(cause, GraphQLError) else cause


schema = Schema(
    query=Query,
    mutation=Mutation,
    types=list(types.NOUNS.values()),
    execution_context_class=Interruptible,
    config=StrawberryConfig(scalar_map={Currency: CURRENCY}, disable_field_suggestions=True),
)


@cache
def sdl() -> str:
    """The schema in GraphQL's own language, as it stands in `schema.graphql`."""
    return schema.as_str().rstrip() + "\n"
