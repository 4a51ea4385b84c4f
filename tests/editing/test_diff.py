"""What changed, as people read it: per field, per word, with names instead of ids."""

from __future__ import annotations

from service.database import Database
from service.editing.diff import MOST_WORDS, Difference, Words, diff
from service.editing.history import history
from service.editing.revisions import withdraw
from tests.editing.observing import AUTHOR, put
from tests.factories import evidence, ident, make_location, make_organisation, make_region, make_service, words


async def changed(database: Database, noun: str, id: str, language: str = "lv") -> dict[str, tuple[str, str]]:
    """What the last revision of a record changed."""
    after, before, *_ = await history(database, id)
    found = await diff(database, noun, before.content, after.content, language)
    return {".".join(map(str, each.path)): (each.before, each.after) for each in found}


async def test_every_kind_of_field_is_shown_as_people_read_it(directory: Database) -> None:
    service, first, second = ident("service", "x"), evidence(id=ident("e", 1)), evidence(id=ident("e", 2))
    old = make_service(
        "x", name=words("Vecais vārds", "Old name"), regions=[ident("region", 1)], evidence=[first, second],
        costs=[{"id": ident("c"), "amount_minor": 1250, "currency": "EUR"}],
    )  # fmt: skip
    new = make_service(
        "x", name=words("Jaunais vārds"), provider=ident("organisation", 2),
        regions=[ident("region", 1), ident("region", 2)],
        register_number="7", register_valid_from="2026-02", evidence=[second, first],
        costs=[{"id": ident("c"), "amount_minor": 1300, "currency": "EUR"}],
    )  # fmt: skip
    await put(directory, old)
    await put(directory, new)
    told = await changed(directory, "service", service)
    regions = told.pop("regions")
    assert regions[0] == "1. novads"
    assert sorted(regions[1].split(", ")) == ["1. novads", "2. novads"]
    assert told == {
        "name.lv": ("Vecais vārds", "Jaunais vārds"),
        "name.en": ("Old name", ""),
        "provider": ("Biedrība 1", "Biedrība 2"),
        "register_number": ("", "7"),
        "register_valid_from": ("", "02.2026"),
        f"costs.{ident('c')}.amount_minor": ("12,50", "13,00"),
        "evidence.order": ("1, 2", "2, 1"),
    }
    assert (await changed(directory, "service", service, "en"))[f"costs.{ident('c')}.amount_minor"] == (
        "12.50",
        "13.00",
    )


async def test_what_has_gone_keeps_its_name_and_what_is_secret_its_secret(directory: Database) -> None:
    await put(directory, make_region("x", name=words("Vecais novads")))
    await put(directory, make_location("secret", confidential=True, name=words("Patvērums")))
    await put(directory, make_organisation("x", regions=[ident("region", "x")], seat=ident("location", "secret")))
    await put(directory, make_organisation("x"))
    await withdraw(directory, [ident("region", "x"), ident("location", "secret")], author=AUTHOR)
    told = await changed(directory, "organisation", ident("organisation", "x"))
    assert told["regions"] == ("Vecais novads", "")
    assert told["seat"] == (ident("location", "secret"), "")


async def test_a_child_that_came_or_went_is_told_field_by_field(directory: Database) -> None:
    await put(directory, make_organisation("x", alternate_names=[{"id": ident("n"), "name": "Kopa"}]))
    await put(directory, make_organisation("x"))
    assert (await changed(directory, "organisation", ident("organisation", "x"))) == {
        f"alternate_names.{ident('n')}.name": ("Kopa", "")
    }


def test_words_that_stay_came_and_went() -> None:
    found = Difference(("name",), "Sociālais dienests Valmierā", "Sociālais centrs Valmierā un Cēsīs").words()
    assert found == [
        Words("same", "Sociālais"),
        Words("removed", " dienests"),
        Words("added", " centrs"),
        Words("same", " Valmierā"),
        Words("added", " un Cēsīs"),
    ]


def test_the_words_put_together_are_the_texts_again() -> None:
    for before, after in ((" a  b\n c ", "b c d "), ("", "a"), ("a", ""), ("a " * (MOST_WORDS + 1), "b " * 9)):
        found = Difference((), before, after).words()
        assert "".join(run.text for run in found if run.mark != "added") == before
        assert "".join(run.text for run in found if run.mark != "removed") == after
