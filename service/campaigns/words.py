"""The words of a campaign's letter: what it begins with, the marks in it, and what is put in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from service.accounts.people import LANGUAGES
from service.campaigns.messages import wrong
from service.editing.messages import problem
from service.errors import Problem

LONGEST_NAME = 200
LONGEST_LETTER = 8_000


@dataclass(frozen=True)
class Marks:
    """What stands in a letter for what differs from one recipient to the other."""

    organisation: str
    link: str
    day: str


MARKS = {
    "lv": Marks("{organizācija}", "{saite}", "{diena}"),
    "en": Marks("{organisation}", "{link}", "{day}"),
}

SUBJECT = {
    "lv": "Aicinām aizpildīt jūsu organizācijas profilu katalogā Kopā",
    "en": "Please fill in the profile of your organisation at Kopā",
}
LETTER = {
    "lv": """Labdien!

Kopā ir katalogs, kurā iedzīvotāji, pašvaldības un biedrības atrod sociālos pakalpojumus un sadarbības partnerus. \
Aicinām aizpildīt vai pārskatīt profilu organizācijai „{organizācija}”.

Tas aizņem apmēram desmit minūtes. Atveriet saiti un nospiediet pogu; konts iepriekš nav vajadzīgs:

{saite}

Saite der līdz {diena} un tikai vienu reizi. Ja par to atbild kāds kolēģis, lūdzam vēstuli nodot viņam.

Šo adresi izmantojam tikai šim aicinājumam un tā atgādinājumiem.
""",
    "en": """Hello,

Kopā is a directory in which people, municipalities and associations find social services and partners. \
We invite you to fill in, or look through, the profile of “{organisation}”.

It takes about ten minutes. Open the link and press the button; no account is needed beforehand:

{link}

The link works once, until {day}. If a colleague looks after this, please pass the letter on.

We use this address for this invitation and its reminders only.
""",
}
REMINDER = {"lv": "Atgādinājums: {subject}", "en": "Reminder: {subject}"}


@dataclass(frozen=True)
class Words:
    """What a campaign writes, by language."""

    subject: Mapping[str, str]
    letter: Mapping[str, str]

    def filled(self, language: str, organisation: str, link: str, day: str, *, again: bool) -> tuple[str, str]:
        """Subject and text for one recipient."""
        marks = MARKS[language]
        known = {marks.organisation: organisation, marks.link: link, marks.day: day}
        subject, text = self.subject[language], self.letter[language]
        for mark, said in known.items():
            subject, text = subject.replace(mark, said), text.replace(mark, said)
        return REMINDER[language].format(subject=subject) if again else subject, text


PRESET = Words(SUBJECT, LETTER)


def wrong_words(words: Words) -> Iterator[Problem]:
    """What speaks against the words of a letter; the paths are those of their fields."""
    for language in LANGUAGES:
        for name, texts, most in (("subject", words.subject, LONGEST_NAME), ("letter", words.letter, LONGEST_LETTER)):
            said = texts.get(language, "")
            if not said.strip():
                yield problem("required", (name, language))
            elif len(said) > most:
                yield problem("too_long", (name, language), most=most)
            elif name == "subject" and not said.isprintable():
                yield problem("bad_characters", (name, language))
            elif name == "letter" and MARKS[language].link not in said:
                yield wrong("mark_missing", name, language, mark=MARKS[language].link)


def written(day: date, language: str) -> str:
    """A day as letters write it: `31.12.2026.`, `31 December 2026`."""
    return f"{day:%d.%m.%Y.}" if language == "lv" else f"{day.day} {day:%B %Y}"
