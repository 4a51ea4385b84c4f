"""Questions: what an address or a body asks, read once for as long as it is asked again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.api import replies
from service.api.asked import Asked, from_address, from_body
from service.api.execution import Execution, Ready, Spend
from service.api.media import media_of, packing_of
from service.api.prepared import room_for
from service.api.replies import Manner, Reply
from service.bounded import Bounded
from service.caching import digest, tag
from service.errors import MethodNotAllowed, NotAcceptable

ROOM = 64_000_000
"""Bytes for questions, with the documents that they keep."""

Headers = Mapping[bytes, bytes]


@dataclass(slots=True)
class Question:
    """What is asked, how the answer is wanted, and the part of its tag that says both."""

    asked: Asked
    text: str
    manner: Manner
    digest: str
    safely: bool
    """Whether it was asked by a method that may change nothing."""
    ready: Ready | None = None
    """As it was looked at when it was first answered."""
    _tagged: tuple[str, bytes, Reply] | None = None

    def tag(self, version: str) -> bytes:
        """The tag of its answer from a version of the directory."""
        if self._tagged is None or self._tagged[0] != version:
            its = tag(version, self.digest)
            self._tagged = version, its, replies.unchanged(its)
        return self._tagged[1]

    def unchanged(self) -> Reply:
        """The reply to who has the answer with the tag that was asked for last."""
        assert self._tagged is not None
        return self._tagged[2]


class Questions:
    """Those that were asked last."""

    def __init__(self, execution: Execution, *, hardened: bool) -> None:
        self._execution = execution
        self._hardened = hardened
        self._recent: Bounded[tuple[object, ...], Question] = Bounded(ROOM)

    def by_address(self, query_string: bytes, headers: Headers) -> Question:
        """What a GET asks. Raises RequestRefused, DocumentRefused."""
        return self._question(from_address, query_string, headers)

    def by_body(self, body: bytes, headers: Headers) -> Question:
        """What a POST asks. Raises RequestRefused, DocumentRefused."""
        return self._question(from_body, body, headers)

    def asked_before(self, query_string: bytes, headers: Headers) -> Question | None:
        """What a GET asks, if it was asked and is remembered."""
        return self._recent.get(_key(from_address, query_string, headers))

    async def ready(self, question: Question, spend: Spend) -> Ready:
        """A question as it can be executed. Raises KopaError for what cannot."""
        ready = await self._execution.ready(question.asked, question.text, spend, safely=question.safely)
        question.ready = ready
        return ready

    def _question(self, read: Callable[[bytes], Asked], source: bytes, headers: Headers) -> Question:
        key = _key(read, source, headers)
        found = self._recent.get(key)
        if found is None:
            found = self._read(read(source), _manner(headers), safely=read is from_address)
            if found.asked.seq is None:  # With a seq hardly anybody asks the same again.
                self._recent.put(key, found, room_for(found.text) + 4 * len(source))
        return found

    def _read(self, asked: Asked, manner: Manner, *, safely: bool) -> Question:
        if safely and self._hardened and asked.query is not None:
            raise MethodNotAllowed("By GET only documents that ship may be asked, by `documentId`.", "POST")
        text = self._execution.text_of(asked)
        said = "\0".join((digest(text.encode()), manner.media.type.decode(), manner.packing))
        return Question(asked, text, manner, digest(said.encode() + asked.canonical), safely)


def _key(read: Callable[[bytes], Asked], source: bytes, headers: Headers) -> tuple[object, ...]:
    return read, source, headers.get(b"accept"), headers.get(b"accept-encoding")


def _manner(headers: Headers) -> Manner:
    media = media_of(headers.get(b"accept", b"").decode("latin-1"))
    if media is None:
        raise NotAcceptable("Accept `application/graphql-response+json` or `application/json`.")
    return Manner(media, packing_of(headers.get(b"accept-encoding", b"").decode("latin-1")))
