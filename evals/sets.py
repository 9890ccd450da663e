"""Question sets: documents, and questions with what a right answer looks like.

Two folder formats are read:

* `documents.jsonl` and `questions.jsonl`; a question names its evidence by document id;
* plain `.txt` documents and `questions.jsonl`; a question says which words its answer must hold
  (`expect`: one of each group) and which words a cited quotation must hold (`evidence`).
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from retrieval.errors import UsageError
from retrieval.model import Label, Turn

_FORMATS = "A question set is documents.jsonl (or .txt documents) and questions.jsonl."


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
    expect: tuple[tuple[str, ...], ...] = ()
    quoted: tuple[str, ...] = ()
    """Words that a cited quotation must hold."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A named set; `graded` questions pass or fail one by one instead of being counted."""

    name: str
    documents: tuple[SetDocument, ...]
    questions: tuple[SetQuestion, ...]
    graded: bool

    def sample(self, limit: int | None, seed: int) -> QuestionSet:
        """At most `limit` of the questions, drawn with `seed`, in their order."""
        if limit is not None and limit < 1:
            raise UsageError(f"A sample of {limit} questions says nothing.", "Ask for 1 or more.")
        if limit is None or limit >= len(self.questions):
            return self
        kept = sorted(random.Random(seed).sample(range(len(self.questions)), limit))
        return replace(self, questions=tuple(self.questions[i] for i in kept))

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
        raise UsageError(f"{folder} holds no documents or no questions.", _FORMATS)
    return found


_Line = TypeVar("_Line", bound=BaseModel)


class _Said(BaseModel):
    speaker: str
    text: str


class _Meta(BaseModel):
    history: list[_Said] = []
    selected_sentences: list[list[str]] = []
    grounded: bool | None = None
    original_label: str | None = None
    yes_no: bool = False


class _DocumentLine(BaseModel):
    id: str
    title: str
    text: str


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
        SetDocument(line.id, _file_name(line.id), _with_title(line.title, line.text))
        for line in _lines(folder / "documents.jsonl", _DocumentLine)
    )
    questions = tuple(
        replace(_question(line), evidence=frozenset(map(_file_name, line.evidence)))
        for line in _lines(folder / "questions.jsonl", _QuestionLine)
    )
    return QuestionSet(folder.resolve().name, documents, questions, graded=False)


def _read_graded(folder: Path) -> QuestionSet:
    documents = tuple(
        SetDocument(path.name, path.name, path.read_bytes().decode("utf-8"))
        for path in sorted(folder.glob("*.txt"))
    )
    questions = tuple(
        replace(_question(line), quoted=tuple(line.evidence))
        for line in _lines(folder / "questions.jsonl", _QuestionLine)
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
        expect=tuple(map(tuple, line.expect)),
    )


def _supported(line: _QuestionLine) -> bool | None:
    """A claim that is partly supported, or not grounded for an unstated reason, is not."""
    if line.label is not None:
        return line.label is Label.SUPPORTED
    known = line.meta.grounded is not None or line.meta.original_label is not None
    return bool(line.meta.grounded) if known else None


def _lines(path: Path, model: type[_Line]) -> Iterator[_Line]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                yield _parse(text, model, f"{path}, line {number}")
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist.", _FORMATS) from None


def _parse(text: str, model: type[_Line], place: str) -> _Line:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        raise UsageError(
            f"{place}: {where}: {first['msg']}.", "Correct the line and run again."
        ) from None


def _file_name(document_id: str) -> str:
    """A file name for a document id; ids that differ get names that differ."""
    safe = re.sub(r"[^A-Za-z0-9._-]", "_", document_id)
    if safe != document_id or safe.startswith("."):
        safe = f"d{safe}-{hashlib.sha256(document_id.encode()).hexdigest()[:8]}"
    return f"{safe}.txt"


def _with_title(title: str, text: str) -> str:
    one_line = " ".join(title.split())
    return f'---\ntitle: "{one_line}"\n---\n{text}' if title else text
