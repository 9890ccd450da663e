"""Further quotations: what may stand beside the first one, because it answers too and adds to it.

A further quotation passes what the first one passed: the decision whether the corpus answers, as if
it were the best there is, and the gates. That it is likely is not enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.answer.compose import Placed, quotable
from retrieval.answer.evidence import context_text
from retrieval.answer.gates import unmet
from retrieval.answer.judge import Judge, Judged
from retrieval.answer.question import Query
from retrieval.index.reader import Snapshot
from retrieval.text.aliases import holds, keys
from retrieval.text.polarity import is_negative
from retrieval.text.terms import terms

NEAR = 0.65
"""Share of the leader's probability from which another sentence answers as well."""
MOST_QUOTED = 6
"""Quotations of an answer to a question that may have several answers."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Who decides what may stand beside the first quotation of one question."""

    query: Query
    ranked: Sequence[Judged]
    judge: Judge
    answer_from: float

    def answering(self, leader: Judged) -> Iterator[Judged]:
        """The sentences besides the leader that would answer if they were the best there is."""
        for judged in self.ranked:
            is_near = judged.probability >= NEAR * leader.probability
            if judged is not leader and is_near and self._answers(judged):
                yield judged

    def _answers(self, judged: Judged) -> bool:
        others = [other for other in self.ranked if other is not judged]
        score = self.judge.answerable(self.query, [judged, *others])
        window, features = judged.scored.window, judged.scored.features
        around = f"{context_text(window)} {window.passage.text}"
        return (
            score >= self.answer_from
            and not features.clash
            and unmet(self.query, features, [window.sentence.text], around) is None
        )


def adds(query: Query, places: Sequence[Placed], shown: Sequence[Placed]) -> bool:
    """Whether quotations say anything that neither those shown nor the question say."""
    known = keys(" ".join((query.text, *(sentence.text for _, sentence in shown))))
    return any(not holds(known, t) for _, sentence in places for t in terms(sentence.text))


def items(
    snapshot: Snapshot, admission: Admission, leader: Judged, chosen: Sequence[Placed]
) -> list[Placed]:
    """Further answers to a question that may have several.

    Each says itself what the question says of them, or its title does, and denies nothing.
    """
    query = admission.query
    found: list[Placed] = []
    for judged in admission.answering(leader):
        places = quotable(snapshot, judged.scored.window)
        fresh = [place for place in places if place not in chosen and place not in found]
        shown = [*chosen, *found]
        if not fresh or len(shown) + len(fresh) > MOST_QUOTED:
            continue
        if _is_another(query, judged, fresh) and adds(query, fresh, shown):
            found.extend(fresh)
    return found


def _is_another(query: Query, judged: Judged, places: Sequence[Placed]) -> bool:
    text = " ".join(sentence.text for _, sentence in places)
    if is_negative(text) and not is_negative(query.text):
        return False
    around = keys(f"{text} {context_text(judged.scored.window)}")
    return all(holds(around, t) for t in query.terms if t not in query.light and t != query.focus)
