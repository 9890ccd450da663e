"""Answers and refusals as JSON and back, whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from retrieval.model import (
    Answer,
    AnswerSentence,
    Citation,
    Reason,
    Refusal,
    Searched,
    SentenceRole,
)

_Json = dict[str, Any]


def to_json(result: Answer | Refusal) -> str:
    """Write a result; lone surrogates, which SQLite cannot keep, are escaped."""
    return json.dumps(asdict(result))


def from_json(text: str) -> Answer | Refusal:
    """Read a result back."""
    values: _Json = json.loads(text)
    searched = values["searched"]
    common: _Json = {
        "question": values["question"],
        "generation": values["generation"],
        "searched": Searched(**searched) if searched else None,
        "sentences": tuple(_sentence(value) for value in values["sentences"]),
        "citations": tuple(Citation(**value) for value in values["citations"]),
        "nearest": tuple(Citation(**value) for value in values["nearest"]),
        "looked_for": values.get("looked_for"),
    }
    if "reason" not in values:
        return Answer(**common)
    return Refusal(**common, reason=Reason(values["reason"]), message=values["message"])


def _sentence(value: _Json) -> AnswerSentence:
    numbers = tuple(value["citations"])
    return AnswerSentence(value["text"], SentenceRole(value["kind"]), numbers)
