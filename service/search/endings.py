"""Endings of Latvian words, folded: of nouns, adjectives, verbs and participles."""

from __future__ import annotations

import re

from service.search.roots import FIFTH, NOT_COMPARED, NOUN_ROOTS, PREFIXES

_ROOT = "[^aeiou]*[aeiou].*?[^aeiou]"
"""A root has a vowel and ends in a consonant; the shortest one is tried first, so the longest ending goes."""

_INDEFINITE = "s|a|am|ai|as|u|us|i|ie|iem|o|os|ais"
_ADJECTIVE = f"(?:{_INDEFINITE}|aja|ajam|ajai|ajas|aji|ajie|ajiem|ajos)"
_NOUN = f"{_ADJECTIVE}|e|es|em|ei|is|im|um|ies|ij"
_PERSON = "(?:u|i|a|am|at|os|ies|as|amies|amas|aties)"
_GERUND = "dam(?:s|a|i|as|ies)|san(?:a|as|ai|u|am|os)"

_AFTER_VOWEL = "|".join(
    (
        f"(?<=[aeo])j|j(?:{_PERSON}|ai|is|iet|ieties)",  # strādāju, strādājis, strādājiet
        f"j(?:os|am|us){_ADJECTIVE}",  # strādājošs, strādājams, strādājuši
        "jot(?:ies)?|jusies",
        f"t(?:ies|os)?|t(?:{_INDEFINITE})",  # strādāt, strādāts; -tajam is rather a strādātājs
        "s(?:im|it|iet|os|imies|ieties|oties|ot)",  # strādāsim
        "(?<=[eio])s(?:u|i|ies)",  # darīšu, darīsi, darīsies
        _GERUND,
    )
)

_AFTER_CONSONANT = "|".join(
    (
        f"(?:os|am|us){_ADJECTIVE}",  # nākošs, lasāms, nākuši
        "ot(?:ies)?|usies|amies|amas|aties|iet(?:ies)?",
        "s(?:im|iet|imies|ieties|oties|ot|ies)",
        "(?<=[kgpbm])s(?:u|i)",  # sākšu, sāksi
        "(?<=[kgpb])t(?:ies|os|u)?|(?<=[zmrln])t(?:ies)?|(?<=s)ties",  # nākt, nesties
        f"(?<=[kgpb])t{_ADJECTIVE}",  # sniegts
        _GERUND,
    )
)

NOMINAL = re.compile(f"^({_ROOT}|[^aeiou]{{2,}}|..*?[aeiou])(?:{_NOUN})$")
THEMED = re.compile(f"^({_ROOT}|[^aeiou]{{3,}})([aeio])(?:{_AFTER_VOWEL})$")
"""A verb with the vowel of its conjugation."""

PLAIN = re.compile(f"^({_ROOT})(?:{_AFTER_CONSONANT})$")
"""A verb without one."""

PASSIVE_PARTICIPLE = re.compile(f"^({_ROOT})t{_ADJECTIVE}$")
PARTICIPLE_OR_INFINITIVE = re.compile(f"^(?!{_ROOT}[aeio]sot)(.{{2,}}[^aeiouj])ot(?:ies)?$")
"""Strādājot is a participle; lietot is not, lasot is. The consonant before tells more often than not."""

FIRST_OR_THIRD = re.compile("(?:in|em|er|id|st|sk|dz|g|k|p|b)$")
"""What roots of the first and third conjugation end in."""

COMPARED = re.compile(f"^(?:vis)?({_ROOT})ak{_ADJECTIVE}?$")
UNCOMPARED = re.compile(f"^(?:ne|ja)?(?:{'|'.join(PREFIXES)})?(?:{'|'.join(NOT_COMPARED)})")
AGENT = re.compile(f"^({_ROOT}[aeio]taj)(?:s|a|am|u|i|ai|as|iem|us|os)$")
"""Who does something: vadītāji; a participle that ends so (vadītajam) is rarer."""

WOMAN = re.compile("^(.{2,}n)iec(?:e|es|ei|i|em|u)$")
"""Darbiniece, beside darbinieks."""

NOT_VERBAL = re.compile(f"^(.*(?:{'|'.join(NOUN_ROOTS)}))(?:{_NOUN})$")
FIFTH_DECLENSION = re.compile(f"^(.*(?:{'|'.join(FIFTH)}))(?:e|es|ei|em|i)$")

BE = re.compile(
    "(?:ne)?(?:esmu|esi|ir|esam|esat|esot|bij(?:a|am|at|i|is|u|us.*)?|bus(?:i|im|iet|ot|u|an.*)?|esiet|but|butu|butos|budam(?:s|a|i|as))$"
)
"""To be."""

OUGHT = re.compile("^ja(?=(?:(?![aeioujvn])|no|at|uz|ap|ie|iz|aiz).{5,}$)")
"""The debitive jā-; with fewer letters only before known roots."""

SAY = re.compile(
    "(?:ne|ja)?((?:pa|at|no|pie)?sa)(?:k(?:a|u|i|am|at|iet|ot|am(?:s|a|o|ais|i|ie|as|u))|ci(?:j(?!um).+|t.*|s.+|dam.+|san.+))$"
)
"""To say; all else that has this root begins."""

GO = re.compile(
    f"(?:ja|ne)?({'|'.join(PREFIXES)})?(?:iet(?:u|ies)?|ej(?:|u|am|at|iet|ot|os{_ADJECTIVE}|am{_ADJECTIVE})|gaj(?!ej|ien|put).+|ies(?:u|i|im|iet|ot|an.+)?)$"
)
"""To go, with a prefix; a pieeja is a noun."""

TAKE = re.compile(f"(?:ja|ne)?((?:{'|'.join(PREFIXES)})nem)(?:s|am|at|u|as)?$")
"""To take, with a prefix: what ends like a noun of the fifth declension, and is none."""

NO_ROOT = re.compile(f"^(?:{'|'.join(PREFIXES)})?[^aeiou]{{0,2}}$")
"""A prefix with next to nothing after it."""
