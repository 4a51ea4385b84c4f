"""GraphQL over HTTP.

`/graphql` by GET, with everything in the address, and by POST, with JSON. It is a bare ASGI application, for this is
what is asked most: nothing is made for a request that is not needed to answer it.
"""

from __future__ import annotations

from functools import partial

from starlette.requests import Request, cookie_parser
from starlette.types import Receive, Scope, Send

from service.api import replies
from service.api.allowance import Allowances
from service.api.answers import Answer
from service.api.asked import Asked
from service.api.bodies import body_of
from service.api.caching import FOR_A_WHILE, NOT_AT_ALL, Versions, has, tag
from service.api.compiled import Plans
from service.api.execution import Execution, Spend
from service.api.explorer import page, wants_page
from service.api.media import media_of
from service.api.questions import Headers, Question, Questions
from service.api.replies import OPTIONS, SHARED, Fields, Reply
from service.catalogue.catalogue import Catalogue
from service.catalogue.following import Follower
from service.errors import KopaError, MethodNotAllowed, NotReady
from service.metrics import Metrics
from service.settings import Settings

SEQ_COOKIE = "kopa_seq"

KEPT = (b"cache-control", FOR_A_WHILE)
NOT_KEPT: Fields = [(b"cache-control", NOT_AT_ALL)]

UNCHANGED = ("unchanged",)


class Endpoint:
    """`/graphql`."""

    def __init__(self, settings: Settings, follower: Follower, figures: Metrics) -> None:
        self._follower = follower
        self._hardened = settings.graphql_profile == "hardened"
        self._execution = Execution(settings, figures)
        self._questions = Questions(self._execution, hardened=self._hardened)
        self._versions = Versions(settings)
        self._allowances = Allowances(settings.rate_limit)
        self._figures = figures

    @property
    def plans(self) -> Plans:
        """The compiled plans, for the figures."""
        return self._execution.plans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if b"text/html" in headers.get(b"accept", b"") and not self._hardened and wants_page(scope):
            await (await page(Request(scope)))(scope, receive, send)
            return
        method = scope["method"]
        try:
            match method:
                case "POST":
                    reply = await self._post(scope, headers, receive)
                case "GET" | "HEAD":
                    reply = await self._get(scope, headers)
                case "OPTIONS":
                    reply = OPTIONS
                case _:
                    raise MethodNotAllowed("Ask by GET or by POST.")
        except KopaError as error:
            self._figures.refusals.counts[(error.code,)] += 1
            reply = replies.of_error(error, media_of(_text(headers, b"accept")))
        await send({"type": "http.response.start", "status": reply.status, "headers": reply.fields})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else reply.body})

    async def _post(self, scope: Scope, headers: Headers, receive: Receive) -> Reply:
        question = self._questions.by_body(await body_of(headers, receive), headers)
        if question.asked.extensions or b"cookie" in headers:
            await self._catch_up(question.asked, headers)
        catalogue = self._follower.current
        answer = await self._answer(scope, question, catalogue)
        return await replies.of_answer(answer, question.manner, NOT_KEPT)

    async def _get(self, scope: Scope, headers: Headers) -> Reply:
        question = self._questions.by_address(scope["query_string"], headers)
        if question.asked.extensions or b"cookie" in headers:
            await self._catch_up(question.asked, headers)
        catalogue = self._follower.current
        version = self._versions.of(catalogue)
        current = None if version is None else tag(version, question.digest)
        if current and (known := headers.get(b"if-none-match")) and has(known.decode("latin-1"), current):
            self._figures.answers.counts[UNCHANGED] += 1
            return Reply(304, [*SHARED, (b"etag", current.encode()), KEPT])
        answer = await self._answer(scope, question, catalogue)
        # What was awaited may have been read from a later state than the tag says.
        settled = answer.complete and current and self._versions.of(catalogue) == version
        caching = [(b"etag", current.encode()), KEPT] if settled and current else NOT_KEPT
        return await replies.of_answer(answer, question.manner, caching)

    async def _catch_up(self, asked: Asked, headers: Headers) -> None:
        """Wait for the change that the client has seen, if it says which."""
        seen = max((seq for seq in (asked.seq, _left(headers)) if seq is not None), default=None)
        if seen is not None and not await self._follower.reached(seen):
            raise NotReady("The directory has not caught up with that change yet; ask again in a few seconds.")

    async def _answer(self, scope: Scope, question: Question, catalogue: Catalogue) -> Answer:
        spend = self._spend(scope)
        answer = self._execution.answer(self._questions.ready(question, spend), catalogue, spend)
        return answer if isinstance(answer, Answer) else await answer

    def _spend(self, scope: Scope) -> Spend:
        client = scope.get("client")
        return partial(self._allowances.spend, client[0] if client else None)


def _left(headers: Headers) -> int | None:
    """The newest change that the client made, from the cookie that a write left."""
    left = cookie_parser(_text(headers, b"cookie")).get(SEQ_COOKIE, "")
    return int(left) if left.isascii() and left.isdecimal() and len(left) < 19 else None


def _text(headers: Headers, name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")
