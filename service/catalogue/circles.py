"""Putting in order what may refer to each other in circles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def in_order(graph: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Every node once, after all that it points to; those that point to each other in a circle together."""
    walk = _Walk(graph)
    for node in graph:
        yield from walk.from_(node)


class _Walk:
    """Strongly connected components by paths, after Gabow, without recursion: chains can be long."""

    def __init__(self, graph: Mapping[str, Collection[str]]) -> None:
        self.graph = graph
        self.number: dict[str, int] = {}
        self.done: set[str] = set()
        self.path: list[str] = []
        self.roots: list[str] = []
        """The nodes of the path that as yet lie in no circle with one before them."""

    def from_(self, start: str) -> Iterator[list[str]]:
        work = [self._enter(start)] if start not in self.number else []
        while work:
            node, ahead = work[-1]
            for other in ahead:
                if other not in self.number:
                    work.append(self._enter(other))
                    break
                self._close(other)
            else:
                work.pop()
                if self.roots[-1] == node:
                    yield self._leave(node)

    def _enter(self, node: str) -> tuple[str, Iterator[str]]:
        self.number[node] = len(self.number)
        self.path.append(node)
        self.roots.append(node)
        return node, iter(self.graph[node])

    def _close(self, other: str) -> None:
        """What lies between a node of the path and its end is a circle."""
        if other not in self.done:
            while self.number[self.roots[-1]] > self.number[other]:
                self.roots.pop()

    def _leave(self, node: str) -> list[str]:
        self.roots.pop()
        place = next(n for n in range(len(self.path) - 1, -1, -1) if self.path[n] == node)
        found = self.path[place:]
        del self.path[place:]
        self.done.update(found)
        return found
