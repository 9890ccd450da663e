"""Writer: an answer in a chat model's words where they hold, in quotations where they do not.

Evidence is frozen before the model is asked; each of its sentences is posted only if one quotation
carries it. A sentence that fails becomes its quotation, if it was decided that this one answers,
or goes. Whatever goes wrong, the quotations stand.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer.compose import pointers
from retrieval.answer.gates import unmet
from retrieval.answer.judge import Judged
from retrieval.answer.question import Query
from retrieval.answer.writing.arranging import Kept, arrange, framed
from retrieval.answer.writing.asking import Asked, Asker
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.frozen import Quotation, freeze
from retrieval.answer.writing.reply import Drafted
from retrieval.answer.writing.trace import Fate, Handled, Outcome, Trace, Usage
from retrieval.index.reader import Snapshot
from retrieval.ingest.sentences import split_sentences
from retrieval.model import Answer, AnswerSentence, BlockKind, Citation

MOST_POSTED = 4

_FALLBACKS = {
    Outcome.TIMED_OUT: "The chat model did not answer in time, so the documents are quoted:",
    Outcome.PROVIDER_FAILED: "The chat model failed, so the documents are quoted:",
    Outcome.UNREADABLE: "The chat model gave no usable answer, so the documents are quoted:",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """What holds of what a model wrote; without sentences it is quoted, behind `frame` if any."""

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    trace: Trace
    frame: str | None = None


class Writer:
    """Writes answers with one chat model; safe to use from several threads."""

    def __init__(self, name: str, asker: Asker, checker: Checker) -> None:
        self._name = name
        self._asker = asker
        self._checker = checker

    def write(
        self, snapshot: Snapshot, query: Query, quoted: Answer, ranked: Sequence[Judged]
    ) -> tuple[Answer, Trace]:
        """The answer in the model's words where they hold, else the one that quotes.

        Raises `QuotationError` if a document no longer says what was found in it.
        """
        quotations = freeze(snapshot, quoted.citations, ranked)
        if not any(quotation.leads for quotation in quotations):
            return quoted, self._trace(quotations, Outcome.NO_EVIDENCE, _NOT_ASKED, ())
        written = self.compose(query.asked, quotations)
        if not written.sentences:
            return _behind(written.frame, quoted), written.trace
        texts = [sentence.text for sentence in written.sentences]
        leader = next(j for j in ranked if j.scored.window.sentence.text in quotations[0].text)
        if unmet(query, leader.scored.features, texts):
            return quoted, replace(written.trace, outcome=Outcome.NOTHING_HELD)
        windows = [judged.scored.window for judged in ranked]
        return replace(
            quoted,
            sentences=written.sentences,
            citations=written.citations,
            nearest=pointers(snapshot, windows, written.citations),
        ), written.trace

    def compose(self, question: str, quotations: Sequence[Quotation]) -> Written:
        """Ask the model about frozen quotations and keep what holds of what it writes."""
        asked = self._asker.ask(question, quotations)
        if not asked.sentences:
            return self._without(quotations, asked.outcome, asked)
        kept, handled = self._keep(_single(asked.sentences), quotations)
        if not any(one.text is not None for one in kept) or not _leads(kept):
            return self._without(quotations, Outcome.NOTHING_HELD, asked, handled)
        sentences, citations = arrange(kept)
        return Written(sentences, citations, self._trace(quotations, asked.outcome, asked, handled))

    def _keep(
        self, drafted: Sequence[Drafted], quotations: Sequence[Quotation]
    ) -> tuple[list[Kept], list[Handled]]:
        """What is posted of the sentences, and what became of each of them."""
        known = {quotation.number: quotation for quotation in quotations}
        kept: list[Kept] = []
        handled: list[Handled] = []
        for draft in drafted:
            found = self._checker.check(draft.text, draft.numbers, quotations)
            is_full = len(kept) >= MOST_POSTED
            if isinstance(found, int):
                fate = Fate.DROPPED if is_full else Fate.POSTED
                if not is_full:
                    kept.append(Kept(known[found], draft.text))
                handled.append(Handled(draft.text, draft.numbers, fate))
                continue
            instead = [known[n] for n in dict.fromkeys(draft.numbers) if n in known]
            instead = [one for one in instead if one.leads and not is_full]
            kept.extend(Kept(one) for one in instead)
            fate = Fate.REPLACED if instead else Fate.DROPPED
            handled.append(Handled(draft.text, draft.numbers, fate, found.gate, found.reason))
        return kept, handled

    def _without(
        self,
        quotations: Sequence[Quotation],
        outcome: Outcome,
        asked: Asked,
        handled: Sequence[Handled] = (),
    ) -> Written:
        """No written answer: the caller quotes."""
        if asked.problem:
            logger.warning("not_written outcome=%s error=%s", outcome, _kind(asked.problem))
        trace = self._trace(quotations, outcome, asked, handled)
        return Written((), (), trace, _FALLBACKS.get(outcome))

    def _trace(
        self,
        quotations: Sequence[Quotation],
        outcome: Outcome,
        asked: Asked,
        handled: Sequence[Handled],
    ) -> Trace:
        return Trace(
            model=self._name,
            outcome=outcome,
            prompts=asked.prompts,
            quotations=tuple(quotation.text for quotation in quotations),
            sentences=tuple(handled),
            usage=asked.usage,
            problem=asked.problem,
        )


_NOT_ASKED = Asked((), Outcome.NO_EVIDENCE, Usage(), ())


def _behind(frame: str | None, quoted: Answer) -> Answer:
    """The answer that quotes, behind a sentence that says why it does, if there is one."""
    if frame is None:
        return quoted
    return replace(quoted, sentences=framed(frame, quoted.sentences, quoted.citations))


def _leads(kept: Sequence[Kept]) -> bool:
    """Whether something rests on a quotation on which it was decided to answer."""
    return any(one.quotation.leads for one in kept)


def _kind(problem: str) -> str:
    """The name of an error; what a model wrote is not for the log."""
    return problem if problem.isidentifier() else "UnreadableReplyError"


def _single(drafted: Sequence[Drafted]) -> list[Drafted]:
    """The sentences one by one: a model may put two into one, with numbers for both."""
    return [
        replace(draft, text=_ended(part.text))
        for draft in drafted
        for part in split_sentences(draft.text, 0, len(draft.text), BlockKind.PROSE)
    ]


def _ended(text: str) -> str:
    """A sentence with a full stop, which some models leave out."""
    plain = text.strip()
    return plain if plain.endswith((".", "!", "?", "”", '"', "…", ":")) else f"{plain}."
