"""Train one judge from its samples; resumable from the last checkpoint, seeded.

python -m training.judge.train answers|supports --checkpoint MODEL.onnx --work WORK_FOLDER
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from random import Random
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from retrieval.answer.encoding import Encoded, PairEncoder, Reading, padded
from training.judge import checkpoint
from training.judge.model import Judge

SHARES = {
    "answers": {
        "squad2": 0.36, "squad2_changed": 0.07, "squad_train_beyonce": 0.12,
        "squad_train_beyonce_changed": 0.03, "policyqa": 0.10, "qamr": 0.16, "qamr_changed": 0.06,
        "boolq_train": 0.10,
    },
    "supports": {
        "fever_dev_sr": 0.22, "fever_premise_changed": 0.06, "fever_dev_silver_neutral": 0.09,
        "conjnli_adversarial_train": 0.14, "snli_dev": 0.08, "snli_test": 0.08,
        "help_conjunction": 0.04, "fm2": 0.03, "made_changed": 0.10, "made_same": 0.02,
        "made_shorter": 0.03, "made_longer": 0.02, "made_neighbour": 0.02, "made_weaker": 0.02,
        "made_flattened": 0.03, "made_kept": 0.01, "made_speaker": 0.01,
    },
}  # fmt: skip
"""Share of each source in what is read; small sources come round more often."""
BATCH, WARM_UP, FROZEN, SPAN_WEIGHT = 24, 0.06, 3, 0.25
Row = dict[str, Any]


def main() -> None:
    """Train, and keep the result and its curve."""
    options = _options()
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    rows = [json.loads(line) for line in (options.work / f"{options.judge}.jsonl").open()]
    plan = schedule([r for r in rows if not r["held"]], SHARES[options.judge], options.samples)
    held = Random(1).sample([r for r in rows if r["held"]], 400)
    weights = checkpoint.read(options.checkpoint)
    answers = options.judge == "answers"
    judge = Judge(weights, 1 if answers else 3, span=answers)
    freeze(judge)
    encoder = PairEncoder(Tokenizer.from_file(str(options.checkpoint.with_name("tokenizer.json"))))
    train(judge, encoder, plan, held, options)


def schedule(rows: list[Row], shares: dict[str, float], total: int) -> list[Row]:
    """`total` rows by the shares of their sources, each shuffled and gone through in turn."""
    random = Random(0)
    by_source: dict[str, list[Row]] = {}
    for row in rows:
        by_source.setdefault(row["source"], []).append(row)
    plan: list[Row] = []
    for source, share in shares.items():
        wanted, taken = round(total * share), list[Row]()
        while len(taken) < wanted and source in by_source:
            random.shuffle(by_source[source])
            taken += by_source[source][: wanted - len(taken)]
        plan += taken
    random.shuffle(plan)
    return plan


def freeze(judge: Judge) -> None:
    """Leave the embeddings and the lowest layers as they are: a third of the time less."""
    for module in (judge.words, judge.bert.embeddings, *judge.bert.encoder.layer[:FROZEN]):
        module.requires_grad_(False)


def train(
    judge: Judge,
    encoder: PairEncoder,
    plan: list[Row],
    held: list[Row],
    options: argparse.Namespace,
) -> None:
    """Go through the plan once, in batches of pairs of like length."""
    trained = [p for p in judge.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01)
    batches = in_batches(plan, encoder)
    warm = max(1, int(WARM_UP * len(batches)))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min(n / warm, (len(batches) - n) / max(1, len(batches) - warm)) + 1e-3,
    )
    file = options.work / f"{options.judge}.pt"
    done = resume(file, judge, optimizer, rate)
    started, losses = time.time(), list[float]()
    judge.train()
    for step in range(done, len(batches)):
        loss = loss_of(judge, *batches[step])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        rate.step()
        losses.append(float(loss.detach()))
        if (step + 1) % options.every == 0 or step + 1 == len(batches):
            print(
                f"{options.judge} step {step + 1}/{len(batches)} "
                f"loss {sum(losses) / len(losses):.4f} "
                f"pairs/s {BATCH * (step + 1 - done) / (time.time() - started):.1f} "
                f"held {evaluate(judge, encoder, held)}",
                flush=True,
            )
            losses.clear()
            keep(file, judge, optimizer, rate, step + 1)


def in_batches(plan: list[Row], encoder: PairEncoder) -> list[tuple[list[Row], list[Encoded]]]:
    """Batches of pairs of like length, in random order."""
    encoded = encoder.encode([reading(row) for row in plan])
    batches = []
    for start in range(0, len(plan), BATCH * 40):
        block = range(start, min(start + BATCH * 40, len(plan)))
        order = sorted(block, key=lambda i: len(encoded[i].ids))
        cut = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        Random(start).shuffle(cut)
        batches += [([plan[i] for i in ids], [encoded[i] for i in ids]) for ids in cut]
    return batches


def reading(row: Row) -> Reading:
    """A row as the judge reads it."""
    return Reading(row["asked"], row["sentence"], row["context"], row["before"])


def outputs(judge: Judge, encoded: list[Encoded]) -> tuple[torch.Tensor, ...]:
    """The judge's logits for a batch."""
    ids, types, mask = (torch.from_numpy(a) for a in padded(encoded))
    out: tuple[torch.Tensor, ...] = judge(judge.words(ids), types, mask)
    return out


def loss_of(judge: Judge, rows: list[Row], encoded: list[Encoded]) -> torch.Tensor:
    """Loss of the pair's verdict and, where known, of the span."""
    out = outputs(judge, encoded)
    labels = torch.tensor([row["label"] for row in rows])
    if len(out) == 1:
        return cross_entropy(out[0], labels, label_smoothing=0.03)
    pair = binary_cross_entropy_with_logits(out[0][:, 0], labels.float() * 0.96 + 0.02)
    places = [_place(row, one) for row, one in zip(rows, encoded, strict=True)]
    known = [i for i, place in enumerate(places) if place is not None]
    if not known:
        return pair
    start = torch.tensor([places[i][0] for i in known])  # type: ignore[index]
    end = torch.tensor([places[i][1] for i in known])  # type: ignore[index]
    span = cross_entropy(out[1][known], start) + cross_entropy(out[2][known], end)
    return pair + SPAN_WEIGHT * span


def _place(row: Row, one: Encoded) -> tuple[int, int] | None:
    """First and last token of the answer, [CLS] for no answer, None where it is not known."""
    if not row["label"]:
        return (0, 0)
    if not row["span"]:
        return None
    first, last = row["span"]
    inside = [i for i, o in enumerate(one.offsets) if o and o[0] < last and o[1] > first]
    return (inside[0], inside[-1]) if inside else None


def evaluate(judge: Judge, encoder: PairEncoder, held: list[Row]) -> str:
    """Accuracy on the held out part, by source."""
    judge.eval()
    encoded = encoder.encode([reading(row) for row in held])
    order = sorted(range(len(held)), key=lambda i: len(encoded[i].ids))
    right: dict[str, list[bool]] = {}
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            ids = order[start : start + 64]
            logits = outputs(judge, [encoded[i] for i in ids])[0]
            guesses = logits.argmax(1) if logits.shape[1] > 1 else (logits[:, 0] > 0).long()
            for i, guess in zip(ids, guesses.tolist(), strict=True):
                right.setdefault(held[i]["source"], []).append(guess == held[i]["label"])
    judge.train()
    flat = [ok for oks in right.values() for ok in oks]
    parts = " ".join(f"{s}={sum(v) / len(v):.2f}" for s, v in sorted(right.items()))
    return f"{sum(flat) / len(flat):.3f} {parts}"


def keep(file: Path, judge: Judge, optimizer: Any, rate: Any, step: int) -> None:
    """Write a checkpoint in one step, so that a killed run leaves a whole one."""
    state = {"judge": judge.state_dict(), "optimizer": optimizer.state_dict(),
             "rate": rate.state_dict(), "step": step}  # fmt: skip
    torch.save(state, file.with_suffix(".part"))
    file.with_suffix(".part").rename(file)


def resume(file: Path, judge: Judge, optimizer: Any, rate: Any) -> int:
    """Go on from the last checkpoint, if there is one; the number of steps already done."""
    if not file.exists():
        return 0
    state = torch.load(file, weights_only=False)
    judge.load_state_dict(state["judge"])
    optimizer.load_state_dict(state["optimizer"])
    rate.load_state_dict(state["rate"])
    return int(state["step"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("judge", choices=sorted(SHARES))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=24_000)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--every", type=int, default=250)
    return parser.parse_args()


if __name__ == "__main__":
    main()
