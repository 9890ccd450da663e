"""Count how common each term is in ordinary text, for corpora too small to tell.

    python training/decision/background.py TRAINING_FOLDER

Reads the passages of the training pairs, writes `retrieval/weights/background.txt`: the number
of passages in the first line, then `term count` for every term that stands in four or more.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from retrieval.text.terms import terms

TARGET = Path(__file__).parents[2] / "retrieval" / "weights" / "background.txt"
LEAST = 4


def passages(folder: Path) -> set[str]:
    """The distinct passages of the training pairs."""
    found = set()
    for name in ("qa_pairs.jsonl", "qa_adversarial.jsonl"):
        with (folder / name).open(encoding="utf-8") as lines:
            found.update(json.loads(line)["passage"] for line in lines)
    return found


def main() -> None:
    """Count and write."""
    texts = passages(Path(sys.argv[1]))
    counts = Counter(t for text in texts for t in set(terms(text)))
    rows = sorted((t, n) for t, n in counts.items() if n >= LEAST)
    body = "".join(f"{t} {n}\n" for t, n in rows)
    TARGET.write_text(f"{len(texts)}\n{body}", encoding="utf-8")


if __name__ == "__main__":
    main()
