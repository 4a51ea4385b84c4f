"""The GraphQL query that answers the same as a page: readers open it in the explorer, and go on from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson

from service.pages.results.asked import CHOICES, Asked

HOME = """{
  terms: taxonomyTerms(filter: {taxonomy: ["life_situation"]}, first: 100) { nodes { code name } }
  regions(filter: {kind: [MUNICIPALITY, STATE_CITY]}, first: 100) { nodes { code name } }
}"""

ORGANISATION = """query ($slug: String!) {
  organisation(by: {slug: $slug}) {
    name legalForm sector description website email phone founded freshness assuredOn
    seat { region { name } }
    services { totalCount nodes { name categories { nodes { name } } } }
    cooperation(first: 40) {
      totalCount
      nodes { kind phase role partnerRole partner { name } link { trust lastKnownYear attestedOn { value } } }
    }
    projectParticipations { nodes { role project { title } } }
    evidence { nodes { source { title url } } }
  }
}"""

SERVICE = """query ($slug: String!) {
  service(by: {slug: $slug}) {
    name description status fee accessRoutes residenceRule minimumAge maximumAge assuredOn
    provider { name }
    categories { nodes { name } }
    targetGroups { nodes { name } }
    locations { nodes { confidential address region { name } } }
    availability { state freePlaces weeksToWait asOf }
    capacities { nodes { value qualifier unit } }
    costs { nodes { amount { amount currency } unit } }
    evidence { nodes { source { title url } } }
  }
}"""

REGION = """query ($code: ID!) {
  coverage(regions: [$code]) {
    regions(first: 1) { nodes { completeness notice cells(first: 50) { nodes { category { name } state } } } }
  }
  unconnected(region: $code) { text organisations(first: 20) { totalCount nodes { name } } }
}"""

COOPERATION_LINK = """query ($id: ID!) {
  cooperationLink(id: $id) {
    kind phase trust documented lastKnownYear description
    sideA { name } roleA sideB { name } roleB
    validFrom { value } validTo { value } attestedOn { value }
    confirmations { nodes { side state on } }
    agreement { title number basis signedOn { value } }
    evidence { nodes { says basis speaksFor source { title url } } }
  }
}"""

PROJECT = """query ($slug: String!) {
  project(by: {slug: $slug}) {
    title programme description contractNumber amount { amount currency } startsOn { value } endsOn { value }
    participations { nodes { role sharePercent amount { amount currency } organisation { name } } }
    activities { nodes { name } }
    evidence { nodes { source { title url } } }
  }
}"""

EVENT = """query ($slug: String!) {
  event(by: {slug: $slug}) {
    title kind description startsOn { value } endsOn { value } attendance
    participations { nodes { role organisation { name } } }
    evidence { nodes { source { title url } } }
  }
}"""

SOURCE = """query ($slug: String!) {
  source(by: {slug: $slug}) {
    title kind publisher publishedOn { value } url licence attribution completeness
    supports(first: 40) { totalCount nodes { says basis locator } }
  }
}"""

SERVICES = """query ($filter: ServiceFilter) {
  services(filter: $filter) {
    totalCount
    nodes {
      name provider { name } fee accessRoutes availability { state asOf }
      categories { nodes { name } } targetGroups { nodes { name } }
    }
    facets(by: [CATEGORY, TARGET_GROUP, ACCESS_ROUTE, FEE, AVAILABILITY, FORM]) { field values { value name count } }
  }
}"""

ORGANISATIONS = """query ($filter: OrganisationFilter) {
  organisations(filter: $filter) {
    totalCount
    nodes { name legalForm sector fields { nodes { name } } cooperation { totalCount } }
    facets(by: [CATEGORY, FIELD, TARGET_GROUP, SECTOR]) { field values { value name count } }
  }
}"""

CHOSEN = """query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Organisation { name phone email website seat { address region { name } } }
    ... on Service {
      name phone provider { name } fee accessRoutes residenceRule
      availability { state freePlaces weeksToWait asOf }
      capacities(first: 3) { nodes { value qualifier unit } }
      costs(first: 3) { nodes { amount { amount currency } unit } }
      quality(first: 10) { nodes { criterion met checkedOn { value } } }
      links(first: 10) { nodes { kind phase sideA { name } } }
    }
  }
}"""

DECISION = """query ($region: ID!, $category: ID!) {
  coverage(regions: [$region], categories: [$category]) {
    regions(first: 1) {
      nodes {
        completeness
        population { value asOf { value } }
        cells(first: 1) {
          nodes {
            state providerCount ngoCount perThousand { value year } statementsDiffer
            municipalStatements(first: 10) { nodes { statement waiting statedBy { name } } }
            ngoStatements(first: 10) { nodes { statement waiting statedBy { name } } }
            providers(first: 10) { nodes { organisation { name } reach arrangements } }
            countryWide(first: 10) { nodes { organisation { name } } }
            capacities(first: 10) { nodes { value qualifier unit } }
          }
        }
      }
    }
  }
  cooperationLinks(
    filter: {category: [$category], kind: [DELEGATION, PARTICIPATION_CONTRACT, PURCHASE, GRANT]}, first: 20
  ) {
    totalCount
    nodes {
      kind phase sideA { name } sideB { name }
      agreement { number signedOn { value } value { amount currency } unitPrice { amount currency } unit }
    }
  }
}"""


def opened(query: str, **variables: Any) -> str:
    """Where the explorer opens with a query and its variables."""
    asked = {"query": query} | ({"variables": orjson.dumps(variables).decode()} if variables else {})
    return f"/graphql?{urlencode(asked)}"


def results(asked: Asked) -> str:
    """The query of a search."""
    query = SERVICES if asked.kind == "service" else ORGANISATIONS
    return opened(query, filter=dict(_filter(asked)))


def _filter(asked: Asked) -> Mapping[str, Any]:
    found: dict[str, Any] = {"text": asked.words} if asked.words else {}
    if asked.age is not None:
        found["age"] = asked.age
    if asked.region is not None and asked.near:
        found["near"] = {"region": {"id": asked.region.code, "neighbours": True}}
    elif asked.region is not None:
        found["region"] = [asked.region.code]
    for value in asked.values:
        code = value.meaning.name if value.name in CHOICES else value.code
        found.setdefault(_camel(value.name), []).append(code)
    return found


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)
