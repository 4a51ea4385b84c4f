"""The words of the pages about accounts, in Latvian and English."""

from __future__ import annotations

_BOTH: dict[str, tuple[str, str]] = {
    "problem": ("Kļūda", "Error"),
    "language": ("Valoda", "Language"),
    "account": ("Mans konts", "My account"),
    "to_start": ("Uz sākumlapu", "To the first page"),
    "to_account": ("Uz manu kontu", "To my account"),
    "sign_in": ("Pieslēgties", "Sign in"),
    "sign_out": ("Atslēgties", "Sign out"),
    "go_on": ("Turpināt", "Continue"),
    "save": ("Saglabāt", "Save"),
    "make": ("Izveidot", "Create"),
    "email": ("E-pasta adrese", "E-mail address"),
    "password": ("Parole", "Password"),
    "new_password": ("Jaunā parole", "New password"),
    "password_before": ("Līdzšinējā parole", "Current password"),
    "password_help": (
        "Vismaz 12 rakstzīmes; vislabāk vairāki vārdi.",
        "12 characters at least; several words are best.",
    ),
    "again": ("Jaunā parole vēlreiz", "New password once more"),
    "change_password": ("Mainīt paroli", "Change the password"),
    "letter_sign_in": ("Pieslēgties ar e-pastā atsūtītu saiti", "Sign in by a link in an e-mail"),
    "letter_reset": ("Aizmirsu paroli", "I forgot my password"),
    "letter_help": ("Uz šo adresi atsūtīsim saiti.", "We send a link to this address."),
    "send_letter": ("Atsūtīt saiti", "Send the link"),
    "letter_sent_title": ("Pārbaudiet e-pastu", "Look into your e-mail"),
    "letter_sent": (
        "Ja šai adresei ir konts, pēc brīža pienāks vēstule ar saiti.",
        "If there is an account with this address, a letter with a link arrives in a moment.",
    ),
    "code_title": ("Otrais solis", "Second step"),
    "code": ("Sešu ciparu kods", "Code of six digits"),
    "code_help": (
        "Kods no lietotnes tālrunī vai viens no atkopšanas kodiem.",
        "The code from the app on your telephone, or one of your recovery codes.",
    ),
    "link_invitation": ("Jūsu konts", "Your account"),
    "link_reset": ("Jauna parole", "A new password"),
    "link_sign_in": ("Pieslēgties", "Sign in"),
    "link_sign_in_help": ("Pieslēgties kā {label}.", "Sign in as {label}."),
    "link_for": ("Konts: {label}", "Account: {label}"),
    "link_refused_title": ("Saite vairs neder", "This link no longer works"),
    "link_refused": (
        "Tā jau izmantota, vai beidzies tās termiņš. Palūdziet jaunu.",
        "It was used already, or it has expired. Please ask for a new one.",
    ),
    "password_changed_title": ("Parole nomainīta", "The password is changed"),
    "password_changed": ("Tagad varat pieslēgties ar jauno paroli.", "You can sign in with the new password now."),
    "foreign_form_title": ("Veidlapa nav no šīs vietnes", "The form is not from this site"),
    "foreign_form": (
        "Drošības dēļ tā netika pieņemta. Atveriet lapu no jauna un mēģiniet vēlreiz.",
        "For safety it was not accepted. Please open the page again and retry.",
    ),
    "too_often_title": ("Pārāk daudz mēģinājumu", "Too many tries"),
    "too_often": ("Lūdzu, mēģiniet vēlreiz pēc dažām minūtēm.", "Please try again in some minutes."),
    "second_factor": ("Otrais solis pieslēdzoties", "Second step when signing in"),
    "second_factor_on": (
        "Ieslēgts. Neizmantoti atkopšanas kodi: {codes}.",
        "It is on. Unused recovery codes: {codes}.",
    ),
    "second_factor_set_up": ("Ieslēgt", "Turn it on"),
    "second_factor_again": ("Pārcelt uz citu tālruni", "Move it to another telephone"),
    "second_factor_remove": ("Izslēgt", "Turn it off"),
    "second_factor_help": (
        "Noskenējiet attēlu ar autentifikācijas lietotni tālrunī un ierakstiet kodu, ko tā rāda.",
        "Scan the picture with an authenticator app on your telephone, and type the code that it shows.",
    ),
    "picture": ("Kvadrātkods autentifikācijas lietotnei", "QR code for an authenticator app"),
    "secret": ("Ja skenēt nevar, ierakstiet lietotnē:", "If you cannot scan it, type into the app:"),
    "new_recovery_codes": ("Jauni atkopšanas kodi", "New recovery codes"),
    "codes_title": ("Atkopšanas kodi", "Recovery codes"),
    "codes_help": (
        "Saglabājiet tos drošā vietā: katrs vienu reizi aizstāj tālruni. Vairs tos neparādīsim.",
        "Keep them in a safe place: each stands in for the telephone once. They are not shown again.",
    ),
    "sessions": ("Jūsu pieslēgumi", "Where you are signed in"),
    "unknown_browser": ("Nezināma pārlūkprogramma", "Unknown browser"),
    "seen_at": ("pēdējoreiz {at}", "last used {at}"),
    "this_one": ("Šī ierīce", "This device"),
    "end_session": ("Atslēgt", "Sign out there"),
    "tokens": ("API marķieri", "API tokens"),
    "new_token": ("Jauns API marķieris", "New API token"),
    "token_name": ("Kam tas vajadzīgs", "What it is for"),
    "token_once": (
        "Nokopējiet marķieri tagad: vairs to neparādīsim.",
        "Copy the token now: it is not shown again.",
    ),
    "scopes": ("Atļaujas", "Permissions"),
    "scope_read": ("lasīt to, ko redz jūsu konts", "read what your account sees"),
    "scope_write": ("rakstīt to, ko drīkst jūsu konts", "write what your account may"),
    "scope_export": ("eksportēt nepublisko", "export what is not public"),
    "days": ("Cik dienas tas derēs", "For how many days"),
    "until": ("līdz {on}", "until {on}"),
    "used_on": ("pēdējoreiz lietots {on}", "last used {on}"),
    "revoke": ("Atsaukt", "Revoke"),
    "role_administrator": ("administrators", "administrator"),
    "role_editor": ("redaktors", "editor"),
    "role_reviewer": ("izskatītājs", "reviewer"),
    "role_representative": ("organizācijas pārstāvis", "representative"),
    "role_analyst": ("analītiķis", "analyst"),
    "question": ("Vai tā ir?", "Is this so?"),
    "question_is": ("{asked} sadarbojas: {other}.", "{asked} works together with {other}."),
    "kind": ("Veids", "Kind"),
    "period": ("Laiks", "Period"),
    "it_is_so": ("Jā, tā ir", "Yes, it is so"),
    "it_is_not_so": ("Nē, tā nav", "No, it is not so"),
    "note": ("Kas nav pareizi? (nav obligāti)", "What is wrong? (optional)"),
    "note_help": (
        "To redz abas puses un redaktori. Nerakstiet personu datus.",
        "Both sides and the editors see it. Please write no personal data.",
    ),
    "answered_title": ("Paldies!", "Thank you!"),
    "answered": ("Jūsu atbilde ir ierakstīta.", "Your answer was recorded."),
    "still_true_title": ("Vai ziņas joprojām ir pareizas?", "Is all of this still true?"),
    "still_true": ("Ziņas joprojām ir pareizas", "All of this is still true"),
    "something_changed": ("Ja kaut kas mainījies:", "If something has changed:"),
    "assured_title": ("Paldies!", "Thank you!"),
    "assured": ("Ierakstījām, ka ziņas ir pareizas šodien.", "We have recorded that it is true today."),
    "profile_title": ("Jūsu organizācijas profils", "The profile of your organisation"),
    "profile_invites": (
        "Katalogs Kopā aicina jūs aizpildīt vai pārskatīt ziņas par organizāciju:",
        "The directory Kopā invites you to fill in, or look through, what it says of:",
    ),
    "profile_takes": (
        "Tas aizņem apmēram desmit minūtes. Iesākto var saglabāt un turpināt vēlāk, līdz {day}",
        "It takes about ten minutes. You can save what you have begun and go on later, until {day}.",
    ),
    "profile_means": (
        (
            "Nospiežot pogu, jums tiek izveidots konts, ar kuru jūs pārstāvat šo organizāciju. Ziņas publicē,"
            " kad tās apskatījis redaktors."
        ),
        (
            "By pressing the button you get an account with which you represent this organisation. What you write is"
            " published after an editor has looked at it."
        ),
    ),
    "profile_begin": ("Atvērt profilu", "Open the profile"),
    "profile_not_ours": (
        "Ja nepārstāvat šo organizāciju, vienkārši aizveriet lapu.",
        "If you do not represent this organisation, just close this page.",
    ),
    "profile_refused_title": ("Šī saite vairs neder", "This link no longer works"),
    "profile_refused": (
        (
            "Tā jau izmantota, aizstāta ar jaunāku vai beidzies tās termiņš. Ja profilu jau atvērāt, pieslēdzieties ar"
            " e-pastā atsūtītu saiti."
        ),
        (
            "It was used already, a newer one took its place, or it has expired. If you have opened the profile before,"
            " sign in by a link in an e-mail."
        ),
    ),
    "noun_organisation": ("organizācija", "organisation"),
    "noun_service": ("pakalpojums", "service"),
    "noun_cooperation_link": ("sadarbība", "cooperation"),
}

WORDS: dict[str, dict[str, str]] = {
    "lv": {name: lv for name, (lv, _) in _BOTH.items()},
    "en": {name: en for name, (_, en) in _BOTH.items()},
}
"""By language and name."""
