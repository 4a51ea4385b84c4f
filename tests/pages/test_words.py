"""Every text that a page asks for is there in both languages, and none is left that no page asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service import pages
from service.catalogue.cooperation import Phase
from service.catalogue.coverage.cell import CoverageState
from service.catalogue.rates import Population
from service.catalogue.trust import Trust
from service.i18n import LANGUAGES, words
from service.models.cooperation import ROLES, ConfirmationState
from service.models.organisation import Sector
from service.models.report import ReportedField, ReportKind
from service.models.revision import Act
from service.models.service import ServiceStatus
from service.pages.choosing import MOST
from service.pages.handbook.content import LABELS
from service.pages.machines.tables import COLUMNS
from service.pages.results.asked import KINDS
from service.pages.results.facets import SHOWN
from service.pages.routes import FORMS
from tests.admin.test_words import catalogue

ASKED = {
    "join": "number name legal_form sector seat regions fields description email phone website",
    "claim": "capacity note",
    "report": "kind field words",
    "form": "sender too_often foreign",
}
DERIVED = {
    *(f"page.phase.{phase.value}" for phase in Phase),
    *(f"page.trust.{trust.value}" for trust in Trust),
    *(f"page.word.{state.value}" for state in ConfirmationState),
    *(f"page.sector.{sector.value}" for sector in Sector),
    *(f"page.status.{status.value}" for status in ServiceStatus if status is not ServiceStatus.ACTIVE),
    *(f"page.role.{role.value}" for a, b in ROLES.values() if a is not b for role in (a, b)),
    *(f"page.{name}.{precision}" for name in ("since", "until") for precision in ("year", "month", "day")),
    *(f"page.found.{kind}" for kind in KINDS),
    *(f"page.facet.{name}" for names in SHOWN.values() for name in names),
    *(f"page.unknown.{name}" for name in ("who", "access", "fee", "places")),
    *(f"page.instead.{name}" for name in ("neighbours", "country", "anywhere", "fewer")),
    *(f"page.met.{answer}" for answer in ("true", "false", "none")),
    *(f"page.handbook.{name}" for name in (*LABELS, "gaps", "from", "licence", "cite", "chapters", "parts")),
    *(f"page.handbook.{name}" for name in ("confidential", "correct")),
    *(f"page.chosen.{name}" for name in MOST),
    *(f"page.keep.{how}.{name}" for how in ("add", "kept", "full") for name in MOST),
    *(f"page.decide.state.{state.value}" for state in CoverageState),
    *(f"page.decide.per.{whom.value}" for whom in Population),
    *(f"page.decide.said.{side}" for side in ("side", "ngos")),
    *(f"page.decide.unknown.{name}" for name in ("price", "capacity", "places", "quality")),
    *(f"page.report.kind.{kind.value}" for kind in ReportKind),
    *(f"page.report.field.{field.value}" for field in ReportedField),
    *(f"page.{kind}.thanks" for kind in FORMS),
    *(f"page.{kind}.{name}" for kind, names in ASKED.items() for name in names.split()),
    *(f"page.history.{act.value}" for act in Act),
    *(f"page.column.{name}" for columns in COLUMNS.values() for name in columns),
    *(f"page.{name}{part}" for name in ("accessibility", "privacy") for part in ("", ".lead")),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there(language: str) -> None:
    said = words(language)
    assert [key for key in sorted(DERIVED | _asked()) if not said.has(key)] == []


def test_no_text_is_left_that_nobody_shows() -> None:
    own = {key for key in catalogue("lv") if key.startswith("page.")}
    assert own - DERIVED - _asked() == set()


def _asked() -> set[str]:
    folder = Path(pages.__file__).parent
    sources = [path for kind in ("**/*.py", "templates/*.html") for path in folder.glob(kind)]
    return {key for file in sources for key in re.findall(r'"(page\.[\w.]*\w)"', file.read_text("utf-8"))}
