"""How good the quotations of answers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.outcomes import Asked, has_short_answer, holds_answer, is_right, is_selected
from evals.sets import Kind
from retrieval.model import Answer


def measure_quotations(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Measure the quotations of answers to answerable questions."""
    answered = [
        one
        for one in asked
        if isinstance(one.result, Answer) and one.question.kind is not Kind.UNANSWERABLE
    ]
    yield from _precision([one for one in answered if one.question.evidence])
    yield from _short([one for one in answered if has_short_answer(one.question)])
    yield from _selected([one for one in answered if one.question.selected])


def _precision(asked: Sequence[Asked]) -> Iterator[Measure]:
    right = [is_right(citation, one.question) for one in asked for citation in one.result.citations]
    if right:
        label = "citation precision"
        yield Measure(Section.QUOTATIONS, "citation_precision", label, metrics.share(right))


def _short(asked: Sequence[Asked]) -> Iterator[Measure]:
    if asked:
        held = metrics.share([_holds_answer(one) for one in asked])
        label = "answers quoting the short answer"
        yield Measure(Section.QUOTATIONS, "short_answer_quoted", label, held)


def _selected(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Compare the sentences quoted with the sentences that people chose."""
    if not asked:
        return
    quotes = [[citation.quote for citation in one.result.citations] for one in asked]
    pairs = list(zip(quotes, (one.question.selected for one in asked), strict=True))
    chosen = [is_selected(quote, gold) for own, gold in pairs for quote in own]
    covered = [is_selected(sentence, own) for own, gold in pairs for sentence in gold]
    label = "quoted sentences people chose"
    yield Measure(Section.QUOTATIONS, "selected_precision", label, metrics.share(chosen))
    label = "chosen sentences that are quoted"
    yield Measure(Section.QUOTATIONS, "selected_recall", label, metrics.share(covered))


def _holds_answer(asked: Asked) -> bool:
    return any(holds_answer(citation.quote, asked.question) for citation in asked.result.citations)
