"""Lists: a question that may have several answers, and a list that is quoted as it stands."""

from __future__ import annotations

import re

from retrieval.answer.compose import Placed
from retrieval.answer.evidence import Window
from retrieval.answer.orders import addresses_a_machine
from retrieval.index.reader import Snapshot
from retrieval.model import BlockKind, Passage

MOST_ITEMS = 10
"""Items of a list that are quoted; of a longer one none is added, so that none is left out."""
_AUXILIARY = r"(?:is|was|has|do|does|did|will|would|can|could|should|must|its|this)\b"
_SEVERAL = re.compile(
    r"^\W*(?:(?:and|so) )?(?:"
    rf"(?:which|what) (?:(?!{_AUXILIARY})[\w-]+ )?(?!{_AUXILIARY})(?-i:[a-zà-ÿ]{{2,}})(?<![sui])s\b"
    r"(?! (?:is|was|has)\b)"
    r"|what (?:are|were) (?:(?:the|our|its|their|some|other) )?(?:[\w-]+ ){0,2}?"
    r"(?-i:[a-zà-ÿ]{2,})(?<![sui])s\b"
    r"|what else\b|(?:list|name|give) (?:the|all|every|some)\b"
    r"|who (?:all|else)\b|who (?:are|were)\b"
    r"|who(?: \w+)? (?:attended|attends?|took part|takes? part|participated?|joined|was present"
    r"|leads?|uses?|owns?|works?|needs?)\b"
    r"|what (?:do|does|did|will|must|should|can|has|have)\b.*\b(?:decided?|agreed?|included?"
    r"|contain|offer|cover|discuss(?:ed)?|bring|need|approved?)\b"
    r"|(?:where|when) (?:do|are|were) (?:the |our )?[^\W\d_]+s\b)",
    re.IGNORECASE,
)
"""Openings of questions that may have several answers: "Which teams …", "Who else …"."""


def asks_for_several(question: str) -> bool:
    """Whether a question may have several answers."""
    return _SEVERAL.match(question) is not None


def whole_list(snapshot: Snapshot, window: Window) -> list[Placed]:
    """The list that a sentence announces or stands in, with what announces it; else empty.

    Empty as well where the list is long, or goes on in another passage.
    """
    passage = window.passage
    first = window.position + 1 if announces(window.sentence.text) else window.position
    while _is_item(passage, first - 1) and _is_item(passage, first):
        first -= 1
    last = first
    while _is_item(passage, last):
        last += 1
    items = passage.sentences[first:last]
    if not 1 < len(items) <= MOST_ITEMS or any(addresses_a_machine(s.text) for s in items):
        return []
    if _goes_on(snapshot, window, first, last):
        return []
    announced = [s for s in passage.sentences[max(first - 1, 0) : first] if announces(s.text)]
    return [(passage, s) for s in (*announced, *items)]


def announces(text: str) -> bool:
    """Whether a sentence says nothing without what follows it."""
    return text.rstrip().endswith(":")


def _is_item(passage: Passage, position: int) -> bool:
    inside = 0 <= position < len(passage.sentences)
    return inside and passage.sentences[position].kind is BlockKind.ITEM


def _goes_on(snapshot: Snapshot, window: Window, first: int, last: int) -> bool:
    """Whether a list that fills its passage up to an end may go on in the next one."""
    passage = window.passage
    for other in snapshot.neighbours(window.passage_id, int(first == 0), 1):
        if other.heading != passage.heading:
            continue
        is_next = other.ordinal == passage.ordinal + 1 and last == len(passage.sentences)
        is_before = other.ordinal == passage.ordinal - 1 and first == 0
        if (is_next and _is_item(other, 0)) or (
            is_before and _is_item(other, len(other.sentences) - 1)
        ):
            return True
    return False
