"""Enumerations of GraphQL that follow from declarations elsewhere: the nouns, and what can be wrong with an input."""

from __future__ import annotations

from typing import Any, cast

from service import models
from service.catalogue.published import graphql_enum
from service.editing.messages import MESSAGES
from service.editing.permits import Step
from service.models.fields import Choices
from service.search.documents import SEARCHED

_enumeration = cast(Any, Choices)


def _named(name: str, doc: str, members: dict[str, str]) -> Any:
    made = _enumeration(name, {value.upper(): (value, description) for value, description in members.items()})
    made.__doc__ = doc
    graphql_enum(made)
    return made


Noun = _named("Noun", "Kinds of records.", {noun: str(model.__doc__) for noun, model in models.NOUNS.items()})

SearchNoun = _named(
    "SearchNoun", "Kinds of records that are searched.", {noun: str(models.NOUNS[noun].__doc__) for noun in SEARCHED}
)

UserErrorCode = _named(
    "UserErrorCode",
    "What can be wrong with an input.",
    {code: english for code, (_, english) in MESSAGES.items()},
)

graphql_enum(Step)
