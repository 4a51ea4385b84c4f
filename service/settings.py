"""Every option, once: the environment, `kopa check` and docs/settings.md follow `SETTINGS`."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from service.errors import SettingsError

PREFIX = "KOPA_"
LOG_LEVELS = ("debug", "info", "warning", "error")


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return int(text)

    return parse


def languages(text: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in text.split(","))
    valid = all(re.fullmatch("[a-z]{2,3}", code) for code in codes)
    if not valid or len(set(codes)) < len(codes) or "lv" not in codes:
        raise ValueError("different language codes, with commas and with lv among them")
    return codes


def timezone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        raise ValueError("a time zone such as Europe/Riga") from None


def log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"one of {', '.join(LOG_LEVELS)}")
    return text.lower()


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    help: str
    type: Callable[[str], Any] = str
    secret: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()

    @property
    def file_variable(self) -> str:
        return self.variable + "_FILE"


SETTINGS = (
    Setting(
        "database_url",
        "sqlite:///var/kopa.db",
        "Where the directory is kept: `sqlite:///path/to/file.db` (relative to the working directory; four "
        "slashes begin an absolute path) or `postgres://user:password@host:5432/name`.",
        secret=True,
    ),
    Setting("host", "127.0.0.1", "The address the server listens on."),
    Setting("port", "8000", "The port the server listens on; 0 picks a free one.", whole(0, 65535)),
    Setting("languages", "lv,en", "Languages of the content, with commas; lv is required.", languages),
    Setting(
        "attested_months",
        "24",
        "How many months a link counts as active after it was last attested, when no end is known.",
        whole(1, 1200),
    ),
    Setting(
        "fresh_months",
        "12",
        "How many months a record counts as fresh after its last proof.",
        whole(1, 1200),
    ),
    Setting(
        "ageing_months",
        "24",
        "How many months a record counts as ageing after its last proof; then it is stale.",
        whole(1, 1200),
    ),
    Setting("timezone", "Europe/Riga", "The time zone whose midnight begins a new day.", timezone),
    Setting(
        "availability_days",
        "30",
        "After how many days a service's stated availability is unknown again.",
        whole(1, 3650),
    ),
    Setting("log_level", "info", f"How much is logged: {', '.join(LOG_LEVELS)}.", log_level),
)

NAMES = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str = field(repr=False)
    host: str
    port: int
    languages: tuple[str, ...]
    attested_months: int
    fresh_months: int
    ageing_months: int
    timezone: ZoneInfo
    availability_days: int
    log_level: Literal["debug", "info", "warning", "error"]

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        refuse_unknown(environ)
        settings = cls(**{setting.name: value(setting, environ) for setting in SETTINGS})
        if settings.fresh_months > settings.ageing_months:
            raise SettingsError("KOPA_FRESH_MONTHS must not be more than KOPA_AGEING_MONTHS.")
        return settings

    def shown(self, name: str) -> str:
        """The value of a setting as people may see it: a secret without its password."""
        plain = getattr(self, name)
        if NAMES[name].secret:
            return without_password(plain)
        return ",".join(plain) if isinstance(plain, tuple) else str(plain)


def refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [setting.variable for setting in SETTINGS]
    known += [setting.file_variable for setting in SETTINGS if setting.secret]
    for variable in sorted(environ):
        if variable.startswith(PREFIX) and variable not in known:
            nearest = get_close_matches(variable, known, n=1, cutoff=0)[0]
            raise SettingsError(f"{variable} is not a setting; the nearest one is {nearest}.")


def value(setting: Setting, environ: Mapping[str, str]) -> Any:
    text = given(setting, environ)
    if text is None:
        return setting.type(setting.default)
    if not text.strip():
        raise SettingsError(f"{setting.variable} is empty; give it a value or unset it.")
    try:
        return setting.type(text.strip())
    except ValueError as error:
        seen = "" if setting.secret else f", not {text!r}"
        raise SettingsError(f"{setting.variable} must be {error}{seen}.") from None


def given(setting: Setting, environ: Mapping[str, str]) -> str | None:
    direct, file = environ.get(setting.variable), environ.get(setting.file_variable)
    if not setting.secret or file is None:
        return direct
    if direct is not None:
        raise SettingsError(f"Both {setting.variable} and {setting.file_variable} are set; keep one of them.")
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{setting.file_variable}: {file} cannot be read: {reason}.") from None


def without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    try:
        host, path, hidden = urlsplit(url).hostname, urlsplit(url).path, "@" in rest or "?" in rest
    except ValueError:
        return f"{scheme}://…"
    return f"{scheme}://…@{host or ''}{path}" if hidden else url


def reference() -> str:
    """docs/settings.md: generated from SETTINGS."""
    rows = "".join(f"| {names(setting)} | `{setting.default}` | {setting.help} |\n" for setting in SETTINGS)
    return (
        "# Settings\n\n"
        "Kopā is set up by environment variables. An unknown `KOPA_` variable or an impossible value stops "
        "it with one sentence. A secret may also come from a file: its second variable names that file.\n\n"
        "| variable | default | meaning |\n|---|---|---|\n" + rows
    )


def names(setting: Setting) -> str:
    return f"`{setting.variable}`" + (f" or `{setting.file_variable}`" if setting.secret else "")
