"""From the training folder to what the judges read: samples of both judges as JSON lines.

    python -m training.judge.pairs TRAINING_FOLDER WORK_FOLDER

Writes `answers.jsonl` and `supports.jsonl` into the work folder. Needs only what Onrecord itself
needs. A part of the passages is held out: the judges never read it, the decision is fitted on it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

HELD_OUT = 0.2


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing to judge: a question or claim, a sentence in its context, and what is right."""

    asked: str
    sentence: str
    context: str
    before: str
    label: int
    """answers: 1 or 0. supports: 0 supports, 1 contradicts, 2 neither."""
    source: str
    span: tuple[int, int] | None = None
    """The answer in the sentence, where it is known."""
    held: bool = False


def is_held(passage: str) -> bool:
    """Whether a passage belongs to the part that the judges do not read."""
    return int(hashlib.sha256(passage.encode()).hexdigest()[:8], 16) / 16**8 < HELD_OUT


def write(pairs: Iterable[Pair], file: Path) -> None:
    """Write the pairs as JSON lines and print how many of each source and label."""
    counts: dict[tuple[str, int, bool], int] = {}
    with file.open("w", encoding="utf-8") as out:
        for pair in pairs:
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")
            key = (pair.source, pair.label, pair.held)
            counts[key] = counts.get(key, 0) + 1
    for (source, label, held), count in sorted(counts.items()):
        print(f"{file.name:16} {source:24} label {label} {'held' if held else 'read'} {count:6}")


def main(training: Path, work: Path) -> None:
    """Make both files."""
    from training.judge import answers_pairs, supports_pairs

    work.mkdir(parents=True, exist_ok=True)
    write(answers_pairs.make(training, work), work / "answers.jsonl")
    write(supports_pairs.make(training), work / "supports.jsonl")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
