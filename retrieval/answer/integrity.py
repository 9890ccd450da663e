"""Quotation integrity: what a sentence needs beside it, and what may not be quoted as an answer.

A sentence that leans on the one before it ("He added that …") is only quoted together with it.
Text that addresses whoever reads it as a machine is data like all the rest, and never an answer.
"""

from __future__ import annotations

import re

from retrieval.index.reader import Snapshot
from retrieval.model import BlockKind, Passage, Sentence

MOST_CONTEXT = 2
"""Sentences that may be quoted before the one that leans on them."""

_LEANING = re.compile(
    r"^[\"“'(\[]*(?:(?:However|But|And|Also|Moreover|Thus|Therefore|Then|Instead|Still|Later|Yet"
    r"|In addition|As a result|Meanwhile|Nevertheless|Furthermore|Similarly|Afterwards?),? )?"
    r"(?:he|she|it|they|his|her|its|their|this|these|those|that|such|both|the (?:latter|former"
    r"|two|three|same)|others?)\b(?! is (?:possible|important|necessary|raining|true|said))",
    re.IGNORECASE,
)
_LATE_SPEAKER = re.compile(
    r"[,”\"] (?:he|she|they|it) (?:said|says|added|told|wrote|explained|noted|stated|argued)\b"
)
_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass) (?:(?:all|any|every|your|the|previous|prior"
    r"|above|earlier|these|those|my) )*"
    r"(?:instructions?|prompts?|rules?|context|guidelines|directions?|messages?)\b"
    r"|\b(?:you are|act as|pretend to be|you're) (?:now )?(?:an? |the )?(?:\w+ )?(?:assistant|ai"
    r"|bot|chatbot|language model|llm|system|dan)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|<\|?(?:system|im_start|assistant|user)\b"
    r"|^\s*(?:system|assistant|user) ?:|\[/?inst\]"
    r"|\b(?:dear|attention|note to|hey) (?:the )?(?:ai|assistant|bot|model|llm|onrecord)\b"
    r"|\b(?:reply|respond|answer|say|output|print|tell (?:the )?users?)"
    r" (?:only |always |exactly |with )*(?:with|that|the following|as follows)?:? ?[\"“'].{0,80}"
    r"|\b(?:when|if) (?:you are |anyone |someone |a user )?ask(?:s|ed)\b[^.]{0,60},? (?:say|reply"
    r"|answer|respond|tell|always)\b",
    re.IGNORECASE,
)


def addresses_a_machine(text: str) -> bool:
    """Whether a sentence gives orders to whoever answers from it."""
    return _ADDRESSED.search(text) is not None


def leans(sentence: Sentence) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    if sentence.kind is not BlockKind.PROSE:
        return False
    return bool(_LEANING.search(sentence.text) or _LATE_SPEAKER.search(sentence.text))


def with_context(
    snapshot: Snapshot, passage_id: int, passage: Passage, position: int
) -> list[tuple[Passage, Sentence]] | None:
    """The sentence after those it leans on, in document order.

    None if it leans on a sentence that is not there or may not be quoted.
    """
    found = [(passage, passage.sentences[position])]
    while leans(found[0][1]):
        if len(found) > MOST_CONTEXT:
            break
        before = _before(snapshot, passage_id, *found[0])
        if before is None or addresses_a_machine(before[1].text):
            return None
        found.insert(0, before)
    return found


def _before(
    snapshot: Snapshot, passage_id: int, passage: Passage, sentence: Sentence
) -> tuple[Passage, Sentence] | None:
    position = passage.sentences.index(sentence)
    if position:
        return passage, passage.sentences[position - 1]
    earlier = snapshot.neighbours(passage_id, 1, 0)
    if not earlier or earlier[0].heading != passage.heading or not earlier[0].sentences:
        return None
    if earlier[0].ordinal >= passage.ordinal:
        return None
    return earlier[0], earlier[0].sentences[-1]
