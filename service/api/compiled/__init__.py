"""Compiled execution: a validated operation becomes Python that builds its answer from linked objects.

It is an executor for any operation whose resolvers are synchronous, not a list of known queries. graphql-core stays
the definition of what is right: it collects the fields, coerces the arguments and serializes the leaves, at compile
time wherever it can, and what a plan cannot do (see `Reason`) runs whole in graphql-core, which tells every error.

    operation = Operation(schema, document, node, key)        once for each operation of a validated document
    variables = operation.variables.coerced(given)            raises Fallback; graphql-core then says what is wrong
    data = plans.data(operation, catalogue, variables, cost, deadline.check)
                                                              None: not compiled yet, let graphql-core answer
                                                              raises Fallback(reason): graphql-core has to answer
    plans.pin(operation)                                      shipped documents: compiled now, never forgotten

`key` names the operation as long as the schema lives (its document's text or hash, and its name): plans are found by
it when the document was prepared anew. `plans.count`, `plans.size` and `plans.fallbacks` are for /metrics.

What a resolver is given belongs to the plan: it must not change it, and it must change nothing else either, because
whatever a plan began may run again in graphql-core. Objects are told by their exact class; `strawberry.cast` is not
looked at.
"""

from service.api.compiled.fallback import Fallback, Reason
from service.api.compiled.operation import Operation
from service.api.compiled.plan import Plan, Seen, compile_operation
from service.api.compiled.plans import Plans

__all__ = ["Fallback", "Operation", "Plan", "Plans", "Reason", "Seen", "compile_operation"]
