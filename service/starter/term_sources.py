"""Where each term comes from, read off the columns `evidence`, `register_names`, `scheme` and `status`.

In `evidence`, R is the register of providers, M the regulations of a municipality, and a number such as 004 one
of the five documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.starter.drafting import Content, evidence
from service.starter.files import Row

DOCUMENTS = {
    "000": "sos-seminar-2013",
    "001": "vidzeme-discussion-2010",
    "002": "regional-meetings-2021",
    "003": "sos-concept-2012",
    "004": "sos-project-2022",
}

MARKS = {
    r"likumi\.lv 68488": "social-services-law",
    r"\bR\b": "provider-register",
    r"\bM\b": "municipal-regulations",
    r"24-TA-2668": "tap-24-ta-2668",
    r"22-TA-2003": "tap-22-ta-2003",
    r"MK 355/2018": "cabinet-355-2018",
    r"support centres": "support-centre-list",
    r"^municipal regulations$": "riga-regulations",
    r"\bseed$": DOCUMENTS["002"],
    **{rf"\b{number}\b": source for number, source in DOCUMENTS.items()},
}
"""What stands in `evidence` for each source."""

SAYS = {
    "social-services-law": ("Likums nosauc vai skaidro šo pakalpojumu.", "The law names or explains this service."),
    "provider-register": ("Tā to sauc reģistrā.", "So it is called in the register."),
    "icnpo": ("ICNPO grupa.", "A group of ICNPO."),
    "kopa-taxonomies": (
        "Nosaukums un skaidrojums pēc vispārīgām zināšanām.",
        "Name and definition by general knowledge.",
    ),
}
REGULATIONS = frozenset(
    {"municipal-regulations", "riga-regulations", "cabinet-355-2018", "tap-24-ta-2668", "tap-22-ta-2003"}
)
REGULATED = "Noteikumos ir šāds pakalpojums.", "The regulations have such a service."
MENTIONED = "Dokumentā par to ir runa.", "The document tells of it."

FIELD_DOCUMENTS = {
    "lblt-alternative-care": ("004",),
    "lblt-family-policy": ("000",),
    "lblt-child-rights": ("002", "004"),
    "lblt-family-strengthening": ("000", "003"),
    "lblt-social-work": ("002", "004"),
    "lblt-community": ("002",),
}

LAWS = {
    "SPSPL": "Sociālo pakalpojumu un sociālās palīdzības likums",
    "MK 338/2017": "Ministru kabineta noteikumi Nr. 338 (2017)",
    "MK 355/2018": "Ministru kabineta noteikumi Nr. 355 (2018)",
    "municipal regulations (Rīga)": "Rīgas pašvaldības saistošie noteikumi",
    "municipal regulations": "pašvaldību saistošie noteikumi",
    "(10.1.; children section)": "10.1. p.",
}


def category_evidence(row: Row) -> Iterator[Content]:
    general = row["status"] != "verified"
    sources = [source for mark, source in MARKS.items() if re.search(mark, row["evidence"])]
    for source in dict.fromkeys(sources or ["kopa-taxonomies"]):
        yield _of(source, inferred=general)
    if legal_basis(row["legal_basis"]):
        says = "Tiesiskais pamats, kā to norāda redakcija.", "The legal basis as the editors give it."
        guessed = general or "general" in row["legal_basis"]
        yield evidence("kopa-taxonomies", *says, field="legal_basis", inferred=guessed)
    if row["open_eligibility"]:
        says = "Atbilstību noteikusi redakcija.", "The editors chose what it corresponds to."
        yield evidence("open-eligibility", *says, field="mappings", inferred=True)


def group_evidence(row: Row) -> Iterator[Content]:
    names, general = row["register_names"], row["status"] != "verified"
    documents = [source for number, source in DOCUMENTS.items() if number in names]
    if names == "(seeds)":
        documents = [DOCUMENTS["000"]]
    register = [] if names == "-" or documents else ["provider-register"]
    for source in documents or register or ["kopa-taxonomies"]:
        yield _of(source, inferred=general)


def field_evidence(row: Row) -> Iterator[Content]:
    general = row["status"] != "verified"
    documents = [DOCUMENTS[number] for number in FIELD_DOCUMENTS.get(row["slug"], ())]
    for source in documents or ["icnpo" if row["scheme"] == "ICNPO" else "kopa-taxonomies"]:
        yield _of(source, inferred=general)


def legal_basis(written: str) -> str | None:
    """The law in words; None where the column only says that it is general knowledge."""
    if written == "general" or written.startswith(("seed", "MK regs")):
        return None
    text = written.removesuffix(" (general)")
    for short, full in LAWS.items():
        text = text.replace(short, full)
    return re.sub(r"(likums|\(\d{4}\)) (\d)", r"\1, \2", text)


def _of(source: str, *, inferred: bool) -> Content:
    lv, en = SAYS.get(source, REGULATED if source in REGULATIONS else MENTIONED)
    return evidence(source, lv, en, inferred=inferred)
