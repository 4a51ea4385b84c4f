"""What is found while somebody types: records to refer to, and records that may be the same as a new one."""

from __future__ import annotations

import re

from starlette.responses import Response

from admin import register
from admin.choosing import Target, found
from admin.forms import pickings
from admin.naming import title
from admin.sections import SECTIONS
from admin.similar import drafts_like
from admin.typed import Typed
from admin.visit import Desk, Turned, page
from service.search.documents import SEARCHED

SHORTEST = 2
MOST_SIMILAR = 3

NAMES = ("name.lv", "title.lv", "title")
NUMBER = re.compile(r"identifiers\.[0-9]+\.value")


@page
async def choices(desk: Desk) -> Response:
    """The records that fit what is typed in a field that refers to records."""
    noun, name = desk.noun, desk.query.text("field")
    target = _target(noun, name)
    if target is None:
        raise Turned("missing", 404)
    kind, several = target
    text = desk.query.text(f"{name}.find").strip()
    records = found(desk.catalogue, kind, text, desk.words) if len(text) >= SHORTEST else []
    return desk.show("choices.html", name=name, records=records, several=several, text=text)


def _target(noun: str, name: str) -> tuple[Target, bool] | None:
    """What a field refers to, by its name; of rows and what is created on the spot, whichever they are."""
    part, _, rest = name.partition(".")
    typed = Typed()
    if part in SECTIONS[noun].shape.parts and rest.split(".")[0].isdigit():
        typed.put(f"{part}.{rest.split('.')[0]}.id", "row")
    steps = name.split(".new.")
    for place in range(1, len(steps)):
        typed.put(".new.".join(steps[:place]) + ".new", "new")
    return next(((target, several) for path, target, several in pickings(noun, typed) if path == name), None)


@page
async def similar(desk: Desk) -> Response:
    """Records and drafts with a name or number like that of a new one, and what the register knows of it."""
    noun, query = desk.noun, desk.query
    name = next((query.text(name).strip() for name in NAMES if query.text(name)), "")
    numbers = [value.strip() for name, value in query.pairs() if NUMBER.fullmatch(name)]
    own, new = query.text("record"), desk.catalogue.node(query.text("record")) is None
    hits = [hit for hit in dict.fromkeys([*_numbered(desk, noun, numbers), *_like(desk, noun, name)]) if hit[0] != own]
    drafts = await drafts_like(desk, noun, name, numbers, own) if name or numbers else []
    offer = register.known(desk.catalogue, name) if noun == register.NOUN and new else None
    return desk.show("similar.html", noun=noun, hits=hits, drafts=drafts, same=bool(numbers), offer=offer is not None)


def _numbered(desk: Desk, noun: str, numbers: list[str]) -> list[tuple[str, str]]:
    """Those that have one of the numbers."""
    found = (desk.catalogue.numbers.get((noun, number)) for number in numbers)
    return [(record.id, title(record, desk.words)) for record in found if record is not None]


def _like(desk: Desk, noun: str, text: str) -> list[tuple[str, str]]:
    """The ids and names of those that have all of the words."""
    search = desk.catalogue.search
    if noun not in SEARCHED or search is None or len(text) <= SHORTEST:
        return []
    found = search.find(text, [noun], first=MOST_SIMILAR, language=desk.language, completing=True)
    return [] if found.partial else [(hit.id, hit.name.text) for hit in found.hits]
