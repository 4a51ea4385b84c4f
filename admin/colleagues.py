"""Who wrote and decided, as far as a visitor may know: colleagues know each other, everybody knows themselves."""

from __future__ import annotations

from collections.abc import Callable

from admin.visit import Desk
from service.accounts import people
from service.api.viewer.revision import KNOWS_NAMES

Called = Callable[[str | None], str]


async def colleagues(desk: Desk) -> Called:
    """What to call whoever an account, or the label of a program, stands for; nothing where that is not told."""
    knows = desk.viewer.role in KNOWS_NAMES
    names = await people.names(desk.database) if knows else {}

    def called(author: str | None) -> str:
        if author is None:
            return ""
        if author == desk.viewer.account:
            return names.get(author) or desk.words("you")
        return names.get(author) or desk.words.first(f"choice.program.{author}") or ""

    return called
