"""What the sides of a link say in confidence: how closely they work together, and why one sees it differently."""

from __future__ import annotations

from datetime import date

import strawberry

from service.editing import viewing
from service.models.cooperation import ConfirmationRole, ConfirmationState, Side


@strawberry.type(description="What one side of a link has said, as far as you may know it.")
class SideWord:
    word: strawberry.Private[viewing.Word]

    @strawberry.field(description="Which side spoke.")
    def side(self) -> Side:
        return Side(self.word.side)  # type: ignore[call-arg]

    @strawberry.field(description="What it said.")
    def state(self) -> ConfirmationState:
        return ConfirmationState(self.word.state)  # type: ignore[call-arg]

    @strawberry.field(description="Who entered it.")
    def role(self) -> ConfirmationRole:
        return ConfirmationRole(self.word.role)  # type: ignore[call-arg]

    @strawberry.field(description="The day it was said.")
    def on(self) -> date:
        return date.fromisoformat(self.word.on)

    @strawberry.field(description="The id of the organisation whose representative spoke.")
    def organisation_id(self) -> strawberry.ID | None:
        return strawberry.ID(self.word.organisation) if self.word.organisation else None

    @strawberry.field(description="How closely they work together as this side sees it, 0 to 5.")
    def tie_level(self) -> int | None:
        return self.word.tie_level

    @strawberry.field(description="Why it sees it differently.")
    def note(self) -> str | None:
        return self.word.note
