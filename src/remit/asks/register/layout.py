"""Which fields an ask has, in the order of the plain file."""

from __future__ import annotations

ASK_FIELDS = (
    "ask_id",
    "received_on",
    "due_on",
    "from_body",
    "from_team",
    "to_org_code",
    "to_org_name",
    "channel",
    "title",
    "text",
    "period_from",
    "period_to",
    "frequency",
    "hours_estimate",
)
"""What an ask is; the columns of the plain file, in its order."""

BESIDE = ("source", "source_row", "facets")
"""What an ask bears beside that."""

STATE = (
    "status",
    "closed_on",
    "answer",
    "thread",
    "follow_up",
    "attachments",
    "removed",
    "original",
)
"""What the register knows of an ask."""

MEETING_FIELDS = (
    "key",
    "to_org_code",
    "day",
    "starts_at",
    "series",
    "body",
    "is_oversight",
    "minutes",
    "attendees",
    "own_attendees",
    "minutes_today",
    "minutes_tomorrow",
    "title",
    "why",
)
"""What a meeting is handed out as."""
