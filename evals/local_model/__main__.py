"""`python -m evals.local_model`: a small local model asked for real, every posted sentence audited.

Needs an environment with `llama-cpp-python[server]` and a model file; `make test-llm` makes both.
Stops by itself after `--minutes`. All posted sentences are written to a file, to be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

from evals.local_model.pressing import pressed
from evals.local_model.server import point_to, served
from evals.local_model.trial import Tried, drawn, trials
from retrieval.answer.writing.opening import open_chat
from retrieval.answer.writing.trace import Fate

SETS = ("squad2", "clapnq", "boolq")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, show what became of the sentences.

    The status is 1 if the audit found anything, 2 if the model was hardly heard at all.
    """
    parser = argparse.ArgumentParser(prog="python -m evals.local_model", description=__doc__)
    parser.add_argument("--server", type=Path, required=True, help="python with llama_cpp.server")
    parser.add_argument("--model", type=Path, required=True, help="GGUF file")
    parser.add_argument("--out", type=Path, required=True, help="folder for what was posted")
    parser.add_argument("--each", type=int, default=75, help="questions a set")
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=90.0, help="seconds an answer")
    parser.add_argument("--tokens", type=int, default=300, help="tokens an answer")
    parser.add_argument(
        "--may-decline", action="store_true", help="ask as in earnest: most answers are then none"
    )
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(arguments)
    home = Path(os.environ["ONRECORD_EVALDATA"])
    sets = [drawn(home / name, options.each, options.seed) for name in SETS]
    deadline = time.monotonic() + 60 * options.minutes
    options.out.mkdir(parents=True, exist_ok=True)
    with (
        served(options.server, options.model, options.threads) as url,
        nullcontext(url) if options.may_decline else pressed(url) as asked,
    ):
        point_to(asked)
        chat = open_chat("openai:local", timeout_s=options.timeout, max_tokens=options.tokens)
        tried = []
        for one in trials(sets, chat.writer, options.out, deadline):
            tried.append(one)
            sys.stderr.write(f"\r{len(tried)} questions ")
    _write(tried, options.out)
    wanted = sum(len(one.questions) for one in sets)
    sys.stdout.write(_summary(tried, wanted))
    if any(posted.faults for one in tried for posted in one.posted):
        return 1
    return 0 if was_heard(tried) else 2


def was_heard(tried: Sequence[Tried]) -> bool:
    """Whether most of the answers were written by the model at all: a dead server tests nothing."""
    traces = [one.trace for one in tried if one.trace]
    return 2 * sum(bool(trace.sentences) for trace in traces) > len(traces)


def _write(tried: Sequence[Tried], out: Path) -> None:
    """All posted sentences, and all sentences that were not, one JSON object a line."""
    with (out / "posted.jsonl").open("w", encoding="utf-8") as file:
        for one in tried:
            file.writelines(json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in one.posted)
    with (out / "traces.jsonl").open("w", encoding="utf-8") as file:
        traces = [one.trace for one in tried if one.trace]
        file.writelines(json.dumps(asdict(t), ensure_ascii=False) + "\n" for t in traces)


def _summary(tried: Sequence[Tried], wanted: int) -> str:
    traces = [one.trace for one in tried if one.trace]
    outcomes = Counter(str(trace.outcome) for trace in traces)
    handled = [one for trace in traces for one in trace.sentences]
    fates = Counter(str(one.fate) for one in handled)
    gates = Counter(one.gate for one in handled if one.gate)
    posted = [p for one in tried for p in one.posted]
    found = Counter(fault.split()[0] for p in posted for fault in p.faults)
    seconds = sorted(one.elapsed_s for one in tried if one.trace)
    median = seconds[len(seconds) // 2] if seconds else 0.0
    lines = [
        f"questions asked: {len(tried)} of {wanted}",
        f"refused before the model was asked: {sum(not one.answered for one in tried)}",
        f"answered: {sum(one.answered for one in tried)}, by outcome: {dict(outcomes)}",
        f"sentences of the model: {len(handled)}: "
        + ", ".join(f"{fates[str(fate)]} {fate}" for fate in Fate),
        f"stopped by: {dict(gates.most_common())}",
        f"written sentences in answers: {len(posted)}; the audit found: {dict(found) or 'nothing'}",
        f"seconds an answer, median: {median:.1f}; tokens out: "
        f"{sum(trace.usage.output_tokens for trace in traces):,}",
    ]
    return "\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
