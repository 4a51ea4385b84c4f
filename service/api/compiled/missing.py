"""What becomes of values that are not what generated source expects: null, another class, no list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from graphql import Undefined
from graphql.pyutils import is_iterable

from service.api.compiled.fallback import Fallback, Reason


def absent(value: Any) -> None:
    """Null, where there may be nothing."""
    if value is not None and value is not Undefined:
        refused(value)


def refused(value: Any) -> NoReturn:
    """No answer, where there must be an object of the type."""
    raise Fallback(Reason.NULL if value is None or value is Undefined else Reason.TYPE)


def iterated(*, required: bool) -> Callable[[Any], Any]:
    """The function that takes what is no list but can be iterated over, or is null where it may be."""
    return _required_list if required else _list


def _list(value: Any) -> list[Any] | None:
    return None if value is None or value is Undefined else _required_list(value)


def _required_list(value: Any) -> list[Any]:
    if not is_iterable(value):
        refused(value)
    return list(value)
