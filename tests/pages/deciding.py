"""A municipality that has to decide about a shelter: what both sides say, who gives it, what others agreed on.

It is put beside the directory that ships, because that has the real municipalities and which lies beside which.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from service.database import Database
from service.editing.acts import Places, set_availability
from service.editing.revisions import Draft
from service.models.service import AvailabilityState
from tests.editing.observing import AUTHOR, put
from tests.factories import (
    a_source,
    evidence,
    ident,
    make_agreement,
    make_figure,
    make_link,
    make_location,
    make_need,
    make_organisation,
    make_service,
    words,
)

HERE, BESIDE, CATEGORY = "smiltenes-novads", "cesu-novads", "shelter"
NIGHT, DAY, BESIDES, BARE = (ident("service", name) for name in ("night", "day", "beside", "bare"))
CENTRE = ident("organisation", "centre")
SECRET = "Slepenā iela 13"


async def decide(database: Database) -> None:
    """Publish it."""
    regions = await _ids(database, "SELECT id, code FROM region WHERE code IS NOT NULL")
    terms = await _ids(database, "SELECT id, code FROM taxonomy_term")
    await put(database, *_sources(), *_organisations(regions))
    await put(database, *_services(regions, terms), *_needs(regions, terms), *_agreed(regions, terms))
    today = datetime.now(UTC).date()
    await set_availability(database, NIGHT, Places(AvailabilityState.OPEN, today, "provider", 3), author=AUTHOR)


async def _ids(database: Database, sql: str) -> dict[str, str]:
    return {row["code"]: str(row["id"]) for row in await database.fetch(sql)}


def _sources() -> list[Draft]:
    said = {"publisher": "Domes kanceleja", "published_on": "2026-02-26", "url": "https://example.org/lemums"}
    return [
        a_source("council", title="Domes lēmums par sociālajiem pakalpojumiem", kind="legal_act", **said),
        a_source("survey", title="NVO aptauja par patversmēm", kind="report"),
    ]


def _by(source: str) -> dict[str, Any]:
    return {"evidence": [evidence(source)]}


def _organisations(regions: dict[str, str]) -> list[Draft]:
    here, beside = [{"region": regions[HERE]}], [{"region": regions[BESIDE]}]
    said = _by("council")
    return [
        make_organisation("here", name=words("Novada pašvaldība"), sector="municipal", authority_for=here, **said),
        make_organisation("beside", name=words("Kaimiņu pašvaldība"), sector="municipal", authority_for=beside, **said),
        make_organisation("centre", name=words("Biedrība “Siltā istaba”", "Association “Warm Room”"), sector="ngo",
                          phone="+371 64000001", **said),
        make_organisation("voice", name=words("Biedrība “Ceļš mājup”"), sector="ngo", **said),
    ]  # fmt: skip


def _services(regions: dict[str, str], terms: dict[str, str]) -> list[Draft]:
    of_kind = {"categories": [terms[CATEGORY]], "provider": CENTRE, **_by("council")}
    week = [{"byday": "MO,TU,WE,TH,FR", "opens_at": "18:00", "closes_at": "08:00"}]
    asked = {"criterion": words("Ugunsdrošība pārbaudīta"), "checked_on": "2026-01"}
    night = {
        "name": words("Naktspatversme “Siltā istaba”", "Night shelter “Warm Room”"),
        "regions": [regions[HERE]],
        "target_groups": [terms["crisis"], terms["homeless-or-released"]],
        "locations": [ident("location", "night")],
        "access_routes": ["self", "police_or_court"],
        "residence_rule": "crisis_anyone",
        "fee": "co_payment",
        "costs": [{"amount_minor": 250, "currency": "EUR", "unit": words("nakts", "night")}],
        "capacities": [{"value": 24, "qualifier": "exact", "unit": words("vietas", "places"), "as_of": "2026-01"}],
        "quality": [{**asked, "met": True}],
        "schedules": week,
        "minimum_age": 18,
    }
    day = {
        "name": words("Dienas patversme ģimenēm"),
        "regions": [regions[HERE]],
        "access_routes": ["social_service_decision"],
        "residence_rule": "crisis_anyone",
        "fee": "free",
        "quality": [{**asked, "met": False}],
    }
    return [
        make_location("night", region=regions[HERE], address=SECRET, confidential=True, **_by("council")),
        make_service("night", **of_kind, **night),
        make_service("day", **of_kind, **day),
        make_service("beside", **of_kind, name=words("Kaimiņu patversme"), regions=[regions[BESIDE]]),
        make_service("bare", name=words("Krīzes tālrunis"), provider=CENTRE, **_by("council")),
    ]


def _needs(regions: dict[str, str], terms: dict[str, str]) -> list[Draft]:
    about = {"region": regions[HERE], "category": terms[CATEGORY], "period_from": "2026-01"}
    side, voice = ident("organisation", "here"), ident("organisation", "voice")
    return [
        make_need("side", stated_by=side, statement="enough", **about, **_by("council")),
        make_need("ngo", stated_by=voice, statement="needed", waiting=14, **about, **_by("survey")),
        make_figure("people", organisation=None, region=regions[HERE], indicator="population", value="18000",
                    qualifier="exact", name=words("Iedzīvotāji"), as_of="2025-01-01",
                    **_by("survey")),
    ]  # fmt: skip


def _agreed(regions: dict[str, str], terms: dict[str, str]) -> list[Draft]:
    paper = {"signed_on": "2026-03-02", "url": "https://example.org/ligums", "currency": "EUR"}
    price = {"value_minor": 4_800_000, "unit_price_minor": 1_650, "unit": words("klienta diena", "client day")}
    held = {"side_b": CENTRE, "valid_from": "2026-03", "valid_to": "2035-12-31", **_by("council")}
    said = _by("council")
    own = {"side_a": ident("organisation", "here"), "services": [NIGHT], "regions": [regions[HERE]]}
    others = {"side_a": ident("organisation", "beside"), "categories": [terms[CATEGORY]], "regions": [regions[BESIDE]]}
    given = {**others, "side_b": ident("organisation", "here"), "valid_from": "2025-01", **said}
    return [
        make_agreement("own", number="2026/17", title=words("Deleģēšanas līgums"), signed_on="2026-03-02", **said),
        make_agreement("others", number="2026/81", title=words("Pakalpojuma līgums"), **paper, **price, **said),
        make_link("own", kind="delegation", agreement=ident("agreement", "own"), **held, **own),
        make_link("others", kind="purchase", agreement=ident("agreement", "others"), **held, **others),
        make_link("given", kind="purchase", **given),
        make_link("granted", kind="grant", **{**given, "side_a": ident("organisation", "voice")}),
    ]
