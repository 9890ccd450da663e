"""Quotation integrity: a sentence that leans on the one before it is only quoted with it.

"He added that …" says nothing by itself; the sentences before it are quoted too, and where they
are missing or may not be quoted, neither may the one that leans on them. What the next sentence
takes back, or a later message of a chat, is only quoted with it.
"""

from __future__ import annotations

import re

from retrieval.answer.orders import addresses_a_machine
from retrieval.index.reader import Snapshot
from retrieval.model import BlockKind, Passage, Sentence
from retrieval.text.withdrawal import is_message, overtakes, withdraws

MOST_LATER = 3
"""Passages of a chat behind a message in which it is looked for what overtakes it."""
MOST_CONTEXT = 2
"""Sentences that may be quoted before the one that leans on them."""

_LEANING = re.compile(
    r"^[\"“'(\[]*(?:(?:However|But|And|Also|Moreover|Thus|Therefore|Then|Instead|Still|Later|Yet"
    r"|In addition|As a result|Meanwhile|Nevertheless|Furthermore|Similarly|Afterwards?),? )?"
    r"(?:he|she|it|they|his|her|its|their|this|these|those|that|such|both|the (?:latter|former"
    r"|two|three|same)|others?)\b(?! is (?:possible|important|necessary|raining|true|said))",
    re.IGNORECASE,
)
_OWN_SUBJECT = re.compile(
    r"^[\"“'(\[]*(?:IT\b|[Tt]h(?:is|ese) (?:[\w-]+ ){0,2}?(?:agreements?|appendix|articles?|books?"
    r"|chapters?|charter|contracts?|documents?|files?|guidelines?|guides?|handbook|instructions?"
    r"|manual|notes?|notice|pages?|policy|policies|procedures?|reports?|rules?|sections?"
    r"|statements?|tables?|terms|texts?|websites?)\b)"
)
"""Openings that only seem to lean: the IT department, a document that names itself."""
_LATE_SPEAKER = re.compile(
    r"[,”\"] (?:he|she|they|it) (?:said|says|added|told|wrote|explained|noted|stated|argued)\b"
)


def leans(sentence: Sentence) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    if sentence.kind is not BlockKind.PROSE:
        return False
    if _OWN_SUBJECT.match(sentence.text):
        return False
    return bool(_LEANING.search(sentence.text) or _LATE_SPEAKER.search(sentence.text))


def before(passage: Passage, position: int) -> Sentence | None:
    """The sentence that a reader has in mind at this one: the one before, for a row the first."""
    if passage.sentences[position].kind is BlockKind.ROW:
        return table_head(passage, position)
    return passage.sentences[position - 1] if position else None


def table_head(passage: Passage, position: int) -> Sentence | None:
    """The first row of the table that a row stands in, which mostly names the columns."""
    first = position
    while first and passage.sentences[first - 1].kind is BlockKind.ROW:
        first -= 1
    return passage.sentences[first] if first < position else None


def with_context(
    snapshot: Snapshot, passage_id: int, passage: Passage, position: int
) -> list[tuple[Passage, Sentence]] | None:
    """The sentence after those it leans on, in document order; a row after the head of its table.

    None if it leans on a sentence that is not there or may not be quoted.
    """
    found = [(passage, passage.sentences[position])]
    head = table_head(passage, position)
    if passage.sentences[position].kind is BlockKind.ROW and head:
        return None if addresses_a_machine(head.text) else [(passage, head), *found]
    while leans(found[0][1]):
        if len(found) > MOST_CONTEXT:
            break
        before = _before(snapshot, passage_id, *found[0])
        if before is None or addresses_a_machine(before[1].text):
            return None
        found.insert(0, before)
    withdrawal = _withdrawal(snapshot, passage_id, passage, position)
    return [*found, withdrawal] if withdrawal else found


def _withdrawal(
    snapshot: Snapshot, passage_id: int, passage: Passage, position: int
) -> tuple[Passage, Sentence] | None:
    """The next sentence, or the one after it, if it takes back what was said; of a chat the last
    message that says of the same that it has changed."""
    said = passage.sentences[position].text
    if is_message(said):
        overtaking = [
            (later, s)
            for later, s in _messages_behind(snapshot, passage_id, passage, position)
            if overtakes(s.text, said)
        ]
        if overtaking:
            return overtaking[-1]
    behind = [(passage, s) for s in passage.sentences[position + 1 : position + 3]]
    if len(behind) < 2:
        behind += [
            (later, s)
            for later in snapshot.neighbours(passage_id, 0, 1)
            if later.ordinal == passage.ordinal + 1 and later.heading == passage.heading
            for s in later.sentences[: 2 - len(behind)]
        ]
    return next((place for place in behind if withdraws(place[1].text)), None)


def _messages_behind(
    snapshot: Snapshot, passage_id: int, passage: Passage, position: int
) -> list[tuple[Passage, Sentence]]:
    behind = [(passage, s) for s in passage.sentences[position + 1 :]]
    for later in snapshot.neighbours(passage_id, 0, MOST_LATER):
        if later.ordinal > passage.ordinal:
            behind += [(later, s) for s in later.sentences]
    return [(place, s) for place, s in behind if is_message(s.text)]


def _before(
    snapshot: Snapshot, passage_id: int, passage: Passage, sentence: Sentence
) -> tuple[Passage, Sentence] | None:
    position = passage.sentences.index(sentence)
    if position:
        return passage, passage.sentences[position - 1]
    for earlier in snapshot.neighbours(passage_id, MOST_CONTEXT, 0):
        if earlier.ordinal == passage.ordinal - 1 and earlier.heading == passage.heading:
            return earlier, earlier.sentences[-1]
    return None
