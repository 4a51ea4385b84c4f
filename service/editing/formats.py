"""Formats of snapshots: how what was kept long ago is read as if it were kept today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from service.editing.messages import problem
from service.errors import InputError

FORMAT = 1
"""The number of the format in which snapshots are kept now."""

Upgrade = Callable[[str, dict[str, Any]], dict[str, Any]]

UPGRADES: Mapping[int, Upgrade] = {}
"""By the number of a format: what makes of a noun and its content the content in the next format.

Whoever renames a field, or changes what its value looks like, counts FORMAT up, adds a line here, and keeps a
snapshot of every noun in the old format under `tests/editing/formats/`.
"""


def upgraded(
    noun: str, content: dict[str, Any], format: int, *, to: int = FORMAT, by: Mapping[int, Upgrade] = UPGRADES
) -> dict[str, Any]:
    """The content of a snapshot in today's format; raises InputError if it is newer than this version of Kopā."""
    if format > to:
        raise InputError([problem("newer_format", format=format)])
    for number in range(format, to):
        content = by[number](noun, content)
    return content
