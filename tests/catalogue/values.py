"""Random values for declared fields, so that a new field is filled without a word here."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from service.models import fields as declared
from service.models.shape import Shape

WORDS = (
    *("Ābeles", "čakli", "gaiši", "ģimenes", "mājas", "bērniem", "Ķekavā", "Ļaudonā", "ņem", "roku", "šodien", "un"),
    *("žagari", "Cēsīs", "Ēdolē", "Īslīcē", "Ūziņos", "Valmierā", "Zilupē", "jauniešiem", "atbalsts", "krīzē"),
)
LINES = ("Aa", "Āb 7", "kods-12", "2010/3", "Čiekurs", "žurnāls")
DATES = ("2009", "2012-11", "2013-06-26", "2024", "2024-10", "2025-06-30", "2026-02", "2026-11-14", "2028")


def sentence(rng: Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(1, 4)))


def text(rng: Random) -> dict[str, str]:
    words = {"lv": sentence(rng)}
    for language in ("en", "ru"):
        if rng.random() < 0.3:
            words[language] = f"{sentence(rng)} {language}"
    return words


def _chosen(rng: Random, choices: Any) -> list[str]:
    return [choice.value for choice in choices if rng.random() < 0.4] or [next(iter(choices)).value]


def _whole(field: declared.Whole, rng: Random) -> int:
    return rng.randint(field.least or 0, min(field.most or 90, 2030))


MAKERS: dict[type, Callable[[Any, Random], Any]] = {
    declared.Text: lambda field, rng: text(rng),
    declared.Url: lambda field, rng: f"https://example{rng.randint(1, 99)}.lv/lapa?ā=1",
    declared.Email: lambda field, rng: f"info{rng.randint(1, 99)}@example.lv",
    declared.Phone: lambda field, rng: f"+3716{rng.randint(1000000, 9999999)}",
    declared.Currency: lambda field, rng: rng.choice(("EUR", "LVL")),
    declared.PartialDate: lambda field, rng: rng.choice(DATES),
    declared.Clock: lambda field, rng: f"{rng.randint(0, 23):02}:30",
    declared.Line: lambda field, rng: rng.choice(LINES),
    declared.Choice: lambda field, rng: rng.choice(list(field.choices)).value,
    declared.ChoiceSet: lambda field, rng: _chosen(rng, field.choices),
    declared.LineSet: lambda field, rng: sorted(rng.sample(("en", "lv", "ru", "uk"), rng.randint(1, 3))),
    declared.Whole: _whole,
    declared.Minor: lambda field, rng: rng.choice((0, 1, 1985144, 2**40 + 7)),
    declared.Number: lambda field, rng: rng.choice(("0", "12.5", "92.07", "7")),
    declared.Degrees: lambda field, rng: round(rng.uniform(20, 58), 6),
    declared.Flag: lambda field, rng: rng.random() < 0.5,
    declared.Day: lambda field, rng: rng.choice([day for day in DATES if len(day) == 10]),
}


def value(field: Any, rng: Random) -> Any:
    make = next(MAKERS[cls] for cls in type(field).__mro__ if cls in MAKERS)
    return make(field, rng)


def scalars(table: Shape, rng: Random, fullness: float) -> dict[str, Any]:
    """Values for the required scalars of a table and for a share of the others."""
    return {
        name: value(field, rng)
        for name, field in table.scalars.items()
        if name in table.required or rng.random() < fullness
    }
