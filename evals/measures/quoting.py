"""How good the quotations of answers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.outcomes import Asked, holds_answer, is_right, is_selected
from evals.sets import Kind
from retrieval.model import Answer, Citation


def measure_quotations(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Measure the quotations of answers to answerable questions."""
    quoted = [
        (one, citation)
        for one in asked
        if isinstance(one.result, Answer) and one.question.kind is not Kind.UNANSWERABLE
        for citation in one.result.citations
    ]
    yield from _precision([pair for pair in quoted if pair[0].question.evidence])
    answered = [one for one in asked if isinstance(one.result, Answer) and one.question.answers]
    answered = [one for one in answered if not one.question.selected]
    if answered:
        held = metrics.share([_holds_answer(one) for one in answered])
        label = "answers: a quotation holds the short answer"
        yield Measure(Section.QUOTATIONS, "short_answer_quoted", label, held)
    yield from _selected([one for one in asked if one.question.selected])


def _precision(quoted: Sequence[tuple[Asked, Citation]]) -> Iterator[Measure]:
    if quoted:
        right = metrics.share([is_right(citation, one.question) for one, citation in quoted])
        yield Measure(Section.QUOTATIONS, "citation_precision", "citation precision", right)


def _selected(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Sentences quoted against the sentences that people chose."""
    answered = [one for one in asked if isinstance(one.result, Answer)]
    if not answered:
        return
    quotes = [[citation.quote for citation in one.result.citations] for one in answered]
    chosen = [
        is_selected(quote, one.question.selected)
        for one, own in zip(answered, quotes, strict=True)
        for quote in own
    ]
    covered = [
        is_selected(sentence, own)
        for one, own in zip(answered, quotes, strict=True)
        for sentence in one.question.selected
    ]
    label = "answers: quoted sentences that people chose"
    yield Measure(Section.QUOTATIONS, "selected_precision", label, metrics.share(chosen))
    label = "answers: chosen sentences that are quoted"
    yield Measure(Section.QUOTATIONS, "selected_recall", label, metrics.share(covered))


def _holds_answer(asked: Asked) -> bool:
    quotes = (citation.quote for citation in asked.result.citations)
    return any(holds_answer(quote, asked.question) for quote in quotes)
