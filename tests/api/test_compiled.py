"""Compiled plans answer what graphql-core answers, to the byte, or say that they cannot.

`EXAMPLES=100000 pytest tests/api/test_compiled.py -k any_document` looks longer than the tests do.
"""

from __future__ import annotations

import ast
import keyword
import os
import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import orjson
import pytest
import strawberry
from graphql import ExecutionResult, OperationDefinitionNode, execute_sync, get_variable_values, parse, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.api.compiled import Fallback, Operation, Plans, Reason, compile_operation
from service.api.compiled.told import KEPT, Memory, Told
from service.api.schema import schema
from service.catalogue.applying import Applying
from service.catalogue.catalogue import Catalogue
from service.catalogue.changes import changes_after
from service.database import Database
from service.editing.revisions import publish, withdraw
from service.errors import TimedOut
from tests.api.documents import documents
from tests.api.odd_schema import odd
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import a_source, ident, make_link, make_organisation, make_service, words

CORE = schema._schema
EXAMPLES = int(os.environ.get("EXAMPLES", "500"))
ANY = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

Asked = tuple[str, dict[str, Any]]

parsed = lru_cache(maxsize=1)(parse)
"""Each document is read once for all who answer it."""


def operation_of(text: str, name: str | None = None, made: strawberry.Schema = schema) -> Operation:
    document = parsed(text)
    found = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    [node] = [d for d in found if name is None or (d.name and d.name.value == name)]
    return Operation(made, document, node, (text, name))


def by_graphql_core(
    text: str, root: Any, variables: dict[str, Any], made: strawberry.Schema = schema, name: str | None = None
) -> ExecutionResult:
    return execute_sync(made._schema, parsed(text), root, variable_values=variables, operation_name=name)


def by_plan(
    asked: Asked,
    root: Any,
    made: strawberry.Schema = schema,
    memory: Memory | None = None,
    name: str | None = None,
) -> bytes:
    text, variables = asked
    operation = operation_of(text, name, made)
    coerced = operation.variables.coerced(variables)
    return orjson.dumps(compile_operation(operation, operation.steer(coerced), memory).run(root, coerced))


class Comparison:
    """The answers of plans beside those of graphql-core, and how many there were of each kind."""

    def __init__(self, root: Any, made: strawberry.Schema, memories: list[Memory | None]) -> None:
        self.root, self.made, self.memories = root, made, memories
        self.counts: Counter[str] = Counter()

    def __call__(self, asked: Asked) -> None:
        expected = by_graphql_core(*asked[:1], self.root, asked[1], self.made)
        try:
            found = [by_plan(asked, self.root, self.made, memory) for memory in self.memories]
        except (Fallback, orjson.JSONEncodeError) as refusal:
            self._refused(refusal, expected)
            return
        assert expected.errors is None
        text = orjson.dumps(expected.data)
        assert all(each == text for each in found)
        self.counts["compiled"] += 1
        self.counts["larger"] += len(text) > 150

    def _refused(self, refusal: Exception, expected: ExecutionResult) -> None:
        """Nothing is refused that graphql-core answers, unless too many variables steer it."""
        reason = refusal.reason if isinstance(refusal, Fallback) else "orjson"
        self.counts[reason] += 1
        if reason is not Reason.STEERING and not expected.errors:
            with pytest.raises(orjson.JSONEncodeError):
                orjson.dumps(expected.data)

    def most_were_compiled(self) -> None:
        larger = self.counts.pop("larger")
        assert self.counts["compiled"] > 0.9 * self.counts.total(), self.counts
        assert larger > 0.3 * self.counts.total(), larger


def names(catalogue: Catalogue) -> list[str]:
    records = list(catalogue.records.values())[::9]
    return [record.id for record in records] + [record.slug for record in records if hasattr(record, "slug")]


def test_any_document_is_answered_as_by_graphql_core(catalogue: Catalogue) -> None:
    compare = Comparison(catalogue, schema, [None, Memory(room=200_000)])
    ANY(given(documents(CORE, names(catalogue)))(compare.__call__))()
    compare.most_were_compiled()


def test_any_document_of_an_odd_schema_is_answered_as_by_graphql_core() -> None:
    compare = Comparison(None, odd, [None])
    unasked = {("Query", "wrong"), ("Query", "changes")}
    ANY(given(documents(odd._schema, ["1", "x"], depth=4, unasked=unasked))(compare.__call__))()
    compare.most_were_compiled()


@settings(max_examples=100)
@given(data=st.data())
def test_what_is_generated_is_valid(catalogue: Catalogue, data: st.DataObject) -> None:
    text, _ = data.draw(documents(CORE, names(catalogue)))
    assert validate(CORE, parse(text)) == []


MADE = re.compile(r"[a-z]\d*|run|given|type|len|get|append|isoformat")


@settings(max_examples=100)
@given(data=st.data())
def test_no_text_of_a_document_is_ever_in_the_source(catalogue: Catalogue, data: st.DataObject) -> None:
    text, variables = data.draw(documents(CORE, names(catalogue)))
    operation = operation_of(text)
    try:
        plan = compile_operation(operation, operation.steer(operation.variables.coerced(variables)), Memory())
    except Fallback:
        return
    for node in ast.walk(ast.parse(plan.source)):
        if isinstance(node, ast.Constant):
            assert node.value is None or type(node.value) is int
        elif isinstance(node, ast.Name | ast.FunctionDef | ast.arg):
            made = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.arg) else node.name
            assert MADE.fullmatch(made)
        elif isinstance(node, ast.Attribute | ast.keyword):
            named = node.attr if isinstance(node, ast.Attribute) else node.arg
            assert named in OUR_NAMES


def _our_names() -> set[str]:
    """The names of attributes, parameters and resolvers that a schema of ours is made of."""
    found = {"get", "append", "isoformat", "state", "root"}
    for kind in CORE.type_map.values():
        for field in getattr(kind, "fields", {}).values():
            declared = field.extensions.get("strawberry-definition")
            if declared is None:
                continue
            resolver = declared.base_resolver and declared.base_resolver.wrapped_func
            found |= {declared.python_name, *(argument.python_name for argument in getattr(declared, "arguments", ()))}
            found |= {getattr(resolver, "words", ""), getattr(resolver, "lists", "")}
            found |= set(getattr(getattr(resolver, "__code__", None), "co_names", ()))
    return {name for name in found if name.isidentifier() and not keyword.iskeyword(name)}


OUR_NAMES = _our_names()


WRONG = {
    "nothing": Reason.NULL,
    "tooLarge": Reason.LEAF,
    "noDate": Reason.LEAF,
    "nobody { name }": Reason.NULL,
    "nobody { __typename }": Reason.NULL,
    "noList": Reason.TYPE,
    "other { name }": Reason.TYPE,
    "hole": Reason.NULL,
    "error": Reason.RAISED,
    "raised": Reason.RAISED,
    "awaited": Reason.ASYNC,
    "informed": Reason.RESOLVER,
    "guarded": Reason.RESOLVER,
}


@pytest.mark.parametrize("field", WRONG)
def test_what_a_plan_cannot_answer_is_left_to_graphql_core(field: str) -> None:
    with pytest.raises(Fallback) as fallback:
        by_plan((f"{{ pets {{ __typename }} wrong {{ {field} }} }}", {}), None, odd)
    assert fallback.value.reason is WRONG[field]


REFUSED = {
    "mutation { change }": Reason.OPERATION,
    "{ __schema { types { name } } }": Reason.INTROSPECTION,
    '{ __type(name: "Dog") { name } }': Reason.INTROSPECTION,
    "query @skip(if: true) { echo }": None,
    "{ echo @junk }": Reason.DIRECTIVE,
    "query @junk { echo }": Reason.DIRECTIVE,
    "{ ...F } fragment F on Query { echo @junk }": Reason.DIRECTIVE,
    "query ($a: Boolean = null) { echo @skip(if: $a) }": Reason.STEERING,
    "query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!)"
    " { echo @skip(if: $a) ...F @include(if: $b) } fragment F on Query {"
    " echo @skip(if: $c) ... @include(if: $d) { echo } }": Reason.STEERING,
}


@pytest.mark.parametrize("text", [text for text, reason in REFUSED.items() if reason])
def test_what_cannot_be_compiled_says_why(text: str) -> None:
    variables = dict.fromkeys("abcd", True) if "$b" in text else {}
    with pytest.raises(Fallback) as fallback:
        by_plan((text, variables), None, odd)
    assert fallback.value.reason is REFUSED[text]


MERGED = """
query Q($no: Boolean!, $yes: Boolean!) { pets { ...A ...B name @skip(if: $yes) } again: pets { ...B } }
query Other { pet(cat: true) { ... on Cat { lives } } }
fragment A on Dog { friend { ... on Cat { lives } } ...B @include(if: $no) colour @include(if: $yes) }
fragment B on Animal { sound(times: 2) ... on Dog { friend { ... on Animal { name @skip(if: $no) } } } }
"""


@pytest.mark.parametrize("no", [False, True])
@pytest.mark.parametrize("yes", [False, True])
def test_each_combination_of_steering_values_has_its_plan(*, no: bool, yes: bool) -> None:
    asked = MERGED, {"no": no, "yes": yes}
    expected = by_graphql_core(*asked[:1], None, asked[1], odd, "Q")
    assert expected.errors is None
    assert by_plan(asked, None, odd, name="Q") == orjson.dumps(expected.data)
    assert by_plan((MERGED, {}), None, odd, name="Other") == b'{"pet":{"lives":9}}'


def test_absent_null_and_default_are_three_things() -> None:
    query = """query ($n: Int, $d: Int = 8, $t: String, $i: Inner, $u: String, $m: Int) {
      echo(optional: $n, text: $t, number: $d, outer: {name: "a", inner: $i, erased: $m}, unset: $u, maybe: $m)
      other: echo(days: ["2026-01-02"], grid: [[1, $n], []], colours: [RED, AZURE], inner: {number: $d})
    }"""
    for values in ({}, {"n": None, "t": None, "i": None, "u": None, "m": None}, {"n": 1, "d": 2, "t": "x", "m": 3}):
        expected = by_graphql_core(query, None, values, odd)
        assert expected.errors is None
        assert by_plan((query, values), None, odd) == orjson.dumps(expected.data)


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**33), 2**33)
    | st.floats()
    | st.sampled_from(["RED", "AZURE", "BLUE", "", "2026-01-02", "x", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "number", "id"]), inner),
    max_leaves=5,
)
KINDS = ("Int", "Int!", "String", "ID!", "Boolean", "Float", "Colour", "Colour!", "[Int!]", "[[Colour]!]!", "Date")
DEFAULTS = {"Int": "5", "[Int!]": "[1]", "Colour": "AZURE", "Colour!": "RED", "Date": '"2026-01-02"', "Outer": "null"}


@settings(max_examples=200)
@given(data=st.data())
def test_variables_are_coerced_as_by_graphql_core(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from((*KINDS, "Outer", "Choice!")), min_size=1, max_size=4))
    declared, values = [], {}
    for place, kind in enumerate(kinds):
        default = f" = {DEFAULTS[kind]}" if kind in DEFAULTS and data.draw(st.booleans()) else ""
        declared.append(f"$v{place}: {kind}{default}")
        if data.draw(st.booleans()):
            values[f"v{place}"] = data.draw(JUNK)
    operation = operation_of(f"query ({', '.join(declared)}) {{ echo }}", made=odd)
    expected = get_variable_values(odd._schema, operation.node.variable_definitions, values)
    if isinstance(expected, list):
        with pytest.raises(Fallback) as fallback:
            operation.variables.coerced(values)
        assert fallback.value.reason is Reason.VARIABLES
    else:
        found = operation.variables.coerced(values)
        assert list(map(repr, found.items())) == list(map(repr, expected.coerced.items()))


def doubling(levels: int, most: int = 60) -> str:
    """Fragments that stand for two to the power of `levels` fields."""
    fragments = [
        f"fragment F{n} on Region {{ a: parent {{ ...F{n + 1} }} b: parent {{ ...F{n + 1} }} }}" for n in range(levels)
    ]
    return "\n".join(
        [f"{{ regions(first: 1) {{ nodes {{ ...F0 }} }} }} fragment F{levels} on Region {{ id }}", *fragments]
    )


def test_fragments_that_fan_out_take_no_more_room_than_their_text(catalogue: Catalogue) -> None:
    sizes = [len(compile_operation(operation_of(doubling(levels)), ()).source) for levels in (10, 20, 40)]
    assert sizes[2] - sizes[1] < 3 * (sizes[1] - sizes[0])
    assert by_plan((doubling(5), {}), catalogue) == orjson.dumps(by_graphql_core(doubling(5), catalogue, {}).data)


def test_deep_lists_are_answered_in_functions_of_their_own(catalogue: Catalogue) -> None:
    inner = "id"
    for _ in range(30):
        inner = f"cooperation(first: 1) {{ nodes {{ partner {{ {inner} }} }} }}"
    asked: Asked = (f"{{ organisations(first: 3) {{ nodes {{ {inner} }} }} }}", {})
    expected = orjson.dumps(by_graphql_core(asked[0], catalogue, {}).data)
    assert by_plan(asked, catalogue) == by_plan(asked, catalogue, memory=Memory()) == expected


def test_a_deadline_ends_a_plan(catalogue: Catalogue) -> None:
    operation = operation_of("{ organisations(first: 3) { nodes { services(filter: {age: 5}) { totalCount } } } }")
    calls: list[int] = []

    def check() -> None:
        calls.append(1)
        if len(calls) > 2:
            raise TimedOut("late")

    with pytest.raises(TimedOut):
        compile_operation(operation, ()).run(catalogue, {}, check)
    assert len(calls) == 3


ASKED = """query ($n: Int) { organisations { nodes { name founded services(first: $n) { totalCount nodes { id name } }
  cooperation { nodes { kind phase partner { name founded } } } } } }"""


async def test_a_change_is_told_at_once(sqlite_url: str) -> None:
    """What was told before, and in which order, is forgotten with each change."""
    plans, operation = Plans(), operation_of(ASKED)
    async with Database(sqlite_url) as database:
        first = [make_organisation(n) for n in (1, 2, 3)]
        await filled(database, [a_source(), *first, make_service(1), make_service(2), make_link(1)])
        catalogue = await load(database)

        async def agrees(change: Callable[[], Any] | None = None) -> bytes:
            if change is not None:
                await change()
                await Applying(catalogue).apply(await changes_after(database, catalogue.last_change.seq))
            told = [orjson.dumps(plans.data(operation, catalogue, {}, 1000)) for _ in range(2)]
            expected = by_graphql_core(ASKED, await load(database), {})
            assert told[0] == told[1] == orjson.dumps(expected.data)
            return told[0]

        before = await agrees()
        renamed = make_organisation(2, name=words("Aaa"), founded=1999)
        after = await agrees(lambda: publish(database, [renamed], author=AUTHOR))
        assert b"Aaa" in after
        assert b"Aaa" not in before
        services = [make_service(1, name=words("Žžž")), make_service(2, name=words("Aaa"))]
        await agrees(lambda: publish(database, services, author=AUTHOR))
        last = await agrees(lambda: withdraw(database, [ident("cooperation_link")], author=AUTHOR))
        assert last.count(b"partner") < after.count(b"partner")


def test_what_was_told_takes_bounded_room(catalogue: Catalogue) -> None:
    memory = Memory(room=5_000)
    query = "{ organisations(first: 100) { nodes { id name(language: EN) legalForm slug } } }"
    expected = orjson.dumps(by_graphql_core(query, catalogue, {}).data)
    for _ in range(2):
        assert by_plan((query, {}), catalogue, memory=memory) == expected
        assert 0 < memory.size <= 5_000


def test_what_is_asked_for_again_stays_when_there_is_no_room_for_all() -> None:
    made: Counter[int] = Counter()
    memory = Memory(room=10 * (KEPT + 10))
    told = Told(memory)
    told.tell = lambda item, check: made.update([item]) or {"n": item}
    for n in range(1, 200):
        assert orjson.dumps([told[0], told[n]]) == b'[{"n":0},{"n":%d}]' % n
        assert len(told) + len(told.older) <= 10
    assert made[0] == 1
    memory.forget()
    assert not told
    assert told[0]
    assert made[0] == 2


def kept(query: str, catalogue: Catalogue) -> set[str]:
    """The names of the classes of which something is kept when a query is answered."""
    memory = Memory()
    by_plan((query, {}), catalogue, memory=memory)
    return {type(item).__name__ for told in memory._filled for item in told}


def test_little_is_kept_together_and_most_of_records(catalogue: Catalogue) -> None:
    """Of ties, of which an answer may have many, only what is little; of records also with a page of others."""
    slug = next(each.slug for each in catalogue.of("organisation") if len(each.cooperation) > 1)
    few = "cooperation(first: 5) { nodes { kind partner { name } } }"
    many = "cooperation(first: 50) { nodes { kind partner { name } } }"
    between = f"cooperation {{ nodes {{ partner {{ {few} }} }} }}"
    assert kept(f"{{ organisations {{ nodes {{ name {few} }} }} }}", catalogue) == {"Organisation"}
    assert kept(f"{{ organisations {{ nodes {{ name {many} }} }} }}", catalogue) == {"Cooperation"}
    assert kept(f"{{ organisations {{ nodes {{ {between} }} }} }}", catalogue) == {"Organisation"}
    one = f'{{ organisation(by: {{slug: "{slug}"}}) {{ {between} }} }}'
    assert kept(one, catalogue) == {"Cooperation", "Organisation"}


def unique(number: int) -> Operation:
    return operation_of(f"{{ a{number}: organisations {{ totalCount nodes {{ id name slug }} }} }}")


def test_plans_are_made_at_second_sight_or_when_they_are_dear(catalogue: Catalogue) -> None:
    plans = Plans()
    assert plans.data(unique(1), catalogue, {}, 100) is None
    assert plans.count == 0
    assert plans.data(unique(1), catalogue, {}, 100) is not None
    assert plans.data(unique(2), catalogue, {}, 101) is not None
    assert plans.count == plans.compiled == 2


def test_a_flood_of_documents_is_bounded_and_evicts_nothing_pinned(catalogue: Catalogue) -> None:
    plans = Plans(room=100_000)
    pinned = operation_of("query ($a: Boolean!) { organisations { totalCount nodes @skip(if: $a) { id } } }")
    plans.pin(pinned)
    before = plans.size
    assert plans.count == 2
    for number in range(60):
        assert plans.data(unique(number), catalogue, {}, 1000) is not None
        assert plans.size - before <= 100_000
    assert 2 < plans.count < 60
    for steered in (True, False):
        assert plans.plan_for(pinned, {"a": steered}, 1) is not None
    assert plans.compiled == 62


def test_why_graphql_core_had_to_answer_is_counted(catalogue: Catalogue) -> None:
    plans = Plans()
    awaited = operation_of("{ changes { totalCount } }")
    for _ in range(3):
        with pytest.raises(Fallback):
            plans.data(awaited, catalogue, {}, 1000)
    with pytest.raises(Fallback):
        plans.pin(awaited)
    assert plans.fallbacks == {Reason.ASYNC: 3}
    assert plans.compiled == 0


def test_what_depends_on_who_asks_is_never_compiled() -> None:
    for text in (
        "{ viewer { __typename } }",
        "{ ...F } fragment F on Query { directory { licences } a: viewer { account { id } } }",
    ):
        with pytest.raises(Fallback):
            Plans().pin(operation_of(text))


def test_the_bytes_of_a_plan_are_about_what_it_is_said_to_take() -> None:
    import tracemalloc

    operations = [unique(number) for number in range(1000, 1050)]
    compile_operation(operations[0], ())
    tracemalloc.start()
    plans = [compile_operation(operation, ()) for operation in operations]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    said = sum(plan.weight for plan in plans)
    assert 0.5 * taken < said < 3 * taken
