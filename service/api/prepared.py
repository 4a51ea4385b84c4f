"""Documents that were looked at once: parsed, measured, validated and priced."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any, cast

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    ValidationContext,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from service.api import compiled
from service.api.answers import refused
from service.api.limits import Pricing, introspection_key, measure, parsed
from service.api.persisted import shipped
from service.api.personal import is_personal
from service.api.schema import schema
from service.bounded import Bounded
from service.caching import digest
from service.errors import DocumentRefused, KopaError

MOST_MISTAKES = 5
"""After which validation gives up."""

ROOM = 16_000_000
"""Bytes for documents that do not ship: 350 of 500 characters. More would hold up the garbage collector."""

LONG = 2_000
"""Characters from which on a document is looked at in a thread: one of 6,000 takes 50 ms, in which others may go on."""

BYTES_A_CHARACTER = 80
"""What a parsed document takes for each character of its text; a document of ours of 500 took 33 kB."""

RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


def room_for(text: str) -> int:
    """About the bytes that a prepared document takes."""
    return 5_000 + BYTES_A_CHARACTER * len(text)


Rule = type[ASTValidationRule]


def mistakes(document: DocumentNode, rules: Iterable[Rule]) -> list[GraphQLError]:
    """What is not valid in a document.

    Rules remember what they saw and their own methods, in a circle: they forget it here, or all of it would wait for
    the collector, which then stops everybody.
    """
    at_work: list[ASTValidationRule] = []

    def watched(rule: Rule) -> Rule:
        def begun(context: ValidationContext) -> ASTValidationRule:
            at_work.append(rule(context))
            return at_work[-1]

        return cast(Rule, begun)

    try:
        return validate(
            schema._schema,
            document,
            [watched(rule) for rule in rules],
            max_errors=MOST_MISTAKES,
            hide_suggestions=True,
        )
    finally:
        for each in at_work:
            vars(each).clear()


class Operation:
    """One operation of a document, with its price, and what its plans are compiled from."""

    def __init__(self, prepared: Prepared, node: OperationDefinitionNode) -> None:
        self.document = prepared.document
        self.standard = prepared.standard
        self.node = node
        self.personal = is_personal(prepared.document, node)
        self.pricing = Pricing(schema._schema, prepared.document, node)
        self.compiling = compiled.Operation(
            schema, prepared.document, node, (digest(prepared.text.encode()), self.name)
        )

    @property
    def name(self) -> str | None:
        return self.node.name.value if self.node.name else None


class Prepared:
    """A document. Its operations are priced when they are first asked for.

    :raises TooLarge, LimitExceeded: there is too much of something in it.
    :raises DocumentRefused: it is no GraphQL.
    """

    def __init__(self, text: str, *, hardened: bool = False) -> None:
        try:
            self.document = parsed(text)
        except GraphQLError as error:
            raise refused("GRAPHQL_PARSE_FAILED", [error]) from None
        measure(self.document)
        self.text = text
        self.standard = None if hardened else introspection_key(self.document)
        self._rules = (*RULES, NoSchemaIntrospectionCustomRule) if hardened else RULES
        self._mistakes: list[GraphQLError] | None = None
        self._nodes = [each for each in self.document.definitions if isinstance(each, OperationDefinitionNode)]
        self._operations: dict[int, Operation] = {}

    def kind(self, name: str | None) -> OperationType:
        """Whether an operation is a query, a mutation or a subscription."""
        return self._node(name).operation

    def operation(self, name: str | None) -> Operation:
        """The operation of a name, or the only one.

        :raises DocumentRefused: there is none, or the document is not valid.
        """
        if self._mistakes is None:
            self._mistakes = mistakes(self.document, self._rules)
        if self._mistakes:
            raise refused("GRAPHQL_VALIDATION_FAILED", self._mistakes)
        node = self._node(name)
        found = self._operations.get(id(node))
        if found is None:
            found = self._operations[id(node)] = Operation(self, node)
        return found

    def _node(self, name: str | None) -> OperationDefinitionNode:
        found = [node for node in self._nodes if name is None or (node.name and node.name.value == name)]
        if len(found) == 1:
            return found[0]
        words = "There is no operation of this name." if name else "Say by `operationName` which operation is meant."
        raise _unresolved(words if self._nodes else "There is no operation in this document.")


def _unresolved(words: str) -> DocumentRefused:
    mistake: dict[str, Any] = {"message": words}
    return DocumentRefused("OPERATION_RESOLUTION_FAILURE", [mistake])


@cache
def _shipping(hardened: bool) -> dict[str, Prepared]:
    return {text: Prepared(text, hardened=hardened) for text in shipped().values()}


class Documents:
    """Those that ship, always; of the others those that were asked for last, as many as there is room for."""

    def __init__(self, *, hardened: bool) -> None:
        self._hardened = hardened
        self._shipped = _shipping(hardened)
        self.recent: Bounded[str, Prepared] = Bounded(ROOM)

    def known(self, text: str) -> Prepared | None:
        return self._shipped.get(text) or self.recent.get(text)

    def shipping(self) -> list[Prepared]:
        return list(self._shipped.values())

    async def prepare(self, text: str, name: str | None) -> Prepared:
        """Look at a document that is not known, of which an operation is asked."""
        if len(text) > LONG:
            return await asyncio.to_thread(_validated, text, name, hardened=self._hardened)
        return Prepared(text, hardened=self._hardened)

    def remember(self, prepared: Prepared) -> None:
        """Keep a document that may be answered. One that is refused is not kept: it would only take room, and time of
        the garbage collector, in which nobody is answered."""
        self.recent.put(prepared.text, prepared, room_for(prepared.text))


def _validated(text: str, name: str | None, *, hardened: bool) -> Prepared:
    """A document whose operation has been priced; it says by itself when there is none."""
    prepared = Prepared(text, hardened=hardened)
    with suppress(KopaError):
        prepared.operation(name)
    return prepared
