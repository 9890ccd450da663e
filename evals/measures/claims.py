"""How well claims are judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from evals import metrics
from evals.measures.measure import Measure, Section
from evals.outcomes import Asked, is_right
from retrieval.model import Label, Verdict


def measure_claims(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Measure verdicts: by their labels, and as supported or not."""
    labelled = [one for one in asked if one.question.label is not None]
    gold = [str(one.question.label) for one in labelled]
    predicted = [_label(one) for one in labelled]
    labels = [label for label in map(str, Label) if label in gold]
    if len(labels) > 1:
        yield from _three_labels(gold, predicted, labels)
    yield from _supported([one for one in asked if one.question.supported is not None])
    cited = [
        is_right(citation, one.question)
        for one in asked
        if one.question.evidence
        for citation in one.result.citations
    ]
    if cited:
        precision = metrics.share(cited)
        yield Measure(Section.CLAIMS, "claim_citation_precision", "citation precision", precision)


def _three_labels(
    gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]
) -> Iterator[Measure]:
    """A checker that always refuses calls everything not in the corpus, the other supported."""
    refusing, believing = [str(Label.NOT_IN_CORPUS)] * len(gold), [str(Label.SUPPORTED)] * len(gold)
    figure = metrics.resampled_labels(gold, predicted, lambda g, p: metrics.macro_f1(g, p, labels))
    yield Measure(
        Section.CLAIMS,
        "macro_f1",
        f"macro-F1 of {len(labels)} labels",
        figure,
        metrics.macro_f1(gold, refusing, labels),
        metrics.macro_f1(gold, believing, labels),
    )
    for label in labels:
        named = label.replace("_", " ")
        figure = metrics.resampled_labels(gold, predicted, partial(metrics.f1, label=label))
        yield Measure(
            Section.CLAIMS,
            f"f1_{label}",
            f"F1 of {named}",
            figure,
            metrics.f1(gold, refusing, label),
            metrics.f1(gold, believing, label),
        )


def _supported(asked: Sequence[Asked]) -> Iterator[Measure]:
    """Supported against everything else: also for claims that are supported only in part."""
    found = [_label(one) == Label.SUPPORTED for one in asked]
    positives = [hit for one, hit in zip(asked, found, strict=True) if one.question.supported]
    negatives = [
        not hit for one, hit in zip(asked, found, strict=True) if not one.question.supported
    ]
    if positives and negatives:
        figure = metrics.resampled_pair(positives, negatives, metrics.balanced_accuracy)
        label = "balanced accuracy of supported"
        yield Measure(Section.CLAIMS, "supported_balanced_accuracy", label, figure, 0.5, 0.5)


def _label(asked: Asked) -> str:
    return str(asked.result.label) if isinstance(asked.result, Verdict) else ""
