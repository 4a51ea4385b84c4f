"""Python source that builds the answer of an operation from linked objects.

Only identifiers made here, names of attributes and parameters of our own classes, and digits stand in the source. All
else, the response's keys first of all, is in the environment under made names; nothing of the document's text is ever
part of the code.

Every function takes an object `o`, the values of arguments that variables steer `a`, and the deadline's check `w`.
"""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    is_abstract_type,
    is_leaf_type,
)

from service.api.compiled import shortcuts
from service.api.compiled.arguments import Argument, arguments
from service.api.compiled.body import Body
from service.api.compiled.classes import DEFINITION, class_of, classes_of, lasting, shared
from service.api.compiled.environment import Environment
from service.api.compiled.extents import Extents
from service.api.compiled.fallback import Fallback, Reason
from service.api.compiled.inputs import Inputs
from service.api.compiled.leaves import leaf
from service.api.compiled.missing import absent, iterated, refused
from service.api.compiled.paths import path_of
from service.api.compiled.selections import Asked, Selection
from service.api.compiled.told import Memory
from service.catalogue.costs import DEFAULT_PAGE

DEEPEST = 20
"""Levels of indentation after which a function of its own begins; Python nests 20 loops and 100 levels at most."""

FUNCTION = "(o, a, w)"

MOST_TOLD = 50
"""Objects of which what is told of a record is kept; what tells of more is asked for too rarely."""

LITTLE = 8
"""The same of anything else that an answer has more of than a page; and within so little nothing is kept by itself."""


class Writer:
    """The source of one plan, and the environment it runs in."""

    def __init__(self, inputs: Inputs, memory: Memory | None) -> None:
        self.inputs = inputs
        self.memory = memory
        self.environment = Environment()
        self._functions: dict[Selection, str] = {}
        self._written: list[str] = []
        self._given: dict[Asked, list[Argument]] = {}
        self._extents = Extents(self.given)
        self._telling = 0
        """The extent of what is being told, if that is to be kept."""

    def source(self, root: Selection) -> str:
        """The module: `given` reads the variables, `run` takes the root, what was read and the check."""
        self._extents.follow(root)
        body = Body("def run(o, a, w):")
        if self.memory is not None:
            body.line(f"{self.environment.put('r', self.memory.at)}(o.state, w)")
        body.line(f"return {self._display(body, root, 'o')}")
        return "\n".join([*self._written, self.environment.reader(), body.text()])

    def _function(self, selection: Selection) -> str:
        """The name of a function that answers a selection of an object."""
        if selection not in self._functions:
            name = self._functions[selection] = f"f{len(self._functions)}"
            body = Body(f"def {name}{FUNCTION}:")
            body.line(f"return {self._display(body, selection, 'o')}")
            self._written.append(body.text())
        return self._functions[selection]

    def _object(self, body: Body, selection: Selection, o: str) -> str:
        if selection.uses > 1 or body.depth >= DEEPEST:
            return f"{self._function(selection)}({o}, a, w)"
        return self._display(body, selection, o)

    def _display(self, body: Body, selection: Selection, o: str) -> str:
        items = []
        for asked in selection.fields:
            key = self.environment.put("k", asked.key)
            items.append(f"{key}: {self._field(body, selection, asked, o)}")
        return f"{{{', '.join(items)}}}"

    def _field(self, body: Body, selection: Selection, asked: Asked, o: str) -> str:
        if asked.definition is None:
            return self.environment.put("k", selection.kind.name)
        field = asked.definition.extensions.get(DEFINITION)
        if field is None or field.extensions or field.is_subscription:
            raise Fallback(Reason.RESOLVER)
        if field.is_async:
            raise Fallback(Reason.ASYNC)
        if field.base_resolver is None:
            if field.default_resolver is not getattr:
                raise Fallback(Reason.RESOLVER)
            return self._completed(body, asked.definition.type, f"{o}.{field.python_name}", asked)
        given = self.given(asked)
        short = shortcuts.of(self, body, field, asked, given, o)
        return short or self._completed(body, asked.definition.type, self._call(body, field, asked, given, o), asked)

    def given(self, asked: Asked) -> list[Argument]:
        """The arguments of a field."""
        definition = asked.definition
        assert definition is not None
        if asked not in self._given:
            self._given[asked] = list(arguments(definition.extensions[DEFINITION], definition, asked.node, self.inputs))
        return self._given[asked]

    def _call(self, body: Body, field: Any, asked: Asked, given: list[Argument], o: str) -> str:
        resolver = field.base_resolver
        if resolver.info_parameter is not None:
            raise Fallback(Reason.RESOLVER)
        if not given and resolver.self_parameter and (path := path_of(resolver.wrapped_func)):
            return f"{o}.{path}"
        if given and asked.below:
            body.line("w()")
        parts = [o] if resolver.self_parameter else []
        sources = {p.name for p in (resolver.parent_parameter, resolver.root_parameter) if p is not None}
        parts += [f"{name}={o}" for name in sorted(sources)]
        parts += self._arguments(given)
        return f"{self.environment.put('r', resolver.wrapped_func)}({', '.join(parts)})"

    def _arguments(self, given: list[Argument]) -> list[str]:
        optional = [argument for argument in given if argument.optional]
        parts = [f"{argument.name}={self.value(argument)}" for argument in given if not argument.optional]
        return [*parts, f"**{self.environment.read_given(optional)}"] if optional else parts

    def value(self, argument: Argument) -> str:
        """The expression of an argument's value."""
        if argument.read is None:
            return self.environment.put("c", argument.constant)
        return self.environment.read(argument.read)

    def _completed(self, body: Body, kind: Any, value: str, asked: Asked) -> str:
        """The expression of a value as its type shows it; statements that it needs are written before."""
        required = isinstance(kind, GraphQLNonNull)
        inner = kind.of_type if required else kind
        if is_leaf_type(inner):
            return leaf(self.environment, inner, value, required=required)
        x = body.fresh("x")
        body.line(f"{x} = {value}")
        if isinstance(inner, GraphQLList):
            return self._list(body, inner, x, asked, required=required)
        return self._composite(body, inner, x, asked, required=required)

    def _list(self, body: Body, kind: GraphQLList[Any], x: str, asked: Asked, *, required: bool) -> str:
        put = self.environment.put
        body.line(f"if type({x}) is not {put('t', list)}: {x} = {put('q', iterated(required=required))}({x})")
        if required:
            return self.items(body, kind.of_type, x, asked)
        found = body.fresh("e")
        body.line(f"{found} = {x}")
        body.line(f"if {x} is not None:")
        with body.indented():
            body.line(f"{found} = {self.items(body, kind.of_type, x, asked)}")
        return found

    def items(self, body: Body, kind: Any, x: str, asked: Asked) -> str:
        """The list of the items of `x`, each completed."""
        required = isinstance(kind, GraphQLNonNull)
        inner = kind.of_type if required else kind
        if is_leaf_type(inner):
            return f"[{leaf(self.environment, inner, 'i', required=required)} for i in {x}]"
        if told := self._told(inner, asked, required=required):
            return f"[*{self.environment.put('b', map)}({told}, {x})]"
        found, item = body.fresh("e"), body.fresh("x")
        body.line(f"{found} = []")
        body.line(f"for {item} in {x}:")
        with body.indented():
            if isinstance(inner, GraphQLList):
                shown = self._list(body, inner, item, asked, required=required)
            else:
                shown = self._composite(body, inner, item, asked, required=required)
            body.line(f"{found}.append({shown})")
        return found

    def _composite(self, body: Body, kind: Any, x: str, asked: Asked, *, required: bool) -> str:
        if is_abstract_type(kind):
            return self._abstract(body, kind, x, asked, required=required)
        if told := self._told(kind, asked, required=required):
            return f"{told}({x})"
        [selection] = asked.below
        made = self.environment.put("t", class_of(kind))
        if required:
            body.line(f"if type({x}) is not {made}: {self.environment.put('q', refused)}({x})")
            return self._object(body, selection, x)
        found = body.fresh("e")
        body.line(f"if type({x}) is {made}:")
        with body.indented():
            body.line(f"{found} = {self._object(body, selection, x)}")
        body.line(f"else: {found} = {self.environment.put('q', absent)}({x})")
        return found

    def _told(self, kind: Any, asked: Asked, *, required: bool) -> str | None:
        """What looks up what was told of an object, where that is kept."""
        if self.memory is None or not isinstance(kind, GraphQLObjectType):
            return None
        [selection] = asked.below
        made, extent = class_of(kind), self._extents.of(selection)
        if not self._is_kept(made, extent, self._extents.times(selection)):
            return None
        before, self._telling = self._telling, extent
        name = self._function(selection)
        self._telling = before
        return self.environment.told(self.memory, name, made, required=required)

    def _is_kept(self, made: type[Any], extent: int, times: int) -> bool:
        if shared(made):
            return extent <= MOST_TOLD and not 0 < self._telling <= LITTLE
        most = MOST_TOLD if times <= DEFAULT_PAGE else LITTLE
        return lasting(made) and extent <= most and not self._telling

    def _abstract(self, body: Body, kind: Any, x: str, asked: Asked, *, required: bool) -> str:
        """Each concrete type has a function; which one is told by the class of the object."""
        made = classes_of(self.inputs.schema._schema, kind)
        functions = {made[s.kind]: self._function(s) for s in asked.below if s.kind in made}
        chosen, found = body.fresh("y"), body.fresh("e")
        body.line(f"{chosen} = {self.environment.choice(functions)}.get(type({x}))")
        body.line(f"if {chosen} is not None: {found} = {chosen}({x}, a, w)")
        other = self.environment.put("q", refused if required else absent)
        body.line(f"else: {found} = {other}({x})")
        return found
