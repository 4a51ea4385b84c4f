"""What points to each other in circles is put in order: what is pointed to first, a circle as a whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.circles import in_order

NODES = [f"{n}" for n in range(9)]
GRAPHS = st.dictionaries(
    st.sampled_from(NODES), st.lists(st.sampled_from(NODES), max_size=3), min_size=1, max_size=9
).map(lambda drawn: {node: [other for other in others if other in drawn] for node, others in drawn.items()})
Graph = dict[str, list[str]]


def reached(graph: Graph, start: str) -> set[str]:
    found, ahead = set[str](), {start}
    while ahead:
        found |= ahead
        ahead = {other for node in ahead for other in graph[node]} - found
    return found


@given(GRAPHS)
def test_any_graph(graph: Graph) -> None:
    steps = list(in_order(graph))
    assert sorted(node for step in steps for node in step) == sorted(graph)
    before: set[str] = set()
    for step in steps:
        before |= set(step)
        for node in step:
            reach = reached(graph, node)
            assert reach <= before
            assert set(step) == {other for other in reach if node in reached(graph, other)}


def test_a_long_chain_and_a_long_circle() -> None:
    many = 20_000
    chain = {str(n): [str(n + 1)] for n in range(many)} | {str(many): []}
    assert [step for [step] in in_order(chain)] == [str(n) for n in range(many, -1, -1)]
    assert [len(step) for step in in_order(chain | {str(many): ["0"]})] == [many + 1]
