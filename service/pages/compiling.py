"""How templates become Python: what is known beforehand is done beforehand, the rest as Python itself would do it.

A page has a thousand texts, attributes and calls. Jinja asks of each attribute whether it might be an item, and of each
call whether it wants the context; templates here say which they mean, and nothing they call wants it.
"""

from __future__ import annotations

import html
from io import StringIO
from typing import Any

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, CondExpr, Const, Getattr, Name, Node, Template
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from service.i18n import Words


class Direct(CodeGenerator):
    """Writes calls and attributes as Python has them."""

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """The signature is written apart: it begins with a comma."""
        self.visit(node.node, frame)
        outer, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        its, self.stream = self.stream.getvalue(), outer
        self.write(f"({its.removeprefix(', ')})")

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class Beforehand(NodeTransformer):
    """Puts in what needs nothing from the page."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, node: Call) -> Node:  # noqa: N802
        """A text by its key; one with gaps stays a call. Raises UnknownText."""
        self.generic_visit(node)
        match node:
            case Call(node=Name(name="t"), args=[Const(value=str(key))], kwargs=[], dyn_args=None, dyn_kwargs=None):
                return Const(self._words(key), lineno=node.lineno)
        return node

    def visit_CondExpr(self, node: CondExpr) -> Node:  # noqa: N802
        """What has no other side says nothing there."""
        node.expr2 = node.expr2 or Const("", lineno=node.lineno)
        return self.generic_visit(node)


class Templates(Environment):
    """Templates that speak one language."""

    code_generator_class = Direct

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(**options)
        self._beforehand = Beforehand(words)

    def _parse(self, *args: Any) -> Template:
        return self._beforehand.visit(super()._parse(*args))  # type: ignore[no-any-return]

    def _generate(self, *args: Any, **named: Any) -> str:
        """The source of a template, in which the first line imports what all of it calls."""
        first, rest = super()._generate(*args, **named).split("\n", 1)
        return f"{first}; from {__name__} import escaped as escape\n{rest}"


def escaped(value: Any) -> Any:
    """A value as it stands in HTML."""
    return html.escape(value) if type(value) is str else value if type(value) is Markup else escape(value)
