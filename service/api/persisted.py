"""The documents that ship, by the SHA-256 of their text, as the appendix of GraphQL over HTTP names them.

A document that has shipped stays: whoever put its id on a page asks for it for years. A better one is another file.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from service.api.asked import SHA256


@cache
def shipped() -> dict[str, str]:
    """The text of every document by its name."""
    folder = files("service.api") / "documents"
    paths = [each for each in folder.iterdir() if each.name.endswith(".graphql")]
    return {path.name.removesuffix(".graphql"): path.read_text("utf-8") for path in sorted(paths, key=lambda p: p.name)}


@cache
def by_id() -> dict[str, str]:
    return {id_of(text): text for text in shipped().values()}


def id_of(text: str) -> str:
    return SHA256 + sha256(text.encode()).hexdigest()


def reference() -> str:
    """docs/documents.md: generated from the documents."""
    rows = "".join(f"| {name} | {_purpose(text)} | `{id_of(text)}` |\n" for name, text in shipped().items())
    return (
        "# Documents that ship\n\n"
        "Ask for them by id: `/graphql?documentId=sha256:…&variables=…`. The answer may be kept by caches, and its "
        "`ETag` says whether it is still true. An id is the SHA-256 of a file in `service/api/documents/`, which also "
        "tells the variables; a document that has shipped stays.\n\n"
        "| document | what for | id |\n|---|---|---|\n" + rows
    )


def _purpose(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")
