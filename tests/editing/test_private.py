"""What is never published: where a confidential place is, and how few people wait."""

from __future__ import annotations

import pytest

from service import models
from service.database import Database
from service.editing.revisions import withdraw
from tests.editing.observing import AUTHOR, changes, private, put, revisions, stored
from tests.factories import MAKERS, make_location, words


async def test_of_a_confidential_place_only_the_municipality_is_published(directory: Database) -> None:
    secret = {
        "name": words("Patvērums"),
        "town": words("Slepenpils"),
        "address": "Slepenā iela 1",
        "postal_code": "LV-4201",
        "lon": 25.123456,
        "lat": 57.123456,
        "accessibility": words("Uzbrauktuve"),
        "transportation": words("Autobuss"),
    }
    assert secret.keys() == set(models.Location.CONFIDENTIAL)
    hidden = make_location("secret", confidential=True, **secret)
    await put(directory, hidden)
    shown = await stored(directory, "location", hidden.id) or {}
    assert shown.keys() == {"location_type", "confidential", "disclosed", "region", "evidence"}
    assert (await changes(directory, hidden.id))[-1][1]["content"] == shown
    assert await private(directory, hidden.id) == secret
    assert secret.items() <= (await revisions(directory, hidden.id))[-1][2].items()
    tables = [f'"{table}"' for table in ("location", "change", "evidence", "slug", "record")]
    for table in tables:
        rows = str(await directory.fetch(f"SELECT * FROM {table}"))
        assert not any(word in rows for word in ("Slepen", "25.123456", "57.123456", "LV-4201", "Uzbrauktuve"))

    lifted = make_location("secret", **secret)
    await put(directory, lifted)
    assert secret.items() <= (await stored(directory, "location", hidden.id) or {}).items()
    assert secret.items() <= (await changes(directory, hidden.id))[-1][1]["content"].items()
    assert await private(directory, hidden.id) is None

    await put(directory, hidden)
    assert await stored(directory, "location", hidden.id) == shown
    assert await private(directory, hidden.id) == secret
    await withdraw(directory, [hidden.id], author=AUTHOR)
    assert await private(directory, hidden.id) is None


@pytest.mark.parametrize("waiting", [0, 1, 4, 5])
async def test_one_to_four_who_wait_are_never_a_number(directory: Database, waiting: int) -> None:
    need = MAKERS["need"]("n", waiting=waiting)
    await put(directory, need)
    few = 1 <= waiting <= 4
    payload = (await changes(directory, need.id))[-1][1]
    for shown in (await stored(directory, "need", need.id) or {}, payload["content"]):
        assert (shown.get("waiting"), shown["fewer_than_five"]) == ((None, True) if few else (waiting, False))
