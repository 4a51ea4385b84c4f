"""The root of every read: what one can ask for by name, by id, or as a list."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from service.api.directory import Directory
from service.api.feed import Change, feed
from service.api.planning import Planning
from service.api.search import (
    NARROWING,
    SUGGESTED,
    SUGGESTING,
    SearchResultConnection,
    Suggestions,
    results,
    suggestions,
)
from service.api.search_filter import SearchFilter
from service.api.viewer.viewer import Viewer, viewer_of
from service.catalogue import types
from service.catalogue.connection import FILTER, After, Connection, First, Window
from service.catalogue.costs import PAGE, SEARCH, as_many_as
from service.catalogue.faceted import arguments, connection_of, faceted
from service.catalogue.listing import listing
from service.catalogue.record import Node

if TYPE_CHECKING:
    from service.catalogue.catalogue import Catalogue

MOST_NODES = 100
FORWARD = dataclasses.replace(PAGE, slicing_arguments=["first"])
ROOT: Any = strawberry.Parent[object]


@strawberry.input(one_of=True, description="A record by its id or by the readable name in its address.")
class BySlug:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id.")
    slug: strawberry.Maybe[str] = strawberry.field(description="The readable name, of today or of before.")


@strawberry.input(one_of=True, description="A record by its id or by its code.")
class ByCode:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id.")
    code: strawberry.Maybe[str] = strawberry.field(description="The code.")


@strawberry.input(one_of=True, description="An organisation by one of its names for programs.")
class OrganisationBy:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id.")
    slug: strawberry.Maybe[str] = strawberry.field(description="The readable name, of today or of before.")
    registration_number: strawberry.Maybe[str] = strawberry.field(
        description="The number in the register of enterprises, 11 digits."
    )


@strawberry.input(one_of=True, description="A service by one of its names for programs.")
class ServiceBy:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id.")
    slug: strawberry.Maybe[str] = strawberry.field(description="The readable name, of today or of before.")
    register_number: strawberry.Maybe[str] = strawberry.field(
        description="The number in the register of social service providers."
    )


@strawberry.input(description="A term by its taxonomy and its code.")
class TermCodeInput:
    taxonomy: str = strawberry.field(description="The code of the taxonomy.")
    code: str = strawberry.field(description="The code of the term.")


@strawberry.input(one_of=True, description="A term by its id or by its code.")
class TaxonomyTermBy:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id.")
    code: strawberry.Maybe[TermCodeInput] = strawberry.field(description="The taxonomy and the code.")


BY: dict[str, type[Any]] = {
    "organisation": OrganisationBy,
    "service": ServiceBy,
    "region": ByCode,
    "taxonomy": ByCode,
    "taxonomy_term": TaxonomyTermBy,
    "project": BySlug,
    "event": BySlug,
    "source": BySlug,
}
"""How a single record of a noun is asked for; the others are asked for by id."""

PLURALS = {"taxonomy": "taxonomies", "agreement": "agreements"}


def _single(noun: str) -> Any:
    made = types.NOUNS[noun]
    name = _camel(noun)
    description = f"One {noun.replace('_', ' ')}; null when there is none."

    def by(root: Any, by: Any) -> Any:
        return _named(root, noun, by)

    def by_id(root: Any, id: str) -> Any:
        return root.find(noun, str(id))

    if noun in BY:
        by.__annotations__ = {
            "root": ROOT,
            "by": Annotated[BY[noun], strawberry.argument(description="Which one.")],
            "return": optional(made),
        }
        return strawberry.field(by, name=name, description=description)
    by_id.__annotations__ = {
        "root": ROOT,
        "id": Annotated[strawberry.ID, strawberry.argument(description="The id.")],
        "return": optional(made),
    }
    return strawberry.field(by_id, name=name, description=description)


def _named(catalogue: Catalogue, noun: str, by: Any) -> Any:
    for name, given in vars(by).items():
        if given is None:
            continue
        value = given.value
        if isinstance(value, TermCodeInput):
            return catalogue.codes.get((f"{noun}/{value.taxonomy}", value.code))
        if name in ("registration_number", "register_number"):
            return catalogue.numbers.get((noun, value))
        if name == "id":
            return _of_noun(catalogue, noun, value)
        return (catalogue.codes if name == "code" else catalogue.slugs).get((noun, value))
    return None


def _of_noun(catalogue: Catalogue, noun: str, id: str) -> Any:
    found = catalogue.node(id)
    return found if isinstance(found, types.NOUNS[noun]) else None


def _plural(noun: str) -> Any:
    made = types.NOUNS[noun]

    def resolve(
        root: Any,
        filter: Any = None,
        order_by: Any = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Any:
        found = listing(root, noun, filter, order_by, Window(first, after, last, before))
        return faceted(found, made.__name__, root, filter)

    def resolve_plain(
        root: Any,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Any:
        return listing(root, noun, None, None, Window(first, after, last, before))

    given = arguments(made.__name__)
    resolver: Callable[..., Any] = resolve if "filter" in given else resolve_plain
    resolver.__annotations__ = {"root": ROOT, **given, "return": optional(connection_of(made.__name__))}
    words = PLURALS.get(noun, f"{noun}s")
    description = f"All published {words.replace('_', ' ')}."
    return strawberry.field(resolver, name=_camel(words), description=description, directives=[PAGE])


def optional(made: Any) -> Any:
    return made | None


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


@strawberry.type
class _Root:
    @strawberry.field(description="Any record by its id; of a merged one the record that answers in its place.")
    def node(self, id: Annotated[strawberry.ID, strawberry.argument(description="The id.")]) -> Node | None:
        catalogue: Any = self
        found: Node | None = catalogue.node(id)
        return found

    @strawberry.field(
        description="Records by their ids, in the order asked for; null where there is none.",
        directives=[as_many_as("ids")],
    )
    def nodes(
        self, ids: Annotated[list[strawberry.ID], strawberry.argument(description="The ids, 100 at most.")]
    ) -> list[Node | None] | None:
        catalogue: Any = self
        return [catalogue.node(id) for id in ids[:MOST_NODES]]

    @strawberry.field(
        description="You, and what lies on your desk; null without an account, by token or by signing in on this site."
    )
    def viewer(self, info: strawberry.Info) -> Viewer | None:
        return viewer_of(info)

    @strawberry.field(
        description=(
            "Records of all kinds that have these words in whichever form, the best first; what has a name of its own "
            "before needs, links and places that have none. Mistakes in words are corrected; what is quoted has to "
            "stand together. Null while words are still gathered after a start."
        ),
        directives=[FORWARD, SEARCH],
    )
    def search(
        self,
        text: Annotated[str, strawberry.argument(description="The words; 12 of them count.")],
        filter: Annotated[SearchFilter | None, strawberry.argument(description=FILTER, directives=[NARROWING])] = None,
        first: First = None,
        after: After = None,
    ) -> SearchResultConnection | None:
        catalogue: Any = self
        return results(catalogue, text, filter, first, after)

    @strawberry.field(
        description="What somebody may be about to type. Null while words are still gathered after a start.",
        directives=[SUGGESTED, SUGGESTING],
    )
    def suggest(
        self,
        text: Annotated[str, strawberry.argument(description="What is typed so far; the last word may be unfinished.")],
        first: Annotated[
            int | None, strawberry.argument(description="How many of each kind: 5 unless said, 100 at most.")
        ] = None,
    ) -> Suggestions | None:
        catalogue: Any = self
        return suggestions(catalogue, text, first)

    @strawberry.field(description="The directory as a whole.")
    def directory(self) -> Directory | None:
        return Directory(catalogue=self)

    @strawberry.field(
        description="What was published and withdrawn, in the order of the log; the feed for mirrors.",
        directives=[FORWARD],
    )
    async def changes(self, first: First = None, after: After = None) -> Connection[Change] | None:
        catalogue: Any = self
        return await feed(catalogue, Window(first=first, after=after))


def _fields() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for noun in types.NOUNS:
        found[noun] = _single(noun)
        found[PLURALS.get(noun, f"{noun}s")] = _plural(noun)
    return found


Query = strawberry.type(type("Query", (_Root, Planning), _fields()), description="Everything one can read.")
