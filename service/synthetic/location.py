"""Seats: a point in the municipality and a street that does not exist; a few are confidential."""

from __future__ import annotations

from service.editing.revisions import Draft
from service.synthetic.actors import RIGA
from service.synthetic.chance import Chance
from service.synthetic.scene import Scene
from service.synthetic.words import capital, made_up

GRID = 10_000
"""Points lie on a grid of some ten metres, as far apart as the check for shared buildings tells them."""

REACH = 150, 80
"""How many steps of the grid a seat lies from the region's point at most, by longitude and latitude."""

ACCESSIBILITY = (
    ("Ir uzbrauktuve un lifts.", "There is a ramp and a lift."),
    ("Ieeja bez pakāpieniem.", "The entrance has no steps."),
    ("Piekļūt ratiņkrēslā nevar.", "Not accessible by wheelchair."),
    ("Ir pielāgota tualete.", "There is an adapted toilet."),
)


def seat(scene: Scene) -> Draft | None:
    chance, actor = scene.chance, scene.actor
    if chance.happens(4):
        return None
    hidden = actor.services > 0 and actor.acts_for is None and chance.happens(2)
    lon, lat = _point(scene, hidden)
    lv, en = chance.one(ACCESSIBILITY)
    kind = "physical" if hidden or chance.happens(97) else chance.one(("postal", "virtual"))
    content = {
        "location_type": kind,
        "confidential": hidden or None,
        "region": scene.region.id,
        "town": _town(scene),
        "address": _address(chance, hidden) if hidden or chance.happens(90) else None,
        "postal_code": f"LV-9{chance.below(1000):03d}" if chance.happens(70) else None,
        "lon": lon,
        "lat": lat,
        "accessibility": {"lv": lv, "en": en} if chance.happens(20) else None,
    }
    return scene.draft("location", content)


def _point(scene: Scene, hidden: bool) -> tuple[float, float]:
    """Confidential places have odd columns of the grid, the others even ones: they never share a building."""
    wider = 2 if scene.actor.region == RIGA else 1
    east, north = (scene.chance.between(-reach, reach) * wider for reach in REACH)
    column = round(scene.region.lon * GRID) + east
    column += (column % 2 == 0) == hidden
    return column / GRID, (round(scene.region.lat * GRID) + north) / GRID


def _town(scene: Scene) -> dict[str, str] | None:
    if scene.region.is_city:
        return scene.region.name
    return {"lv": capital(made_up(scene.chance))} if scene.chance.happens(70) else None


def _address(chance: Chance, hidden: bool) -> str:
    """No other place has the house number of a confidential one, nor has it in its own: neighbours are told by it."""
    house = 2 * chance.between(500, 999) if hidden else 2 * chance.between(0, 60) + 1
    flat = f"-{chance.between(1, 40)}" if chance.happens(20) else ""
    return f"{capital(made_up(chance))}u iela {house}{flat}"
