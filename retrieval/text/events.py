"""Events: who asks what happened after "the strike at Ostra" presumes that there was one."""

from __future__ import annotations

import re

from retrieval.text.declarative import Statement
from retrieval.text.wording import AUXILIARIES, OPENING, PREPOSITIONS, Words

_EVENTS = frozenset(
    """strike fire storm flood earthquake explosion blast crash collision accident incident outage
    attack bombing riot protest demonstration war battle siege coup election referendum trial
    merger takeover acquisition shortage crisis drought famine epidemic outbreak breach leak
    scandal summit ceasefire truce raid invasion blackout spill evacuation recall shutdown lawsuit
    investigation inquiry audit fight shooting derailment landslide boycott lockout""".split()
)
_NUMBERS = frozenset("two three four five six seven eight nine ten".split())
_BEFORE = frozenset(
    "after before during about caused to behind of started triggered sparked".split()
)
_NO_MODIFIERS = re.compile(
    r"\b(?:first|second|third|last|next|latest|same|other|planned|proposed|alleged|possible|future"
    r"|upcoming|supposed|potential|\w+est)\b"
)
_LONGEST = 9
"""Words behind the event that may say which one it is."""


def presumed_event(words: Words) -> Statement | None:
    """ "There was a strike at Ostra", from a question about what the strike brought."""
    asks_now = words.at(1) in ("happens", "is", "are", "does", "do")
    for at in range(1, len(words) - 2):
        if words.at(at) in _BEFORE and words.at(at + 1) == "the":
            return _there_was(words.since(at + 2), asks_now)
    return None


def _there_was(words: Words, asks_now: bool) -> Statement | None:
    """The statement that there is what these words name."""
    if words.at(0) in _NUMBERS and words.at(1).endswith("s") and _is_place(words, 2):
        return Statement("there", "are" if asks_now else "were", words.text(0))
    head = next((at for at in range(min(4, len(words))) if words.at(at) in _EVENTS), None)
    if head is None or asks_now or not _is_place(words, head + 1):
        return None
    if _NO_MODIFIERS.search(" ".join(words.low[:head])):
        return None
    article = "an" if words.at(0)[0] in "aeiou" else "a"
    return Statement("there", "was", f"{article} {words.text(0)}")


def _is_place(words: Words, start: int) -> bool:
    """Whether what follows only says which event it is: nothing, or words with a preposition."""
    rest = words.low[start:]
    return not rest or (
        rest[0] in PREPOSITIONS
        and len(rest) <= _LONGEST
        and not any(word in AUXILIARIES or word in OPENING for word in rest)
    )
