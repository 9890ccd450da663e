"""Terms: the words of a text as search and scoring compare them.

One function makes the terms of the full-text index, of queries and of the alignment features, so
that "Erdogan" finds "Erdoğan", "centers" finds "center", and a document frequency read from the
index is the document frequency of the term being scored.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

STOPWORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each either else ever
    few for from further had has have having he her here hers herself him himself his how i if in
    into is it its itself just let many may me might more most much must my myself no nor not of off
    on once one only or other our ours ourselves out over own please same shall she should so some
    such than that the their theirs them themselves then there these they this those through to
    too under until up upon us very was we were what when where whether which while who whom whose
    why will with within without would you your yours yourself yourselves""".split()
)
"""Words that carry no subject. Scoring looks at negation, modals and numbers on its own."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.,](?=\d)[^\W_]+)*(?:['’][^\W_]+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower-case and without diacritics: "Türkiye" and "TURKIYE" fold to "turkiye"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _MARKS.sub("", decomposed).translate(_LETTERS)


def words(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the words of `text`; "24.85", "40,000" and "U.S." are one word each."""
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=262144)
def term(word: str) -> str:
    """The term of one word as it is written: folded, without possessive, stemmed."""
    folded = fold(word).replace("’", "'")
    if folded.endswith("'s"):
        folded = folded[:-2]
    if folded.endswith("."):
        return folded.replace(".", "")
    folded = _THOUSANDS.sub("", folded)
    if folded[:1].isdigit():
        return folded
    return _stem(_american(folded.replace("'", "")))


_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[tb])re(?=s?$)"), "er"),
    (re.compile(r"(?<=\w{3})our(?=(?:s|ed|ing|al|able|ful|hood)?$)"), "or"),
    (re.compile(r"(?<=(?:def|off|lic|ret)en)c(?=es?$)"), "s"),
    (re.compile(r"(?<=aly)s(?=e[ds]?$|ing$)"), "z"),
    (re.compile(r"(?<=ogram)me(?=s?$)"), ""),
)


def _american(word: str) -> str:
    """One spelling for "centre"/"center", "organise"/"organize"; only for comparing, never shown.

    Words that get a spelling nobody uses ("promize") do so on both sides of every comparison.
    """
    if len(word) > 5:
        for pattern, replacement in _SPELLINGS:
            word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=262144)
def is_stopword(word: str) -> bool:
    """Whether a word carries no subject. Capitals do: "WHO" and "IT" are names."""
    if len(word) > 1 and word.isupper():
        return False
    folded = fold(word)
    return folded.partition("'")[0].partition("’")[0] in STOPWORDS or folded in _CONTRACTED


_CONTRACTED = frozenset({"don't", "don’t", "won't", "won’t", "isn't", "isn’t", "s"})


def spelled_terms(text: str) -> list[tuple[str, str]]:
    """The terms of `text` in order, each with its spelling, without stopwords."""
    found: list[tuple[str, str]] = []
    for word in _WORD.findall(text):
        if not word.isascii() and _CJK.search(word):
            found.extend((pair, pair) for pair in _bigrams(word))
        elif not is_stopword(word):
            found.append((term(word), word))
    return found


def terms(text: str) -> list[str]:
    """The terms of `text` in order, without stopwords; repeated terms stay repeated."""
    return [term_ for term_, _ in spelled_terms(text)]


def spellings(text: str) -> dict[str, str]:
    """The distinct terms of `text` in order, each with its first spelling."""
    found: dict[str, str] = {}
    for term_, word in spelled_terms(text):
        found.setdefault(term_, word)
    return found


def _bigrams(word: str) -> list[str]:
    """Character pairs: scripts without spaces have no words to look for."""
    folded = fold(word)
    return [folded[i : i + 2] for i in range(len(folded) - 1)] or [folded]


_stemmer = Stemmer.Stemmer("english", 0)


def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))
