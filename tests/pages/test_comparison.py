"""Services side by side: what differs stands out, what is unknown is said, what is not there is told."""

from __future__ import annotations

import re

import pytest

from service.editing.revisions import withdraw
from service.pages.choosing import short
from tests.editing.observing import AUTHOR, put
from tests.factories import evidence, ident, make_service
from tests.pages.deciding import BARE, BESIDES, CENTRE, DAY, NIGHT, SECRET
from tests.pages.site import Page, Site, sound
from tests.serving import eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")


def row(page: Page, label: str) -> tuple[bool, str]:
    """Whether a row is told to differ, and its cells."""
    for differs, cells in re.findall(r'<tr role="row"( class="differs")?>(.*?)</tr>', page.html, re.DOTALL):
        if re.search(rf">{label}[^<]*<", cells):
            return bool(differs), re.sub(r"<[^>]+>", " ", cells)
    raise AssertionError(label)


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("ids", [[], [NIGHT], [NIGHT, DAY], [NIGHT, DAY, BESIDES, BARE]])
async def test_it_is_sound(deciding: Site, language: str, ids: list[str]) -> None:
    page = await deciding.page(f"{'' if language == 'lv' else '/en'}/compare?ids={','.join(ids)}")
    sound(page, language)
    assert page.html.count('role="columnheader"') == (len(ids) + 1 if ids else 0)
    assert SECRET not in page.html


async def test_differences_stand_out_and_unknown_is_no_difference(deciding: Site) -> None:
    page = await deciding.page(f"/compare?ids={NIGHT}&ids={DAY}&ids={BESIDES}")
    differs, cells = row(page, "Maksa")
    assert differs
    assert "2,50" in cells
    assert "bez maksas" in cells
    assert "nav ziņu" in cells
    assert row(page, "Kvalitāte: Ugunsdrošība")[0]
    assert not row(page, "Brīvas vietas")[0]
    assert not row(page, "Dzīvesvieta")[0]
    differs, cells = row(page, "Sniedz")
    assert not differs
    assert cells.count("Siltā istaba") == 1
    assert "Novada pašvaldība: uzdevuma deleģēšana" in row(page, "Kas pērk")[1]
    assert re.search(r"Nav ziņu ne par vienu: .*Valodas", page.text)


async def test_what_cannot_be_compared_is_told_and_left_out(deciding: Site) -> None:
    page = await deciding.page(f"/compare?ids={NIGHT},{CENTRE},nonsense,{ident('service', 'never')},{DAY}")
    assert page.html.count('role="columnheader"') == 3
    assert "3 ieraksti nav parādīti" in page.text
    again = await deciding.page(f"/compare?ids={NIGHT},{NIGHT}")
    assert again.html.count('role="columnheader"') == 2
    assert "nav parādīt" not in again.text


async def test_more_than_four_do_not_fit(deciding: Site) -> None:
    others = [record.id for record in deciding.catalogue.of("service")[:5]]
    page = await deciding.page(f"/compare?ids={','.join(others)}")
    assert page.html.count('role="columnheader"') == 5
    assert "1 ieraksts vairs neietilpa" in page.text


async def test_one_is_taken_away_by_a_link(deciding: Site) -> None:
    page = await deciding.page(f"/~list={short(NIGHT)}/compare?ids={NIGHT},{DAY}")
    assert f"/~list={short(NIGHT)}/compare?ids={short(DAY)}" in page.links


async def test_what_was_withdrawn_or_merged_is_told(deciding: Site) -> None:
    await put(deciding.database, make_service("gone", provider=CENTRE, evidence=[evidence("council")]))
    await withdraw(deciding.database, [ident("service", "gone")], author=AUTHOR)
    [clock] = await deciding.database.fetch("SELECT seq FROM change_clock")
    await eventually(lambda: deciding.app.state.follower.seq >= clock["seq"])
    deciding.catalogue.merged[ident("service", "twin")] = DAY
    page = await deciding.page(f"/compare?ids={ident('service', 'gone')},{ident('service', 'twin')},{NIGHT}")
    assert "1 ieraksts nav parādīts" in page.text
    assert re.search(r"Dublikāti ir apvienoti; tagad skatāms:\s+Dienas patversme", page.text)
    assert page.html.count('role="columnheader"') == 3
