"""Everybody's own account: sessions, second factor, password, API tokens."""

from __future__ import annotations

import segno
from markupsafe import Markup
from starlette.responses import Response

from service.accounts import api_tokens, people, sessions, signing_in
from service.accounts import second_factor as factors
from service.accounts.audit import note
from service.accounts.messages import refusal
from service.accounts.sessions import SignedIn
from service.errors import InputError
from service.models.account import AuditAct, Scope
from service.pages.account.links import chosen_password
from service.pages.account.visit import Elsewhere, Visit, page


@page
async def account(visit: Visit) -> Response:
    """What there is to one's account."""
    member = await visit.member()
    async with visit.entrance.database.snapshot() as reader:
        person = await people.get(reader, member.viewer.account)
        return visit.page(
            "account.html",
            person=person,
            member=member,
            sessions=await sessions.of_account(reader, person.id, visit.now),
            tokens=await api_tokens.of_account(reader, person.id, visit.now),
            codes_left=await factors.codes_left(reader, person.id),
        )


@page
async def end_session(visit: Visit) -> Response:
    member = await visit.member()
    if session := visit.id("session"):
        await signing_in.sign_out(visit.entrance, member, session, visit.door, visit.now)
    return visit.go("/account/")


@page
async def password(visit: Visit) -> Response:
    """Another password."""
    member = await visit.member()
    person = await people.get(visit.entrance.database, member.viewer.account)
    if not visit.is_post:
        return visit.page("password.html", person=person)
    try:
        before, chosen = visit.text("before"), chosen_password(visit)
        await signing_in.change_password(visit.entrance, member, before, chosen, visit.door, visit.now)
    except InputError as refused:
        return visit.page("password.html", refused=refused, person=person)
    return visit.go("/account/")


@page
async def second_factor(visit: Visit) -> Response:
    """Set up the second factor: scan, type the first code, keep the recovery codes."""
    member = await _may_set_up(visit)
    person = await people.get(visit.entrance.database, member.viewer.account)
    enrolment = factors.enrolment(person.email, visit.text("secret") or None)
    if visit.is_post:
        try:
            codes, session = await signing_in.set_up_second_factor(
                visit.entrance, member, enrolment.secret, visit.text("code"), visit.door, visit.now
            )
        except InputError as refused:
            return _enrol(visit, enrolment, refused)
        response = visit.page("codes.html", codes=codes)
        visit.remember(response, session)
        return response
    return _enrol(visit, enrolment)


async def _may_set_up(visit: Visit) -> SignedIn:
    found = await visit.signed_in()
    if found is None:
        raise Elsewhere("/account/sign-in")
    if found.must_give_code:
        raise Elsewhere("/account/code")
    return found


def _enrol(visit: Visit, enrolment: factors.Enrolment, refused: InputError | None = None) -> Response:
    picture = Markup(segno.make(enrolment.uri, micro=False).svg_inline(scale=4, border=2))
    return visit.page("second_factor.html", refused=refused, secret=enrolment.secret, picture=picture)


@page
async def remove_second_factor(visit: Visit) -> Response:
    """Only with a code, and only where the role allows to do without."""
    member = await visit.member()
    account = member.viewer.account
    visit.entrance.limits.of_code.take(account)
    async with visit.entrance.database.transaction() as transaction:
        if not member.must_have_one and await factors.use_code(transaction, account, visit.text("code"), visit.now):
            await factors.remove(transaction, account)
            said = {"account": account, "network": visit.door.network}
            await note(transaction, AuditAct.SECOND_FACTOR_REMOVED, visit.now, **said)
    return visit.go("/account/")


@page
async def recovery_codes(visit: Visit) -> Response:
    """New recovery codes in the place of the old ones."""
    member = await visit.member()
    if not member.has_second_factor:
        return visit.go("/account/")
    async with visit.entrance.database.transaction() as transaction:
        codes = await factors.new_recovery_codes(transaction, member.viewer.account)
    return visit.page("codes.html", codes=codes)


@page
async def tokens(visit: Visit) -> Response:
    """A new API token, shown once."""
    member = await visit.member()
    if not visit.is_post:
        return visit.page("token.html", token=None)
    try:
        scopes = {Scope(value) for value in visit.texts("scopes") if value in set(Scope)}  # type: ignore[call-arg]
        days = visit.text("days")
        if not (days.isascii() and days.isdigit() and len(days) < 5):
            raise refusal("days_refused", "days", most=api_tokens.MOST_DAYS)
        async with visit.entrance.database.transaction() as transaction:
            account, name = member.viewer.account, visit.text("name")
            token = await api_tokens.make(transaction, account, name, scopes, int(days), visit.now)
    except InputError as refused:
        return visit.page("token.html", refused=refused, token=None)
    return visit.page("token.html", token=token)


@page
async def revoke_token(visit: Visit) -> Response:
    member = await visit.member()
    account = member.viewer.account
    if token := visit.id("token"):
        async with visit.entrance.database.transaction() as transaction:
            await api_tokens.revoke(transaction, account, token, visit.now, by=account)
    return visit.go("/account/")
