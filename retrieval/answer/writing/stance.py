"""Stance: what is doubted, withdrawn, advised or only expected in the quotation stays so.

Beside the gate of speakers, which looks for who says what: here it is enough that a word of one
kind stands in the quoted sentence and none of that kind in the written one.
"""

from __future__ import annotations

import re

from retrieval.answer.writing.conditions import source_of
from retrieval.text.aliases import keys
from retrieval.text.attribution import layers
from retrieval.text.terms import terms

_KINDS: dict[str, re.Pattern[str]] = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, words in {
        "withdrawn": r"withdr[ae]w\w*|retract\w*|recant\w*|correct(?:s|ed|ing|ion|ions)"
        r"|t(?:ook|aken?) \w* ?back|revoke[sd]?|rescind\w*|annul\w*|a mistake|in error"
        r"|was wrong|were wrong",
        "unclear": r"unclear|uncertain|unknown|unproven|unconfirmed|undecided|whether|doubt\w*|not"
        r" clear|not (?:yet )?(?:known|certain|decided|confirmed)|remains? to be seen|rumou?r\w*",
        "advised": r"recommend\w*|advis\w+|suggest\w*|urg(?:e|es|ed|ing)|propos\w+|demand(?:s|ed)"
        r"|request(?:s|ed)|call(?:s|ed) (?:for|on)|plead\w*|pledg\w+|warn\w*",
        "expected": r"projected|projections?|(?<!the )(?<!a )(?<!this )(?<!its )projects?(?= \w)"
        r"|estimat\w+|forecast\w*|predict\w*|expect\w*|anticipat\w+|assum\w+|believ\w+|thinks?"
        r"|thought|hop(?:e|es|ed|ing)|fear(?:s|ed)|presum\w+|suspect\w*|suppos\w+",
        "disputed": r"alleg\w+|accus\w+|claims?(?= that)|claimed|denie[sd]|deny\w*|dispute[sd]?"
        r"|reject(?:s|ed)|dismiss(?:es|ed)(?= (?:the|this|that|as|by)\b)|refut\w+|contest(?:s|ed)",
    }.items()
}
_ASKED = re.compile(r"\?\s*[\"”’)]*\s*$")
_ASKS = re.compile(r"\b(?:ask\w*|question\w*|wonder\w*|inquir\w*|want\w* to know)\b", re.IGNORECASE)


def stance(text: str, quoted: str) -> str | None:
    """A word of doubt, withdrawal, advice or expectation that the sentence leaves out."""
    source = source_of(text, quoted)
    for kind, words in _KINDS.items():
        found = words.search(source)
        if found and not words.search(text):
            return f"what is {kind} ({found.group()!r}) is stated plainly"
    if _ASKED.search(source) and not _ASKS.search(text):
        return "a question is stated plainly"
    return None


def withdrawn(text: str, quoted: str) -> str | None:
    """A word of withdrawal or correction that the sentence leaves out."""
    found = _KINDS["withdrawn"].search(source_of(text, quoted))
    if found is None or _KINDS["withdrawn"].search(text):
        return None
    return f"what is withdrawn ({found.group()!r}) is stated plainly"


def speakers(text: str, quoted: str) -> str | None:
    """Fewer speakers, or in another order, where one passes on what another has said."""
    mine, theirs = layers(text), layers(source_of(text, quoted))
    if mine and len(mine) < len(theirs):
        return f"{theirs[len(mine)].source or theirs[len(mine)].cue!r} is left out"
    for own, other in zip(mine, theirs, strict=False):
        named, stated = set(terms(own.source)), set(terms(other.source))
        is_turned = " that " in other.source and terms(own.source) != terms(other.source)
        if is_turned or (named and stated and keys(own.source).isdisjoint(keys(other.source))):
            return f"{own.source!r} in the place of {other.source!r}"
    return None
