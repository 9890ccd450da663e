"""Question sets: documents, and questions with what a right answer looks like.

Two folder formats are read:

* `documents.jsonl` and `questions.jsonl`; a question names its evidence by document id, and a
  document that is Markdown says so (`"format": "markdown"`);
* plain `.txt` documents and `questions.jsonl`; a question says which words its answer must hold
  (`expect`: one of each group) and which words a cited quotation must hold (`evidence`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from evals.attributed import Attributed, Half, Reported
from evals.lines import FORMATS, read_lines
from evals.sampling import draw
from retrieval.errors import UsageError
from retrieval.model import Label, Turn


class Kind(StrEnum):
    """What a question asks of the system."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    FALSE_PREMISE = "false_premise"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class SetDocument:
    """A document of a set, as the file it becomes in a corpus folder."""

    id: str
    file_name: str
    content: str
    reported: tuple[Reported, ...] = ()
    """The sentences in which somebody is made to speak, where the set says which."""


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question or a claim with its gold answer; what a set does not say is empty."""

    id: str
    kind: Kind
    text: str
    history: tuple[Turn, ...] = ()
    answers: tuple[str, ...] = ()
    """Short answers, of which a right quotation holds one."""
    evidence: frozenset[str] = frozenset()
    """File names of the documents that answer."""
    selected: tuple[str, ...] = ()
    """The sentences that a person chose as the answer."""
    label: Label | None = None
    supported: bool | None = None
    """Whether a claim is supported: also known for claims without one of the three labels."""
    grounded: bool | None = None
    """Whether the whole of a claim rests on its document, in sets that ask only this."""
    origin: str = ""
    """The collection that it was taken from, in sets of several."""
    expect: tuple[tuple[str, ...], ...] = ()
    quoted: tuple[str, ...] = ()
    """Words that a cited quotation must hold."""
    half: Half | None = None
    attributed: Attributed | None = None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A named set; `graded` questions pass or fail one by one instead of being counted."""

    name: str
    documents: tuple[SetDocument, ...]
    questions: tuple[SetQuestion, ...]
    graded: bool

    def sample(self, limit: int | None, seed: int) -> QuestionSet:
        """At most `limit` of the questions, drawn with `seed`, in their order."""
        kept = draw(self.questions, limit, seed)
        return self if kept == self.questions else replace(self, questions=kept)

    def among(self, other: QuestionSet) -> QuestionSet:
        """The same questions over the documents of both sets: the others distract."""
        pooled = {document.file_name: document for document in (*other.documents, *self.documents)}
        name = f"{self.name} among {other.name}"
        return replace(self, name=name, documents=tuple(pooled.values()))


def read_set(folder: Path) -> QuestionSet:
    """Read the question set in `folder`, in either format."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.", "Name the folder of a question set.")
    counted = (folder / "documents.jsonl").is_file()
    found = _read_counted(folder) if counted else _read_graded(folder)
    if not found.documents or not found.questions:
        raise UsageError(f"{folder} holds no documents or no questions.", FORMATS)
    return found


class _Said(BaseModel):
    speaker: str
    text: str


class _Meta(BaseModel):
    history: list[_Said] = []
    selected_sentences: list[list[str]] = []
    grounded: bool | None = None
    source: str = ""
    original_label: str | None = None
    yes_no: bool = False
    half: Half | None = None
    attribution: Attributed | None = None


class _DocumentLine(BaseModel):
    id: str
    title: str
    text: str
    date: str | None = None
    format: Literal["text", "markdown"] = "text"
    reported: tuple[Reported, ...] = ()


class _QuestionLine(BaseModel):
    id: str
    kind: Kind
    question: str
    answers: list[str] = []
    label: Label | None = None
    evidence: list[str] = []
    expect: list[list[str]] = []
    meta: _Meta = _Meta()


def _read_counted(folder: Path) -> QuestionSet:
    documents = tuple(
        SetDocument(line.id, _file_name(line.id, line.format), _content(line), line.reported)
        for line in read_lines(folder / "documents.jsonl", _DocumentLine)
    )
    files = {document.id: document.file_name for document in documents}
    questions = tuple(
        replace(
            _question(line),
            evidence=frozenset(files.get(id_, _file_name(id_)) for id_ in line.evidence),
        )
        for line in read_lines(folder / "questions.jsonl", _QuestionLine)
    )
    return QuestionSet(folder.resolve().name, documents, questions, graded=False)


def _read_graded(folder: Path) -> QuestionSet:
    documents = tuple(
        SetDocument(path.name, path.name, path.read_bytes().decode("utf-8"))
        for path in sorted(folder.glob("*.txt"))
    )
    questions = tuple(
        replace(_question(line), quoted=tuple(line.evidence))
        for line in read_lines(folder / "questions.jsonl", _QuestionLine)
    )
    return QuestionSet(folder.resolve().name, documents, questions, graded=True)


def _question(line: _QuestionLine) -> SetQuestion:
    meta = line.meta
    return SetQuestion(
        id=line.id,
        kind=line.kind,
        text=line.question,
        history=tuple(Turn(said.speaker, said.text) for said in meta.history),
        answers=() if meta.yes_no else tuple(line.answers),
        selected=tuple(
            dict.fromkeys(text for chosen in meta.selected_sentences for text in chosen)
        ),
        label=line.label,
        supported=_supported(line),
        grounded=meta.grounded,
        origin=meta.source,
        expect=tuple(map(tuple, line.expect)),
        half=meta.half,
        attributed=meta.attribution,
    )


def _supported(line: _QuestionLine) -> bool | None:
    """A claim that is partly supported, or not grounded for an unstated reason, is not."""
    if line.label is not None:
        return line.label is Label.SUPPORTED
    known = line.meta.grounded is not None or line.meta.original_label is not None
    return bool(line.meta.grounded) if known else None


def _file_name(document_id: str, form: Literal["text", "markdown"] = "text") -> str:
    """A file name for a document id; ids that differ get names that differ."""
    safe = re.sub(r"[^A-Za-z0-9._-]", "_", document_id)
    if safe != document_id or safe.startswith("."):
        safe = f"d{safe}-{hashlib.sha256(document_id.encode()).hexdigest()[:8]}"
    return f"{safe}.md" if form == "markdown" else f"{safe}.txt"


def _content(line: _DocumentLine) -> str:
    """The text with its title and its date, which a file states in its front matter."""
    one_line = " ".join(line.title.split())
    entries = [f'title: "{one_line}"'] if one_line else []
    entries += [f"date: {line.date}"] if line.date else []
    return "\n".join(["---", *entries, "---", line.text]) if entries else line.text
