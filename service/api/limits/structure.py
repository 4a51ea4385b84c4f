"""How large a document is, told in one pass over each definition, before its fragments are spread.

A document can name the same fragment again and again, and fragments can spread fragments, so a text of one kilobyte
may stand for a billion fields. Each definition is therefore walked once, and what it stands for is added up from what
its fragments stand for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graphql import (
    DefinitionNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    Lexer,
    ListTypeNode,
    ListValueNode,
    Location,
    NonNullTypeNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Source,
    Token,
    TokenKind,
    TypeNode,
    ValueNode,
)
from graphql.language.parser import Parser

from service.api.limits.glance import MOST_COMMENTS, MOST_TOKENS, Glance, glance
from service.errors import LimitExceeded, TooLarge

MOST_CHARACTERS = 100_000
ABORTED = "Parsing aborted."
"""With which the parser says that there is too much of something, rather than a mistake."""

MOST = {
    "operations": 10,
    "fragments": 50,
    "variables": 100,
    "aliases": 100,
    "directives": 50,
    "directives in one place": 3,
    "values": 1_000,
    "levels of values": 8,
    "levels of fields": 25,
    "levels of selections": 50,
    "selections": 400,
    "comparisons of fields": 5_000,
    "characters in one alias": 100,
}
"""The most of everything that is counted. A partner network of depth 3 has 17 levels of fields; validation takes
about 40 ms for 400 selections, and as long for 5,000 comparisons of fields that share a name in one place."""


def parsed(text: str) -> DocumentNode:
    """The document of a text. Raises TooLarge, and GraphQLSyntaxError for what is no GraphQL."""
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"The query is longer than {MOST_CHARACTERS:,} characters.", limit=MOST_CHARACTERS)
    _allow(glance(text))
    lexer = Lexer(Source(text))
    first = lexer.token
    try:
        return _Parser(
            lexer.source, lexer=lexer, max_lexical_tokens=MOST_TOKENS, max_comments=MOST_COMMENTS
        ).parse_document()
    except RecursionError:
        raise _too_deep() from None
    except GraphQLSyntaxError as error:
        if not error.message.endswith(ABORTED):
            raise
        raise _told(error.message) from None
    finally:
        _untie(first)


class _Parser(Parser):
    """Its nodes know where they stand, and do not hold the tokens that they were made of."""

    def loc(self, start_token: Token) -> Location | None:
        found = super().loc(start_token)
        if found is not None:
            found.start_token = found.end_token = _FORGOTTEN
        return found


_FORGOTTEN = Token(TokenKind.SOF, 0, 0, 0, 0)


def _untie(token: Token | None) -> None:
    """Let no token know the one before: in a circle they would wait for the collector, which then stops everybody."""
    while token is not None:
        token.prev = None
        token = token.next


def _allow(seen: Glance) -> None:
    """Refuse at first sight what is much too much."""
    for most, found, what in ((MOST_TOKENS, seen.tokens, "tokens"), (MOST_COMMENTS, seen.comments, "comments")):
        if found > most:
            raise TooLarge(f"The query has more than {most:,} {what}.", limit=most)
    allow("fragments", seen.fragments)
    allow("selections", seen.selections)
    allow("aliases", seen.aliases)
    allow("directives", seen.directives)
    allow("levels of selections", seen.levels)
    allow("values", seen.values - VALUES_OF_VARIABLES * MOST["variables"])


VALUES_OF_VARIABLES = 1
"""A name and a type with a colon between them look like one value at first sight."""


def allow(name: str, found: int) -> None:
    """Refuse more than there may be of something. Raises LimitExceeded."""
    most = MOST[name]
    if found > most:
        told = f"{found:,}" if found < 10**12 else "countless"
        raise LimitExceeded(f"The query has {told} {name}; {most:,} is the most.", limit=most, found=found)


def _told(message: str) -> LimitExceeded:
    """What the parser gave up for, in our words."""
    for most, what in ((MOST_TOKENS, "tokens"), (MOST_COMMENTS, "comments")):
        if f"more than {most} {what}." in message:
            return TooLarge(f"The query has more than {most:,} {what}.", limit=most)
    return _too_deep()


def _too_deep() -> LimitExceeded:
    limit = MOST["levels of selections"]
    return LimitExceeded(f"The query is nested deeper than {limit} levels.", limit=limit)


def measure(document: DocumentNode) -> None:
    """Refuse a document that is larger than one may be. Raises LimitExceeded; what was found stands in its words."""
    measured(document)


def measured(document: DocumentNode) -> Size:
    """How large a document is; it raises LimitExceeded at the first thing there is too much of."""
    size = Size()
    for definition in document.definitions:
        size.add(definition)
    allow("operations", len(size.operations))
    allow("fragments", len(size.fragments))
    for name, found in size.counts.items():
        allow(name, found)
    _spread(size)
    _compare(size)
    return size


@dataclass
class Own:
    """What stands in one definition itself."""

    selections: SelectionSetNode
    count: int = 0
    fields: int = 0
    levels: int = 0
    spreads: list[tuple[str, int, int]] = field(default_factory=list)
    """The fragments it spreads, each with the level of fields and of selections it stands at."""

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.spreads]


@dataclass
class Size:
    """What was counted, and how many nodes were looked at for it."""

    operations: list[Own] = field(default_factory=list)
    fragments: dict[str, Own] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    visited: int = 0

    def add(self, definition: DefinitionNode) -> None:
        if not isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            return  # Validation refuses it.
        own = Own(definition.selection_set)
        if isinstance(definition, FragmentDefinitionNode):
            self.fragments.setdefault(definition.name.value, own)
        else:
            self.operations.append(own)
        for variable in definition.variable_definitions or ():
            self.counts["variables"] += 1
            self._nested(variable.type)
            self._directives(variable.directives)
            if variable.default_value:
                self._nested(variable.default_value)
        self._directives(definition.directives)
        self._walk(own)

    def _walk(self, own: Own) -> None:
        ahead = [(own.selections, 1, 1)]
        while ahead:
            selections, fields, levels = ahead.pop()
            own.levels = max(own.levels, levels)
            for node in selections.selections:
                self.visited += 1
                own.count += 1
                self._directives(node.directives)
                if isinstance(node, FieldNode):
                    own.fields = max(own.fields, fields)
                    self._field(node)
                    if node.selection_set:
                        ahead.append((node.selection_set, fields + 1, levels + 1))
                elif isinstance(node, InlineFragmentNode):
                    ahead.append((node.selection_set, fields, levels + 1))
                elif isinstance(node, FragmentSpreadNode):
                    own.spreads.append((node.name.value, fields, levels))

    def _field(self, node: FieldNode) -> None:
        if node.alias:
            self.counts["aliases"] += 1
            # It stands in the answer once for each object, whatever that costs.
            allow("characters in one alias", len(node.alias.value))
        for argument in node.arguments or ():
            self._nested(argument.value)

    def _directives(self, nodes: Sequence[DirectiveNode] | None) -> None:
        if nodes:
            self.counts["directives"] += len(nodes)
            self.counts["directives in one place"] = max(self.counts["directives in one place"], len(nodes))
            for node in nodes:
                for argument in node.arguments or ():
                    self._nested(argument.value)

    def _nested(self, node: ValueNode | TypeNode) -> None:
        """Count how deep a value or a type goes."""
        ahead: list[tuple[ValueNode | TypeNode, int]] = [(node, 1)]
        while ahead:
            here, level = ahead.pop()
            self.visited += 1
            self.counts["values"] += not isinstance(here, TypeNode)
            self.counts["levels of values"] = max(self.counts["levels of values"], level)
            ahead.extend((below, level + 1) for below in _inside(here))


def _inside(node: ValueNode | TypeNode) -> Iterator[ValueNode | TypeNode]:
    if isinstance(node, ListValueNode):
        yield from node.values
    elif isinstance(node, ObjectValueNode):
        yield from (each.value for each in node.fields)
    elif isinstance(node, ListTypeNode | NonNullTypeNode):
        yield node.type


def _spread(size: Size) -> None:
    """Add up what every definition stands for once its fragments are spread."""
    whole: dict[str, tuple[int, int, int]] = {}
    for name in _innermost_first(size):
        whole[name] = _total(size, size.fragments[name], whole)
    selections = 0
    for operation in size.operations:
        selections += _total(size, operation, whole)[0]
        allow("selections", selections)


def _total(size: Size, own: Own, whole: dict[str, tuple[int, int, int]]) -> tuple[int, int, int]:
    count, fields, levels = own.count, own.fields, own.levels
    for name, field_level, level in own.spreads:
        size.visited += 1
        inner_count, inner_fields, inner_levels = whole.get(name, (0, 0, 0))
        count += inner_count
        fields = max(fields, field_level - 1 + inner_fields)
        levels = max(levels, level + inner_levels)
    allow("levels of fields", fields)
    allow("levels of selections", levels)
    allow("selections", count)
    return count, fields, levels


def _innermost_first(size: Size) -> Iterator[str]:
    """The fragments, each after those that it spreads. Raises LimitExceeded when one spreads itself."""
    begun: set[str] = set()
    done: set[str] = set()
    for root in size.fragments:
        path = [(root, iter(size.fragments[root].names))] if root not in begun else []
        begun.add(root)
        while path:
            name, inner = path[-1]
            below = next((each for each in inner if each in size.fragments and each not in done), None)
            if below is None:
                path.pop()
                done.add(name)
                yield name
            elif below in begun:
                limit = MOST["levels of selections"]
                raise LimitExceeded(f"The fragment {below[:60]} spreads itself, without end.", limit=limit)
            else:
                begun.add(below)
                path.append((below, iter(size.fragments[below].names)))


def _compare(size: Size) -> None:
    """Count how often two fields with one name stand in one place: validation compares each with each.

    What is walked is no more than the selections that were allowed.
    """
    comparisons = 0
    ahead = [[operation.selections] for operation in size.operations]
    while ahead:
        places: dict[str, list[FieldNode]] = {}
        for node in _fields(size, ahead.pop()):
            places.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
        for nodes in places.values():
            comparisons += len(nodes) ** 2
            if below := [node.selection_set for node in nodes if node.selection_set]:
                ahead.append(below)
        allow("comparisons of fields", comparisons)


def _fields(size: Size, sets: Sequence[SelectionSetNode]) -> Iterator[FieldNode]:
    """The fields of some selection sets, with those of the fragments they spread."""
    ahead: list[SelectionNode] = [node for each in sets for node in each.selections]
    while ahead:
        node = ahead.pop()
        size.visited += 1
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            ahead.extend(node.selection_set.selections)
        elif isinstance(node, FragmentSpreadNode) and node.name.value in size.fragments:
            ahead.extend(size.fragments[node.name.value].selections.selections)
