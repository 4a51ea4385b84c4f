"""What is found from the top of every page, and what an organisation's page tells at a glance."""

from __future__ import annotations

from typing import Any

import pytest

from tests.admin.panel import Panel
from tests.factories import ident, make_agreement, make_link, make_organisation, words

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def panel(shared: Panel) -> Panel:
    return shared


async def test_records_of_every_kind_are_found_by_words_and_numbers(panel: Panel) -> None:
    number = "40008123452"
    identifiers = [{"scheme": "registration_number", "value": number}]
    named = make_organisation("glance", name=words("Zvaigžņu nams"), identifiers=identifiers)
    await panel.put(named)
    for asked in ("zvaigznu", "Zvaigžņu na", number, f" {number} "):
        page = await panel.open(f"find?find={asked}")
        assert f"/admin/organisation/{named.id}" in page.links, asked
        assert dict(page.pairs)["find"] == asked
    for nothing in ("", "qqqqzzzz", "%00", "x" * 5000, "&find=<script>"):
        answer = await panel.get(f"find?find={nothing}")
        assert answer.status_code == 200
        assert "<script>" not in answer.text.partition("</head>")[2]
    assert (await panel.get("find?find=zvaigznu", "")).status_code == 303


async def told(panel: Panel, organisation: str, who: str = "editor") -> str:
    return (await panel.open(f"organisation/{organisation}", who)).text.partition("Reģistri un statusi")[0]


async def test_cooperation_is_told_from_each_side(panel: Panel) -> None:
    city = make_organisation("city", name=words("Pilsēta"), sector="municipal", legal_form="municipality")
    body = make_organisation("body", name=words("Palīgs"))
    agreement = make_agreement("glance", title=words("Līgums"), number="7", signed_on="2025-01-15")
    about: dict[str, Any] = {"description": words("Krīzes palīdzība."), "agreement": agreement.id}
    period = {"valid_from": "2025-02-01", "valid_to": "2099-01-31"}
    task = make_link("task", kind="delegation", side_a=city.id, side_b=body.id, **about, **period)
    grant = make_link("grant", kind="grant", side_a=city.id, side_b=body.id, valid_from="2020-03")
    await panel.put(city, body, agreement, task, grant)
    of_body, of_city = await told(panel, body.id), await told(panel, city.id)
    for text in (of_body, of_city):
        assert "Sadarbība (2)" in text
        for fact in ("Krīzes palīdzība.", "01.02.2025.–31.01.2099.", "notiek", "Līgums 7", "no 03.2020."):
            assert fact in text, fact
        assert text.index("Uzdevuma deleģēšana") < text.index("Finansējuma piešķiršana")
    assert "Uzdevuma deleģēšana šī organizācija: deleģētā uzdevuma veicējs Deleģētājs" in of_body
    assert "Uzdevuma deleģēšana šī organizācija: deleģētājs Deleģētā uzdevuma veicējs" in of_city


async def test_what_is_lacking_is_one_click_away_for_those_who_may_write(panel: Panel) -> None:
    bare = make_organisation("bare", name=words("Tukšā"))
    await panel.put(bare)
    page = await panel.open(f"organisation/{bare.id}")
    assert "Nav norādīts:" in page.text
    for place in ("phone", "group-contact", "group-basics"):
        assert f"/admin/organisation/{bare.id}/edit#{place}" in page.links
    form = await panel.open(f"organisation/{bare.id}/edit")
    assert {"phone", "group-contact", "group-basics"} <= {*form.ids}
    assert "Nav norādīts:" not in (await panel.open(f"organisation/{bare.id}", "reviewer")).text
    assert "Nav norādīts:" not in (await panel.open(f"organisation/{ident('organisation', 'full')}")).text
