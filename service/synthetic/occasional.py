"""What there is few of: projects, events, needs and figures."""

from __future__ import annotations

from collections.abc import Iterator

from service.editing.revisions import Draft
from service.models.cooperation import LinkKind
from service.synthetic.actors import Group
from service.synthetic.cooperation import EURO
from service.synthetic.dates import REFERENCE, partial
from service.synthetic.scene import Content, Scene
from service.synthetic.words import capital, made_up

PROGRAMMES = (
    {"lv": "Sintētiskā programma ģimenēm", "en": "The synthetic programme for families"},
    {"lv": "Sintētiskā kopienu programma", "en": "The synthetic programme for communities"},
)
EVENTS = ("conference", "round_table", "discussion", "meeting", "meeting_series", "training", "campaign", "other")
STATEMENTS = ("needed", "needed", "enough", "none_here", "bought_elsewhere")
FIGURES = (
    ("staff", {"lv": "Darbinieki", "en": "Staff"}, {"lv": "cilvēki", "en": "people"}, 120),
    ("people_reached", {"lv": "Sasniegtie cilvēki", "en": "People reached"}, {"lv": "cilvēki", "en": "people"}, 5000),
    ("volunteers", {"lv": "Brīvprātīgie", "en": "Volunteers"}, {"lv": "cilvēki", "en": "people"}, 300),
)


def project(scene: Scene) -> Draft | None:
    """Only of organisations that have partners for it."""
    partners = [tie.partner for tie in scene.ties if tie.kind is LinkKind.JOINT_PROJECT and tie.leads]
    if not partners or not scene.chance.happens(40):
        return None
    chance, start = scene.chance, scene.chance.between(-5000, 300)
    word = capital(made_up(chance))
    total = chance.between(20, 9000) * 10_000
    currency = "EUR" if REFERENCE.year + start // 365 >= EURO else "LVL"
    funders = [tie.partner for tie in scene.ties if tie.kind is LinkKind.GRANT and not tie.leads]
    parts = [
        _participation(scene.id, "lead", share_percent=40, amount_minor=total * 4 // 10, currency=currency),
        *(_participation(scene.ids("organisation", partner), "partner") for partner in partners),
        *(_participation(scene.ids("organisation", funder), "funder") for funder in funders),
    ]
    content = {
        "title": {"lv": f"Sintētisks projekts “{word}”", "en": f"Synthetic project {word}"},
        "slug": scene.slug(f"projekts {word}"),
        "contract_number": f"SP-{scene.actor.number}",
        "programme": chance.one(PROGRAMMES) if chance.happens(60) else None,
        "amount_minor": total,
        "currency": currency,
        "starts_on": partial(chance, start),
        "ends_on": partial(chance, start + chance.between(370, 1500)),
        "regions": [scene.region.id],
        "participations": parts,
        "activities": [{"name": {"lv": "Apmācības un sanāksmes.", "en": "Training and meetings."}}],
    }
    return scene.draft("project", content)


def few(scene: Scene, project: Draft | None) -> Iterator[Draft]:
    """Now and then an event, a need or a figure."""
    if scene.chance.happens(2):
        yield _event(scene, project)
    if scene.actor.group in (Group.PUBLIC, Group.NGO) and scene.chance.happens(2):
        yield _need(scene)
    if scene.chance.happens(4):
        yield _figure(scene)


def _participation(organisation: str, role: str, **more: str | int) -> Content:
    return {"organisation": organisation, "role": role, **more}


def _event(scene: Scene, project: Draft | None) -> Draft:
    chance = scene.chance
    word, start = capital(made_up(chance)), chance.between(-4000, 200)
    guests = dict.fromkeys(tie.partner for tie in scene.ties[:4])
    content = {
        "title": {"lv": f"Sintētisks pasākums “{word}”", "en": f"Synthetic event {word}"},
        "slug": scene.slug(f"pasākums {word}"),
        "kind": chance.one(EVENTS),
        "starts_on": partial(chance, start) if chance.happens(90) else None,
        "regions": [scene.region.id],
        "attendance": chance.between(5, 250) if chance.happens(60) else None,
        "project": project.id if project else None,
        "participations": [
            _participation(scene.id, "organiser"),
            *(_participation(scene.ids("organisation", guest), "participant") for guest in guests),
        ],
    }
    return scene.draft("event", content)


def _need(scene: Scene) -> Draft:
    chance, since = scene.chance, scene.chance.between(0, 1500)
    content = {
        "stated_by": scene.id,
        "region": scene.region.id,
        "category": chance.one(scene.base.terms["service_category"]).id,
        "target_group": chance.one(scene.base.terms["target_group"]).id if chance.happens(60) else None,
        "statement": chance.one(STATEMENTS),
        "waiting": chance.between(0, 60) if chance.happens(50) else None,
        "period_from": partial(chance, -since),
        "period_to": partial(chance, 600) if chance.happens(30) else None,
    }
    return scene.draft("need", content)


def _figure(scene: Scene) -> Draft:
    indicator, name, unit, most = scene.chance.one(FIGURES)
    content = {
        "indicator": indicator,
        "name": name,
        "value": scene.chance.between(1, most),
        "qualifier": scene.chance.one(("exact", "about", "more_than")),
        "unit": unit,
        "as_of": partial(scene.chance, -scene.chance.below(2500)),
        "organisation": scene.id,
    }
    return scene.draft("figure", content)
