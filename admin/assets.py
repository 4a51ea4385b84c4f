"""What the panel loads."""

from __future__ import annotations

from pathlib import Path

from service.showing.assets import Assets

FOLDER = Path(__file__).parent / "static"

_assets = Assets(FOLDER, "/admin/static/")

PATHS = _assets.paths
"""The address of each file, by its name with underscores."""

asset = _assets.answer
