"""Free places: what a provider says of a service."""

from __future__ import annotations

from datetime import date
from typing import Any

from service.database import Database
from service.editing.acts import Places, set_availability
from service.models.service import AvailabilityState
from tests.editing.observing import AUTHOR, changes, record, refusal, revisions, sizes
from tests.factories import ident

ON = date(2026, 1, 15)
SERVICE = ident("service")


def free(state: AvailabilityState = AvailabilityState.OPEN, **more: Any) -> Places:
    return Places(state, ON, **{"role": "representative", **more})


async def test_a_provider_says_how_many_places_are_free(directory: Database) -> None:
    before = await record(directory, SERVICE)
    await set_availability(directory, SERVICE.upper(), free(free_places=3), author=AUTHOR)
    await set_availability(directory, SERVICE, free(AvailabilityState.QUEUE, weeks_to_wait=6), author=AUTHOR)
    rows = await directory.fetch(
        "SELECT state, free_places, weeks_to_wait, as_of, role FROM availability WHERE service_id = ? ORDER BY at",
        SERVICE,
    )
    assert [tuple(map(str, row.values())) for row in rows] == [
        ("open", "3", "None", "2026-01-15", "representative"),
        ("queue", "None", "6", "2026-01-15", "representative"),
    ]
    said = {"state": "queue", "as_of": "2026-01-15", "role": "representative", "weeks_to_wait": 6}
    assert (await changes(directory, SERVICE))[-1] == ("availability", said)
    assert (await revisions(directory, SERVICE))[-1] == ("availability", 1, said)
    assert await record(directory, SERVICE) == before


async def test_free_places_have_to_add_up(directory: Database) -> None:
    before = await sizes(directory)
    for places, problem in (
        (free(free_places=-1), ("too_small", ("free_places",))),
        (free(free_places=2**31), ("too_large", ("free_places",))),
        (free(weeks_to_wait=1), ("not_a_choice", ("state",))),
        (free(AvailabilityState.FULL, free_places=0), ("not_a_choice", ("state",))),
        (free(AvailabilityState.UNKNOWN, weeks_to_wait=0), ("not_a_choice", ("state",))),
        (free(role=" "), ("required", ("role",))),
        (free(role="\ud800"), ("bad_characters", ("role",))),
    ):
        assert await refusal(set_availability(directory, SERVICE, places, author=AUTHOR)) == [problem]
    for id, problem in (
        (ident("organisation"), ("not_a_service", ("service",))),
        (ident("nothing"), ("no_such_record", ("id",))),
        ("x", ("not_an_id", ("id",))),
    ):
        assert await refusal(set_availability(directory, id, free(), author=AUTHOR)) == [problem]
    assert await sizes(directory) == before
    for state in AvailabilityState:
        await set_availability(directory, SERVICE, free(state), author=AUTHOR)
