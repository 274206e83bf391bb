"""Chats between staff and customers, message by message: plain records, no logic."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One message, to the minute; no sender: what LINE itself says."""

    when: datetime
    sender: str | None
    text: str


@dataclass(slots=True)
class Chat:
    """One chat, as the phone of a member of staff exports it."""

    file: str
    title: str
    """With whom: the other's name, or the group's."""
    staff: tuple[str, ...]
    customers: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
