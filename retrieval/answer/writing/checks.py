"""Checks: all gates of a written sentence in order, and the second judge behind them.

A sentence is posted only if one of the quotations it names carries the whole of it. Every gate can
only refuse, and one that breaks refuses.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.answer.carried import uncarried
from retrieval.answer.encoding import Reading
from retrieval.answer.verify import Weigher
from retrieval.answer.writing import form
from retrieval.answer.writing.binding import beheaded, crossed, joined
from retrieval.answer.writing.canonical import framed, plain, valued
from retrieval.answer.writing.conditions import condition
from retrieval.answer.writing.exchange import exchanged, transposed
from retrieval.answer.writing.frozen import Quotation
from retrieval.answer.writing.language import language
from retrieval.answer.writing.stance import speakers, stance
from retrieval.answer.writing.values import displaced, unequal
from retrieval.answer.writing.wording import added
from retrieval.text.bindings import binding

logger = logging.getLogger(__name__)

MOST_NAMED = 3
"""Quotations that one sentence may rest on."""

FormGate = Callable[[str, str], str | None]
"""Sentence, all that it quotes -> why it may not be posted."""
ContentGate = Callable[[str, str], str | None]
"""Sentence, one quotation -> what that quotation does not carry of it."""

_FORM: tuple[tuple[str, FormGate], ...] = (
    ("length", lambda text, quoted: form.length(text)),
    ("characters", lambda text, quoted: form.characters(text)),
    ("link", lambda text, quoted: form.links(text)),
    ("mention", lambda text, quoted: form.mentions(text)),
    ("markup", form.markup),
    ("statement", form.statement),
    ("balance", lambda text, quoted: form.balance(text)),
    ("verbatim", form.verbatim),
    ("address", form.address),
    ("language", language),
)


def _carried(text: str, quoted: str) -> str | None:
    lack = uncarried(text, quoted)
    if lack is None:
        return None
    return (
        f"{lack.kind}: {lack.words or 'left out'}{f' for {lack.instead}' if lack.instead else ''}"
    )


def _bound(text: str, quoted: str) -> str | None:
    lack = binding(text, quoted)
    return f"{lack.words!r} for {lack.instead!r}" if lack else None


_CONTENT: tuple[tuple[str, ContentGate], ...] = (
    ("carried", _carried),
    ("binding", _bound),
    ("condition", condition),
    ("stance", stance),
    ("stance", speakers),
    ("added", added),
    ("binding", crossed),
    ("binding", exchanged),
    ("binding", transposed),
    ("binding", joined),
    ("binding", beheaded),
    ("binding", unequal),
    ("binding", displaced),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """The gate that a sentence failed, and why."""

    gate: str
    reason: str


class Checker:
    """The gates, and the judge with the probability from which its word counts."""

    def __init__(self, judge: Weigher, supported_from: float) -> None:
        self._judge = judge
        self._supported_from = supported_from

    def check(
        self, text: str, numbers: Sequence[int], quotations: Sequence[Quotation]
    ) -> int | Failure:
        """The number of the quotation that carries the sentence, or the gate that it failed."""
        known = {quotation.number: quotation for quotation in quotations}
        named = [known[n] for n in dict.fromkeys(numbers) if n in known]
        if not named or len(named) != len(set(numbers)):
            return Failure("number", "a quotation that does not exist, or none")
        if len(named) > MOST_NAMED:
            return Failure("number", f"over {MOST_NAMED} quotations")
        quoted = " ".join(quotation.text for quotation in named)
        failure = _first(_FORM, text, quoted)
        for quotation in () if failure else named:
            found = self._carries(text, quotation)
            if found is None:
                return quotation.number
            failure = failure or found
        return failure or Failure("number", "no quotation")

    def _carries(self, text: str, quotation: Quotation) -> Failure | None:
        """Why one quotation does not carry the sentence."""
        return _first(_CONTENT, text, quotation.text) or self._judged(text, quotation)

    def _judged(self, text: str, quotation: Quotation) -> Failure | None:
        try:
            best = 0.0
            for reading in _readings(text, quotation.text):
                (support,) = self._judge.weigh([reading])
                best = max(best, support.supports)
                if best >= self._supported_from:
                    return None
        except Exception as error:  # whatever breaks, the sentence is not posted
            return _broken("judge", error)
        return Failure("judge", f"supported with {best:.2f}")


def _readings(text: str, quoted: str) -> list[Reading]:
    """The sentence and the quotation as they are, and in one form where that is another."""
    as_they_are = Reading(text, quoted)
    theirs = plain(quoted)
    in_one_form = Reading(framed(valued(plain(text), theirs)), framed(theirs))
    return list(dict.fromkeys((as_they_are, in_one_form)))


def _first(
    gates: Sequence[tuple[str, Callable[[str, str], str | None]]], text: str, quoted: str
) -> Failure | None:
    """The first gate that the sentence fails."""
    for name, gate in gates:
        try:
            reason = gate(text, quoted)
        except Exception as error:  # whatever breaks, the sentence is not posted
            return _broken(name, error)
        if reason is not None:
            return Failure(name, reason)
    return None


def _broken(gate: str, error: Exception) -> Failure:
    logger.warning("gate_broken gate=%s error=%s", gate, type(error).__name__)
    return Failure(gate, f"the gate broke: {type(error).__name__}")
