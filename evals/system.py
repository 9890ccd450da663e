"""Onrecord, as the runner asks it."""

from __future__ import annotations

from evals.sets import SetQuestion
from retrieval.answer.chain import Answerer
from retrieval.answer.judge import Strictness
from retrieval.answer.search import search
from retrieval.index.reader import Index
from retrieval.model import Answer, Question, Refusal, Verdict

_PASSAGES = 100
"""Passages looked at for a ranking: enough to hold 30 documents."""


class Onrecord:
    """Onrecord over one open index."""

    def __init__(self, index: Index, strictness: Strictness = Strictness.BALANCED) -> None:
        self._index = index
        self._answerer = Answerer(index, strictness)

    def ask(self, question: SetQuestion) -> tuple[Answer | Refusal, float | None]:
        """Answer or refuse, with the probability behind the decision."""
        asked = Question(question.text, question.history)
        result, explanation = self._answerer.ask_explained(asked)
        return result, explanation.score

    def check(self, claim: SetQuestion) -> Verdict:
        """Say what the corpus says of a claim."""
        return self._answerer.check(claim.text)

    def rank(self, question: SetQuestion) -> tuple[str, ...]:
        """Sources in the order of the search step, best first, each once."""
        snapshot = self._index.snapshot()
        hits = search(snapshot, question.text, _PASSAGES)
        passages = snapshot.passages([hit.passage_id for hit in hits])
        return tuple(dict.fromkeys(passage.source for passage in passages))
