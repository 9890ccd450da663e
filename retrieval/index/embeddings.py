"""Embedders: from texts to unit vectors. The packaged static one, or any of LangChain's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import EmbeddingError, UsageError
from retrieval.text.static import WEIGHTS, static_vectors

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

Vectors = NDArray[np.float32]
"""Shape (n, dimension), each row of length 1."""
Vector = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors; safe to call from several threads."""

    @property
    def name(self) -> str:
        """Identity: equal names promise equal vectors for equal texts."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, one row a text."""
        ...

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        ...


def open_embedder(model: str | None) -> Embedder:
    """The packaged embedder, or `provider:model` of a LangChain embedding."""
    return StaticEmbedder() if model is None else open_langchain_embedder(model)


class StaticEmbedder:
    """The mean of packaged token vectors: no model runs, nothing leaves the process."""

    def __init__(self) -> None:
        self._vectors = static_vectors()

    @cached_property
    def name(self) -> str:
        """Identity: a hash of the packaged files."""
        digest = hashlib.sha256()
        for file in ("model.safetensors", "tokenizer.json"):
            digest.update((WEIGHTS / file).read_bytes())
        return f"static-{digest.hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._vectors.dimension

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, one row a text."""
        return self._vectors.of(texts)

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        vector: Vector = self._vectors.of([text])[0]
        return vector


class LangChainEmbedder:
    """Any LangChain embedding; its vectors are brought to unit length."""

    batch_size = 128
    """Texts a call: below every provider's limit of texts and, at 900 characters, of tokens."""

    def __init__(self, model: str, embeddings: Embeddings) -> None:
        self.name = model
        self._embeddings = embeddings

    @cached_property
    def dimension(self) -> int:
        """How many numbers a vector has; asks the model once."""
        return len(self.embed_query("dimension"))

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, one row a text."""
        rows: list[list[float]] = []
        for start in range(0, len(texts), self.batch_size):
            batch = list(texts[start : start + self.batch_size])
            try:
                found = self._embeddings.embed_documents(batch)
            except Exception as error:  # each provider raises its own kinds
                raise self._failed(error) from error
            if len(found) != len(batch):
                raise self._failed(ValueError(f"{len(found)} vectors for {len(batch)} texts"))
            rows.extend(found)
        return self._unit(rows)

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        try:
            found = self._embeddings.embed_query(text)
        except Exception as error:  # each provider raises its own kinds
            raise self._failed(error) from error
        vector: Vector = self._unit([found])[0]
        return vector

    def _unit(self, rows: list[list[float]]) -> Vectors:
        try:
            vectors = np.asarray(rows, dtype=np.float32)
        except ValueError as error:  # rows of unequal length
            raise self._failed(error) from error
        if vectors.size and not (np.isfinite(vectors).all() and vectors.any(axis=1).all()):
            raise self._failed(ValueError("a vector is empty or not a number"))
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
        return unit

    def _failed(self, error: Exception) -> EmbeddingError:
        return EmbeddingError(
            f"The embedding model {self.name} failed: {type(error).__name__}: {error}.",
            "Check its key, its name and the network, then try again; "
            "without ONRECORD_EMBEDDING_MODEL the embedded model is used.",
        )


def open_langchain_embedder(model: str) -> LangChainEmbedder:
    """Open `provider:model`; says which package or key is missing."""
    from langchain.embeddings import init_embeddings

    if ":" not in model:
        raise UsageError(
            f"The embedding model {model!r} names no provider.",
            "Write ONRECORD_EMBEDDING_MODEL=provider:model, for instance "
            "openai:text-embedding-3-small.",
        )
    try:
        embeddings = init_embeddings(model)
    except ImportError as error:
        raise EmbeddingError(
            f"The embedding model {model} needs a package that is not installed.", f"{error}"
        ) from error
    except Exception as error:  # each provider raises its own kinds, mostly for a missing key
        if type(error) is ValueError:  # LangChain's own, for a provider that it does not know
            raise UsageError(
                f"The embedding model {model!r} cannot be used: {error}.",
                "Correct ONRECORD_EMBEDDING_MODEL, or unset it to use the embedded model.",
            ) from error
        raise EmbeddingError(
            f"The embedding model {model} cannot be opened: {error}.",
            "Set the provider's key (for instance OPENAI_API_KEY), or unset "
            "ONRECORD_EMBEDDING_MODEL to use the embedded model.",
        ) from error
    return LangChainEmbedder(model, embeddings)
