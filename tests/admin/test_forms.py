"""Writing by forms: new records, edits, what is created on the spot, what is refused, and who may."""

from __future__ import annotations

from typing import Any

import pytest

from service import models
from service.editing import workflow
from service.editing.content import Content
from service.editing.history import latest
from tests.admin.panel import SAME, Panel, read
from tests.factories import ident

ORGANISATION, OTHER = ident("organisation", 1), ident("organisation", 2)
SOURCE = {"evidence__0__source": ident("source"), "evidence__0__basis": "stated", "evidence__0__says__lv": "Tā teikts."}


async def published(panel: Panel, record: str) -> Content:
    return (await latest(panel.office.database, [record]))[record].content


async def drafted(panel: Panel, path: str) -> Any:
    """The draft to whose form a path leads."""
    [found] = await workflow.proposals(panel.office.database, [path.split("/")[1]])
    return found


def with_row(pairs: list[tuple[str, str]], part: str) -> list[tuple[str, str]]:
    return [*pairs, ("act", f"add:{part}")]


async def test_a_new_organisation_is_drafted_and_published(either: Panel) -> None:
    form = await either.open("organisation/new")
    form = read(await either.post("organisation/new", with_row(form.pairs, "evidence")))
    filled = form.changed(
        name__lv="Biedrība “Jaunā”", name__en="The New One", legal_form="association", sector="ngo", phone="67 000 001",
        description__lv="Palīdz ģimenēm.\r\nVisā Latvijā.", regions=[ident("region")], act="publish", incomplete="yes",
        **SOURCE,
    )  # fmt: skip
    path = await either.send("organisation/new", filled)
    assert path.startswith("organisation/")
    content = await published(either, path.split("/")[1].split("?")[0])
    assert content["name"] == {"lv": "Biedrība “Jaunā”", "en": "The New One"}
    assert content["description"]["lv"] == "Palīdz ģimenēm.\nVisā Latvijā."
    assert content["phone"] == "+37167000001"
    assert "Publicēts." in (await either.open(path)).text


@pytest.mark.parametrize("noun", models.NOUNS)
async def test_an_unchanged_edit_changes_nothing(panel: Panel, noun: str) -> None:
    record = ident(noun, "full")
    form = await panel.open(f"{noun}/{record}/edit")
    path = await panel.send(f"{noun}/{record}/edit", form.changed(act="save"))
    assert (await drafted(panel, path)).content == await published(panel, record)
    assert (await panel.open(path)).changed() != []
    assert (await panel.open(f"drafts/{path.split('/')[1]}")).text.count("Nekas nemainās") == 1
    await panel.open(f"drafts/{path.split('/')[1]}/preview")


async def test_what_is_not_finished_is_kept_and_told(panel: Panel) -> None:
    form = await panel.open("service/new")
    path = await panel.send("service/new", form.changed(name__lv="Grupa", act="save"))
    page = await panel.open(path)
    assert "Pirms publicēšanas" in page.text
    assert "Šis lauks ir jāaizpilda." in page.text
    answer = await panel.post(path.split("?")[0], page.changed(act="publish"))
    assert answer.status_code == 422
    assert "#provider" in read(answer).links
    assert "Saglabāts, bet vēl nav publicēts" in read(answer).text


async def test_a_new_organisation_is_complete_or_said_not_to_be(panel: Panel) -> None:
    form = await panel.open("organisation/new")
    known = {"name__lv": "Jaunā", "legal_form": "association", "regions": [ident("region")], "phone": "67000001"}
    path = "organisation/new"
    for act in ("publish", "submit"):
        answer = await panel.post(path, form.changed(**known, act=act, **SOURCE))
        page = read(answer)
        assert answer.status_code == 422
        assert page.text.count("nav pilnīgs") == 2 * len({"sector", "seat", "fields", "description"})
        assert "#regions" not in page.links
        assert "#email" not in page.links
        path, form = next(link for link in page.actions if link.endswith("/edit")), page
    shown = await panel.send(path, form.changed(act="publish", incomplete="yes"))
    assert "incomplete" not in dict((await panel.open(f"{shown.split('?')[0]}/edit")).pairs)


async def test_numbers_and_names_tell_of_the_same_organisation(panel: Panel) -> None:
    full = await published(panel, ident("organisation", "full"))
    number = next(each["value"] for each in full["identifiers"] if each["scheme"] == "registration_number")
    asked = f"organisation/similar?identifiers.0.value={number}&record="
    assert ident("organisation", "full") in (await panel.get(asked)).text
    assert (await panel.get(f"{asked}{ident('organisation', 'full')}")).text.strip() == ""
    named = await panel.get(f"organisation/similar?name.lv={full['name']['lv']}&record={ident('organisation', 'full')}")
    assert ident("organisation", "full") not in named.text


async def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_lost(panel: Panel) -> None:
    form = await panel.open(f"organisation/{ORGANISATION}/edit")
    wrong = form.changed(email="nav adrese", phone="abc", founded="sen", description__lv="<b>Teksts</b>", act="save")
    answer = await panel.post(f"organisation/{ORGANISATION}/edit", wrong)
    page = read(answer)
    assert answer.status_code == 422
    assert {"#email", "#phone", "#founded"} <= {*page.links}
    typed = dict(page.pairs)
    assert (typed["email"], typed["phone"], typed["founded"]) == ("nav adrese", "abc", "sen")
    assert typed["description.lv"] == "<b>Teksts</b>"
    assert "told-email" in page.ids
    assert 'aria-invalid="true"' in answer.text


async def test_a_name_is_looked_for_and_chosen(panel: Panel) -> None:
    form = await panel.open("service/new")
    ambiguous = read(await panel.post("service/new", form.changed(name__lv="X", provider__find="biedrība", act="save")))
    assert "Izvēlieties no atrastā" in ambiguous.text
    assert (
        f'value="{OTHER}"'
        in (await panel.post("service/new", form.changed(provider__find="biedrība", act="find:provider"))).text
    )
    path = await panel.send("service/new", form.changed(name__lv="X", provider__find="Biedrība 2", act="save"))
    assert (await drafted(panel, path)).content["provider"] == OTHER
    form = await panel.open("service/new")
    path = await panel.send(
        "service/new", form.changed(name__lv="Y", provider=OTHER, provider__find="biedrība", act="save")
    )
    assert (await drafted(panel, path)).content["provider"] == OTHER
    form = await panel.open("service/new")
    nobody = read(await panel.post("service/new", form.changed(name__lv="X", provider__find="qqzz", act="save")))
    assert "Nekas tāds nav atrasts" in nobody.text
    assert dict(nobody.pairs)["provider.find"] == "qqzz"


async def test_what_is_typed_finds_choices_at_once(panel: Panel) -> None:
    async def asked(noun: str, name: str, text: str) -> str:
        return (await panel.get(f"{noun}/choices?field={name}&{name}.find={text}")).text

    assert OTHER in await asked("service", "provider", "biedr")
    assert 'type="checkbox"' in await asked("service", "regions", "novads")
    assert ident("source", 2) in await asked("organisation", "evidence.3.source", "source+2")
    assert ident("region") in await asked("organisation", "seat.new.region", "1.+novads")
    assert (await panel.get("service/choices?field=nothing")).status_code == 404
    assert "Biedrība" in (await panel.get("organisation/similar?name.lv=biedr%C4%ABba")).text
    assert (await panel.get("organisation/similar?name.lv=zz")).text.strip() == ""


async def test_a_source_is_created_on_the_spot_and_goes_along(panel: Panel) -> None:
    form = await panel.open("organisation/new")
    form = read(await panel.post("organisation/new", with_row(form.pairs, "evidence")))
    pairs = form.changed(
        name__lv="Ar jaunu avotu", evidence__0__basis="stated", evidence__0__says__lv="Tā.", act="new:evidence.0.source"
    )
    form = read(await panel.post("organisation/new", pairs))
    assert "evidence.0.source.new.title" in dict(form.pairs)
    new = dict(form.pairs)["evidence.0.source.new"]
    about = {
        "title": "Jauna lapa",
        "kind": "news",
        "language": "lv",
        "retrieved_on": "2026-01-02",
        "completeness": "partial",
    }
    filled = {f"evidence__0__source__new__{name}": value for name, value in about.items()}
    wrong = await panel.post(
        "organisation/new", form.changed(**filled | {"evidence__0__source__new__retrieved_on": "kaut kad"}, act="save")
    )
    assert wrong.status_code == 422
    assert "#evidence.0.source.new.retrieved_on" in read(wrong).links
    path = await panel.send("organisation/new", form.changed(**filled, act="save"))
    page = await panel.open(path)
    assert "Jauna lapa" in page.text
    await panel.send(path.split("?")[0], page.changed(act="publish", incomplete="yes"))
    assert (await published(panel, new))["title"] == "Jauna lapa"


async def test_rows_are_added_and_removed_without_scripts(panel: Panel) -> None:
    path = f"organisation/{ident('organisation', 'full')}/edit"
    form = await panel.open(path)
    for part in ("alternate_names", "identifiers"):
        form = read(await panel.post(path, form.changed(act=f"add:{part}")))
    form = read(await panel.post(path, form.changed(act="remove:alternate_names.0", alternate_names__1__name="Otrs")))
    assert dict(form.pairs)["alternate_names.0.name"] == "Otrs"
    path = await panel.send(path, form.changed(act="save"))
    content = (await drafted(panel, path)).content
    assert [item["name"] for item in content["alternate_names"]] == ["Otrs"]
    assert len(content["identifiers"]) == 1


async def test_two_who_save_the_same_draft_lose_nothing(panel: Panel) -> None:
    form = await panel.open(f"organisation/{ORGANISATION}/edit")
    path = (await panel.send(f"organisation/{ORGANISATION}/edit", form.changed(act="save"))).split("?")[0]
    mine, theirs = await panel.open(path), await panel.open(path)
    await panel.send(path, theirs.changed(phone="67000002", name__lv="Viņu nosaukums", act="save"))
    answer = await panel.post(path, mine.changed(website="https://example.org/", name__lv="Mans nosaukums", act="save"))
    assert answer.status_code == 409
    page = read(answer)
    assert "Viņu nosaukums" in page.text
    assert dict(page.pairs) | {"name.lv": "Mans nosaukums", "phone": "+37167000002"} == dict(page.pairs)
    assert dict(page.pairs)["website"] == "https://example.org/"
    await panel.send(path, page.changed(take=["name"], act="save"))
    content = (await drafted(panel, path)).content
    assert (content["name"]["lv"], content["phone"]) == ("Viņu nosaukums", "+37167000002")
    assert content["website"] == "https://example.org/"


@pytest.mark.parametrize(("take", "name"), [([], "Mans"), (["name"], "Viņu")])
async def test_what_was_published_meanwhile_is_shown_and_chosen(either: Panel, take: list[str], name: str) -> None:
    path = f"organisation/{ORGANISATION}/edit"
    form = await either.open(path)
    mine = (await either.send(path, form.changed(name__lv="Mans", website="https://example.org/", act="save"))).split(
        "?"
    )[0]
    form = await either.open(path, "administrator")
    await either.send(path, form.changed(name__lv="Viņu", phone="67000003", act="publish"), "administrator")
    page = await either.open(mine)
    answer = await either.post(mine, page.changed(act="publish"))
    assert answer.status_code == 409
    page = read(answer)
    assert "Viņu" in page.text
    await either.send(mine, page.changed(take=take, act="publish"))
    content = await published(either, ORGANISATION)
    assert (content["name"]["lv"], content["phone"], content["website"]) == (
        name,
        "+37167000003",
        "https://example.org/",
    )


async def test_a_draft_goes_to_review_and_back(either: Panel) -> None:
    path = f"organisation/{ORGANISATION}/edit"
    form = await either.open(path, "owner")
    assert "act=publish" not in form.buttons
    draft = (await either.send(path, form.changed(description__lv="Palīdzam.", act="submit"), "owner")).split("?")[0]
    assert "Gaida izskatīšanu" in (await either.open("drafts", "reviewer")).text
    seen = await either.open(draft, "reviewer")
    assert {"step=publish", "step=send_back"} <= {*seen.buttons}
    refused = await either.post(draft, seen.changed(step="send_back", reason=""), "reviewer")
    assert refused.status_code == 422
    await either.send(draft, seen.changed(step="send_back", reason="Lūdzu, īsāk."), "reviewer")
    form = await either.open(f"{draft}/edit", "owner")
    assert "Lūdzu, īsāk." in form.text
    await either.send(f"{draft}/edit", form.changed(act="submit"), "owner")
    seen = await either.open(draft, "reviewer")
    await either.send(draft, seen.changed(step="publish"), "reviewer")
    assert (await published(either, ORGANISATION))["description"] == {"lv": "Palīdzam."}


async def test_a_form_holds_only_what_its_visitor_may_change(panel: Panel) -> None:
    path = f"organisation/{ORGANISATION}/edit"
    own = dict((await panel.open(path, "owner")).pairs)
    assert "legal_form" not in own
    assert "description.lv" in own
    form = await panel.open(path, "owner")
    draft = await panel.send(
        path, [*form.pairs, ("legal_form", "company"), ("sector", "ngo"), ("act", "save")], "owner"
    )
    assert (await drafted(panel, draft)).content.get("legal_form") == (await published(panel, ORGANISATION)).get(
        "legal_form"
    )
    assert (await panel.get(path, "stranger")).status_code == 403
    assert (await panel.get(draft, "stranger")).status_code == 404
    assert (await panel.post(path, form.changed(act="save"), "stranger")).status_code == 403
    assert (await panel.get("", "analyst")).status_code == 403
    assert (await panel.get("taxonomy", "owner")).status_code == 403


async def test_pages_are_for_those_who_are_signed_in(panel: Panel) -> None:
    for path in ("", "organisation", "organisation/new", f"organisation/{ORGANISATION}/edit", "drafts", "nothing"):
        answer = await panel.get(path, "")
        assert (answer.status_code, answer.headers["location"]) == (303, "/account/sign-in")
    answer = await panel.get("organisation", "", **{"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/account/sign-in")


async def test_forms_of_other_sites_are_refused(panel: Panel) -> None:
    for path in ("organisation/new", f"organisation/{ORGANISATION}/edit"):
        for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {}, {"origin": "null"}):
            answer = await panel.post(path, [("name.lv", "X")], headers=headers)
            assert answer.status_code == 403, headers
    assert (await panel.get("drafts")).text.count("/admin/drafts/") == 0


async def test_whatever_is_posted_is_answered(panel: Panel) -> None:
    form = await panel.open("service/new")
    names = [
        "act",
        "record",
        "edition",
        "base",
        "marks",
        "take",
        "provider.new",
        "evidence.0.source.new",
        *dict(form.pairs),
    ]
    junk = [
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "[[",
        "{}",
        "9" * 40,
        "add:",
        "remove:evidence.x",
        "x" * 21_000,
    ]
    for value in junk:
        for act in ("save", "publish", value, f"add:{value}", f"new:{value}"):
            pairs = [(name, value) for name in names if name != "act"]
            answer = await panel.post(
                "service/new", [*pairs, ("act", act), ("evidence.0.id", value), ("evidence.99.id", "")]
            )
            assert answer.status_code in (200, 303, 400, 409, 413, 422), (value[:20], act[:20])
    for body in (b"\xff\xfe", b"%ff=%ff&a", b"&&&===", b"name.lv=%00"):
        assert (await panel.post("organisation/new", body)).status_code in (200, 303, 400, 422)
    large = await panel.post("organisation/new", [("description.lv", "x" * 700_000)])
    assert large.status_code == 413
    mixed = {**SAME, "content-type": "multipart/form-data; boundary=x"}
    assert (await panel.post("organisation/new", b"--x\r\nbroken", headers=mixed)).status_code in (400, 422, 303)
    many = await panel.post("organisation/new", [(f"a{n}", "") for n in range(20_000)])
    assert many.status_code in (400, 413)


LOST = ["", "/edit", "/preview"]


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        *(f"drafts/nothing{end}" for end in LOST),
        *(f"organisation/nothing{end}" for end in LOST[:2]),
        *(f"service/{ORGANISATION}{end}" for end in LOST[:2]),
    ],
)
async def test_what_is_not_there_is_a_page(panel: Panel, path: str) -> None:
    answer = await panel.get(path)
    assert answer.status_code == 404
    assert "Tādas lapas nav" in read(answer).text


async def test_answers_are_kept_to_their_visitor(panel: Panel) -> None:
    answer = await panel.get("organisation")
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert " style=" not in answer.text
    assert "onclick" not in answer.text
    page = await panel.get("organisation?lang=en")
    assert "SameSite=lax" in page.headers["set-cookie"]
    assert 'lang="en"' in page.text
    assert "Secure" not in page.headers["set-cookie"]


async def test_what_somebody_else_is_preparing_is_told_to_those_who_may_see_it(panel: Panel) -> None:
    number = "40008123452"
    typed = {"name__lv": "Jaunā Saulgriežu biedrība", "identifiers__0__scheme": "registration_number"}
    form = await panel.open("organisation/new")
    rows = {"identifiers__0__id": "", "identifiers__0__value": number}
    await panel.send("organisation/new", form.changed(**typed, **rows, act="save"))
    same = f"organisation/similar?identifiers.0.value={number}&record="
    for query in (same, "organisation/similar?name.lv=saulgrie&record="):
        told = await panel.get(query, "administrator")
        assert "Jaunā Saulgriežu biedrība" in told.text, query
        assert "Editor" in told.text
        assert "Saulgriežu" not in (await panel.get(query, "owner")).text
    own = dict(form.pairs)["record"]
    assert "Saulgriežu" not in (await panel.get(same + own)).text
    assert "Saulgriežu" not in (await panel.get("organisation/similar?name.lv=saulessargi")).text
