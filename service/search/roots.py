"""The words that Latvian rules of endings get wrong: irregular verbs, and what must not be taken for an inflected form.

Everything here is folded: small letters without diacritics.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PREFIXES = ("aiz", "ap", "at", "ie", "iz", "no", "par", "pa", "pie", "sa", "uz")
"""What a verb may begin with; its root stays the same."""

VOWELLESS = _set("sak")
"""Roots that look like a prefix with nothing after it, and are none."""

PRESENT_WITHOUT_VOWEL = _set(
    """
    cer dar der dzied dzird gaid grib gul ien ier klaus klus kust las lask mac main mekl min palidz peld perk
    rakst raud redz sap sed skat spid stav tic tur vajadz var zin
    """
)
"""Verbs of the third conjugation: the vowel of the infinitive is not in the present (redzēt, redz)."""

WITH_THEME = _set("dom gad run sarun")
"""Verbs that a noun would swallow without their vowel: domāt and doma, gādāt and gads."""

_SHIFTING = """
    atrod: atrad atras
    aug: audz
    beg: bedz
    beig: beidz
    brauk: brauc
    dod: dev do dos dosan dot
    dzim: dzimst
    gu: gust gut guv
    ierod: ierad ieras
    iet: gaj ies
    izprot: izprat
    jut: jus just juz
    klaj: klasan klat klas
    klu: klusan klust klut kluv
    lauj: laus laut lav
    lauz: laus
    lik: liec liek
    lug: ludz
    met: mes mest
    mir: mirst
    nak: nac
    pirk: perk
    rod: ras rasan
    saprot: saprat sapras sapro saprast
    sauk: sauc
    sleg: sledz
    snieg: sniedz
    spej: spe spes spet
    spied: spies
    staj: stasan stat stas
    teik: teic
    tik: tiec tiek
    trauk: trauc
    truk: truc trukst
    veik: veic
    vilk: velc velk
"""
"""Verbs whose root changes: the root they get, and the others."""


def _roots() -> dict[str, str]:
    rows = [line.split(":") for line in _SHIFTING.strip().splitlines()]
    return {root.strip(): one.strip() for one, others in rows for root in (one, *others.split())}


ROOTS = _roots()

PASSIVE = _set("ar cel cir dzer dzim kal ker kul mal mir nem tver ver zin")
"""Roots that the participle -ts follows at once; after other liquids a t belongs to a noun (karte, vārti)."""

_THEMED = {
    "a": """
    aizsarg iedom jaut mazg nogad pajaut parakn parrun parun pasarg piedav rakn saglab staig strad vaic valk
    """,
    "e": """
    apmekl aprit cikst eksist funkcion iemil iemur iepukst inform invest izol kait konkur konstat mekl nofilm
    nofotograf noknips noslid novel novert organiz prezent public pukst realiz reklam sekm slid smek sudz vert
    """,
    "i": """
    aizpild apsol atbalst atbid atdal attist atvad baid balst baud gaid iesaist izbaud izklaus izlob izrad
    izrais izstast izvair izvirz klaus laup noguld noraid noskupst nosut paklan pakrat paman parad pasmaid
    pastast pavad piedal piepild piepras piesaist pieskait piezvan pras rais raust sagaid saist sasild skupst
    smaid stad tais trap virz
    """,
    "o": """
    apbalv apciem apgalv apluk aprik apvain apvien atjaun atkart attaisn atvain ierik iever izmant klej noskaidr
    parviet paskaidr pazin piedziv pielag pievien sakart uzlab
    """,
}
"""Verbs of which some forms end right after the root, by the vowel that the others have: strādā, strādāt."""

THEMED = {root: root + vowel for vowel, known in _THEMED.items() for root in known.split()}

UNCHANGING = _set(
    """
    ar ari bet bez citadi del jau jeb ka kad kadel kapec kopa kops kur lidz loti nevis no par parak pat pec pie
    pirms pret preti reiz savukart sen starp tacu tad tadel tagad tapec tatad te tiesi tikai tomer tur turklat
    turpmak un uz vai vairs vel velak virs vis zem caur
    """
)
"""Particles, adverbs, prepositions: nothing inflected shares their stem (zem and zeme, tieši and tiesa)."""

_PRONOUNS = """
    es: mani man manim manis
    jus: jums jusu
    kas: kam ko
    mes: mums mus musu
    sis: sa sai saja sajas sajos si sie siem sim so sos
    tas: ta tai taja tajas tajos tam tie tiem to tos
    tu: tev tevi tevim tevis
"""


def _pronouns() -> dict[str, str]:
    rows = [line.split(":") for line in _PRONOUNS.strip().splitlines()]
    return {form: one.strip() for one, others in rows for form in (one.strip(), *others.split())}


PRONOUNS = _pronouns()

FIFTH = ["dom", "dziv", "izrad", "kart", "mat", "med", "skat", "vald", "vid", "zem"]
"""Nouns in -e that would meet another word without it: dzīve and dzīvs, dome and doma, zeme and zems."""

NOUN_ROOTS = ("devej", "itat", "liepaj", "nemej", "pircej", "sniedzej")
"""Roots of nouns that end like a form of a verb: sniedzēja, invaliditāti, Liepāju."""

SOFT_NOUNS = {"briz": "brid", "iestaz": "iestad", "sirz": "sird"}
"""Nouns whose t or d a case turned into a sibilant."""

NOT_COMPARED = ("mak", "parak", "sak", "svetak", "vairak", "vecak", "velak")
"""What ends in -āk and is compared with nothing any more: vecāki are parents."""
