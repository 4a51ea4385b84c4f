"""Gets what the conformance tests need and the project does not, into `.conformance/`.

Node and its packages, an environment for each tool in Python that has its own ideas of versions, and a browser. What
is there already is kept for as long as the file that pins it says the same.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import click

from tests.conformance.tools import BROWSERS, FOLDER, HERE, OLDEST_NODE, PACKAGES, ROOT, WEB, browser, environment, run


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    if not node_is_new():
        once("Node", HERE / "node.txt", lambda: make_environment("node"))
    once("packages for Node", HERE / "package-lock.json", lambda: install(HERE, PACKAGES))
    once("packages of the explorer", ROOT / "web/package-lock.json", lambda: install(ROOT / "web", WEB))
    for name in ("schemathesis", "ariadne-codegen"):
        once(name, HERE / f"{name}.txt", lambda name=name: make_environment(name))  # type: ignore[misc]
    if browser() is None:
        install_browser()


def once(name: str, pinned_by: Path, prepare: Callable[[], None]) -> None:
    """Prepare something, unless that was done for the same pins."""
    done = FOLDER / f".{pinned_by.parent.name}-{pinned_by.name}"
    pins = sha256(pinned_by.read_bytes()).hexdigest()
    if not done.exists() or done.read_text() != pins:
        click.echo(f"Getting {name} ...")
        prepare()
        done.write_text(pins)


def node_is_new() -> bool:
    """Whether this machine has a Node of its own that will do."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = run("node", "--version", may_fail=True).strip().removeprefix("v")
    return version.partition(".")[0].isdecimal() and int(version.partition(".")[0]) >= OLDEST_NODE


def make_environment(name: str) -> None:
    run(sys.executable, "-m", "venv", "--clear", FOLDER / name)
    pip = (environment(name) / "python", "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--requirement", HERE / f"{name}.txt")


def install(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, target)
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=target)


def install_browser() -> None:
    """From Debian's packages, where that can be done."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(f"The browser tests need one of these on PATH: {', '.join(BROWSERS)}.")
    click.echo("Getting chromium ...")
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core")


if __name__ == "__main__":
    main()
