"""What pages load: named after its content, so that a browser never has to ask for it again."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Asset:
    """A file with the name that it is asked for by."""

    name: str
    media_type: str
    content: bytes
    compressed: bytes

    @classmethod
    def of(cls, file: Path) -> Asset:
        content = file.read_bytes()
        name = f"{file.stem}.{sha256(content).hexdigest()[:16]}{file.suffix}"
        return cls(name, KINDS[file.suffix], content, gzip.compress(content, mtime=0))


class Assets:
    """The files of a folder, served under a path."""

    def __init__(self, folder: Path, path: str) -> None:
        files = {file.name: Asset.of(file) for file in sorted(folder.iterdir()) if file.suffix in KINDS}
        self._by_name = {asset.name: asset for asset in files.values()}
        self.paths = {name.replace(".", "_"): f"{path}{asset.name}" for name, asset in files.items()}
        """The address of each file, by its name with underscores."""

    async def answer(self, request: Request) -> Response:
        """One of the files."""
        found = self._by_name.get(request.path_params["file"])
        if found is None:
            raise HTTPException(404)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers = HEADERS | {"Content-Encoding": "gzip"}
            return Response(found.compressed, media_type=found.media_type, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=HEADERS)
