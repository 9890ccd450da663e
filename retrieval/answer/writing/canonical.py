"""Canonical: a sentence as the second judge reads it best, beside its quotation.

The judge was trained on ordinary pairs: it takes "six" for another number than "6" and "according
to" for another thing than "said". Gates have compared values and speakers by then, so that both
may be read in one form. Only what is judged is changed, never what is posted.
"""

from __future__ import annotations

import re

from retrieval.text.aliases import alias_key
from retrieval.text.dates import dates
from retrieval.text.pairing import tokens
from retrieval.text.terms import fold
from retrieval.text.values import numbers, same_value

_SAID = (
    r"(?:said|says|stated|states|wrote|writes|reported|reports|announced|noted|explained"
    r"|argues|argued|testified|told \w+)"
)
_ACCORDING_FIRST = re.compile(r"^According to (?P<who>[^,]{2,80}), (?P<what>.+?)\.?$", re.I)
_ACCORDING_LAST = re.compile(r"^(?P<what>.+), according to (?P<who>[^,]{2,80}?)\.?$", re.I)
_SAID_LAST = re.compile(rf"^(?P<what>.+), (?P<who>[^,]{{2,80}}?) {_SAID}(?P<when> on \w+)?\.?$")
_SAID_FIRST = re.compile(
    rf"^(?P<who>[^,]{{2,80}}?) {_SAID}(?P<when> on \w+)? (?:that )?(?P<what>.+?)\.?$"
)
_FRAMES = (_ACCORDING_FIRST, _ACCORDING_LAST, _SAID_LAST, _SAID_FIRST)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_CONTRACTED = re.compile(
    r"\b(is|are|was|were|did|does|do|has|have|had|would|could|should)n['’]t\b", re.IGNORECASE
)
_CONNECTING = re.compile(
    r"^(?:However|Moreover|Furthermore|Additionally|In addition|Thus|Therefore|Also|Then"
    r"|Nevertheless|Meanwhile|Consequently|As a result|And|But), |(?<=[a-z]),? (?:also|then|indeed"
    r"|however|therefore|moreover|furthermore)\b,?(?= [a-z])"
)
_ARTICLE = re.compile(r"^(?:The|A|An|It|He|She|They|This|These|In|On|At)\b")


def plain(text: str) -> str:
    """A sentence without separators in numbers, contractions and words that only connect."""
    shown = _THOUSANDS.sub("", _CONTRACTED.sub(r"\1 not", text))
    shown = _CONNECTING.sub("", shown)
    return shown[:1].upper() + shown[1:]


def framed(text: str) -> str:
    """A sentence by somebody's word in one form: "X said that …"."""
    for frame in _FRAMES:
        found = frame.match(text)
        if found:
            parts = found.groupdict()
            what = found["what"]
            what = what[:1].lower() + what[1:] if _ARTICLE.match(what) else what
            who = found["who"][:1].upper() + found["who"][1:]
            return f"{who} said{parts.get('when') or ''} that {what}."
    return text


def valued(text: str, quoted: str) -> str:
    """A sentence with each number and date as the quotation writes it, where they are equal."""
    changes: list[tuple[int, int, str]] = []
    stated = numbers(quoted)
    for one in numbers(text):
        same = [s for s in stated if same_value(s.value, one.value) and s.unit == one.unit]
        if same:
            changes.append((one.start, one.end, quoted[same[0].start : same[0].end].strip()))
    for date in dates(text):
        if not (date.year and date.month and date.day):
            continue
        for other in dates(quoted):
            if (date.year, date.month, date.day) == (other.year, other.month, other.day):
                changes.append((date.start, date.end, quoted[other.start : other.end]))
                break
    return _changed(text, [*changes, *_countries(text, quoted)])


def _countries(text: str, quoted: str) -> list[tuple[int, int, str]]:
    """The countries that the quotation calls by another name: "Turkey" and "Türkiye"."""
    stated = {key: t.word for t in tokens(quoted) if (key := alias_key(t.term))}
    return [
        (token.start, token.end, stated[key])
        for token in tokens(text)
        if (key := alias_key(token.term)) in stated and token.word not in quoted
    ]


def _changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(changes, reverse=True):
        old = text[start:end]
        if fold(old).strip() != fold(new):
            space = old[len(old.rstrip()) :]
            text = f"{text[:start]}{new}{space}{text[end:]}"
    return text
