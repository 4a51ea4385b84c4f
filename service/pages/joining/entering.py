"""“Pieteikt organizāciju”: eight plain questions, of which a draft for review is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from service.catalogue.catalogue import Catalogue
from service.catalogue.words import fold, sort_key
from service.editing.checks import TAXONOMIES
from service.errors import InputError
from service.i18n import words
from service.joining import applying
from service.joining.applying import Profile
from service.joining.messages import refused
from service.models.fields import Choices
from service.models.organisation import LegalForm, Sector
from service.models.region import RegionKind
from service.pages.joining.register import known
from service.pages.joining.visit import Caller, page

SEATS = frozenset({RegionKind.MUNICIPALITY, RegionKind.STATE_CITY})
ACTIVE = SEATS | {RegionKind.COUNTRY}
FORMS = [form for form in LegalForm if form is not LegalForm.UNIT]

LOOKED_AT = 10
"""Of the organisations whose names are most alike, so many may have the very same."""

Option = tuple[str, str]


@page
async def join(caller: Caller) -> Response:
    """The form, what it was refused with, or thanks."""
    if not caller.is_post:
        return _form(caller)
    if caller.text("act") == "find":
        return _form(caller, filled=_filled(caller))
    caller.count()
    if caller.is_program:
        return caller.message("joined")
    try:
        _refuse_known(caller)
        await applying.join(caller.entrance.database, _profile(caller), caller.sender, caller.now)
    except InputError as wrong:
        return _form(caller, wrong)
    return caller.message("joined")


def _profile(caller: Caller) -> Profile:
    """What was typed; a region or a field that is not offered was not chosen."""
    offered = _offers(caller)
    seats, regions, fields = ({id for id, _ in offered[name]} for name in ("seats", "regions", "fields"))
    text = caller.text
    return Profile(
        name={"lv": " ".join(text("name").split())},
        number="".join(text("number").split()),
        legal_form=text("legal_form"),
        sector=text("sector"),
        seat=text("seat") if text("seat") in seats else "",
        regions=[id for id in dict.fromkeys(caller.texts("regions")) if id in regions],
        fields=[id for id in dict.fromkeys(caller.texts("fields")) if id in fields],
        description={"lv": text("description").replace("\r\n", "\n")},
        email=text("email"),
        phone=text("phone"),
        website=text("website"),
    )


def _refuse_known(caller: Caller) -> None:
    """An organisation of the same name may be another one; one of the same number is the same."""
    found = _same(caller)
    same_number = found is not None and caller.text("number").strip() in _numbers(found)
    if found is not None and (same_number or caller.text("another") != "yes"):
        raise refused("known_already", "number" if same_number else "another")


def _same(caller: Caller) -> Any:
    """The published organisation with this number, or with this name."""
    catalogue = _catalogue(caller)
    number, name = "".join(caller.text("number").split()), fold(caller.text("name"))
    if number and (found := catalogue.numbers.get(("organisation", number))):
        return found
    if not name or catalogue.search is None:
        return None
    found = catalogue.search.find(caller.text("name"), ("organisation",), first=LOOKED_AT)
    return next((hit.record for hit in found.hits if name in map(fold, hit.record.name.values())), None)


def _numbers(organisation: Any) -> list[str]:
    return [item.value for item in organisation.identifiers]


def _filled(caller: Caller) -> dict[str, str]:
    """What the register tells of an organisation of this name; what was typed stays."""
    told = known(caller.text("name")) if _same(caller) is None else {}
    return {name: value for name, value in told.items() if not caller.text(name)}


def _form(caller: Caller, wrong: InputError | None = None, filled: dict[str, str] | None = None) -> Response:
    found = _same(caller) if caller.is_post else None
    told = filled or {}
    return caller.page(
        "join.html",
        refused=wrong,
        said=lambda name: caller.text(name) or told.get(name, ""),
        searched=filled is not None,
        found=None if found is None else (found.slug, found.name.get(caller.language) or found.name["lv"]),
        **_offers(caller),
    )


def _offers(caller: Caller) -> dict[str, Any]:
    catalogue = _catalogue(caller)
    return {
        "forms": list(_choices(caller, FORMS)),
        "sectors": list(_choices(caller, [*Sector])),
        "seats": _regions(caller, catalogue, SEATS),
        "regions": _regions(caller, catalogue, ACTIVE),
        "fields": _named(caller, [each for each in catalogue.of("taxonomy_term") if each.taxonomy.code == FIELDS]),
    }


FIELDS = TAXONOMIES["organisation", "fields"]


def _choices(caller: Caller, choices: list[Any]) -> Iterator[Option]:
    said = words(caller.language)
    yield from ((each.value, _capital(said(f"choice.{type(each).__name__}.{each.value}"))) for each in choices)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _regions(caller: Caller, catalogue: Catalogue, kinds: frozenset[Choices]) -> list[Option]:
    found = [each for each in catalogue.of("region") if each.kind in kinds and each.valid_to is None]
    country = [each for each in found if each.kind is RegionKind.COUNTRY]
    return _named(caller, country) + _named(caller, [each for each in found if each not in country])


def _named(caller: Caller, records: list[Any]) -> list[Option]:
    named = [(each.id, each.name.get(caller.language) or each.name["lv"]) for each in records]
    return sorted(named, key=lambda option: sort_key(option[1]))


def _catalogue(caller: Caller) -> Catalogue:
    assert caller.catalogue is not None
    return caller.catalogue
