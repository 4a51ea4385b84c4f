"""What the register's legal status tells of a provider and of the body it is a unit of.

The same tables are in docs/starter.md. "Unit of …" tells the form of the whole, not of the unit; a status that
says neither gives nothing.
"""

from __future__ import annotations

from service.starter.files import Row

FORMS = {
    "Biedrība": "association",
    "Nodibinājums": "foundation",
    "Pašvaldības iestāde": "municipal_institution",
    "Pašvaldības aģentūra": "municipal_agency",
    "Pašvaldības SIA": "company",
    "SIA": "company",
}

UNITS = {
    "Biedrības struktūrvienība": "association",
    "Nodibinājuma struktūrvienība": "foundation",
    "Reliģiskas organizācijas struktūrvienība": "religious",
    "SIA struktūrvienība": "company",
    "Valsts SIA struktūrvienība": "company",
    "Pašvaldības iestādes struktūrvienība": "municipal_institution",
    "Pašvaldības aģentūras struktūrvienība": "municipal_agency",
    "Pašvaldības struktūrvienība": None,
    "Struktūrvienība": None,
}
"""The statuses of units, each with the form of the body they belong to where the status tells it."""

SECTORS = {"association": "ngo", "foundation": "ngo", "religious": "ngo", "municipality": "municipal"}
"""By `parent_kind`; a company's owner is told by `public_owner` or by nothing."""

OWNERS = {"municipality": "municipal", "state": "state"}


def legal_form(row: Row) -> str | None:
    """A unit whose parent is unknown has no form: what the status names is the parent's."""
    if row["legal_status"] in UNITS:
        return "unit" if row["parent_name"] else None
    return FORMS[row["legal_status"]]


def parent_form(row: Row) -> str | None:
    """The form of the parent; a unit that gives the parent's status as its own tells it too."""
    return UNITS[row["legal_status"]] if row["legal_status"] in UNITS else FORMS[row["legal_status"]]


def sector(row: Row) -> str | None:
    return SECTORS.get(row["parent_kind"]) or OWNERS.get(row["public_owner"])
