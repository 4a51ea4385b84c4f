"""Lists of every noun: found by words, narrowed, sorted, page by page, with drafts marked."""

from __future__ import annotations

import re

import pytest

from admin.facets import narrowing
from admin.sections import SECTIONS
from service import models
from service.catalogue.filters import Order
from tests.admin.panel import Panel, read
from tests.factories import ident

RECORD = re.compile("/admin/organisation/[0-9a-f-]{36}")


@pytest.mark.parametrize("language", ["lv", "en"])
async def test_every_noun_has_a_list_with_every_column_and_order(panel: Panel, language: str) -> None:
    for noun, section in SECTIONS.items():
        paper = await panel.open(f"{noun}?lang={language}")
        assert f"/admin/{noun}/{ident(noun, 'full')}" in paper.links
        assert f"/admin/{noun}/new" in paper.links
        every = "&".join(f"column={name}" for name in section.listable())
        await panel.open(f"{noun}?{every}&lang={language}")
        for field in [field for order in Order.of(noun) for field in order.KEYS]:
            up = (await panel.open(f"{noun}?sort={field.value}")).links
            down = (await panel.open(f"{noun}?sort=-{field.value}")).links
            assert {*map(bare, up)} >= {*map(bare, down)} or "sort" in str(up)


def bare(link: str) -> str:
    return link.partition("?")[0]


async def test_words_narrow_a_list(panel: Panel) -> None:
    found = await panel.open("organisation?q=Biedr%C4%ABba+2")
    assert f"/admin/organisation/{ident('organisation', 2)}" in found.links
    assert "Nekas nav atrasts" in (await panel.open("organisation?q=qqqqzzzz")).text
    assert f"/admin/source/{ident('source', 2)}" in (await panel.open("source?q=source+2")).links
    assert f"/admin/source/{ident('source', 1)}" not in (await panel.open("source?q=source+2")).links


async def test_facets_narrow_a_list(panel: Panel) -> None:
    municipal = await panel.open("organisation?sector=municipal")
    assert "2 ieraksti" in municipal.text
    assert "nevalstiskais 1" in municipal.text
    ngo = await panel.open("organisation?sector=ngo")
    assert f"/admin/organisation/{ident('organisation', 'full')}" in ngo.links
    assert f"/admin/organisation/{ident('organisation', 1)}" not in ngo.links
    both = await panel.open("organisation?sector=ngo&sector=municipal")
    assert "3 ieraksti" in both.text
    assert "2 ieraksti" in (await panel.open("organisation?sector=municipal&q=biedriba")).text


async def test_whatever_stands_in_a_query_is_answered(panel: Panel) -> None:
    junk = ["", "%00", "%FF", "zzz", "-1", "999999999999", "%3Cscript%3E", "%22'", "a" * 2000]
    for noun in models.NOUNS:
        names = ["q", "sort", "after", "before", "page", "column", "lang", *narrowing(noun)]
        for value in junk:
            answer = await panel.get(f"{noun}?" + "&".join(f"{name}={value}" for name in names))
            assert answer.status_code == 200, (noun, value)
            assert "<script>" not in answer.text


async def test_pages_lead_there_and_back(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("admin.lists.PAGE", 1)
    for query in ("", "?sort=-name", "?q=biedriba"):
        seen, path, paper = [], f"organisation{query}", await panel.open("organisation")
        for _ in range(10):
            paper = await panel.open(path)
            seen += [link for link in paper.links if RECORD.fullmatch(link)]
            onward = [link for link in paper.links if link.startswith("?")]
            onward = onward[-1:] if "→" in paper.text else []
            if not onward:
                break
            path = f"organisation{onward[0]}"
        back = [link for link in paper.links if link.startswith("?")]
        assert len(seen) == len(set(seen)) == (3 if "q=" not in query else len(seen))
        assert len(seen) > 1
        assert seen[-2] in (await panel.open(f"organisation{back[0]}")).links


async def test_an_address_says_only_what_is_unusual(panel: Panel) -> None:
    usual = "&".join(f"column={name}" for name in SECTIONS["organisation"].columns)
    answer = await panel.get(f"organisation?q=&sort=&{usual}&sector=ngo")
    assert answer.headers["hx-push-url"] == "/admin/organisation?sector=ngo"
    answer = await panel.get("organisation?column=phone&q=a+b")
    assert answer.headers["hx-push-url"] == "/admin/organisation?column=phone&q=a+b"
    assert (await panel.get(f"organisation?{usual}")).headers["hx-push-url"] == "/admin/organisation"


async def test_a_draft_is_marked_where_its_record_is_listed(panel: Panel) -> None:
    assert "melnraksts" not in read(await panel.get("organisation")).text
    form = await panel.open(f"organisation/{ident('organisation', 2)}/edit")
    await panel.send(f"organisation/{ident('organisation', 2)}/edit", form.changed(name__lv="Cits", act="save"))
    assert "melnraksts" in read(await panel.get("organisation")).text


async def test_a_list_is_small(panel: Panel) -> None:
    answer = await panel.get("organisation")
    assert len(answer.content) < 30_000
