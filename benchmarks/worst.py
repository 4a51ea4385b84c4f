"""The documents that take longest of those that are accepted, looked for in a synthetic directory.

    python -m benchmarks.worst [50000 [seconds [seed]]]

Documents are grown field by field for as long as they are accepted, at random places, with the ids of the records that
the most hangs on; the slowest are pruned and grown again. Times are milliseconds of the processor: until a new document
is prepared, for its first answer after a change of the directory, and for an answer after that. No first answer is to
take more than LONGEST; at five times that the run fails.
"""

from __future__ import annotations

import asyncio
import gc
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import process_time
from typing import Any

import orjson
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
    validate,
)

from benchmarks.catalogue import directory
from service.api.compiled import Fallback, Operation, compile_operation
from service.api.limits import Pricing, measure, parsed
from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.errors import KopaError
from service.search.index import Search
from service.settings import Settings

CORE = schema._schema
SIZES = (1, 2, 5, 10, 20, 50, 100)
READ_FROM_THE_DATABASE = frozenset({("Query", "changes"), ("Query", "viewer")})
NUMBERS = (0, 1, 5, 18, 65, 100)
UNPAGED = frozenset({"last", "after", "before"})
KEPT = 12
LONGEST = 100
TEXTS = ("a", "pak", "sociālais dienests", "krīzes centrs", '"dienas aprūpes centrs"', "dienets", "biedrība un")
"""What somebody may look for: one letter, what everything has, phrases, words that nothing has."""

DAYS = ("2010-01-01", "2019-06-30", "2026-01-01")


@dataclass
class Asked:
    """A field that is asked for, with what is asked below it."""

    name: str
    kind: Any
    arguments: str
    below: list[Asked] = field(default_factory=list)

    def text(self, counter: Iterator[int]) -> str:
        inner = " ".join(each.text(counter) for each in self.below)
        body = f" {{ {inner or '__typename'} }}" if not is_leaf_type(self.kind) else ""
        return f"a{next(counter)}: {self.name}{self.arguments}{body}" if self.arguments else self.name + body

    def copied(self) -> Asked:
        return replace(self, below=[each.copied() for each in self.below])

    def all(self) -> Iterator[Asked]:
        yield self
        for each in self.below:
            yield from each.all()


@dataclass(frozen=True)
class Found:
    """A document with the times it took."""

    prepared: float
    first: float
    again: float
    cost: int
    size: int
    text: str
    tree: Asked


class Growing:
    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self.catalogue = catalogue
        self.random = random.Random(seed)
        self.ids = hubs(catalogue)
        self.best: list[Found] = []
        self.tried = 0
        self.fallbacks: Counter[str] = Counter()

    def run(self, seconds: float) -> None:
        end = process_time() + seconds
        while process_time() < end:
            self.consider(self.grown(self.start()))

    def start(self) -> Asked:
        """Nothing yet, or one of the slowest with a part cut off."""
        if not self.best or self.random.random() < 0.3:
            return Asked("query", CORE.query_type, "")
        tree = self.random.choice(self.best).tree.copied()
        places = [each for each in tree.all() if each.below]
        place = self.random.choice(places)
        place.below.pop(self.random.randrange(len(place.below)))
        return tree

    def grown(self, tree: Asked) -> Asked:
        failures = 0
        while failures < 12:
            places = [each for each in tree.all() if isinstance(each.kind, GraphQLObjectType)]
            place = self.random.choice(places)
            added = [self.one(place.kind) for _ in range(self.random.choice((1, 1, 3, 8)))]
            place.below += added
            if self.priced(text_of(tree)) is None:
                del place.below[-len(added) :]
                failures += 1
        return tree

    def one(self, kind: GraphQLObjectType) -> Asked:
        """A field of a type; of a connection mostly its nodes."""
        names = [name for name in kind.fields if (kind.name, name) not in READ_FROM_THE_DATABASE]
        if "nodes" in names and "pageInfo" in names and self.random.random() < 0.6:
            names = ["nodes"]
        name = self.random.choice(names)
        declared = kind.fields[name]
        asked = Asked(name, get_named_type(declared.type), self.arguments(declared))
        if is_abstract_type(asked.kind):
            each = self.random.choice(CORE.get_possible_types(asked.kind))
            asked.below.append(Asked(f"... on {each}", each, "", [self.one(each)]))
        elif not is_leaf_type(asked.kind):
            asked.below.append(self.one(asked.kind))
        return asked

    def arguments(self, declared: GraphQLField) -> str:
        given = {
            name: str(self.random.choice(SIZES)) if name == "first" else self.value(name, each.type)
            for name, each in declared.args.items()
            if name not in UNPAGED and (is_required_argument(each) or self.random.random() < 0.5)
        }
        return "(" + ", ".join(f"{name}: {value}" for name, value in given.items()) + ")" if given else ""

    def value(self, name: str, kind: Any) -> str:
        """Something that may be asked for: many of what is a list, the records that the most hangs on."""
        kind = get_nullable_type(kind)
        if is_list_type(kind):
            return "[" + ", ".join(self.value(name, kind.of_type) for _ in range(self.random.choice((1, 3, 8)))) + "]"
        if is_enum_type(kind):
            return str(self.random.choice(list(kind.values)))
        if is_input_object_type(kind):
            return "{" + ", ".join(self.inputs(kind)) + "}"
        if kind.name == "Date":
            return f'"{self.random.choice(DAYS)}"'
        if kind.name == "Boolean":
            return self.random.choice(("true", "false"))
        if kind.name in ("Int", "Float"):
            return str(self.random.choice(NUMBERS))
        return f'"{self.word(name, kind)}"'

    def inputs(self, kind: GraphQLInputObjectType) -> Iterator[str]:
        """Some fields of an input; of one that takes only one, that."""
        needed = [name for name, each in kind.fields.items() if is_required_input_field(each)]
        others = [name for name in kind.fields if name not in needed]
        most = 1 if kind.is_one_of else self.random.choice((0, 1, 1, 2, 3))
        for name in (*needed, *self.random.sample(others, min(most, len(others)))):
            yield f"{name}: {self.value(name, kind.fields[name].type)}"

    def word(self, name: str, kind: Any) -> str:
        if name == "text":
            return self.random.choice(TEXTS).replace('"', '\\"')
        return self.random.choice(self.ids) if kind.name == "ID" else "lv"

    def priced(self, text: str) -> int | None:
        """The cost of a document that is within every limit; it is valid as it was grown."""
        try:
            document = parsed(text)
            measure(document)
            [node] = document.definitions
            assert isinstance(node, OperationDefinitionNode)
            return Pricing(CORE, document, node).affordable({})
        except KopaError:
            return None

    def consider(self, tree: Asked) -> None:
        text = text_of(tree)
        if self.priced(text) is None:  # What was cut off left `__typename` in its place, which may cost more.
            return
        began = process_time()
        document = parsed(text)
        measure(document)
        if validate(CORE, document):  # Fields of different types under one name, in what can be either.
            return
        self.tried += 1
        [node] = document.definitions
        assert isinstance(node, OperationDefinitionNode)
        cost = Pricing(CORE, document, node).cost({})
        try:
            operation = Operation(schema, document, node)
            plan = compile_operation(operation, operation.steer({}))
            prepared = process_time() - began
            forget(self.catalogue)
            times = []
            body = b""
            for _ in range(2):
                began = process_time()
                body = orjson.dumps(plan.run(self.catalogue, {}))
                times.append(process_time() - began)
        except Fallback as fallback:
            self.fallbacks[fallback.reason.value] += 1
            return
        found = Found(prepared * 1e3, times[0] * 1e3, times[1] * 1e3, cost, len(body), text, tree)
        self.best = sorted([*self.best, found], key=lambda each: -each.first)[:KEPT]


def text_of(tree: Asked) -> str:
    return tree.text(iter(range(10**6))).removeprefix("query ")


def forget(catalogue: Catalogue) -> None:
    """Forget what is remembered between two changes."""
    catalogue.orders.clear()
    for index in catalogue.indexes.values():
        index.forget()


def warm(catalogue: Catalogue) -> None:
    """Make what is made once in the life of a process, when somebody first asks: orders of nouns, folded texts."""
    for index in catalogue.indexes.values():
        index.folded  # noqa: B018
    query = CORE.query_type
    assert query is not None
    for name, declared in query.fields.items():
        if "orderBy" in declared.args:
            order: Any = get_named_type(declared.args["orderBy"].type)
            values: Any = get_named_type(order.fields["field"].type)
            for value in values.values:
                schema.execute_sync(f"{{ {name}(orderBy: {{field: {value}}}) {{ totalCount }} }}", root_value=catalogue)


def hubs(catalogue: Catalogue) -> list[str]:
    """The records on which most hangs."""
    found: dict[str, int] = {}
    for index in catalogue.indexes.values():
        for item in index.present():
            most = max((len(getattr(item, name)) for name in type(item).LISTS), default=0)
            found[item.id] = most
    return sorted(found, key=lambda each: -found[each])[:60]


async def main() -> None:
    given = sys.argv[1:]
    size, seconds, seed = [*given, *("50000", "60", "1")[len(given) :]]
    async with Database(f"sqlite:///{directory(int(size))}") as database:
        catalogue = await Catalogue.load(database, Settings.from_env({}))
        await Search.of(catalogue)
        warm(catalogue)
        gc.collect()
        gc.freeze()
        grown = Growing(catalogue, int(seed))
        grown.run(float(seconds))
    kept = ", ".join(f"{count} for {reason}" for reason, count in grown.fallbacks.items()) or "none"
    print(f"{grown.tried} documents; not compiled: {kept}\n")
    print("| prepared | first | again | cost | bytes |\n|---|---|---|---|---|")
    for each in grown.best:
        print(f"| {each.prepared:.0f} | {each.first:.0f} | {each.again:.0f} | {each.cost:,} | {each.size:,} |")
    for each in grown.best[:3]:
        print(f"\n{each.first:.0f} ms: {each.text[:1500]}")
    if any(each.first > 5 * LONGEST for each in grown.best):
        sys.exit(f"An accepted document took more than {5 * LONGEST} ms.")


if __name__ == "__main__":
    asyncio.run(main())
