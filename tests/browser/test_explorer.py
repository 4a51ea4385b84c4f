"""The explorer, as people use it in a browser."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.async_api import Page, expect

from service.api.explorer.examples import WORDS, audiences
from tests.browser.conftest import Open

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "query Sizes($first: Int) { sources(first: $first) { totalCount } }"
AS_LONG_AS_PEOPLE = 500
"""Milliseconds between two clicks; GraphiQL notes what was typed a moment later, and may then empty a newer tab."""

NOTED = """([query, variables]) =>
    localStorage.getItem("graphiql:query") === query && localStorage.getItem("graphiql:variables") === variables"""
"""On a busy machine that moment is longer."""

VARIABLES = json.dumps({"first": 1})


async def answer(page: Page) -> Any:
    """Run what stands in the editor; what the answer says."""
    await page.click(".graphiql-execute-button")
    await expect(page.locator(".graphiql-response .CodeMirror")).to_contain_text("data")
    return json.loads(
        await page.evaluate("document.querySelector('.graphiql-response .CodeMirror').CodeMirror.getValue()")
    )


async def written(page: Page, editor: str) -> str:
    text: str = await page.evaluate(f"document.querySelector('{editor} .CodeMirror').CodeMirror.getValue()")
    return text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desk", "phone"])
async def test_it_runs_an_example_with_nothing_from_elsewhere(
    visit: Open, url: str, request: pytest.FixtureRequest, device: str, scheme: str
) -> None:
    seen = await visit(color_scheme=scheme, **request.getfixturevalue(device))
    answered = await answer(seen.page)
    assert answered["data"]["services"]["totalCount"] > 0
    assert "errors" not in answered
    assert seen.hosts == {url.split("/")[2]}
    assert (await seen.refused(), seen.said) == ([], [])
    assert await seen.barriers() == []


async def test_it_fits_a_phone(visit: Open, phone: dict[str, Any]) -> None:
    seen = await visit(**phone)
    await expect(seen.page.locator(".graphiql-query-editor .CodeMirror")).to_be_visible()
    assert await seen.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


async def test_an_example_shows_on_a_phone_when_it_is_chosen(visit: Open, phone: dict[str, Any]) -> None:
    seen = await visit(**phone)
    await seen.page.get_by_role("button", name=f"Show {WORDS['en']['examples']}").click()
    await seen.page.get_by_role("button", name="The profile of an organisation").click()
    await expect(seen.page.locator(".graphiql-query-editor .CodeMirror")).to_be_in_viewport()
    await expect(seen.page.locator(".graphiql-query-editor .CodeMirror")).to_contain_text("OrganisationProfile")


@pytest.mark.parametrize("language", WORDS)
async def test_every_example_opens_in_a_tab_of_its_own(visit: Open, desk: dict[str, Any], language: str) -> None:
    seen = await visit(f"?lang={language}", **desk)
    await expect(seen.page.locator("html")).to_have_attribute("lang", language)
    await expect(seen.page.locator(".graphiql-query-editor .CodeMirror")).to_contain_text("{")
    for audience in audiences(language):
        for example in audience["examples"]:
            await seen.page.get_by_role("button", name=example["title"]).click()
            await expect(seen.page.locator(".graphiql-query-editor .CodeMirror")).to_contain_text(
                "$language: Language!"
            )
            assert await written(seen.page, ".graphiql-query-editor") == example["query"]
            assert await written(seen.page, ".graphiql-editor-tool") == example["variables"]
            await seen.page.wait_for_function(NOTED, arg=[example["query"], example["variables"]])
            await seen.page.wait_for_timeout(AS_LONG_AS_PEOPLE)
    assert (await seen.refused(), seen.said) == ([], [])


async def test_the_schema_is_explained(visit: Open, desk: dict[str, Any]) -> None:
    seen = await visit(**desk)
    await seen.page.get_by_role("button", name="Show Documentation Explorer").click()
    await seen.page.get_by_role("link", name="Query", exact=True).click()
    await expect(seen.page.locator(".graphiql-doc-explorer")).to_contain_text("Everything one can read.")
    assert (await seen.refused(), await seen.barriers()) == ([], [])


async def test_a_link_brings_its_question_along(visit: Open, desk: dict[str, Any]) -> None:
    seen = await visit("?" + urlencode({"query": QUESTION, "variables": VARIABLES}), **desk)
    await expect(seen.page.locator(".graphiql-query-editor .CodeMirror")).to_contain_text("Sizes")
    assert await written(seen.page, ".graphiql-query-editor") == QUESTION
    assert (await answer(seen.page))["data"]["sources"]["totalCount"] > 0


async def test_a_question_can_be_passed_on(visit: Open, url: str, desk: dict[str, Any]) -> None:
    asked = "?" + urlencode({"query": QUESTION, "variables": VARIABLES})
    seen = await visit(asked, permissions=["clipboard-read", "clipboard-write"], **desk)
    await seen.page.get_by_role("button", name=WORDS["lv"]["copyLink"]).click()
    await expect(seen.page.get_by_role("button", name=WORDS["lv"]["copied"])).to_be_visible()
    assert await seen.page.evaluate("navigator.clipboard.readText()") == url + asked


async def test_its_settings_need_no_exception_from_the_policy(visit: Open, desk: dict[str, Any]) -> None:
    seen = await visit(**desk)
    await seen.page.get_by_role("button", name="Open settings dialog").click()
    await seen.page.get_by_role("button", name="Dark").click()
    await expect(seen.page.locator("body")).to_have_class("graphiql-dark")
    assert await seen.page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    assert (await seen.refused(), seen.said) == ([], [])


async def test_without_scripts_it_says_what_to_do(visit: Open, desk: dict[str, Any]) -> None:
    seen = await visit(java_script_enabled=False, **desk)
    await expect(seen.page.locator(".kopa-notice")).to_contain_text(WORDS["lv"]["noscript"])
