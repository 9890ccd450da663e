"""Labelled lines: "Present: A, B" in minutes, "Due: 4 May" in an invoice, "Weight: 8 kg" in a list.

Nobody asks in the words of a label: who was "present" is asked for with "attended", what is "due"
with "has to be paid". A table holds the words that ask for what usually stands behind a label, and,
where a line reads badly, how it is read aloud.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from retrieval.text.assertions import asserts
from retrieval.text.terms import fold, terms

_TABLE = Path(__file__).with_name("labelled.txt")
_LINE = re.compile(
    r"^[\s>*_•–-]*(?P<label>[^\W_][^\n:.!?;*_]{0,40}?)[*_]*\s*:[*_]*\s+(?P<value>\S.*)$",
    re.DOTALL,
)
_NAMES = re.compile(r"(?:[^\W\d_a-z][^\s,;]*(?: [^\W\d_a-z][^\s,;]*)*, ?)+[^\W\d_a-z][^,;]*")
_LAST = re.compile(r"^(?P<before>.*), ?")


class _Label(NamedTuple):
    """What a label is asked for with, and the sentences that its line says, "{}" for the value."""

    asked: frozenset[str]
    sentences: tuple[str, ...]


@cache
def _labels() -> dict[str, _Label]:
    found: dict[str, _Label] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            labels, asked, aloud = f"{line} | ".split(" | ")[:3]
            sentences = tuple(one.strip() for one in aloud.split(";") if one.strip())
            for label in labels.split(", "):
                found[label] = _Label(frozenset(terms(asked)), sentences)
    return found


@lru_cache(maxsize=8192)
def asked_for(sentence: str) -> frozenset[str]:
    """The terms with which people ask for what stands in a labelled line; else none."""
    label, _ = _parts(sentence)
    return label.asked if label else frozenset()


def read_aloud(sentence: str) -> tuple[str, ...]:
    """A labelled line as sentences that hold its value word for word; else none.

    >>> read_aloud("**Weight:** 8.4 kg")
    ('It weighs 8.4 kg.', 'The weight is 8.4 kg.')
    """
    label, value = _parts(sentence)
    said = label.sentences if label else ()
    listed = _LAST.sub(r"\g<before> and ", value) if _NAMES.fullmatch(value) else value
    return tuple(f"{_filled(one.removeprefix('*'), listed)}." for one in said)


def is_bare(sentence: str) -> bool:
    """Whether a line behind a label, one of the table or another, states nothing by itself."""
    match = _LINE.match(sentence)
    return match is not None and not asserts(match["value"])


def read_for_questions(sentence: str) -> str | None:
    """A labelled line in the words in which a question finds it; None where it reads well."""
    label, value = _parts(sentence)
    said = label.sentences if label else ()
    return next((_filled(one[1:], value) for one in said if one.startswith("*")), None)


def _filled(sentence: str, value: str) -> str:
    return sentence.replace("{}", value.rstrip(" .*_"))


def _parts(sentence: str) -> tuple[_Label | None, str]:
    match = _LINE.match(sentence)
    if match is None:
        return None, ""
    return _labels().get(fold(match["label"]).strip()), match["value"]
