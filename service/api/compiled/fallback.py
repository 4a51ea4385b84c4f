"""Why an operation runs in graphql-core instead."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The kinds of reasons, as /metrics counts them."""

    OPERATION = "operation"
    """No query: a mutation or a subscription."""
    ASYNC = "async"
    """A field that is awaited."""
    INTROSPECTION = "introspection"
    """A question about the schema itself."""
    DIRECTIVE = "directive"
    """A directive other than @skip and @include."""
    STEERING = "steering"
    """Too many variables decide what is left out, or one of them is null."""
    RESOLVER = "resolver"
    """A resolver that takes `info`, has extensions, or is not Strawberry's."""
    ARGUMENT = "argument"
    """An argument that graphql-core refuses, or of a kind that only Strawberry can make."""
    TYPE = "type"
    """An object of another class than its GraphQL type has, or an abstract type that cannot be told by class."""
    SIZE = "size"
    """A document that would become too much code."""
    VARIABLES = "variables"
    """Values of variables that graphql-core refuses."""
    NULL = "null"
    """Null where there must be something."""
    LEAF = "leaf"
    """A value that its leaf type refuses."""
    RAISED = "raised"
    """Anything else that was raised."""


class Fallback(Exception):
    """The operation has to run whole in graphql-core."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
