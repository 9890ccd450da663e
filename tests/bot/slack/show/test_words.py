from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.show.words import ago, counted, duration, moment

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("2026-11-24T15:30:59+00:00", "24 Nov 2026, 15:30 UTC"),
        ("2026-11-24T16:30:00+01:00", "24 Nov 2026, 15:30 UTC"),
        ("2026-01-02T03:04:05", "2 Jan 2026, 03:04 UTC"),
        (NOW.timestamp(), "24 Nov 2026, 15:30 UTC"),
        ("yesterday", "yesterday"),
        (float("nan"), "nan"),
        (1e300, "1e+300"),
    ],
)
def test_a_time_reads_the_same_everywhere(when: str | float, read: str) -> None:
    assert moment(when) == read


@pytest.mark.parametrize(
    ("seconds", "read"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (3_599, "59 minutes ago"),
        (3_600, "1 hour ago"),
        (2 * 86_400 - 1, "47 hours ago"),
        (2 * 86_400, "2 days ago"),
        (900 * 86_400, "900 days ago"),
    ],
)
def test_freshness_is_said_in_words(seconds: float, read: str) -> None:
    assert ago((NOW - timedelta(seconds=seconds)).isoformat(), NOW) == read


def test_what_is_no_time_is_not_ago() -> None:
    assert ago("yesterday", NOW) == ""


@pytest.mark.parametrize(
    ("seconds", "read"),
    [
        (0.4, "under 1 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (90, "1 min 30 s"),
        (3_660, "1 h 1 min"),
        (36_000_000, "10,000 h 0 min"),
    ],
)
def test_a_length_of_time_is_as_exact_as_it_has_to_be(seconds: float, read: str) -> None:
    assert duration(seconds) == read


def test_one_is_singular() -> None:
    assert [counted(n, "file") for n in (0, 1, 2, 12_345)] == [
        *("0 files", "1 file", "2 files", "12,345 files")
    ]
