"""What generated source refers to by made names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import Undefined

from service.api.compiled.arguments import Argument, Read
from service.api.compiled.missing import absent, refused
from service.api.compiled.told import Memory, Told

LETTERS = frozenset("bcdghknqrt")
"""With which the names begin, each for one kind of value; the names of a function's own variables begin with others."""


class Environment:
    """Values by name, the functions that read arguments from the variables, and choices between functions."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._names: dict[tuple[str, str | int], str] = {}
        self._completed: dict[tuple[Any, bool], Any] = {}
        self._reads: list[str] = []
        self._told: dict[tuple[str, bool], tuple[Told, type[Any], str]] = {}
        self._choices: list[tuple[dict[Any, Any], Mapping[Any, str]]] = []

    def put(self, letter: str, value: Any) -> str:
        """The name of a value; the same object has one name, and so have equal strings."""
        assert letter in LETTERS
        known = (letter, value if type(value) is str else id(value))
        if known not in self._names:
            name = self._names[known] = f"{letter}{len(self.values)}"
            self.values[name] = value
        return self._names[known]

    def completed(self, kind: Any, make: Callable[..., Any], *, required: bool) -> Any:
        """What completes values of a leaf type, made once."""
        if (kind, required) not in self._completed:
            self._completed[kind, required] = make(kind, required=required)
        return self._completed[kind, required]

    def read(self, read: Read) -> str:
        """The expression of what is read from the variables, once at each run."""
        self._reads.append(self.put("h", read))
        return f"a[{len(self._reads) - 1}]"

    def read_given(self, given: list[Argument]) -> str:
        """The expression of the arguments that are given with the variables of a run."""

        def read(variables: Mapping[str, Any]) -> dict[str, Any]:
            values = {argument.name: _read(argument)(variables) for argument in given}
            return {name: value for name, value in values.items() if value is not Undefined}

        return self.read(read)

    def reader(self) -> str:
        """The source of the function that reads all that is read from the variables."""
        return f"def given(v): return ({''.join(f'{name}(v), ' for name in self._reads)})"

    def choice(self, functions: Mapping[Any, str]) -> str:
        """The name of a choice between functions that the source defines."""
        chosen: dict[Any, Any] = {}
        self._choices.append((chosen, functions))
        return self.put("d", chosen)

    def told(self, memory: Memory, name: str, made: type[Any], *, required: bool) -> str:
        """The name of what looks up what is told of objects of a class by a function that the source defines."""
        key = (name, required)
        if key not in self._told:
            told = Told(memory)
            self._told[key] = (told, made, self.put("g", told.__getitem__))
        return self._told[key][2]

    def run(self, code: Any) -> Mapping[str, Any]:
        """Let compiled source define its functions; all names with them."""
        scope = dict(self.values)
        exec(code, scope)
        for chosen, functions in self._choices:
            chosen.update({key: scope[name] for key, name in functions.items()})
        for (name, required), (told, made, _) in self._told.items():
            told.tell = _teller(scope[name], made, refused if required else absent)
        return scope


def _read(argument: Argument) -> Read:
    assert argument.read is not None
    return argument.read


def _teller(tell: Callable[..., Any], made: type[Any], other: Callable[[Any], Any]) -> Callable[..., Any]:
    """What tells of an object of a class, and asks what becomes of another value."""
    return lambda item, check: tell(item, (), check) if type(item) is made else other(item)
