"""Courtesies: what people write to be polite, which states nothing and asks for nothing."""

from __future__ import annotations

import re

GREETING = r"(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|night))"
THANKS = r"(?:thanks|thank you|thank|thx|ty|cheers)"
_APPROVING = (
    r"(?:ok(?:ay)?|great|good|cool|nice|perfect|awesome|amazing|excellent|well done|got it|i see"
    r"|good to know|lol)"
)
_PRAISE = (
    r"(?:(?:that|this|it)(?:['’]s| is| was| appears to be)?(?: very| so| really| quite)*"
    rf" (?:{_APPROVING}|helpful|helps?|helped|it)|that is it|that['’]s it)"
)
_COURTESY = re.compile(
    rf"\W*(?:(?:{GREETING}|{THANKS}|{_PRAISE}|{_APPROVING}|bye|sorry|please|you|so much|very much"
    r"|very|much|a lot|again|everyone|everybody|all|team|bot|onrecord"
    r"|for (?:the|your) (?:help|answer))\b\W*)+",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"{THANKS}\b(?! to\b)|{GREETING}\b|(?:bye|congrat\w*)\b|good luck\b"
    r"|happy (?:birthday|new year|\w+day)\b|(?:best|kind|warm) (?:regards|wishes)\b"
    r"|(?:well done|sorry|welcome)\W*$|(?:nice|great|good|awesome) (?:job|work|one|idea)\b",
    re.IGNORECASE,
)


def is_courtesy(text: str) -> bool:
    """Whether a whole message is nothing but courtesies.

    >>> is_courtesy("Thanks a lot, that helped!"), is_courtesy("good health insurance")
    (True, False)
    """
    return _COURTESY.fullmatch(text.strip()) is not None


def opens_with_courtesy(sentence: str) -> bool:
    """Whether a sentence is a greeting, a thanks or a wish, whatever follows."""
    return _OPENING.match(sentence) is not None
