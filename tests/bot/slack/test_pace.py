from __future__ import annotations

import pytest

from bot.slack.pace import Pace, busy_text


def test_the_wait_is_estimated_from_the_answers_so_far() -> None:
    pace = Pace(workers=2)
    assert pace.wait_s(10) is None

    pace.note(4.0)
    assert pace.wait_s(10) == 20.0
    for _ in range(50):
        pace.note(8.0)
    assert pace.wait_s(10) == pytest.approx(40.0, rel=0.01)


@pytest.mark.parametrize(
    ("before", "wait_s", "says"),
    [
        (1, None, "1 question is before yours. Please ask again in a few minutes."),
        (100, 30.0, "100 questions are before yours, less than a minute of work."),
        (1200, 61.0, "1,200 questions are before yours, about 2 minutes."),
    ],
)
def test_the_busy_note_tells_the_place_and_the_wait(
    before: int, wait_s: float | None, says: str
) -> None:
    assert says in busy_text(before, wait_s)
