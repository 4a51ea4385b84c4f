"""The handbook on the site: whole where it is short, else contents and chapters, and a page that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from service.catalogue.completeness import NOTES, completeness_of
from service.catalogue.reach import GOVERNMENTS, governed
from service.catalogue.taxonomy import term_name
from service.catalogue.words import sort_key
from service.models.region import RegionKind
from service.pages import addresses, queries, structured
from service.pages.handbook import scope
from service.pages.handbook.content import Handbook, Making
from service.pages.handbook.entries import Writing
from service.pages.handbook.scope import Chapter, Part
from service.pages.handbook.typography import fine, on_day
from service.pages.region import trail_to
from service.pages.view import Missing, Moved, View

WHOLE = 12
"""So many services are told on one page at once."""

SIZE = 10
"""Services on a page of a chapter."""

PRINTED = 60
"""So many are told on the page for printing; more take longer than a server may think. The command has no limit."""

REMEMBERED = 8
"""So many whole handbooks are kept until something changes."""

LAST_PAGE = 50


@dataclass(frozen=True)
class Door:
    """A line of the contents or of an index: what it leads to, and how many services are there."""

    name: dict[str, str] | str
    count: int
    href: str


def handbook(view: View) -> str:
    """Contents with indexes; the whole where it is short."""
    region = _region(view)
    found = scope.parts(view.catalogue, region)
    if _count(found) <= WHOLE and region.kind is not RegionKind.COUNTRY:
        return _whole(view, region)
    return _contents(view, region, found)


def handbook_print(view: View) -> str:
    """The whole for printing; where that is too long, the contents, which say so."""
    region = _region(view)
    found = scope.parts(view.catalogue, region)
    if _count(found) <= PRINTED:
        return _whole(view, region)
    return _contents(view, region, found, too_long=True)


def handbook_chapter(view: View) -> str:
    """One kind of services, in pages."""
    region, code = _region(view), str(view.request.path_params["chapter"])
    of_region = region.kind is not RegionKind.COUNTRY
    chapters = [each for part in scope.parts(view.catalogue, region) for each in part.chapters]
    chapter = next((each for each in chapters if each.code == code and (of_region or code == scope.WIDER)), None)
    if chapter is None:
        raise Missing
    pages = min(LAST_PAGE, ceil(chapter.count / SIZE))
    page = min(_page(view), pages)
    writing = Writing(view.tell)
    found = scope.leaf(view.catalogue, chapter, page, SIZE)
    name = _chapter_name(view, region, chapter)
    return _shown(
        view,
        region,
        "handbook_chapter.html",
        title=f"{_title(view, region)} – {name}",
        heading=name,
        about=chapter.term.definition if chapter.term is not None else None,
        entries=[writing.entry(service) for service in found],
        page=page,
        pages=pages,
        kept=page == 1,
        query={"category": [chapter.term.code]} if chapter.term is not None else {},
        step=(name, _address(view, view.kind, region, code)),
    )


def _whole(view: View, region: Any) -> str:
    book = _book(view, region)
    return _shown(view, region, "handbook.html", title=_title(view, region), book=book, kept=view.kind == "handbook")


def _book(view: View, region: Any) -> Handbook:
    known: dict[Any, Handbook] = view.catalogue.derived.setdefault("handbooks", {})
    name = region.id, view.language
    if name not in known:
        if len(known) >= REMEMBERED:
            del known[next(iter(known))]
        known[name] = Making(view.catalogue, region, view.language).whole()
    return known[name]


def _contents(view: View, region: Any, found: list[Part], *, too_long: bool = False) -> str:
    country = region.kind is RegionKind.COUNTRY
    return _shown(
        view,
        region,
        "handbook_contents.html",
        title=_title(view, region),
        count=_count(found),
        by="parts" if country else "chapters",
        doors=[_part_door(view, region, part) for part in found] if country else _chapter_doors(view, region, found),
        places=_places(view, region),
        groups=_groups(view, region),
        printable=_count(found) <= PRINTED,
        too_long=too_long,
        kept=not too_long,
    )


def _shown(
    view: View, region: Any, template: str, *, query: Any = None, step: Any = None, title: str, **values: Any
) -> str:
    told = NOTES.get(completeness_of(view.catalogue))
    own = _address(view, "handbook", region)
    trail = [*trail_to(view, region), (view.words("page.handbook"), own), *([step] if step else [])]
    main = {
        "@type": "CollectionPage",
        "name": title,
        "url": view.absolute(trail[-1][1]),
        "inLanguage": view.language,
        "dateModified": view.catalogue.today.isoformat(),
        "about": structured.reference(view, region),
    }
    return view.show(
        template,
        title=title,
        description=view.words("page.handbook.about", name=view.tell.name(region)),
        region=region,
        own=own,
        note=told,
        prepared=fine(
            view.words("page.handbook.prepared", on=on_day(view.catalogue.today, view.language)), view.language
        ),
        printing=_address(view, "handbook_print", region),
        trail=trail,
        graphql=queries.opened(queries.SERVICES, filter={"region": [region.code], **(query or {})}),
        data=structured.graph(view, main, trail),
        **values,
    )


def _region(view: View) -> Any:
    """The region that the address names. Raises Moved where it is named by its id, Missing."""
    name, *chapter = view.name.split("/")
    found = view.catalogue.codes.get(("region", name)) or view.catalogue.node(name)
    if not isinstance(found, view.catalogue.types["region"]):
        raise Missing
    if found.code != name:
        raise Moved(view.path(view.language, "/".join((found.code, *chapter))))
    return found


def _title(view: View, region: Any) -> str:
    return view.words("page.handbook.of", name=view.tell.name(region))


def _page(view: View) -> int:
    text = dict(view.query).get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def _count(found: Sequence[Part]) -> int:
    return sum(part.count for part in found)


def _address(view: View, kind: str, region: Any, *chapter: str) -> str:
    return addresses.path(kind, view.language, "/".join((region.code, *chapter)))


def _chapter_name(view: View, region: Any, chapter: Chapter) -> str:
    if chapter.term is not None:
        return view.tell.name(chapter.term)
    return Making(view.catalogue, region, view.language).chapter_name(chapter.code)


def _part_door(view: View, country: Any, part: Part) -> Door:
    if part.region is not None:
        return Door(part.region.name, part.count, _address(view, "handbook", part.region))
    name = _chapter_name(view, country, part.chapters[0])
    return Door(name, part.count, _address(view, "handbook_chapter", country, scope.WIDER))


def _chapter_doors(view: View, region: Any, found: Sequence[Part]) -> list[Door]:
    return [
        Door(
            _chapter_name(view, region, chapter) if chapter.term is None else chapter.term.name,
            chapter.count,
            _address(view, "handbook_chapter", region, chapter.code),
        )
        for part in found
        for chapter in part.chapters
    ]


def _places(view: View, region: Any) -> list[Door]:
    """The municipalities in a region that is larger than one, each with its own handbook."""
    if region.kind in GOVERNMENTS:
        return []
    counts = scope.counted(view.catalogue, region, "region")
    places = [place for place in governed(view.catalogue, region) if counts.get(place.id)]
    places.sort(key=lambda place: sort_key(place.name["lv"]))
    return [Door(place.name, counts[place.id], _address(view, "handbook", place)) for place in places]


def _groups(view: View, region: Any) -> list[Door]:
    """The target groups, each with where its services are found."""
    counts = scope.counted(view.catalogue, region, "target_group")
    terms = sorted((view.catalogue.records[id] for id in counts if id in view.catalogue.records), key=term_name)
    return [
        Door(
            term.name,
            counts[term.id],
            addresses.path("results", view.language, query={"region": region.code, "target_group": term.code}),
        )
        for term in terms
    ]
