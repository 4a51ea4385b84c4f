"""What Kopā says when something about an account cannot be done, in Latvian and English."""

from __future__ import annotations

from service.errors import InputError, Problem

MESSAGES: dict[str, tuple[str, str]] = {
    "password_too_short": (
        "Parole ir par īsu: vajag vismaz {least} rakstzīmes.",
        "The password is too short: {least} characters at least.",
    ),
    "password_too_long": (
        "Parole ir par garu: ne vairāk kā {most} rakstzīmes.",
        "The password is too long: {most} characters at most.",
    ),
    "password_too_plain": ("Šādu paroli ir viegli uzminēt.", "Such a password is easy to guess."),
    "passwords_differ": ("Paroles nesakrīt.", "The two passwords differ."),
    "not_an_email": ("Tā nav e-pasta adrese.", "This is not an e-mail address."),
    "email_taken": ("Šai adresei jau ir konts.", "There already is an account with this address."),
    "no_such_account": ("Tāda konta nav.", "There is no such account."),
    "no_such_organisation": ("Tādas publicētas organizācijas nav.", "There is no such published organisation."),
    "no_such_role": ("Tādas lomas nav.", "There is no such role."),
    "organisation_needed": (
        "Pārstāvim norāda vismaz vienu organizāciju.",
        "A representative needs at least one organisation.",
    ),
    "organisation_not_needed": ("Organizāciju norāda tikai pārstāvim.", "Only a representative has organisations."),
    "last_administrator": (
        "Tas ir pēdējais administrators; vispirms pievienojiet citu.",
        "This is the last administrator; add another one first.",
    ),
    "joined_already": ("Šis cilvēks jau ir pieņēmis uzaicinājumu.", "This person has taken up the account already."),
    "own_account": ("Savu kontu slēdz cits administrators.", "Your own account is closed by another administrator."),
    "sign_in_refused": ("E-pasta adrese vai parole nav pareiza.", "The e-mail address or the password is wrong."),
    "code_refused": ("Kods nav pareizs vai jau izmantots.", "The code is wrong or was used already."),
    "link_refused": (
        "Šī saite vairs neder: tā jau izmantota vai beidzies tās termiņš.",
        "This link no longer works: it was used already or has expired.",
    ),
    "needed": ("Šis lauks ir jāaizpilda.", "This field has to be filled in."),
    "scope_needed": ("Izvēlieties vismaz vienu atļauju.", "Choose at least one permission."),
    "days_refused": ("Derīguma termiņš ir 1 līdz {most} dienas.", "A token lasts from 1 to {most} days."),
}
"""By code: the sentence in Latvian, the sentence in English."""


def refusal(code: str, *path: str, **values: object) -> InputError:
    """What to raise: one problem at a place, in words."""
    lv, en = MESSAGES[code]
    return InputError([Problem(code, path, {"lv": lv.format(**values), "en": en.format(**values)})])
