"""Whether answers and verdicts keep who said it: by halves of a set, then by stance.

A claim that drops a plain "said" is a group of its own. It may be called supported when the
verdict names the speaker; `rejected` counts without that group, `wide` counts with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals import metrics
from evals.attributed import Attributed, Form, Half, Reported, Stance, names_one
from evals.measures.measure import Measure, Section
from evals.metrics import Figure
from evals.outcomes import Asked
from evals.sets import SetDocument
from retrieval.model import Answer, Label, Verdict

_SECTIONS = {Half.TUNE: Section.ATTRIBUTION_TUNE, Half.REPORT: Section.ATTRIBUTION_REPORT}
_ALL = frozenset(Stance)
_FIRMER = _ALL - {Stance.SAYS}
_SPOKEN = tuple(stance for stance in Stance if stance is not Stance.AUTHOR)

_Spoken = Mapping[str, Sequence[Reported]]
"""Reported sentences by the file name of their document."""


def measure_attribution(
    asked: Sequence[Asked], documents: Iterable[SetDocument], beside: Sequence[Asked] = ()
) -> Iterator[Measure]:
    """Measure each half; `beside` are the verdicts of plain entailment on the same claims."""
    spoken = {document.file_name: document.reported for document in documents}
    for half, section in _SECTIONS.items():
        own = [one for one in asked if _is_in(half, one)]
        other = [one for one in beside if _is_in(half, one)]
        yield from _answers(half, section, own, spoken)
        for line in _LINES:
            figure = line.figure(own)
            if figure:
                key = f"{half}_{line.key}"
                always, never = (0.0, 1.0) if line.hit is is_supported else (1.0, 0.0)
                yield Measure(section, key, line.label, figure, always, never, line.figure(other))


def is_supported(asked: Asked) -> bool:
    """Whether a claim was called supported."""
    return isinstance(asked.result, Verdict) and asked.result.label is Label.SUPPORTED


def is_rejected(asked: Asked) -> bool:
    """Whether a claim was not called supported."""
    return not is_supported(asked)


def is_rejected_or_named(asked: Asked) -> bool:
    """Whether a claim that drops a plain "said" was rejected, or supported as said by whom."""
    item, result = asked.question.attributed, asked.result
    if is_rejected(asked):
        return True
    if item is None or item.stance is not Stance.SAYS or not isinstance(result, Verdict):
        return False
    return names_one(item.speakers, result.message)


def keeps_speakers(answer: Answer, spoken: _Spoken) -> bool | None:
    """Whether an answer posts every reported sentence with speaker and cue; None without one."""
    kept = [
        sentence.is_kept_in(_posted(answer, citation.source))
        for citation in answer.citations
        for sentence in spoken.get(citation.source, ())
        if sentence.is_in(citation.quote)
    ]
    return all(kept) if kept else None


def _posted(answer: Answer, source: str) -> str:
    """What an answer posts from one document, with the frames around it."""
    return " ".join(
        sentence.text
        for sentence in answer.sentences
        if any(answer.citations[number - 1].source == source for number in sentence.citations)
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A share of claims: which of them, and what counts as a hit."""

    key: str
    label: str
    forms: Collection[Form]
    stances: Collection[Stance]
    hit: Callable[[Asked], bool]
    only_paraphrased: bool = False

    def figure(self, asked: Iterable[Asked]) -> Figure | None:
        """The share, None where the line has no claims."""
        hits = [self.hit(one) for one in asked if self._counts(one.question.attributed)]
        return metrics.share(hits) if hits else None

    def _counts(self, item: Attributed | None) -> bool:
        if item is None or (self.only_paraphrased and not item.paraphrased):
            return False
        return item.form in self.forms and item.stance in self.stances


_HITS = {Form.KEPT: is_supported, Form.FLATTENED: is_rejected, Form.SWAPPED: is_rejected}


def _done(form: Form) -> str:
    return "supported" if _HITS[form] is is_supported else "rejected"


def _paraphrased() -> Iterator[_Line]:
    """The claims in other words than the document's, which plain overlap does not find."""
    for form, hit in _HITS.items():
        stances = _FIRMER if form is Form.FLATTENED else _ALL
        label = f"{form}, paraphrased: {_done(form)}"
        yield _Line(f"{form}_paraphrased", label, {form}, stances, hit, only_paraphrased=True)


def _by_stance() -> Iterator[_Line]:
    for form, hit in _HITS.items():
        for stance in _SPOKEN:
            label = f"{form}, {stance}: {_done(form)}"
            yield _Line(f"{form}_{stance}", label, {form}, {stance}, hit)


_LINES = (
    _Line("kept_supported", "kept: supported", {Form.KEPT}, _ALL, is_supported),
    _Line("plain_supported", "plain: supported", {Form.PLAIN}, _ALL, is_supported),
    _Line("false_rejections", "false rejections", {Form.KEPT, Form.PLAIN}, _ALL, is_rejected),
    _Line("flattened_rejected", "flattened: rejected", {Form.FLATTENED}, _FIRMER, is_rejected),
    _Line(
        "flattened_wide",
        "flattened and said: or named",
        {Form.FLATTENED},
        _ALL,
        is_rejected_or_named,
    ),
    _Line(
        "said_named",
        "said: rejected or named",
        {Form.FLATTENED},
        {Stance.SAYS},
        is_rejected_or_named,
    ),
    _Line("swapped_rejected", "swapped: rejected", {Form.SWAPPED}, _ALL, is_rejected),
    *_paraphrased(),
    *_by_stance(),
)


def _answers(
    half: Half, section: Section, asked: Sequence[Asked], spoken: _Spoken
) -> Iterator[Measure]:
    """Answers that quote reported speech, alone and together with the claims that keep it."""
    answers = [one.result for one in asked if isinstance(one.result, Answer)]
    kept = [found for one in answers if (found := keeps_speakers(one, spoken)) is not None]
    claims = [is_supported(one) for one in asked if _form(one) is Form.KEPT]
    if claims or kept:
        label = "attribution kept"
        yield Measure(section, f"{half}_attribution_kept", label, metrics.share(claims + kept))
    if kept:
        label = "answers keeping the speaker"
        yield Measure(section, f"{half}_answers_keep", label, metrics.share(kept))


def _is_in(half: Half, asked: Asked) -> bool:
    return asked.question.half is half and asked.question.attributed is not None


def _form(asked: Asked) -> Form | None:
    return asked.question.attributed.form if asked.question.attributed else None
