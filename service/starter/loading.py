"""Loading the starter content through the one way to write, a set at a time."""

from __future__ import annotations

from collections.abc import Callable

from service.database import Database
from service.editing.revisions import Draft, publish
from service.starter.documents import document_drafts
from service.starter.order import batches, in_order
from service.starter.populations import population_drafts
from service.starter.regions import region_drafts
from service.starter.register_organisations import organisation_drafts
from service.starter.register_places import place_drafts
from service.starter.register_seats import seat_drafts
from service.starter.register_services import service_drafts
from service.starter.successions import former_drafts
from service.starter.taxonomies import term_drafts

AUTHOR = "starter"

LABELS = {
    "source": "Sources",
    "region": "Regions",
    "taxonomy": "Taxonomies",
    "taxonomy_term": "Terms",
    "location": "Locations",
    "organisation": "Organisations",
    "service": "Services",
    "project": "Projects",
    "agreement": "Agreements",
    "cooperation_link": "Cooperation",
    "event": "Events",
    "figure": "Figures",
}

PARTS = (
    document_drafts,
    region_drafts,
    former_drafts,
    population_drafts,
    term_drafts,
    place_drafts,
    seat_drafts,
    organisation_drafts,
    service_drafts,
)


def drafts() -> list[Draft]:
    """Everything that ships, what is referred to before what refers."""
    return in_order(draft for part in PARTS for draft in part())


async def is_due(database: Database) -> bool:
    """Whether nothing is published yet, or a load of the starter was cut short before anybody else wrote."""
    others = await database.fetch("SELECT 1 AS one FROM revision WHERE author <> ? LIMIT 1", AUTHOR)
    if others:
        return False
    present = {str(row["id"]) for row in await database.fetch("SELECT id FROM record")}
    return any(draft.id not in present for draft in drafts())


async def load_starter(database: Database, progress: Callable[[str, int, int], None]) -> None:
    """Publish what the database does not have yet; `progress` is told a label, how many are done, how many in all.

    A record that was ever published, also one withdrawn since, is left as it is, so a load that was cut short
    goes on where it stopped.
    """
    present = {str(row["id"]) for row in await database.fetch("SELECT id FROM record")}
    ordered = drafts()
    done = 0
    for batch in batches(ordered):
        missing = [draft for draft in batch if draft.id not in present]
        if missing:
            await publish(database, missing, author=AUTHOR)
        done += len(batch)
        progress(LABELS[batch[0].noun], done, len(ordered))
