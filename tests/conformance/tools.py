"""Where the tools of `make conformance` stand, and how they are run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FOLDER = ROOT / ".conformance"
PACKAGES = FOLDER / "packages"
WEB = FOLDER / "web"
OLDEST_NODE = 20
LONGEST = 7200
"""Seconds after which a tool has hung."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def environment(name: str) -> Path:
    """The commands of an environment of Python packages."""
    return FOLDER / name / "bin"


def run(*command: str | Path, cwd: Path = HERE, may_fail: bool = False, **variables: str) -> str:
    """What a tool prints; when it fails, everything it said is the error."""
    told = {**os.environ, "PATH": os.pathsep.join([str(environment("node")), os.environ["PATH"]]), **variables}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=told, capture_output=True, text=True, check=False
    )
    assert may_fail or done.returncode == 0, f"{command[0]} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def browser() -> str | None:
    """A Chromium of this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)
