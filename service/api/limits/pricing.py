"""The price of a query: the objects and values its answer can hold at most, and the work that finding them is.

An operation is priced once, into a formula of which only the parts are left that its variables steer: the sizes of
pages, and what is given in variables. A field that stands in one place more than once is paid once, and where the
answer may be of several types, the one that costs most counts. What fits a filter is found once for the whole query,
so what stands in it is paid once, however many lists it filters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from service.api.limits.about_schema import ABOUT, AboutSchema
from service.api.limits.given import Factor, Variables, arguments_weight, inputs_weight, number, size_of
from service.api.limits.weights import Weights
from service.errors import TooCostly

LARGEST_COST = 10_000
BEYOND = 10**12
"""What costs more is told as this."""

MOST_SWITCHES = 3
"""Variables of `@skip` and `@include` for which each combination has its price; with more, everything counts."""


class Pricing:
    """What one operation of a validated document costs, for any variables."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        whole = self._formula({})
        self._switches = sorted(whole.switches) if len(whole.switches) <= MOST_SWITCHES else []
        self._formulas: dict[tuple[bool, ...], Formula] = {} if self._switches else {(): whole}

    def cost(self, variables: Variables) -> int:
        """The cost for coerced variables: absent ones are missing, defaults are filled in."""
        switched = tuple(bool(variables.get(name)) for name in self._switches)
        formula = self._formulas.get(switched)
        if formula is None:
            formula = self._formulas[switched] = self._formula(dict(zip(self._switches, switched, strict=True)))
        return formula.cost(variables)

    def affordable(self, variables: Variables) -> int:
        """The cost. Raises TooCostly when it is above LARGEST_COST."""
        cost = self.cost(variables)
        if cost > LARGEST_COST:
            raise TooCostly(cost, LARGEST_COST)
        return cost

    def _formula(self, switched: dict[str, bool]) -> Formula:
        return Formula(self._schema, self._fragments, self._operation, switched)


@dataclass(frozen=True, slots=True)
class Step:
    """The result of an earlier step."""

    place: int


Price: TypeAlias = float | Step


@dataclass(frozen=True, slots=True)
class Sum:
    fixed: float
    parts: list[tuple[Factor, Price]]

    def value(self, variables: Variables, values: list[float]) -> float:
        return self.fixed + sum(number(factor, variables) * _value(price, values) for factor, price in self.parts)


@dataclass(frozen=True, slots=True)
class Most:
    parts: set[Price]

    def value(self, variables: Variables, values: list[float]) -> float:
        return max(_value(price, values) for price in self.parts)


def _value(price: Price, values: list[float]) -> float:
    return values[price.place] if isinstance(price, Step) else price


@dataclass(frozen=True, slots=True)
class Sized:
    """The fields of a connection that hold its list, and how long that is."""

    fields: Sequence[str]
    size: Factor
    key: tuple[int, int]


class Formula:
    """What is left of pricing when everything has been added up that no variable steers."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        switched: dict[str, bool],
    ) -> None:
        self._schema = schema
        self._weights = weights(schema)
        self._fragments = fragments
        self._switched = switched
        self._known: dict[Any, Price] = {}
        self._steps: list[Sum | Most] = []
        self.switches: set[str] = set()
        self.visited = 0
        root = schema.get_root_type(operation.operation)
        if root is None:
            raise ValueError(operation.operation)
        self._about = AboutSchema(schema, self._fields)
        self._inputs: dict[str, Factor] = {}
        answer = self._object(root, (operation.selection_set,), None)
        self._total = self._sum([(1.0, answer), *((factor, 1.0) for factor in self._inputs.values())])
        del self._known, self._about  # They know a great deal that is not needed again.

    def cost(self, variables: Variables) -> int:
        values: list[float] = []
        for step in self._steps:
            values.append(step.value(variables, values))
        return int(min(round(_value(self._total, values), 6), BEYOND))

    def _object(self, kind: GraphQLObjectType, sets: tuple[SelectionSetNode, ...], sized: Sized | None) -> Price:
        """One object of a type, with everything that is asked of it."""
        key = (kind.name, *map(id, sets), sized and sized.key)  # The hash of a node is that of all that is in it.
        if key not in self._known:
            parts: list[tuple[Factor, Price]] = [(1.0, self._weights.of_object(kind))]
            for nodes in self._fields(kind, sets).values():
                parts += self._field(kind, nodes, sized)
            self._known[key] = self._sum(parts)
        return self._known[key]

    def _field(
        self, parent: GraphQLObjectType, nodes: list[FieldNode], sized: Sized | None
    ) -> list[tuple[Factor, Price]]:
        [first, *_] = nodes
        name = first.name.value
        if name in ABOUT and parent is self._schema.query_type:
            return [(1.0, self._about.price(nodes))]
        field = self._schema.get_field(parent, name)
        if field is None:
            return []
        weight = self._weights.of_field(parent, name, field)
        size = size_of(weight.size, field, first) if weight.size else 1.0
        below = None
        if weight.size and weight.size.sized_fields:
            below, size = Sized(weight.size.sized_fields, size, (id(weight.size), id(first))), 1.0
        elif sized and name in sized.fields:
            size = sized.size
        kind = get_named_type(field.type)
        unit = weight.unit if is_leaf_type(kind) else self._any(kind, nodes, below)
        self._inputs |= inputs_weight(field, first)
        return [(1.0, weight.weight + arguments_weight(field, first)), (size, unit)]

    def _any(self, kind: Any, nodes: list[FieldNode], sized: Sized | None) -> Price:
        """One object of whichever type costs most."""
        sets = tuple(node.selection_set for node in nodes if node.selection_set)
        if not is_abstract_type(kind):
            return self._object(kind, sets, sized)
        prices = {self._object(each, sets, sized) for each in self._schema.get_possible_types(kind)}
        fixed = max((price for price in prices if not isinstance(price, Step)), default=0.0)
        moving = {price for price in prices if isinstance(price, Step)}
        return self._step(Most({fixed, *moving})) if moving else fixed

    def _sum(self, parts: list[tuple[Factor, Price]]) -> Price:
        moving = [(factor, price) for factor, price in parts if callable(factor) or isinstance(price, Step)]
        fixed = sum(f * p for f, p in parts if not callable(f) and not isinstance(p, Step))
        return self._step(Sum(fixed, moving)) if moving else fixed

    def _step(self, step: Sum | Most) -> Step:
        self._steps.append(step)
        return Step(len(self._steps) - 1)

    def _fields(self, kind: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """The fields asked of an object of this type, by the name they have in the answer."""
        found: dict[str, list[FieldNode]] = {}
        for node in self._spread(kind, sets):
            found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
        return found

    def _spread(self, kind: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> Iterator[FieldNode]:
        spread: set[str] = set()
        ahead: list[SelectionNode] = [node for each in reversed(sets) for node in reversed(each.selections)]
        while ahead:
            node = ahead.pop()
            self.visited += 1
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._fits(kind, node.type_condition.name.value):
                    ahead.extend(reversed(node.selection_set.selections))
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if self._fits(kind, fragment.type_condition.name.value):
                    ahead.extend(reversed(fragment.selection_set.selections))

    def _fits(self, kind: GraphQLObjectType, condition: str) -> bool:
        wanted = self._schema.get_type(condition)
        return wanted is kind or (is_abstract_type(wanted) and self._schema.is_sub_type(wanted, kind))

    def _included(self, node: SelectionNode) -> bool:
        return all(self._allows(directive) for directive in node.directives or ())

    def _allows(self, directive: DirectiveNode) -> bool:
        """Whether a directive lets its field stand; one of which that is not known does."""
        name = directive.name.value
        if name not in ("skip", "include") or not directive.arguments:
            return True
        value = directive.arguments[0].value
        holds: bool | None = None
        if isinstance(value, VariableNode):
            self.switches.add(value.name.value)
            holds = self._switched.get(value.name.value)
        elif isinstance(value, BooleanValueNode):
            holds = value.value
        return holds is None or holds is (name == "include")


@cache
def weights(schema: GraphQLSchema) -> Weights:
    """The weights of a schema, read once."""
    return Weights(schema)
