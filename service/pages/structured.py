"""Pages as schema.org data in JSON-LD, for search engines. Of a confidential place only the municipality is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.models.organisation import Sector
from service.pages import addresses
from service.pages.telling import Telling
from service.pages.view import View

Data = dict[str, Any]
CONTEXT = "https://schema.org"


def graph(view: View, main: Data, trail: Sequence[tuple[str, str]] = ()) -> Data:
    """What a page is about, with the way to it: names and addresses from the first page on."""
    found = [_told(main)]
    if trail:
        steps = [
            {"@type": "ListItem", "position": place, "name": name, "item": view.absolute(path)}
            for place, (name, path) in enumerate(trail, 1)
        ]
        found.append({"@type": "BreadcrumbList", "itemListElement": steps})
    return {"@context": CONTEXT, "@graph": found}


def site(view: View) -> Data:
    """The directory itself, and how one searches it."""
    search = view.absolute(addresses.path("results", view.language)) + "?q={q}"
    action = {"@type": "SearchAction", "target": search, "query-input": "required name=q"}
    home = view.absolute(addresses.path("home", view.language))
    main = {"@type": "WebSite", "name": view.words("site"), "url": home, "potentialAction": action}
    return graph(view, {**main, "inLanguage": view.language})


def reference(view: View, record: Any) -> Data:
    """A record that is named on the page of another."""
    return {"@type": _type(record), "name": Telling(view.words).name(record), "@id": _id(view, record)}


def organisation(view: View, record: Any) -> Data:
    tell = Telling(view.words)
    seat = None if record.seat is None else place(view, record.seat)
    return {
        "@type": "GovernmentOrganization" if _is_public(record) else "Organization",
        "@id": _id(view, record),
        "url": _id(view, record),
        "name": tell.name(record),
        "alternateName": [other.name for other in record.alternate_names],
        "description": tell.plain(record.description),
        "sameAs": record.website,
        "email": record.email,
        "telephone": record.phone,
        "foundingDate": record.founded and str(record.founded),
        "location": seat,
        "parentOrganization": record.parent and reference(view, record.parent),
        "areaServed": [tell.name(region) for region in record.regions],
    }


def service(view: View, record: Any) -> Data:
    tell = Telling(view.words)
    return {
        "@type": "GovernmentService" if _is_public(record.provider) else "Service",
        "@id": _id(view, record),
        "url": _id(view, record),
        "name": tell.name(record),
        "description": tell.plain(record.description),
        "serviceType": [tell.name(category) for category in record.categories],
        "provider": reference(view, record.provider),
        "areaServed": [tell.name(region) for region in record.regions],
        "audience": [{"@type": "Audience", "audienceType": tell.name(group)} for group in record.target_groups],
        "location": [place(view, location) for location in record.locations],
    }


def place(view: View, location: Any) -> Data:
    """A place; what is confidential is not in the catalogue, and would not be told if it were."""
    tell = Telling(view.words)
    address = {"@type": "PostalAddress", "addressCountry": "LV", "addressRegion": tell.name(location.region)}
    if location.confidential:
        return {"@type": "Place", "address": address}
    town = {"addressLocality": tell.plain(location.town), "postalCode": location.postal_code}
    return _told({"@type": "Place", "address": _told({**address, **town, "streetAddress": location.address})})


def region(view: View, record: Any) -> Data:
    data = {"@type": "AdministrativeArea", "@id": _id(view, record), "name": Telling(view.words).name(record)}
    return {**data, "containedInPlace": record.parent and reference(view, record.parent)}


def event(view: View, record: Any) -> Data:
    tell = Telling(view.words)
    return {
        "@type": "Event",
        "@id": _id(view, record),
        "name": tell.name(record),
        "description": tell.plain(record.description),
        "startDate": record.starts_on and record.starts_on.value,
        "endDate": record.ends_on and record.ends_on.value,
        "location": None if record.location is None else place(view, record.location),
        "organizer": [reference(view, part.organisation) for part in record.participations if part.role == "organiser"],
    }


def _is_public(record: Any) -> bool:
    return record.sector in (Sector.MUNICIPAL, Sector.STATE)


def _id(view: View, record: Any) -> str:
    return view.absolute(addresses.address(record, view.language))


def _type(record: Any) -> str:
    return {"Organisation": "Organization", "Region": "AdministrativeArea"}.get(type(record).__name__, "Thing")


def _told(data: Data) -> Data:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in (None, "", [], ())}
