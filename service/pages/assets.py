"""What the public pages load."""

from __future__ import annotations

from pathlib import Path

from service.pages.addresses import ASSETS
from service.showing.assets import Assets

_assets = Assets(Path(__file__).parent / "static", ASSETS)

PATHS = _assets.paths
"""The address of each file, by its name with underscores."""

asset = _assets.answer
