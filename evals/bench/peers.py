"""Other frameworks' own Chroma pipelines, given the same files and the same embedder.

Each reads, splits and stores as its documentation shows; what is compared is what surrounds the
embedder and Chroma, since both are the same everywhere.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import chromadb

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when it is imported

from haystack import Document
from haystack.components.converters import TextFileToDocument
from haystack.components.preprocessors import DocumentSplitter
from haystack_integrations.components.retrievers.chroma import ChromaEmbeddingRetriever
from haystack_integrations.document_stores.chroma import ChromaDocumentStore
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import PrivateAttr

from evals.metrics import percentile
from retrieval.index.embeddings import Embedder, open_embedder

_NEAREST = 10
_BATCH = 2_000
_WORDS_A_CHUNK, _TOKENS_A_CHUNK = 120, 160
"""About as long as our passages."""
Search = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Peer:
    """What a pipeline showed."""

    index_s: float
    chunks: int
    p50_ms: float


def measure_llamaindex(folder: Path, questions: list[str], home: Path) -> Peer:
    """LlamaIndex: directory reader, its sentence splitter, its vector store index."""
    started = time.perf_counter()
    collection = chromadb.PersistentClient(str(home)).create_collection(
        "peer", embedding_function=None
    )
    index = VectorStoreIndex.from_documents(
        SimpleDirectoryReader(str(folder)).load_data(),
        storage_context=StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        ),
        transformations=[SentenceSplitter(chunk_size=_TOKENS_A_CHUNK, chunk_overlap=0)],
        embed_model=_LlamaEmbedder(embed_batch_size=_BATCH),
        insert_batch_size=_BATCH,
    )
    took = time.perf_counter() - started
    retriever = index.as_retriever(similarity_top_k=_NEAREST)
    return Peer(took, collection.count(), _median(retriever.retrieve, questions))


def measure_haystack(folder: Path, questions: list[str], home: Path) -> Peer:
    """Haystack: text converter, its splitter by words, its Chroma document store."""
    started = time.perf_counter()
    embedder = open_embedder(None)
    store = ChromaDocumentStore(persist_path=str(home), distance_function="cosine")
    splitter = DocumentSplitter(split_by="word", split_length=_WORDS_A_CHUNK)
    splitter.warm_up()
    read = TextFileToDocument().run(sources=sorted(folder.iterdir()))["documents"]
    chunks: list[Document] = splitter.run(documents=read)["documents"]
    for start in range(0, len(chunks), _BATCH):
        batch = chunks[start : start + _BATCH]
        rows = embedder.embed_documents([chunk.content or "" for chunk in batch])
        store.write_documents(
            [replace(chunk, embedding=row.tolist()) for chunk, row in zip(batch, rows, strict=True)]
        )
    took = time.perf_counter() - started
    retriever = ChromaEmbeddingRetriever(store, top_k=_NEAREST)

    def search(question: str) -> object:
        return retriever.run(query_embedding=embedder.embed_query(question).tolist())

    return Peer(took, store.count_documents(), _median(search, questions))


class _LlamaEmbedder(BaseEmbedding):  # type: ignore[misc]  # not installed where types are checked
    """Our embedder in LlamaIndex's clothes."""

    _embedder: Embedder = PrivateAttr(default_factory=lambda: open_embedder(None))

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed_documents(texts).tolist()
        return rows

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        row: list[float] = self._embedder.embed_query(query).tolist()
        return row

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _median(search: Search, questions: list[str]) -> float:
    times = []
    for question in questions[:1] + questions:
        started = time.perf_counter()
        search(question)
        times.append((time.perf_counter() - started) * 1000)
    return percentile(times[1:], 50)
