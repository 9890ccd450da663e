"""The chain: a question through search, evidence, decision and composing to an answer or refusal.

A LangChain runnable of named steps, so that each can be traced and replaced; every step adds to
one state. Nothing outside `retrieval` sees a LangChain type.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, Self, TypedDict, cast

from langchain_core.runnables import Runnable, RunnableLambda, RunnableSequence
from langsmith import tracing_context

from retrieval.answer import claims, refusals
from retrieval.answer.across.others import besides, told
from retrieval.answer.across.shown import is_shown_in
from retrieval.answer.answering import CANDIDATES, LONGEST_QUESTION, Answering, Evidence
from retrieval.answer.clearance import cleared
from retrieval.answer.explanation import Explanation, explain
from retrieval.answer.judge import Decision, Strictness, load_decision
from retrieval.answer.message_claims import MessageClaim, claims_of
from retrieval.answer.opened import Compared, Opened, compare, open_citation
from retrieval.answer.question import Query, read
from retrieval.answer.requests import asks_nothing
from retrieval.answer.respelling import respelled
from retrieval.answer.search import Hit, search_query
from retrieval.answer.suggestions import Suggestions
from retrieval.answer.verify import Verifier, load_verifier
from retrieval.errors import OnrecordError
from retrieval.index.reader import Snapshot
from retrieval.index.status import CorpusStatus
from retrieval.labels import Permitted
from retrieval.model import Answer, Citation, Question, Refusal, Verdict

if TYPE_CHECKING:  # a chat model's libraries are loaded only where one is configured
    from retrieval.answer.writing.rewriting import Rewriter
    from retrieval.answer.writing.splitting import Splitter
    from retrieval.answer.writing.writer import Writer

_INCOMPLETE = (
    "Not checked: the message does not say what this is about. State it with the name that it "
    "stands for."
)
_MOST_AUDIENCES = 100
"""For so many sets of collections suggested questions are kept."""
_OLD_TRACING = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
"""Variables that make LangChain raise at every call, because it traces in another way now."""

logger = logging.getLogger(__name__)


class State(TypedDict, total=False):
    """What the steps of the chain hand on."""

    question: Question
    snapshot: Snapshot
    query: Query
    hits: list[Hit]
    evidence: Evidence
    result: tuple[Answer | Refusal, Explanation]


class Snapshots(Protocol):
    """What is answered from: an index."""

    def snapshot(self, permitted: Permitted = None) -> Snapshot:
        """One generation, as one sees it who may see these collections; None: all there are."""
        ...


class Answerer:
    """Answers questions and checks claims over a published index; safe to use from threads."""

    def __init__(
        self,
        index: Snapshots,
        strictness: Strictness = Strictness.BALANCED,
        decision: Decision | None = None,
        verifier: Verifier | None = None,
        writer: Writer | None = None,
        rewriter: Rewriter | None = None,
        splitter: Splitter | None = None,
        traced: bool = False,
    ) -> None:
        self._index = index
        self._verifier = verifier or load_verifier()
        self._answering = Answering(decision or load_decision(), self._verifier, strictness)
        self._quoting = self._build()
        self._permitted: Permitted = None
        self._suggestions: dict[Permitted, Suggestions] = {}
        self._chain = self._build(writer, rewriter) if writer or rewriter else self._quoting
        self._splitter = splitter
        self._traced = traced
        if not traced:
            for name in _OLD_TRACING:
                os.environ.pop(name, None)

    def within(self, permitted: Permitted) -> Self:
        """The same for whoever may see these collections only; None: every one there is."""
        narrower = copy(self)
        narrower._permitted = permitted
        return narrower

    def ask(self, question: Question) -> Answer | Refusal:
        """Answer with quotations, or refuse and say why."""
        return self.ask_explained(question)[0]

    def ask_explained(self, question: Question) -> tuple[Answer | Refusal, Explanation]:
        """As `ask`, with the reasons."""
        return self._run(self._chain, question)

    def _quoted(self, question: Question) -> Answer | Refusal:
        """As `ask`, without a chat model."""
        return self._run(self._quoting, question)[0]

    def _run(
        self, chain: Runnable[State, State], question: Question
    ) -> tuple[Answer | Refusal, Explanation]:
        snapshot = None
        try:
            snapshot = self._snapshot()
            with self._as_traced():
                state = chain.invoke(State(question=question, snapshot=snapshot))
            result, why = state["result"]
            _check_clearance(snapshot, (*result.citations, *result.nearest))
            return result, why
        except OnrecordError as error:
            logger.warning("question_not_answered error=%s: %s", type(error).__name__, error)
            return refusals.error(question.text, error, snapshot), Explanation(gate="error")

    def check(self, claim: str) -> Verdict:
        """Say whether the corpus supports a claim, contradicts it, or does not speak of it."""
        return self._check([MessageClaim(claim)])[0]

    def check_each(self, text: str) -> tuple[Verdict, ...]:
        """Check what a message claims, a verdict each, at most ten; none if it claims nothing."""
        stated = claims_of(text)
        if self._splitter:
            with self._as_traced():
                stated = self._splitter.split(stated)
        return self._check(stated)

    def _as_traced(self) -> AbstractContextManager[object]:
        """Nothing is traced unless asked for: LangSmith's variables alone would send texts away."""
        return nullcontext() if self._traced else tracing_context(enabled=False)

    def _check(self, stated: Sequence[MessageClaim]) -> tuple[Verdict, ...]:
        """Check claims in one generation. What fails is said in place of the verdict."""
        snapshot = None
        verdicts: list[Verdict] = []
        for claim in stated:
            try:
                snapshot = snapshot or self._snapshot()
                if claim.is_whole:
                    verdict = claims.check(snapshot, claim.text, self._verifier)
                    _check_clearance(snapshot, (*verdict.citations, *verdict.nearest))
                else:
                    verdict = claims.unchecked(claim.text, _INCOMPLETE, snapshot)
                verdicts.append(verdict)
            except OnrecordError as error:
                logger.warning("claim_not_checked error=%s: %s", type(error).__name__, error)
                message = f"Not checked. {refusals.trouble(error)}"
                verdicts.append(claims.unchecked(claim.text, message))
        return tuple(verdicts)

    def open(self, citation: Citation) -> Opened:
        """Find a quotation in the documents as they are now, with what stands around it."""
        return open_citation(self._snapshot(), citation)

    def generation(self) -> int:
        """Number of the published generation."""
        return self._snapshot().generation

    def compare(self, citations: Sequence[Citation], since: int) -> Compared:
        """Say what has become of citations that were looked at in generation `since`."""
        return compare(self._snapshot(), citations, since)

    def cleared(self, result: Answer | Refusal) -> Answer | Refusal | None:
        """What may be shown here of a result that was made for others; None if none of it may."""
        return cleared(self._snapshot(), result)

    def status(self) -> CorpusStatus:
        """What is published, as a whole."""
        return self._snapshot().status()

    def suggestions(self) -> tuple[str, ...]:
        """At most three questions that the documents answer, found once a generation."""
        try:
            suggestions = self._suggestions.setdefault(self._permitted, Suggestions())
            while len(self._suggestions) > _MOST_AUDIENCES:
                self._suggestions.pop(next(iter(self._suggestions)), None)
            return suggestions.of(self._snapshot(), self._quoted)
        except OnrecordError as error:
            logger.warning("nothing_suggested error=%s: %s", type(error).__name__, error)
            return ()

    def _snapshot(self) -> Snapshot:
        return self._index.snapshot(self._permitted)

    def _build(
        self, writer: Writer | None = None, rewriter: Rewriter | None = None
    ) -> Runnable[State, State]:
        steps: list[tuple[str, str, Any]] = [
            ("read", "query", partial(_read, rewriter)),
            ("search", "hits", _search),
            ("judge", "evidence", self._judge),
            ("compose", "result", self._compose),
        ]
        if writer:
            steps.append(("write", "result", partial(_write, writer)))
        first, *rest = (_step(name, key, work) for name, key, work in steps)
        return RunnableSequence(first, *rest, name="answer")

    def _judge(self, state: State) -> Evidence:
        known, said = besides(state["question"].text)[1], told(state["question"])
        return self._answering.judged(
            state["snapshot"], state["query"], state["hits"], known=known, said=said
        )

    def _compose(self, state: State) -> tuple[Answer | Refusal, Explanation]:
        query, evidence = state["query"], state["evidence"]
        text = state["question"].text
        gate, result = self._answering.result(state["snapshot"], text, query, evidence)
        result = replace(result, looked_for=query.looked_for)
        answer_from = self._answering.answer_from
        why = explain(query, evidence.ranked, evidence.score, answer_from, gate)
        return result, why


def _write(writer: Writer, state: State) -> tuple[Answer | Refusal, Explanation]:
    """The answer in a chat model's words, as far as they hold; a refusal stays what it is."""
    result, why = state["result"]
    if not isinstance(result, Answer) or is_shown_in(result):
        return result, why  # where several are shown, no model picks one
    ranked = state["evidence"].ranked
    answer, trace = writer.write(state["snapshot"], state["query"], result, ranked)
    return answer, replace(why, written=trace)


def _check_clearance(snapshot: Snapshot, citations: Sequence[Citation]) -> None:
    """Search has looked at permitted documents only; what is shown is looked at once more."""
    if not snapshot.shows(citations):
        raise OnrecordError("A quotation from a hidden collection was held back.", "Report this.")


def _step(name: str, key: str, work: Callable[[State], Any]) -> Runnable[State, State]:
    """A named step that adds one value to the state.

    A lambda, not `RunnablePassthrough.assign`: that one starts a thread for every step, which
    took longer than most of the steps.
    """

    def run(state: State) -> State:
        return cast(State, {**state, key: work(state)})

    return RunnableLambda(run, name=name)


def _read(rewriter: Rewriter | None, state: State) -> Query:
    """The question as it is searched for; one that asks nothing has no terms."""
    asked = state["question"]
    text, _ = besides(asked.text[:LONGEST_QUESTION])
    question = replace(asked, text=respelled(state["snapshot"], text))
    if rewriter is None or not question.history:
        query = read(question, LONGEST_QUESTION)
    else:
        whole, rewritten = rewriter.rewrite(question)
        query = replace(read(question, LONGEST_QUESTION, whole), rewritten=rewritten)
    if asks_nothing(asked.text):
        query = replace(query, terms=(), words=())
    return query if question.text == text else replace(query, looked_for=query.text)


def _search(state: State) -> list[Hit]:
    if not state["query"].terms:
        return []
    return search_query(state["snapshot"], state["query"], CANDIDATES)
