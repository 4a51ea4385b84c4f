"""Import: what an export writes is the same when it is read, for every noun; and everything else that rows can say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from admin.examination import prepared
from admin.sheets.keeping import Kept
from admin.sheets.matching import matched
from admin.sheets.reading import Table, Unreadable, read_table
from service import models
from service.editing.content import Content, Reading
from service.models.sheet import SheetState, Verdict
from tests.admin.panel import Panel, Paper, read
from tests.factories import everything, ident


def a_sheet(noun: str, table: Table, language: str = "lv", **given: Any) -> Kept:
    columns = given.pop("columns", None) or matched(noun, table.headers, {})
    kept: dict[str, Any] = {"clears": False, "source": None, "state": SheetState.EXAMINING, "batch": None}
    return Kept("", "", noun, "test.csv", table.headers, columns, language=language, **(kept | given))


async def findings(panel: Panel, sheet: Kept, table: Table, contents: dict[str, Content]) -> Iterator[Any]:
    catalogue: Any = panel.office.app.state.follower.catalogue
    finder, examiner = await prepared(catalogue, sheet)
    found = [(cells, finder.find(cells)) for _, cells in table.rows]
    return iter([
        examiner.examine(cells, each, contents.get(each.record.id) if each.record else None) for cells, each in found
    ])  # fmt: skip


def contents_of(noun: str) -> dict[str, Content]:
    drafts = [draft for draft in everything() if draft.noun == noun]
    return {draft.id: Reading().record(noun, draft.id, draft.content) for draft in drafts}


@pytest.mark.parametrize(("kind", "language"), [("csv", "lv"), ("xlsx", "en")])
async def test_what_export_writes_import_reads_as_the_same(panel: Panel, kind: str, language: str) -> None:
    for noun in models.NOUNS:
        answer = await panel.get(f"{noun}/export.{kind}?columns=all&lang={language}")
        table = read_table(answer.content)
        sheet = a_sheet(noun, table, language)
        assert "" not in sheet.columns, [h for h, c in zip(table.headers, sheet.columns, strict=True) if not c]
        for clears in (False, True):
            found = [*await findings(panel, a_sheet(noun, table, language, clears=clears), table, contents_of(noun))]
            assert [(each.changes, each.problems) for each in found] == [([], [])] * len(found), noun
            assert {each.verdict for each in found} == {Verdict.SAME}
            assert len(found) == len(contents_of(noun)), Counter(each.name for each in found)


async def hand_in(panel: Panel, noun: str, content: bytes, name: str = "tabula.csv", who: str = "editor") -> Any:
    """Send a file as a browser does."""
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    body = head.encode() + content + b"\r\n--b--\r\n"
    kind = {"content-type": "multipart/form-data; boundary=b", "sec-fetch-site": "same-origin"}
    return await panel.post(f"{noun}/import", body, who, headers=kind)


async def examined(panel: Panel, noun: str, content: bytes, who: str = "editor", **changes: Any) -> tuple[str, Paper]:
    """Hand a file in, take the columns as they were matched, and look at every row."""
    answer = await hand_in(panel, noun, content, who=who)
    assert answer.status_code == 303, read(answer).text
    path = answer.headers["location"].removeprefix("/admin/")
    form = await panel.open(path, who)
    await panel.send(path, form.changed(act="match", **changes), who)
    return path, await panel.open(path, who)


def csv_of(*rows: str) -> bytes:
    return "\r\n".join(rows).encode()


NEW = csv_of(
    "Nosaukums;Reģistrācijas numurs;Sektors;Darbības teritorija;Tālrunis;Piezīmes",
    "Jaunā biedrība;40008000123;nevalstiskais;1. novads;67000001;nelasīt",
    "Biedrība 2;;;;67000002;",
    "Biedrība 3;;nav tāda;;;",
    ";;;;67000003;",
)


async def test_a_file_becomes_a_set_of_drafts_that_is_published_and_undone(either: Panel) -> None:
    panel = either
    path, paper = await examined(panel, "organisation", NEW, source=ident("source", 1))
    assert "1 jauns" in paper.text
    assert "1 mainās" in paper.text
    assert "2 ar kļūdām" in paper.text
    assert "nav sarakstā" in paper.text
    assert "Šis lauks ir jāaizpilda" in paper.text
    batch = await panel.send(path, [("act", "keep")])
    shown = await panel.open(batch.partition("?")[0])
    assert "Jaunā biedrība" in shown.text
    assert "+37167000002" in shown.text
    assert "step=publish" in shown.buttons
    await panel.send(batch.partition("?")[0], shown.changed(step="publish"))
    listed = await panel.open("organisation?q=Jaun%C4%81")
    assert "Jaunā biedrība" in listed.text
    again = await examined(panel, "organisation", NEW)
    assert "2 tādi paši" in again[1].text
    shown = await panel.open(batch.partition("?")[0])
    assert shown.buttons.count("step=undo") == 1
    await panel.send(batch.partition("?")[0], [("step", "undo")])
    assert "Jaunā biedrība" not in (await panel.open("organisation?q=Jaun%C4%81")).text
    assert "step=undo" not in (await panel.open(batch.partition("?")[0])).buttons


async def test_what_a_heading_meant_is_remembered(panel: Panel) -> None:
    file = csv_of("Org,Telefons", "Biedrība 2,67000009")
    answer = await hand_in(panel, "organisation", file)
    path = answer.headers["location"].removeprefix("/admin/")
    form = await panel.open(path)
    assert dict(form.pairs).get("column.0", "") == ""
    await panel.send(path, form.changed(column__0="name.lv", column__1="phone", act="match"))
    assert "1 mainās" in (await panel.open(path)).text
    same, paper = await examined(panel, "organisation", csv_of("Org,Telefons", "Biedrība 2,"))
    assert "act=keep" not in paper.buttons
    assert (await panel.post(same, [("act", "keep")])).status_code == 200
    form = await panel.open((await hand_in(panel, "organisation", file)).headers["location"].removeprefix("/admin/"))
    assert dict(form.pairs)["column.0"] == "name.lv"
    twice = await panel.post(path, form.changed(column__0="phone", column__1="phone", act="match"))
    assert twice.status_code == 422
    nothing = await panel.post(path, form.changed(column__0="", column__1="", act="match"))
    assert nothing.status_code == 422


async def test_what_is_no_table_is_refused_in_words(panel: Panel) -> None:
    refused = {
        b"": "Failā nav datu",
        b"Nosaukums\r\n": "Failā nav datu",
        b"PK\x03\x04nothing": "neizdevās nolasīt",
        b"\xff\xfe\x00": "neizdevās nolasīt",
        b"a;b\r\n" + b"x;y\r\n" * 10_001: "par lielu",
        b"a\r\n" + b"x" * 30_000: "par lielu",
    }
    for content, said in refused.items():
        answer = await hand_in(panel, "organisation", content)
        assert answer.status_code == 422
        assert said in read(answer).text
    assert (await hand_in(panel, "organisation", b"x" * 6_000_000)).status_code == 413


async def test_a_representative_changes_what_is_theirs_and_nobody_sees_anothers_sheet(panel: Panel) -> None:
    file = csv_of("id;phone;sector", f"{ident('organisation', 1)};67000005;", f"{ident('organisation', 2)};67000005;")
    path, paper = await examined(panel, "organisation", file, who="owner")
    assert "1 mainās" in paper.text
    assert "1 ar kļūdu" in paper.text
    assert "Jums nav tiesību" in paper.text
    for who in ("editor", "stranger"):
        assert (await panel.get(path, who)).status_code == 404
    batch = (await panel.send(path, [("act", "keep")], "owner")).partition("?")[0]
    assert (await panel.get(batch, "stranger")).status_code == 404
    assert (await panel.get(batch, "reviewer")).status_code == 200
    assert (await panel.get("organisation/import", "reviewer")).status_code == 403
    own = csv_of("id;sector", f"{ident('organisation', 1)};ngo")
    _, paper = await examined(panel, "organisation", own, who="owner")
    assert "Jums nav tiesību mainīt šo lauku" in paper.text


def test_cells_of_workbooks_are_read_as_people_see_them() -> None:
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate((["a", "b", "c"], [2010, 1.5, "  x "], [None, True, "'=1"])):
        sheet.write_row(place, 0, row)
    book.close()
    assert read_table(file.getvalue()).rows == [(2, ["2010", "1.5", "x"]), (3, ["", "yes", "=1"])]


@pytest.mark.parametrize("far", ["XFD1048576", "A1048576", "XFD1", "1048576", "&#65;1", "A99999999"])
def test_a_cell_far_away_is_refused_before_it_fills_the_memory(far: str) -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f'<sheetData><row><c r="{far}"><v>1</v></c></row></sheetData>')
    with pytest.raises(Unreadable):
        read_table(file.getvalue())


def test_a_small_file_that_holds_gigabytes_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", bytes(90_000_000))
    with pytest.raises(Unreadable):
        read_table(file.getvalue())


TABLES = "Nosaukums{0}Tālrunis\r\nŠķēde{0}67\r\n"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1257", "utf-16"])
def test_encodings_and_separators_are_guessed(encoding: str, separator: str) -> None:
    table = read_table(TABLES.format(separator).encode(encoding))
    assert table.headers == ["Nosaukums", "Tālrunis"]
    assert table.rows == [(2, ["Šķēde", "67"])]
