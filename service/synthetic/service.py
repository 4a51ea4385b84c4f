"""Services: what the providers among the made-up organisations give."""

from __future__ import annotations

from collections.abc import Iterator

from service.editing.revisions import Draft
from service.synthetic.base import Term
from service.synthetic.chance import Chance, Weighted
from service.synthetic.dates import day, partial
from service.synthetic.organisation import DOMAIN, deeds
from service.synthetic.scene import Content, Scene
from service.synthetic.words import capital, made_up, quoted

STATUSES = Weighted({"active": 78, "inactive": 5, "defunct": 7, "temporarily_closed": 3, None: 7})
FORMS: Weighted[tuple[str, ...]] = Weighted(
    {
        ("non_residential",): 50,
        ("residential",): 15,
        ("at_home",): 12,
        ("remote",): 6,
        ("mobile",): 4,
        ("non_residential", "at_home"): 8,
        ("non_residential", "remote"): 5,
    }
)
FUNDING = ("state", "municipality", "eu_project", "donations", "client")
FEES = Weighted({"free": 55, "co_payment": 30, "full": 15})
ROUTES = (
    *("self", "self", "social_service_decision", "social_service_decision"),
    *("orphans_court_decision", "specialist_opinion", "doctor", "police_or_court", "state_agency_decision"),
)
RESIDENCE = Weighted(
    {
        "anyone": 30,
        "declared_in_area": 45,
        "declared_elsewhere_if_that_municipality_pays": 20,
        "crisis_anyone": 5,
    }
)
RESPONSES = ("same_day", "around_the_clock", "by_appointment", "by_appointment")
LANGUAGES: Weighted[tuple[str, ...]] = Weighted(
    {("lv",): 30, ("lv", "ru"): 45, ("lv", "en", "ru"): 20, ("en", "lv", "ru", "uk"): 5}
)
WEEKS = ("MO,TU,WE,TH,FR", "MO,TU,WE,TH,FR", "MO,WE,FR", "TU,TH", "SA,SU")
PLACES = {"lv": "vietas", "en": "places"}
DOCUMENTS = (
    {"lv": "Iesniegums", "en": "An application"},
    {"lv": "Ģimenes ārsta izziņa", "en": "A certificate from the family doctor"},
)


def services(scene: Scene, seat: Draft | None) -> Iterator[Draft]:
    hidden = bool(seat and seat.content.get("confidential"))
    terms = [term for term in scene.base.terms["service_category"] if term.confidential == hidden]
    for number in range(scene.actor.services):
        term = scene.chance.one(terms)
        content = {**_what(scene, term, number), **_how(scene.chance), **_more(scene, number)}
        if seat and (hidden or scene.chance.happens(65)):
            content["locations"] = [seat.id]
        yield scene.draft("service", content, number)


def _what(scene: Scene, term: Term, number: int) -> Content:
    chance = scene.chance
    name = dict(term.name)
    if chance.happens(45):
        word = capital(made_up(chance))
        name = {"lv": f"{name['lv']} {quoted(chance, word)}", "en": f"{name['en']} {word}"}
    if chance.happens(35):
        name.pop("en", None)
    groups = scene.base.terms["target_group"]
    return {
        "name": name,
        "slug": scene.slug(name["lv"], number),
        "provider": scene.id,
        "status": chance.weighted(STATUSES),
        "description": deeds(chance, "Izdomāts pakalpojums.", "An invented service.", 55),
        "categories": [term.id],
        "target_groups": [group.id for group in chance.some(groups, 1, 3)],
        "regions": _regions(scene),
        "attested_on": partial(chance, -chance.between(0, 2200)) if chance.happens(80) else None,
    }


def _regions(scene: Scene) -> list[str]:
    share = scene.chance.share()
    if share < 0.7:
        return [scene.region.id]
    return [] if share < 0.85 else [region.id for region in scene.chance.some(scene.base.regions, 2, 4)]


def _how(chance: Chance) -> Content:
    youngest = chance.one((0, 7, 13, 18, 18, 62)) if chance.happens(30) else None
    return {
        "forms": _listed(chance, FORMS, 80),
        "minimum_age": youngest,
        "maximum_age": youngest + chance.between(5, 40) if youngest is not None and chance.happens(50) else None,
        "gender": chance.one(("women", "men", "anyone")) if chance.happens(4) else None,
        "funding_sources": chance.some(FUNDING, 0, 2),
        "fee": chance.weighted(FEES) if chance.happens(60) else None,
        "access_routes": chance.some(ROUTES, 0, 2),
        "residence_rule": chance.weighted(RESIDENCE) if chance.happens(40) else None,
        "response": [chance.one(RESPONSES)] if chance.happens(20) else [],
        "languages": _listed(chance, LANGUAGES, 50),
    }


def _listed(chance: Chance, lists: Weighted[tuple[str, ...]], percent: float) -> list[str]:
    chosen = chance.weighted(lists) if chance.happens(percent) else ()
    return list(chosen)


def _more(scene: Scene, number: int) -> Content:
    chance, key = scene.chance, f"{scene.actor.number}-{number}"
    registered = chance.happens(40)
    return {
        "url": f"https://{DOMAIN}/s{key}" if chance.happens(15) else None,
        "email": f"pieteikumi.s{key}@{DOMAIN}" if chance.happens(12) else None,
        "register_number": f"SINT-{scene.ids.seed}-{key}" if registered else None,
        "register_valid_from": partial(chance, -chance.between(100, 5000)) if registered else None,
        "capacities": [_capacity(chance)] if chance.happens(35) else [],
        "costs": [_cost(chance)] if chance.happens(15) else [],
        "required_documents": [{"name": chance.one(DOCUMENTS)}] if chance.happens(8) else [],
        "schedules": [_schedule(chance)] if chance.happens(15) else [],
    }


def _capacity(chance: Chance) -> Content:
    how = chance.one(("exact", "exact", "about", "more_than"))
    return {
        "value": chance.between(3, 90),
        "qualifier": how,
        "unit": PLACES,
        "as_of": partial(chance, -chance.below(900)),
    }


def _cost(chance: Chance) -> Content:
    return {"amount_minor": chance.between(2, 400) * 50, "currency": "EUR", "unit": {"lv": "diena", "en": "day"}}


def _schedule(chance: Chance) -> Content:
    opens = chance.between(8, 11)
    return {
        "byday": chance.one(WEEKS),
        "opens_at": f"{opens:02d}:00",
        "closes_at": f"{opens + chance.between(4, 9)}:30",
        "valid_from": day(-chance.between(30, 700)),
        "valid_to": day(chance.between(300, 900)),
    }
