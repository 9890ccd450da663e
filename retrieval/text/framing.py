"""Framing: what people put around a question, taken off: greetings, lead-ins, afterthoughts."""

from __future__ import annotations

import re

from retrieval.text.courtesy import GREETING, THANKS

QUESTION_WORD = r"(?:why|when|where|how|who|whom|what|which|whose)(?:['’]s)?\b"
_END = re.compile(rf"(?<=[?!])\s+|(?<=\w\w[.:;])\s+(?=(?:and |so |but )?{QUESTION_WORD})", re.I)
_LEAD_IN = re.compile(
    rf"(?:<@\w+>|(?:@\w+|{GREETING}|{THANKS}|please|so|and|but|ok|okay|well|also|then|hm+|sorry"
    r"|all|team|everyone|folks|again|just curious|quick question|question|fyi|btw|by the way)\b)"
    r"[\s,:!.>–—-]*",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"(?:(?:can|could|would|will) (?:you|anyone|anybody|somebody|someone) (?:please |maybe )?"
    r"(?:tell|show|explain|remind|say|clarify)(?: to)?(?: me| us)?|(?:do|does) (?:you|anyone"
    r"|anybody|somebody|someone|we) (?:happen to )?know|(?:please )?(?:tell|remind) (?:me|us)"
    r"|(?:please )?(?:explain|clarify)|i(?:['’]d| would) (?:like|love) to know|i wonder"
    r"|i(?:['’]m| am) wondering|i (?:want|need) to know|i (?:don['’]t|do not) (?:know|understand)"
    r"|any idea|any ideas|does the (?:\w+ ){1,3}say|do the (?:\w+ ){1,3}say)"
    rf",? (?=(?:exactly )?(?:in |on |at |by |to |from |since |for )?{QUESTION_WORD})",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r",? ?\b(?:according to|as per|as reported by|as stated in) (?:[^,?]+?,|[^,?]+$) ?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,? (?:please|exactly|then|in the first place|anyway|btw|by the way|thanks"
    r"|thank you|lol|then|do you know|or not)"
    rf"|,? (?:and|but|or) (?:for |in |at |by |to |from |on )?{QUESTION_WORD}.*"
    r"|,? (?:and|or) (?:is|are|was|were|did|does|do|has|have|will|can) .*"
    r"|[\s?!.…,;:\-–—]|\([^)]*\)|[\U0001F300-\U0001FAFF]|:\w+:)+$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The sentences of a message that can be questions of their own."""
    return _END.split(text)


def without_frame(asked: str) -> tuple[str, bool]:
    """A question without what is put around it, and whether it was indirect ("tell me why")."""
    text, is_indirect = asked, False
    while True:
        lead = _INDIRECT.match(text) or _LEAD_IN.match(text)
        if lead is None:
            break
        is_indirect = is_indirect or lead.re is _INDIRECT
        text = text[lead.end() :]
    text = _ACCORDING.sub(" ", text).strip()
    return _TAIL.sub("", text), is_indirect
