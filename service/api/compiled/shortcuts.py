"""Fields of the catalogue that are answered without calling their resolvers.

The catalogue's own decorator makes these resolvers, and says on them what they do: `words` names the attribute whose
text is shown in a language, `lists` the attribute whose objects are shown as a connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLNonNull, Undefined

from service.api.compiled.arguments import Argument
from service.api.compiled.body import Body
from service.api.compiled.leaves import leaf
from service.api.compiled.selections import Asked, Selection
from service.catalogue.connection import page_size
from service.catalogue.orders import in_default_order
from service.catalogue.words import Language

if TYPE_CHECKING:
    from service.api.compiled.writing import Writer

PLAIN_PARTS = {"nodes", "totalCount", "__typename"}
"""What one can ask of a connection without asking where its page lies."""


def of(writer: Writer, body: Body, field: Any, asked: Asked, given: list[Argument], o: str) -> str | None:
    """The expression of a field's value, None where the resolver has to be called."""
    resolver = field.base_resolver.wrapped_func
    if words := getattr(resolver, "words", None):
        return _text(writer, asked, given, f"{o}.{words}")
    if lists := getattr(resolver, "lists", None):
        return _page(writer, body, asked, given, lists, o)
    return None


def _text(writer: Writer, asked: Asked, given: list[Argument], words: str) -> str:
    """The text of a language, or the Latvian one."""
    [language] = given
    kind: Any = asked.definition and asked.definition.type
    if isinstance(kind, GraphQLNonNull):
        return leaf(writer.environment, kind.of_type, _chosen(writer, language, words), required=True)
    text = leaf(writer.environment, kind, _chosen(writer, language, "t"), required=True)
    return f"(None if (t := {words}) is None else {text})"


def _chosen(writer: Writer, language: Argument, words: str) -> str:
    put, read = writer.environment.put, language.read
    latvian = f"{words}[{put('k', Language.LV.value)}]"
    if read is not None:
        wanted = writer.environment.read(lambda variables: read(variables).value)
    elif language.constant is Language.LV:
        return latvian
    else:
        wanted = put("k", language.constant.value)
    return f"({words}.get({wanted}) or {latvian})"


def _page(writer: Writer, body: Body, asked: Asked, given: list[Argument], lists: str, o: str) -> str | None:
    """The first page of a list in its default order, if nothing else is asked for."""
    [selection] = asked.below
    arguments = {argument.name: argument for argument in given}
    first = arguments.pop("first", None)
    moved = any(argument.read is not None or argument.constant is not None for argument in arguments.values())
    named = {part.node.name.value for part in selection.fields}
    if moved or not named <= PLAIN_PARTS or selection.uses > 1 or (first is not None and first.optional):
        return None
    x = body.fresh("x")
    body.line(f"{x} = {o}.{lists}")
    ordered = f"({x} if len({x}) < 2 else {writer.environment.put('r', in_default_order)}({x}, {o}))"
    nodes = f"{ordered}[:{_size(writer, first)}]"
    parts = [_part(writer, body, selection, part, x, nodes) for part in selection.fields]
    keys = [writer.environment.put("k", part.key) for part in selection.fields]
    return f"{{{', '.join(f'{key}: {shown}' for key, shown in zip(keys, parts, strict=True))}}}"


def _part(writer: Writer, body: Body, selection: Selection, part: Asked, x: str, nodes: str) -> str:
    if part.definition is None:
        return writer.environment.put("k", selection.kind.name)
    if part.node.name.value == "totalCount":
        return f"len({x})"
    page = body.fresh("x")
    body.line(f"{page} = {nodes}")
    kind: Any = part.definition.type  # [T!]!
    return writer.items(body, kind.of_type.of_type, page, part)


def _size(writer: Writer, first: Argument | None) -> str:
    if first is None or first.read is None:
        return str(page_size(None if first is None or first.constant is Undefined else first.constant))
    read = first.read
    return writer.environment.read(lambda variables: page_size(read(variables)))
