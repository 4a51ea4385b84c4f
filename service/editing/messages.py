"""What Kopā says when something cannot be accepted, in Latvian and English."""

from __future__ import annotations

from collections.abc import Iterable

from service.errors import InputError, Problem

LONGEST_SHOWN = 500
"""How many characters of a value a sentence repeats."""

MESSAGES: dict[str, tuple[str, str]] = {
    "required": ("Šis lauks ir jāaizpilda.", "This field has to be filled in."),
    "latvian_required": ("Vajadzīgs teksts latviešu valodā.", "The text is needed in Latvian."),
    "unknown_field": ("Tāda lauka nav: {name}.", "There is no such field: {name}."),
    "unknown_noun": ("Tāda ieraksta veida nav: {name}.", "There is no such kind of record: {name}."),
    "wrong_kind": ("Te vajadzīga cita veida vērtība: {expected}.", "Another kind of value is needed here: {expected}."),
    "bad_characters": ("Tekstā ir neatļautas rakstzīmes.", "The text has characters that are not allowed."),
    "too_long": (
        "Teksts ir par garu: ne vairāk kā {most} rakstzīmes.",
        "The text is too long: {most} characters at most.",
    ),
    "not_a_choice": ("Vērtība „{value}” nav sarakstā: {choices}.", "“{value}” is none of: {choices}."),
    "not_a_date": (
        "Datums nav saprotams. Rakstiet, piemēram, 2010, 2010-03 vai 26.03.2010.",
        "The date cannot be understood. Write for example 2010, 2010-03 or 26.03.2010.",
    ),
    "not_a_day": (
        "Vajadzīgs precīzs datums, piemēram, 26.03.2010.",
        "An exact date is needed, for example 26.03.2010.",
    ),
    "not_a_time": ("Laiku rakstiet tā: 11:00.", "Write the time like this: 11:00."),
    "not_a_number": ("Vajadzīgs skaitlis.", "A number is needed."),
    "too_small": ("Skaitlis ir par mazu: vismaz {least}.", "The number is too small: {least} at least."),
    "too_large": ("Skaitlis ir par lielu: ne vairāk kā {most}.", "The number is too large: {most} at most."),
    "not_yes_or_no": ("Vajadzīgs „jā” vai „nē”.", "Yes or no is needed."),
    "not_a_url": (
        "Tīmekļa adresei jāsākas ar https:// vai http://.",
        "A web address starts with https:// or http://.",
    ),
    "not_an_email": ("Tā nav e-pasta adrese.", "This is not an e-mail address."),
    "not_a_phone": ("Tālruni rakstiet tā: +371 67000000.", "Write the telephone number like this: +371 67000000."),
    "not_a_currency": ("Vajadzīgs valūtas kods, piemēram, EUR.", "A currency code is needed, for example EUR."),
    "not_an_id": ("Tas nav ieraksta identifikators.", "This is not the id of a record."),
    "not_a_slug": (
        "Adresē drīkst būt tikai mazie latīņu burti, cipari un defises.",
        "Only small Latin letters, digits and hyphens may stand in an address.",
    ),
    "twice": ("Šis ieraksts kopā norādīts divreiz.", "This record is given twice."),
    "not_published": (
        "Ieraksts „{id}”, uz ko te norādīts, nav publicēts. Publicējiet to kopā ar šo.",
        "The record “{id}” referred to here is not published. Publish it together with this one.",
    ),
    "wrong_taxonomy": (
        "Šis jēdziens nav no vajadzīgā klasifikatora ({taxonomy}).",
        "This term is not from the taxonomy needed here ({taxonomy}).",
    ),
    "record_of_another_noun": (
        "Šis identifikators jau pieder cita veida ierakstam.",
        "This id already belongs to a record of another kind.",
    ),
    "merged_record": (
        "Ieraksts ir apvienots ar citu; labojiet to, kas palicis.",
        "The record was merged with another; edit the one that remains.",
    ),
    "evidence_required": (
        "Vajadzīgs vismaz viens pamatojums ar avotu.",
        "At least one piece of evidence with its source is needed.",
    ),
    "delegator_not_public": (
        "Deleģēt var publiska iestāde vai tas, kam uzdevums pašam ir deleģēts.",
        "Only a public body, or one to which a task was itself delegated, can delegate.",
    ),
    "overlapping_link": (
        "Šiem dalībniekiem jau ir tāda paša veida sadarbība ar šo līgumu, kas pārklājas laikā.",
        "These two already have a link of this kind and agreement at the same time.",
    ),
    "cycle": ("Ieraksts nevar būt pats sev virs galvas.", "A record cannot stand above itself."),
    "confidential_region": (
        "Konfidenciālai vietai norāda pašvaldību, nevis sīkāku vienību.",
        "A confidential place shows its municipality, not a smaller unit.",
    ),
    "shares_confidential_building": (
        "Šajā adresē ir konfidenciāla vieta, tāpēc arī šī vieta jātur konfidenciāla.",
        "A confidential place has this address, so this place has to be confidential too.",
    ),
    "shared_by_public_place": (
        "Šajā adresē ir cita publicēta vieta: {names}. Padariet konfidenciālu arī to.",
        "Another published place has this address: {names}. Make it confidential too.",
    ),
    "kept_confidential": (
        "Te sniedz pakalpojumu, kura adresi nepublicē, tāpēc rādīs tikai pašvaldību.",
        "A service given here is of a kind whose address is not published, so only the municipality will be shown.",
    ),
    "makes_confidential": (
        "Šāda pakalpojuma adresi nepublicē, tāpēc no vietas „{name}” turpmāk rādīs tikai pašvaldību.",
        "The address of such a service is not published, so of the place “{name}” only the municipality will be shown.",
    ),
    "reveals_address": (
        "Tekstā ir adrese, ko nepublicē: „{found}”.",
        "The text holds an address that is confidential: “{found}”.",
    ),
    "reveals_phone": (
        "Tekstā ir tālruņa numurs, ko nepublicē: „{found}”.",
        "The text holds a telephone number that is confidential: “{found}”.",
    ),
    "person_shaped_email": (
        "Šī izskatās pēc personas adreses. Norādiet funkcionālu vai atzīmējiet, ka organizācija to izvēlējusies.",
        "This looks like a person's address. Publish a functional one, or say that the organisation chose it.",
    ),
    "fixed": (
        "Publicētam ierakstam šo vērtību vairs nemaina.",
        "Once a record is published, this value stays as it is.",
    ),
    "taken": ("Šāda vērtība jau ir citam ierakstam.", "Another record already has this value."),
    "newer_format": (
        "Šo versiju saglabājusi jaunāka Kopā (formāts {format}).",
        "This revision was kept by a newer version of Kopā (format {format}).",
    ),
    "no_such_draft": ("Tāda melnraksta nav.", "There is no such draft."),
    "no_such_revision": ("Tādas versijas nav.", "There is no such revision."),
    "not_in_this_state": (
        "Ar melnrakstu tagad tā rīkoties nevar: tā stāvoklis ir „{state}”.",
        "This cannot be done with the draft now: it is “{state}”.",
    ),
    "saved_meanwhile": (
        "Melnraksts pa to laiku ir mainīts. Atveriet to no jauna.",
        "The draft was changed meanwhile. Open it again.",
    ),
    "not_its_base": (
        "Šī nav ieraksta versija, no kuras varētu sākt.",
        "This is no revision of the record to start from.",
    ),
    "edited_meanwhile": (
        "Kamēr rakstījāt, šo lauku mainīja kāds cits. Publicēts: „{theirs}”; jūsu: „{ours}”.",
        "Somebody else changed this field while you wrote. Published: “{theirs}”; yours: “{ours}”.",
    ),
    "withdrawn_meanwhile": (
        "Ieraksts pa to laiku ir noņemts no publiskās daļas. Vispirms to atjaunojiet.",
        "The record was withdrawn meanwhile. Restore it first.",
    ),
    "not_withdrawn": ("Atjaunot var tikai noņemtu ierakstu.", "Only a withdrawn record can be restored."),
    "gone": (
        "{name} vairs nav publicēts, tāpēc atsauce uz to ir izlaista.",
        "{name} is not published any more, so the reference to it was left out.",
    ),
    "not_in_the_future": ("Šī diena vēl nav pienākusi.", "This day is still to come."),
    "not_signed_in": (
        "Vispirms pieslēdzieties vai sūtiet API marķieri.",
        "Sign in first, or send an API token.",
    ),
    "hour_has_passed": ("Norādiet laiku nākotnē.", "Give a time in the future."),
    "not_an_organisation": (
        "Apvienot var tikai divas dažādas publicētas organizācijas.",
        "Only two different published organisations can be merged.",
    ),
    "links_the_two": (
        "Šī sadarbība saista abas organizācijas, ko apvienojat. Izvēlieties noņemt arī to.",
        "This link is between the two organisations that you merge. Choose to withdraw it too.",
    ),
    "not_merged": ("Šis ieraksts nav apvienots ar citu.", "This record is not merged with another."),
    "nothing_to_undo": (
        "Šajā kopā vairs nav nekā, ko atcelt.",
        "Nothing of this set is left to be undone.",
    ),
    "edited_after_the_set": (
        "Ieraksts pēc tam ir mainīts, tāpēc to vairs nevar noņemt kopā ar pārējiem.",
        "The record was changed since, so it cannot leave with the others any more.",
    ),
    "edited_since": (
        "{names} pēc apvienošanas ir mainīts, tāpēc to vairs nevar atsaukt.",
        "{names} was changed after the merge, so it cannot be taken back any more.",
    ),
    "has_dependents": (
        "Uz šo ierakstu atsaucas citi publicēti ieraksti: {names}.",
        "Other published records refer to this one: {names}.",
    ),
    "no_such_record": ("Tāda publicēta ieraksta nav.", "There is no such published record."),
    "wrong_side": (
        "Par šo pusi var apstiprināt tikai tā pati (vai redaktors, norādot avotu).",
        "Only this side itself (or an editor, with a source) can speak for it.",
    ),
    "not_a_link": ("Apstiprināt var tikai sadarbību.", "Only a cooperation link can be confirmed."),
    "not_a_service": ("Brīvās vietas norāda tikai pakalpojumam.", "Only a service has free places."),
    "not_allowed": ("Jums nav tiesību to darīt.", "You are not allowed to do this."),
    "field_not_allowed": ("Jums nav tiesību mainīt šo lauku.", "You are not allowed to change this field."),
    "field_not_seen": (
        "Pēc šī lauka nevar ne atlasīt, ne kārtot.",
        "This field is none to filter or sort by.",
    ),
    "four_eyes": (
        "To publicē kāds cits, nevis autors: vajadzīgs otra cilvēka apstiprinājums.",
        "Somebody else than the author publishes this: a second person has to approve it.",
    ),
    "no_such_webhook": ("Tāda tīmekļa āķa nav.", "There is no such webhook."),
    "too_short_to_redact": (
        "Dzēšamajam tekstam jābūt vismaz {least} rakstzīmes garam, citādi no ierakstiem pazustu arī cits.",
        "What is redacted has to be {least} characters long at least, or other words would go with it.",
    ),
    "says_what_is_redacted": (
        "Pamatojumā nedrīkst būt tas, ko dzēš.",
        "The reason must not hold what is redacted.",
    ),
    "broken_rule": ("Ieraksts neatbilst noteikumam „{rule}”.", "The record breaks the rule “{rule}”."),
    "not_in_order": ("Beigas nevar būt pirms sākuma.", "The end cannot be before the start."),
    "cooperation_link_sides": ("Sadarbībai vajag divus dažādus dalībniekus.", "A link needs two different parties."),
    "amount_not_negative": ("Summa nevar būt negatīva.", "An amount cannot be negative."),
    "amount_with_currency": (
        "Summu un valūtu norāda kopā.",
        "An amount and its currency are given together.",
    ),
    "location_point": ("Garumu un platumu norāda kopā.", "Longitude and latitude are given together."),
    "region_point": ("Garumu un platumu norāda kopā.", "Longitude and latitude are given together."),
    "not_in_itself": ("Ieraksts nevar būt pats sev virs galvas.", "A record cannot stand above itself."),
    "region_former": (
        "Bijušai vienībai (un tikai tai) norāda, kas tā bija.",
        "A former unit, and only that, says what it was.",
    ),
    "region_former_kind": ("Norādiet, kas vienība bija agrāk.", "Say what the unit was before."),
    "region_former_ended": ("Bijušai vienībai norāda pēdējo dienu.", "A former unit has a last day."),
    "region_succession_unchanged": (
        "Nemainīta vienība ir pati sev pēctece, citas nav.",
        "An unchanged unit succeeds itself; no other does.",
    ),
    "region_succession_part": (
        "Sadalītai vienībai norāda, kura daļa pārgāja.",
        "A split unit says which part came over.",
    ),
    "organisation_unit": ("Struktūrvienībai norāda, kā tā ir daļa.", "A unit says of which organisation it is a part."),
    "organisation_identifier_registration_number": (
        "Reģistrācijas numurā ir 11 ciparu.",
        "A registration number has 11 digits.",
    ),
    "service_ages": ("Mazākais vecums nevar pārsniegt lielāko.", "The youngest age cannot exceed the oldest."),
    "service_register": ("Norādiet reģistra numuru.", "Give the number in the register."),
    "service_schedule_hours": ("Beigu laikam vajag arī sākuma laiku.", "A closing time needs an opening time."),
    "service_schedule_period": ("Beigas nevar būt pirms sākuma.", "The end cannot be before the start."),
    "agreement_contract_number": ("Līgumam vajag numuru.", "A contract needs a number."),
    "agreement_unit": ("Norādiet, par kādu vienību ir cena.", "Say which unit the price is for."),
    "event_end": ("Beigām vajag arī sākumu.", "An end needs a start."),
    "event_start_time": ("Laikam vajag arī datumu.", "A time needs a date."),
    "need_waiting_not_few": ("Norādiet 0 vai vismaz 5.", "Give 0, or 5 at least."),
    "need_fewer_than_five": (
        "Norādiet vai nu skaitu, vai to, ka gaida mazāk par pieciem.",
        "Give either a number or that fewer than five wait.",
    ),
    "location_confidential": (
        "Konfidenciālai vietai publicē tikai pašvaldību.",
        "Of a confidential place only the municipality is published.",
    ),
    "figure_subject": ("Skaitlis ir par tieši vienu ierakstu.", "A figure is about exactly one record."),
}
"""By code: the sentence in Latvian, the sentence in English."""


def problem(code: str, path: tuple[str | int, ...] = (), /, **values: object) -> Problem:
    """A problem at a place, in words; `values` fill the gaps of its sentence."""
    lv, en = MESSAGES[code]
    shown = {name: _shown(value) for name, value in values.items()}
    steps = tuple(step if isinstance(step, int) else _shown(step) for step in path)
    return Problem(code, steps, {"lv": lv.format(**shown), "en": en.format(**shown)})


def refuse(problems: Iterable[Problem]) -> None:
    """Raise InputError if there are any; each place is told the first, as what does not read breaks other rules too."""
    first: dict[object, Problem] = {}
    for broken in problems:
        first.setdefault(broken.path, broken)
    if first:
        raise InputError(list(first.values()))


def _shown(value: object) -> str:
    """What somebody sent, in a form that can be sent back: half letters cannot be encoded, a megabyte not read."""
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return text.encode("utf-8", "backslashreplace").decode()
