"""What is wrong with an input, told as data."""

from __future__ import annotations

from typing import Annotated

import strawberry

from service.api.nouns import UserErrorCode
from service.catalogue.costs import at_most
from service.catalogue.words import Language
from service.errors import Problem

DEEPEST = 10
"""How many steps a path is reckoned to have in the cost of a query."""


@strawberry.type(description="Something that is wrong with an input.")
class UserError:
    problem: strawberry.Private[Problem]
    language: strawberry.Private[str]
    path: list[str] = strawberry.field(
        description="Where in the input: names of fields and places in lists, from the outside in.",
        directives=[at_most(DEEPEST)],
    )

    @strawberry.field(description="What kind of mistake it is.")
    def code(self) -> UserErrorCode:
        return UserErrorCode(self.problem.code)

    @strawberry.field(description="What is wrong, in a sentence for people.")
    def message(
        self,
        language: Annotated[
            Language | None,
            strawberry.argument(description="The language, Latvian or English; else that of `Accept-Language`."),
        ] = None,
    ) -> str:
        words = self.problem.words
        return words.get(language.value if language else self.language) or words["lv"]
