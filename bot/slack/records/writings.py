"""What a chat model wrote for an answer, as JSON and back; nothing written is an empty text."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from retrieval.answer.writing.trace import Fate, Handled, Outcome, Trace, Usage

_Json = dict[str, Any]


def trace_to_json(trace: Trace | None) -> str:
    """Write a trace; lone surrogates, which SQLite cannot keep, are escaped."""
    return json.dumps(asdict(trace)) if trace else ""


def trace_from_json(text: str) -> Trace | None:
    """Read a trace back."""
    if not text:
        return None
    values: _Json = json.loads(text)
    return Trace(
        model=values["model"],
        outcome=Outcome(values["outcome"]),
        prompts=tuple((name, digest) for name, digest in values["prompts"]),
        quotations=tuple(values["quotations"]),
        sentences=tuple(_handled(value) for value in values["sentences"]),
        usage=Usage(**values["usage"]),
        problem=values["problem"],
    )


def _handled(value: _Json) -> Handled:
    return Handled(
        text=value["text"],
        quotations=tuple(value["quotations"]),
        fate=Fate(value["fate"]),
        gate=value["gate"],
        reason=value["reason"],
    )
