"""What Kopā says when something about a campaign cannot be done, in Latvian and English."""

from __future__ import annotations

from service.errors import Problem

MESSAGES: dict[str, tuple[str, str]] = {
    "mark_missing": (
        "Tekstā jābūt vietai saitei: {mark}.",
        "The text needs a place for the link: {mark}.",
    ),
    "last_day_refused": (
        "Pēdējai dienai jābūt no šodienas līdz gadam uz priekšu.",
        "The last day has to be between today and a year from now.",
    ),
    "campaign_over": (
        "Kampaņas pēdējā diena ir pagājusi; vispirms pagariniet termiņu.",
        "The last day of the campaign has passed; choose a later one first.",
    ),
    "campaign_closed": ("Kampaņa ir slēgta.", "The campaign is closed."),
    "no_such_campaign": ("Tādas kampaņas nav.", "There is no such campaign."),
    "invited_twice": (
        "Kāda no adresēm tikmēr jau uzaicināta; pārbaudiet rindas vēlreiz.",
        "One of the addresses has been invited meanwhile; look at the rows again.",
    ),
}
"""By code: the sentence in Latvian, the sentence in English."""


def wrong(code: str, *path: str, **values: object) -> Problem:
    """A problem at a field, in words."""
    lv, en = MESSAGES[code]
    return Problem(code, path, {"lv": lv.format(**values), "en": en.format(**values)})
