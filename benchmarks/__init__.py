"""Measurements, by hand or by `make benchmark`; nothing here fails on a time."""

import os
import tempfile
from pathlib import Path


def folder() -> Path:
    """Where measurements keep what takes long to make."""
    made = Path(os.environ.get("BENCHMARK_FOLDER", tempfile.gettempdir())) / "kopa-benchmarks"
    made.mkdir(parents=True, exist_ok=True)
    return made
