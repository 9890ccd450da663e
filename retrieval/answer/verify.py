"""Verify: what a quotation does to a statement, by the second judge and by rules that veto it.

The judge reads wording, the rules compare structure, and neither is trusted alone. Support needs
both: the judge's probability, and nothing in the statement that the quotation lacks. A
contradiction needs a sentence about the same thing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from retrieval.answer.aloud import aloud, as_it, row_of
from retrieval.answer.carried import Lack, uncarried
from retrieval.answer.comparison import Comparison, compare
from retrieval.answer.encoding import Reading
from retrieval.answer.evidence import Candidates, Window, context_text, surroundings
from retrieval.answer.integrity import leans
from retrieval.answer.models import Support, supports_model
from retrieval.answer.question import Query, analyse
from retrieval.answer.scope import is_of_another, within
from retrieval.answer.vouched import amiss, crosses, readings, unaccounted
from retrieval.model import Label
from retrieval.text.aliases import holds, keys
from retrieval.text.attribution import Stance, attribution, layers
from retrieval.text.bindings import binding, compared
from retrieval.text.labelled import is_bare
from retrieval.text.pairing import paired
from retrieval.text.phrases import in_plain_words
from retrieval.text.speakers import is_pronoun
from retrieval.text.terms import words

_WEIGHTS = Path(__file__).parents[1] / "weights" / "decision.json"
SAME_SUBJECT = 0.7
"""Share of a statement that a sentence, in its context, covers to be about the same thing."""
SAME_NAME = 0.4
"""The same where both name what they are about."""
NO_CLASH = 0.25
"""Probability of a contradiction up to which the judge sees none."""
NO_DOUBT = 0.6
"""The same where only the nearness of a word is left to see."""
SOME_SUPPORT = 0.1
"""Probability of support that is asked for there where no verb could be compared."""
BY_RULE = 0.9
"""Probability given to what the structure alone shows."""


class Weigher(Protocol):
    """Weighs pairs of a claim and a quotation."""

    def weigh(self, readings: Sequence[Reading]) -> list[Support]:
        """One verdict for each pair, in order."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A window beside a statement: what the rules see, what the judge says, what is lacking."""

    window: Window
    comparison: Comparison
    support: Support
    lack: Lack | None
    about: bool
    """Whether the window speaks of what the statement is about."""
    unaccounted: tuple[str, ...] = ()
    """Words of the statement for which neither the sentence nor its context accounts."""
    near: bool = False
    """Whether all of it is there but for words near to others, and nothing else is amiss."""
    compared: bool = False
    """Whether each verb of the statement was compared with one of the window."""
    of_another: bool = False
    """Whether the window speaks of another thing of the same kind, and so says nothing of it."""

    labelled: bool = False
    """Whether the window is a line behind a label: beside another label it denies nothing."""

    @property
    def vouched(self) -> bool:
        """Whether the rules find every word of the statement in the window, and nothing amiss."""
        return not (self.unaccounted or self.comparison.mismatch or forbids(self.lack))

    @property
    def supports(self) -> float:
        """Probability that the window carries the statement; 0 where a rule forbids it."""
        if self.of_another or self.comparison.mismatch or forbids(self.lack):
            return 0.0
        if self.labelled and not self.vouched:
            return 0.0
        read = self.compared or self.support.supports >= SOME_SUPPORT
        if self.near and read and self.support.contradicts <= NO_DOUBT:
            return max(BY_RULE, self.support.supports)
        return self.support.supports if self.about or self.vouched else 0.0

    @property
    def contradicts(self) -> float:
        """Probability that the window says otherwise; 0 where it speaks of something else."""
        if self.of_another:
            return 0.0
        if self.comparison.mismatch:
            return BY_RULE
        if self.labelled and not (self.lack and self.lack.clash):
            return 0.0
        return self.support.contradicts if self.about and not self.vouched else 0.0

    @property
    def speaker(self) -> str | None:
        """Who says it, where the statement leaves that out; None where nothing is left out."""
        if self.lack is None or self.lack.stance is not Stance.SAYS:
            return None
        before = self.window.before.text if self.window.before else ""
        said = [*layers(self.window.sentence.text), *layers(before)]
        named = [one.source for one in said if one.source and not is_pronoun(one.source)]
        return named[0] if named else ""


class Verifier:
    """The second judge with the rules beside it, and from when on its word counts."""

    def __init__(
        self,
        model: Weigher,
        supported_from: float,
        contradicted_from: float,
        vouched_from: float | None = None,
    ) -> None:
        self._model = model
        self.supported_from = supported_from
        self.contradicted_from = contradicted_from
        self.vouched_from = supported_from if vouched_from is None else vouched_from

    def supported_bar(self, one: Weighed) -> float:
        """The probability from which a window supports.

        Low where the rules vouch for all of it; none where they compared who does what to whom, and
        the judge sees no clash either.
        """
        if not one.vouched:
            return self.supported_from
        clear = one.compared and one.support.contradicts <= NO_CLASH
        return 0.0 if clear else self.vouched_from

    def weigh(self, statement: Query, candidates: Candidates) -> list[Weighed]:
        """Each window beside the statement, in the same order."""
        windows = candidates.windows
        stated = [_as_stated(statement, window) for window in windows]
        supports = self._model.weigh(
            [
                Reading(one.text, _quoted(one.text, w))
                for one, w in zip(stated, windows, strict=True)
            ]
        )
        found = [
            _weighed(statement, one, candidates, window, support)
            for one, window, support in zip(stated, windows, supports, strict=True)
        ]
        return [
            self._reread(one, weighed) if weighed.vouched else weighed
            for one, weighed in zip(stated, found, strict=True)
        ]

    def _reread(self, statement: Query, one: Weighed) -> Weighed:
        """What the judge makes of a window that says the same in other words, in one form."""
        if one.support.supports >= self.supported_from:
            return one
        bearing = in_plain_words(_bearing(statement.text, one.window))
        if _stands_in(statement.text, bearing):
            return replace(one, support=Support(BY_RULE, 0.0, 1.0 - BY_RULE))
        before = one.window.before.text if one.window.before else ""
        pairs = readings(in_plain_words(statement.text), bearing, before)
        again = self._model.weigh([Reading(*pair) for pair in pairs])
        best = max((one.support, *again), key=lambda support: support.supports)
        return replace(one, support=best)

    def labels(self, pairs: Sequence[tuple[str, str]]) -> list[Label]:
        """The verdict on each pair of a quotation and a claim by itself, without a corpus."""
        weighed = self._model.weigh([Reading(claim, text) for text, claim in pairs])
        return [
            _label(support, uncarried(claim, text), verbatim=_stands_in(claim, text))
            for (text, claim), support in zip(pairs, weighed, strict=True)
        ]


def _as_stated(statement: Query, window: Window) -> Query:
    """A statement without what the sentence need not repeat, since it stands under it."""
    said = aloud(statement.text, window)
    text = as_it(statement.text, window, said) if said else within(statement.text, window)
    stated = analyse(text)
    return stated if set(stated.words) <= set(statement.words) else statement


def _weighed(
    asked: Query, statement: Query, candidates: Candidates, window: Window, support: Support
) -> Weighed:
    """A window beside a statement: as it was `asked`, and as it is beside this window."""
    said = aloud(statement.text, window)
    labelled = said is not None or is_bare(window.sentence.text)
    around = f"{context_text(window)} {row_of(window)}" if labelled else surroundings(window)
    own = _clause(statement.text, said or window.sentence.text)
    comparison = compare(statement, candidates.weights, candidates.table, own, around)
    claim = in_plain_words(statement.text)
    bearing = in_plain_words(_bearing(statement.text, window))
    lack = uncarried(claim, bearing, around, window.passage.date)
    if not forbids(lack):
        lack = binding(claim, bearing) or crosses(claim, bearing) or lack
    return Weighed(
        window,
        comparison,
        support,
        lack,
        _is_about(asked, window, comparison.coverage, named=bool(said) and asked != statement),
        unaccounted(claim, bearing, around),
        comparison.supported and not amiss(claim, bearing),
        compared(claim, bearing),
        is_of_another(asked.text, window),
        labelled,
    )


def _quoted(statement: str, window: Window) -> str:
    """What is quoted, a labelled line or a row as the sentence that it says."""
    return aloud(statement, window) or quotation(window)


def quotation(window: Window) -> str:
    """The sentence as it would be quoted: with the one before where it leans on that."""
    if window.before and leans(window.sentence):
        return f"{window.before.text} {window.sentence.text}"
    return window.sentence.text


def _bearing(statement: str, window: Window) -> str:
    """The one of the sentences to be quoted on which a statement rests: it shares most words."""
    if said := aloud(statement, window):
        return said
    text = window.sentence.text
    if window.before and leans(window.sentence):
        before = window.before.text
        text = max(text, before, key=lambda one: len(paired(statement, one).links))
    return _clause(statement, text)


def _clause(statement: str, text: str) -> str:
    """The part between semicolons that holds all that a statement has in common with a sentence.

    "Dogs are allowed; other animals are not" denies nothing of dogs. What somebody says stays
    whole: the speaker may be named in another part.
    """
    if ";" not in text or attribution(text):
        return text
    shared = len(paired(statement, text).links)
    parts = (part.strip() for part in text.split(";"))
    return next((part for part in parts if len(paired(statement, part).links) == shared), text)


def forbids(lack: Lack | None) -> bool:
    """Whether something is lacking that support needs.

    A speaker whom the statement leaves out is named beside it; one whom it swaps is wrong.
    """
    return lack is not None and (lack.stance is not Stance.SAYS or bool(lack.words))


def _stands_in(claim: str, text: str) -> bool:
    """Whether the quotation holds the claim word for word; that needs no reading."""
    claimed, quoted = (" ".join(t[a:b].lower() for a, b in words(t)) for t in (claim, text))
    return bool(claimed) and f" {claimed} " in f" {quoted} "


def _label(support: Support, lack: Lack | None, *, verbatim: bool) -> Label:
    best = max(support.supports, support.contradicts, support.neither)
    if (verbatim or best == support.supports) and not forbids(lack):
        return Label.SUPPORTED
    if best == support.contradicts or (lack and lack.clash):
        return Label.CONTRADICTED
    return Label.NOT_IN_CORPUS


def _is_about(statement: Query, window: Window, coverage: float, *, named: bool) -> bool:
    """Whether a window speaks of a statement's subject: by its first name, else by its words.

    `named` says that what stands above a labelled line names it.
    """
    if named or (statement.names and names_are_there(statement, window, first=True)):
        return coverage >= SAME_NAME
    return coverage >= SAME_SUBJECT


def names_are_there(statement: Query, window: Window, *, first: bool = False) -> bool:
    """Whether every name of the statement, or the first, stands in the sentence or around it."""
    around = keys(f"{window.sentence.text} {surroundings(window)}")
    names = statement.names[:1] if first else statement.names
    return all(holds(around, t) for name in names for t in name)


@cache
def load_verifier() -> Verifier:
    """The verifier that ships with Onrecord."""
    stored = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["claims"]
    return Verifier(
        supports_model(),
        stored["supported_from"],
        stored["contradicted_from"],
        stored["vouched_from"],
    )
