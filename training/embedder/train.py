"""Make the static embedder: distil a sentence transformer into token vectors, then tune them.

A text's vector is the mean of its token vectors. Distilling gives each token the direction that the
transformer gives it alone; tuning on question-passage pairs then teaches which tokens matter when
a question looks for its passage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from model2vec import StaticModel
from model2vec.distill import distill
from tokenizers.normalizers import Replace
from tokenizers.normalizers import Sequence as Normalizers
from torch.nn.functional import cross_entropy, embedding_bag, normalize

CHECKPOINT = "sentence-transformers/all-MiniLM-L6-v2"
CHECKPOINT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSION = 256
BATCH = 512
SCALE = 20.0
"""Cosines are multiplied by it before the softmax, as the checkpoint's own training did."""
FOLDED = {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe"}
"""Letters that lose no mark by decomposition; `retrieval.text.terms` folds the same ones."""

Pair = tuple[str, str]


def main() -> None:
    """Distil, tune, quantise, save."""
    options = _options()
    _check(options.checkpoint / "model.safetensors")
    torch.manual_seed(0)
    model = distill(str(options.checkpoint), pca_dims=DIMENSION, quantize_to="float32")
    _fold_letters(model)
    tune(model, read_pairs(options.pairs), options.epochs, options.learning_rate)
    save(model, options.out)


def read_pairs(files: Sequence[Path]) -> list[Pair]:
    """Read (question, passage that answers it) from JSON lines."""
    records = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    return [(r["question"], r["passage"]) for r in records if r["label"] == "answerable"]


def tune(model: StaticModel, pairs: Sequence[Pair], epochs: int, learning_rate: float) -> None:
    """Move token vectors so that a question is nearest to its own passage in a batch."""
    vectors = torch.tensor(model.embedding, dtype=torch.float32, requires_grad=True)
    questions = model.tokenize([question for question, _ in pairs])
    passages = model.tokenize([passage for _, passage in pairs])
    optimizer = torch.optim.Adam([vectors], lr=learning_rate)
    shuffler = random.Random(0)
    order = list(range(len(pairs)))
    for _ in range(epochs):
        shuffler.shuffle(order)
        for start in range(0, len(order) - BATCH + 1, BATCH):
            batch = _distinct(order[start : start + BATCH], pairs)
            asked = _embed(vectors, [questions[i] for i in batch])
            scores = SCALE * asked @ _embed(vectors, [passages[i] for i in batch]).T
            own = torch.arange(len(batch))
            loss = (cross_entropy(scores, own) + cross_entropy(scores.T, own)) / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    model.embedding = vectors.detach().numpy()


def save(model: StaticModel, folder: Path) -> None:
    """Write the int8 model without anything that names this machine."""
    model.config["tokenizer_name"] = CHECKPOINT
    model.save_pretrained(folder / "float32")
    small = StaticModel.from_pretrained(folder / "float32", quantize_to="int8")
    small.save_pretrained(folder / "int8")


def _embed(vectors: torch.Tensor, texts: Sequence[Sequence[int]]) -> torch.Tensor:
    flat = torch.tensor([token for text in texts for token in text])
    starts = torch.tensor(np.cumsum([0] + [len(text) for text in texts[:-1]]))
    return normalize(embedding_bag(flat, vectors, starts, mode="mean"), dim=1)


def _distinct(batch: Sequence[int], pairs: Sequence[Pair]) -> list[int]:
    """Keep one pair a passage: another question's own passage is not a wrong one."""
    return list({pairs[i][1]: i for i in batch}.values())


def _fold_letters(model: StaticModel) -> None:
    replaced = [Replace(letter, plain) for letter, plain in FOLDED.items()]
    model.tokenizer.normalizer = Normalizers([model.tokenizer.normalizer, *replaced])


def _check(weights: Path) -> None:
    if hashlib.sha256(weights.read_bytes()).hexdigest() != CHECKPOINT_SHA256:
        raise SystemExit(f"{weights} is not the checkpoint this model is made from: {CHECKPOINT}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--learning-rate", type=float, default=0.005)
    return parser.parse_args()


if __name__ == "__main__":
    main()
