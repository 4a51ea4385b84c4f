"""A plan: one operation, for one combination of the variables that steer it, as a Python function."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any
from weakref import ref

from graphql import GraphQLError

from service.api.compiled.fallback import Fallback, Reason
from service.api.compiled.inputs import inputs_of
from service.api.compiled.operation import Operation, Steering
from service.api.compiled.selections import Selecting
from service.api.compiled.told import Memory
from service.api.compiled.writing import Writer
from service.errors import TimedOut


class Seen:
    """What the plan that answered a question last has read from its variables, for when it is asked again."""

    __slots__ = ("given", "plan")

    def __init__(self) -> None:
        self.given: Any = None
        self.plan: Callable[[], Plan | None] = lambda: None


class Plan:
    """What answers an operation from the catalogue. `weight` is about the bytes it takes."""

    def __init__(self, source: str, scope: Mapping[str, Any], weight: int) -> None:
        self.source = source
        self.weight = weight
        self._run = scope["run"]
        self._given = scope["given"]

    def run(
        self,
        root: Any,
        variables: Mapping[str, Any],
        check: Callable[[], None] = lambda: None,
        seen: Seen | None = None,
    ) -> dict[str, Any]:
        """The data for coerced variables. `check` is called between pieces of work and may raise TimedOut.

        Raises Fallback for what graphql-core has to answer; nothing was changed then.
        """
        try:
            given = self._given(variables) if seen is None else self._read(variables, seen)
            return self._run(root, given, check)  # type: ignore[no-any-return]
        except (Fallback, TimedOut):
            raise
        except Exception as error:  # graphql-core meets it again, and tells it with its path.
            raise Fallback(Reason.RAISED) from error

    def _read(self, variables: Mapping[str, Any], seen: Seen) -> Any:
        if seen.plan() is not self:
            seen.given, seen.plan = self._given(variables), ref(self)
        return seen.given


def compile_operation(operation: Operation, steering: Steering, memory: Memory | None = None) -> Plan:
    """The plan of an operation for values of its steering variables. Raises Fallback where there can be none.

    With a memory, what was told of single objects stands in the data as `orjson.Fragment`, and the root has a `state`.
    """
    writer = Writer(inputs_of(operation.schema), memory)
    try:
        source = writer.source(Selecting(operation, steering).root())
        code = compile(source, "<plan>", "exec", dont_inherit=True, optimize=2)
    except (RecursionError, SyntaxError, MemoryError):
        raise Fallback(Reason.SIZE) from None
    except GraphQLError:
        raise Fallback(Reason.ARGUMENT) from None
    return Plan(
        source, writer.environment.run(code), _weight(code) + len(source) + 200 * len(writer.environment.values)
    )


def _weight(code: CodeType) -> int:
    """The bytes that code takes, as far as Python tells; it is about doubled when it runs."""
    own = sys.getsizeof(code) + sum(map(sys.getsizeof, (code.co_code, code.co_names, code.co_consts, code.co_varnames)))
    return 2 * own + sum(_weight(part) for part in code.co_consts if isinstance(part, CodeType))
