"""Canaries: questions whose outcome is known, asked before a generation is published.

A folder may be swapped, a loader may read rubbish, a document may deny what all others say: every
file is read without an error, and the answers are wrong. Whoever knows a corpus knows questions
that it must answer, and some that it must not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from retrieval.errors import CanaryError, UsageError
from retrieval.ingest.files import CANARIES
from retrieval.model import Answer, Question, Reason, Refusal

_KEYS = {"question", "outcome", "source"}
_OUTCOMES = ("answered", "refused")
_MOST_TOLD = 3


class Asked(Protocol):
    """What canaries are asked of."""

    def ask(self, question: Question) -> Answer | Refusal:
        """Answer a question, or refuse."""
        ...


@dataclass(frozen=True, slots=True)
class Canary:
    """A question, and whether it must be answered; from `source` as well, if that is given."""

    question: str
    is_answered: bool
    source: str | None = None

    def failure(self, result: Answer | Refusal) -> str | None:
        """What is wrong with a result, in a sentence; None if it is as it must be."""
        expected = "be answered" if self.is_answered else "be refused"
        if self.source is not None:
            expected += f" from {self.source}"
        came = _told(result)
        if isinstance(result, Refusal):
            fails = self.is_answered or result.reason is Reason.ERROR
        else:
            sources = {citation.source for citation in result.citations}
            fails = not self.is_answered or self.source not in {None, *sources}
        return f"“{self.question}” must {expected}, and {came}." if fails else None


@dataclass(frozen=True, slots=True)
class Canaries:
    """The canaries of a corpus, and the identity of the file that holds them."""

    canaries: tuple[Canary, ...]
    identity: str

    def check(self, asked: Asked) -> None:
        """Ask them all; raises `CanaryError` with what some must do and have not done."""
        results = ((canary, asked.ask(Question(canary.question))) for canary in self.canaries)
        failures = [said for canary, result in results if (said := canary.failure(result))]
        if failures:
            raise _failed(failures, len(self.canaries))


def read_canaries(corpus_dir: Path) -> Canaries | None:
    """The canaries of a corpus folder; None without the file. Raises `UsageError` for bad lines."""
    path = corpus_dir / CANARIES
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}.", "Correct it, or move it away."
        ) from error
    read = (_read(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip())
    return Canaries(tuple(read), hashlib.sha256(data).hexdigest())


def _read(line: str, where: str) -> Canary:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if not isinstance(value, dict) or not _KEYS.issuperset(value):
        raise _bad(where, "is no JSON object with question, outcome and source alone")
    question, outcome, source = (value.get(key) for key in ("question", "outcome", "source"))
    if not isinstance(question, str) or not question.strip():
        raise _bad(where, "has no question")
    if outcome not in _OUTCOMES:
        raise _bad(where, "has no outcome that is answered or refused")
    is_answered = outcome == "answered"
    if source is not None and not (isinstance(source, str) and is_answered):
        raise _bad(where, "has a source that no answer can have")
    return Canary(question, is_answered, source)


def _told(result: Answer | Refusal) -> str:
    if isinstance(result, Refusal):
        return f"was refused ({result.reason})"
    return f"was answered from {', '.join(sorted({c.source for c in result.citations}))}"


def _failed(failures: Sequence[str], asked: int) -> CanaryError:
    told = " ".join(failures[:_MOST_TOLD])
    more = len(failures) - _MOST_TOLD
    return CanaryError(
        f"{len(failures)} of {asked} canaries failed. {told}"
        + (f" And {more} more." if more > 0 else ""),
        f"Correct the documents, or the line in {CANARIES}, then index again. Nothing was "
        "published; what was published before is still served.",
    )


def _bad(where: str, what: str) -> UsageError:
    return UsageError(
        f"{where} {what}.",
        'Write: {"question": "…", "outcome": "answered", "source": "folder/file.md"}, or '
        '{"question": "…", "outcome": "refused"}.',
    )
