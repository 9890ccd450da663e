"""Onrecord's own judges, as the measures ask them; imported and loaded only when they are used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from evals.caught import Check
from evals.entailment import Entailment
from evals.ordering import SentenceRanker
from evals.pairs import PairJudge
from retrieval.model import Label

if TYPE_CHECKING:
    from retrieval.answer.encoding import Reading
    from retrieval.answer.models import Support


class Judges(Protocol):
    """What can be measured without an index; a judge whose weights are not installed is None."""

    def gate(self) -> Check:
        """The checks by rule alone."""

    def pairs(self) -> PairJudge | None:
        """The judge of claims and quotations."""

    def ranker(self) -> SentenceRanker | None:
        """The judge of answers, putting sentences in order."""

    def entailment(self) -> Entailment | None:
        """The trained model of support alone, without the checks by rule."""


class OwnJudges:
    """The judges that ship with Onrecord."""

    def gate(self) -> Check:
        """The checks by rule alone."""
        from retrieval.answer.carried import uncarried

        return lambda claim, quotation: uncarried(claim, quotation) is None

    def pairs(self) -> PairJudge | None:
        """The judge of claims and quotations."""
        if not _installed("supports"):
            return None
        from retrieval.answer.claims import judge_pairs

        return _Pairs(judge_pairs)

    def ranker(self) -> SentenceRanker | None:
        """The judge of answers, putting sentences in order."""
        if not _installed("answers"):
            return None
        from retrieval.answer.judge import order_sentences

        return _Ranker(order_sentences)

    def entailment(self) -> Entailment | None:
        """The trained model of support alone, without the checks by rule."""
        if not _installed("supports"):
            return None
        from retrieval.answer.models import supports_model

        return PlainEntailment(supports_model())


def _installed(model: str) -> bool:
    from retrieval.answer.models import WEIGHTS

    return (WEIGHTS / f"{model}.onnx").is_file()


@dataclass(frozen=True, slots=True)
class _Pairs:
    judge: Callable[[Sequence[tuple[str, str]]], list[Label]]

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Label]:
        return self.judge(pairs)


@dataclass(frozen=True, slots=True)
class _Ranker:
    ranked: Callable[[str, str, Sequence[str]], list[int]]

    def order(self, question: str, title: str, sentences: Sequence[str]) -> list[int]:
        return self.ranked(question, title, sentences)


class _Weigher(Protocol):
    def weigh(self, readings: Sequence[Reading]) -> list[Support]: ...


class PlainEntailment:
    """Entailed is what the model of support finds more likely than the two other verdicts."""

    def __init__(self, model: _Weigher) -> None:
        self._model = model

    def entails(self, premise: str, hypothesis: str) -> bool:
        """Say whether the hypothesis is true wherever the premise is."""
        from retrieval.answer.encoding import Reading

        (found,) = self._model.weigh([Reading(asked=hypothesis, sentence=premise)])
        return found.supports > max(found.contradicts, found.neither)
