"""Creating and updating records of every noun: each begins a draft, or saves into one."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from service import models
from service.api.mutations.answering import By, Done, DraftPayload, Place
from service.api.mutations.contents import patch_of
from service.api.mutations.inputs import CHANGED, KEPT, NEW, declared, noun_fields
from service.api.mutations.steps import given, mutation
from service.editing.drafts import Draft, new_id
from service.editing.fields import identifiers
from service.editing.patching import patched
from service.editing.revisions import Saved, amend, propose, revise

ONE = Place(one=True)


def fields() -> dict[str, StrawberryField]:
    """The mutations of every noun by name."""
    found: dict[str, StrawberryField] = {}
    for noun in models.NOUNS:
        found |= {f"{noun}_create": _create(noun), f"{noun}_update": _update(noun)}
    return found


def _create(noun: str) -> StrawberryField:
    words = noun.replace("_", " ")
    name = f"{models.NOUNS[noun].__name__}Create"
    made = declared(f"{name}Input", {**NEW, **noun_fields(noun)}, f"A new {words}; what is missing can come later.")

    async def begin(by: By, input: Any) -> Done:
        draft = Draft(noun, given(input.id) or new_id(), patched(noun, {}, patch_of(noun, input)))
        batch = given(input.batch)
        return _done(await propose(by.database, [draft], author=by.author, batch=batch, permit=by.permit))

    return mutation(name, made, DraftPayload, f"Begin the draft of a new {words}.", begin, ONE)


def _update(noun: str) -> StrawberryField:
    words = noun.replace("_", " ")
    name = f"{models.NOUNS[noun].__name__}Update"
    id = {"id": (strawberry.ID, "The id of the record.")}
    described = f"What is to change of an existing {words}. {KEPT}"
    made = declared(f"{name}Input", {**CHANGED, **noun_fields(noun)}, described, id)

    async def change(by: By, input: Any) -> Done:
        return _done(await _changed(noun, input, by))

    return mutation(
        name,
        made,
        DraftPayload,
        f"Change some of an existing {words} in a draft: a new one, or one that was begun.",
        change,
        ONE,
    )


async def _changed(noun: str, input: Any, by: By) -> Saved:
    patch, base = patch_of(noun, input), given(input.base)
    if (revision := given(input.revision)) is None:
        batch = given(input.batch)
        begun = revise(by.database, noun, input.id, patch, author=by.author, base=base, batch=batch, permit=by.permit)
        return await begun
    edition, of = given(input.edition), (noun, next(iter(identifiers(input.id)), ""))
    return await amend(by.database, revision, patch, of=of, edition=edition, base=base, permit=by.permit)


def _done(saved: Saved) -> Done:
    return Done(revisions=saved.revisions)
