"""Claims: supported, contradicted or not in the corpus, each with its quotations.

A text of several sentences is checked sentence by sentence: it is supported if all of it is, and
contradicted if any of it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.comparison import Comparison
from retrieval.answer.compose import Placed, pointers, quotable, quote
from retrieval.answer.evidence import Window, gather
from retrieval.answer.integrity import leans
from retrieval.answer.question import Query, analyse
from retrieval.answer.refusals import BY_WORDS_ONLY
from retrieval.answer.search import search_query
from retrieval.answer.verify import Verifier, Weighed, load_verifier, names_are_there
from retrieval.index.reader import Snapshot
from retrieval.ingest.sentences import split_sentences
from retrieval.model import BlockKind, Label, Verdict
from retrieval.text.aliases import alias_key
from retrieval.text.attribution import attribution, layers
from retrieval.text.terms import terms
from retrieval.text.withdrawal import withdraws

CANDIDATES = 30
LONGEST_CLAIM = 1_000
"""Characters of a claim; what would have to be left out could be what is wrong with it."""

_MESSAGES = {
    Label.SUPPORTED: "Supported. The documents say:",
    Label.CONTRADICTED: "Contradicted. The documents say:",
    Label.NOT_IN_CORPUS: "Not in the documents: none of them says this, or denies it.",
}
_AS_SAID = "Supported, as said by {speaker}. The documents say:"
_AS_REPORTED = "Supported, as something that is reported. The documents say:"
_EMPTY = (
    "Not checked: the claim names nothing to look for. State it in a full sentence, with the "
    "names, dates or things it is about."
)
_TOO_LONG = f"Not checked: the claim has over {LONGEST_CLAIM:,} characters. Check it in parts."


@dataclass(frozen=True, slots=True)
class _Found:
    """What the corpus says of one sentence of a claim."""

    label: Label
    places: list[Placed]
    nearest: list[Window]
    speaker: str | None = None


def check(snapshot: Snapshot, claim: str, verifier: Verifier) -> Verdict:
    """Say what the corpus says of a claim. What cannot be compared is not in the corpus."""
    if len(claim) > LONGEST_CLAIM:
        return unchecked(claim, _TOO_LONG, snapshot)
    if not analyse(claim).terms:
        return unchecked(claim, _EMPTY, snapshot)
    found = [_of_sentence(snapshot, s, about, verifier) for s, about in _sentences(claim)]
    label = _whole([one.label for one in found])
    shown = [one for one in found if one.label is label]
    places = [place for one in shown for place in one.places]
    _, citations = quote(snapshot, list(dict.fromkeys(places)))
    message = _message(label, [one.speaker for one in shown if one.speaker is not None])
    if label is Label.NOT_IN_CORPUS and snapshot.by_words_only:
        message += f" {BY_WORDS_ONLY}"
    return Verdict(
        claim=claim,
        label=label,
        message=message,
        generation=snapshot.generation,
        citations=citations,
        nearest=pointers(snapshot, [w for one in found for w in one.nearest], citations),
    )


def unchecked(claim: str, message: str, snapshot: Snapshot | None = None) -> Verdict:
    """The verdict on a claim that was not checked: the message says so, and why."""
    return Verdict(
        claim=claim,
        label=Label.NOT_IN_CORPUS,
        message=message,
        generation=snapshot.generation if snapshot else 0,
    )


def judge_pairs(pairs: Sequence[tuple[str, str]]) -> list[Label]:
    """The verdict on each pair of a quotation and a claim by itself, without a corpus."""
    return load_verifier().labels(pairs)


def _sentences(claim: str) -> list[tuple[str, str]]:
    """The sentences that state something, each with what it is about where it leans on others."""
    split = split_sentences(claim, 0, len(claim), BlockKind.PROSE)
    stated = [s for s in split if terms(s.text)]
    return [(s.text, stated[0].text if n and leans(s) else "") for n, s in enumerate(stated)] or [
        (claim, "")
    ]


def _of_sentence(snapshot: Snapshot, sentence: str, about: str, verifier: Verifier) -> _Found:
    statement = analyse(sentence)
    sought = analyse(f"{sentence} {about}") if about else statement
    candidates = gather(snapshot, statement, search_query(snapshot, sought, CANDIDATES))
    weighed = verifier.weigh(statement, candidates)
    spoken = bool(layers(sentence))
    supporting = _first(
        snapshot, supporting_windows(statement, weighed, verifier), standing=not spoken
    )
    denying = _first(snapshot, contradicting(statement, weighed, verifier))
    label = decide(supporting and supporting[0], denying and denying[0])
    if label is Label.SUPPORTED and supporting:
        best, places = supporting
        return _Found(label, places, candidates.windows, best.speaker)
    return _Found(label, denying[1] if denying else [], candidates.windows)


def decide(supporting: Weighed | None, denying: Weighed | None) -> Label:
    """The label, by the best window of either kind; the surer one wins, of equals the support."""
    if supporting and (not denying or supporting.supports >= denying.contradicts):
        return Label.SUPPORTED
    return Label.CONTRADICTED if denying else Label.NOT_IN_CORPUS


def supporting_windows(
    statement: Query, weighed: Sequence[Weighed], verifier: Verifier
) -> list[Weighed]:
    """The windows that carry the statement, best first."""
    carrying = [
        w
        for w in weighed
        if w.supports >= verifier.supported_bar(w) and names_are_there(statement, w.window)
    ]
    return sorted(carrying, key=lambda w: -w.comparison.coverage - w.supports)


def contradicting(
    statement: Query, weighed: Sequence[Weighed], verifier: Verifier
) -> list[Weighed]:
    """The windows that say something else, those that show it by their structure first."""
    clashing = [w for w in weighed if w.contradicts >= verifier.contradicted_from]
    return sorted(
        clashing,
        key=lambda w: (
            not w.comparison.mismatch,
            -w.contradicts - strength(statement, w.window, w.comparison),
        ),
    )


def strength(statement: Query, window: Window, comparison: Comparison) -> float:
    """How much of a statement a window is about; more where one whom it names is the speaker."""
    speaker = attribution(window.sentence.text)
    named = {t for name in statement.names for t in name}
    spoken_by = set(terms(speaker.source)) if speaker else set()
    return comparison.coverage + 0.25 * bool(_reach(spoken_by) & _reach(named))


def _reach(terms_: set[str]) -> set[str]:
    return terms_ | {key for t in terms_ if (key := alias_key(t))}


def _first(
    snapshot: Snapshot, weighed: Sequence[Weighed], *, standing: bool = False
) -> tuple[Weighed, list[Placed]] | None:
    """The first window that may be quoted, with the sentences that this takes.

    `standing` leaves out what the document takes back in the sentences behind it.
    """
    quoted = ((w, quotable(snapshot, w.window)) for w in weighed)
    return next(
        (
            (w, places)
            for w, places in quoted
            if places and not (standing and _is_withdrawn(w.window, places))
        ),
        None,
    )


def _is_withdrawn(window: Window, places: Sequence[Placed]) -> bool:
    """Whether the last sentence to be quoted takes back what the window says."""
    last = places[-1][1]
    return last.start > window.sentence.start and withdraws(last.text)


def _whole(labels: Sequence[Label]) -> Label:
    """The verdict on a claim of several sentences."""
    if Label.CONTRADICTED in labels:
        return Label.CONTRADICTED
    return Label.NOT_IN_CORPUS if Label.NOT_IN_CORPUS in labels else Label.SUPPORTED


def _message(label: Label, speakers: Sequence[str]) -> str:
    """The frame; support by somebody's word names who that is."""
    if label is not Label.SUPPORTED or not speakers:
        return _MESSAGES[label]
    named = list(dict.fromkeys(s for s in speakers if s))
    return _AS_SAID.format(speaker=" and ".join(f"“{s}”" for s in named)) if named else _AS_REPORTED
