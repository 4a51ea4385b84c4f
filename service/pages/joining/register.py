"""What the sample of the providers' register knows of an organisation, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from service.editing.content import Content
from service.starter.names import folded
from service.starter.register_organisations import organisation_drafts
from service.starter.register_seats import seat_drafts


def known(name: str) -> dict[str, str]:
    """The answers to some questions of the form."""
    content = _organisations().get(folded(name)) or {}
    seat = _seats().get(str(content.get("seat"))) or {}
    told = {name: content.get(name) for name in ("legal_form", "sector", "website")} | {"seat": seat.get("region")}
    return {name: value for name, value in told.items() if value}


@cache
def _organisations() -> Mapping[str, Content]:
    return {folded(draft.content["name"]["lv"]): draft.content for draft in organisation_drafts()}


@cache
def _seats() -> Mapping[str, Content]:
    return {draft.id: draft.content for draft in seat_drafts()}
