"""What a revision changes, and where two people changed the same."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from service.api.mutations.contents import shown_path, told_value
from service.api.mutations.errors import DEEPEST
from service.api.paging import paged
from service.catalogue.connection import After, Before, Connection, First, Last, Window
from service.catalogue.costs import PAGE, at_most
from service.catalogue.published import graphql_enum
from service.catalogue.words import Language
from service.editing import diff, merging
from service.models.fields import Choices
from service.models.shape import Shape, shape

OF_TEXTS = "The language, Latvian or English; else that of `Accept-Language`."
Told = Annotated[Language | None, strawberry.argument(description=OF_TEXTS)]

PLACE = "Where in the content: names of fields, and ids of owned children, from the outside in."


class WordsMark(Choices):
    """What became of a piece of a text."""

    SAME = "same", "It stayed."
    ADDED = "added", "It came."
    REMOVED = "removed", "It went."


graphql_enum(WordsMark)


@strawberry.type(description="A piece of two texts that were compared.")
class WordsRun:
    mark: WordsMark = strawberry.field(description="What became of it.")
    text: str = strawberry.field(description="The piece itself, with the spaces before its words.")


@strawberry.type(description="A field that a revision changes, as people read it.")
class Difference:
    difference: strawberry.Private[diff.Difference]

    @strawberry.field(description=PLACE, directives=[at_most(DEEPEST)])
    def path(self) -> list[str]:
        return shown_path(self.difference.path)

    @strawberry.field(description="What it was; nothing is the empty text.")
    def before(self) -> str:
        return self.difference.before

    @strawberry.field(description="What it is then; nothing is the empty text.")
    def after(self) -> str:
        return self.difference.after

    @strawberry.field(description="Both texts in one, piece by piece.", directives=[PAGE])
    def words(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[WordsRun]:
        runs = [WordsRun(mark=WordsMark(run.mark), text=run.text) for run in self.difference.words()]  # type: ignore[call-arg]
        return paged(runs, Window(first, after, last, before))


@strawberry.type(
    description="A place that a draft and somebody else changed in different ways since the draft was begun."
)
class Clash:
    noun: strawberry.Private[str]
    clash: strawberry.Private[merging.Clash]

    @strawberry.field(description=PLACE, directives=[at_most(DEEPEST)])
    def path(self) -> list[str]:
        return shown_path(self.clash.path)

    @strawberry.field(description="What it held when the draft was begun, as an input gives it.")
    def base(self) -> JSON | None:
        return self._told(self.clash.base)

    @strawberry.field(description="What the draft says.")
    def ours(self) -> JSON | None:
        return self._told(self.clash.ours)

    @strawberry.field(description="What is published now.")
    def theirs(self) -> JSON | None:
        return self._told(self.clash.theirs)

    def _told(self, value: Any) -> JSON | None:
        names = [step for step in self.clash.path if isinstance(step, str)]
        table: Shape = shape(self.noun)
        if names[0] in table.parts:
            table = table.parts[names[0]]
        told = told_value(table, names[-1], value)
        return None if told is None else JSON(told)
