"""The list of a noun: searched as one types, narrowed, sorted, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import urlencode

from starlette.responses import Response

from admin.cells import cell
from admin.drafts import of_records
from admin.facets import chosen, facets
from admin.labels import choice_name, field_name, noun_name, nouns_name
from admin.naming import title
from admin.paging import Pages, asked_page
from admin.sections import SECTIONS
from admin.typed import Pair, Typed
from admin.views import PASSING, own
from admin.visit import Desk, page
from service.catalogue.catalogue import Catalogue
from service.catalogue.connection import Direction, Window
from service.catalogue.filters import Filter, Order
from service.catalogue.indexes import Selection
from service.catalogue.listing import listing
from service.editing.permits import Step
from service.editing.policy import allows_some
from service.i18n import Words
from service.search.documents import SEARCHED
from service.search.index import Search

PAGE = 20
BULK = (Step.ASSURE, Step.WITHDRAW)
"""What can be done with several records at once."""


@dataclass(frozen=True)
class Line:
    """One record of a list."""

    id: str
    name: str
    cells: Sequence[str]
    state: str = ""


@dataclass(frozen=True)
class Page:
    """The records of one page, and the ways to the pages beside it: what to put into the query."""

    records: Sequence[Any]
    total: int
    previous: Mapping[str, str] | None
    next: Mapping[str, str] | None
    instead: str = ""


@dataclass(frozen=True)
class _Narrowed:
    """A selection in the place of a filter."""

    fitting: Selection

    def selection(self, catalogue: Catalogue) -> Selection:
        return self.fitting


@page
async def records(desk: Desk) -> Response:
    """All records of a noun."""
    noun, query, words = desk.noun, desk.query, desk.words
    fitting = chosen(noun, desk.catalogue, query)
    found = _found(desk, noun, fitting)
    columns = columns_of(noun, query)
    narrower = facets(noun, desk.catalogue, query, partial(_seen, _having(desk, noun)), words)
    answer = desk.show(
        "list.html",
        noun=noun,
        heading=nouns_name(words, noun),
        one=noun_name(words, noun),
        query=query,
        columns=[(name, field_name(words, noun, name)) for name in columns],
        choosable=[(name, field_name(words, noun, name), name in columns) for name in SECTIONS[noun].listable()],
        lines=await _lines(desk, noun, found.records, columns),
        total=words.count("records", found.total),
        instead=found.instead,
        facets=narrower,
        used=sum(facet.is_used for facet in narrower),
        orders=_orders(noun, words),
        order=query.text("sort"),
        pages=Pages(_way(noun, query, found.previous), _way(noun, query, found.next)),
        views=await own(desk, noun),
        bulk=[step.value for step in BULK if allows_some(desk.viewer, step, noun)],
        done=desk.done,
        export=_same(noun, query),
        export_all=_same(noun, query, ("columns", "all")),
        may_create=allows_some(desk.viewer, Step.PROPOSE, noun),
    )
    answer.headers["HX-Push-Url"] = f"{desk.request.url.path}?{urlencode(telling(noun, query))}".rstrip("?")
    return answer


def _having(desk: Desk, noun: str) -> int:
    """What has the whole words that are looked for; nothing where nothing is looked for."""
    text, search = desk.query.text("q").strip(), desk.catalogue.search
    return search.matching(noun, text) if text and noun in SEARCHED and search is not None else 0


def _seen(having: int, fitting: Selection) -> Selection:
    """What the facets count: what fits, and where whole words are looked for, what has them."""
    return Selection(having & fitting.mask) if having else fitting


def _found(desk: Desk, noun: str, fitting: Selection) -> Page:
    """What is listed; the nouns that the search leaves out are looked through for the letters."""
    text, search = desk.query.text("q").strip(), desk.catalogue.search
    if not text:
        return _listed(desk, noun, fitting)
    if noun in SEARCHED and search is not None:
        return _searched(desk, noun, fitting, search)
    return _listed(desk, noun, Selection(desk.catalogue.indexes[noun].containing(text) & fitting.mask))


def columns_of(noun: str, query: Typed) -> list[str]:
    """The columns that a query chooses, or those of the noun."""
    wanted = [name for name in SECTIONS[noun].listable() if query.has("column", name)]
    return wanted or list(SECTIONS[noun].columns)


def _listed(desk: Desk, noun: str, fitting: Selection) -> Page:
    """In an order of the catalogue, by its cursors."""
    query = desk.query
    after, before = query.text("after") or None, query.text("before") or None
    window = Window(first=None if before else PAGE, after=after, last=PAGE if before else None, before=before)
    everything = fitting.mask == desk.catalogue.indexes[noun].everything
    narrowed = None if everything else cast(Filter, _Narrowed(fitting))
    found = listing(desk.catalogue, noun, narrowed, _order(noun, query), window)
    place = found.page_info()
    return Page(
        found.nodes,
        found.total_count,
        {"before": place.start_cursor} if place.has_previous_page else None,
        {"after": place.end_cursor} if place.has_next_page else None,
    )


def _searched(desk: Desk, noun: str, fitting: Selection, search: Search) -> Page:
    """By words, the best first."""
    number = asked_page(desk.query)
    skipped = (number - 1) * PAGE
    narrowed = None if fitting.mask == desk.catalogue.indexes[noun].everything else {noun: fitting}
    found = search.find(desk.query.text("q"), [noun], narrowed, PAGE, skipped, desk.language, completing=True)
    return Page(
        [hit.record for hit in found.hits],
        found.total,
        {"page": str(number - 1)} if number > 1 else None,
        {"page": str(number + 1)} if skipped + PAGE < found.total else None,
        " ".join(each.instead for each in found.corrected),
    )


def everything_listed(desk: Desk, noun: str) -> list[str]:
    """The ids of all records that a list shows on its pages, in their order."""
    query, catalogue = desk.query, desk.catalogue
    fitting, index = chosen(noun, catalogue, query), catalogue.indexes[noun]
    text, search = query.text("q").strip(), catalogue.search
    if text and noun in SEARCHED and search is not None:
        narrowed = None if fitting.mask == index.everything else {noun: fitting}
        found = search.find(text, [noun], narrowed, index.size, 0, desk.language, completing=True)
        return [hit.id for hit in found.hits]
    if text:
        fitting = Selection(index.containing(text) & fitting.mask)
    order = _order(noun, query)
    key, descending = catalogue.types[noun].DEFAULT_ORDER if order is None else order.chosen()
    listed = [record.id for record in index.ordered(key).objects if fitting.passes(record)]
    return listed[::-1] if descending else listed


def _order(noun: str, query: Typed) -> Order | None:
    """The order that a query asks for: `name`, or `-name` from the last to the first."""
    wanted = query.text("sort")
    for made in Order.of(noun):
        for field in made.KEYS:
            if wanted.removeprefix("-") == field.value:
                order: Any = made
                direction = Direction.DESC if wanted.startswith("-") else Direction.ASC
                return cast(Order, order(field=field, direction=direction))
    return None


def _orders(noun: str, words: Words) -> list[tuple[str, str]]:
    """The orders of a noun and what they are called."""
    found = []
    for field in [field for made in Order.of(noun) for field in made.KEYS]:
        label = words(f"order.{field.value}")
        found += [(field.value, label), (f"-{field.value}", f"{label} ↓")]
    return found


async def _lines(desk: Desk, noun: str, found: Sequence[Any], columns: Sequence[str]) -> list[Line]:
    states = {sheet.whole.record: sheet.whole.state for sheet in await of_records(desk, [each.id for each in found])}
    words = desk.words
    return [
        Line(
            record.id,
            title(record, words),
            [cell(record, name, words) for name in columns],
            choice_name(words, states[record.id]) if record.id in states else "",
        )
        for record in found
    ]


def telling(noun: str, query: Typed) -> list[Pair]:
    """What a query says beyond what goes without saying: by this a list is kept and shared."""
    usual = columns_of(noun, query) == list(SECTIONS[noun].columns)
    silent = {"lang", *(["column"] if usual else [])}
    return [(name, value) for name, value in query.pairs() if value and name not in silent]


def _way(noun: str, query: Typed, place: Mapping[str, str] | None) -> str | None:
    """The same list at another place."""
    return None if place is None else _same(noun, query, *place.items())


def _same(noun: str, query: Typed, *others: Pair) -> str:
    """The query of the same list, with something else."""
    kept = [(name, value) for name, value in telling(noun, query) if name not in PASSING]
    return "?" + urlencode([*kept, *others])
