"""Samples for answers(question, window): real questions, our own search's near misses, and
questions with one constraint changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from retrieval.answer.evidence import Scored, context_text
from retrieval.index.embeddings import open_embedder
from retrieval.index.reader import Index
from retrieval.ingest.pipeline import index_corpus
from retrieval.ingest.sentences import split_sentences
from retrieval.model import BlockKind
from training.decision.samples import Pair as Asked
from training.decision.samples import Sample, ask, read_pairs, write_corpus
from training.judge import changes
from training.judge.pairs import Pair, is_held

SEED = 3
MISSES = 3
"""Near misses taken of each question's shortlist."""


def make(training: Path, work: Path) -> Iterator[Pair]:
    """All samples, in a fixed order."""
    asked = read_pairs(training)
    write_corpus(asked, work / "corpus")
    embedder = open_embedder(None)
    index_corpus(work / "corpus", work / "data", embedder=embedder)
    index = Index.open(work / "data", embedder)
    pool = changes.Names(a.passage for a in asked)
    random = Random(SEED)
    snapshot = index.snapshot()
    for one in asked:
        if one.source == "policyqa":
            yield from _own(one)
            continue
        sample = ask(snapshot, one, hidden=False)
        yield from _windows(sample, random)
        yield from _changed(sample, pool, random)
    index.close()


def _windows(sample: Sample, random: Random) -> Iterator[Pair]:
    """The sentences that answer, and the best ones that do not."""
    pair = sample.pair
    right = [c for c, ok in zip(sample.candidates, sample.right, strict=True) if ok]
    own = [c for c, ok in zip(sample.candidates, sample.right, strict=True)
           if not ok and c.window.passage.text in pair.passage]  # fmt: skip
    foreign = [c for c in sample.candidates if c.window.passage.text not in pair.passage]
    if pair.answers[:1] in (("yes",), ("no",)):
        if own:
            yield _pair(pair, own[0], 1)
        yield from (_pair(pair, c, 0) for c in foreign[:2])
        return
    for candidate in right[:1]:
        yield _pair(pair, candidate, 1)
    missed = (own + foreign)[: MISSES - 1] + foreign[:1]
    yield from (_pair(pair, c, 0) for c in dict.fromkeys(missed))


def _own(pair: Asked) -> Iterator[Pair]:
    """Sentences of the question's own passage. PolicyQA asks the same of every policy, so that
    what search finds elsewhere may well answer."""
    sentences = split_sentences(pair.passage, 0, len(pair.passage), BlockKind.PROSE)
    right = [s for s in sentences if _span(s.text, pair.answers)]
    if not right:
        return
    for sentence in [right[0], *(s for s in sentences if s not in right)][:2]:
        at = sentences.index(sentence)
        before = sentences[at - 1].text if at else ""
        span = _span(sentence.text, pair.answers)
        held = is_held(pair.passage)
        yield Pair(pair.question, sentence.text, pair.title, before, int(bool(span)), pair.source,
                   span, held)  # fmt: skip


def _changed(sample: Sample, pool: changes.Names, random: Random) -> Iterator[Pair]:
    """A question that its sentence answers, with one constraint changed in one of the two."""
    pair = sample.pair
    right = [c for c, ok in zip(sample.candidates, sample.right, strict=True) if ok]
    if not right:
        return
    sentence = right[0].window.sentence.text
    ways = [
        lambda t: changes.change_name(t, random, pool, among=sentence),
        lambda t: changes.change_name(t, random, pool, among=sentence),
        lambda t: changes.change_date(t, random),
        lambda t: changes.change_number(t, random),
        lambda t: changes.change_quantity(t, random),
        lambda t: changes.negate(t, random),
    ]
    random.shuffle(ways)
    for way in ways:
        other = way(pair.question)
        if other and other != pair.question:
            yield _pair(pair, right[0], 0, asked=other, source=f"{pair.source}_changed")
            break
    shared = " ".join(w for w in pair.question.split() if w in sentence)
    span = _span(sentence, pair.answers)
    other = changes.change_name(sentence, random, pool, among=shared)
    if other and span and sentence[slice(*span)] in other:
        yield _pair(pair, right[0], 0, sentence=other, source=f"{pair.source}_changed")


def _pair(
    pair: Asked,
    scored: Scored,
    label: int,
    *,
    asked: str | None = None,
    sentence: str | None = None,
    source: str | None = None,
) -> Pair:
    window = scored.window
    text = sentence or window.sentence.text
    return Pair(
        asked or pair.question,
        text,
        context_text(window),
        window.before.text if window.before else "",
        label,
        source or pair.source,
        _span(text, pair.answers) if label else None,
        is_held(pair.passage),
    )


def _span(sentence: str, answers: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the shortest answer stands in the sentence."""
    for answer in sorted(answers, key=len):
        match = re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", sentence, re.IGNORECASE)
        if match and answer not in ("yes", "no"):
            return match.span()
    return None
