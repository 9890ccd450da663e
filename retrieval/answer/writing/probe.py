"""Probe: one tiny question to a chat model, to see whether it can write at all."""

from __future__ import annotations

from retrieval.answer.writing.frozen import Quotation
from retrieval.answer.writing.trace import Trace
from retrieval.answer.writing.writer import Writer
from retrieval.model import Citation

_QUESTION = "When did the bridge open?"
_STATED = "The bridge opened in 1932."
_CITATION = Citation("probe.txt", "Probe", None, None, 0, len(_STATED), _STATED, generation=0)


def probe(writer: Writer) -> Trace:
    """What came of asking about one sentence of our own; at most two calls, never raises."""
    return writer.compose(_QUESTION, [Quotation(1, (_CITATION,), "", leads=True)]).trace
