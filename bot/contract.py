"""Results as the JSON that other programs read: names, order and meaning of keys are a contract.

`id` is there only when the input line had one. Every other key is always there, so that a consumer
never has to guess; a value that does not exist is null or an empty list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from retrieval.model import Answer, AnswerSentence, Citation, Label, Reason, Refusal, Verdict

if TYPE_CHECKING:
    from retrieval.index.overview import Overview
    from retrieval.ingest.compact import CompactReport
    from retrieval.ingest.pipeline import IndexReport
    from retrieval.ingest.rollback import RollbackReport
    from retrieval.ingest.verify import Verification

JsonObject = dict[str, object]

_TERMINAL_CONTROLS = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def dump(value: JsonObject) -> str:
    """One line of JSON; what could steer a terminal or reorder its text is written as an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return _TERMINAL_CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def answer_json(result: Answer | Refusal, elapsed_ms: float) -> JsonObject:
    """The object that `ask --json` prints."""
    refused = isinstance(result, Refusal)
    return {
        "question": result.question,
        "looked_for": result.looked_for,
        "outcome": "refused" if refused else "answered",
        "reason": result.reason.value if isinstance(result, Refusal) else None,
        "text": result.text,
        "sentences": [_sentence(sentence) for sentence in result.sentences],
        "citations": _citations(result.citations),
        "nearest": _citations(result.nearest),
        "generation": result.generation,
        "elapsed_ms": round(elapsed_ms, 1),
    }


def verdict_json(verdict: Verdict, elapsed_ms: float) -> JsonObject:
    """The object that `check --json` prints."""
    return {
        "claim": verdict.claim,
        "verdict": verdict.label.value,
        "text": verdict.text,
        "citations": _citations(verdict.citations),
        "generation": verdict.generation,
        "elapsed_ms": round(elapsed_ms, 1),
    }


def report_json(report: IndexReport) -> JsonObject:
    """The object that `index --json` prints."""
    return {
        "generation": report.generation,
        "sources": report.sources,
        "passages": report.passages,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "failed": [
            {"source": file.source, "error": file.error, "runs": file.runs}
            for file in report.failed
        ],
        "elapsed_s": round(report.elapsed_s, 3),
        "changes": {
            "added": list(report.changes.added),
            "changed": list(report.changes.changed),
            "renamed": [{"from": r.before, "to": r.after} for r in report.changes.renamed],
            "removed": list(report.changes.removed),
        },
        "removes_too_many": report.removes_too_many,
    }


def rollback_json(report: RollbackReport) -> JsonObject:
    """The object that `rollback --json` prints."""
    return {
        "generation": report.generation,
        "restored": report.restored,
        "sources": report.documents,
        "passages": report.passages,
    }


def overview_json(found: Overview) -> JsonObject:
    """The object that `status --json` prints."""
    corpus, run = found.corpus, found.run
    return {
        "generation": corpus.generation,
        "published_at": corpus.published_at,
        "sources": corpus.documents,
        "passages": corpus.passages,
        "failed": [{"source": file.source, "error": file.error} for file in corpus.failed],
        "kept_generation": corpus.previous,
        "disk_bytes": found.disk_bytes,
        "run": None
        if run is None
        else {"act": run.start.act, "by": run.start.by, "since": run.since, "pid": run.pid},
    }


def verification_json(found: Verification) -> JsonObject:
    """The object that `verify --json` prints."""
    return {
        "sound": found.is_sound,
        "generation": found.generation,
        "sources": found.documents,
        "passages": found.passages,
        "vectors": found.vectors,
        "faults": [
            {"kind": fault.kind, "count": fault.count, "mended": fault.mended}
            for fault in found.faults
        ],
        "elapsed_s": round(found.elapsed_s, 3),
    }


def compact_json(done: CompactReport) -> JsonObject:
    """The object that `compact --json` prints."""
    return {
        "vectors": done.vectors,
        "bytes_before": done.bytes_before,
        "bytes_after": done.bytes_after,
    }


def malformed_question(message: str) -> Refusal:
    """The result of an input line that holds no question: a refusal, so that lines stay in step."""
    return Refusal(question="", reason=Reason.ERROR, message=message, generation=0)


def malformed_claim(message: str) -> Verdict:
    """The result of an input line that holds no claim: nothing in the corpus speaks to it."""
    return Verdict(claim="", label=Label.NOT_IN_CORPUS, message=message, generation=0)


def _sentence(sentence: AnswerSentence) -> JsonObject:
    return {
        "text": sentence.text,
        "kind": sentence.kind.value,
        "citations": list(sentence.citations),
    }


def _citations(citations: Iterable[Citation]) -> list[JsonObject]:
    return [
        {
            "n": number,
            "source": citation.source,
            "title": citation.title,
            "heading": citation.heading,
            "page": citation.page,
            "start": citation.start,
            "end": citation.end,
            "quote": citation.quote,
        }
        for number, citation in enumerate(citations, 1)
    ]
