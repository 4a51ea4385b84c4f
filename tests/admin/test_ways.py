"""What is done with records beside editing them, by its pages, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.admin.panel import Panel
from tests.factories import ident, make_organisation, words

LATER = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT10:00")


async def test_the_ways_of_a_day_on_either_engine(either: Panel) -> None:
    """History, a way back, the trash, a merge and a planned departure, each by its page."""
    await either.put(make_organisation("kept"), make_organisation("gone", phone="67000009"))
    await either.put(make_organisation("kept", name=words("Jauns")))
    kept, gone = ident("organisation", "kept"), ident("organisation", "gone")
    past = await either.open(f"organisation/{kept}/history")
    old = next(value for name, value in past.pairs if name == "revision")
    draft = await either.send(f"organisation/{kept}/history", [("act", "revert"), ("revision", old)])
    await either.send(draft.split("?")[0], (await either.open(draft)).changed(step="publish"))
    page = await either.open(f"organisation/{kept}/merge?with={gone}")
    await either.send(f"organisation/{kept}/merge?with={gone}", page.pairs)
    assert f"/admin/organisation/{gone}/history" in (await either.open("trash")).links
    await either.send(f"organisation/{gone}/history", [("act", "unmerge")])
    await either.send(f"organisation/{gone}/withdraw", [("when", "now")])
    await either.send("trash", [("record", gone)])
    await either.send(f"organisation/{gone}/withdraw", [("when", "later"), ("due_at", LATER)])
    assert "10:00" in (await either.open("scheduled")).text
    await either.send(f"organisation/{gone}/acts", [("act", "assure")])
    await either.open("")
