"""One JSON object a line in, one a line out: reading `--jsonl` input without ever losing step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from retrieval.model import Turn

MISSING = object()
"""The `id` of a line that has none; a line may well say `"id": null`."""


@dataclass(frozen=True, slots=True)
class InputLine:
    """A question or claim as one line of input gives it."""

    id: object
    text: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no question or claim, and why."""

    id: object
    problem: str


def read_lines(stream: TextIO, names: tuple[str, ...]) -> Iterator[InputLine | BadLine]:
    """Yield every line that is not blank; the text is under the first of `names` that is there."""
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _parse(line, number, names)


def whole(text: str) -> str:
    """`text` without lone surrogates, which stand for bytes that were not UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _parse(line: str, number: int, names: tuple[str, ...]) -> InputLine | BadLine:
    where = f"Line {number} of the input"
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return BadLine(None, f"{where} is not valid JSON.")
    if not isinstance(value, dict):
        return BadLine(None, f"{where} is not a JSON object.")
    identity = value.get("id", MISSING)
    text = next((value[name] for name in names if name in value), None)
    if not isinstance(text, str):
        return BadLine(identity, f'{where} has no text under "{names[0]}".')
    turns = value.get("history") or []
    if not isinstance(turns, list) or not all(_is_turn(turn) for turn in turns):
        return BadLine(identity, f'{where}: "history" must list objects with "speaker" and "text".')
    history = tuple(Turn(whole(turn["speaker"]), whole(turn["text"])) for turn in turns)
    return InputLine(identity, whole(text), history)


def _is_turn(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(value.get(name), str) for name in ("speaker", "text")
    )
