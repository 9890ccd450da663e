"""Terms: the words of a text as search and scoring compare them.

One function makes the terms of the full-text index, of queries and of the alignment features, so
that "Erdogan" finds "Erdoğan", "centers" finds "center", and a document frequency read from the
index is the document frequency of the term being scored.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

import Stemmer

from retrieval.text.spelling import standard

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

_WORD = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?"  # U.S. and U.S
    r"|[Ee]-[^\W\d_]+"  # e-mail
    r"|[^\W_]+(?:[.,](?=\d)[^\W_]+)*(?:['’][^\W_]+)*"
)
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
    folded = fold(word).replace("’", "'").removesuffix("'s")
    if folded[:1].isdigit():
        return _THOUSANDS.sub("", folded)
    if folded[1:2] == ".":
        return folded.replace(".", "")
    return _stem(standard(folded.replace("'", "").replace("-", "")))


def is_stopword(word: str) -> bool:
    """Whether a word carries no subject. Capitals do: "WHO" and "IT" are names."""
    if len(word) > 1 and word.isupper():
        return False
    folded = fold(word).replace("’", "'")
    return folded.partition("'")[0] in STOPWORDS or folded.endswith("n't") or folded in _FILLERS


_FILLERS = frozenset({"s", "cannot", "e.g.", "i.e."})
"""What is left of "S&P" and the like, "cannot", and abbreviations that only introduce."""


def spelled_terms(text: str) -> list[tuple[str, str]]:
    """The terms of `text` in order, each with its spelling, without stopwords.

    In a text all in capitals they tell no names: "WHAT IS IT" is made of stopwords.
    """
    shouted = text.count(" ") > 2 and text.isupper()
    return list(chain.from_iterable(map(_read, _WORD.findall(text.lower() if shouted else text))))


@lru_cache(maxsize=4096)
def sentence_terms(sentence: str) -> tuple[tuple[str, str], ...]:
    """As `spelled_terms`, remembered: a question reads its candidates several times."""
    return tuple(spelled_terms(sentence))


@lru_cache(maxsize=262144)
def _read(word: str) -> tuple[tuple[str, str], ...]:
    """What one word contributes: one look-up for most words of most texts."""
    if not word.isascii() and _CJK.search(word):
        return tuple((pair, pair) for pair in _bigrams(word))
    return () if is_stopword(word) else ((term(word), word),)


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
