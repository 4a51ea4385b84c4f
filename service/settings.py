"""Every option, once: the environment, `kopa check` and docs/settings.md follow `SETTINGS`."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from service.errors import SettingsError

PREFIX = "KOPA_"
LOG_LEVELS = ("debug", "info", "warning", "error")
PROFILES = ("open", "hardened")

Networks = tuple[IPv4Network | IPv6Network, ...]


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


def one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return text.lower()

    return parse


def networks(text: str) -> Networks:
    try:
        return () if text == "none" else tuple(ip_network(each.strip()) for each in text.split(","))
    except ValueError:
        raise ValueError("networks such as 10.0.0.0/8, with commas, or none") from None


ROLES = ("administrator", "editor", "reviewer", "representative", "analyst")


def roles(text: str) -> frozenset[str]:
    names = frozenset(name.strip() for name in text.split(",")) - {"nobody"}
    if not names <= set(ROLES):
        raise ValueError(f"some of {', '.join(ROLES)}, or nobody")
    return names


def address(text: str) -> str:
    if not text:
        return text
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise ValueError("an address such as https://example.org/")
    return text if text.endswith("/") else f"{text}/"


def mail_server(text: str) -> str:
    try:
        parts = urlsplit(text)
        found = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0 and parts.path in ("", "/")
    except ValueError:
        found = False
    if text and not found:
        raise ValueError("an address such as smtp://user:password@host:587")
    return text


def mail_address(text: str) -> str:
    if text and not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+", text):
        raise ValueError("an e-mail address")
    return text


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    help: str
    type: Callable[[str], Any] = str
    secret: bool = False
    local: bool = False
    """Whether it says nothing about what is answered, only how this process serves it."""

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
        local=True,
    ),
    Setting("host", "127.0.0.1", "The address the server listens on.", local=True),
    Setting("port", "8000", "The port the server listens on; 0 picks a free one.", whole(0, 65535), local=True),
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
    Setting(
        "graphql_profile",
        "open",
        "Who the endpoint is for: `open` (introspection, documents by GET) or `hardened` (neither; by GET only "
        "documents that ship, by their `documentId`).",
        one_of(*PROFILES),
    ),
    Setting(
        "rate_limit",
        "1000000",
        "How much one client may ask for a minute, by the cost of what it asks; 0 sets no limit. Clients on this "
        "machine have none.",
        whole(0, 999_999_999),
        local=True,
    ),
    Setting(
        "trusted_proxies",
        "127.0.0.0/8,::1/128",
        "Networks of the proxies before the server, with commas. Only what they say of a client in `X-Forwarded-For` "
        "or `Forwarded` is believed; `none` trusts nobody.",
        networks,
        local=True,
    ),
    Setting("log_level", "info", f"How much is logged: {', '.join(LOG_LEVELS)}.", one_of(*LOG_LEVELS), local=True),
    Setting(
        "url",
        "",
        "Where people reach the site, as in `https://example.org/`: links in letters begin so. Empty: where the "
        "server listens.",
        address,
    ),
    Setting(
        "smtp_url",
        "",
        "The mail server: `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465`. Empty: "
        "letters are printed on the console for the administrator to hand over.",
        mail_server,
        secret=True,
    ),
    Setting("mail_from", "", "The address letters come from; needed with a mail server.", mail_address),
    Setting(
        "contact_email",
        "",
        "Where people write about the site, its accessibility and their data; shown on the public pages. Empty: none.",
        mail_address,
    ),
    Setting(
        "webhook_networks",
        "none",
        "Private networks in which webhooks may be, with commas, and to which plain http is allowed. Otherwise they go "
        "to public addresses by https only.",
        networks,
        local=True,
    ),
    Setting(
        "second_factor_roles",
        "administrator,editor",
        "Roles that have to sign in with a second factor, with commas; `nobody` for none.",
        roles,
    ),
    Setting("session_idle_hours", "12", "After how many hours without use somebody is signed out.", whole(1, 24 * 365)),
    Setting("session_days", "14", "After how many days somebody has to sign in again.", whole(1, 365)),
    Setting(
        "reminder_months",
        "6",
        "Every how many months a representative is asked by mail whether all is still true.",
        whole(1, 120),
    ),
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
    graphql_profile: Literal["open", "hardened"]
    rate_limit: int
    trusted_proxies: Networks
    log_level: Literal["debug", "info", "warning", "error"]
    url: str
    smtp_url: str = field(repr=False)
    mail_from: str
    contact_email: str
    webhook_networks: Networks
    second_factor_roles: frozenset[str]
    session_idle_hours: int
    session_days: int
    reminder_months: int

    @property
    def site(self) -> str:
        """Where links begin; it ends with a slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url or f"http://{host}:{self.port}/"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        refuse_unknown(environ)
        settings = cls(**{setting.name: value(setting, environ) for setting in SETTINGS})
        if settings.fresh_months > settings.ageing_months:
            raise SettingsError("KOPA_FRESH_MONTHS must not be more than KOPA_AGEING_MONTHS.")
        if settings.smtp_url and not settings.mail_from:
            raise SettingsError("KOPA_SMTP_URL needs KOPA_MAIL_FROM, the address letters come from.")
        return settings

    def shown(self, name: str) -> str:
        """The value of a setting as people may see it: a secret without its password."""
        plain = getattr(self, name)
        if NAMES[name].secret:
            return without_password(plain)
        if isinstance(plain, frozenset):
            return ",".join(sorted(plain)) or "nobody"
        return ",".join(map(str, plain)) if isinstance(plain, tuple) else str(plain)


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
