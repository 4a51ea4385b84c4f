"""Each class of field: what it reads, what it makes of it, what it refuses, how it shows it."""

from __future__ import annotations

import ast
import sqlite3
import string
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service import models
from service.editing import messages
from service.editing.fields import LONGEST_KEY, LONGEST_LINE, LONGEST_TEXT, RULES, Refused, identifier, parse, show
from service.editing.messages import MESSAGES, problem
from service.editing.rules import all_checks, message_code
from service.models import fields as declared
from service.models.checks import field_checks
from service.models.rows import to_column
from service.models.shape import shape
from tests.editing.observing import FEW, JUNK
from tests.factories import everything, ident, values

MANY = settings(FEW, max_examples=200)
EDITING = Path(messages.__file__).parent

FIELDS: dict[str, Any] = {}
for _noun in models.NOUNS:
    FIELDS |= {f"{_noun}.{name}": field for name, field in shape(_noun).scalars.items()}
    for _part in shape(_noun).parts.values():
        FIELDS |= {f"{_part.table}.{name}": field for name, field in _part.scalars.items()}

READS = [
    ("organisation.name", "  Krīzes centrs ", {"lv": "Krīzes centrs"}),
    ("organisation.name", {"uk": "x", "en": "b", "lv": "a"}, {"lv": "a", "en": "b", "uk": "x"}),
    ("organisation.name", {"lv": "a", "en": " ", "ru": None}, {"lv": "a"}),
    ("organisation.name", "A\u0304da", {"lv": "Āda"}),
    ("organisation.description", "viens\r\ndivi", {"lv": "viens\ndivi"}),
    ("organisation.description", {"lv": " ", "en": ""}, None),
    ("source.title", " divas\n  rindas ", "divas rindas"),
    ("service.register_number", 1520, "1520"),
    ("service.register_number", "   ", None),
    ("organisation.website", "HTTPS://Example.LV/Ceļš?a=B", "https://example.lv/Ceļš?a=B"),
    ("organisation.website", "http://ādaži.lv:8080", "http://ādaži.lv:8080"),
    ("organisation.email", " Info@Example.ORG", "info@example.org"),
    ("organisation.phone", "67 000 000", "+37167000000"),
    ("organisation.phone", "+371 (67) 000-000", "+37167000000"),
    ("organisation.phone", "0037167000000", "+37167000000"),
    ("organisation.phone", 29123456, "+37129123456"),
    ("organisation.phone", "116 111", "116111"),
    ("project.currency", " eur ", "EUR"),
    ("project.starts_on", "2010", "2010"),
    ("project.starts_on", 2010, "2010"),
    ("project.starts_on", "2010-03", "2010-03"),
    ("project.starts_on", "03.2010", "2010-03"),
    ("project.starts_on", "26.3.2010.", "2010-03-26"),
    ("project.starts_on", "6. 3. 2010", "2010-03-06"),
    ("project.starts_on", "2012-02-29", "2012-02-29"),
    ("source.retrieved_on", "26.03.2010", "2010-03-26"),
    ("event.start_time", "9.00", "09:00"),
    ("event.start_time", "9:00", "09:00"),
    ("event.start_time", "23:59:00", "23:59"),
    ("organisation.sector", " NGO ", "ngo"),
    ("organisation.legal_form", "State-Institution", "state_institution"),
    ("organisation.legal_form", "state institution", "state_institution"),
    ("service.forms", "remote; residential,remote", ["residential", "remote"]),
    ("service.forms", ["remote", "residential", "remote"], ["residential", "remote"]),
    ("service.forms", [], []),
    ("service.languages", "lv, en\nru", ["en", "lv", "ru"]),
    ("service.languages", ["lv", " ", "en", "lv"], ["en", "lv"]),
    ("organisation.founded", "1 994", 1994),
    ("organisation.founded", 1994.0, 1994),
    ("service_capacity.value", "0", 0),
    ("project.amount_minor", "19 851,44", 1985144),
    ("project.amount_minor", "19851", 1985100),
    ("project.amount_minor", 1985144, 1985144),
    ("project.amount_minor", 1985144.0, 1985144),
    ("project_participation.share_percent", "92,07", "92.07"),
    ("project_participation.share_percent", 100, "100"),
    ("project_participation.share_percent", "92.070", "92.07"),
    ("figure.value", "1e3", "1000"),
    ("figure.value", "-0", "0"),
    ("figure.value", "12500.0000", "12500"),
    ("location.lon", "24,1051234567", 24.105123),
    ("location.lon", -180, -180.0),
    ("location.confidential", "Jā", True),
    ("location.confidential", "no", False),
    ("location.confidential", False, False),
]

REFUSES = [
    ("organisation.name", {"en": "only"}, "latvian_required"),
    ("organisation.name", {"lv": "a", "english": "b"}, "wrong_kind"),
    ("organisation.name", {"lv": 5}, "wrong_kind"),
    ("organisation.name", 5, "wrong_kind"),
    ("organisation.name", "a\x00b", "bad_characters"),
    ("organisation.name", "\ud800", "bad_characters"),
    ("organisation.name", "a\x9fb", "bad_characters"),
    ("organisation.name", "a" * (LONGEST_TEXT + 1), "too_long"),
    ("source.title", "a" * (LONGEST_LINE + 1), "too_long"),
    ("source.title", True, "wrong_kind"),
    ("source.title", 10**5000, "wrong_kind"),
    ("region.code", "a" * (LONGEST_KEY + 1), "too_long"),
    ("organisation_identifier.value", "a" * (LONGEST_KEY + 1), "too_long"),
    ("organisation.website", "ftp://example.org", "not_a_url"),
    ("organisation.website", "javascript:alert(1)", "not_a_url"),
    ("organisation.website", "http://.", "not_a_url"),
    ("organisation.website", "http://[::1", "not_a_url"),
    ("organisation.website", "http://example.org:99999", "not_a_url"),
    ("organisation.website", "http://user@example.org", "not_a_url"),
    ("organisation.website", "http://example.org/a b", "not_a_url"),
    ("organisation.email", "info@example", "not_an_email"),
    ("organisation.email", "Info <info@example.org>", "not_an_email"),
    ("organisation.phone", "12", "not_a_phone"),
    ("organisation.phone", "2٣٣٣٣٣٣٣", "not_a_phone"),
    ("organisation.phone", "+0123456789", "not_a_phone"),
    ("project.currency", "euro", "not_a_currency"),
    ("project.currency", "ßa", "not_a_currency"),
    ("project.starts_on", "2010-13", "not_a_date"),
    ("project.starts_on", "31.02.2010", "not_a_date"),
    ("project.starts_on", "0000", "not_a_date"),
    ("project.starts_on", "٢٠١٠", "not_a_date"),
    ("project.starts_on", "26/03/2010", "not_a_date"),
    ("source.retrieved_on", "2010-03", "not_a_day"),
    ("source.retrieved_on", "x", "not_a_date"),
    ("event.start_time", "24:00", "not_a_time"),
    ("event.start_time", "11:00:30", "not_a_time"),
    ("event.start_time", "11", "not_a_time"),
    ("organisation.sector", "public", "not_a_choice"),
    ("service.forms", ["residential", "x"], "not_a_choice"),
    ("service.forms", {"residential": True}, "wrong_kind"),
    ("service.languages", 5, "wrong_kind"),
    ("service.languages", [["lv"]], "wrong_kind"),
    ("organisation.founded", "many", "not_a_number"),
    ("organisation.founded", 1994.5, "not_a_number"),
    ("organisation.founded", True, "not_a_number"),
    ("organisation.founded", 10**5000, "not_a_number"),
    ("organisation.founded", "1e999999999", "not_a_number"),
    ("organisation.founded", 999, "too_small"),
    ("organisation.founded", 2201, "too_large"),
    ("event.attendance", 2**31, "too_large"),
    ("project.amount_minor", "1,005", "not_a_number"),
    ("project.amount_minor", 2**63, "not_a_number"),
    ("project.amount_minor", 0.5, "not_a_number"),
    ("project_participation.share_percent", "100.01", "too_large"),
    ("project_participation.share_percent", "-1", "too_small"),
    ("project_participation.share_percent", "1.005", "not_a_number"),
    ("figure.value", 10**14, "too_large"),
    ("figure.value", -(10**14), "too_small"),
    ("figure.value", float("nan"), "not_a_number"),
    ("location.lon", "181", "too_large"),
    ("location.lat", "-91", "too_small"),
    ("location.confidential", 1, "not_yes_or_no"),
    ("location.confidential", "maybe", "not_yes_or_no"),
]

SHOWS = [
    ("organisation.name", {"lv": "a", "en": "b"}, "a", "b"),
    ("organisation.name", {"lv": "a"}, "a", "a"),
    ("location.confidential", True, "jā", "yes"),
    ("location.confidential", False, "nē", "no"),
    ("project.amount_minor", 1985144, "19851,44", "19851.44"),
    ("project.amount_minor", 5, "0,05", "0.05"),
    ("project.amount_minor", -150, "-1,50", "-1.50"),
    ("project_participation.share_percent", "92.07", "92,07", "92.07"),
    ("project.starts_on", "2010-03-26", "26.03.2010", "2010-03-26"),
    ("project.starts_on", "2010-03", "03.2010", "2010-03"),
    ("source.retrieved_on", "2010-03-26", "26.03.2010", "2010-03-26"),
    ("service.forms", ["residential", "remote"], "residential, remote", "residential, remote"),
    ("event.attendance", None, "", ""),
]


def cases(rows: list[Any]) -> pytest.MarkDecorator:
    ids = [f"{number}-{row[0]}" for number, row in enumerate(rows)]
    return pytest.mark.parametrize(("name", "raw", "expected"), rows, ids=ids)


@cases(READS)
def test_what_people_and_programs_write_becomes_one_form(name: str, raw: Any, expected: Any) -> None:
    value = parse(FIELDS[name], raw)
    assert value == expected
    assert type(value) is type(expected)
    assert parse(FIELDS[name], value) == value


@cases(REFUSES)
def test_what_breaks_the_rule_is_refused_with_its_code(name: str, raw: Any, expected: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(FIELDS[name], raw)
    assert caught.value.problem.code == expected


@pytest.mark.parametrize(
    ("name", "value", "latvian", "english"), SHOWS, ids=[f"{number}-{row[0]}" for number, row in enumerate(SHOWS)]
)
def test_values_are_shown_as_people_read_them(name: str, value: Any, latvian: str, english: str) -> None:
    assert show(FIELDS[name], value) == latvian
    assert show(FIELDS[name], value, "en") == english


def test_every_class_of_field_has_its_rule_and_its_cases() -> None:
    classes = {type(field) for field in FIELDS.values()}
    unused = {declared.Paragraph}
    assert classes | unused == RULES.keys()
    assert {type(FIELDS[name]) for name, *_ in READS} == classes
    assert {type(FIELDS[name]) for name, *_ in REFUSES} == classes


def test_a_problem_within_a_text_names_the_language() -> None:
    for raw, path in (({"lv": "a", "en": "\x00"}, ("en",)), ({"en": "b"}, ("lv",)), ({"lv": 5}, ("lv",))):
        with pytest.raises(Refused) as caught:
            parse(FIELDS["organisation.name"], raw)
        assert caught.value.problem.path == path
        assert caught.value.at(0, "name").path == (0, "name", *path)


@MANY
@given(JUNK)
def test_whatever_is_written_gives_a_stable_value_or_is_refused(raw: Any) -> None:
    for name, field in FIELDS.items():
        with suppress(Refused):
            check_value(name, field, parse(field, raw))


@MANY
@given(st.sampled_from(list(FIELDS)).flatmap(lambda name: st.tuples(st.just(name), values(FIELDS[name]))))
def test_good_values_are_taken_kept_and_shown(given_value: tuple[str, Any]) -> None:
    name, raw = given_value
    field = FIELDS[name]
    value = parse(field, raw)
    check_value(name, field, value)
    for language in ("lv", "en"):
        shown = show(field, value, language)
        if not isinstance(field, declared.Text | declared.LineSet):
            assert (parse(field, shown) or []) == (value or [])


def check_value(name: str, field: Any, value: Any) -> None:
    """A value parses to itself, and its column on SQLite accepts it."""
    assert parse(field, value) == value, name
    column = name.partition(".")[2]
    for _, condition in field_checks(column, field, "sqlite"):
        if value is not None:
            row = MEMORY.execute(
                f'SELECT {condition} FROM (SELECT ? AS "{column}")', [to_column(field, value, "sqlite")]
            )
            assert row.fetchone()[0] != 0, (name, value, condition)


MEMORY = sqlite3.connect(":memory:", check_same_thread=False)


@MANY
@given(JUNK)
def test_ids_are_read_in_one_form(raw: Any) -> None:
    with suppress(Refused):
        assert identifier(identifier(raw)) == identifier(raw)


def test_ids_may_be_written_in_several_forms() -> None:
    id = ident("organisation")
    for raw in (id.upper(), id.replace("-", ""), f"urn:uuid:{id}", f"{{{id}}}"):
        assert identifier(raw) == id


def calls() -> Iterator[tuple[str, str, set[str | None]]]:
    """File, code and named values of each problem that the code tells of."""
    for file in EDITING.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("problem", "Refused"):
                first = node.args[0]
                for code in ast.walk(first):
                    if isinstance(code, ast.Constant) and "owner" not in str(code.value):
                        yield file.name, str(code.value), {keyword.arg for keyword in node.keywords}


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_code_has_a_sentence_in_both_languages_with_the_same_gaps() -> None:
    for code, (lv, en) in MESSAGES.items():
        assert lv.endswith("."), code
        assert en.endswith("."), code
        assert lv != en
        assert gaps(lv) == gaps(en), code


def test_every_problem_has_a_sentence_and_the_values_for_its_gaps() -> None:
    found = list(calls())
    assert len(found) > 40
    for file, code, given_values in found:
        assert code in MESSAGES, (file, code)
        assert gaps(MESSAGES[code][1]) <= given_values, (file, code)


def test_every_declared_constraint_has_a_sentence_of_its_own() -> None:
    checks = list(all_checks())
    assert len(checks) > 40
    for check in checks:
        assert message_code(check) != "broken_rule", check.name
        assert not gaps(MESSAGES[message_code(check)][1]), check.name


def test_no_sentence_is_left_over() -> None:
    used = {code for _, code, _ in calls()} | {message_code(check) for check in all_checks()}
    used |= {"taken", "broken_rule"}  # Chosen in `log.writing`.
    used |= {"reveals_address", "reveals_phone"}  # Chosen in `revealing`.
    assert MESSAGES.keys() <= used


def test_sentences_repeat_what_was_sent_in_a_form_that_can_be_sent_back() -> None:
    told = problem("unknown_field", (0, "\ud800" * 2000), name="\ud800{x}" * 2000)
    assert len(told.words["lv"].encode()) < 5000
    assert len(str(told.path[1]).encode()) < 5000


def test_everything_in_the_full_set_is_canonical_already() -> None:
    """So that comparing rows with drafts, as other tests do, compares the same thing."""
    for draft in everything():
        for name, field in shape(draft.noun).scalars.items():
            if draft.content.get(name) is not None:
                assert parse(field, draft.content[name]) == draft.content[name]
