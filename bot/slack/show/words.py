"""Numbers, times and lengths in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MINUTE_S: Final = 60
_HOUR_S: Final = 3_600
_DAY_S: Final = 86_400


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "document"), counted(1234, "document")
    ('1 document', '1,234 documents')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def moment(when: str | float) -> str:
    """Return an ISO time or Unix seconds as a person reads it; what is no time stays as it is.

    >>> moment("2026-11-24T15:30:59+00:00")
    '24 Nov 2026, 15:30 UTC'
    """
    time = _utc(when)
    if time is None:
        return str(when)
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}, {time:%H:%M} UTC"


def ago(when: str | float, now: datetime) -> str:
    """Return how long ago that was, in words; nothing if it is no time.

    >>> ago("2026-11-24T12:00:00+00:00", datetime(2026, 11, 24, 15, 30, tzinfo=UTC))
    '3 hours ago'
    """
    time = _utc(when)
    if time is None:
        return ""
    seconds = int((now - time) / timedelta(seconds=1))
    if seconds < _MINUTE_S:
        return "just now"
    if seconds < _HOUR_S:
        return f"{counted(seconds // _MINUTE_S, 'minute')} ago"
    if seconds < 2 * _DAY_S:
        return f"{counted(seconds // _HOUR_S, 'hour')} ago"
    return f"{counted(seconds // _DAY_S, 'day')} ago"


def duration(seconds: float) -> str:
    """Return a length of time, as exact as anybody needs it.

    >>> duration(7), duration(200), duration(7_500)
    ('7 s', '3 min 20 s', '2 h 5 min')
    """
    if seconds < 1:
        return "under 1 s"
    whole = round(seconds)
    if whole < _MINUTE_S:
        return f"{whole} s"
    if whole < _HOUR_S:
        minutes, rest = divmod(whole, _MINUTE_S)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, rest = divmod(whole, _HOUR_S)
    return f"{hours:,} h {rest // _MINUTE_S} min"


def _utc(when: str | float) -> datetime | None:
    try:
        if isinstance(when, str):
            time = datetime.fromisoformat(when)
            return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
        return datetime.fromtimestamp(when, UTC)
    except (ValueError, OverflowError, OSError):
        return None
