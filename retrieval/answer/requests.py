"""Requests: messages that ask for nothing that documents could answer.

People thank the bot, greet it and give it orders. The judge reads these as questions, and a
sentence that shares a word with them may look like an answer.
"""

from __future__ import annotations

import re

from retrieval.answer.orders import addresses_a_machine
from retrieval.text.framing import QUESTION_WORD
from retrieval.text.verbs import is_base

_COURTESY = re.compile(
    r"\W*(?:(?:thanks?(?: you)?|thx|ty|cheers|ok(?:ay)?|great|cool|nice|perfect|awesome|hello|hi"
    r"|hey|good (?:morning|afternoon|evening|night)|bye|lol|got it|well done|sorry|please"
    r"|so much|very much|a lot|again|everyone|everybody|all|team|bot|onrecord|for (?:the|your) "
    r"(?:help|answer)|that helps?|that helped)\b\W*)+",
    re.IGNORECASE,
)
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
    if _COURTESY.fullmatch(text):
        return True
    return addresses_a_machine(text) and not _QUESTION.search(text)


def is_request(text: str) -> bool:
    """Whether a message may want something done: it begins with a verb and asks no question."""
    first = next(iter(re.findall(r"[a-z]+", text.lower())), "")
    return is_base(first) and first not in _FOR_DOCUMENTS and not _QUESTION.search(text)
