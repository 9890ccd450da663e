"""Verb groups: the verbs of a sentence with their auxiliaries, and where their clauses end.

Found without a parser, by auxiliaries, endings and a table of verbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from retrieval.text.assertions import is_finite
from retrieval.text.declarative import auxiliary
from retrieval.text.terms import term
from retrieval.text.verbs import base_of, is_base, is_gerund, is_noun_too, is_participle
from retrieval.text.wording import BETWEEN, DETERMINERS, PREPOSITIONS, Words

_BE = frozenset("is are was were am be been being isn't aren't wasn't weren't".split())
_OPENING = frozenset(
    """who whom whose which that where when why how while because if unless whether although
    though whereas but and or""".split()
)
"""Words with which another clause may begin."""
_SUBJECTS = frozenset("i we he she they nobody everybody somebody everyone someone".split())
"""Words that are the subject of the verb behind them: "a list nobody reads"."""
_REPORTING = frozenset("said says say told tells tell wrote writes added adds noted".split())
"""Verbs behind which another clause may begin without a word for it: "said she would"."""
_HEDGES = frozenset("may might can could would should".split())


@dataclass(frozen=True, slots=True)
class Verb:
    """Where a verb with its auxiliaries begins and ends, and what they make of it."""

    start: int
    at: int
    base: str
    passive: bool = False
    infinitive: bool = False
    hedge: str = ""
    sure: bool = True
    """Whether it has auxiliaries: what has none may be a participle behind a noun."""


def verbs(words: Words) -> list[Verb]:
    """The verbs of a part of a sentence, in order."""
    found = list(_joined(words, list(_verbs(words))))
    return found or [*_likeliest(words)]


def _likeliest(words: Words) -> Iterator[Verb]:
    """The second or third word of a part without a sure verb, if it may be one: "members rent"."""
    for at in range(1, min(4, len(words))):
        word = words.at(at)
        known = is_base(word) or base_of(word) is not None
        if known and not words.named[at] and words.at(at - 1) not in DETERMINERS | PREPOSITIONS:
            yield Verb(at, at, term(word), sure=False)
            return


def _verbs(words: Words) -> Iterator[Verb]:
    at = 0
    while at < len(words):
        verb = _with_auxiliaries(words, at) or _bare(words, at)
        if verb is not None:
            yield verb
            at = verb.at
        at += 1


def _with_auxiliaries(words: Words, start: int) -> Verb | None:
    """A verb behind "was", "has been", "will", "to"."""
    is_named = start > 0 and words.raw[start][:1].isupper()
    if is_named or not (_is_auxiliary(words.low[start]) or words.low[start] == "to"):
        return None
    end = next((at for at in range(start, len(words)) if not _belongs(words, at)), len(words))
    group = words.low[start:end]
    forms = [auxiliary(word) or (word, False) for word in group if _is_auxiliary(word)]
    last = forms[-1][0] if forms else ""
    hedge = next((form for form, _ in reversed(forms) if form in _HEDGES), "")
    word = words.at(end)
    if group[0] == "to":
        passive = last in _BE and is_participle(word)
        known = passive or is_base(word)
        return Verb(start, end, term(word), passive, True) if known else None
    if last in _BE:
        return _with_be(words, start, end, hedge)
    if is_base(word) or is_participle(word):
        return Verb(start, end, term(word), hedge=hedge)
    return Verb(start, end - 1, "have" if last in ("has", "have", "had") else "do", hedge=hedge)


def _with_be(words: Words, start: int, end: int, hedge: str) -> Verb:
    """A passive, a progressive form, or "is" alone."""
    word = words.at(end)
    if is_participle(word) and words.at(end - 1) not in DETERMINERS:
        return Verb(start, end, term(word), True, hedge=hedge)
    if is_gerund(word) and base_of(word):
        return Verb(start, end, term(word), hedge=hedge)
    return Verb(start, end - 1, "be", hedge=hedge)


def _is_auxiliary(word: str) -> bool:
    return auxiliary(word) is not None or word in _BE


def _belongs(words: Words, at: int) -> bool:
    """Whether a word may stand in a group of auxiliaries."""
    word = words.low[at]
    return _is_auxiliary(word) or word in BETWEEN or word == "to" or word.endswith("ly")


def _bare(words: Words, at: int) -> Verb | None:
    """A finite verb without auxiliaries."""
    word = words.at(at)
    is_relative = at > 1 and words.at(at - 1) in ("that", "which", "who")
    if at == 0 or words.at(at - 1) in _BE or _is_near(words, at) or _is_second(words, at):
        return None
    if _is_listed(words, at):
        return None
    if words.at(at - 1) in DETERMINERS and not is_relative:
        return None
    if (word in _REPORTING and words.raw[at].islower()) or is_finite(words, at):
        return Verb(at, at, term(word), sure=word in _REPORTING)
    return None


def _is_second(words: Words, at: int) -> bool:
    """Whether a word may be the second of two nouns: "keeps questions and answers in"."""
    base = base_of(words.at(at)) or words.at(at)
    joined = words.at(at - 1) in ("and", "or") and is_noun_too(base)
    return joined and (at + 1 == len(words) or words.at(at + 1) in PREPOSITIONS)


def _is_listed(words: Words, at: int) -> bool:
    """Whether a participle belongs to a noun in a list: "keeps forms, signed letters and bills"."""
    before, follows = words.at(at - 1), words.at(at + 1)
    is_item = words.raw[at - 1].endswith(",") and not is_participle(before)
    if not is_item or not is_participle(words.at(at)) or not follows:
        return False
    joint = next((n for n in range(at + 2, at + 4) if words.at(n) in ("and", "or")), None)
    is_noun = follows not in DETERMINERS | PREPOSITIONS | _SUBJECTS
    return is_noun and joint is not None and not is_finite(words, joint + 1)


def _is_near(words: Words, at: int) -> bool:
    """Whether "close" is no verb: "close to the board"."""
    return words.at(at) == "close" and words.at(at + 1) == "to"


def _joined(words: Words, verbs: list[Verb]) -> Iterator[Verb]:
    """The verbs without participles behind a noun: "claims handed in later are not paid"."""
    verbs = _one_a_clause(words, verbs)
    for verb, following in pairwise([*verbs, None]):
        assert verb is not None
        is_part = (
            following is not None
            and not verb.sure
            and following.sure
            and not following.infinitive
            and is_participle(words.at(verb.at))
            and not _opens(words, verb.at + 1, following.start + 1)
        )
        if not is_part:
            yield verb


def _one_a_clause(words: Words, verbs: list[Verb]) -> list[Verb]:
    """Without nouns that look like verbs behind the verb of their clause: "refunds deposits"."""
    kept: list[Verb] = []
    for verb in verbs:
        is_noun = (
            bool(kept)
            and not verb.sure
            and words.low[kept[-1].at] not in _REPORTING
            and _opens(words, kept[-1].at + 1, verb.at + 1) is None
        )
        if not is_noun:
            kept.append(verb)
    return kept


def _opens(words: Words, start: int, end: int) -> int | None:
    """Where another clause may begin between two verbs: the last such place."""
    places = [
        at
        for at in range(start, end)
        if words.low[at] in _OPENING
        or words.raw[at - 1].endswith(",")
        or (at == end - 2 and words.low[at] in _SUBJECTS)
    ]
    places = [at for at in places if not _joins_names(words, at)] or places
    return places[-1] if places else None


def _joins_names(words: Words, at: int) -> bool:
    """Whether an "and" stands between two names: "…, and Ankara and Baghdad held talks"."""
    return (
        words.low[at] in ("and", "or")
        and at + 1 < len(words)
        and words.raw[at - 1][-1].isalnum()
        and words.raw[at - 1][0].isupper()
        and words.raw[at + 1][0].isupper()
    )


def boundary(words: Words, verb: Verb, following: Verb) -> int:
    """Where the clause of a verb ends that another one follows."""
    if following.infinitive:
        return following.start
    if words.low[verb.at] in _REPORTING:
        return verb.at + 1
    return _opens(words, verb.at + 1, following.start + 1) or following.start
