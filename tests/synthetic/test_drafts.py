"""What is generated: the same for a seed everywhere, different for another, whole, and about nobody."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.editing.checks.emails import is_person_shaped
from service.editing.revisions import Draft
from service.models.cooperation import ROLES
from service.models.organisation import LegalForm, Sector
from service.synthetic.base import base
from service.synthetic.chance import Chance
from service.synthetic.ids import Ids
from service.synthetic.parts import parts, records, source
from service.synthetic.scene import PART, scenes
from tests.starter.test_privacy import PERSONAL

ROOT = Path(__file__).parent.parent.parent
SIZE = 300

Content = dict[str, Any]


def drafts(seed: int, size: int) -> list[Draft]:
    return [draft for scene in scenes(seed, size) for draft in records(scene)]


@pytest.fixture(scope="module")
def made() -> list[Draft]:
    return drafts(1, SIZE)


def of(made: list[Draft], noun: str) -> dict[str, Content]:
    return {draft.id: draft.content for draft in made if draft.noun == noun}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    for item in inner:
        yield from texts(item)


def digest(made: list[Draft]) -> str:
    said = json.dumps([[draft.noun, draft.id, draft.content] for draft in made])
    return hashlib.sha256(said.encode()).hexdigest()


def test_chance_falls_the_same_way_for_ever() -> None:
    chance = Chance(7, "organisation", 3)
    assert [chance.below(1000) for _ in range(6)] == [930, 603, 817, 919, 312, 633]
    assert Ids(7)("organisation", 3) == "01a19467-e803-73ab-8770-a5f8b5d16043"


def test_the_same_seed_gives_the_same_records_in_every_process() -> None:
    code = "from tests.synthetic.test_drafts import digest, drafts; print(digest(drafts(5, 70)))"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == digest(drafts(5, 70))


def test_a_larger_directory_begins_with_the_smaller_one(made: list[Draft]) -> None:
    smaller = drafts(1, 100)
    assert made[: len(smaller)] == smaller


def test_another_seed_gives_another_directory(made: list[Draft]) -> None:
    other = drafts(2, SIZE)
    assert not {draft.id for draft in made} & {draft.id for draft in other}
    names, others = (
        Counter(json.dumps(content["name"]) for content in of(some, "organisation").values()) for some in (made, other)
    )
    # The offices of real regions are called the same in both.
    assert (names & others).total() < SIZE / 3


def test_ids_slugs_and_numbers_are_not_given_twice(made: list[Draft]) -> None:
    assert max(Counter(draft.id for draft in made).values()) == 1
    assert max(Counter((draft.noun, slug) for draft in made if (slug := draft.content.get("slug"))).values()) == 1
    numbers = [
        item["value"] for content in of(made, "organisation").values() for item in content.get("identifiers", [])
    ]
    assert len(set(numbers)) == len(numbers) > SIZE / 2
    assert all(re.fullmatch(r"99\d{9}", number) for number in numbers)


def test_numbers_stay_different_in_a_directory_of_any_size() -> None:
    assert len({number * 7_654_321 % 10**9 for number in range(200_000)}) == 200_000


def test_all_that_is_referred_to_is_there(made: list[Draft]) -> None:
    organisations, services = of(made, "organisation"), of(made, "service")
    for link in of(made, "cooperation_link").values():
        assert link["side_a"] != link["side_b"]
        assert {link["side_a"], link["side_b"]} <= organisations.keys()
        assert set(link.get("services", [])) <= services.keys()
    for service in services.values():
        assert service["provider"] in organisations
    for organisation in organisations.values():
        assert organisation.get("parent", next(iter(organisations))) in organisations


def test_it_has_the_size_of_a_real_one() -> None:
    counts = Counter(draft.noun for draft in drafts(3, 1000))
    assert 3_400 < counts["service"] < 4_500
    assert 5_400 < counts["cooperation_link"] < 6_600
    assert all(counts[noun] > 10 for noun in ("agreement", "project", "event", "need", "figure"))


def test_a_few_hubs_have_many_links(made: list[Draft]) -> None:
    ends = Counter[str]()
    for link in of(made, "cooperation_link").values():
        ends.update((link["side_a"], link["side_b"]))
    degrees = sorted(ends.values(), reverse=True)
    assert sum(degrees[: SIZE // 100]) > 0.1 * sum(degrees)
    assert degrees[SIZE // 2] < 15


def test_every_kind_form_and_sector_occurs(made: list[Draft]) -> None:
    organisations = of(made, "organisation").values()
    assert {content.get("legal_form") for content in organisations} == {*map(str, LegalForm), None}
    assert {content.get("sector") for content in organisations} == {*map(str, Sector), None}
    assert {content["kind"] for content in of(made, "cooperation_link").values()} == {*map(str, ROLES)}


def test_dates_are_known_more_or_less_exactly(made: list[Draft]) -> None:
    dates = [content["valid_from"] for content in of(made, "cooperation_link").values() if "valid_from" in content]
    assert {len(date) for date in dates} == {4, 7, 10}


def test_seats_lie_in_their_municipality_and_some_are_confidential(made: list[Draft]) -> None:
    regions = {region.id: region for region in base().regions}
    seats = of(made, "location").values()
    for seat in seats:
        region = regions[seat["region"]]
        assert abs(seat["lon"] - region.lon) < 0.04
        assert abs(seat["lat"] - region.lat) < 0.02
    assert 0 < sum(bool(seat.get("confidential")) for seat in seats) < SIZE / 10


def test_names_have_latvian_letters_in_all_positions(made: list[Draft]) -> None:
    names = " ".join(content["name"]["lv"] for content in of(made, "organisation").values())
    for pattern in (r"\b[ĀČĒĢĪĶĻŅŠŪŽ]", r"\B[āčēģīķļņšūž]\B", r"[āčēģīķļņšūž]\b", '"', "„", "«"):
        assert re.search(pattern, names)


def test_everything_says_that_it_is_synthetic(made: list[Draft]) -> None:
    marks = {}
    for part in parts(scenes(1, SIZE)):
        mark = source(part)
        marks[mark.id] = mark.content
    assert len(marks) == SIZE / PART
    for content in marks.values():
        assert content["kind"] == "editorial"
        assert "Sintētiski dati" in content["title"]
        assert "Synthetic data" in content["title"]
        assert "sintētiski" in content["description"]["lv"].lower()
        assert "synthetic" in content["description"]["en"].lower()
    assert {item["source"] for draft in made for item in draft.content["evidence"]} == marks.keys()


@pytest.mark.parametrize("what", [what for what in PERSONAL if what != "an e-mail address"])
def test_nothing_looks_personal(made: list[Draft], what: str) -> None:
    found = {
        text for draft in made for text in texts(draft.content) if not re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}", text)
    }
    undated = {re.sub(r"\d{4}-\d\d(-\d\d)?", "", text) for text in found}
    assert not [text for text in undated if re.search(PERSONAL[what], text)]


def test_addresses_are_functional_and_lead_nowhere(made: list[Draft]) -> None:
    addresses = [draft.content["email"] for draft in made if "email" in draft.content]
    assert len(addresses) > SIZE / 2
    for address in addresses:
        assert address.endswith("@example.org")
        assert not is_person_shaped(address)
    assert not any("phone" in draft.content for draft in made)
    links = {text for draft in made for text in texts(draft.content) if "://" in text}
    assert all(link.startswith("https://example.org/") for link in links)
