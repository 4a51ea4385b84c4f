"""What the sample of the providers' register knows of an organisation that the directory does not have yet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import uuid4

from admin.reading import KEPT, spread
from admin.typed import Typed
from service.catalogue.catalogue import Catalogue
from service.editing.content import Content
from service.editing.drafts import Draft, with_part_ids
from service.editing.references import record_references, redirected
from service.starter.names import folded
from service.starter.register_organisations import organisation_drafts
from service.starter.register_seats import seat_drafts

NOUN = "organisation"


def known(catalogue: Catalogue, name: str) -> Draft | None:
    """What the register tells of an organisation of that name; None of those that the directory has."""
    draft = _organisations().get(folded(name))
    return None if draft is None or draft.id in catalogue.records else draft


def fill(catalogue: Catalogue, typed: Typed, language: str) -> None:
    """Put what the register tells into the fields of a form in which nothing stands yet."""
    draft = known(catalogue, typed.text("name.lv"))
    if draft is None:
        return
    told = spread(NOUN, _published(catalogue, draft), language)
    for row in told.rows("evidence"):
        told.put(f"evidence.{row}.{KEPT}")
    for name in draft.content.keys() - {"name", "slug", "seat"}:
        typed.settle(name)
        if not typed.begins(name) and not any(typed.texts(name)):
            typed.bring(told, name)
    _fill_seat(catalogue, typed, draft)


def _fill_seat(catalogue: Catalogue, typed: Typed, draft: Draft) -> None:
    """A seat of its own, in the municipality that the register names."""
    seat: Mapping[str, Any] = _seats().get(str(draft.content.get("seat")), {})
    if seat.get("region") not in catalogue.records or any(typed.texts("seat")):
        return
    id = str(uuid4())
    about = {"": id, ".location_type": seat["location_type"], ".region": seat["region"]}
    typed.put("seat", id)
    for field, value in {**about, ".town.lv": seat.get("town", {}).get("lv", "")}.items():
        typed.put(f"seat.new{field}", value)


def _published(catalogue: Catalogue, draft: Draft) -> Content:
    """The draft without references to what is not in the directory."""
    there = {id for _, id, _ in record_references(NOUN, draft.content) if id in catalogue.records}
    content: Content = with_part_ids(NOUN, draft.content)
    return redirected(NOUN, content, lambda id: id if id in there else None)


@cache
def _organisations() -> Mapping[str, Draft]:
    return {folded(draft.content["name"]["lv"]): draft for draft in organisation_drafts()}


@cache
def _seats() -> Mapping[str, Content]:
    return {draft.id: draft.content for draft in seat_drafts()}
