"""Conflicts: where documents give different figures or dates for what is asked, all are shown.

None is picked: which is right is for the reader, who sees each with its source and its date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.answer.compose import MOST_SENTENCES, Placed, quotable
from retrieval.answer.evidence import surroundings
from retrieval.answer.judge import Judged
from retrieval.answer.question import Expected, Query
from retrieval.index.reader import Snapshot
from retrieval.model import Answer, AnswerSentence, Citation, SentenceRole
from retrieval.text.dates import agrees, dates
from retrieval.text.terms import terms
from retrieval.text.values import numbers, same_value

DIFFER = "The sources differ:"
NEAR = 0.6
"""Share of the leader's probability from which another sentence answers as well."""
MOST_OTHERS = 2
LONGEST_TITLE = 80
_COMPARED = frozenset({Expected.NUMBER, Expected.DATE, Expected.CLOCK})


def differing(
    snapshot: Snapshot, query: Query, ranked: Sequence[Judged], leader: Judged
) -> list[list[Placed]]:
    """What each document says: the leader's first; none where no other says otherwise."""
    own = quotable(snapshot, leader.scored.window)
    room = MOST_SENTENCES - len(own)
    accounts = [own]
    told = {leader.scored.window.passage.source}
    shown = [leader]
    for judged in _answering(query, ranked, leader):
        source = judged.scored.window.passage.source
        if source in told or not all(_differ(query, judged, one) for one in shown):
            continue
        places = quotable(snapshot, judged.scored.window)
        if not places or len(places) > room or len(accounts) > MOST_OTHERS:
            continue
        accounts.append(places)
        shown.append(judged)
        told.add(source)
        room -= len(places)
    return accounts if len(accounts) > 1 else []


def side_by_side(
    sentences: Sequence[AnswerSentence], citations: Sequence[Citation]
) -> tuple[AnswerSentence, ...]:
    """Quotations in the order of their documents, each document behind a frame that names it."""
    everything = tuple(range(1, len(citations) + 1))
    framed = [AnswerSentence(DIFFER, SentenceRole.FRAME, everything)]
    before = None
    for sentence in sentences:
        citation = citations[sentence.citations[0] - 1]
        if citation.source != before:
            before = citation.source
            framed.append(AnswerSentence(_named(citation), SentenceRole.FRAME, sentence.citations))
        framed.append(sentence)
    return tuple(framed)


def is_shown_in(answer: Answer) -> bool:
    """Whether an answer shows what several sources say."""
    return answer.sentences[0].text == DIFFER


def _named(citation: Citation) -> str:
    title = " ".join(citation.title.split())
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    return f"In “{title}”{f' ({citation.date})' if citation.date else ''}:"


def _answering(query: Query, ranked: Sequence[Judged], leader: Judged) -> Iterator[Judged]:
    """Sentences of others that answer about the same subject, nearly as surely as the leader."""
    if query.expected not in _COMPARED:
        return
    subject = frozenset().union(*query.names)
    for judged in ranked:
        window = judged.scored.window
        around = terms(f"{window.sentence.text} {surroundings(window)}")
        is_near = judged.probability >= NEAR * leader.probability
        if judged is not leader and is_near and subject.issubset(around):
            yield judged


def _differ(query: Query, one: Judged, other: Judged) -> bool:
    """Whether two sentences give values of one kind, and none in common."""
    left, right = _span(one), _span(other)
    if query.expected is Expected.DATE:
        mine, theirs = dates(left), dates(right)
        verdicts = [agrees(a, b) for a in mine for b in theirs]
        return bool(verdicts) and all(verdict is False for verdict in verdicts)
    counted, against = numbers(left), numbers(right)
    pairs = [(a, b) for a in counted for b in against if a.unit == b.unit]
    return bool(pairs) and not any(same_value(a.value, b.value) for a, b in pairs)


def _span(judged: Judged) -> str:
    """The words that answer, as far as they were made out."""
    span, text = judged.reading.span, judged.scored.window.sentence.text
    return text[slice(*span)] if span else ""
