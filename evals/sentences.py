"""The sentences of a set's documents, cut as they are cut for the index."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from evals.sets import SetDocument
from retrieval.ingest.load.text import load_text
from retrieval.ingest.split import split
from retrieval.model import BlockKind, Passage


@lru_cache(maxsize=1024)
def passages_of(document: SetDocument) -> tuple[Passage, ...]:
    """The passages of a document, with their sentences."""
    return split(load_text(document.content.encode("utf-8"), document.file_name))


def prose_of(documents: Iterable[SetDocument]) -> tuple[str, ...]:
    """The sentences of running text, in order, each once."""
    found = (
        sentence.text
        for document in documents
        for passage in passages_of(document)
        for sentence in passage.sentences
        if sentence.kind is BlockKind.PROSE
    )
    return tuple(dict.fromkeys(found))
