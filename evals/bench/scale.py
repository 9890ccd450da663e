"""`make bench-scale`: how time and memory grow with the corpus, and other pipelines beside.

Every figure comes from a fresh process in one run; judge by the ratios, since machines differ.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.bench.__main__ import Corpus, write_corpus
from evals.bench.alone import Parts, Run, measured_alone
from evals.bench.serving import Serving, measure_serving
from evals.bench.writing import Beside, measure_beside

_SIZES = (1_000, 10_000, 100_000)
_PEER_PASSAGES = 2_000
"""Haystack writes to Chroma one passage at a time, which takes minutes for more."""
_PEERS = ("llamaindex", "haystack")


def main() -> int:
    """Measure each size in turn and show it at once."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.scale")
    parser.add_argument("--passages", type=int, nargs="*", default=_SIZES)
    options = parser.parse_args()
    evaldata = os.environ.get("ONRECORD_EVALDATA")
    console = Console()
    before: tuple[int, float] | None = None
    for size in options.passages:
        with tempfile.TemporaryDirectory(prefix="onrecord-scale-") as name:
            home = Path(name)
            corpus = write_corpus(home / "corpus", size, Path(evaldata) if evaldata else None)
            before = _show(console, corpus, home, before)
    return 0


def _show(
    console: Console, corpus: Corpus, home: Path, before: tuple[int, float] | None
) -> tuple[int, float]:
    count, data = len(corpus.passages), home / "data"
    full = Run(**measured_alone("index", corpus.folder, data))
    one = _edit_one(corpus, data)
    parts = Parts(**measured_alone("parts", corpus.folder, home / "parts"))
    quiet = measure_serving(data, corpus.questions)
    beside = measure_beside(corpus.folder, data, corpus.questions)
    table = Table(title=f"{count:,} passages", box=None, title_justify="left", show_header=False)
    _fill(table, full, one, parts, quiet, beside)
    if before:
        grown, longer = count / before[0], full.seconds / before[1]
        table.add_row("growth", f"{grown:.1f} times the passages, {longer:.1f} times the time")
    if count <= 2 * _PEER_PASSAGES:
        for name in _PEERS:
            _peer(table, name, corpus, home / name, full.seconds)
    console.print(table)
    return count, full.seconds


def _edit_one(corpus: Corpus, data: Path) -> Run:
    """Index again after one document has changed."""
    edited = sorted(corpus.folder.iterdir())[0]
    edited.write_text(f"{edited.read_text(encoding='utf-8')}\nOne more.\n", encoding="utf-8")
    return Run(**measured_alone("index", corpus.folder, data))


def _fill(table: Table, full: Run, one: Run, parts: Parts, quiet: Serving, beside: Beside) -> None:
    whole = parts.load + parts.embed + parts.chroma + parts.catalog
    table.add_row(
        "full run", f"{full.seconds:.2f} s, {full.passages / full.seconds:,.0f} passages/s, "
        f"{full.peak_mb:,.0f} MB at most",
    )  # fmt: skip
    table.add_row("one file edited", f"{one.seconds:.2f} s, {one.seconds / full.seconds:.1%}")
    table.add_row(
        "time, part by part",
        f"loading {parts.load / whole:.0%}, embedding {parts.embed / whole:.0%}, "
        f"Chroma {parts.chroma / whole:.0%}, catalog and FTS5 {parts.catalog / whole:.0%} "
        f"of {whole:.2f} s",
    )
    table.add_row(
        "ask",
        f"p50 {quiet.p50_ms:.0f}, p95 {quiet.p95_ms:.0f}, p99 {quiet.p99_ms:.0f} ms, "
        f"{quiet.resident_mb:,.0f} MB",
    )
    table.add_row(
        "ask while a run writes",
        f"p50 {beside.p50_ms:.0f}, p99 {beside.p99_ms:.0f} ms, "
        f"{beside.p99_ms / quiet.p99_ms:.1f} times the quiet p99 (asked {beside.asked})",
    )


def _peer(table: Table, name: str, corpus: Corpus, home: Path, ours_s: float) -> None:
    found = measured_alone(name, corpus.folder, home, questions=corpus.questions)
    table.add_row(
        f"{name}, same embedder",
        f"{found['index_s']:.2f} s for {found['chunks']:,} chunks, "
        f"{found['index_s'] / ours_s:.1f} times ours; search alone p50 {found['p50_ms']:.1f} ms",
    )


if __name__ == "__main__":
    sys.exit(main())
