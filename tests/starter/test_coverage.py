"""Coverage of three municipalities of the starter directory, each cell worked out by hand from the files.

From `register_sample.csv` come the rows of the municipality: the service's category, rolled up to the top one by
`parent` in `service_categories.csv`; the planned clients; the provider, which for a unit is `parent_name`. From
`services.toml` comes what else has a place: the day centre in Sigulda alone. `cooperation_links.toml` has no
delegation, purchase or grant of a municipality, and no file has a need.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio

from service.catalogue.catalogue import Catalogue
from service.catalogue.coverage import coverage
from service.catalogue.coverage.cell import CoverageCell
from service.catalogue.record import Freshness
from service.database import Database
from service.settings import Settings

SAMARITANS = 'Biedrība "Latvijas Samariešu apvienība"'
WINGS = 'Biedrība "Cerību spārni"'
SOS = "Latvijas SOS Bērnu ciematu asociācija"

Cell = tuple[str, set[str], int, int, list[int]]
"""The state, the providers, how many are NGOs, how many municipal, the planned clients added up."""

BY_HAND: dict[str, dict[str, Cell]] = {
    # 1481: 8 children, a unit of the SOS association; 1687: 183 adults, a company.
    "valkas-novads": {"social-care": ("SEVERAL", {SOS, "SARC ZIEMEĻBLĀZMA"}, 1, 0, [191])},
    "siguldas-novads": {
        "specialised-workshop": ("ONE_KNOWN", {WINGS}, 1, 0, [20]),  # 1002
        "social-work": ("ONE_KNOWN", {WINGS}, 1, 0, [10]),  # 1084, family-assistant
        "day-care-centre": ("ONE_KNOWN", {WINGS}, 1, 0, [16]),  # 1633
        "group-home": ("ONE_KNOWN", {WINGS}, 1, 0, [16]),  # 1704
        # 1883: 15; 2072: 15
        "social-rehabilitation": ("SEVERAL", {WINGS, 'Biedrība "Aicinājums Tev"'}, 2, 0, [30]),
        "day-centre": ("ONE_KNOWN", {"Siguldas dienas centrs"}, 0, 0, []),  # services.toml; its sector is not stated
    },
    "valmieras-novads": {
        # 156: 12; 1666: 16
        "group-home": ("SEVERAL", {'Camphill nodibinājums "Rožkalni"', SAMARITANS}, 2, 0, [28]),
        # 1012 short-term-care: 2, of a company; 1020: 47, municipal; 1104: 33; 1546: 4 children
        "social-care": (
            "SEVERAL",
            {
                'SIA "Vidzemes slimnīca"',
                'Valmieras pilsētas pašvaldības pansionāts "Valmiera"',
                'Biedrība "REACH"',
                SOS,
            },
            2,
            1,
            [86],
        ),
        "social-work": ("ONE_KNOWN", {"Valmieras novada Sociālo lietu pārvalde"}, 0, 1, [450]),  # 1520
        # 1527: 11 and 1793: 20 of the same; 1662: 40; 1932: 13
        "day-care-centre": (
            "SEVERAL",
            {
                SAMARITANS,
                'Bierība "Kristīgais žēlsirdības centrs" struktūvienība kristīgais dienas centrs',
                'Fonds "Iespēju tilts" Dienas aprūpes centrs "Niedres" senioriem, tai skaitā ar demenci',
            },
            3,
            0,
            [84],
        ),
        # 1528: 44 and 1792: 200 of the same; 2071: 50
        "social-rehabilitation": ("SEVERAL", {SAMARITANS, 'Biedrība "Kopā varam!"'}, 2, 0, [294]),
    },
}
TOP_CATEGORIES = 23
"""The rows of `service_categories.csv` without a parent: counted by hand."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def directory(starter_url: str) -> Catalogue:
    async with Database(starter_url) as database:
        return await Catalogue.load(database, Settings.from_env({}), date(2026, 11, 15))


def shown(cell: CoverageCell) -> Cell:
    providers = {provider.organisation.name["lv"] for provider in cell.providers(first=100).nodes}
    capacities = [capacity.value for capacity in cell.capacities().nodes]
    return cell.state().name, providers, cell.ngo_count(), cell.municipal_count(), capacities


def row_of(directory: Catalogue, municipality: str) -> Any:
    [row] = coverage(directory, regions=[municipality]).regions().nodes
    return row


@pytest.mark.parametrize("municipality", BY_HAND)
def test_every_cell_is_what_the_files_say(directory: Catalogue, municipality: str) -> None:
    row = row_of(directory, municipality)
    cells = {cell.category.code: cell for cell in row.cells(first=100).nodes}
    assert len(cells) == TOP_CATEGORIES
    unknown: Cell = ("UNKNOWN", set(), 0, 0, [])
    assert {code: shown(cell) for code, cell in cells.items()} == {
        code: BY_HAND[municipality].get(code, unknown) for code in cells
    }
    for cell in cells.values():
        assert cell.country_wide().total_count == 0
        assert not any(provider.arrangements() for provider in cell.providers(first=100).nodes)
        assert cell.municipal_statements().total_count == cell.ngo_statements().total_count == 0


def test_what_is_per_thousand_has_its_year(directory: Catalogue) -> None:
    """regions.csv: 31,469 inhabitants of Sigulda in 2024, none stated for the other two, nowhere any children."""
    rates = {}
    for municipality in BY_HAND:
        cells = {cell.category.code: cell for cell in row_of(directory, municipality).cells(first=100).nodes}
        rates[municipality] = cells["social-rehabilitation"].per_thousand()
    sigulda = rates.pop("siguldas-novads")
    assert (sigulda.value, sigulda.year) == (Decimal("0.064"), 2024)  # 2 * 1,000 / 31,469
    assert list(rates.values()) == [None, None]


def test_only_a_sample_is_loaded_and_each_row_says_so(directory: Catalogue) -> None:
    rows = coverage(directory).regions(first=100).nodes
    assert len(rows) == 42
    assert all(row.notice().startswith("Dati nepilnīgi") for row in rows)


def test_a_word_of_2010_is_known_to_be_old(directory: Catalogue) -> None:
    cells = {cell.category.code: cell for cell in row_of(directory, "siguldas-novads").cells(first=100).nodes}
    [provider] = cells["day-centre"].providers().nodes
    assert provider.freshness() is Freshness.STALE
