"""What nouns and values are called on the screen."""

from __future__ import annotations

from service.i18n import Words
from service.models.fields import Choices


def noun_name(words: Words, noun: str) -> str:
    """One record of a noun: “organisation”."""
    return words(f"noun.{noun}")


def nouns_name(words: Words, noun: str) -> str:
    """All of them, as a heading: “Organisations”."""
    return words(f"nouns.{noun}")


def choice_name(words: Words, choice: Choices) -> str:
    """A value of an enumeration."""
    return words(f"choice.{type(choice).__name__}.{choice.value}")
