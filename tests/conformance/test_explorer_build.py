"""The explorer that ships is what its sources and the packages pinned by web/package-lock.json give."""

import gzip
import shutil
from pathlib import Path

from tests.conformance.tools import ROOT, WEB, run

BUILT = Path("service/api/explorer/built")


def content(folder: Path) -> dict[str, bytes]:
    """The files of a folder; the same content may be compressed in several ways."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return {name: gzip.decompress(held) if name.endswith(".gz") else held for name, held in files.items()}


def test_what_ships_is_what_is_built(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "web", WEB, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    run("node", "build.mjs", tmp_path, cwd=WEB)
    assert content(tmp_path / BUILT) == content(ROOT / BUILT), "Run `make web`."
