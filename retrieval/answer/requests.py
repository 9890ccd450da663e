"""Requests: messages that ask for nothing that documents could answer.

People thank the bot, greet it and give it orders. The judge reads these as questions, and a
sentence that shares a word with them may look like an answer.
"""

from __future__ import annotations

import re

from retrieval.answer.orders import addresses_a_machine
from retrieval.text.assertions import orders
from retrieval.text.courtesy import is_courtesy
from retrieval.text.framing import QUESTION_WORD, without_frame

_INSIDE = re.compile(
    r"^\W*(?:(?:please|now|just|bot|onrecord)\W+)*(?:print|show|reveal|output|display|repeat|dump"
    r"|leak|expose|send|tell|give|list|share|return|write)(?: me| us)?(?: all)?(?: of)?"
    r" your (?:own )?(?:\w+ )?(?:settings?|instructions?|prompts?|rules|guidelines"
    r"|config(?:uration)?|system|training|memory|context|tokens?|keys?|secrets?|passwords?|credentials|environment"
    r"|variables|source|code|logs?|index)\b",
    re.IGNORECASE,
)
"""Orders to show what is inside the bot, of which no document speaks."""
_QUESTION = re.compile(
    rf"\?|\b(?:{QUESTION_WORD}|whether\b)"
    r"|^\W*(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may"
    r"|might|must)\b",
    re.IGNORECASE,
)
_FOR_DOCUMENTS = frozenset(
    "tell show give list explain describe name find compare summarise summarize define".split()
)
"""Verbs with which people ask for what the documents say."""


def asks_nothing(text: str) -> bool:
    """Whether a message is a courtesy, or an order to a machine without a question."""
    if is_courtesy(text):
        return True
    return bool(addresses_a_machine(text) or _INSIDE.match(text)) and not _QUESTION.search(text)


def is_request(text: str) -> bool:
    """Whether a message may want something done: it begins with a verb and asks no question."""
    bare = without_frame(text)[0]
    first = next(iter(re.findall(r"[a-z]+", bare.lower())), "")
    return orders(bare) and first not in _FOR_DOCUMENTS and not _QUESTION.search(text)
