"""What an index was built with: compared on opening, never trusted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import Stemmer

from retrieval.ingest.split import SPLITTER_VERSION
from retrieval.text import spelling, terms

if TYPE_CHECKING:
    from retrieval.index.embeddings import Embedder

SCHEMA_VERSION = 5
"""Version of the catalog's tables."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Everything that decides what the rows and vectors of an index are."""

    schema: int
    embedder: str
    dimension: int
    space: str
    splitter: str
    terms: str

    @property
    def text(self) -> str:
        """The fingerprint as it is stored."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def vectors(self) -> str:
        """Name of the vectors it needs: the same ones after a change of splitter or terms."""
        identity = f"{self.embedder} {self.dimension} {self.space}"
        return hashlib.sha256(identity.encode()).hexdigest()[:16]

    def differences(self, stored: str) -> list[str]:
        """Which parts a stored fingerprint has otherwise."""
        other = json.loads(stored)
        return [part for part, value in asdict(self).items() if other.get(part) != value]


def fingerprint(embedder: Embedder) -> Fingerprint:
    """The fingerprint of an index that this process would build."""
    return Fingerprint(
        schema=SCHEMA_VERSION,
        embedder=embedder.name,
        dimension=embedder.dimension,
        space="cosine",
        splitter=SPLITTER_VERSION,
        terms=_terms_version(),
    )


def _terms_version() -> str:
    """A hash of the code that makes terms: nobody can forget to count a version up."""
    source = b"".join(Path(path).read_bytes() for path in (terms.__file__, spelling.__file__))
    return hashlib.sha256(source + Stemmer.version().encode()).hexdigest()[:16]
