"""`/account/…` and `/answer/…`: plain pages without JavaScript, for signing in and for what letters lead to."""

from __future__ import annotations

from starlette.routing import Route

from service.pages.account import links, own, profiles, questions, signing_in
from service.pages.account.visit import style

BOTH = ["GET", "POST"]


def routes() -> list[Route]:
    """Every page about accounts; they look for an `Entrance` in the application's state."""
    return [
        Route("/account/", own.account),
        Route("/account/style.css", style),
        Route("/account/sign-in", signing_in.sign_in, methods=BOTH),
        Route("/account/sign-out", signing_in.sign_out, methods=["POST"]),
        Route("/account/letter", signing_in.letter, methods=BOTH),
        Route("/account/code", signing_in.code, methods=BOTH),
        Route("/account/second-factor", own.second_factor, methods=BOTH),
        Route("/account/second-factor/remove", own.remove_second_factor, methods=["POST"]),
        Route("/account/recovery-codes", own.recovery_codes, methods=["POST"]),
        Route("/account/password", own.password, methods=BOTH),
        Route("/account/sessions", own.end_session, methods=["POST"]),
        Route("/account/tokens", own.tokens, methods=BOTH),
        Route("/account/tokens/revoke", own.revoke_token, methods=["POST"]),
        Route("/account/link/{token}", links.link, methods=BOTH),
        Route("/account/profile/{token}", profiles.profile, methods=BOTH),
        Route("/account/still-true/{token}", questions.still_true, methods=BOTH),
        Route("/answer/{token}", questions.answer, methods=BOTH),
    ]
