"""Evidence: the sentences of the candidate passages, each in its window, scored and ranked.

A window is a sentence with what a reader would know on reaching it: the document's title, the
heading, and the sentence before. Every sentence gets a cheap coverage score; the best few get
the full alignment features and the judge's score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.answer.features import Features, alignment
from retrieval.answer.integrity import before, table_head
from retrieval.answer.orders import addresses_a_machine, continues_an_order
from retrieval.answer.question import Query
from retrieval.answer.search import Hit
from retrieval.index.reader import Snapshot
from retrieval.model import BlockKind, Passage, Sentence
from retrieval.text.aliases import holds, keys
from retrieval.text.labelled import asked_for
from retrieval.text.rarity import rarity
from retrieval.text.terms import sentence_terms
from retrieval.text.vectors import WordTable

SHORTLIST = 12
"""Windows that get the full features and are read by the judge."""


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence in its passage, with the terms of everything a reader has seen by then."""

    passage_id: int
    passage: Passage
    position: int
    hit: Hit

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.passage.sentences[self.position]

    @property
    def before(self) -> Sentence | None:
        """The sentence before it in the passage; for a row the head of its table."""
        return before(self.passage, self.position)


@dataclass(frozen=True, slots=True)
class Scored:
    """A window with its alignment features."""

    window: Window
    features: Features


@dataclass(frozen=True, slots=True)
class Candidates:
    """The windows worth a closer look, and what looking at them needs."""

    weights: dict[str, float]
    """The weight of each question term."""
    windows: list[Window]
    table: WordTable
    """How near the question's words are to all words of the windows' sentences."""


def gather(snapshot: Snapshot, query: Query, hits: Sequence[Hit]) -> Candidates:
    """The windows of the hits that are worth a closer look."""
    return narrow(query, weights(snapshot, query), windows(snapshot, hits))


def narrow(
    query: Query, term_weights: dict[str, float], found: Sequence[Window], size: int = SHORTLIST
) -> Candidates:
    """The best few of the windows."""
    best = shortlist(query, term_weights, found, size)
    words = (word for window in best for _, word in sentence_terms(window.sentence.text))
    return Candidates(term_weights, best, WordTable(query.words, words))


def weights(snapshot: Snapshot, query: Query) -> dict[str, float]:
    """The weight of each question term: its rarity, a third of it for light terms."""
    frequencies = snapshot.document_frequencies(query.terms)
    return {
        t: rarity(t, frequencies, snapshot.searched.passages) * (0.33 if t in query.light else 1.0)
        for t in query.terms
    }


def windows(snapshot: Snapshot, hits: Sequence[Hit]) -> list[Window]:
    """Every sentence of the hits that states something, in order of the hits."""
    passages = snapshot.passages([hit.passage_id for hit in hits])
    return [
        Window(hit.passage_id, passage, position, hit)
        for hit, passage in zip(hits, passages, strict=True)
        for position in range(len(passage.sentences))
        if states(passage, position)
    ]


def states(passage: Passage, position: int) -> bool:
    """Whether a sentence states anything: questions and heads of tables do not.

    The head is quoted with each of its rows; one with a digit in it may be a row like the others.
    """
    sentence = passage.sentences[position]
    if sentence.kind is BlockKind.ROW and not any(map(str.isdigit, sentence.text)):
        after = passage.sentences[position + 1 : position + 2]
        has_rows = any(other.kind is BlockKind.ROW for other in after)
        return table_head(passage, position) is not None or not has_rows
    return sentence.kind is BlockKind.CODE or not sentence.text.endswith(("?", "？", "؟"))


def shortlist(
    query: Query, term_weights: dict[str, float], candidates: Sequence[Window], size: int
) -> list[Window]:
    """The windows that cover most of the question, by weight; ties in order of the hits.

    Orders to a machine take no place: they are evidence of nothing.
    """
    total = sum(term_weights.values()) or 1.0

    def score(item: tuple[int, Window]) -> tuple[float, int]:
        order, window = item
        own = covered(query, keys(window.sentence.text) | asked_for(window.sentence.text))
        near = covered(query, context_terms(window)) - own
        weight = sum(term_weights[t] for t in own) + 0.5 * sum(term_weights[t] for t in near)
        return (-(weight / total + 0.3 * window.hit.score), order)

    ordered = (window for _, window in sorted(enumerate(candidates), key=score))
    return list(islice((window for window in ordered if not gives_orders(window)), size))


def gives_orders(window: Window) -> bool:
    """Whether a sentence tells a machine what to say, by itself or with the one before it."""
    text = window.sentence.text
    if addresses_a_machine(text):
        return True
    return window.before is not None and continues_an_order(window.before.text, text)


def score_windows(query: Query, candidates: Candidates) -> list[Scored]:
    """Alignment features for each window, in the same order."""
    return [
        Scored(
            window,
            alignment(
                query,
                candidates.weights,
                candidates.table,
                window.sentence.text,
                before=window.before.text if window.before else "",
                context=context_text(window),
                passage=window.passage.text,
                hit=window.hit,
            ),
        )
        for window in candidates.windows
    ]


def covered(query: Query, found: frozenset[str]) -> frozenset[str]:
    """The question's terms that stand in `found`, as they are or under an alias."""
    return frozenset(t for t in query.terms if holds(found, t))


def context_text(window: Window) -> str:
    """Title and heading: what frames the sentence without being quoted."""
    return f"{window.passage.title}. {window.passage.heading or ''}"


def surroundings(window: Window) -> str:
    """Title, heading and the sentence before, as one text."""
    return f"{context_text(window)} {window.before.text if window.before else ''}"


def context_terms(window: Window) -> frozenset[str]:
    """Terms of the title, the heading and the sentence before."""
    before = keys(window.before.text) if window.before else frozenset()
    return before | keys(context_text(window))
