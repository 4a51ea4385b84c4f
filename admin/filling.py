"""A form on its way to the screen: names for what is chosen, what is found, and what a typed name means."""

from __future__ import annotations

from uuid import uuid4

from admin.choosing import Target, called, found, meant, offered
from admin.entries import Told
from admin.forms import Form, pickings
from admin.reading import settle
from admin.sections import SECTIONS
from admin.typed import Typed
from admin.visit import Desk
from service import models
from service.editing.policy import Fields, grant
from service.errors import Problem


async def filled(
    desk: Desk, noun: str, typed: Typed, told: Told | None = None, looked_for: str = "", *, new: bool = False
) -> Form:
    """The form with everything that it shows beside what is typed; `looked_for` names a field to search for."""
    fields = list(pickings(noun, typed))
    ids = [id for name, _, _ in fields for id in typed.texts(name) if id]
    words, catalogue = desk.words, desk.catalogue
    searched = {
        name: found(catalogue, target, text, words)
        for name, target, _ in fields
        if (text := typed.text(f"{name}.find").strip())
    }
    if looked_for:
        searched.setdefault(looked_for, [])
    return Form(
        noun,
        words,
        typed,
        changeable(desk, noun, new=new),
        told or Told(),
        await called(desk, list(dict.fromkeys(ids))),
        {target: offered(catalogue, target, words) for target in {target for _, target, _ in fields}},
        searched,
        new,
    )


def changeable(desk: Desk, noun: str, *, new: bool) -> Fields:
    """The fields that the visitor may change, of a record that is not published yet or of one that is."""
    rule = grant(desk.viewer, noun)
    return rule.proposes(new=new) if rule else Fields()


def resolved(desk: Desk, noun: str, typed: Typed) -> Told:
    """Put what a typed name means in the place of the name; tell where it means nothing or several things."""
    told = Told()
    for name, target, several in list(pickings(noun, typed)):
        text = typed.text(f"{name}.find").strip()
        if not text:
            continue
        chosen = [id for id in typed.texts(name) if id]
        id = meant(desk.catalogue, target, text)
        fitting = {each.id for each in found(desk.catalogue, target, text, desk.words)}
        if fitting.intersection(chosen):
            typed.put(f"{name}.find", "")
        elif id is not None:
            typed.put(name, *(chosen if several else ()), id)
            typed.put(f"{name}.find", "")
        else:
            told.problems[name] = [desk.words("choose_one" if fitting else "found_nothing")]
    return told


def acted(noun: str, typed: Typed, act: str, today: str) -> str:
    """Do what a button within the form asks; the name of the field to search for, if it is one of those."""
    verb, _, name = act.partition(":")
    known = {path: (target, several) for path, target, several in pickings(noun, typed)}
    if verb == "add" and name in SECTIONS[noun].shape.parts:
        typed.add_row(name, str(uuid4()))
    elif verb == "remove" and name.partition(".")[0] in SECTIONS[noun].shape.parts:
        typed.drop(name)
        settle(noun, typed)
    elif verb == "new" and name in known:
        _begin_new(typed, name, *known[name], today)
    elif verb == "forget" and name in known:
        typed.put(name, *(id for id in typed.texts(name) if id != typed.text(f"{name}.new")))
        typed.put(f"{name}.new")
        typed.drop(f"{name}.new")
    return name if verb == "find" and name in known else ""


def _begin_new(typed: Typed, name: str, target: Target, several: bool, today: str) -> None:
    id = str(uuid4())
    typed.put(name, *(typed.texts(name) if several else ()), id)
    typed.put(f"{name}.new", id)
    for field, value in SECTIONS[target.noun].begun(today).items():
        typed.put(f"{name}.new.{field}", value)


def fresh(noun: str, today: str) -> Typed:
    """What stands in the form of a new record, with a row for what shows that it is true."""
    typed = Typed(SECTIONS[noun].begun(today).items())
    if models.NOUNS[noun].NEEDS_EVIDENCE:
        typed.add_row("evidence", str(uuid4()))
    return typed


def tell(problems: list[Problem], language: str, skip: int = 1) -> dict[str, list[str]]:
    """Problems by the names of their fields; their paths begin with the place of the draft in its set."""
    told: dict[str, list[str]] = {}
    for each in problems:
        name = ".".join(map(str, each.path[skip:]))
        told.setdefault(name, []).append(each.words[language])
    return told
