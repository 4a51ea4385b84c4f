"""Everything that is asked of a query before anything walks it, and its price.

In this order, each step safe because of those before it:

    document = parsed(text)                     tokens, comments and length; raises TooLarge, GraphQLSyntaxError
    measure(document)                           depth, breadth, fragments, aliases; raises LimitExceeded
    graphql.validate(schema, document)          GraphQL's own rules
    pricing = Pricing(schema, document, operation)       once for each operation
    cost = pricing.affordable(variables)        for each request, variables coerced; raises TooCostly

Every pass is linear. `Deadline` interrupts what takes long all the same; `introspection_key` knows the query by which
tools learn the schema, which has no price.
"""

from service.api.limits.about_schema import MOST as MOST_ABOUT_SCHEMA
from service.api.limits.deadline import Deadline, Interruptible
from service.api.limits.introspection import introspection_key, is_standard_introspection
from service.api.limits.pricing import LARGEST_COST, Pricing
from service.api.limits.structure import measure, parsed

__all__ = [
    "LARGEST_COST",
    "MOST_ABOUT_SCHEMA",
    "Deadline",
    "Interruptible",
    "Pricing",
    "introspection_key",
    "is_standard_introspection",
    "measure",
    "parsed",
]
