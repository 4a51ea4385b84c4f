"""What the documents say: each noun has its TOML file, in which records name each other by key."""

from __future__ import annotations

from collections.abc import Iterator

from service import models
from service.editing.revisions import Draft
from service.starter.drafting import draft
from service.starter.files import words

FILES = {
    "source": "sources.toml",
    "taxonomy": "taxonomies.toml",
    "taxonomy_term": "taxonomies.toml",
    "location": "locations.toml",
    "organisation": "organisations.toml",
    "service": "services.toml",
    "project": "projects.toml",
    "agreement": "agreements.toml",
    "cooperation_link": "cooperation_links.toml",
    "event": "events.toml",
    "figure": "figures.toml",
}


def document_drafts() -> Iterator[Draft]:
    """A record's key is also its slug."""
    for noun, file in FILES.items():
        for record in words(file)[noun]:
            content = {name: value for name, value in record.items() if name != "key"}
            if models.NOUNS[noun].HAS_SLUG:
                content["slug"] = record["key"]
            yield draft(noun, record["key"], content)
