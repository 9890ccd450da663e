"""The baseline for claims: does the sentence that fits best entail the claim, whoever says it?"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from evals.outcomes import Asked
from evals.sentences import passages_of
from evals.sets import Kind, SetDocument, SetQuestion
from retrieval.model import Citation, Label, Sentence, Verdict
from retrieval.text.terms import terms

_Placed = tuple[str, Sentence]
"""A sentence and the file name of its document."""


class Entailment(Protocol):
    """Whatever tells whether one text follows from another."""

    def entails(self, premise: str, hypothesis: str) -> bool:
        """Say whether the hypothesis is true wherever the premise is."""


def judge_by_entailment(
    questions: Iterable[SetQuestion], documents: Iterable[SetDocument], entailment: Entailment
) -> tuple[Asked, ...]:
    """Judge the claims that name their evidence by the best sentence of that evidence."""
    by_name = {document.file_name: document for document in documents}
    claims = [one for one in questions if one.kind is Kind.CLAIM and one.evidence]
    return tuple(_judge(claim, by_name, entailment) for claim in claims)


def _judge(
    claim: SetQuestion, documents: Mapping[str, SetDocument], entailment: Entailment
) -> Asked:
    started = time.perf_counter()
    sentences = [pair for name in sorted(claim.evidence) for pair in _sentences(documents[name])]
    source, best = best_match(claim.text, sentences)
    entailed = entailment.entails(best.text, claim.text)
    cited = Citation(source, source, None, None, best.start, best.end, best.text, generation=0)
    verdict = Verdict(
        claim=claim.text,
        label=Label.SUPPORTED if entailed else Label.NOT_IN_CORPUS,
        message="Entailed by:" if entailed else "Not entailed.",
        generation=0,
        citations=(cited,) if entailed else (),
    )
    return Asked(claim, verdict, None, (), (time.perf_counter() - started) * 1000)


def _sentences(document: SetDocument) -> tuple[_Placed, ...]:
    return tuple(
        (passage.source, one) for passage in passages_of(document) for one in passage.sentences
    )


def best_match(claim: str, sentences: Sequence[_Placed]) -> _Placed:
    """The sentence that shares most terms with the claim; of several, the shortest."""
    wanted = set(terms(claim))
    return max(
        sentences, key=lambda pair: (len(wanted & set(terms(pair[1].text))), -len(pair[1].text))
    )
