"""The directory in parts: some organisations with all they bring, and the source that says they are synthetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.editing.revisions import Draft
from service.synthetic.cooperation import cooperation
from service.synthetic.dates import day
from service.synthetic.location import seat
from service.synthetic.occasional import few, project
from service.synthetic.organisation import organisation
from service.synthetic.scene import PART, Scene
from service.synthetic.service import services

TITLE = "Sintētiski dati / Synthetic data"

DESCRIPTION = {
    "lv": "Sintētiski dati izmēģinājumiem: viss, ko šis avots pamato, ir izdomāts un nav par īsto pasauli.",
    "en": "Synthetic data for trials: all that rests on this source is invented and says nothing about the real world.",
}


def source(part: Sequence[Scene]) -> Draft:
    """The source of all records of a part."""
    seed, number = part[0].ids.seed, part[0].actor.number // PART + 1
    content = {
        "title": f"{TITLE}, {seed}-{number}",
        "slug": f"synthetic-data-{seed}-{number}",
        "kind": "editorial",
        "description": DESCRIPTION,
        "publisher": "Kopā",
        "language": "lv",
        "licence": "CC0-1.0",
        "retrieved_on": day(0),
        "completeness": "complete",
    }
    return Draft("source", part[0].source, content)


def records(scene: Scene) -> Iterator[Draft]:
    """An organisation and all that comes with it."""
    where, joint = seat(scene), project(scene)
    yield from (draft for draft in (where, joint) if draft)
    yield organisation(scene, where)
    yield from services(scene, where)
    yield from cooperation(scene, joint)
    yield from few(scene, joint)


def parts(scenes: Iterator[Scene]) -> Iterator[Sequence[Scene]]:
    """The scenes that share a source."""
    gathered: list[Scene] = []
    for scene in scenes:
        gathered.append(scene)
        if len(gathered) == PART:
            yield gathered
            gathered = []
    if gathered:
        yield gathered
