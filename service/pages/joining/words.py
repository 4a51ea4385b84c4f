"""The words of the public forms, in Latvian and English."""

from __future__ import annotations

_BOTH: dict[str, tuple[str, str]] = {
    "join_title": ("Pieteikt organizāciju", "Register your organisation"),
    "join_help": (
        "Astoņi jautājumi, apmēram desmit minūtes. Pirms publicēšanas ziņas apskatīs redaktors.",
        "Eight questions, about ten minutes. An editor looks at your answers before they are published.",
    ),
    "name": ("Organizācijas nosaukums", "Name of the organisation"),
    "name_help": ("Pilnais nosaukums latviešu valodā.", "The full name, in Latvian."),
    "number": ("Reģistrācijas numurs", "Registration number"),
    "number_help": ("11 cipari, ja tāds ir.", "11 digits, if there is one."),
    "find": ("Meklēt reģistrā", "Look in the register"),
    "find_help": (
        "Ja reģistrā ir ziņas par šo organizāciju, daļu lauku aizpildīsim.",
        "If the register knows the organisation, some of the fields are filled in.",
    ),
    "looked": ("Pārbaudījām katalogā un reģistrā.", "We have looked in the directory and the register."),
    "known": ("Katalogā jau ir organizācija {name}.", "The directory already has an organisation {name}."),
    "claim_instead": ("Tas ir mūsu profils", "This is our profile"),
    "another": ("Tā ir cita organizācija", "This is another organisation"),
    "legal_form": ("Juridiskā forma", "Legal form"),
    "sector": ("Sektors", "Sector"),
    "seat": ("Pašvaldība, kurā ir juridiskā adrese", "Municipality of the seat"),
    "regions": ("Kur darbojaties", "Where you work"),
    "fields": ("Darbības jomas", "Fields of activity"),
    "description": ("Ko organizācija dara", "What the organisation does"),
    "description_help": (
        "Daži teikumi vienkāršā valodā. Nerakstiet personu vārdus.",
        "A few sentences in plain Latvian. Please name no persons.",
    ),
    "contacts": ("Saziņa, ko rādīsim katalogā", "Contacts shown in the directory"),
    "contacts_help": (
        "Vajadzīga vismaz viena; organizācijas, nevis personas adrese.",
        "At least one; the organisation's own, not a person's.",
    ),
    "contact_email": ("Organizācijas e-pasts", "E-mail of the organisation"),
    "phone": ("Tālrunis", "Telephone"),
    "website": ("Tīmekļa vietne", "Website"),
    "sender": ("Jūsu e-pasta adrese", "Your e-mail address"),
    "sender_help": (
        "Uz to atbildēsim. Katalogā to nerādīsim un 90 dienas pēc lēmuma izdzēsīsim.",
        "We answer to it. It is not shown in the directory, and is removed 90 days after the decision.",
    ),
    "choose": ("Izvēlieties", "Choose"),
    "send": ("Nosūtīt", "Send"),
    "joined_title": ("Paldies!", "Thank you!"),
    "joined": (
        "Pieteikums saņemts. Redaktors to apskatīs un vajadzības gadījumā jums uzrakstīs.",
        "We have received it. An editor looks at it, and writes to you where necessary.",
    ),
    "claim_title": ("Tas ir mūsu profils", "This is our profile"),
    "claim_help": (
        "Ja pārstāvat šo organizāciju, varat uzturēt tās ziņas. Norādiet organizācijas adresi: to vieglāk pārbaudīt.",
        "If you represent this organisation, you can keep its profile. Give its own address: we can check that easily.",
    ),
    "capacity": ("Kas jūs organizācijā esat", "What you are in the organisation"),
    "capacity_help": ("Piemēram, valdes locekle, sociālā darbiniece.", "For example board member, social worker."),
    "note": ("Vai vēl kas mums jāzina? (nav obligāti)", "Anything else we should know? (optional)"),
    "claimed_title": ("Paldies!", "Thank you!"),
    "claimed": (
        "Lūgums saņemts. Atbildēsim uz norādīto adresi.",
        "We have received your request, and answer to the address you gave.",
    ),
    "no_such_profile_title": ("Tādas organizācijas katalogā nav", "There is no such organisation"),
    "no_such_profile": ("Varbūt tā ir noņemta vai apvienota ar citu.", "Perhaps it was withdrawn or merged."),
    "not_ready_title": ("Katalogs vēl ielādējas", "The directory is still loading"),
    "not_ready": ("Lūdzu, mēģiniet pēc brīža.", "Please try again in a moment."),
    "trap": ("Šo lauku atstājiet tukšu", "Leave this field empty"),
}

WORDS: dict[str, dict[str, str]] = {
    "lv": {name: lv for name, (lv, _) in _BOTH.items()},
    "en": {name: en for name, (_, en) in _BOTH.items()},
}
"""By language and name."""
