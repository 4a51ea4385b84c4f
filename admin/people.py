"""People: who has an account, what each may do, and who is invited. For administrators only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from admin.choosing import Target, found
from admin.entries import Entry, Picking
from admin.labels import choice_name
from admin.naming import Named, named
from admin.picking import SHORTEST
from admin.visit import Desk, Turned, page
from service.accounts.people import Person
from service.editing import history
from service.editing.accounts import Accounts, Invited
from service.editing.fields import identifiers
from service.errors import InputError, Problem
from service.i18n import LANGUAGES
from service.models.account import Role

ORGANISATIONS = "organisations"


def accounts(desk: Desk) -> Accounts:
    """What the visitor does about accounts is done by this; only administrators get there."""
    if desk.viewer.role is not Role.ADMINISTRATOR:
        raise Turned("forbidden", 403)
    return Accounts(desk.database, desk.entrance.settings, desk.viewer.account, desk.permit)


@page
async def people(desk: Desk) -> Response:
    """Everybody who has an account, and those whose account was closed."""
    everybody = await accounts(desk).everybody()
    called = await organisations_called(desk, (id for person in everybody for id in sorted(person.organisations)))
    return desk.show(
        "people.html",
        people=[_line(desk, person, called) for person in everybody if person.is_open],
        closed=len([person for person in everybody if not person.is_open]),
        done=desk.done,
    )


@page
async def new(desk: Desk) -> Response:
    """Invite somebody."""
    keeper = accounts(desk)
    if not desk.is_post or desk.typed.text("act").startswith("find:"):
        return await _form(desk)
    typed = desk.typed
    try:
        invited = await keeper.add(
            typed.text("email"), typed.text("name"), typed.text("language"), typed.text("role"), _chosen(desk)
        )
    except InputError as refused:
        return await _form(desk, refused)
    return _handed_over(desk, invited, typed.text("email"))


@page
async def person(desk: Desk) -> Response:
    """One account: what it may do, by what its owner comes in, what was done with it."""
    keeper = accounts(desk)
    account = desk.uuid("account")
    if not desk.is_post or desk.typed.text("act").startswith("find:"):
        return await _person(desk, keeper, account)
    try:
        return await _act(desk, keeper, account)
    except InputError as refused:
        return await _person(desk, keeper, account, refused)


@page
async def choices(desk: Desk) -> Response:
    """The organisations that fit what is typed."""
    accounts(desk)
    text = desk.query.text(f"{ORGANISATIONS}.find").strip()
    return desk.show("choices.html", name=ORGANISATIONS, records=_fitting(desk, text), several=True, text=text)


async def _act(desk: Desk, keeper: Accounts, account: str) -> Response:
    match desk.typed.text("act"):
        case "role":
            await keeper.change_role(account, desk.typed.text("role"), _chosen(desk))
        case "invite":
            known = await keeper.one(account)
            return _handed_over(desk, await keeper.invite(account), known.person.label)
        case "sign_out":
            await keeper.sign_out(account)
        case "forget_second_factor":
            await keeper.forget_second_factor(account)
        case "revoke":
            token = desk.id("token")
            if token is None or not await keeper.revoke(account, token):
                raise Turned("missing", 404)
        case "close":
            await keeper.close(account)
            return desk.to("people", "account_closed")
        case _:
            raise Turned("missing", 404)
    return desk.to(f"people/{account}", "saved")


def _handed_over(desk: Desk, invited: Invited, to: str) -> Response:
    """Whether a letter goes out, or the link to hand over, which nobody can be shown again."""
    if invited.link is None:
        return desk.to(f"people/{invited.account}", "invited_by_letter")
    return desk.show("invited.html", invited=invited, to=to)


async def _person(desk: Desk, keeper: Accounts, account: str, refused: InputError | None = None) -> Response:
    try:
        whole = await keeper.one(account)
    except InputError:
        raise Turned("missing", 404) from None
    if not desk.is_post:
        desk.typed.put("role", whole.person.role.value)
        desk.typed.put(ORGANISATIONS, *sorted(whole.person.organisations))
    return desk.show(
        "person.html",
        422 if refused else 200,
        person=whole.person,
        state=_state(whole.person),
        own=account == desk.viewer.account,
        sessions=[(each, desk.moment(each.seen_at)) for each in whole.sessions],
        tokens=[(each, desk.moment(each.expires_at)) for each in whole.tokens],
        done=desk.done,
        **await _fields(desk, refused),
    )


async def _form(desk: Desk, refused: InputError | None = None) -> Response:
    if not desk.typed.text("language"):
        desk.typed.put("language", LANGUAGES[0])
    return desk.show("person_new.html", 422 if refused else 200, **await _fields(desk, refused))


async def _fields(desk: Desk, refused: InputError | None) -> dict[str, Any]:
    """The fields of the forms, with what is told of each beside it and of the rest above."""
    words, told = desk.words, _told(desk, refused)
    roles = [(role.value, choice_name(words, role)) for role in Role]
    spoken = [(language, words(f"choice.language.{language}")) for language in LANGUAGES]
    return {
        "typed": desk.typed,
        "fields": [
            Entry("email", "line", words("e_mail"), required=True, type="email", problems=told.get("email", [])),
            Entry("name", "line", words("person_name"), help=words("person_name_help")),
            Entry("language", "choice", words("letters_in"), options=spoken, problems=told.get("language", [])),
        ],
        "rights": [
            Entry("role", "choice", words("role"), required=True, options=roles, problems=told.get("role", [])),
            await _organisations(desk, told.get(ORGANISATIONS, [])),
        ],
        "problems": [sentence for name, those in told.items() if name in ("", "account") for sentence in those],
    }


async def _organisations(desk: Desk, problems: Sequence[str]) -> Entry:
    text = desk.typed.text(f"{ORGANISATIONS}.find").strip()
    chosen = _chosen(desk)
    picking = Picking(
        target=Target("organisation"),
        several=True,
        chosen=[*(await organisations_called(desk, chosen)).values()],
        offered=None,
        found=[each for each in _fitting(desk, text) if each.id not in chosen],
        searched=bool(text),
        creates=False,
    )
    words = desk.words
    return Entry(
        ORGANISATIONS,
        "pick",
        words("speaks_for"),
        help=words("speaks_for_help"),
        picking=picking,
        problems=problems,
    )


def _chosen(desk: Desk) -> list[str]:
    """Also those that have gone: whether somebody may speak for them is not said here."""
    return [id for text in dict.fromkeys(desk.typed.texts(ORGANISATIONS)) for id in identifiers(text)]


def _fitting(desk: Desk, text: str) -> list[Named]:
    return found(desk.catalogue, Target("organisation"), text, desk.words) if len(text) >= SHORTEST else []


async def organisations_called(desk: Desk, ids: Iterable[str]) -> dict[str, Named]:
    """What organisations are called, by their ids; those that have gone as they were called last."""
    ids = list(dict.fromkeys(ids))
    there = {id: record for id in ids if (record := desk.catalogue.records.get(id)) is not None}
    gone = await history.names(desk.database, [id for id in ids if id not in there])
    return {id: named(there[id], desk.words) if id in there else _gone(desk, id, gone) for id in ids}


def _gone(desk: Desk, id: str, names: Mapping[str, history.Name]) -> Named:
    name = names[id].name if id in names else id
    return Named(id, "organisation", name, desk.words("not_public"), published=False)


def _told(desk: Desk, refused: InputError | None) -> dict[str, list[str]]:
    """The sentences of a refusal by the field they are about."""
    told: dict[str, list[str]] = {}
    for problem in refused.problems if refused else ():
        told.setdefault(_place(problem), []).append(problem.words[desk.language])
    return told


def _place(problem: Problem) -> str:
    name = str(problem.path[0]) if problem.path else ""
    return "" if name.isdigit() else name


def _line(desk: Desk, person: Person, called: Mapping[str, Named]) -> dict[str, Any]:
    """A row of the list."""
    words = desk.words
    return {
        "id": person.id,
        "name": person.label,
        "note": person.email if person.name else "",
        "role": choice_name(words, person.role),
        "for": [called[id].name for id in sorted(person.organisations)],
        "state": words(_state(person)),
    }


def _state(person: Person) -> str:
    if person.joined_at is None:
        return "person_invited"
    return "person_two_factors" if person.has_second_factor else "person_joined"
