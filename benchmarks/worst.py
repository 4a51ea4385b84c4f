"""The documents that take longest of those that are accepted, looked for in a directory.

    python -m benchmarks.worst /path/of/a/directory.db [seconds] [seed]

Documents are grown field by field for as long as they are accepted, at random places, with the ids of the records that
the most hangs on; the slowest are pruned and grown again. Times are milliseconds of the processor: until a new document
is prepared, for its first answer after a change of the directory, and for an answer after that.
"""

from __future__ import annotations

import asyncio
import gc
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import process_time
from typing import Any

import orjson
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    validate,
)

from service.api.compiled import Fallback, Operation, compile_operation
from service.api.limits import Pricing, measure, parsed
from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.errors import KopaError
from service.settings import Settings

CORE = schema._schema
SIZES = (1, 2, 5, 10, 20, 50, 100)
KEPT = 12
FILTERS = {
    "OrganisationFilter": ('{text: "%s"}', '{asOf: "20%02d-01-01"}', "{sector: [NGO]}", '{region: ["LV"]}'),
    "ServiceFilter": ('{text: "%s"}', "{form: [RESIDENTIAL]}", '{region: ["LV"]}'),
    "CooperationLinkFilter": ('{text: "%s"}', '{asOf: "20%02d-01-01"}', "{documented: true}"),
    "LocationFilter": ('{text: "%s"}',),
}


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


class Search:
    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self.catalogue = catalogue
        self.random = random.Random(seed)
        self.ids = hubs(catalogue)
        self.best: list[Found] = []
        self.tried = self.fallbacks = 0

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
        names = [name for name in kind.fields if (kind.name, name) != ("Query", "changes")]
        if "nodes" in names and "pageInfo" in names and self.random.random() < 0.6:
            names = ["nodes"]
        name = self.random.choice(names)
        declared = kind.fields[name]
        asked = Asked(name, get_named_type(declared.type), self.arguments(declared))
        if not is_leaf_type(asked.kind) and not is_abstract_type(asked.kind):
            asked.below.append(self.one(asked.kind))
        elif not is_leaf_type(asked.kind):
            asked.below.append(Asked("id", CORE.type_map["ID"], ""))
        return asked

    def arguments(self, declared: GraphQLField) -> str:
        given = {}
        if "first" in declared.args:
            given["first"] = str(self.random.choice(SIZES))
        if "orderBy" in declared.args and self.random.random() < 0.5:
            order: Any = get_named_type(declared.args["orderBy"].type)
            values = get_named_type(order.fields["field"].type)
            assert is_enum_type(values)
            given["orderBy"] = f"{{field: {self.random.choice(list(values.values))}, direction: DESC}}"
        if "filter" in declared.args and self.random.random() < 0.4:
            forms = FILTERS.get(str(declared.args["filter"].type), ())
            if forms:
                form = self.random.choice(forms)
                given["filter"] = form % self.random.randrange(10, 26) if "%" in form else form
        if "id" in declared.args:
            given["id"] = f'"{self.random.choice(self.ids)}"'
        if "ids" in declared.args:
            given["ids"] = "[" + ", ".join(f'"{each}"' for each in self.random.sample(self.ids, 8)) + "]"
        if "by" in declared.args:
            given["by"] = f'{{id: "{self.random.choice(self.ids)}"}}'
        return "(" + ", ".join(f"{name}: {value}" for name, value in given.items()) + ")" if given else ""

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
        self.tried += 1
        began = process_time()
        document = parsed(text)
        measure(document)
        assert not validate(CORE, document)
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
        except Fallback:
            self.fallbacks += 1
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
    path, seconds, seed = (*sys.argv[1:], "60", "1")[:3] if len(sys.argv) < 4 else sys.argv[1:4]
    async with Database(f"sqlite:///{path}") as database:
        catalogue = await Catalogue.load(database, Settings.from_env({}))
        warm(catalogue)
        gc.collect()
        gc.freeze()
        search = Search(catalogue, int(seed))
        search.run(float(seconds))
    print(f"{search.tried} documents, {search.fallbacks} of them not compiled\n")
    print("| prepared | first | again | cost | bytes |\n|---|---|---|---|---|")
    for each in search.best:
        print(f"| {each.prepared:.0f} | {each.first:.0f} | {each.again:.0f} | {each.cost:,} | {each.size:,} |")
    for each in search.best[:3]:
        print(f"\n{each.first:.0f} ms: {each.text[:1500]}")


if __name__ == "__main__":
    asyncio.run(main())
