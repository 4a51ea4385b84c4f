"""Cooperation: the links of an organisation with earlier ones, and the agreements under them."""

from __future__ import annotations

from collections.abc import Iterator

from service.editing.revisions import Draft
from service.models.cooperation import LinkKind
from service.synthetic.chance import Chance, Weighted
from service.synthetic.dates import REFERENCE, partial
from service.synthetic.scene import Content, Scene
from service.synthetic.ties import Tie

PHASES = Weighted({"planned": 3, "ending": 22, "attested": 35, "ended": 20, "last_known": 20})
SPEAKERS = Weighted({None: 25, "side_a": 25, "side_b": 25, "both": 18, "third": 7})
BASES = Weighted({"contract": 82, "decision": 12, "regulation": 3, "law": 3})
UNITS = ({"lv": "stunda", "en": "hour"}, {"lv": "klienta diena", "en": "client day"}, {"lv": "mēnesis", "en": "month"})

FORMAL = (LinkKind.DELEGATION, LinkKind.PARTICIPATION_CONTRACT, LinkKind.PURCHASE, LinkKind.GRANT)
OF_SERVICES = (LinkKind.DELEGATION, LinkKind.PARTICIPATION_CONTRACT, LinkKind.PURCHASE, LinkKind.REFERRAL)
OF_PROJECTS = (LinkKind.JOINT_PROJECT, LinkKind.GRANT)

TOPICS = (
    {"lv": "Kopīgas sanāksmes un ģimeņu atbalsts.", "en": "Joint meetings and support of families."},
    {"lv": "Telpas un speciālistu darbs.", "en": "Rooms and the work of specialists."},
    {"lv": "Klientu novirzīšana un informācija."},
    {"lv": "Apmācības un supervīzija.", "en": "Training and supervision."},
    {"lv": "Pakalpojums pašvaldības iedzīvotājiem."},
)

EURO = 2014


def cooperation(scene: Scene, project: Draft | None) -> Iterator[Draft]:
    """Each link, and before it the agreement on which it rests."""
    for number, tie in enumerate(scene.ties):
        dates = _dates(scene.chance)
        agreement = _agreement(scene, dates, number) if _is_agreed(scene, tie) else None
        if agreement:
            yield agreement
        yield _link(scene, tie, number, dates, agreement, project)


def _link(scene: Scene, tie: Tie, number: int, dates: Content, agreement: Draft | None, project: Draft | None) -> Draft:
    chance, partner = scene.chance, scene.ids("organisation", tie.partner)
    side_a, side_b = (scene.id, partner) if tie.leads else (partner, scene.id)
    speaker = chance.weighted(SPEAKERS)
    of_project = (
        project
        and tie.kind in OF_PROJECTS
        and any(part["organisation"] == partner for part in project.content["participations"])
    )
    content = {
        "kind": tie.kind.value,
        "side_a": side_a,
        "side_b": side_b,
        "description": chance.one(TOPICS) if chance.happens(25) else None,
        **_about(scene, tie),
        **dates,
        "agreement": agreement.id if agreement else None,
        "project": project.id if project and of_project else None,
        "evidence": [scene.evidence(**({"speaks_for": speaker} if speaker else {}))],
    }
    if chance.happens(10):
        content["evidence"].append(scene.evidence(locator=f"{chance.between(1, 40)}. lpp."))
    return scene.draft("cooperation_link", content, number)


def _about(scene: Scene, tie: Tie) -> Content:
    """A service of the side that gives it; else perhaps a category; and where."""
    chance = scene.chance
    giver = tie.partner if tie.leads else scene.actor.number
    service = scene.service_of(giver) if tie.kind in OF_SERVICES and chance.happens(60) else None
    categories = scene.base.terms["service_category"]
    place = scene.region_of(tie.partner) if chance.happens(30) else scene.region.id
    return {
        "services": [service] if service else [],
        "categories": [chance.one(categories).id] if not service and chance.happens(25) else [],
        "regions": [place] if chance.happens(50) else [],
    }


def _dates(chance: Chance) -> Content:
    """Dates by where the link is to stand in time; attested links are at first still active."""
    phase = chance.weighted(PHASES)
    if phase == "planned":
        start = chance.between(1100, 3000)
        return {"valid_from": partial(chance, start), "valid_to": partial(chance, start + chance.between(370, 2000))}
    heard = chance.between(800, 5000) if phase == "last_known" else chance.between(0, 400)
    start = heard + chance.between(0, 4000)
    dates: Content = {"valid_from": partial(chance, -start) if chance.happens(80) else None}
    if phase == "ended":
        over = chance.between(400, 4000)
        dates = {"valid_from": partial(chance, -over - chance.between(0, 2500)), "valid_to": partial(chance, -over)}
        return dates | ({"attested_on": dates["valid_to"]} if chance.happens(40) else {})
    if phase == "ending":
        dates["valid_to"] = partial(chance, chance.between(1500, 4500))
        return dates | ({"attested_on": partial(chance, -heard)} if chance.happens(60) else {})
    return dates | {"attested_on": partial(chance, -heard)}


def _is_agreed(scene: Scene, tie: Tie) -> bool:
    return scene.chance.happens(45 if tie.kind in FORMAL else 5)


def _agreement(scene: Scene, dates: Content, number: int) -> Draft:
    chance, basis = scene.chance, scene.chance.weighted(BASES)
    since = dates.get("valid_from")
    year = int(since[:4]) if since else REFERENCE.year
    content: Content = {
        "basis": basis,
        "title": {"lv": "Sintētisks līgums", "en": "A synthetic contract"} if basis == "contract" else None,
        "number": f"S-{year}/{scene.actor.number}-{number}",
        "signed_on": since,
        "valid_from": since,
        "valid_to": dates.get("valid_to"),
        "value_minor": chance.between(5, 4000) * 5000 if chance.happens(70) else None,
    }
    if chance.happens(20):
        content |= {
            "unit_price_minor": chance.between(4, 120) * 25,
            "unit": chance.one(UNITS),
            "volume": chance.between(10, 4000),
        }
    if content["value_minor"] or "unit_price_minor" in content:
        content["currency"] = "EUR" if year >= EURO else "LVL"
    return scene.draft("agreement", content, number)
