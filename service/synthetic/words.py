"""Made-up words that look Latvian, and the names built from them."""

from __future__ import annotations

from service.synthetic.chance import Chance

STARTS: tuple[str, ...] = (
    *"bdgklmnprstvz",
    *("ā", "ē", "ī", "ū", "č", "ģ", "ķ", "ļ", "ņ", "š", "ž", "a", "e", "i", "u"),
    *("br", "dr", "gr", "kl", "kr", "pl", "sk", "sm", "st", "sv", "šķ", "tr", "zv"),
)
VOWELS = ("a", "ā", "e", "ē", "i", "ī", "o", "u", "ū", "ai", "au", "ei", "ie")
MIDDLES: tuple[str, ...] = (
    *("b", "d", "ģ", "k", "ķ", "l", "ļ", "m", "n", "ņ", "r", "s", "š", "t", "v", "z", "ž", "č"),
    *("lb", "ld", "lm", "lt", "mp", "nd", "rk", "rv", "rž", "sk", "st", "šņ", "vr"),
)
ENDS: tuple[str, ...] = (
    *("a", "ā", "e", "ē", "is", "ī", "iņš", "ums", "ene"),
    *("ājs", "nieki", "oņa", "ūne", "utis", "š", "ūdži", "aiņi", "ū"),
)
NOT_VOWELS = tuple(start for start in STARTS if start[-1] not in "aāeēiīuū")
COMPANIONS: tuple[str, ...] = (
    *("cerība", "durvis", "dārzs", "gaisma", "kopā", "ligzda"),
    *("māja", "plecs", "sirds", "spārni", "tilts", "zeme"),
)
AIMS = ("atbalsta biedrība", "fonds", "ģimenēm", "jauniešu telpa", "kopiena", "palīdzības tīkls", "senioru klubs")
ENGLISH = ("Bridge of {}", "Foundation for {}", "Friends of {}", "Helping Hands {}", "House of {}", "Open Doors {}")
QUOTES = ('"{}"', '"{}"', '"{}"', "„{}”", "“{}”", "«{}»", "{}")


def made_up(chance: Chance) -> str:
    """A word in small letters: `ķēlavnieki`, `ūbraņa`."""
    start = chance.one(STARTS)
    word: str = start + (chance.one(VOWELS) if start in NOT_VOWELS else "")
    for _ in range(chance.between(0, 1)):
        word += chance.one(MIDDLES) + chance.one(VOWELS)
    return word + chance.one(MIDDLES) + chance.one(ENDS)


def title(chance: Chance) -> str:
    """What stands between the quotation marks. After a made-up word no capital follows, as in a person's name."""
    word = capital(made_up(chance))
    share = chance.share()
    if share < 0.5:
        return word
    if share < 0.7:
        return f"{word} {chance.one(COMPANIONS)}"
    if share < 0.9:
        return f"{word} – {chance.one(AIMS)}"
    return chance.one(ENGLISH).format(word)


def quoted(chance: Chance, text: str) -> str:
    return chance.one(QUOTES).format(text)


def capital(word: str) -> str:
    return word[0].upper() + word[1:]
