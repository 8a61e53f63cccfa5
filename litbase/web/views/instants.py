"""Instants as people read them, in the time zone of the settings."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def filters(timezone: str) -> dict[str, Callable[[str], str]]:
    """The template filters `day` and `instant` for a time zone; UTC when nobody knows that zone."""
    zone: tzinfo = UTC
    with suppress(ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo(timezone)
    return {"day": partial(_said, zone, False), "instant": partial(_said, zone, True)}


def _said(zone: tzinfo, with_time: bool, instant: str) -> str:
    """ "2026-11-22T09:14:00Z" as "22 Nov 2026" or "22 Nov 2026, 09:14"; anything else as it stands."""
    try:
        at = datetime.fromisoformat(instant).replace(tzinfo=UTC).astimezone(zone)
    except ValueError:
        return instant
    return f"{at.day} {at:%b %Y, %H:%M}" if with_time else f"{at.day} {at:%b %Y}"
