"""Comparison: does a sentence carry a statement, or does it say something else in its place?

A mismatch is always structural: the sentence speaks of the same things and puts another date,
number, doer or opposite word where the statement has its own, or it denies what is stated. A
sentence that merely says less is no mismatch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from retrieval.answer.question import Query
from retrieval.text.aliases import holds, keys
from retrieval.text.attribution import Stance, attribution
from retrieval.text.negation import negation
from retrieval.text.polarity import are_opposites, denies, negations, tentative
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import is_stopword, sentence_terms, term, terms
from retrieval.text.values import Number, agrees, dates, numbers, same_value
from retrieval.text.vectors import WordTable

NEAR = 0.6
"""Cosine from which another word counts as a paraphrase of a term."""
PARAPHRASED = 0.8
"""Credit for a paraphrased term."""
SAME_SUBJECT = 0.7
"""Share of the statement (without the mismatching part) that a contradicting sentence covers."""
CARRIED = 0.85
"""Share of the statement that a supporting sentence covers."""

MOSTLY_OWN = 0.7
"""Share that a supporting sentence holds itself."""
LEAST_OWN = 0.4
"""Share of the statement that the sentence itself holds, whatever the context holds."""


_EXACT = frozenset(
    terms(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
        "June July August September October November December second minute hour week month "
        "quarter decade century kilometre metre mile gram kilogram tonne litre watt volt degree "
        "percent euro dollar pound north south east west northern southern eastern western left "
        "right first third fourth fifth last red green blue yellow white black"
    )
)
"""Words whose nearest words mean something else: no neighbour stands for them."""


class Mismatch(StrEnum):
    """What a sentence has in the place of a part of the statement."""

    DATE = "date"
    NUMBER = "number"
    OPPOSITE = "opposite"
    DOER = "doer"
    DENIAL = "denial"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much of the statement the sentence covers, what clashes, and whether it is carried."""

    coverage: float
    subject: float
    """Coverage of the statement without the part that clashes."""
    mismatch: Mismatch | None
    supported: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    """A statement beside a sentence, with what both share worked out once."""

    statement: Query
    sentence: str
    context: str
    own: frozenset[str]
    around: frozenset[str]
    shares: dict[str, float]
    near: dict[str, float]

    def own_coverage(self) -> float:
        """Weight share of the terms that the sentence itself holds or paraphrases."""
        total = sum(self.shares.values())
        own = sum(
            s * (1.0 if holds(self.own, t) else self.near.get(t, 0.0))
            for t, s in self.shares.items()
        )
        return own / total if total else 0.0

    def named(self) -> float:
        """Weight share of the terms that the sentence itself holds, and of names in the context."""
        named = frozenset().union(*self.statement.names)
        total = sum(self.shares.values())
        held = sum(
            share
            for t, share in self.shares.items()
            if holds(self.around if t in named else self.own, t)
        )
        return held / total if total else 0.0

    def covers(self, *, without: frozenset[str] = frozenset()) -> float:
        """Weight share of the terms that are there, of all but those left out."""
        kept = {t: s for t, s in self.shares.items() if t not in without}
        total = sum(kept.values())
        return sum(s * self.credit(t) for t, s in kept.items()) / total if total else 0.0

    def credit(self, term: str) -> float:
        """1 for a term that is there, less for a paraphrase or one that only the context has."""
        if holds(self.own, term):
            return 1.0
        return max(0.9 * holds(self.around, term), self.near.get(term, 0.0))


def compare(
    statement: Query, weights: dict[str, float], table: WordTable, sentence: str, context: str
) -> Comparison:
    """Compare a statement with one sentence; `context` is title, heading and sentence before."""
    pair = _pair(statement, weights, table, sentence, context)
    coverage, own = pair.covers(), pair.own_coverage()
    if own < LEAST_OWN:
        return Comparison(coverage, 0.0, None, False)
    mismatch, subject = _mismatch(pair)
    supported = mismatch is None and coverage >= CARRIED and own >= MOSTLY_OWN and _carries(pair)
    return Comparison(coverage, subject, mismatch, supported)


def _pair(
    statement: Query, weights: dict[str, float], table: WordTable, sentence: str, context: str
) -> _Pair:
    own = keys(sentence)
    missing = [
        (t, w)
        for t, w in zip(statement.terms, statement.words, strict=True)
        if t not in _EXACT and not holds(own, t)
    ]
    others = [word for _, word in sentence_terms(sentence)]
    near = {
        t: PARAPHRASED
        for t, word in missing
        if not synonyms(t).isdisjoint(own) or table.nearest(word, others) >= NEAR
    }
    return _Pair(statement, sentence, context, own, own | keys(context), weights, near)


def _carries(pair: _Pair) -> bool:
    """Names, values, commitment and stance: what a supporting sentence must not lack."""
    if any(not holds(pair.around, t) for name in pair.statement.names for t in name):
        return False
    if any(t in _EXACT and not holds(pair.around, t) for t in pair.statement.terms):
        return False
    if _swapped(pair):
        return False
    stated = numbers(pair.sentence)
    if any(not any(same_value(n.value, s.value) for s in stated) for n in pair.statement.numbers):
        return False
    for asked in pair.statement.dates:
        if (asked.year or asked.month) and not any(agrees(asked, d) for d in dates(pair.sentence)):
            return False
    if tentative(pair.sentence) and not tentative(pair.statement.text):
        return False
    said, claimed = attribution(pair.sentence), attribution(pair.statement.text)
    if said and said.stance in (Stance.ALLEGES, Stance.DENIES, Stance.DOUBTS):
        return claimed is not None and claimed.stance is said.stance
    return _negative(pair.statement.text) == _negative(pair.sentence)


def _swapped(pair: _Pair) -> bool:
    """Whether two names change places around a deed: who did it to whom cannot be told by terms."""
    if _MUTUAL.search(pair.statement.text):
        return False
    if bool(_PASSIVE.search(pair.statement.text)) != bool(_PASSIVE.search(pair.sentence)):
        return False
    order = {term(word): n for n, word in reversed([*enumerate(_actors(pair.sentence))])}
    places = [order[t] for t in map(term, _actors(pair.statement.text)) if t in order]
    return places != sorted(places)


def _actors(text: str) -> list[str]:
    """The capitalised words that may do something, or have it done to them."""
    found = (match.group() for match in _CAPITALISED.finditer(_PLACED.sub(" ", text)))
    return [word for word in found if not is_stopword(word) and term(word) not in _EXACT]


def _mismatch(pair: _Pair) -> tuple[Mismatch | None, float]:
    """The first clash on the same subject, and how much of the subject the sentence covers."""
    for kind, clashing in _CHECKS.items():
        for parts in clashing(pair):
            subject = pair.covers(without=parts)
            if subject >= _SUBJECT.get(kind, SAME_SUBJECT):
                return kind, subject
    return None, 0.0


_MUTUAL = re.compile(r"\b(?:and|with|between|both|or)\b|,", re.IGNORECASE)
_PASSIVE = re.compile(r"\bby\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w+")
_PLACED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Ff]rom|[Nn]ear|[Oo]f|[Ff]or|[Tt]o) (?:the )?[^\W\d_a-z]\w+"
)


def _date(pair: _Pair) -> Iterator[frozenset[str]]:
    stated = (*dates(pair.sentence), *dates(pair.context))
    for asked in pair.statement.dates:
        if not (asked.year or asked.month):
            continue
        verdicts = [agrees(asked, other) for other in stated]
        if False in verdicts and True not in verdicts:
            yield frozenset(terms(pair.statement.text[asked.start : asked.end]))


def _number(pair: _Pair) -> Iterator[frozenset[str]]:
    stated = numbers(pair.sentence)
    for number in pair.statement.numbers:
        rivals = [s for s in stated if _count_alike(pair, number, s)]
        if rivals and not any(same_value(number.value, s.value) for s in stated):
            yield _number_terms(pair.statement, number)


def _count_alike(pair: _Pair, claimed: Number, stated: Number) -> bool:
    """Whether two numbers count one thing: by their units, else by the word before ("at nine")."""
    if claimed.unit is not None or stated.unit is not None:
        return claimed.unit == stated.unit
    before = pair.statement.text[: claimed.start].split()[-1:]
    return before != [] and before == pair.sentence[: stated.start].split()[-1:]


def _number_terms(statement: Query, number: Number) -> frozenset[str]:
    digits = re.match(r"\W*[\w.,]+", statement.text[number.start : number.end])
    return frozenset(terms(digits.group() if digits else ""))


def _opposite(pair: _Pair) -> Iterator[frozenset[str]]:
    if _reversed(pair):
        return
    asked = set(pair.statement.terms)
    for t in pair.statement.terms:
        if holds(pair.own, t) or t in pair.statement.light:
            continue
        if any(are_opposites(t, other) for other in pair.own if other not in asked):
            yield frozenset({t})


def _reversed(pair: _Pair) -> bool:
    """An opposite word under a negation says the same again ("not harmless": dangerous)."""
    return _negative(pair.statement.text) != _negative(pair.sentence)


_FURTHER = re.compile(r"\b(?:also|besides|else|as well|in addition|too)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?P<verb>[\w-]+(?:ed|en|de|lt|nt|wn)) by (?P<doer>(?:[\w’'-]+ ?){1,4})")


def _doer(pair: _Pair) -> Iterator[frozenset[str]]:
    """The sentence names another doer of the same deed: "chaired by generals"."""
    if _FURTHER.search(pair.sentence) or _FURTHER.search(pair.statement.text):
        return
    for match in _BY.finditer(pair.sentence):
        verb = terms(match["verb"])[-1:]
        doer = _first_phrase(match["doer"])
        if not verb or verb[0] not in pair.statement.terms or not doer:
            continue
        claimed = _claimed_doer(pair.statement, verb[0])
        if claimed and not any(holds(pair.own, t) or t in pair.near for t in claimed):
            yield frozenset(claimed)


def _first_phrase(text: str) -> list[str]:
    """The terms of the first noun phrase: up to the next participle."""
    phrase = re.split(r"\b\w+(?:ed|ing)\b|[,.;]", text)[0]
    return terms(phrase)


def _claimed_doer(statement: Query, verb: str) -> list[str]:
    """Who does it in the statement: the phrase after "by", else the terms before the verb."""
    by = re.search(r"\bby (?P<doer>(?:[\w’'-]+ ?){1,4})", statement.text)
    if by:
        return _first_phrase(by["doer"])
    at = statement.terms.index(verb)
    compound = at > 0 and re.search(
        rf"\b{re.escape(statement.words[at - 1])}-{re.escape(statement.words[at])}",
        statement.text,
    )
    before = statement.terms[: at - 1] if compound else statement.terms[:at]
    return [t for t in before if t not in statement.light]


def _denial(pair: _Pair) -> Iterator[frozenset[str]]:
    """What is denied must be named: a paraphrase may well be of something else."""
    affirmed = not denies(pair.statement.text) and not _negative(pair.statement.text)
    if affirmed and denies(pair.sentence) and pair.named() >= SAME_SUBJECT:
        yield frozenset()


def _negation(pair: _Pair) -> Iterator[frozenset[str]]:
    if denies(pair.sentence) or denies(pair.statement.text):
        return
    differs = _negative(pair.statement.text) != _negative(pair.sentence)
    if differs and negation(pair.statement.text, pair.sentence):
        yield frozenset()


def _negative(text: str) -> bool:
    return negations(text) % 2 == 1


_SUBJECT = {Mismatch.NEGATION: 0.9, Mismatch.DENIAL: 0.85}
"""A negation or denial may belong to any part of a sentence: the whole statement must be there."""
_CHECKS: dict[Mismatch, Callable[[_Pair], Iterator[frozenset[str]]]] = {
    Mismatch.DATE: _date,
    Mismatch.NUMBER: _number,
    Mismatch.OPPOSITE: _opposite,
    Mismatch.DOER: _doer,
    Mismatch.DENIAL: _denial,
    Mismatch.NEGATION: _negation,
}
