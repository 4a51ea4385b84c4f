"""What one can ask the schema: single records, nodes, nested lists, the directory as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from service.api.schema import schema
from service.catalogue.catalogue import Catalogue
from service.database import Database
from service.editing.revisions import publish
from service.models.rows import moment
from tests.catalogue.directory import ident
from tests.catalogue.loading import AUTHOR, filled, load
from tests.factories import a_source, make_organisation
from tests.factories import ident as small

Ask = Callable[..., Any]

SINGLE = {
    "organisation": "by",
    "service": "by",
    "region": "by",
    "taxonomy": "by",
    "taxonomy_term": "by",
    "project": "by",
    "event": "by",
    "source": "by",
    "location": "id",
    "agreement": "id",
    "cooperation_link": "id",
    "need": "id",
    "figure": "id",
}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(map(str.capitalize, tail))


@pytest.mark.parametrize("noun", SINGLE)
def test_any_record_can_be_asked_for_by_its_id(catalogue: Catalogue, ask: Ask, noun: str) -> None:
    record = catalogue.of(noun)[-1]
    given = '{id: "%s"}' if SINGLE[noun] == "by" else '"%s"'
    for id in (record.id, record.id.upper()):
        data = ask(f"{{ {_camel(noun)}({SINGLE[noun]}: {given % id}) {{ __typename id version licences }} }}")
        shown = data[_camel(noun)]
        assert (shown["id"], shown["__typename"]) == (record.id, type(record).__name__)
    for id in (str(uuid4()), "junk", "", catalogue.of("agreement" if noun == "source" else "source")[0].id):
        assert ask(f"{{ {_camel(noun)}({SINGLE[noun]}: {given % id}) {{ id }} }}") == {_camel(noun): None}


@pytest.mark.parametrize("noun", ["organisation", "service", "project", "event", "source"])
def test_slugs(catalogue: Catalogue, ask: Ask, noun: str) -> None:
    record = catalogue.of(noun)[0]
    query = f"query ($slug: String!) {{ {noun}(by: {{slug: $slug}}) {{ id slug }} }}"
    assert ask(query, slug=record.slug)[noun] == {"id": record.id, "slug": record.slug}
    for slug in ("", "nav-tada", record.id, "\0", "\ud800"):
        assert ask(query, slug=slug)[noun] is None


def test_codes_and_numbers(catalogue: Catalogue, ask: Ask) -> None:
    region = ask('{ region(by: {code: "valmieras-novads"}) { id } }')["region"]
    assert region == {"id": ident("region", "valmieras-novads")}
    assert ask('{ region(by: {code: "Valmieras novads"}) { id } }') == {"region": None}
    query = "query ($t: String!, $c: String!) { taxonomyTerm(by: {code: {taxonomy: $t, code: $c}}) { id code } }"
    for taxonomy in ("service_category", "target_group"):
        shown = ask(query, t=taxonomy, c="dementia")["taxonomyTerm"]
        assert shown == {"id": ident("taxonomy_term", f"{taxonomy}/dementia"), "code": "dementia"}
    assert ask(query, t="life_situation", c="dementia") == {"taxonomyTerm": None}
    for (noun, number), record in catalogue.numbers.items():
        field = {"organisation": "registrationNumber", "service": "registerNumber"}[noun]
        assert ask(f'{{ {noun}(by: {{{field}: "{number}"}}) {{ id }} }}')[noun] == {"id": record.id}
    assert {noun for noun, _ in catalogue.numbers} == {"organisation", "service"}


@pytest.mark.parametrize(
    "by",
    ['{id: "a", slug: "b"}', "{}", "{slug: null}", "null", "{nothing: 1}", "{id: [1, 2]}", "$by", "{slug: $slug}"],
)
def test_one_of_takes_exactly_one(catalogue: Catalogue, by: str) -> None:
    for value in ({}, {"id": "a", "slug": "b"}, {"slug": None}, None):
        declared = "($by: OrganisationBy!)" if by == "$by" else "($slug: String)" if "$slug" in by else ""
        result = schema.execute_sync(
            f"query {declared} {{ organisation(by: {by}) {{ id }} }}", {"by": value}, root_value=catalogue
        )
        assert result.data is None
        assert result.errors
        assert not any(error.path for error in result.errors)


def test_node_and_nodes(catalogue: Catalogue, ask: Ask) -> None:
    known = [record.id for record in catalogue.records.values()][:150]
    node = ask("query ($id: ID!) { node(id: $id) { __typename id ... on Region { code } } }", id=known[0])["node"]
    assert node["__typename"] == type(catalogue.records[known[0]]).__name__
    assert ask('{ node(id: "junk") { id } }') == {"node": None}
    many = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert [n["id"] for n in ask(many, ids=known[:101])["nodes"]] == known[:100]
    assert ask(many, ids=[known[3], "junk", known[1], known[3]])["nodes"] == [
        {"id": known[3]},
        None,
        {"id": known[1]},
        {"id": known[3]},
    ]
    assert ask(many, ids=[]) == {"nodes": []}


async def test_merged_records_and_old_slugs_answer(sqlite_url: str) -> None:
    merged, survivor = str(uuid4()), small("organisation")
    async with Database(sqlite_url) as database:
        await filled(database, [a_source(), make_organisation(1, slug="agrak")])
        await publish(database, [make_organisation(1, slug="tagad")], author=AUTHOR)
        at = moment(datetime(2026, 1, 2, tzinfo=UTC), database.dialect)
        async with database.transaction() as transaction:
            await transaction.execute(
                "INSERT INTO record (id, noun, state, merged_into_id, version, first_published_at, last_modified)"
                " VALUES (?, 'organisation', 'merged', ?, 1, ?, ?)",
                *(merged, survivor, at, at),
            )
        catalogue = await load(database)
    query = """query ($id: ID!) {
      node(id: $id) { id }
      nodes(ids: [$id]) { id }
      byId: organisation(by: {id: $id}) { slug }
      old: organisation(by: {slug: "agrak"}) { slug }
      filtered: organisations { nodes { units { totalCount } } }
    }"""
    result = schema.execute_sync(query, {"id": merged}, root_value=catalogue)
    assert result.errors is None
    assert result.data == {
        "node": {"id": survivor},
        "nodes": [{"id": survivor}],
        "byId": {"slug": "tagad"},
        "old": {"slug": "tagad"},
        "filtered": {"nodes": [{"units": {"totalCount": 0}}]},
    }


DEEP = """query ($id: ID!) {
  organisation(by: {id: $id}) {
    name(language: EN)
    identifiers { nodes { scheme value } }
    cooperation(first: 100, orderBy: {field: PARTIES}) {
      totalCount
      nodes {
        role partnerRole kind phase
        link { id trust documented lastKnownYear evidence { nodes { says basis source { title publisher } } } }
        partner {
          id name
          services(first: 100) { nodes { id name provider { id } regions { nodes { code
            parent { code subregions { nodes { code municipalSide { nodes { id
              cooperation { nodes { partner { id projectParticipations { nodes { project {
                participations { nodes { role sharePercent amount { amount currency } organisation { id } } }
              } } } } } }
            } } } } }
          } } } }
        }
      }
    }
  }
}"""


def test_a_deep_question_is_answered_from_the_objects(catalogue: Catalogue, ask: Ask) -> None:
    organisation = max(catalogue.of("organisation"), key=lambda each: len(each.cooperation))
    shown = ask(DEEP, id=organisation.id)["organisation"]
    assert shown["cooperation"]["totalCount"] == len(organisation.cooperation) > 3
    by_link = {seen["link"]["id"]: seen for seen in shown["cooperation"]["nodes"]}
    for seen in organisation.cooperation:
        told = by_link[seen.link.id]
        assert told["partner"]["id"] == seen.partner.id
        assert (told["role"], told["partnerRole"]) == (seen.role.name, seen.partner_role.name)
        assert {s["id"] for s in told["partner"]["services"]["nodes"]} == {s.id for s in seen.partner.services}
        evidence = [(e["says"], e["source"]["title"]) for e in told["link"]["evidence"]["nodes"]]
        assert evidence == [(e.says["lv"], e.source.title) for e in seen.link.evidence]
    assert _deepest(shown) >= 15


def _deepest(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_deepest, value.values()), default=0)
    return max(map(_deepest, value), default=0) if isinstance(value, list) else 0


def test_a_need_never_tells_a_small_number(catalogue: Catalogue, ask: Ask) -> None:
    told = {
        need["id"]: need["waiting"] for need in ask("{ needs(first: 100) { nodes { id waiting } } }")["needs"]["nodes"]
    }
    assert {"<5", "0", "5", "12", None} >= set(told.values()) >= {"<5", "12"}


def test_the_directory_as_a_whole(catalogue: Catalogue, ask: Ask) -> None:
    query = """{ directory {
      counts { organisations services cooperationLinks regions formerRegions taxonomyTerms locations agreements
               projects events needs figures sources }
      completeness(first: 100) { totalCount nodes { source { id } completeness records retrievedOn } }
      licences sources(first: 2) { totalCount nodes { title } pageInfo { hasNextPage } }
      lastChange { seq at } } }"""
    directory = ask(query)["directory"]
    assert directory["counts"] == {
        "organisations": 60,
        "services": 90,
        "cooperationLinks": 120,
        "regions": 13,
        "formerRegions": 3,
        "taxonomyTerms": 14,
        "locations": 30,
        "agreements": 10,
        "projects": 12,
        "events": 15,
        "needs": 25,
        "figures": 40,
        "sources": 8,
    }
    rests = {row["source"]["id"]: row["records"] for row in directory["completeness"]["nodes"]}
    for source in catalogue.of("source"):
        about = [r for r in catalogue.records.values() if any(e.source is source for e in r.evidence)]
        assert rests[source.id] == len(about)
    licences = {source.licence for source in catalogue.of("source")} - {None}
    assert set(directory["licences"]) == licences != set()
    assert directory["sources"]["totalCount"] == 8
    assert directory["sources"]["pageInfo"]["hasNextPage"]
    assert directory["lastChange"]["seq"] == catalogue.last_change.seq
    assert directory["lastChange"]["at"] == catalogue.last_change.at.isoformat()  # type: ignore[union-attr]


PLURALS = {"taxonomy": "taxonomies"}


@pytest.mark.parametrize("noun", SINGLE)
@pytest.mark.parametrize("backward", [False, True])
def test_every_list_can_be_walked(catalogue: Catalogue, ask: Ask, noun: str, *, backward: bool) -> None:
    field = _camel(PLURALS.get(noun, f"{noun}s"))
    way = "last: 7, before: $c" if backward else "first: 7, after: $c"
    info = "more: hasPreviousPage c: startCursor" if backward else "more: hasNextPage c: endCursor"
    query = f"query ($c: String) {{ {field}({way}) {{ nodes {{ id }} totalCount pageInfo {{ {info} }} }} }}"
    seen, position, more = [], None, True
    while more:
        page = ask(query, c=position)[field]
        seen += [node["id"] for node in page["nodes"]]
        more, position = page["pageInfo"]["more"], page["pageInfo"]["c"]
        assert page["totalCount"] == len(catalogue.of(noun))
    assert sorted(seen) == sorted(record.id for record in catalogue.of(noun))


def test_a_filter_on_a_nested_list(catalogue: Catalogue, ask: Ask) -> None:
    query = """{ organisations(first: 100) { nodes { id cooperation(filter: {kind: [PURCHASE, GRANT]}, first: 100) {
      totalCount nodes { kind link { sideA { id } sideB { id } } } } } } }"""
    for organisation in ask(query)["organisations"]["nodes"]:
        own = catalogue.records[organisation["id"]].cooperation
        kinds = [seen.link.kind.name for seen in own if seen.link.kind.name in ("PURCHASE", "GRANT")]
        assert sorted(seen["kind"] for seen in organisation["cooperation"]["nodes"]) == sorted(kinds)
        assert organisation["cooperation"]["totalCount"] == len(kinds)
