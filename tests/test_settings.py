from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import SettingsError
from service.models.account import Role
from service.settings import ROLES, SETTINGS, Settings, reference

PASSWORD = "wrong-horse"
WITH_PASSWORD = f"postgres://kopa:{PASSWORD}@db.example:5432/kopa"


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_env({})
    assert settings.database_url == "sqlite:///var/kopa.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.languages == ("lv", "en")
    assert (settings.attested_months, settings.fresh_months, settings.ageing_months) == (24, 12, 24)
    assert settings.timezone == ZoneInfo("Europe/Riga")
    assert (settings.availability_days, settings.log_level) == (30, "info")
    assert (settings.graphql_profile, settings.rate_limit) == ("open", 1_000_000)
    assert settings.trusted_proxies == (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def test_the_list_and_the_fields_are_the_same() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("KOPA_PORT", " 8080\n", 8080),
        ("KOPA_PORT", "0", 0),
        ("KOPA_LANGUAGES", "en, lv,uk", ("en", "lv", "uk")),
        ("KOPA_TIMEZONE", "UTC", ZoneInfo("UTC")),
        ("KOPA_LOG_LEVEL", "WARNING", "warning"),
        ("KOPA_GRAPHQL_PROFILE", "Hardened", "hardened"),
        ("KOPA_RATE_LIMIT", "0", 0),
        ("KOPA_TRUSTED_PROXIES", "10.0.0.0/8, ::1", (ip_network("10.0.0.0/8"), ip_network("::1"))),
        ("KOPA_TRUSTED_PROXIES", "none", ()),
        ("KOPA_URL", "https://example.org", "https://example.org/"),
        ("KOPA_SECOND_FACTOR_ROLES", "nobody", frozenset()),
        ("KOPA_SECOND_FACTOR_ROLES", "reviewer, editor", frozenset({"reviewer", "editor"})),
    ],
)
def test_a_variable_overrides_its_default(variable: str, text: str, expected: object) -> None:
    settings = Settings.from_env({variable: text})
    assert getattr(settings, variable.removeprefix("KOPA_").lower()) == expected


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("KOPA_PROT", "KOPA_PORT"),
        ("KOPA_DATABASE", "KOPA_DATABASE_URL"),
        ("KOPA_DATABASE_FILE", "KOPA_DATABASE_URL_FILE"),
        ("KOPA_PORT_FILE", "KOPA_PORT"),
    ],
)
def test_an_unknown_variable_is_refused_with_the_nearest_one(variable: str, nearest: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({variable: "1"})
    assert str(raised.value) == f"{variable} is not a setting; the nearest one is {nearest}."


def test_variables_of_other_programs_do_not_matter() -> None:
    assert Settings.from_env({"PORT": "x", "KOPAS": "x", "PATH": "/bin"}) == Settings.from_env({})


@pytest.mark.parametrize(
    ("variable", "text", "sentence"),
    [
        ("KOPA_PORT", "web", "KOPA_PORT must be a whole number from 0 to 65535, not 'web'."),
        ("KOPA_PORT", "65536", "KOPA_PORT must be a whole number from 0 to 65535, not '65536'."),
        ("KOPA_PORT", "٣", "KOPA_PORT must be a whole number from 0 to 65535, not '٣'."),
        ("KOPA_PORT", " ", "KOPA_PORT is empty; give it a value or unset it."),
        ("KOPA_FRESH_MONTHS", "0", "KOPA_FRESH_MONTHS must be a whole number from 1 to 1200, not '0'."),
        (
            "KOPA_LANGUAGES",
            "en",
            "KOPA_LANGUAGES must be different language codes, with commas and with lv among them, not 'en'.",
        ),
        ("KOPA_TIMEZONE", "../etc", "KOPA_TIMEZONE must be a time zone such as Europe/Riga, not '../etc'."),
        ("KOPA_LOG_LEVEL", "loud", "KOPA_LOG_LEVEL must be one of debug, info, warning, error, not 'loud'."),
        ("KOPA_GRAPHQL_PROFILE", "shut", "KOPA_GRAPHQL_PROFILE must be one of open, hardened, not 'shut'."),
        (
            "KOPA_TRUSTED_PROXIES",
            "10.0.0.1/8",
            "KOPA_TRUSTED_PROXIES must be networks such as 10.0.0.0/8, with commas, or none, not '10.0.0.1/8'.",
        ),
        ("KOPA_URL", "example.org", "KOPA_URL must be an address such as https://example.org/, not 'example.org'."),
        (
            "KOPA_SMTP_URL",
            "http://user:secret@host",
            "KOPA_SMTP_URL must be an address such as smtp://user:password@host:587.",
        ),
        ("KOPA_SMTP_URL", "smtp://host", "KOPA_SMTP_URL needs KOPA_MAIL_FROM, the address letters come from."),
        ("KOPA_MAIL_FROM", "nobody", "KOPA_MAIL_FROM must be an e-mail address, not 'nobody'."),
        (
            "KOPA_SECOND_FACTOR_ROLES",
            "editors",
            f"KOPA_SECOND_FACTOR_ROLES must be some of {', '.join(ROLES)}, or nobody, not 'editors'.",
        ),
        ("KOPA_FRESH_MONTHS", "25", "KOPA_FRESH_MONTHS must not be more than KOPA_AGEING_MONTHS."),
    ],
)
def test_an_impossible_value_is_one_sentence(variable: str, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({variable: text})
    assert str(raised.value) == sentence


@given(st.sampled_from([setting.variable for setting in SETTINGS]), st.text())
def test_no_text_breaks_anything(variable: str, text: str) -> None:
    try:
        Settings.from_env({variable: text})
    except SettingsError as error:
        refusal = str(error)
    else:
        refusal = ""
    assert not refusal or variable in refusal


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text(WITH_PASSWORD + "\n")
    assert Settings.from_env({"KOPA_DATABASE_URL_FILE": str(file)}).database_url == WITH_PASSWORD


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    twice = {"KOPA_DATABASE_URL": "sqlite:///a.db", "KOPA_DATABASE_URL_FILE": str(tmp_path / "url")}
    with pytest.raises(SettingsError, match="Both KOPA_DATABASE_URL and KOPA_DATABASE_URL_FILE are set"):
        Settings.from_env(twice)


def test_a_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing, binary = tmp_path / "missing", tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for file in (missing, binary, tmp_path):
        with pytest.raises(SettingsError, match=f"KOPA_DATABASE_URL_FILE: {file} cannot be read: "):
            Settings.from_env({"KOPA_DATABASE_URL_FILE": str(file)})


def test_links_begin_where_people_reach_the_site() -> None:
    assert Settings.from_env({"KOPA_PORT": "81"}).site == "http://127.0.0.1:81/"
    assert Settings.from_env({"KOPA_HOST": "::1"}).site == "http://[::1]:8000/"
    assert Settings.from_env({"KOPA_URL": "https://example.org/kopa"}).site == "https://example.org/kopa/"


def test_the_password_of_the_mail_server_is_never_shown() -> None:
    given = {"KOPA_SMTP_URL": f"smtp://kopa:{PASSWORD}@mail.example:587", "KOPA_MAIL_FROM": "kopa@example.org"}
    settings = Settings.from_env(given)
    assert settings.shown("smtp_url") == "smtp://…@mail.example"
    assert PASSWORD not in repr(settings)


def test_the_roles_are_those_of_the_accounts() -> None:
    assert tuple(role.value for role in Role) == ROLES


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (WITH_PASSWORD, "postgres://…@db.example/kopa"),
        (f"postgres://db.example/kopa?password={PASSWORD}", "postgres://…@db.example/kopa"),
        (f"postgres://[kopa:{PASSWORD}@db", "postgres://…"),
        ("sqlite:///var/kopa.db", "sqlite:///var/kopa.db"),
    ],
)
def test_a_password_is_never_shown(url: str, shown: str) -> None:
    settings = Settings.from_env({"KOPA_DATABASE_URL": url})
    assert settings.shown("database_url") == shown
    assert PASSWORD not in repr(settings)


def test_the_reference_has_a_row_for_each_setting() -> None:
    for setting in SETTINGS:
        assert f"| `{setting.variable}`" in reference()
        assert setting.help.endswith(".")
