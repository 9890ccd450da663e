"""Binding: what belongs together in the quotation is not put together otherwise.

A sentence whose words all stand in the quotation may still be none of its statements: the subject
of one clause with the verb of another, a thing with the predicate of its part.
"""

from __future__ import annotations

import re

from retrieval.answer.writing.stretches import COUNTED, DATED, NAMED, Value, stretches_of, values_of
from retrieval.text.pairing import Token, paired

_OWNER = re.compile(r"(?:['’]s|s['’])$")
_ITEM = r"[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*)*"
_LIST = re.compile(rf"{_ITEM}(?:, {_ITEM})*,? (?:and|or|&) {_ITEM}")
"""Names with an "and" before the last: "Ada Holm, Ben Ruiz and Carol Stone"."""
_SPACE = re.compile(r"['’]?[ ]")
_OF = re.compile(r"\b(?:of|by|for|in|at|to|from|with) (?:the |a |an )?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[-–/]\d+)+")


def crossed(text: str, quoted: str) -> str | None:
    """A value of one stretch of the quotation beside words of another that has its own."""
    pair = paired(text, quoted)
    stretches, values = stretches_of(quoted), values_of(quoted)
    used = set(pair.back)
    plain = used - {at for value in values for at in value.places}
    taken = {stretches[at] for at in plain}
    for kind in (NAMED, COUNTED, DATED):
        alike = [value for value in values if value.kind == kind]
        mine = [value for value in alike if not used.isdisjoint(value.places)]
        for stretch in taken:
            own = [value for value in alike if value.stretch == stretch]
            if not own or any(value in mine for value in own) or not mine:
                continue
            words = [at for at in plain if stretches[at] == stretch]
            listed = any(_are_listed(quoted, one, other) for one in mine for other in own)
            if 2 * len(words) > len(plain) and not listed:
                theirs = " ".join(pair.quotation[at].word for at in sorted(own[0].places))
                return f"another {kind} in the place of {theirs!r}"
    return None


def _are_listed(quoted: str, one: Value, other: Value) -> bool:
    """Whether two names are items of one list: what is said of all is said of each."""
    start, end = sorted((one, other), key=lambda value: value.start)
    for match in _LIST.finditer(quoted):
        if match.start() <= start.start and end.end <= match.end():
            return True
    return False


def beheaded(text: str, quoted: str) -> str | None:
    """A word whose head the sentence leaves out: "the film" for "the film's budget"."""
    pair = paired(text, quoted)
    for at, there in pair.links.items():
        own, theirs = pair.claim[at], pair.quotation[there]
        if _OWNER.search(theirs.word) and not _OWNER.search(own.word):
            head = there + 1
            is_head = head < len(pair.quotation) and _SPACE.fullmatch(
                quoted[theirs.end : pair.quotation[head].start]
            )
            if is_head and head not in pair.back and not _belongs(text, own):
                return f"{own.word!r} for {quoted[theirs.start : pair.quotation[head].end]!r}"
    return None


def _belongs(text: str, token: Token) -> bool:
    """Whether a word of the sentence belongs to another one itself: "the budget of the film"."""
    return _OF.search(text[: token.start]) is not None


def joined(text: str, quoted: str) -> str | None:
    """A row of figures ("2006-07", "3-1") that does not stand so in the quotation."""
    stated = {_dashed(found) for found in _DIGITS.findall(quoted)}
    for found in _DIGITS.findall(text):
        if _dashed(found) not in stated:
            return f"the figures {found!r}"
    return None


def _dashed(figures: str) -> str:
    return figures.replace("–", "-")
