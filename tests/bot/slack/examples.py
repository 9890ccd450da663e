"""Results, payloads and an answerer for the tests of the Slack edge."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.slack.events import Asked, BotIdentity, Kind
from retrieval.model import (
    Answer,
    AnswerSentence,
    Question,
    Reason,
    Refusal,
    SentenceRole,
)
from tests.bot.examples import QUOTE, SEARCHED, citation

BOT = BotIdentity(team="T1", user="UBOT", bot_id="B1", name="onrecord")


def answer(*quotes: str, frame: str | None = None, **changes: object) -> Answer:
    quotes = quotes or (QUOTE,)
    sentences = [
        AnswerSentence(quote, SentenceRole.QUOTE, (n,)) for n, quote in enumerate(quotes, 1)
    ]
    if frame is not None:
        sentences.insert(0, AnswerSentence(frame, SentenceRole.FRAME, (1,)))
    return Answer(
        question="When?",
        sentences=tuple(sentences),
        citations=tuple(citation(quote, **changes) for quote in quotes),
        generation=7,
        searched=SEARCHED,
    )


def refusal(
    message: str = "The documents do not say.",
    reason: Reason = Reason.NOT_ANSWERED,
    nearest: int = 3,
) -> Refusal:
    return Refusal(
        question="Who?",
        reason=reason,
        message=message,
        generation=7,
        searched=SEARCHED,
        nearest=tuple(citation(f"Passage {n}.") for n in range(nearest)),
    )


def asked(ts: str = "1700000000.000100", **changes: object) -> Asked:
    values: dict[str, object] = {
        "event_id": f"Ev{ts}",
        "team": "T1",
        "channel": "C1",
        "ts": ts,
        "thread": ts,
        "user": "U1",
        "kind": Kind.MENTION,
        "text": "When did it open?",
    }
    return Asked(**{**values, **changes})  # type: ignore[arg-type]  # each key is a field


def event_body(event_id: str = "Ev1", **event: object) -> dict[str, object]:
    values: dict[str, object] = {
        "type": "message",
        "user": "U1",
        "text": "hello",
        "ts": "1700000000.000100",
        "channel": "C1",
        "channel_type": "channel",
        "event_ts": "1700000000.000100",
    }
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": event_id,
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        "event": {**values, **event},
    }


class ScriptedAnswerer:
    """Answers with what it was asked, or as told; remembers every question."""

    def __init__(self, script: Callable[[Question], Answer | Refusal] | None = None) -> None:
        self._script = script or (lambda question: answer(f"You asked: {question.text}"))
        self._lock = threading.Lock()
        self.questions: list[Question] = []

    def ask(self, question: Question) -> Answer | Refusal:
        with self._lock:
            self.questions.append(question)
        return self._script(question)
