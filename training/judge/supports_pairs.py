"""Samples for supports(claim, quotation): entailment pairs, fact checks, and true sentences of
which one side was changed.

Changes are made to the quotation as often as to the claim, so that no claim looks false by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from retrieval.ingest.sentences import split_sentences
from retrieval.model import BlockKind
from training.judge import changes
from training.judge.pairs import Pair, is_held

SEED = 4
LABELS = {"entailment": 0, "contradiction": 1, "neutral": 2,
          "supported": 0, "contradicted": 1, "not_in_corpus": 2}  # fmt: skip
SUPPORTS, CONTRADICTS, NEITHER = 0, 1, 2
MOST_SENTENCES = 9_000
_SPEAKERS = (
    "The ministry", "A spokesperson", "The union", "Officials", "Sources", "The company",
    "The committee", "The report", "Critics", "The mayor", "The director", "Prosecutors",
    "The opposition", "Investigators", "The manufacturer", "The team", "A witness", "The agency",
)  # fmt: skip
_CUES = {
    "denied that": CONTRADICTS, "rejected the claim that": CONTRADICTS,
    "disputed that": CONTRADICTS,
    "alleged that": NEITHER, "doubted that": NEITHER, "has not confirmed that": NEITHER,
    "predicted that": NEITHER, "asked whether": NEITHER, "suspects that": NEITHER,
    "retracted the statement that": NEITHER, "hopes that": NEITHER, "claimed that": NEITHER,
}  # fmt: skip
_CLAUSE = re.compile(
    r",? (?:which|who|where|while|although|because|after|before|when)\b[^,;]*?(?=[.;]?$)"
    r"| \([^)]*\)|, (?:a|an|the) [^,]+(?=,)"
    r"|,? (?:and|but) (?:was|is|has|had|were)\b[^,;]*?(?=[.;]?$)"
)


def make(training: Path) -> Iterator[Pair]:
    """All samples, in a fixed order."""
    yield from _entailment(training)
    yield from _fact_checks(training)
    yield from _made(training)


def _entailment(training: Path) -> Iterator[Pair]:
    random = Random(SEED)
    rows = _rows(training / "nli_pairs.jsonl")
    pool = changes.Names(r["premise"] for r in rows)
    for row in rows:
        label = LABELS[row["label"]]
        pair = _pair(row["hypothesis"], row["premise"], label, row["source"])
        yield pair
        if label == SUPPORTS and row["source"] == "fever_dev_sr" and random.random() < 0.5:
            other = _any_change(row["premise"], random, pool, among=row["hypothesis"])
            if other:
                yield _pair(row["hypothesis"], other, CONTRADICTS, "fever_premise_changed")


def _fact_checks(training: Path) -> Iterator[Pair]:
    for row in _rows(training / "claims_fm2.jsonl"):
        yield _pair(row["claim"], " ".join(row["evidence"][:2]), LABELS[row["label"]], "fm2")


def _made(training: Path) -> Iterator[Pair]:
    """True sentences of the training passages, with one side changed, cut or attributed."""
    random = Random(SEED)
    rows = [*_rows(training / "qa_adversarial.jsonl"), *_rows(training / "qa_pairs.jsonl")]
    passages = list(dict.fromkeys(row["passage"] for row in rows))
    pool = changes.Names(passages)
    random.shuffle(passages)
    made = 0
    for passage in passages:
        sentences = [
            s.text for s in split_sentences(passage, 0, len(passage), BlockKind.PROSE)
            if 40 < len(s.text) < 260
        ]  # fmt: skip
        for at, sentence in enumerate(sentences[:4]):
            neighbour = sentences[at - 1] if len(sentences) > 1 else None
            yield from _of_one(sentence, neighbour, random, pool)
            made += 1
        if made > MOST_SENTENCES:
            return


def _of_one(
    sentence: str, neighbour: str | None, random: Random, pool: changes.Names
) -> Iterator[Pair]:
    draw = random.random()
    if draw < 0.08:
        yield _pair(sentence, sentence, SUPPORTS, "made_same")
    elif draw < 0.55:
        other = _any_change(sentence, random, pool)
        if other:
            claim, quote = (other, sentence) if random.random() < 0.5 else (sentence, other)
            yield _pair(claim, quote, CONTRADICTS, "made_changed")
    elif draw < 0.62:
        other = changes.weaken(sentence, random)
        if other:
            firm_claim = random.random() < 0.7
            claim, quote = (sentence, other) if firm_claim else (other, sentence)
            yield _pair(claim, quote, NEITHER if firm_claim else SUPPORTS, "made_weaker")
    elif draw < 0.82:
        shorter = _CLAUSE.sub("", sentence, count=1)
        if 25 < len(shorter) < len(sentence) - 8:
            yield _pair(shorter, sentence, SUPPORTS, "made_shorter")
            yield _pair(sentence, shorter, NEITHER, "made_longer")
    elif draw < 0.92:
        yield _attributed(sentence, random)
    elif neighbour:
        yield _pair(sentence, neighbour, NEITHER, "made_neighbour")


def _attributed(sentence: str, random: Random) -> Pair:
    speaker, other = random.sample(_SPEAKERS, 2)
    cue = random.choice(list(_CUES))
    first = sentence.split(" ", 1)[0]
    lowered = (
        first.lower() if first in ("The", "A", "An", "In", "It", "This", "He", "They") else first
    )
    content = lowered + sentence[len(first) :]
    quote = f"{speaker} {cue} {content}"
    draw = random.random()
    if draw < 0.6:
        return _pair(sentence, quote, _CUES[cue], "made_flattened")
    if draw < 0.8:
        return _pair(quote, quote, SUPPORTS, "made_kept")
    said = f"{random.choice((speaker, other))} said {content}"
    return _pair(said, quote, CONTRADICTS if _CUES[cue] == CONTRADICTS else NEITHER, "made_speaker")


def _any_change(
    text: str, random: Random, pool: changes.Names, among: str | None = None
) -> str | None:
    """One change of a random kind that says something else, or None if none is possible."""
    ways: list[Callable[[], str | None]] = [
        lambda: changes.change_name(text, random, pool, among),
        lambda: changes.change_number(text, random),
        lambda: changes.change_date(text, random),
        lambda: changes.change_unit(text, random),
        lambda: changes.negate(text, random),
        lambda: changes.change_quantity(text, random),
    ]
    random.shuffle(ways)
    return next((other for way in ways if (other := way()) and other != text), None)


def _pair(claim: str, quotation: str, label: int, source: str) -> Pair:
    return Pair(claim, quotation, "", "", label, source, held=is_held(quotation))


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
