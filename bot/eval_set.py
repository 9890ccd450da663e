"""Feedback as an evaluation set: questions with what would have been right, and the documents.

`onrecord eval` measures with it whether a change makes the same mistakes again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.contract import JsonObject
from bot.slack.records.feedback import Kind, Said
from retrieval.errors import OnrecordError, UsageError
from retrieval.ingest.sentences import split_sentences
from retrieval.model import BlockKind, Reason

_SHORT_ANSWER_WORDS = 8
"""Up to here a right passage is looked for in a quotation as it is."""
_RIGHTLY_REFUSED = frozenset({Reason.NOTHING_FOUND.value, Reason.NOT_ANSWERED.value})


@dataclass(frozen=True, slots=True)
class Source:
    """A published document, whole."""

    source: str
    title: str
    date: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """How many questions a set has, and how much feedback says nothing that can be measured."""

    questions: int
    left_out: int


def write_set(folder: Path, said: Sequence[Said], documents: Sequence[Source]) -> Written:
    """Write the set into a new folder; of several words on one question the newest counts."""
    library = _Library(documents)
    newest: dict[str, JsonObject] = {}
    for one in said:
        item = _item(one, library)
        if item and one.question_hash not in newest:
            newest[one.question_hash] = item
    if not newest:
        raise OnrecordError(
            "No feedback says yet what would have been right, so there is nothing to measure with.",
            "Let people say so in Slack: 👎 on an answer asks what was wrong.",
        )
    _make_folder(folder)
    _write(folder / "documents.jsonl", map(_document, documents))
    _write(folder / "questions.jsonl", newest.values())
    return Written(len(newest), len({one.question_hash for one in said} - newest.keys()))


class _Library:
    """Finds what people name as the right passage: words of a document, or its name."""

    def __init__(self, documents: Iterable[Source]) -> None:
        self._names = {d.source: {_folded(d.source), _folded(d.title)} for d in documents}
        self._texts = {d.source: _folded(d.text) for d in documents}

    def holding(self, passage: str) -> list[str]:
        """The sources that hold a passage, or that are named by it."""
        wanted = _folded(passage).strip("\"'“”‘’")
        if not wanted:
            return []
        named = [source for source, names in self._names.items() if wanted in names]
        return named or [source for source, text in self._texts.items() if wanted in text]

    def present(self, sources: Iterable[str]) -> list[str]:
        """Those of the sources that are still published."""
        return [source for source in sources if source in self._texts]


def _item(one: Said, library: _Library) -> JsonObject | None:
    """What a word on an answer asks of the next version; None if it does not say what is right."""
    if one.kind is Kind.SHOULD_HAVE_REFUSED:
        return _question(one, "unanswerable")
    if one.is_good:
        if one.outcome in _RIGHTLY_REFUSED:
            return _question(one, "unanswerable")
        quoted = library.present(one.sources) if one.outcome == "answered" else []
        return _question(one, "answerable", evidence=quoted) if quoted else None
    evidence = library.holding(one.right_passage)
    if evidence or one.kind is Kind.SHOULD_HAVE_ANSWERED:
        also = library.present(one.sources) if one.kind is Kind.INCOMPLETE else []
        passage = one.right_passage if evidence else ""
        return _question(one, "answerable", sorted({*evidence, *also}), passage)
    return None


def _question(one: Said, kind: str, evidence: Sequence[str] = (), passage: str = "") -> JsonObject:
    is_short = len(passage.split()) <= _SHORT_ANSWER_WORDS
    sentences = [] if is_short else _sentences(passage)
    return {
        "id": one.question_hash,
        "kind": kind,
        "question": one.question,
        "answers": [passage] if passage and is_short else [],
        "evidence": list(evidence),
        "meta": {"selected_sentences": [sentences] if sentences else []},
    }


def _sentences(passage: str) -> list[str]:
    return [s.text for s in split_sentences(passage, 0, len(passage), BlockKind.PROSE)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _document(document: Source) -> JsonObject:
    """Text and Markdown say themselves what their title and date are."""
    ending = Path(document.source).suffix.lower()
    tells_itself = ending in (".txt", ".md")
    return {
        "id": document.source,
        "title": "" if tells_itself else document.title,
        "date": None if tells_itself else document.date,
        "text": document.text,
        "format": "markdown" if ending == ".md" else "text",
    }


def _make_folder(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already, and not empty.", "Name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, lines: Iterable[JsonObject]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
