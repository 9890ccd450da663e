"""The names on the wire: what a press, a shortcut and a submission are called.

Buttons of an answer carry its id as their value; the feedback buttons carry the side too.
"""

from __future__ import annotations

from typing import Final

SHOW_PASSAGES: Final = "show_passages"
FEEDBACK: Final = "answer_feedback"
ASK_PERSON: Final = "ask_person"
REPORT_GAP: Final = "report_gap"
SHARE: Final = "share_in_channel"
REINDEX: Final = "reindex"
ROLLBACK: Final = "rollback"
CANCEL_RUN: Final = "cancel_run"
SHOW_GAPS: Final = "show_gaps"
SHOW_FEEDBACK: Final = "show_feedback"
TRY_QUESTION: Final = "try_question"

CHECK_SHORTCUT: Final = "check_message"
FEEDBACK_VIEW: Final = "feedback"
REINDEX_VIEW: Final = "reindex"

UP: Final = "up"
DOWN: Final = "down"


def feedback_value(side: str, answer_id: str) -> str:
    """What a feedback button carries."""
    return f"{side}:{answer_id}"
