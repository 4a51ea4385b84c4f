"""The seats of the register's organisations: the municipality, and the town of a municipal social service."""

from __future__ import annotations

from collections.abc import Iterator

from service.editing.revisions import Draft
from service.starter import register
from service.starter.drafting import Content, draft, evidence
from service.starter.register import Group
from service.starter.register_organisations import parent_municipality, seat_key


def seat_drafts() -> Iterator[Draft]:
    for key, group in register.providers().items():
        if key.startswith("register:"):
            yield draft("location", seat_key(key), _content(group))
    for key, group in register.parents().items():
        if parent_municipality(group):
            yield draft("location", seat_key(key), _content(group))


def _content(group: Group) -> Content:
    body = next((row for row in group if register.is_social_service(row)), None)
    says = (
        "Secināts no tā, kur reģistrēts pakalpojums.",
        "It follows from where the service is registered.",
    )
    return {
        "location_type": "physical",
        "region": group[0]["municipality"],
        "town": {"lv": body["town"]} if body and body["town"] else None,
        "evidence": [evidence(register.SOURCE, *says, inferred=True, locator=register.locator(group))],
    }
