"""What a release would break for clients, and whether the changelog says so.

`docs/released.graphql` is the schema of the last release. A change against it that breaks clients, or may surprise
them, is announced when the changelog names its schema coordinate in backticks under Unreleased: `Type`, `Type.field`,
`Type.field(argument:)` or `@directive`. A pattern such as `*.evidence(first:)` announces everything it fits.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from graphql import BreakingChangeType, DangerousChangeType, GraphQLSchema
from graphql.utilities import SchemaChange, find_schema_changes

COORDINATES = (
    re.compile(r"(\w+\.\w+(?:\(\w+:\))?)"),
    re.compile(r"(@\w+(?:\(\w+:\))?)"),
    re.compile(r"(?:union type|implemented by|scalar) (\w+)"),
    re.compile(r"^(\w+) (?:was removed|changed from|no longer implements)"),
)


def unannounced(released: GraphQLSchema, current: GraphQLSchema, changelog: str) -> list[str]:
    """The changes that clients have to know of and are not told."""
    announced = patterns(changelog)
    changes = [change for change in find_schema_changes(released, current) if concerns_clients(change)]
    return [
        f"{change.type.name}: {change.description}"
        for change in changes
        if not any(fnmatchcase(coordinate(change), pattern) for pattern in announced)
    ]


def concerns_clients(change: SchemaChange) -> bool:
    return isinstance(change.type, BreakingChangeType | DangerousChangeType)


def coordinate(change: SchemaChange) -> str:
    """The schema coordinate of what changed, from graphql-core's sentence about it."""
    found = [match[1] for pattern in COORDINATES if (match := pattern.search(change.description))]
    return found[0]


def patterns(changelog: str) -> list[str]:
    """What stands in backticks under Unreleased."""
    unreleased = re.search(r"^## \[Unreleased\]$(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    found = re.findall(r"`([^`]+)`", unreleased[1]) if unreleased else []
    return [pattern for pattern in found if re.search(r"\w", pattern)]
