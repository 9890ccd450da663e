"""Results, payloads and an answerer for the tests of the Slack edge."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Self

from bot.slack.events import Asked, BotIdentity, Kind
from retrieval.answer.explanation import Explanation
from retrieval.answer.opened import Compared, Opened, Standing
from retrieval.index.status import CorpusStatus
from retrieval.labels import Permitted
from retrieval.model import (
    Answer,
    AnswerSentence,
    Citation,
    Question,
    Reason,
    Refusal,
    SentenceRole,
    Verdict,
)
from tests.bot.examples import QUOTE, SEARCHED, citation, verdict

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


def changed_body(
    before: str,
    after: str,
    *,
    at: str = "1700000005.000100",
    channel: str = "C1",
    channel_type: str = "channel",
    event_id: str = "EvEdit",
    **message: object,
) -> dict[str, object]:
    """The event of an edit."""
    common = {"type": "message", "user": "U1", "ts": "1700000000.000100", **message}
    return event_body(
        event_id,
        subtype="message_changed",
        hidden=True,
        user=None,
        text=None,
        channel=channel,
        channel_type=channel_type,
        ts=at,
        event_ts=at,
        message={**common, "text": after, "edited": {"user": "U1", "ts": at[:10] + ".000000"}},
        previous_message={**common, "text": before},
    )


def deleted_body(text: str, *, event_id: str = "EvDelete", **message: object) -> dict[str, object]:
    """The event of a deletion."""
    was = {"type": "message", "user": "U1", "ts": "1700000000.000100", "text": text, **message}
    at = "1700000006.000100"
    return event_body(
        event_id,
        subtype="message_deleted",
        hidden=True,
        user=None,
        text=None,
        ts=at,
        event_ts=at,
        deleted_ts=was["ts"],
        previous_message=was,
    )


def tombstone_body(text: str) -> dict[str, object]:
    """The event of a deletion that leaves a stone, as a message with replies does."""
    body = changed_body(text, "This message was deleted.")
    event = body["event"]
    assert isinstance(event, dict)
    stone = {"subtype": "tombstone", "user": "USLACKBOT", "hidden": True}
    return {**body, "event": {**event, "message": {**event["message"], **stone}}}


class ScriptedAnswerer:
    """Answers with what it was asked, or as told; remembers every question."""

    def __init__(self, script: Callable[[Question], Answer | Refusal] | None = None) -> None:
        self._script = script or (lambda question: answer(f"You asked: {question.text}"))
        self._lock = threading.Lock()
        self.questions: list[Question] = []
        self.checked: list[str] = []

    def within(self, permitted: Permitted) -> Self:
        return self

    def cleared(self, result: Answer | Refusal) -> Answer | Refusal | None:
        return result

    def ask(self, question: Question) -> Answer | Refusal:
        with self._lock:
            self.questions.append(question)
        return self._script(question)

    def ask_explained(self, question: Question) -> tuple[Answer | Refusal, Explanation]:
        return self.ask(question), Explanation()

    def check_each(self, text: str) -> tuple[Verdict, ...]:
        """Contradict each line of a message."""
        with self._lock:
            self.checked.append(text)
        return tuple(verdict(line) for line in text.splitlines())

    def open(self, citation: Citation) -> Opened:
        return Opened(
            citation=citation,
            standing=Standing.UNCHANGED,
            before="Before it.",
            opening="It is said: ",
            quote=citation.quote,
            ending=" So it is.",
            after="After it.",
            indexed_at="2026-11-23T20:40:05+00:00",
        )

    def generation(self) -> int:
        return 7

    def compare(self, citations: Sequence[Citation], since: int) -> Compared:
        return Compared(7, (None,) * len(citations))

    def status(self) -> CorpusStatus:
        return CorpusStatus(
            generation=7,
            published_at="2026-11-23T20:40:05+00:00",
            documents=6,
            passages=112,
            sources=(),
            failed=(),
            previous=None,
        )

    def suggestions(self) -> tuple[str, ...]:
        return ("When did it open?", "Who built it?")
