"""“Pieteikt organizāciju”: eight plain questions, of which a draft for review is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from service.catalogue.catalogue import Catalogue
from service.catalogue.words import fold, sort_key
from service.editing.checks import TAXONOMIES
from service.errors import InputError
from service.joining import applying
from service.joining.applications import Sender
from service.joining.applying import Profile
from service.joining.messages import refused
from service.models.fields import Choices
from service.models.organisation import LegalForm, Sector
from service.models.region import RegionKind
from service.pages.guests import Form, Guest
from service.pages.joining.register import known

SEATS = frozenset({RegionKind.MUNICIPALITY, RegionKind.STATE_CITY})
ACTIVE = SEATS | {RegionKind.COUNTRY}
FORMS = [form for form in LegalForm if form is not LegalForm.UNIT]

LOOKED_AT = 10
"""Of the organisations whose names are most alike, so many may have the very same."""

Option = tuple[str, str]


async def _take(guest: Guest) -> str:
    if guest.text("act") == "find":
        return _form(guest, filled=_filled(guest))
    guest.entrance.limits.applications_of_network.take(guest.network)
    if not guest.is_program:
        _refuse_known(guest)
        sender = Sender(guest.text("sender"), guest.language, guest.network)
        await applying.join(guest.entrance.database, _profile(guest), sender, datetime.now(UTC))
    return guest.thank()


def _profile(guest: Guest) -> Profile:
    """What was typed; a region or a field that is not offered was not chosen."""
    offered = _offers(guest)
    seats, regions, fields = ({id for id, _ in offered[name]} for name in ("seats", "regions", "fields"))
    text = guest.text
    return Profile(
        name={"lv": " ".join(text("name").split())},
        number="".join(text("number").split()),
        legal_form=text("legal_form"),
        sector=text("sector"),
        seat=text("seat") if text("seat") in seats else "",
        regions=[id for id in dict.fromkeys(guest.texts("regions")) if id in regions],
        fields=[id for id in dict.fromkeys(guest.texts("fields")) if id in fields],
        description={"lv": text("description").replace("\r\n", "\n")},
        email=text("email"),
        phone=text("phone"),
        website=text("website"),
    )


def _refuse_known(guest: Guest) -> None:
    """An organisation of the same name may be another one; one of the same number is the same."""
    found = _same(guest)
    same_number = found is not None and guest.text("number").strip() in _numbers(found)
    if found is not None and (same_number or guest.text("another") != "yes"):
        raise refused("known_already", "number" if same_number else "another")


def _same(guest: Guest) -> Any:
    """The published organisation with this number, or with this name."""
    catalogue = guest.catalogue
    number, name = "".join(guest.text("number").split()), fold(guest.text("name"))
    if number and (found := catalogue.numbers.get(("organisation", number))):
        return found
    if not name or catalogue.search is None:
        return None
    found = catalogue.search.find(guest.text("name"), ("organisation",), first=LOOKED_AT)
    return next((hit.record for hit in found.hits if name in map(fold, hit.record.name.values())), None)


def _numbers(organisation: Any) -> list[str]:
    return [item.value for item in organisation.identifiers]


def _filled(guest: Guest) -> dict[str, str]:
    """What the register tells of an organisation of this name; what was typed stays."""
    told = known(guest.text("name")) if _same(guest) is None else {}
    return {name: value for name, value in told.items() if not guest.text(name)}


def _form(guest: Guest, refused: InputError | None = None, filled: dict[str, str] | None = None) -> str:
    told = filled or {}
    return guest.ask(
        "join.html",
        refused,
        title=guest.words("page.join"),
        description=guest.words("page.join.lead"),
        given=lambda name: guest.text(name) or told.get(name, ""),
        searched=filled is not None,
        found=_same(guest) if guest.is_post else None,
        **_offers(guest),
    )


def _offers(guest: Guest) -> dict[str, Any]:
    catalogue = guest.catalogue
    return {
        "forms": list(_choices(guest, FORMS)),
        "sectors": list(_choices(guest, [*Sector])),
        "seats": _regions(guest, catalogue, SEATS),
        "regions": _regions(guest, catalogue, ACTIVE),
        "fields": _named(guest, [each for each in catalogue.of("taxonomy_term") if each.taxonomy.code == FIELDS]),
    }


FIELDS = TAXONOMIES["organisation", "fields"]


def _choices(guest: Guest, choices: list[Any]) -> Iterator[Option]:
    said = guest.words
    yield from ((each.value, _capital(said(f"choice.{type(each).__name__}.{each.value}"))) for each in choices)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _regions(guest: Guest, catalogue: Catalogue, kinds: frozenset[Choices]) -> list[Option]:
    found = [each for each in catalogue.of("region") if each.kind in kinds and each.valid_to is None]
    country = [each for each in found if each.kind is RegionKind.COUNTRY]
    return _named(guest, country) + _named(guest, [each for each in found if each not in country])


def _named(guest: Guest, records: list[Any]) -> list[Option]:
    named = [(each.id, guest.tell.name(each)) for each in records]
    return sorted(named, key=lambda option: sort_key(option[1]))


JOIN = Form(_form, _take)
