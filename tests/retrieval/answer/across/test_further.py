from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from retrieval.answer.across.further import Admission
from retrieval.answer.chain import CANDIDATES
from retrieval.answer.evidence import gather, score_windows
from retrieval.answer.judge import Judge, Judged
from retrieval.answer.models import AnswerReading
from retrieval.answer.question import Query, analyse
from retrieval.answer.search import search_query
from tests.retrieval.answer.conftest import Library

MANUALS = {
    "t2.md": "# Brix T2 manual\n\nThe two ports are for the charger and the screen.\n",
    "t3.md": "# Brix T3 manual\n\nThe three ports are for the charger, the screen and the mouse.\n",
    "all.md": "# Accessories\n\nThe charger and the screen have ports of their own.\n",
}


class Sure:
    """A judge for whom everything answers, so that only gates decide."""

    def answerable(self, query: Query, ranked: Sequence[Judged]) -> float:
        return 1.0


def test_a_further_quotation_is_not_of_another_model(
    make_library: Callable[[Mapping[str, str]], Library],
) -> None:
    query = analyse("Which ports does the Brix T3 have?")
    snapshot = make_library(MANUALS).index.snapshot()
    found = gather(snapshot, query, search_query(snapshot, query, CANDIDATES))
    read = AnswerReading(logit=1.0, span=None, margin=0.0)
    ranked = [Judged(scored, read, 0.9) for scored in score_windows(query, found)]
    leader = next(j for j in ranked if j.scored.window.passage.source == "t3.md")
    admission = Admission(query, ranked, cast(Judge, Sure()), answer_from=0.5)
    beside = {judged.scored.window.passage.source for judged in admission.answering(leader)}
    assert beside == {"all.md"}
