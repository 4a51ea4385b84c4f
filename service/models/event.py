"""Events: conferences, discussions, meetings, broadcasts."""

from __future__ import annotations

from typing import ClassVar

from service.models.fields import (
    Check,
    Choice,
    Choices,
    Clock,
    PartialDate,
    PartOf,
    Reference,
    References,
    Text,
    Url,
    Whole,
)
from service.models.record import Part, Published, in_order


class EventKind(Choices):
    """Kinds of event."""

    CONFERENCE = "conference", "A conference."
    ROUND_TABLE = "round_table", "A seminar or round table."
    DISCUSSION = "discussion", "A discussion."
    MEETING = "meeting", "A meeting."
    MEETING_SERIES = "meeting_series", "A series of meetings."
    TRAINING = "training", "A training."
    CAMPAIGN = "campaign", "A campaign."
    BROADCAST = "broadcast", "A broadcast."
    OTHER = "other", "Something else."


class EventRole(Choices):
    """Roles in an event."""

    ORGANISER = "organiser", "Organised it."
    HOST = "host", "Gave the room."
    MODERATOR = "moderator", "Led it or a part of it."
    SPEAKER = "speaker", "Spoke."
    PARTICIPANT = "participant", "Took part."


class Event(Published):
    """Something that took place; its date may be unknown."""

    title = Text("The title of the event.")
    kind = Choice(EventKind, "What kind of event it is.")
    description = Text("What it was about.", null=True)
    starts_on = PartialDate("When it took place or began; null when nobody says.", null=True)
    ends_on = PartialDate("When it ended.", null=True)
    start_time = Clock("At what time it began.", null=True)
    occurrences = Whole("How many times it took place.", least=1, null=True)
    location = Reference("Location", "events", "Where it took place.", null=True)
    regions = References("Region", "events", "event_region", "The regions it was in or for.")
    attendance = Whole("How many people took part.", null=True)
    project = Reference("Project", "events", "The project it belongs to.", null=True)
    url = Url("A page about the event.", null=True)

    HAS_SLUG: ClassVar = True
    CHECKS: ClassVar = [
        in_order("starts_on", "ends_on"),
        Check("event_end", "ends_on IS NULL OR starts_on IS NOT NULL"),
        Check("event_start_time", "start_time IS NULL OR starts_on IS NOT NULL"),
    ]

    class Meta:
        table = "event"


class EventParticipation(Part):
    """An organisation's part in an event."""

    owner = PartOf("Event", "participations")
    organisation = Reference("Organisation", "event_participations", "The organisation.")
    role = Choice(EventRole, "Its role in the event.")

    class Meta:
        table = "event_participation"
        unique_together = (("owner", "organisation", "role"),)
