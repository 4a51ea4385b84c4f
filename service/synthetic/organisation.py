"""Organisations: names by legal form, numbers of no register, addresses at a domain that is kept for examples."""

from __future__ import annotations

from service.editing.revisions import Draft
from service.synthetic.actors import Actor, Group
from service.synthetic.chance import Chance, Weighted
from service.synthetic.dates import partial
from service.synthetic.scene import Content, Scene
from service.synthetic.words import capital, made_up, quoted, title

DOMAIN = "example.org"
MAILBOXES = Weighted({"info": 60, "birojs": 15, "pasts": 10, "kontakti": 10, "projekti": 5})

Pattern = tuple[str, str]

PATTERNS: dict[str | None, tuple[Pattern, ...]] = {
    "association": (("Biedrība {quoted}", "Association {word}"), ("{quoted}", "Association {word}")),
    "foundation": (("Nodibinājums {quoted}", "Foundation {word}"), ("{word} fonds", "Fund {word}")),
    "religious": (("{word} draudze", "Parish of {word}"), ("Reliģiska organizācija {quoted}", "Mission {word}")),
    "company": (("SIA {quoted}", "{word} Ltd"), ("Sabiedrība ar ierobežotu atbildību {quoted}", "{word} Ltd")),
    "municipality": (("{whose} pašvaldība (sintētiska)", "Local government of {region} (synthetic)"),),
    "municipal_institution": (
        ("{whose} sociālās aprūpes centrs {quoted}", "Social care centre {word}"),
        ("{whose} dienas centrs {quoted}", "Day centre {word}"),
        ("{whose} ģimeņu atbalsta centrs {quoted}", "Family support centre {word}"),
    ),
    "municipal_agency": (("{whose} pašvaldības aģentūra {quoted}", "Municipal agency {word}"),),
    "state_institution": (
        ("Valsts aģentūra {quoted}", "State agency {word}"),
        ("Valsts centrs {quoted}", "State centre {word}"),
    ),
    "public_foundation": (("{word} fonds", "Public fund {word}"),),
    "international": (("International Fund {word}", "International Fund {word}"),),
    "derived_public_body": (("Augstskola {quoted}", "University college {word}"),),
    "unit": (("Struktūrvienība {quoted}", "Unit {word}"), ("Dienas centrs {quoted}", "Day centre {word}")),
    "other": (("{quoted}", "{word}"),),
    None: (("{quoted}", "{word}"),),
}
"""How organisations are called, by legal form, in Latvian and English."""

OFFICES: dict[str, Pattern] = {
    "ministry": ("{word} ministrija", "Ministry of {word}"),
    "social_service": ("{whose} Sociālais dienests (sintētisks)", "Social service of {region} (synthetic)"),
    "orphans_court": ("{whose} bāriņtiesa (sintētiska)", "Orphan’s court of {region} (synthetic)"),
}
"""The same by role; what stands for a real region says that it is synthetic."""

DEEDS: tuple[Pattern, ...] = (
    ("Palīdz ģimenēm grūtos brīžos.", "Helps families in hard times."),
    ("Rīko atbalsta grupas un nodarbības.", "Runs support groups and classes."),
    ("Strādā ar jauniešiem un viņu vecākiem.", "Works with young people and their parents."),
    ("Ved siltas pusdienas senioriem mājās.", "Brings warm meals to older people at home."),
    ("Māca brīvprātīgos un speciālistus.", "Trains volunteers and professionals."),
    ("Pārstāv cilvēku ar invaliditāti intereses.", "Speaks for people with disabilities."),
    ("Vāc un dala apģērbu, pārtiku, skolas lietas.", "Collects and gives out clothes, food, school things."),
    ("Konsultē par tiesībām un pabalstiem.", "Advises on rights and benefits."),
    ("Sniedz psihologa un logopēda palīdzību.", "Gives the help of psychologists and speech therapists."),
    ("Uztur dienas centru un darbnīcas.", "Keeps a day centre and workshops."),
    ("Ceļ tiltus starp kopienām.", "Builds bridges between communities."),
    ("Pēta, kas ģimenēm vajadzīgs.", "Studies what families need."),
)

WORK: dict[Group, int] = {Group.PUBLIC: 60, Group.FUNDER: 40, Group.NETWORK: 70, Group.NGO: 65, Group.COMPANY: 45}
"""How many of a group say what they do, per cent."""


def organisation(scene: Scene, seat: Draft | None) -> Draft:
    chance, actor = scene.chance, scene.actor
    name = _name(scene)
    content = {
        "name": name,
        "slug": scene.slug(name["lv"]),
        "legal_form": actor.form,
        "sector": actor.sector,
        "roles": list(actor.roles),
        "description": deeds(chance, "Izdomāta organizācija.", "An invented organisation.", WORK[actor.group]),
        "website": f"https://{DOMAIN}/s{actor.number}" if chance.happens(45) else None,
        "email": f"{chance.weighted(MAILBOXES)}.s{actor.number}@{DOMAIN}" if chance.happens(60) else None,
        "founded": chance.between(1991, 2025) if chance.happens(70) else None,
        "seat": seat.id if seat else None,
        "parent": scene.ids("organisation", actor.parent) if actor.parent is not None else None,
        "regions": _regions(scene),
        "fields": [term.id for term in chance.some(scene.base.terms["activity_field"], 0, 3)],
        "target_groups": [term.id for term in chance.some(scene.base.terms["target_group"], 0, 3)],
        "alternate_names": [{"name": title(chance)}] if chance.happens(12) else [],
        "identifiers": _identifiers(actor),
        "statuses": _statuses(actor, chance),
        "authority_for": _authority(actor),
    }
    return scene.draft("organisation", content)


def deeds(chance: Chance, lv: str, en: str, percent: float) -> dict[str, str] | None:
    """A description of one to three sentences after a first one that says it is made up."""
    if not chance.happens(percent):
        return None
    said = [(lv, en), *chance.some(DEEDS, 1, 3)]
    words = {"lv": " ".join(words for words, _ in said)}
    return words | {"en": " ".join(words for _, words in said)} if chance.happens(50) else words


def _name(scene: Scene) -> dict[str, str]:
    chance, actor = scene.chance, scene.actor
    if "planning_region" in actor.roles:
        [name] = (name for id, name in scene.base.planning_regions if id == actor.acts_for)
        return {"lv": f"{name['lv']} (sintētisks)", "en": f"{name['en']} (synthetic)"}
    office = next((OFFICES[role] for role in actor.roles if role in OFFICES), None)
    lv, en = office or chance.one(PATTERNS[actor.form])
    word = title(chance) if "{quoted}" in lv else capital(made_up(chance))
    gaps = {
        "word": word,
        "quoted": quoted(chance, word),
        "whose": scene.region.whose,
        "region": scene.region.name["en"],
    }
    name = {"lv": lv.format(**gaps)}
    return name | {"en": en.format(**gaps)} if "(synthetic)" in en or chance.happens(40) else name


def _regions(scene: Scene) -> list[str]:
    chance, own = scene.chance, scene.region.id
    if chance.happens(15):
        return []
    more = chance.some(scene.base.regions, 1, 4) if chance.happens(20) else []
    return list(dict.fromkeys([own, *(region.id for region in more)]))


def _identifiers(actor: Actor) -> list[Content]:
    """Neither a number of the register, which begins with 4, 5 or 9 and a 0, nor a personal code: no day is a 99th."""
    if actor.form in ("unit", None):
        return []
    return [{"scheme": "registration_number", "value": f"99{actor.number * 7_654_321 % 10**9:09d}"}]


def _statuses(actor: Actor, chance: Chance) -> list[Content]:
    kind = {"company": "social_enterprise", "association": "public_benefit", "foundation": "public_benefit"}
    if actor.form not in kind or not chance.happens(15):
        return []
    start = -chance.between(100, 4000)
    end = {"valid_to": partial(chance, start + 1500)} if chance.happens(25) else {}
    return [{"kind": kind[actor.form], "valid_from": partial(chance, start), **end}]


def _authority(actor: Actor) -> list[Content]:
    return [{"region": actor.acts_for, "valid_from": "2021-07-01"}] if actor.acts_for else []
