"""Posting: what becomes of sentences that go through the writer as a chat model's reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from evals.lying.liar import LyingChatModel
from evals.lying.lies import Lie
from evals.lying.material import numbered
from evals.lying.paraphrases import Paraphrase
from retrieval.answer.writing.asking import Asker
from retrieval.answer.writing.checks import Checker
from retrieval.answer.writing.writer import Writer, Written
from retrieval.model import SentenceRole


@dataclass(slots=True)
class Tally:
    """How many sentences of one kind were written and posted, and what stopped the rest."""

    total: int = 0
    posted: int = 0
    gates: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)
    """Of lies those that were posted, of paraphrases those that were not."""


def post_lies(checker: Checker, lies: Iterable[Lie]) -> dict[str, Tally]:
    """Let the liar say each lie; a lie is posted if any written sentence is not a quotation."""
    tallies: dict[str, Tally] = {}
    for lie in lies:
        written = say(checker, lie.text, lie.numbers, lie.quotations)
        tally = tallies.setdefault(lie.kind, Tally())
        tally.total += 1
        posted = [text for text, quoted in written_sentences(written) if text != quoted]
        if posted or _misquoted(written, lie):
            tally.posted += 1
            tally.shown.append(f"{lie.text} <- {' | '.join(lie.quotations)} {lie.numbers}")
        tally.gates.update(one.gate or "passed" for one in written.trace.sentences)
    return tallies


def _misquoted(written: Written, lie: Lie) -> bool:
    """Whether a wrong number was posted: the sentence beside a quotation that is another one."""
    return lie.kind == "wrong number" and any(
        text == quoted for text, quoted in written_sentences(written)
    )


def post_paraphrases(checker: Checker, paraphrases: Iterable[Paraphrase]) -> dict[str, Tally]:
    """Let the model say each true paraphrase; it should be posted as it is."""
    tallies: dict[str, Tally] = {}
    for one in paraphrases:
        written = say(checker, one.text, (one.number,), one.quotations)
        tally = tallies.setdefault(one.kind, Tally())
        tally.total += 1
        failed = [handled for handled in written.trace.sentences if handled.gate]
        if failed:
            tally.gates[failed[0].gate or ""] += 1
            quoted = one.quotations[one.number - 1]
            tally.shown.append(f"{failed[0].gate}: {failed[0].reason} | {one.text} <- {quoted}")
        else:
            tally.posted += 1
    return tallies


def say(
    checker: Checker, text: str, numbers: tuple[int, ...], quotations: tuple[str, ...]
) -> Written:
    """One sentence through the whole of the writer, over its quotations."""
    model = LyingChatModel(script={"?": [(text, numbers)]})
    return Writer("lying", Asker(model, timeout_s=30), checker).compose("?", numbered(quotations))


def written_sentences(written: Written) -> Iterator[tuple[str, str]]:
    """Each written sentence that is posted, with the quotation that it rests on."""
    for sentence in written.sentences:
        if sentence.kind is SentenceRole.WRITTEN:
            quoted = " ".join(written.citations[n - 1].quote for n in sentence.citations)
            yield sentence.text, quoted
