"""Drafts to publish in tests: the smallest valid one of every noun, one set with everything filled, and any.

Ids are made from noun and name, so two tests that say the same mean the same record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from hypothesis import strategies as st

from service import models
from service.editing.checks import TAXONOMIES
from service.editing.content import Reading, public
from service.editing.revisions import Draft
from service.editing.rules import broken_rules, fields_of
from service.models import fields as declared
from service.models.shape import Shape, shape

Content = dict[str, Any]
NOTHING = object()


def ident(noun: str, name: object = 1) -> str:
    """The id of a record of a noun."""
    return str(uuid5(NAMESPACE_URL, f"https://example.org/{noun}/{name}"))


def words(lv: str, en: str | None = None) -> dict[str, str]:
    return {"lv": lv} | ({"en": en} if en else {})


def evidence(source: object = 1, **content: Any) -> Content:
    """A piece of evidence that the source of that name states."""
    return {"source": ident("source", source), "basis": "stated", "says": words("Tā teikts."), **content}


def _draft(noun: str, name: object, content: Content, changes: Content) -> Draft:
    needed = {"evidence": [evidence()]} if models.NOUNS[noun].NEEDS_EVIDENCE else {}
    return Draft(noun, ident(noun, name), {**needed, **content, **changes})


def a_source(name: object = 1, /, **content: Any) -> Draft:
    said = {"title": f"Source {name}", "kind": "news", "language": "lv", "retrieved_on": "2026-01-15"}
    return _draft("source", name, {**said, "completeness": "partial"}, content)


def make_region(name: object = 1, /, **content: Any) -> Draft:
    said = {"code": f"region-{name}", "kind": "municipality", "name": words(f"{name}. novads")}
    return _draft("region", name, said, content)


def make_taxonomy(code: str = "service_category", /, **content: Any) -> Draft:
    return _draft("taxonomy", code, {"code": code, "name": words(code)}, content)


def make_term(name: object = 1, taxonomy: str = "service_category", /, **content: Any) -> Draft:
    said = {"taxonomy": ident("taxonomy", taxonomy), "code": f"term-{name}", "name": words(f"Jēdziens {name}")}
    return _draft("taxonomy_term", f"{taxonomy}/{name}", said, content)


def make_location(name: object = 1, /, **content: Any) -> Draft:
    return _draft("location", name, {"location_type": "physical", "region": ident("region")}, content)


def make_organisation(name: object = 1, /, **content: Any) -> Draft:
    return _draft("organisation", name, {"name": words(f"Biedrība {name}")}, content)


def make_service(name: object = 1, /, **content: Any) -> Draft:
    said = {"name": words(f"Pakalpojums {name}"), "provider": ident("organisation"), "status": "active"}
    return _draft("service", name, said, content)


def make_project(name: object = 1, /, **content: Any) -> Draft:
    return _draft("project", name, {"title": words(f"Projekts {name}")}, content)


def make_agreement(name: object = 1, /, **content: Any) -> Draft:
    return _draft("agreement", name, {"basis": "contract", "number": f"2026/{name}"}, content)


def make_link(name: object = 1, /, **content: Any) -> Draft:
    said = {"kind": "cooperation", "side_a": ident("organisation", 1), "side_b": ident("organisation", 2)}
    return _draft("cooperation_link", name, said, content)


def make_event(name: object = 1, /, **content: Any) -> Draft:
    return _draft("event", name, {"title": words(f"Seminārs {name}"), "kind": "meeting"}, content)


def make_need(name: object = 1, /, **content: Any) -> Draft:
    said = {"stated_by": ident("organisation"), "region": ident("region"), "statement": "needed"}
    return _draft("need", name, {**said, "category": term()}, content)


def make_figure(name: object = 1, /, **content: Any) -> Draft:
    said = {"indicator": "staff", "name": words("Darbinieki"), "value": "30", "unit": words("cilvēki")}
    return _draft("figure", name, {**said, "qualifier": "more_than", "organisation": ident("organisation")}, content)


def term(name: object = 1, taxonomy: str = "service_category") -> str:
    """The id of the term that `make_term` makes."""
    return ident("taxonomy_term", f"{taxonomy}/{name}")


MAKERS: dict[str, Callable[..., Draft]] = {
    "source": a_source,
    "region": make_region,
    "taxonomy": make_taxonomy,
    "taxonomy_term": make_term,
    "location": make_location,
    "organisation": make_organisation,
    "service": make_service,
    "project": make_project,
    "agreement": make_agreement,
    "cooperation_link": make_link,
    "event": make_event,
    "need": make_need,
    "figure": make_figure,
}
"""By noun, what makes its smallest valid draft."""


def basics() -> list[Draft]:
    """What the smallest drafts refer to, and two of everything that a field may refer to.

    The organisations are municipal, so that they may stand in any role of a link.
    """
    taxonomies = sorted({"life_situation", *TAXONOMIES.values()})
    makers = (a_source, make_region, make_location, make_service, make_project, make_agreement)
    return [
        *(make(name) for make in makers for name in (1, 2)),
        *(make_organisation(name, sector="municipal") for name in (1, 2)),
        *(make_taxonomy(code) for code in taxonomies),
        *(make_term(name, code) for code in taxonomies for name in (1, 2)),
    ]


SPECIAL: dict[str, Content] = {
    "region": {"kind": "former", "former_kind": "municipality"},
    "region_succession": {"relation": "split"},
    "organisation_identifier": {"scheme": "registration_number", "value": "40008000001"},
    "organisation": {"legal_form": "association", "sector": "ngo"},
    "cooperation_link": {"side_b": ident("organisation", 2)},
    "need": {"waiting": 12, "fewer_than_five": False},
    "figure": {"organisation": NOTHING, "service": NOTHING, "project": NOTHING},
    "service_quality": {"evidence": ident("evidence", "full")},
    "evidence": {"id": ident("evidence", "full")},
}
"""What the rules between fields ask for beyond the rule of each."""


def everything() -> list[Draft]:
    """One valid set with every noun in it, and every scalar, reference, set and owned child filled at least once."""
    full = [Draft(noun, ident(noun, "full"), _full(noun)) for noun in models.NOUNS]
    subjects = [
        make_figure(noun, **({"organisation": None} | {noun: ident(noun, "full")}))
        for noun in ("organisation", "service", "project")
    ]
    return [*full, *subjects, make_need("few", waiting=3), *basics()]


def _full(noun: str) -> Content:
    table = shape(noun)
    content = _filled(noun, table)
    for name, relation in table.sets.items():
        content[name] = [_target(noun, name, relation.noun, each) for each in (1, 2)]
    for name, part in table.parts.items():
        content[name] = [_filled(noun, part)]
    if models.NOUNS[noun].HAS_SLUG:
        content["slug"] = f"{noun.replace('_', '-')}-full"
    if noun != "service":
        content["evidence"][0].pop("id")
    return content


def _filled(noun: str, table: Shape) -> Content:
    special = SPECIAL.get(table.table, {})
    content = {name: _sample(field) for name, field in table.scalars.items()}
    content |= {name: _target(noun, name, target, 1) for name, target in table.references.items()}
    return {name: value for name, value in (content | special).items() if value is not NOTHING}


def _target(noun: str, field: str, target: str, name: int) -> str:
    """The id of a record of `basics` that a field may refer to."""
    if target == "taxonomy_term":
        return term(name, TAXONOMIES.get((noun, field), "service_category"))
    return ident(target, "service_category" if target == "taxonomy" else name)


SAMPLES: dict[type, Any] = {
    declared.Text: {"lv": "Vārdi, ko lasa", "en": "Words to read"},
    declared.Url: "https://example.org/lapa?a=1",
    declared.Email: "info@example.org",
    declared.Phone: "+37167000000",
    declared.Currency: "EUR",
    declared.PartialDate: "2010-03",
    declared.Clock: "11:00",
    declared.Line: "Viena rinda",
    declared.LineSet: ["en", "lv"],
    declared.Minor: 1985144,
    declared.Number: "92.07",
    declared.Degrees: 24.105,
    declared.Flag: True,
    declared.Day: "2026-01-15",
}


def _sample(field: Any) -> Any:
    if isinstance(field, declared.Choice):
        return next(iter(field.choices)).value
    if isinstance(field, declared.ChoiceSet):
        return [choice.value for choice in field.choices][:2]
    if isinstance(field, declared.Whole):
        return max(field.least or 0, 5)
    return next(SAMPLES[cls] for cls in type(field).__mro__ if cls in SAMPLES)


def contents(noun: str) -> st.SearchStrategy[Content]:
    """Any valid content of a noun that refers to nothing but `basics`."""
    return st.composite(_content)(noun)


def _content(draw: st.DrawFn, noun: str) -> Content:
    table, own = shape(noun), ident(noun, "any")
    content = dict(MAKERS[noun]("any").content)
    for names in _groups(table):
        changed = content | {name: draw(_values(noun, table, name)) for name in names}
        if not _problems(noun, own, changed):
            content = changed
    for name, part in table.parts.items():
        items = draw(st.lists(_items(noun, part), max_size=2))
        changed = content | {name: [*content.get(name, []), *items]}
        if not _problems(noun, own, changed):
            content = changed
    return content


def _groups(table: Shape) -> Iterator[tuple[str, ...]]:
    """The fields that rules name together, then every field for itself."""
    yield from dict.fromkeys(tuple(fields_of(table, check)) for check in table.model.CHECKS)  # type: ignore[attr-defined]
    yield from ((name,) for name in (*table.scalars, *table.references, *table.sets))


def _problems(noun: str, id: str, content: Content) -> list[Any]:
    reading = Reading()
    read = reading.record(noun, id, content)
    return [*reading.problems, *broken_rules(noun, id, public(noun, read), ())]


def _values(noun: str, table: Shape, name: str) -> st.SearchStrategy[Any]:
    if name in table.scalars:
        return st.none() | values(table.scalars[name])
    if name in table.references:
        return st.none() | _targets(noun, name, table.references[name])
    return st.lists(_targets(noun, name, table.sets[name].noun), max_size=3)


def _targets(noun: str, name: str, target: str) -> st.SearchStrategy[str]:
    return st.sampled_from([_target(noun, name, target, each) for each in (1, 2)])


def _items(noun: str, part: Shape) -> st.SearchStrategy[Content]:
    references = (name for name, target in part.references.items() if target in models.NOUNS)
    return st.fixed_dictionaries({name: _values(noun, part, name) for name in (*part.scalars, *references)})


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
LINES = st.text(LETTERS, min_size=1, max_size=40)


def values(field: Any) -> st.SearchStrategy[Any]:
    """Values that a field accepts, not all of them in their canonical form."""
    if isinstance(field, declared.Choice):
        return st.sampled_from([choice.value for choice in field.choices])
    if isinstance(field, declared.ChoiceSet):
        return st.lists(st.sampled_from([choice.value for choice in field.choices]))
    if isinstance(field, declared.Whole):
        return st.integers(-(2**31) + 1 if field.least is None else field.least, field.most or 2**31 - 1)
    if isinstance(field, declared.Number):
        most = field.most or 10 ** (field.max_digits - field.decimal_places) - 1
        least = -most if field.least is None else field.least
        return st.decimals(least, most, places=field.decimal_places).map(str)
    if isinstance(field, declared.Degrees):
        return st.floats(field.least, field.most).map(lambda degrees: round(degrees, 7))
    return next(VALUES[cls] for cls in type(field).__mro__ if cls in VALUES)


DAYS = st.dates().map(str)
VALUES: dict[type, st.SearchStrategy[Any]] = {
    declared.Text: st.fixed_dictionaries({"lv": LINES}, optional={"en": LINES, "uk": LINES}) | LINES,
    declared.Url: st.sampled_from(["https://example.org", "HTTP://Example.LV:8080/Ā?q=1#x", "https://ādaži.lv/"]),
    declared.Email: st.from_regex("[A-Za-z]{1,9}@[a-z]{1,9}[.](lv|org)", fullmatch=True),
    declared.Phone: st.from_regex("[+]371 [0-9]{8}|2[0-9]{7}|1[0-9]{2,5}", fullmatch=True, alphabet="+0123456789 "),
    declared.Currency: st.from_regex("[A-Za-z]{3}", fullmatch=True),
    declared.PartialDate: st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4])),
    declared.Clock: st.times().map(lambda time: f"{time:%H:%M}"),
    declared.Line: LINES,
    declared.LineSet: st.lists(LINES, max_size=3),
    declared.Minor: st.integers(0, 2**63 - 1),
    declared.Flag: st.booleans(),
    declared.Day: DAYS,
}
