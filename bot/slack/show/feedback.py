"""What was wrong with an answer: the modal after "Not helpful"."""

from __future__ import annotations

from typing import Final

from bot.slack.safe_text import one_line
from bot.slack.show.actions import FEEDBACK_VIEW
from bot.slack.show.blocks import modal, plain_text, section
from bot.slack.show.message import Block, View

KIND: Final = "kind"
RIGHT_PASSAGE: Final = "right_passage"
COMMENT: Final = "comment"
MAX_ENTERED_CHARS: Final = 3_000
_MAX_QUESTION_CHARS: Final = 500

_OF_ANSWERS: Final = {
    "wrong": "The answer is wrong",
    "incomplete": "The answer is incomplete",
    "should_have_refused": "The documents do not answer this question",
}
_OF_REFUSALS: Final = {
    "should_have_answered": "The documents do answer this question",
    "wrong": "The reason given is wrong",
    "incomplete": "It leaves out something that would help",
}


def feedback_view(answer_id: str, question: str, was_refused: bool) -> View:
    """Ask what was wrong, where the right answer stands, and for a comment.

    What is entered is found under `KIND`, `RIGHT_PASSAGE` and `COMMENT`, as block and action id.
    """
    return modal(
        "What was wrong?",
        [
            section(f"Question: {one_line(question, _MAX_QUESTION_CHARS)}"),
            _input(KIND, "What was wrong?", _choice(_OF_REFUSALS if was_refused else _OF_ANSWERS)),
            _optional(
                RIGHT_PASSAGE,
                "Where does the right answer stand?",
                "A document and a heading, or the sentence itself",
            ),
            _optional(COMMENT, "Anything else?", "Kept with the answer, for those who run the bot"),
        ],
        close="Cancel",
        callback_id=FEEDBACK_VIEW,
        private_metadata=answer_id,
        submit=plain_text("Send", 24),
    )


def _input(name: str, label: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(label),
        "element": {**element, "action_id": name},
    }


def _optional(name: str, label: str, hint: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": MAX_ENTERED_CHARS,
    }
    return {**_input(name, label, element), "hint": plain_text(hint), "optional": True}


def _choice(options: dict[str, str]) -> Block:
    return {
        "type": "radio_buttons",
        "options": [
            {"text": plain_text(text, 75), "value": value} for value, text in options.items()
        ],
    }
