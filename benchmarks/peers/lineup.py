"""Who is measured: each system as a server of its own, with the requests of each question on file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from benchmarks.peers import requests
from benchmarks.peers.data import Data
from benchmarks.peers.databases import Postgres
from benchmarks.peers.directus import Directus, NotSetUp
from benchmarks.peers.node import Node, NotInstalled
from benchmarks.peers.processes import NotStarted, Server, served
from benchmarks.peers.questions import QUESTIONS, document, has_document

T = TypeVar("T")

KOPA, NEW = "Kopā", "Kopā, a document never seen"
POSTGRAPHILE, PREPARED = "PostGraphile 5.1.5", "PostGraphile 5.1.5, prepared by hand"
DIRECTUS, PLAIN = "Directus 11.3.5", "Strawberry + Tortoise"
ASGI, STARLETTE = "bare ASGI app", "bare Starlette route"

UNCHANGED = "unchanged"
"""The question whether a profile has changed; the answer is 304."""

KOPA_SETTINGS = {"KOPA_LOG_LEVEL": "warning", "KOPA_RATE_LIMIT": "0"}
"""No line per request, which none of the others writes either, and no limit for a client."""

Asked = dict[str, Iterable[bytes]]
"""The requests of each question."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A system in a table: its server, and for each question the file with the requests it is sent."""

    name: str
    server: Server
    requests: dict[str, Path]
    uses_postgres: bool = False


@dataclass
class Lineup:
    """Everybody who could be started; whoever could not is left out with the reason."""

    stack: ExitStack
    folder: Path
    data: Data
    contenders: list[Contender] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    def tried(self, name: str, act: Callable[[], T]) -> T | None:
        """What an act makes; None, with the reason told, when it cannot be had."""
        try:
            return act()
        except (NotInstalled, NotStarted, NotSetUp, requests.NoTag, httpx2.HTTPError) as error:
            self.missing[name] = str(error)
            print(f"{name} is left out: {error}", flush=True)
            return None

    def server(self, name: str) -> Server:
        return next(each.server for each in self.contenders if each.name == name)

    def add_kopa(self, name: str, source: Path) -> None:
        """Kopā with the directory of a file, asked with documents it knows."""
        command = [sys.executable, "-m", "service", "serve", "--host", "127.0.0.1", "--port", "{port}"]
        environment = {**KOPA_SETTINGS, "KOPA_DATABASE_URL": f"sqlite:///{source}"}
        self._add(name, self._serve(name, command, environment, ready="/readyz"), self._posts("kopa"))

    def add_new(self) -> None:
        """The same server, asked with documents it has never seen."""
        self._add(NEW, self.server(KOPA), self._posts("kopa", change=requests.numbered))

    def add_unchanged(self) -> None:
        """The same server, asked whether something has changed that has not, beside an app that says just that."""
        sets, text = self.data.variables("profile", numbered=False), document("kopa", "profile")
        asked = list(requests.conditional(self.server(KOPA), text, sets))
        self._add(KOPA, self.server(KOPA), {UNCHANGED: asked})
        self._add(ASGI, self.server(ASGI), {UNCHANGED: asked})

    def add_plain(self) -> None:
        self._add(PLAIN, self._python("plain", {"PLAIN_DATABASE": str(self.data.sqlite)}), self._posts("plain"))

    def add_postgraphile(self, node: Node, postgres: Postgres) -> None:
        folder = node.install("postgraphile", self.folder)
        environment = {**node.environment, "DATABASE_URL": postgres.address("postgraphile")}
        server = self._serve("postgraphile", [node.command, "server.mjs"], environment, folder)
        self._add(POSTGRAPHILE, server, self._posts("postgraphile"), uses_postgres=True)
        self._add(PREPARED, server, self._posts("postgraphile_prepared"), uses_postgres=True)

    def add_directus(self, node: Node, postgres: Postgres, fresh: bool) -> None:
        """Directus, set up where its database is a fresh copy."""
        directus = Directus(node, node.install("directus", self.folder, "isolated-vm"), postgres.folder)
        if fresh:
            directus.bootstrap()
        server = self._serve("directus", directus.command("start"), directus.environment, directus.folder)
        if fresh:
            directus.set_up(server.address)
        self._add(DIRECTUS, server, self._posts("directus"), uses_postgres=True)

    def add_floors(self, answers: dict[str, bytes]) -> None:
        """What answers Kopā's own requests with answers of its own from memory."""
        folder = self.folder / "floor"
        folder.mkdir(exist_ok=True)
        for question, answer in answers.items():
            (folder / question).write_bytes(answer)
        for name, application in ((ASGI, "asgi"), (STARLETTE, "starlette")):
            server = self._python(application, {"FLOOR_ANSWERS": str(folder)})
            self._add(name, server, self._posts("kopa", path="/{question}"))

    def _posts(self, dialect: str, *, path: str = requests.GRAPHQL, change: Callable[[str], str] = str) -> Asked:
        sets = {question: self.data.variables(question, numbered=dialect != "kopa") for question in QUESTIONS}
        return {
            question: requests.posts(
                change(document(dialect, question)), sets[question], path.format(question=question)
            )
            for question in QUESTIONS
            if has_document(dialect, question)
        }

    def _add(self, name: str, server: Server, asked: Asked, *, uses_postgres: bool = False) -> None:
        files = {
            question: requests.written(self.folder / f"{name}.{question}.requests", each)
            for question, each in asked.items()
        }
        self.contenders.append(Contender(name, server, files, uses_postgres))

    def _python(self, application: str, environment: dict[str, str]) -> Server:
        return self._serve(application, [sys.executable, "-m", "benchmarks.peers.serve", application], environment)

    def _serve(self, name: str, command: list[str], *arguments: Any, **options: Any) -> Server:
        print(f"Starting {name} ...", flush=True)
        log = self.folder / f"{name}.log"
        return self.stack.enter_context(served(command, log, *arguments, **options))
