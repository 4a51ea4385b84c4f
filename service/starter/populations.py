"""Numbers of inhabitants, each with the page it was read from; their years differ, so they do not compare."""

from __future__ import annotations

from collections.abc import Iterator

from service.editing.revisions import Draft
from service.starter.drafting import both, draft, evidence
from service.starter.files import rows, words

SOURCES = {
    "Eurostat census 2021": "eurostat-census-2021",
    "en.wikipedia List of cities and towns in Latvia, 2025": "wikipedia-cities-2025",
    "en.wikipedia (mirror wikiclassic.com), 2021 estimate": "wikipedia-municipalities-2021",
    "pl.wikipedia infobox, without Varakļāni": "wikipedia-madona-2024",
    "lv.wikipedia infobox (pl.wikipedia: 2840)": "wikipedia-varaklani-2024",
    "lv.wikipedia infobox": "wikipedia-sigulda-2024",
}

ESTIMATE = both("Novērtējums.", "An estimate.")


def population_drafts() -> Iterator[Draft]:
    notes = words("region_words.toml")["population_notes"]
    for row in rows("regions.csv"):
        if row["population"]:
            source = SOURCES[row["population_source"]]
            content = {
                "indicator": "population",
                "name": both("Iedzīvotāji", "Inhabitants"),
                "value": row["population"],
                "qualifier": "exact",
                "unit": both("iedzīvotāji", "inhabitants"),
                "as_of": row["population_date"],
                "description": ESTIMATE if "estimate" in row["population_source"] else notes.get(row["code"]),
                "region": row["code"],
                "evidence": [evidence(source, "Iedzīvotāju skaits.", "The number of inhabitants.")],
            }
            yield draft("figure", f"population-{row['code']}-{row['population_date']}", content)
