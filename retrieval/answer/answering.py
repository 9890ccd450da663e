"""Answering: from a question that was read to the quotations that answer it, or to a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer import refusals
from retrieval.answer.across import shown
from retrieval.answer.across.accounts import accounts, head
from retrieval.answer.across.difference import differences
from retrieval.answer.across.further import Admission, adds, items
from retrieval.answer.across.lists import announces, asks_for_several, whole_list
from retrieval.answer.across.others import unknown
from retrieval.answer.across.parts import Part, parts, sides
from retrieval.answer.compose import Placed, choose, pointers, quotable, quote
from retrieval.answer.conversation.choices import choices
from retrieval.answer.evidence import (
    Candidates,
    Window,
    context_text,
    gather,
    score_windows,
    surroundings,
)
from retrieval.answer.gates import unmet
from retrieval.answer.judge import Decision, Judged, Strictness
from retrieval.answer.premise import denied_premise, unmet_premise
from retrieval.answer.question import Query, read
from retrieval.answer.search import Hit, search_query
from retrieval.answer.verify import Verifier
from retrieval.index.reader import Snapshot
from retrieval.model import Answer, Refusal
from retrieval.text.aliases import keys
from retrieval.text.namesakes import is_of_a_namesake
from retrieval.text.terms import terms

CANDIDATES = 12
"""Passages whose sentences are looked at."""
LONGEST_QUESTION = 2_000
"""Characters of a question that are read; nobody asks more in one sentence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The judged sentences of a question, best first, and the probability that it is answered."""

    candidates: Candidates
    ranked: list[Judged]
    score: float

    @property
    def nearest(self) -> list[Window]:
        """All windows, those most likely to answer first; last those of other people's texts."""
        judged = [j.scored.window for j in self.ranked]
        return [*judged, *(w for w in self.candidates.windows if w not in judged)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The quotations of an answer, behind a head where they are of several documents or things."""

    places: list[Placed]
    head: str | None = None
    is_named: bool = False
    """Whether one document is named too: items seldom say of what they are."""
    nearest: Sequence[Window] = ()


class Answering:
    """Decides what is quoted of what was found; keeps nothing between questions."""

    def __init__(self, decision: Decision, verifier: Verifier, strictness: Strictness) -> None:
        self._decision = decision
        self._verifier = verifier
        self.answer_from = decision.answer_from[strictness]
        """Probability from which an answer is given."""

    def judged(
        self,
        snapshot: Snapshot,
        query: Query,
        hits: Sequence[Hit],
        *,
        known: frozenset[str] = frozenset(),
        said: str = "",
    ) -> Evidence:
        """The sentences of the hits, judged, without those about what is known or was said."""
        found = gather(snapshot, query, hits)
        if known or said:
            found = replace(found, windows=unknown(found.windows, known, said))
        judge = self._decision.judge
        own = [w for w in found.windows if not _is_of_a_namesake(query, w)]
        ranked = judge.rank(query, score_windows(query, replace(found, windows=own)))
        return Evidence(found, ranked, judge.answerable(query, ranked))

    def result(
        self, snapshot: Snapshot, text: str, query: Query, evidence: Evidence
    ) -> tuple[str | None, Answer | Refusal]:
        """The answer, or the name of the gate that refused and the refusal."""
        if not query.terms:
            return "read", refusals.unclear(snapshot, text)
        if titles := choices(snapshot, query):
            return "read", refusals.ambiguous(snapshot, text, titles)
        if together := self._together(snapshot, query):
            return None, _answer(snapshot, text, together)
        nearest = evidence.nearest
        if not nearest:
            return "search", refusals.nothing_found(snapshot, text)
        denied = denied_premise(query, evidence.candidates)
        if denied and (places := quotable(snapshot, denied)):
            return "premise", refusals.contradicted(snapshot, text, places, nearest)
        gate, chosen, leader = self._chosen(snapshot, query, evidence)
        if gate or leader is None:
            return self._unanswered(gate or "integrity", snapshot, text, query, evidence)
        found = self._with_further(snapshot, query, evidence, chosen, leader)
        return None, _answer(snapshot, text, replace(found, nearest=nearest))

    def _unanswered(
        self, gate: str, snapshot: Snapshot, text: str, query: Query, evidence: Evidence
    ) -> tuple[str, Answer | Refusal]:
        """The refusal of a question that presumes what is not so, or is simply not answered."""
        nearest = evidence.nearest
        premise = unmet_premise(query, _in_order(evidence), self._verifier)
        denied = premise.denied_by if premise else None
        if denied and (places := quotable(snapshot, denied)):
            return "premise", refusals.contradicted(snapshot, text, places, nearest)
        presumed = premise.statement if premise else None
        return gate, refusals.not_answered(snapshot, text, query, nearest, presumed)

    def _chosen(
        self, snapshot: Snapshot, query: Query, evidence: Evidence
    ) -> tuple[str | None, list[Placed], Judged | None]:
        """The sentences to quote and the one that leads, or the gate that lets none through."""
        if evidence.score < self.answer_from:
            return "decide", [], None
        chosen, leader = choose(snapshot, evidence.ranked, self._decision.join_from)
        if leader is None:
            return "integrity", [], None
        texts = [sentence.text for _, sentence in chosen]
        window = leader.scored.window
        around = f"{context_text(window)} {window.passage.text}"
        return unmet(query, leader.scored.features, texts, around), chosen, leader

    def _with_further(
        self,
        snapshot: Snapshot,
        query: Query,
        evidence: Evidence,
        chosen: list[Placed],
        leader: Judged,
    ) -> Chosen:
        """What is quoted beside the first quotation, where others answer as well."""
        window = leader.scored.window
        several = asks_for_several(query.asked)
        whole = whole_list(snapshot, window)
        # Where two items of a list answer, all of it does.
        is_list = several or announces(window.sentence.text) or len({*chosen} & {*whole}) > 1
        if whole and is_list:
            rest = [p for p in chosen if p not in whole and adds(query, [p], whole)]
            return Chosen([*whole, *rest], is_named=True)
        admission = Admission(query, evidence.ranked, self._decision.judge, self.answer_from)
        own = quotable(snapshot, window)
        if several:
            found = [*own, *items(snapshot, admission, leader, own)]
            is_spread = len({passage.source for passage, _ in found}) > 1
            return Chosen(found, shown.FOUND if is_spread else None, is_named=True)
        own += [place for place in chosen if place not in own and adds(query, [place], own)]
        if told := accounts(snapshot, admission, leader, own):
            return Chosen([place for one in told for place in one], head(query, told))
        return Chosen(own)

    def _together(self, snapshot: Snapshot, query: Query) -> Chosen | None:
        """Quotations for each of two things that are asked about; None unless for both."""
        asked = query.asked if query.looked_for is None else query.looked_for
        if compared := sides(asked):
            found = differences(snapshot, query, compared)
            return Chosen([*found[0], *found[1]], shown.DIFFERENCES) if found else None
        both = parts(asked)
        if not both:
            return None
        one, other = both
        left = self._of_part(snapshot, one, other)
        right = self._of_part(snapshot, other, one) if left else []
        if not left or not right or set(left) & set(right):
            return None
        if not one.name and left[0][0].source != right[0][0].source:
            return None  # two questions about one thing are answered where that is spoken of
        return Chosen([*left, *right], shown.ONE_BY_ONE)

    def _of_part(self, snapshot: Snapshot, part: Part, other: Part) -> list[Placed]:
        """What answers of one of two things; empty if nothing does, or it is of the other one."""
        query = read(part.question, LONGEST_QUESTION)
        evidence = self.judged(snapshot, query, search_query(snapshot, query, CANDIDATES))
        gate, chosen, leader = self._chosen(snapshot, query, evidence)
        window = leader.scored.window if leader else None
        if gate or window is None or not _is_of(window, part.name, other.name):
            return []
        if asks_for_several(part.question.text) and (whole := whole_list(snapshot, window)):
            return whole
        own = quotable(snapshot, window)
        beside = [p for p in chosen if p[0] == window.passage and p not in own]
        return [*own, *(place for place in beside if adds(query, [place], own))]


def _is_of(window: Window, name: str, other: str) -> bool:
    """Whether a sentence is of one of two things: it says so, or all around it is of that one."""
    if not name:
        return True
    one, another = frozenset(terms(name)), frozenset(terms(other))
    said = keys(window.sentence.text)
    around = said | keys(surroundings(window))
    if not (one - another) or not one <= around:
        return False
    return not (another - one) & around or (one <= said and not another <= said)


def _answer(snapshot: Snapshot, text: str, chosen: Chosen) -> Answer:
    sentences, citations = quote(snapshot, chosen.places)
    if chosen.head or chosen.is_named or len({citation.source for citation in citations}) > 1:
        sentences = shown.side_by_side(chosen.head, sentences, citations)
    return Answer(
        question=text,
        sentences=sentences,
        citations=citations,
        generation=snapshot.generation,
        searched=snapshot.searched,
        nearest=pointers(snapshot, chosen.nearest, citations),
    )


def _is_of_a_namesake(query: Query, window: Window) -> bool:
    return is_of_a_namesake(query.asked, context_text(window), window.sentence.text)


def _in_order(evidence: Evidence) -> Candidates:
    """The candidates, those most likely to answer first."""
    return replace(evidence.candidates, windows=[j.scored.window for j in evidence.ranked])
