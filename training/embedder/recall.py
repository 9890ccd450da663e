"""Measure static vectors: is a passage of the evidence among the first k?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from numpy.typing import NDArray

DEPTHS = (1, 5, 30)


def main() -> None:
    """Print recall for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("sets", type=Path, nargs="+")
    options = parser.parse_args()
    model = StaticModel.from_pretrained(options.model)
    for folder in options.sets:
        shares = " ".join(f"@{k} {share:.3f}" for k, share in recall(model, folder).items())
        print(folder.name, shares)


def recall(model: StaticModel, folder: Path) -> dict[int, float]:
    """Return the share of questions whose evidence is found, by depth."""
    documents = _read(folder / "documents.jsonl")
    questions = [q for q in _read(folder / "questions.jsonl") if _has_evidence(q)]
    passages = _unit(model, [f"{d['title']}\n{d['text']}" for d in documents])
    asked = _unit(model, [str(q["question"]) for q in questions])
    ranked = np.argsort(-(asked @ passages.T), axis=1)[:, : max(DEPTHS)]
    ids = [d["id"] for d in documents]
    first = [
        next((n for n, i in enumerate(row) if ids[i] in q["evidence"]), max(DEPTHS))
        for row, q in zip(ranked, questions, strict=True)
    ]
    return {k: float(np.mean([n < k for n in first])) for k in DEPTHS}


def _has_evidence(question: dict[str, list[str]]) -> bool:
    return bool(question["evidence"]) and question["kind"] != "unanswerable"


def _unit(model: StaticModel, texts: list[str]) -> NDArray[np.float32]:
    vectors = model.encode(texts).astype(np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _read(file: Path) -> list[dict[str, list[str]]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


if __name__ == "__main__":
    main()
