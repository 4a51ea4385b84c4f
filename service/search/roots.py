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

_THIRD = {
    "a": "dzied raud zin",
    "e": """
        atbild cer der dzird grib gul ien ier kust mekl min palidz peld perk redz sap sed skan spid stav tic tur vajadz
        var
    """,
    "i": "dar gaid ier klaus lask las mac main mekl rakst skait skat",
}
"""Verbs of the third conjugation: the vowel of the infinitive is not in the present (redzēt, redz)."""

THIRD = {vowel: _set(known) for vowel, known in _THIRD.items()}

PRESENT_WITHOUT_VOWEL = frozenset[str]().union(*THIRD.values())

_SHIFTING = """
    aizmirst: aizmir aizmirs aizmirsi
    atkl: atklaj atklasan atklat
    atrod: atrad atras atradi atrast
    atzit: atzin atzist atzis
    aug: audz
    beg: bedz
    beig: beidz
    brauk: brauc
    cel:
    ciet: cies ciesan
    dod: dev do dos dosan dot
    dzim: dzimst
    gu: gust gut guv
    ierod: ierad ieras ieradi
    ieklau: ieklauj ieklaut ieklav
    iepazit: iepazin iepazist iepazi
    ievies: ieviesan ieviest ieviez
    iet: ej gaj ies iesan
    jut: jus just juz
    klaj: klasan klat
    klu: klusan klust klut kluv
    lauj: la laus laut lav lausan
    laid: laiz laist lais laisan
    lauz: laus
    krit: krist krisan
    lik: lic liek lieka
    lug: ludz
    met: mes mest meti
    mir: mirst
    nak: nac
    nem:
    noved: novest novedi
    noverst: nover novers
    pamet: pamest pameti
    pazit: pazist pazis pazisan pazi
    piespied: piespiez piespiest piespiedi
    pievers: piever pieversi pieverst
    pirk: perk
    prot: pro prat prast prati
    rauj: rav raut rausan
    rod: ras rasan
    sast: sastap sastop
    sak: sac
    sauk: sauc
    sed: sez
    sit: sist sitis
    skit: skiet skist
    sleg: sledz
    snieg: sniedz
    spej: spe spes spet
    spied: spies
    staj: stasan stat stas
    teik: teic
    tik: tiek
    top: tap
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

PASSIVE = _set("ar cel cir dur dzer dzim kal ker kul lem mal mir nem skir stum tver ver zin")
"""Roots that the participle -ts follows at once; after other liquids a t belongs to a noun (karte, vārti)."""

_THEMED = {
    "a": """
        aizsarg apzin dom gad glab jaut maks mazg pasarg piedav rakn run staig strad vaic valk
    """,
    "e": """
        analiz apmekl aprit aprup atzim cikst eksist funkcion iemur ietekm inform invest izol kait konkur
        konstat mil nofilm nofotograf noknips nozim organiz prezent public pukst realiz reklam sekm slid smek
        spel sudz vert zaud
    """,
    "i": """
        apsol atbid attist baid balst baud cin dal groz izklaus izlob izvair laup lok mok noguld noraid paklan
        pakrat paman pieskait pild plat pras rais raust sagaid saist sasild skupst smaid sod stad stast sut
        tais trap vad velt virz zvan
    """,
    "o": """
        apciem apgalv apluk apsaimniek apvain apvien atjaun attaisn atvain bals balv briv dziv elp gatav iever
        isten izmant kart klej lid liet nodarb pamat parviet pazin pielag piemer pievien plan rik sek skaidr
        uzlab veid zied
    """,
}
"""Verbs of which some forms end right after the root, by the vowel that the others have: strādā, strādāt."""

IN_O = _set("cel kar lab maj nover prat slep sol ver vien")
"""Verbs in -ot of which most forms that end right after the root are another word's: ceļo and ceļš, vēro and vērts."""

THEMED = {root: root + vowel for vowel, known in _THEMED.items() for root in known.split()}

UNCHANGING = _set(
    """
    ar ari bet bez citadi del jau klat jeb ka kad kadel kapec kopa kops kur lidz loti nekad nevis no par parak pat pec
    pie pirms pret preti reiz savukart sen starp tacu tad tadel tagad tapec tatad te teju tiesi tikai tomer tur turklat
    turpmak un uz vai vairs vel velak virs virsu vis zem caur
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
    sav: savs sava savam savai savu sava savi savas saviem savam savus savos
    tu: tev tevi tevim tevis
    vin: vins vina vinam vinai vinu vini vinas viniem vinus vinos
"""


def _pronouns() -> dict[str, str]:
    rows = [line.split(":") for line in _PRONOUNS.strip().splitlines()]
    return {form: one.strip() for one, others in rows for form in (one.strip(), *others.split())}


PRONOUNS = _pronouns()

FIFTH = ["dom", "dziv", "izrad", "kart", "mat", "med", "skat", "vald", "vid", "zem"]
"""Nouns in -e that would meet another word without it: dzīve and dzīvs, dome and doma, zeme and zems."""

NOUN_ROOTS = (
    *("apaksej", "braucej", "devej", "gadej", "ieksej", "itat", "licej", "liepaj", "muzej", "nemej"),
    *("pircej", "prieksej", "pretej", "pusej", "reizej", "saucej", "sinej", "sniedzej", "starpej", "tagadej", "teicej"),
    *(
        f"^{root}"
        for root in ("arej", "augsej", "dalej", "galej", "kartej", "kopej", "parej", "pedej", "savej", "videj")
    ),
    *("^vietej", "^visparej", "^sakotnej", "^apkartej", "^musej", "^turpmakej"),
)
"""Roots of nouns and adjectives that end like a form of a verb: sniedzēja, invaliditāti, Liepāju, kopējā."""

SOFT_NOUNS = {"sirz": "sird"}
"""Nouns whose t or d a case turned into a sibilant."""

NOT_COMPARED = ("mak", "nak", "parak", "sak", "svetak", "vairak", "vecak", "velak")
"""What ends in -āk and is compared with nothing any more: vecāki are parents."""
