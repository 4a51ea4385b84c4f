"""What Kopā says when an application cannot be taken or decided, in Latvian and English."""

from __future__ import annotations

from service.errors import InputError, Problem

MESSAGES: dict[str, tuple[str, str]] = {
    "too_many_open": (
        "Pašlaik gaida daudz pieteikumu. Lūdzu, mēģiniet rīt vai rakstiet mums.",
        "Many applications are waiting just now. Please try again tomorrow, or write to us.",
    ),
    "contact_needed": (
        "Vajadzīga vismaz viena saziņas iespēja: e-pasts, tālrunis vai tīmekļa vietne.",
        "At least one contact is needed: e-mail, telephone or website.",
    ),
    "choose_some": ("Izvēlieties vismaz vienu.", "Choose at least one."),
    "number_wrong": (
        "Reģistrācijas numurā ir 11 cipari.",
        "A registration number has 11 digits.",
    ),
    "known_already": (
        "Šī organizācija jau ir katalogā. Ja tā ir cita organizācija ar to pašu nosaukumu, atzīmējiet to.",
        "The directory has this organisation already. If it is another one of the same name, say so.",
    ),
    "decided_already": ("Par šo pieteikumu jau ir izlemts.", "This application has been decided already."),
    "answer_needed": (
        "Uzrakstiet, kāpēc: sūtītājs to saņems vēstulē.",
        "Write why: whoever sent it reads it in a letter.",
    ),
    "not_published_yet": (
        "Vispirms publicējiet organizāciju, tad aiciniet pārstāvi.",
        "Publish the organisation first, then invite its representative.",
    ),
    "address_of_colleague": (
        "Šī adrese pieder kontam, kas nav organizācijas pārstāvja konts.",
        "This address belongs to an account that is not a representative's.",
    ),
    "no_such_application": ("Tāda pieteikuma nav.", "There is no such application."),
}
"""By code: the sentence in Latvian, the sentence in English."""


def wrong(code: str, *path: str, **values: object) -> Problem:
    """A problem at a field, in words."""
    lv, en = MESSAGES[code]
    return Problem(code, path, {"lv": lv.format(**values), "en": en.format(**values)})


def refused(code: str, *path: str) -> InputError:
    return InputError([wrong(code, *path)])
