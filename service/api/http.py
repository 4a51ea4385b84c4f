"""GraphQL over HTTP.

`/graphql` by GET, with everything in the address, and by POST, with JSON. This is what is asked most, so nothing is
made for a request that is not needed to answer it.
"""

from __future__ import annotations

from functools import partial

from starlette.requests import Request, cookie_parser
from starlette.types import Receive, Scope

from service.accounts.viewer import Viewer
from service.api import replies
from service.api.allowance import Allowances
from service.api.answers import Answer
from service.api.asked import Asked
from service.api.bodies import body_of
from service.api.callers import Callers, language_of
from service.api.compiled import Plans
from service.api.context import Context
from service.api.execution import Execution, Ready, Spend
from service.api.explorer import page, wants_page
from service.api.media import media_of
from service.api.questions import Headers, Question, Questions
from service.api.replies import OPTIONS, Fields, Reply
from service.caching import NOT_AT_ALL, Versions, has
from service.catalogue.catalogue import Catalogue
from service.catalogue.following import Follower
from service.errors import KopaError, MethodNotAllowed, NotReady, Unauthenticated
from service.metrics import Metrics
from service.settings import Settings

SEQ_COOKIE = "kopa_seq"
REMEMBERED = 600
"""Seconds for which a browser carries the change that it made; by then every process holds it."""

REFUSING = 500
"""What it costs to come with a token that is none."""

NOT_KEPT: Fields = [(b"cache-control", NOT_AT_ALL)]

UNCHANGED = ("unchanged",)

ANY_TAG = b"*"
"""In If-None-Match: whatever answer there is."""


class Endpoint:
    """`/graphql`."""

    def __init__(self, settings: Settings, follower: Follower, figures: Metrics) -> None:
        self._follower = follower
        self._hardened = settings.graphql_profile == "hardened"
        self._execution = Execution(settings, figures)
        self._questions = Questions(self._execution, hardened=self._hardened)
        self._versions = Versions(settings)
        self._allowances = Allowances(settings.rate_limit)
        self._callers = Callers(follower.database, settings)
        self._figures = figures

    @property
    def plans(self) -> Plans:
        """The compiled plans, for the figures."""
        return self._execution.plans

    def known(self, scope: Scope, headers: Headers) -> Reply | None:
        """The reply to a question that was asked before and whose answer the client has; else None."""
        tag = headers.get(b"if-none-match")
        if tag is None or scope["method"] not in ("GET", "HEAD") or b"cookie" in headers:
            return None
        question = self._questions.asked_before(scope["query_string"], headers)
        catalogue = self._follower.catalogue
        if question is None or catalogue is None or question.asked.extensions:
            return None
        version = self._versions.of(catalogue)
        if version is None or not has(tag, question.tag(version)):
            return None
        return self._unchanged(question)

    async def reply(self, scope: Scope, headers: Headers, receive: Receive) -> Reply:
        """The reply to a request. Raises ClientDisconnect when nobody waits for it any more."""
        method = scope["method"]
        try:
            if method == "POST":
                return await self._post(scope, headers, receive)
            if method == "GET":
                return await self._get(scope, headers)
            if method == "HEAD":
                return (await self._get(scope, headers))._replace(body=b"")
            if method == "OPTIONS":
                return OPTIONS
            raise MethodNotAllowed("Ask by GET or by POST.")
        except KopaError as error:
            self._figures.refusals.counts[(error.code,)] += 1
            refusal = replies.of_error(error, media_of(_text(headers, b"accept")))
            return refusal._replace(body=b"") if method == "HEAD" else refusal

    async def _post(self, scope: Scope, headers: Headers, receive: Receive) -> Reply:
        question = self._questions.by_body(await body_of(headers, receive), headers)
        if question.asked.extensions or b"cookie" in headers:
            await self._catch_up(question.asked, headers)
        answer = await self._answer(scope, headers, question, self._follower.current)
        caching = NOT_KEPT if answer.seq is None else [*NOT_KEPT, *_leave(answer.seq, scope, headers)]
        return await replies.of_answer(answer, question.manner, caching)

    async def _get(self, scope: Scope, headers: Headers) -> Reply:
        if b"text/html" in headers.get(b"accept", b"") and not self._hardened and wants_page(scope):
            return replies.of_page(await page(Request(scope)))
        question = self._questions.by_address(scope["query_string"], headers)
        if question.asked.extensions or b"cookie" in headers:
            await self._catch_up(question.asked, headers)
        catalogue = self._follower.current
        version = self._versions.of(catalogue)
        tag = None if version is None else question.tag(version)
        known = headers.get(b"if-none-match")
        if tag and known and has(known, tag):
            return self._unchanged(question)
        answer = await self._answer(scope, headers, question, catalogue)
        public = answer.complete and not (question.ready and question.ready.operation.personal)
        # What was awaited may have been read from a later state than the tag says.
        if not (tag and public and self._versions.of(catalogue) == version):
            return await replies.of_answer(answer, question.manner, NOT_KEPT)
        if known == ANY_TAG:
            return self._unchanged(question)
        return await replies.of_answer(answer, question.manner, [(b"etag", tag), replies.KEPT])

    def _unchanged(self, question: Question) -> Reply:
        self._figures.answers.counts[UNCHANGED] += 1
        return question.unchanged()

    async def _catch_up(self, asked: Asked, headers: Headers) -> None:
        """Wait for the change that the client has seen, if it says which."""
        seen = max((seq for seq in (asked.seq, _left(headers)) if seq is not None), default=None)
        if seen is not None and not await self._follower.reached(seen):
            raise NotReady("The directory has not caught up with that change yet; ask again in a few seconds.")

    async def _answer(self, scope: Scope, headers: Headers, question: Question, catalogue: Catalogue) -> Answer:
        viewer = await self._by_token(scope, headers) if b"authorization" in headers else None
        spend = self._spend(scope, viewer)
        ready = question.ready or await self._questions.ready(question, spend)
        if ready.operation.personal:
            return await self._personal(scope, headers, ready, viewer)
        answer = self._execution.answer(ready, catalogue, spend)
        return answer if isinstance(answer, Answer) else await answer

    async def _personal(self, scope: Scope, headers: Headers, ready: Ready, viewer: Viewer | None) -> Answer:
        """The answer to an operation that depends on who asks."""
        if viewer is None and b"cookie" in headers:
            viewer = await self._callers.by_session(scope)
        context = Context(self._follower, viewer, language_of(headers))
        answer = self._execution.answer(ready, context.catalogue, self._spend(scope, viewer), context)
        return answer if isinstance(answer, Answer) else await answer

    async def _by_token(self, scope: Scope, headers: Headers) -> Viewer | None:
        try:
            return await self._callers.by_token(headers)
        except Unauthenticated:
            self._spend(scope)(REFUSING)
            raise

    def _spend(self, scope: Scope, viewer: Viewer | None = None) -> Spend:
        """Takes from what an account may ask for, or from what its address may."""
        client = scope.get("client")
        host = client[0] if client else None
        return partial(self._allowances.spend, host, account=viewer.account if viewer else None)


def _leave(seq: int, scope: Scope, headers: Headers) -> Fields:
    """Let a browser carry the newest change that it made, so that its next page is not from before."""
    secure = "; Secure" if scope["scheme"] == "https" else ""
    cookie = f"{SEQ_COOKIE}={seq}; Path=/; Max-Age={REMEMBERED}; HttpOnly; SameSite=Lax{secure}"
    return [(b"set-cookie", cookie.encode())] if b"cookie" in headers else []


def _left(headers: Headers) -> int | None:
    """The newest change that the client made, from the cookie that a write left."""
    left = cookie_parser(_text(headers, b"cookie")).get(SEQ_COOKIE, "")
    return int(left) if left.isascii() and left.isdecimal() and len(left) < 19 else None


def _text(headers: Headers, name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")
