"""The pages, as a browser meets them: forms without JavaScript, cookies, headers, and what letters lead to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, TypeVar

import pyotp
import pytest
from starlette.testclient import TestClient

from service.accounts import invitations, people
from service.app import create_app
from service.database import Database
from service.models.account import Role
from service.pages.account.visit import TEMPLATES
from service.pages.account.words import WORDS
from service.settings import Settings
from tests.accounts.somebody import EMAIL, PASSWORD
from tests.catalogue.loading import settings
from tests.test_mail import Inbox, read, server

T = TypeVar("T")
SAME = {"sec-fetch-site": "same-origin"}


class Browser:
    """A client that posts forms from our own pages."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    @property
    def app(self) -> Any:
        return self.client.app

    def there(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do it where the application runs."""
        assert self.client.portal is not None
        return self.client.portal.call(work)

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        return self.client.post(path, data=data or {}, headers=SAME, **options)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    with server() as found:
        yield found


@pytest.fixture
def configured(sqlite_directory: str, inbox: tuple[Inbox, int]) -> Settings:
    smtp = {"smtp_url": f"smtp://127.0.0.1:{inbox[1]}", "mail_from": "kopa@example.org"}
    return settings(database_url=sqlite_directory, url="http://127.0.0.1/", **smtp)


@pytest.fixture
def browser(configured: Settings) -> Iterator[Browser]:
    with TestClient(create_app(configured), base_url="http://127.0.0.1") as client:
        yield Browser(client)


def token_in(text: str) -> str:
    return re.findall(r"/account/link/([\w-]{32})", text)[0]


def way_in(browser: Browser) -> str | None:
    """The link of the first administrator."""

    async def made() -> str | None:
        database: Database = browser.app.state.database
        return await invitations.first_administrator(database, "http://127.0.0.1/", datetime.now(UTC))

    return browser.there(made)


def invited(browser: Browser, role: Role = Role.ANALYST, email: str = EMAIL) -> str:
    """The path of the link by which somebody takes up a new account."""

    async def made() -> str:
        database: Database = browser.app.state.database
        async with database.transaction() as transaction:
            now = datetime.now(UTC)
            account = await people.add(transaction, role, now, email=email)
            return await invitations.hand_over(transaction, account, "/", now, by=None)

    return browser.there(made)


def joined(browser: Browser) -> None:
    """Somebody takes up an account, and is signed in."""
    answer = browser.post(invited(browser), {"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 200, answer.text


def test_the_first_administrator_comes_in_by_the_printed_link(browser: Browser) -> None:
    told = way_in(browser)
    assert told is not None
    path = f"/account/link/{token_in(told)}"
    assert browser.get(path).status_code == browser.get(path).status_code == 200
    answer = browser.post(path, {"email": EMAIL, "password": PASSWORD, "again": PASSWORD + "x"})
    assert answer.status_code == 422
    assert WORDS["lv"]["again"] in answer.text
    answer = browser.post(path, {"email": EMAIL, "password": PASSWORD, "again": PASSWORD})
    assert answer.url.path == "/account/second-factor"
    secret = re.findall(r'name="secret" value="(\w+)"', answer.text)[0]
    assert "<svg" in answer.text
    answer = browser.post("/account/second-factor", {"secret": secret, "code": "000000"})
    assert answer.status_code == 422
    answer = browser.post("/account/second-factor", {"secret": secret, "code": pyotp.TOTP(secret).now()})
    codes = re.findall(r"[A-Z2-9]{6}(?:-[A-Z2-9]{6}){4}", answer.text)
    assert len(codes) == 10
    assert browser.get("/account/").url.path == "/account/"
    assert browser.get(path).status_code == 410
    assert way_in(browser) is None
    browser.post("/account/sign-out")
    assert browser.get("/account/").url.path == "/account/sign-in"
    answer = browser.post("/account/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert answer.url.path == "/account/code"
    for path in ("/account/", "/account/tokens", "/account/password", "/account/second-factor"):
        assert browser.get(path).url.path == "/account/code"
    assert browser.post("/account/code", {"code": codes[0]}).url.path == "/account/"


def test_a_session_cookie_is_for_the_browser_only(browser: Browser) -> None:
    def cookie(site: str, path: str, **form: str) -> str:
        answer = browser.client.post(site + path, data=form, headers=SAME, follow_redirects=False)
        return str(answer.headers["set-cookie"])

    secure = cookie("https://127.0.0.1", invited(browser), password=PASSWORD, again=PASSWORD)
    assert secure.startswith("__Host-kopa_session=")
    assert {"HttpOnly", "SameSite=lax", "Secure", "Path=/"} <= {part.strip() for part in secure.split(";")}
    plain = cookie("http://127.0.0.1", "/account/sign-in", email=EMAIL, password=PASSWORD)
    assert plain.startswith("kopa_session=")
    assert "HttpOnly" in plain
    assert "Secure" not in plain


FORMS = [
    *(f"/account/{name}" for name in ("sign-in", "letter", "sign-out", "code", "sessions", "tokens", "password")),
    *(f"/account/{name}" for name in ("second-factor", "recovery-codes", "link/x", "still-true/x")),
    "/answer/x",
]

FOREIGN: list[dict[str, str]] = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
    {"origin": "http://evil.example"},
    {"origin": "https://127.0.0.1"},
    {"origin": "http://127.0.0.1:8000"},
    {"origin": "null"},
    {},
]


def test_forms_of_other_sites_are_refused(browser: Browser) -> None:
    for path in FORMS:
        refused = [browser.client.post(path, data={}, headers=headers).status_code for headers in FOREIGN]
        assert refused == [403] * len(FOREIGN), path
        assert browser.client.post(path, data={}, headers={"origin": "http://127.0.0.1"}).status_code != 403, path


PAGES = ["/account/sign-in", "/account/letter", "/account/letter?for=reset", "/account/link/x", "/answer/x"]


class Page(HTMLParser):
    """Fields without a label, scripts, styles and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.labels: set[str] = set()
        self.fields: set[str] = set()
        self.tags: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        assert not [name for name in given if name.startswith("on") or name == "style"]
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag in ("input", "textarea") and given.get("type") not in ("hidden", "checkbox"):
            self.fields.add(str(given["id"]))
        if tag == "html":
            self.language = str(given["lang"])


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_plain_private_and_for_everybody(browser: Browser, path: str) -> None:
    for language in ("lv", "en"):
        answer = browser.get(path, headers={"accept-language": f"{language}-LV,ru;q=0.5"})
        page = Page(answer.text)
        assert page.language == language
        assert page.fields == page.labels
        assert page.tags.count("h1") == 1
        assert not {"script", "style", "iframe", "img"} & set(page.tags)
        assert answer.headers["cache-control"] == "no-store"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_own_pages_are_so_too(browser: Browser) -> None:
    joined(browser)
    for path in ("/account/", "/account/password", "/account/second-factor", "/account/tokens"):
        answer = browser.get(f"{path}?lang=en")
        assert answer.url.path == path
        page = Page(answer.text)
        assert page.fields == page.labels
        assert page.language == "en"
    assert Page(browser.get("/account/").text).language == "en"


def test_nobody_learns_whether_there_is_an_account(browser: Browser) -> None:
    joined(browser)
    browser.post("/account/sign-out")
    for path, form in (("/account/sign-in", {"password": "not the password"}), ("/account/letter", {"for": "reset"})):
        answers = [browser.post(path, {**form, "email": email}) for email in (EMAIL, "nobodys@example.org")]
        known, unknown = [(each.status_code, each.text.replace("nobodys@example.org", EMAIL)) for each in answers]
        assert known == unknown
        names = [sorted(name for name in each.headers if name != "x-request-id") for each in answers]
        assert names[0] == names[1]


def test_a_mailed_link_signs_in_once_and_looking_at_it_does_not(browser: Browser, inbox: tuple[Inbox, int]) -> None:
    joined(browser)
    browser.post("/account/sign-out")
    browser.post("/account/letter", {"email": EMAIL})
    letter = read(arrived(browser, inbox[0]))
    path = f"/account/link/{token_in(letter.get_content())}"
    for _ in range(3):
        assert browser.get(path).status_code == 200
    assert browser.get("/account/").url.path == "/account/sign-in"
    assert browser.post(path).url.path == "/account/"
    browser.post("/account/sign-out")
    assert browser.post(path).status_code == 410


def test_a_forgotten_password(browser: Browser, inbox: tuple[Inbox, int]) -> None:
    joined(browser)
    browser.post("/account/sign-out")
    browser.post("/account/letter", {"email": EMAIL, "for": "reset"})
    path = f"/account/link/{token_in(read(arrived(browser, inbox[0])).get_content())}"
    other = "pavisam cita parole"
    assert browser.post(path, {"password": "short", "again": "short"}).status_code == 422
    assert browser.post(path, {"password": other, "again": other}).status_code == 200
    assert browser.post("/account/sign-in", {"email": EMAIL, "password": PASSWORD}).status_code == 422
    assert browser.post("/account/sign-in", {"email": EMAIL, "password": other}).url.path == "/account/"


def arrived(browser: Browser, inbox: Inbox) -> Any:
    """The first letter, which a job of the running application sends."""
    for _ in range(600):
        if inbox.envelopes:
            return inbox.envelopes[0]
        browser.there(_moment)
    raise AssertionError("no letter came")


async def _moment() -> None:
    await asyncio.sleep(0.1)


def test_tokens_are_shown_once_and_revoked(browser: Browser) -> None:
    joined(browser)
    assert browser.post("/account/tokens", {"name": "Import", "days": "30"}).status_code == 422
    answer = browser.post("/account/tokens", {"name": "<Import>", "days": "30", "scopes": ["read", "admin"]})
    token = re.findall(r"kopa_[\w-]{32}", answer.text)[0]
    listed = browser.get("/account/").text
    assert "&lt;Import&gt;" in listed
    assert token not in listed
    id = re.findall(r'name="token" value="([\w-]+)"', listed)[0]
    browser.post("/account/tokens/revoke", {"token": "no id"})
    browser.post("/account/tokens/revoke", {"token": id})
    assert "&lt;Import&gt;" not in browser.get("/account/").text


def test_another_device_is_signed_out(browser: Browser) -> None:
    joined(browser)
    here = dict(browser.client.cookies)
    browser.client.cookies.clear()
    browser.post("/account/sign-in", {"email": EMAIL, "password": PASSWORD})
    there = dict(browser.client.cookies)
    assert browser.get("/account/").url.path == "/account/"
    listed = browser.get("/account/").text
    for id in ("nothing", *re.findall(r'name="session" value="([\w-]+)"', listed)):
        browser.post("/account/sessions", {"session": id})
    for cookies, page in ((here, "/account/sign-in"), (there, "/account/")):
        browser.client.cookies.clear()
        browser.client.cookies.update(cookies)
        assert browser.get("/account/").url.path == page


def test_too_many_tries_are_told_so(browser: Browser) -> None:
    answers = [browser.post("/account/sign-in", {"email": EMAIL, "password": "not it"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert answers[-1].headers["retry-after"]


def test_no_log_tells_a_token_or_an_address(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    joined(browser)
    browser.get("/account/link/secret-token-secret-token")
    told = "\n".join(str(vars(record)) for record in caplog.records if record.name != "httpx2")
    assert "answered" in told
    for secret in ("secret-token", EMAIL, PASSWORD, *browser.client.cookies.values()):
        assert secret not in told


def test_every_word_is_in_both_languages_and_used() -> None:
    assert WORDS["lv"].keys() == WORDS["en"].keys()
    sources = [TEMPLATES.loader.get_source(TEMPLATES, name)[0] for name in TEMPLATES.list_templates()]  # type: ignore[union-attr]
    called = set(re.findall(r'\bt\("(\w+)"', "\n".join(sources)))
    known = WORDS["lv"].keys()
    missing = {
        name for name in called - known if not (name.endswith("_") and any(each.startswith(name) for each in known))
    }
    assert missing == set()
