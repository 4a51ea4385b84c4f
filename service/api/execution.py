"""From what is asked to the bytes of the answer.

A document is prepared once; then each request has its variables coerced, its price paid, and its answer made without
an await between reading the catalogue and having the bytes. Only what is read from the database is awaited.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, cast

from graphql import AbortedGraphQLExecutionError, ExecutionResult, OperationType, execute, get_variable_values
from graphql.pyutils import AbortSignal
from strawberry.schema._graphql_core import execution_context_class_kwargs

from service.api import answers
from service.api.answers import Answer
from service.api.asked import Asked
from service.api.compiled import Fallback, Plans, Reason, Seen
from service.api.context import Context
from service.api.limits import MOST_ABOUT_SCHEMA, Deadline
from service.api.persisted import by_id
from service.api.prepared import MOST_MISTAKES, Documents, Operation, Prepared
from service.api.schema import schema
from service.bounded import Bounded
from service.catalogue.catalogue import Catalogue
from service.errors import DocumentRefused, MethodNotAllowed, TimedOut, TooCostly
from service.metrics import Metrics
from service.settings import Settings

Spend = Callable[[int], None]

PREPARING = 500
"""What it costs to ask a document that is not known yet: about as many objects can be told in the time it takes."""

INTERPRETED = 10
"""How many times its price an operation costs that cannot be compiled."""

MOST_INTERPRETED = 1_000
"""The largest cost of an operation that cannot be compiled."""

LEARNING = 5_000
"""What a form of the standard introspection query costs who asks for it first: it takes as long as so many objects."""

PATIENCE = 5.0
"""Seconds that an answer may take."""

PATIENCE_TO_WRITE = 60.0
"""Seconds that writing may take. What is not committed by then is undone."""

ROOM_FOR_INTROSPECTION = 16_000_000

COMPILED, BY_GRAPHQL_CORE, INTROSPECTION = ("compiled",), ("interpreted",), ("introspection",)


@dataclass(slots=True)
class Ready:
    """An operation that can be executed: its variables as they were given and as resolvers take them, and its cost."""

    operation: Operation
    given: dict[str, Any]
    variables: dict[str, Any]
    cost: int
    seen: Seen = field(default_factory=Seen)


class Execution:
    """The documents, prices and plans of one process."""

    def __init__(self, settings: Settings, figures: Metrics) -> None:
        self._documents = Documents(hardened=settings.graphql_profile == "hardened")
        self._figures = figures
        self._introspected: Bounded[str, Answer] = Bounded(ROOM_FOR_INTROSPECTION)
        self.plans = Plans()
        for prepared in self._documents.shipping():
            self.plans.pin(prepared.operation(None).compiling)

    def text_of(self, asked: Asked) -> str:
        """The text of the document that is asked.

        :raises DocumentRefused: no document has the id.
        """
        if asked.query is not None:
            return asked.query
        text = by_id().get(asked.document_id or "")
        if text is None:
            mistake = {"message": "There is no document with this id; send it as `query`."}
            raise DocumentRefused("PERSISTED_QUERY_NOT_FOUND", [mistake])
        return text

    async def ready(self, asked: Asked, text: str, spend: Spend, *, safely: bool) -> Ready:
        """What is asked, looked at and priced.

        :param spend: takes a cost from what the client may ask for, or raises.
        :param safely: whether it is asked by a method that may change nothing.
        :raises KopaError: it cannot be answered.
        """
        known = self._documents.known(text)
        if known is not None:
            return self._ready(asked, known, safely=safely)
        spend(PREPARING)
        prepared = await self._documents.prepare(text, asked.operation_name)
        ready = self._ready(asked, prepared, safely=safely)
        self._documents.remember(prepared)
        return ready

    def _ready(self, asked: Asked, prepared: Prepared, *, safely: bool) -> Ready:
        if safely and prepared.kind(asked.operation_name) is OperationType.MUTATION:
            raise MethodNotAllowed("A mutation is sent by POST.", "POST")
        operation = prepared.operation(asked.operation_name)
        if prepared.standard is not None:
            return Ready(operation, {}, {}, 0)
        variables = _coerced(operation, asked.variables)
        return Ready(operation, asked.variables, variables, operation.pricing.affordable(variables))

    def answer(
        self, ready: Ready, catalogue: Catalogue, spend: Spend, context: Context | None = None
    ) -> Answer | Awaitable[Answer]:
        """The answer; one that is awaited when it needs the database. What is personal needs a context.

        :raises KopaError: there is none.
        """
        key = ready.operation.standard
        spend(ready.cost or 1)
        if key is not None:
            return self._introspection(ready, key, catalogue, spend)
        return self._executed(ready, catalogue, spend, context)

    def _introspection(self, ready: Ready, key: str, catalogue: Catalogue, spend: Spend) -> Answer:
        """The schema told about itself: the same bytes for as long as the program runs."""
        found = self._introspected.get(key)
        if found is None:
            spend(LEARNING)
            found = cast(Answer, _interpreted(ready, catalogue, Deadline(PATIENCE)))
            self._introspected.put(key, found, len(found.body))
        self._figures.answers.counts[INTROSPECTION] += 1
        return found

    def _executed(
        self, ready: Ready, catalogue: Catalogue, spend: Spend, context: Context | None
    ) -> Answer | Awaitable[Answer]:
        writes = ready.operation.node.operation is OperationType.MUTATION
        deadline = Deadline(PATIENCE_TO_WRITE if writes else PATIENCE)
        try:
            data = self.plans.data(
                ready.operation.compiling, catalogue, ready.variables, ready.cost, deadline.check, ready.seen
            )
        except Fallback as fallback:
            self._figures.fallbacks.counts[(fallback.reason.value,)] += 1
            most = MOST_ABOUT_SCHEMA if fallback.reason is Reason.INTROSPECTION else MOST_INTERPRETED
            if ready.cost > most:
                raise TooCostly(ready.cost, most) from None
            spend((INTERPRETED - 1) * ready.cost)
            data = None
        if data is not None:
            self._figures.answers.counts[COMPILED] += 1
            return answers.whole(data, ready.cost)
        self._figures.answers.counts[BY_GRAPHQL_CORE] += 1
        return _interpreted(ready, catalogue, deadline, context)


def _coerced(operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
    try:
        return operation.compiling.variables.coerced(given)
    except Fallback:
        nodes = operation.node.variable_definitions or ()
        told = get_variable_values(schema._schema, nodes, given, max_errors=MOST_MISTAKES, hide_suggestions=True)
        if isinstance(told, list):
            raise answers.refused("BAD_USER_INPUT", told) from None
        raise


def _interpreted(
    ready: Ready, catalogue: Catalogue, deadline: Deadline, context: Context | None = None
) -> Answer | Awaitable[Answer]:
    """The answer by graphql-core."""
    try:
        result = execute(
            schema._schema,
            ready.operation.document,
            root_value=catalogue,
            context_value=context,
            variable_values=ready.given,
            operation_name=ready.operation.name,
            hide_suggestions=True,
            abort_signal=cast(AbortSignal, deadline),
            **execution_context_class_kwargs(schema.execution_context_class),
        )
    except AbortedGraphQLExecutionError as aborted:
        raise _reason(aborted) from None
    return _awaited(result, ready.cost, context) if isawaitable(result) else answers.of_result(result, ready.cost)


async def _awaited(result: Awaitable[ExecutionResult], cost: int, context: Context | None) -> Answer:
    try:
        found = await result
        return answers.of_result(found, cost, context.seq if context else None)
    except AbortedGraphQLExecutionError as aborted:
        raise _reason(aborted) from None


def _reason(aborted: AbortedGraphQLExecutionError) -> TimedOut:
    assert isinstance(aborted.reason, TimedOut)
    return aborted.reason
