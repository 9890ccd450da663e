"""Chroma alone, given ready-made vectors: the most that an index on it could reach."""

from __future__ import annotations

import time
from pathlib import Path

import chromadb
import numpy as np
from numpy.typing import NDArray

from evals.metrics import percentile

_BATCHES = (500, 2000, 5000)
_NEAREST = 10


def bare_insert_rate(vectors: NDArray[np.float32], folder: Path) -> float:
    """Vectors a second, ids and vectors only, at the best of three batch sizes.

    Opening the client counts, as on our side; importing it does not. Settings are Chroma's own;
    ours differ in what costs queries, not insertions.
    """
    return max(_insert(vectors, folder / str(size), size) for size in _BATCHES)


def bare_query_ms(queries: NDArray[np.float32], folder: Path) -> float:
    """Median time of a query in a collection that `bare_insert_rate` has filled."""
    client = chromadb.PersistentClient(str(folder / str(_BATCHES[-1])))
    collection = client.get_collection("bare", embedding_function=None)
    collection.query(queries[:1], n_results=_NEAREST)
    times = []
    for query in queries:
        started = time.perf_counter()
        collection.query(query[None, :], n_results=_NEAREST)
        times.append((time.perf_counter() - started) * 1000)
    return percentile(times, 50)


def _insert(vectors: NDArray[np.float32], folder: Path, size: int) -> float:
    ids = [f"{number:032x}" for number in range(len(vectors))]
    started = time.perf_counter()
    client = chromadb.PersistentClient(str(folder))
    collection = client.create_collection(
        "bare", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
    )
    for start in range(0, len(vectors), size):
        collection.add(ids[start : start + size], embeddings=vectors[start : start + size])
    return len(vectors) / (time.perf_counter() - started)
