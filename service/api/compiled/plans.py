"""The plans of a process: those that are pinned, and of the others as many as there is room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from service.api.compiled.fallback import Fallback, Reason
from service.api.compiled.operation import Operation, Steering
from service.api.compiled.plan import Plan, Seen, compile_operation
from service.api.compiled.told import Memory
from service.bounded import Bounded

ROOM = 32_000_000
"""Bytes for plans that are not pinned."""

SIGHTS = 5_000_000
"""Bytes for remembering which documents were seen once."""

CHEAP = 100
"""The cost up to which an operation is left to graphql-core when it is first seen: it may never come again."""

SMALL = 300
"""About the bytes of a name and of what little is kept under it."""

Name = tuple[object, Steering]


class Plans:
    """`fallbacks` counts why operations had to run in graphql-core, and `compiled` how many plans were made."""

    def __init__(self, room: int = ROOM) -> None:
        self.memory = Memory()
        self._pinned: dict[Name, Plan] = {}
        self._made: Bounded[Name, Plan | Reason] = Bounded(room)
        self._seen: Bounded[Name, bool] = Bounded(SIGHTS)
        self.fallbacks: Counter[Reason] = Counter()
        self.compiled = 0

    @property
    def count(self) -> int:
        """How many plans there are."""
        return len(self._pinned) + len(self._made)

    @property
    def size(self) -> int:
        """About how many bytes they take."""
        return sum(plan.weight for plan in self._pinned.values()) + self._made.size

    def data(
        self,
        operation: Operation,
        root: Any,
        variables: Mapping[str, Any],
        cost: int,
        check: Callable[[], None] = lambda: None,
        seen: Seen | None = None,
    ) -> dict[str, Any] | None:
        """The answer's data for coerced variables; None for a cheap operation at first sight, which has no plan yet.

        Raises Fallback when graphql-core has to answer, and whatever `check` raises.
        """
        try:
            plan = self.plan_for(operation, variables, cost)
            return None if plan is None else plan.run(root, variables, check, seen)
        except Fallback as fallback:
            self.fallbacks[fallback.reason] += 1
            raise

    def plan_for(self, operation: Operation, variables: Mapping[str, Any], cost: int) -> Plan | None:
        """The plan for these variables; None at first sight of what is cheap. Raises Fallback where there is none."""
        steering = operation.steer(variables)
        name = (operation.key, steering)
        plan = self._pinned.get(name) or self._made.get(name)
        if plan is None:
            if cost <= CHEAP and self._seen.get(name) is None:
                self._seen.put(name, True, SMALL)
                return None
            plan = self._make(operation, steering, name)
        if isinstance(plan, Reason):
            raise Fallback(plan)
        return plan

    def pin(self, operation: Operation) -> None:
        """Make every plan of an operation now, and keep them for good. Raises Fallback where there can be none."""
        if operation.refusal is not None:
            raise Fallback(operation.refusal)
        for steering in product((False, True), repeat=len(operation.steering)):
            self._pinned[operation.key, steering] = compile_operation(operation, steering, self.memory)
            self.compiled += 1

    def _make(self, operation: Operation, steering: Steering, name: Name) -> Plan | Reason:
        try:
            plan: Plan | Reason = compile_operation(operation, steering, self.memory)
        except Fallback as fallback:
            plan = fallback.reason
        self.compiled += isinstance(plan, Plan)
        self._made.put(name, plan, plan.weight if isinstance(plan, Plan) else SMALL)
        return plan
