"""True copies of sentences: the sentence itself and light rewrites that say the same or less."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from evals.changed import Copy
from evals.value_edits import MONTHS

_MONTH = "|".join(MONTHS)
_THOUSANDS = re.compile(r"(?<![\w.,$€£-])\d{1,3}(?:,\d{3})+(?![\d.,-])")
_PLAIN = re.compile(r"(?<![\w.,$€£-])(?P<n>\d{5,7})(?![\w.,/:-])")
_MILLIONS = re.compile(r"(?<![\w.,$€£-])(?P<n>\d{1,3}(?:\.\d)?) million\b")
_AMERICAN = re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}}) ?, (?P<y>\d{{4}})\b")
_BRITISH = re.compile(rf"\b(?P<d>\d{{1,2}}) (?P<m>{_MONTH}) (?P<y>\d{{4}})\b")
_PERCENT = re.compile(r"(?<=\d)(?:%| percent\b| per cent\b)")
_SPELLED = dict(
    zip("two three four five six seven eight nine ten".split(), "23456789", strict=False)
)
_COUNTED = re.compile(rf"(?<![-\w])(?P<n>{'|'.join(_SPELLED)})(?= [a-z]{{3,}}s\b)")
_CONTRACTED = re.compile(
    r"\b(?P<aux>is|are|was|were|did|does|do|has|have|had|would|could|should)n['’]t\b"
)
_EXPANDED = re.compile(
    r"\b(?P<aux>is|are|was|were|did|does|has|had|would|could|should) not\b(?! only)"
)
_SHORT = {"kilometres": "km", "kilometers": "km", "kilograms": "kg", "metres": "meters"}
_UNIT = re.compile(rf"(?<=\d )(?P<u>{'|'.join(_SHORT)})\b")
_BRACKETS = re.compile(r" \((?![^()]*\b(?:not|except|only|if|unless)\b)[^()]{3,60}\)(?=[ .,])")
_RELATIVE = re.compile(
    r"(?<=[a-z]), (?:which|who|where) (?:is|was|are|were|has|had) [^,.;()\"“”]{3,60},(?= [a-z])"
)
_OPENING = re.compile(r"^(?:In|On|At|During) [^,.;()\"“”]{3,40}, (?=(?:the|a|an|he|she|it|they) )")
_ACCORDING = re.compile(r"^According to (?P<who>[^,.;\"“”]{3,50}), (?P<what>[^\"“”]+)\.$")
_SAID = re.compile(
    r"^(?P<who>(?!Mr\.|Mrs\.|Dr\.|Ms\.)[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})"
    r" (?P<v>said|says) that (?P<what>[^\"“”]+)\.$"
)
_ENDING = re.compile(
    r"^(?P<what>[^\"“”]+), (?P<v>said) (?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)\.$"
)

Rewrite = Callable[[str], str]


def _first(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Rewrite:
    return lambda text: pattern.sub(new, text, count=1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """A clause as it goes on behind others; a name keeps its capital."""
    common = re.match(r"(?:The|A|An|He|She|It|They|There|This|These|In|His|Her)\b", text)
    return text[:1].lower() + text[1:] if common else text


def _written_out(match: re.Match[str]) -> str:
    return f"{round(float(match['n']) * 1_000_000):,}"


def _percent(match: re.Match[str]) -> str:
    return " percent" if match.group() == "%" else "%"


def _opening(text: str) -> str:
    return _capital(text[match.end() :]) if (match := _OPENING.match(text)) else text


REWRITES: dict[str, Rewrite] = {
    "same": lambda text: text,
    "separators": _first(_THOUSANDS, lambda m: m.group().replace(",", "")),
    "separated": _first(_PLAIN, lambda m: f"{int(m['n']):,}"),
    "magnitude": _first(_MILLIONS, _written_out),
    "british date": _first(_AMERICAN, lambda m: f"{m['d']} {m['m']} {m['y']}"),
    "american date": _first(_BRITISH, lambda m: f"{m['m']} {m['d']}, {m['y']}"),
    "month": _first(_BRITISH, lambda m: f"{m['m']} {m['y']}"),
    "percent": _first(_PERCENT, _percent),
    "digits": _first(_COUNTED, lambda m: _SPELLED.get(m["n"], "10")),
    "expanded": _first(_CONTRACTED, lambda m: f"{m['aux']} not"),
    "contracted": _first(_EXPANDED, lambda m: f"{m['aux']}n’t"),
    "unit": _first(_UNIT, lambda m: _SHORT[m["u"]]),
    "no brackets": _first(_BRACKETS, lambda m: ""),
    "no relative": _first(_RELATIVE, lambda m: ""),
    "no opening": _opening,
    "according": _first(_ACCORDING, lambda m: f"{_capital(m['what'])}, according to {m['who']}."),
    "said first": _first(_SAID, lambda m: f"According to {m['who']}, {_small(m['what'])}."),
    "said last": _first(_SAID, lambda m: f"{_capital(m['what'])}, {m['who']} {m['v']}."),
    "speaker first": _first(_ENDING, lambda m: f"{m['who']} said that {_small(m['what'])}."),
}


def rewritten(sentences: Iterable[str]) -> Iterator[Copy]:
    """Every sentence itself, and each rewrite that fits it."""
    for text in sentences:
        for kind, rewrite in REWRITES.items():
            new = rewrite(text)
            if kind == "same" or new != text:
                yield Copy(kind, new, text)
