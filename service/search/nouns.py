"""Nouns and adjectives that a verb, or another word, would swallow: what they decline is theirs, else it is the verb's.

Ziņas and zināt have one root, as have vārds and varde, gaiss and gaišs. Everything here is folded.
"""

from __future__ import annotations

from collections.abc import Iterator

_CASES = {
    "first": "s a am u i iem us os",
    "first_but_verbal": "s iem us",
    "second": "is a im i u iem us os ja ju ji jiem jus jos",
    "fourth": "a as ai u am",
    "fifth": "e es ei em i u ju",
    "fifth_but_i": "e es ei em",
    "sixth": "s i u is im ij",
    "definite": "s a i ais ie o aja ajam ajai ajas ajiem ajos",
    "positive": "s a am ai as u us i ie iem o os ais aja ajam ajai ajas aji ajiem ajos",
    "compared": """
        ak aks aka akas aki aku ako akais akie akajam akajai akajiem akajas akaja akajos akam akiem akos
    """,
}
"""Endings by declension; some without those that are rather a verb's, or another noun's."""

_CASES["adjective"] = _CASES["positive"] + _CASES["compared"]

_SOFTENED = {"second": "a u i iem us os", "fifth": "u", "sixth": "u"}
"""Endings before which a t or d becomes a sibilant: brīža, iestāžu, nakšu."""

_SIBILANT = {"t": "s", "d": "z"}

_ROOTS = {
    "first": """
        aprakst aprekin apskat atbalst atstat attel aug bern berz cel darb dum gad gais gal groz ierakst ieskat
        iespaid ievad izskat jok jum kalp kap kar kaun klaj kompleks krum kurs ledaj log lok mak medij mer mitin
        nodom padom pamat parad parakst paraug parskat piemer pien prat proces progres protest pul rakst rakstur
        rik risk rit saimniek san saprat sarakst sarg sastav satur seks sezam skait skat skupst smaid snieg sod
        spek sport stad start stast stat status strid svar tel termin terp tev trauk uzrakst uzskat uzsvar uztur
        vak vard veid vir zied zirg zvan
    """,
    "first_but_verbal": "aizsarg mac rad vad",
    "second": """
        audzekn brid jan lic lik menes merk parstav puk sapn sol stur tiesnes
    """,
    "fourth": """
        alg apmain apzin atlauj atmin atsleg atzin balv baud beig cen cin dal dej dom dus dzej ek elp film galv
        gars iedal ieej iekart iemaks iespej ieziem izcin izdom izej izjut izmain izmaks izrun izskan izzin jur
        kap kart kin klud kop kras laim lav liet lug main maks mark mas min mok muzik nodal nodev nomain nor
        norun nostaj pardom pastaig pazin peln piedev pieej piemin plaukst politik prieks put ras regul reklam
        rotal run rut sadal sajut sal samaks sarun saskan saun sazin seg sej sek skan smarz steig sun tak teik
        ties tums uzrun uzvar uzzin vain var viln zin
    """,
    "fifth": """
        adres analiz apguv aprit aprup apstrad atbild atlas atver atzim bild central dreb gaz iegad ieguv iestad
        ietekm interes ir izlas izpild izstad izstrad izveid izvel kas ked klas kontrol maltit meiten mel minut
        nav nogaz norad nozim paaudz padev pakap parbaud pavel pieg piegad pieredz piesaist piezim prec pus redz
        rup sap sed sekm sen slep spel uztver vizit zal zim
    """,
    "fifth_but_i": """
        atsauc audz baz bit dzil fotograf iecer las mat palidz parad parstav pas pedagog peld pil sveic taisn
        tal tur velt vest vil vin
    """,
    "sixth": "ac aus bals nakt",
    "definite": "liek",
    "positive": "vec vel",
    "adjective": """
        agr bagat biez cies ciet cit dziv gatav is isten jauk jebkad jebkur klus konkret lab let maz mil plan
        preciz privat publisk rados ram sad saulain skaidr skumj slapj slikt stav trak
    """,
}

_INDECLINABLE = "auto foto kino radio video"


def _forms() -> Iterator[tuple[str, str]]:
    yield from ((word, word) for word in _INDECLINABLE.split())
    for declension, roots in _ROOTS.items():
        for root in roots.split():
            yield from ((root + case, root) for case in _CASES[declension].split())
            yield from ((f"{root[:-1]}{soft}{case}", root) for soft, case in _softened(root, declension))
            if declension == "adjective":
                yield from ((f"vis{root}{case}", root) for case in _CASES["compared"].split())


def _softened(root: str, declension: str) -> Iterator[tuple[str, str]]:
    if sibilant := _SIBILANT.get(root[-1]):
        yield from ((sibilant, case) for case in _SOFTENED.get(declension, "").split())


APART = {form: f"{root}'" for form, root in _forms()}
"""Forms with their stems, which no other word has."""
