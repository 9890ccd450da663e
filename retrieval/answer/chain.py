"""The chain: a question through search, evidence, decision and composing to an answer or refusal.

A LangChain runnable of named steps, so that each can be traced and replaced; every step adds to
one state. Nothing outside `retrieval` sees a LangChain type.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from retrieval.answer import claims, refusals
from retrieval.answer.compose import choose, pointers, quotable, quote
from retrieval.answer.evidence import SHORTLIST, Window, score_windows, shortlist, weights, windows
from retrieval.answer.gates import unmet
from retrieval.answer.judge import Decision, Judged, load_decision
from retrieval.answer.premise import denied_premise
from retrieval.answer.question import Query, analyse, standalone
from retrieval.answer.search import Hit, search_query
from retrieval.errors import OnrecordError
from retrieval.index.reader import Index, Snapshot
from retrieval.model import Answer, Question, Refusal, Verdict

CANDIDATES = 30
"""Passages whose sentences are looked at."""
POINTERS = 2
"""Nearest passages shown beside an answer or a refusal."""
LONGEST_QUESTION = 2_000
"""Characters of a question that are read; nobody asks more in one sentence."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question was answered or refused."""

    score: float | None
    """Probability that the corpus answers; None where it was not worked out."""
    gate: str | None = None
    """The check that refused, if one did."""
    ranked: tuple[tuple[str, float], ...] = ()
    """The sentences looked at, each with the probability that it answers, best first."""


class State(TypedDict, total=False):
    """What the steps of the chain hand on."""

    question: Question
    snapshot: Snapshot
    query: Query
    hits: list[Hit]
    weights: dict[str, float]
    shortlist: list[Window]
    ranked: list[Judged]
    score: float
    result: tuple[Answer | Refusal, Explanation]


class Answerer:
    """Answers questions and checks claims over a published index; safe to use from threads."""

    def __init__(self, index: Index, decision: Decision | None = None) -> None:
        self._index = index
        self._decision = decision or load_decision()
        self._chain = self._build()

    def ask(self, question: Question) -> Answer | Refusal:
        """Answer with quotations, or refuse and say why."""
        return self.ask_explained(question)[0]

    def ask_explained(self, question: Question) -> tuple[Answer | Refusal, Explanation]:
        """As `ask`, with the reasons."""
        snapshot = self._index.snapshot()
        try:
            state = self._chain.invoke({"question": question, "snapshot": snapshot})
            return cast(State, state)["result"]
        except OnrecordError as error:
            logger.warning("refused reason=error error=%s", type(error).__name__)
            return refusals.error(snapshot, question.text, error), Explanation(None, gate="error")

    def check(self, claim: str) -> Verdict:
        """Say whether the corpus supports a claim, contradicts it, or does not speak of it."""
        return claims.check(self._index.snapshot(), claim[:LONGEST_QUESTION])

    def _build(self) -> Runnable[Any, Any]:
        steps: list[tuple[str, str, Any]] = [
            ("read", "query", _read),
            ("search", "hits", _search),
            ("weigh", "weights", lambda s: weights(s["snapshot"], s["query"])),
            ("shortlist", "shortlist", _shortlist),
            ("rank", "ranked", self._rank),
            ("decide", "score", lambda s: self._decision.judge.answerable(s["query"], s["ranked"])),
            ("compose", "result", self._compose),
        ]
        chain: Runnable[Any, Any] = RunnablePassthrough()
        for name, key, step in steps:
            named = RunnableLambda(step, name=name)
            chain = chain | RunnablePassthrough.assign(**{key: named})
        return chain.with_config(run_name="answer")

    def _rank(self, state: State) -> list[Judged]:
        scored = score_windows(state["query"], state["weights"], state["shortlist"])
        return self._decision.judge.rank(state["query"], scored)

    def _compose(self, state: State) -> tuple[Answer | Refusal, Explanation]:
        gate, result = self._result(state)
        ranked = tuple((j.scored.window.sentence.text, j.probability) for j in state["ranked"])
        return result, Explanation(state["score"], gate, ranked)

    def _result(self, state: State) -> tuple[str | None, Answer | Refusal]:
        """The answer, or the name of the gate that refused and the refusal."""
        snapshot, query = state["snapshot"], state["query"]
        text = state["question"].text
        if not query.terms:
            return "read", refusals.unclear(snapshot, text)
        if not state["ranked"]:
            return "search", refusals.nothing_found(snapshot, text)
        nearest = [j.scored.window for j in state["ranked"]]
        denied = denied_premise(query, state["weights"], state["shortlist"])
        if denied and (places := quotable(snapshot, denied.window)):
            return "premise", refusals.contradicted(snapshot, text, places, nearest)
        refuse = refusals.not_answered(snapshot, text, query, nearest)
        if state["score"] < self._decision.answer_from:
            return "decide", refuse
        chosen, leader = choose(snapshot, state["ranked"], self._decision.join_from)
        if leader is None:
            return "integrity", refuse
        texts = [sentence.text for _, sentence in chosen]
        if gate := unmet(query, leader.scored.features, texts):
            return gate, refuse
        sentences, citations = quote(snapshot, chosen)
        return None, Answer(
            question=text,
            sentences=sentences,
            citations=citations,
            generation=snapshot.generation,
            searched=snapshot.searched,
            nearest=pointers(snapshot, nearest, citations, POINTERS),
        )


def _read(state: State) -> Query:
    return analyse(standalone(state["question"])[:LONGEST_QUESTION])


def _search(state: State) -> list[Hit]:
    return search_query(state["snapshot"], state["query"], CANDIDATES)


def _shortlist(state: State) -> list[Window]:
    found = windows(state["snapshot"], state["hits"])
    return shortlist(state["query"], state["weights"], found, SHORTLIST)
