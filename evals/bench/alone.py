"""Parts of an indexing run, each measured alone in a process of its own.

    python -m evals.bench.alone index FOLDER DATA_DIR
    python -m evals.bench.alone parts FOLDER DATA_DIR
    python -m evals.bench.alone llamaindex|haystack FOLDER HOME < questions

What was measured goes out as one JSON object.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.index.embeddings import open_embedder
from retrieval.index.fingerprint import fingerprint
from retrieval.index.place import Place
from retrieval.index.published import FileState
from retrieval.index.rows import embedded_text, vector_id
from retrieval.index.transaction import writing_catalog
from retrieval.index.vectors import Vectors
from retrieval.ingest.load import load_file
from retrieval.ingest.pipeline import index_corpus
from retrieval.ingest.split import split
from retrieval.model import Document, Passage

if TYPE_CHECKING:
    from evals.bench.peers import Peer

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Run:
    """A whole indexing run."""

    seconds: float
    passages: int
    peak_mb: float
    """Of the process and, added, of the largest of its own processes."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Seconds that the parts of a run take one after the other; a run overlaps them."""

    load: float
    embed: float
    chroma: float
    catalog: float


def measured_alone(what: str, *paths: Path, questions: Sequence[str] = ()) -> dict[str, Any]:
    """Measure in a fresh process; raises `CalledProcessError` if that fails."""
    command = [sys.executable, "-m", "evals.bench.alone", what, *map(str, paths)]
    lines = "".join(f"{json.dumps(question)}\n" for question in questions)
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _index(folder: Path, data_dir: Path) -> Run:
    started = time.perf_counter()
    report = index_corpus(folder, data_dir, embedder=open_embedder(None))
    return Run(time.perf_counter() - started, report.passages, _peak_mb())


def _parts(folder: Path, data_dir: Path) -> Parts:
    data_dir.mkdir(parents=True)
    embedder = open_embedder(None)
    loaded: list[tuple[Document, tuple[Passage, ...]]] = []
    load = _timed(lambda: loaded.extend(_loaded(folder)))
    texts = {
        vector_id(embedder.name, text): text
        for _, passages in loaded
        for text in map(embedded_text, passages)
    }
    ids = list(texts)
    rows: list[Any] = []
    embed = _timed(lambda: rows.append(embedder.embed_documents(list(texts.values()))))
    expected = fingerprint(embedder)
    vectors = Vectors.create(Place(data_dir), expected)

    def add() -> None:
        for start in range(0, len(ids), _BATCH):
            vectors.add(ids[start : start + _BATCH], rows[0][start : start + _BATCH])

    def publish() -> None:
        with writing_catalog(data_dir) as catalog:
            for document, passages in loaded:
                of = [vector_id(embedder.name, embedded_text(p)) for p in passages]
                catalog.add(document, passages, of, FileState("", 0, 0, len(passages)))
            catalog.publish(expected)

    return Parts(load, embed, _timed(add), _timed(publish))


def _loaded(folder: Path) -> list[tuple[Document, tuple[Passage, ...]]]:
    documents = [load_file(path, path.name) for path in sorted(folder.iterdir())]
    return [(document, split(document)) for document in documents]


def _timed(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def _peak_mb() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in whose) / 1024


def _peer(name: str, folder: Path, home: Path) -> Peer:
    from evals.bench.peers import measure_haystack, measure_llamaindex  # slow to import

    measure = measure_llamaindex if name == "llamaindex" else measure_haystack
    return measure(folder, [json.loads(line) for line in sys.stdin], home)


def main(what: str, folder: Path, home: Path) -> None:
    """Measure and tell."""
    measures: dict[str, Callable[[Path, Path], Any]] = {"index": _index, "parts": _parts}
    measure = measures.get(what)
    found = measure(folder, home) if measure else _peer(what, folder, home)
    sys.stdout.write(json.dumps(asdict(found)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
