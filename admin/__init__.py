"""The admin panel: lists and forms for every noun, derived from the models, on the editing core."""

from __future__ import annotations

from starlette.routing import Mount

from admin.security import LARGEST_FORM
from admin.site import routes

__all__ = ["create_admin"]


def create_admin() -> Mount:
    """Every page of the panel; they look for what they need in the application's state."""
    return Mount("/admin", routes=routes(), max_body_size=LARGEST_FORM)
