"""Nothing that ships is about a natural person, and nothing in it comes from somebody's machine."""

import re
from importlib.resources import files
from typing import Any

import pytest

from service.editing.revisions import Draft

CAPITAL, SMALL = "A-ZĀČĒĢĪĶĻŅŠŪŽ", "a-zāčēģīķļņšūž"
NAME = rf"[{CAPITAL}][{SMALL}]+ [{CAPITAL}][{SMALL}]+"

ROLES = "vadītāj direktor priekšsēdētāj locekl locekļ pētniec speciālist pārstāv ekspert prezident head director chair"
GIVEN = """
Aija Anita Anna Antra Baiba Dace Dzintra Elīna Evita Gunta Ilona Ilze Inese Inga Ināra Jana Kristīne Laura Lelde
Linda Līga Maija Marija Rita Sandra Santa Sarmīte Signe Solvita Una Velga Vija Vita Zane Aigars Aivars Andris
Andrejs Arnis Artūrs Dainis Edgars Gatis Guntis Ivars Jānis Juris Kārlis Kaspars Mareks Māris Mārtiņš Pēteris Raimonds
Uldis Valdis Viesturs
"""

PERSONAL = {
    "an e-mail address": r"@",
    "a telephone number": r"(?<![\w.-])(\+?371[ -]?)?[26]\d(?:[ -]?\d){6}(?![\w-])",
    "a personal code": r"(?<!\d)\d{6}-\d{5}(?!\d)",
    "the name of an office holder": rf"(?i:{'|'.join(ROLES.split())})[{SMALL}]* {NAME}",
    "a given name and a surname": rf"\b({'|'.join(GIVEN.split())}|[{CAPITAL}]\.) [{CAPITAL}][{SMALL}]+",
    "a path of a machine": r"(?<![\w/.])/(home|root|tmp|work|Users|var)/",
}


@pytest.mark.parametrize("what", PERSONAL)
def test_the_files_hold_nothing_personal(what: str) -> None:
    for file in (files("service.starter") / "data").iterdir():
        for line in file.read_text(encoding="utf-8").splitlines():
            assert not re.search(PERSONAL[what], _undated(line)), f"{what} in {file.name}"


@pytest.mark.parametrize("what", PERSONAL)
def test_the_records_hold_nothing_personal(starter: list[Draft], what: str) -> None:
    for item in starter:
        for text in _texts(item.content):
            assert not re.search(PERSONAL[what], _undated(text)), f"{what} in {item.noun} {item.id}"


def test_the_records_have_no_mailboxes_or_telephones(starter: list[Draft]) -> None:
    assert not any(item.content.keys() & {"email", "phone", "email_by_choice"} for item in starter)


def test_the_patterns_find_what_they_look_for() -> None:
    found = {
        "an e-mail address": "x@y.lv",
        "a telephone number": "tālr. 67 123 456",
        "a personal code": "010190-12345",
        "the name of an office holder": "dienesta vadītāja Testa Testiņa",
        "a given name and a surname": "Anna Testiņa",
        "a path of a machine": "file /home/me/x",
    }
    assert all(re.search(PERSONAL[what], text) for what, text in found.items())


def test_texts_are_short_words_of_our_own(starter: list[Draft]) -> None:
    said = [words["says"]["lv"] for item in starter for words in item.content.get("evidence", [])]
    assert max(len(text) for text in said if not text.startswith("Pakalpojums: ")) < 200


def _undated(text: str) -> str:
    return re.sub(r"\d{4}-\d\d(-\d\d)?", "", text)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [] if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value) else [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in inner for text in _texts(item)]
