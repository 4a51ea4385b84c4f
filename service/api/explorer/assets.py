"""What the page loads: named after its content, so that a browser never has to ask for it again."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.api.media import listed

HERE = Path(__file__).parent
PREFIX = "/graphql/explorer/"
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is kept compressed, with its address."""

    path: str
    media_type: str
    compressed: bytes

    @classmethod
    def of(cls, file: str, media_type: str) -> Asset:
        content = (HERE / file).read_bytes()
        compressed = content if file.endswith(".gz") else gzip.compress(content, mtime=0)
        stem, suffix = Path(file).name.removesuffix(".gz").split(".")
        return cls(f"{PREFIX}{stem}.{sha256(content).hexdigest()[:16]}.{suffix}", media_type, compressed)


SCRIPT = Asset.of("built/explorer.js.gz", "text/javascript")
STYLE = Asset.of("built/explorer.css.gz", "text/css")
ICON = Asset.of("icon.svg", "image/svg+xml")
ASSETS = {asset.path: asset for asset in (SCRIPT, STYLE, ICON)}


async def asset(request: Request) -> Response:
    found = ASSETS.get(request.url.path)
    if found is None:
        raise HTTPException(404)
    if dict(listed(request.headers.get("Accept-Encoding", ""))).get("gzip"):
        headers = {**HEADERS, "Content-Encoding": "gzip"}
        return Response(found.compressed, media_type=found.media_type, headers=headers)
    return Response(gzip.decompress(found.compressed), media_type=found.media_type, headers=HEADERS)


assets = Route(PREFIX + "{name}", asset)
