"""Export: a list as a file, with exactly its records and columns, and nothing that is not for everybody."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import httpx2
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from admin.sections import SECTIONS
from admin.sheets.values import value_of
from service import models
from service.accounts import audit
from service.editing.content import Reading, public
from service.models.account import AuditAct
from service.showing.tables import escaped, unescaped
from tests.admin.panel import Panel
from tests.editing.observing import put
from tests.factories import everything, ident, make_location, make_need, make_organisation
from tests.factories import words as text_of
from tests.serving import eventually

Table = list[list[str]]


def table(answer: httpx2.Response) -> Table:
    """A file of either kind, as the cells of its rows."""
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"].startswith("text/csv"):
        text = answer.content.decode("utf-8-sig")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        return [*csv.reader(StringIO(text), delimiter=";" if ";" in text.partition("\r")[0] else ",")]
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


async def test_every_noun_is_exported_with_every_field(panel: Panel) -> None:
    for noun in models.NOUNS:
        for kind in ("csv", "xlsx"):
            rows = table(await panel.get(f"{noun}/export.{kind}?columns=all"))
            assert len({len(row) for row in rows}) == 1
            ids = {row[0] for row in rows[1:]}
            assert ident(noun, "full") in ids
            assert len(ids) == len(rows) - 1
            assert len(rows[0]) == len(set(rows[0])), [head for head in rows[0] if rows[0].count(head) > 1]


async def test_the_values_are_those_of_the_content(panel: Panel) -> None:
    """What is read off the published objects is what was written, for every field of every noun."""
    catalogue: Any = panel.office.app.state.follower.catalogue
    for draft in everything():
        record = catalogue.records[draft.id]
        content = public(draft.noun, Reading().record(draft.noun, draft.id, draft.content))
        shape = SECTIONS[draft.noun].shape
        rows = [(shape, record, content)]
        for part, its in shape.parts.items():
            children = getattr(record, part)
            assert [child.id for child in children] == [child["id"] for child in content.get(part, [])]
            rows += [(its, child, said) for child, said in zip(children, content.get(part, []), strict=True)]
        for its, owner, said in rows:
            for name, default in its.defaults.items():
                assert value_of(its, name, owner) == said.get(name, default), (draft.noun, its.table, name)


async def test_exactly_what_is_listed_is_exported(panel: Panel) -> None:
    every = table(await panel.get("organisation/export.csv"))
    assert len(every) == 4
    backwards = table(await panel.get("organisation/export.csv?sort=-name"))
    assert backwards[1:] == every[:0:-1]
    narrowed = table(await panel.get("organisation/export.csv?sector=ngo&column=phone&column=sector"))
    assert narrowed[0] == ["ID", "Reģistrācijas numurs", "Nosaukums (lv)", "Nosaukums (en)", "Sektors", "Tālrunis"]
    assert [row[0] for row in narrowed[1:]] == [ident("organisation", "full")]
    found = table(await panel.get("organisation/export.xlsx?q=Biedr%C4%ABba+2"))
    assert [row[0] for row in found[1:]][:1] == [ident("organisation", 2)]
    assert [row[0] for row in table(await panel.get("source/export.csv?q=source+2"))[1:]] == [ident("source", 2)]
    english = table(await panel.get("organisation/export.csv?lang=en"))
    assert english[0][:4] == ["ID", "Registration number", "Name (lv)", "Name (en)"]


async def test_nobody_finds_in_a_file_what_is_not_for_them(panel: Panel) -> None:
    """Neither a confidential address, nor how many of one to four wait, nor an address that looks like a person's."""
    secret = {"address": "Slepenā iela 7", "confidential": True, "town": {"lv": "Slepenpils"}}
    chosen = {"email": "anna.berzina@example.org", "email_by_choice": True}
    await put(
        panel.office.database,
        make_location("secret", **secret),
        make_organisation("chosen", **chosen, seat=ident("location", "secret")),
        make_need("few", waiting=3),
    )
    await eventually(lambda: ident("need", "few") in panel.office.app.state.follower.catalogue.records)
    for noun in ("location", "organisation", "need"):
        for who in ("administrator", "editor", "reviewer", "owner"):
            answer = await panel.get(f"{noun}/export.csv?columns=all", who)
            if answer.status_code == 403:
                continue
            text = str(table(answer))
            assert not any(word in text for word in ("Slepen", "anna.berzina")), (noun, who)
    need = dict(zip(*[row for row in table(await panel.get("need/export.csv?columns=all&lang=en"))
                      if row[0] in ("ID", ident("need", "few"))], strict=True))  # fmt: skip
    assert "3" not in need.values()
    for who in ("analyst", ""):
        assert (await panel.get("organisation/export.csv", who)).status_code in (303, 403)
    assert (await panel.get("organisation/export.pdf")).status_code == 404


async def test_an_export_is_written_down_without_what_was_looked_for(panel: Panel) -> None:
    await panel.get("organisation/export.csv?q=Anna+B%C4%93rzi%C5%86a&column=phone")
    entry = next(each for each in await audit.latest(panel.office.database) if each.act is AuditAct.EXPORTED)
    assert (entry.account, entry.about) == (panel.office.accounts["editor"], "organisation")
    assert entry.details["format"] == "csv"
    assert "phone" in entry.details["columns"]
    assert "Anna" not in str(entry)


async def test_nothing_in_a_file_is_reckoned(panel: Panel) -> None:
    name = '=HYPERLINK("https://example.org";"x")'
    await put(panel.office.database, make_organisation("formula", name=text_of(name), phone="+37167000001"))
    await eventually(lambda: ident("organisation", "formula") in panel.office.app.state.follower.catalogue.records)
    text = (await panel.get("organisation/export.csv?columns=all")).text
    assert not re.search(r'(^|[;\r\n])"?[=+@-][^0-9;]', text)
    assert "'+37167000001" in text
    book = ZipFile(BytesIO((await panel.get("organisation/export.xlsx?columns=all")).content))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    rows = table(await panel.get("organisation/export.xlsx"))
    assert name in [row[2] for row in rows]


@given(st.text())
def test_what_is_escaped_comes_back_and_begins_no_formula(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not re.match(r"[=+@\t\r]", escaped(text))
