"""Compose by quoting: whole sentences, verbatim, in document order."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.citation import cite
from retrieval.answer.evidence import Window, gives_orders
from retrieval.answer.integrity import with_context
from retrieval.answer.judge import Judged
from retrieval.index.reader import Snapshot
from retrieval.model import AnswerSentence, Citation, Passage, Sentence, SentenceRole

MOST_SENTENCES = 4
MOST_CHOSEN = 2
"""Sentences chosen for what they say; the others only come with them as context."""
MOST_POINTERS = 2
"""Nearest passages shown beside an answer, a refusal or a verdict."""

Placed = tuple[Passage, Sentence]


def choose(
    snapshot: Snapshot, ranked: Sequence[Judged], join_from: float
) -> tuple[list[Placed], Judged | None]:
    """The sentences to quote, and the judged window that leads them; none if none may be quoted.

    The best sentence leads; another joins, or leads where the best may not be quoted, if its
    probability comes near (`join_from` times): the decision to answer was made on the best.
    """
    leader: Judged | None = None
    chosen: list[Placed] = []
    taken = 0
    for judged in ranked:
        if taken == MOST_CHOSEN or judged.probability < join_from * ranked[0].probability:
            break
        addition = quotable(snapshot, judged.scored.window)
        fresh = [place for place in addition if place not in chosen]
        if not fresh or len(chosen) + len(fresh) > MOST_SENTENCES:
            continue
        leader = leader or judged
        chosen.extend(fresh)
        taken += 1
    return chosen, leader


def quotable(snapshot: Snapshot, window: Window) -> list[Placed]:
    """A window's sentence with what it leans on; empty if it may not be quoted."""
    if gives_orders(window):
        return []
    return with_context(snapshot, window.passage_id, window.passage, window.position) or []


def quote(
    snapshot: Snapshot, chosen: Sequence[Placed]
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """Posted sentences and citations: documents in the order chosen, each in its own order."""
    order = {source: n for n, source in enumerate(dict.fromkeys(p.source for p, _ in chosen))}
    placed = sorted(chosen, key=lambda place: (order[place[0].source], place[1].start))
    citations = tuple(cite(snapshot, passage, sentence) for passage, sentence in placed)
    sentences = tuple(
        AnswerSentence(citation.quote, SentenceRole.QUOTE, (n,))
        for n, citation in enumerate(citations, 1)
    )
    return sentences, citations


def pointers(
    snapshot: Snapshot, windows: Sequence[Window], used: Sequence[Citation]
) -> tuple[Citation, ...]:
    """Citations of the nearest sentences that were not used, one a passage: where to look."""
    found: list[Citation] = []
    seen = {(c.source, c.start) for c in used}
    passages: set[int] = set()
    for window in windows:
        if len(found) == MOST_POINTERS:
            break
        key = (window.passage.source, window.sentence.start)
        if key in seen or window.passage_id in passages:
            continue
        if gives_orders(window):
            continue
        found.append(cite(snapshot, window.passage, window.sentence))
        passages.add(window.passage_id)
    return tuple(found)
