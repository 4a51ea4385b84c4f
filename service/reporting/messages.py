"""What a report is refused with, in Latvian and English."""

from __future__ import annotations

from service.errors import InputError, Problem

MESSAGES: dict[str, tuple[str, str]] = {
    "kind_needed": ("Izvēlieties vienu atbildi.", "Choose one answer."),
    "words_needed": ("Uzrakstiet to dažos vārdos.", "Say it in a few words."),
    "too_many_waiting": (
        "Pašlaik gaida ļoti daudz ziņojumu. Lūdzu, mēģiniet rīt.",
        "Very many reports are waiting. Please try again tomorrow.",
    ),
    "no_such_report": ("Tāda ziņojuma vairs nav.", "There is no such report any more."),
}


def refused(code: str, *path: str) -> InputError:
    """An error with one sentence, perhaps beside a field of the form."""
    lv, en = MESSAGES[code]
    return InputError([Problem(code, path, {"lv": lv, "en": en})])
