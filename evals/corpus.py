"""A question set as a corpus folder and an index, kept by content so that a second run is quick."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from evals.sets import SetDocument


def write_corpus(documents: Iterable[SetDocument], home: Path) -> Path:
    """Write the documents as files below `home`, once, and give the folder of this very corpus.

    The corpus stands in `<folder>/corpus`; its index belongs in `<folder>/data`.
    """
    ordered = sorted(documents, key=lambda document: document.file_name)
    folder = home / _digest(ordered)
    complete = folder / "complete"
    if complete.exists():
        return folder
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for document in ordered:
        (folder / "corpus" / document.file_name).write_bytes(document.content.encode("utf-8"))
    complete.touch()
    return folder


def _digest(documents: Iterable[SetDocument]) -> str:
    digest = hashlib.sha256()
    for document in documents:
        for part in (document.file_name, document.content):
            raw = part.encode("utf-8")
            digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()[:16]
