"""Scope: whether a sentence is about the thing that a statement names, or about a sibling of it.

A sentence seldom names what it is about. "It weighs 1.2 kg" in the data sheet of the Heron 100
says nothing of the Heron 200, nor the leave policy of 2023 of 2024, nor what stands under "Mobile
team" of the search team. The nearest of the sentence, the openings of those before it, the
headings and the title that names the one or the other decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.answer.aloud import row_of
from retrieval.answer.evidence import Window
from retrieval.model import BlockKind
from retrieval.text.aliases import holds, keys
from retrieval.text.dates import Date, agrees, dates
from retrieval.text.designations import Designation, designations, is_same
from retrieval.text.names import names
from retrieval.text.polarity import is_negative
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import is_stopword, term, terms
from retrieval.text.values import numbers, same_value
from retrieval.text.verb_groups import verbs
from retrieval.text.wording import split

_OPENING = 5
"""Words at the start of an earlier sentence within which it names what it is about."""
_WORD = re.compile(r"[^\W_][\w'’-]*")
_PHRASE = re.compile(
    r"(?:^| )(?:of|in|for|on|under|at|from)(?: (?:the|our|this))?(?: [a-zà-ÿ]+)? $", re.IGNORECASE
)
"""What leads a designation that says of what or where something is so."""
_OF = re.compile(
    r" (?:of|for|in|at) (?:the |our |this )?"
    r"(?P<what>[^\W_][\w’'-]*(?: (?:of |and )?[^\W_][\w’'-]*){0,4}?)"
    r"(?=,|\.?$| (?:is|are|was|were|has|have|had|does|do|did|will|must|may|can|cannot|should)\b"
    r"| [a-z]+s\b)"
)
"""A phrase that says of what something is, up to what may be a verb."""
_HEADING_JOINT = " › "


def is_of_another(statement: str, window: Window) -> bool:
    """Whether a sentence speaks of another thing of the kind that a statement speaks of."""
    stated = keys(statement)
    return (
        not all(holds(stated, t) for t in terms(row_of(window)))
        or any(_designates_another(statement, one, window) for one in designations(statement))
        or _is_of_another_time(statement, window)
        or any(_qualifies_another(pair, window) for pair in _qualified(statement))
    )


def within(statement: str, window: Window) -> str:
    """A statement, of the same thing, without what it is of, where that stands around a sentence.

    The sentence need not repeat it: "the lamp of the Heron 100" is "the lamp" in its data sheet.
    """
    own = designations(window.sentence.text)
    for one in reversed(designations(statement)):
        if any(is_same(one, other) for other in own):
            continue
        if any(is_same(one, o) for level in _around(window) for o in designations(level)):
            statement = _without(statement, one)
    return _without_owner(statement, window)


def _without_owner(statement: str, window: Window) -> str:
    """A statement without "of …" where title or heading say it: "the budget of Project Kite"."""
    own = keys(window.sentence.text)
    for level in _headings(window):
        held = keys(level)
        for match in reversed([*_OF.finditer(statement)]):
            named = terms(match["what"])
            if named and all(holds(held, t) and not holds(own, t) for t in named):
                statement = statement[: match.start()] + statement[match.end() :]
    return statement


def _without(statement: str, one: Designation) -> str:
    """A statement without a designation and its preposition, or else without the code alone."""
    before, behind = statement[: one.start], statement[one.end :]
    phrase = _PHRASE.search(before)
    if phrase is None:
        return f"{before}{statement[one.start : one.end].split(' ')[0]}{behind}"
    return f"{before[: phrase.start()]}{behind}".removeprefix(",").lstrip()


def _designates_another(statement: str, one: Designation, window: Window) -> bool:
    sentence = window.sentence.text
    own = designations(sentence)
    if any(is_same(one, other) for other in own):
        return False
    if any(one.head == other.head for other in own):
        return one.start < _subject_end(statement) or _differs_otherwise(statement, sentence)
    for level in _around(window):
        named = [other for other in designations(level) if one.head == other.head]
        if named:
            return not any(is_same(one, other) for other in named)
    return False


def _differs_otherwise(statement: str, sentence: str) -> bool:
    """Whether two sentences with another code differ in more: what is said of either is no rival.

    "Night service is offered on line 14" and "not offered on line 12" may both be so, "the exam is
    held in room 15" and "in room 14" may not.
    """
    if is_negative(statement) != is_negative(sentence):
        return True
    stated = numbers(sentence)
    coded = designations(statement)
    return any(
        not any(same_value(number.value, other.value) for other in stated)
        for number in numbers(statement)
        if not any(one.start <= number.start < one.end for one in coded)
    )


def _around(window: Window) -> Iterator[str]:
    """What a sentence stands under, the nearest first."""
    earlier = window.passage.sentences[: window.position]
    for sentence in reversed(earlier if window.sentence.kind is BlockKind.PROSE else ()):
        if sentence.kind is BlockKind.PROSE:
            yield _opening(sentence.text)
    yield from _headings(window)


def _headings(window: Window) -> tuple[str, ...]:
    """The headings that a sentence stands under, the nearest first, and the title."""
    return (*reversed((window.passage.heading or "").split(_HEADING_JOINT)), window.passage.title)


def _opening(text: str) -> str:
    found = list(_WORD.finditer(text))
    return text if len(found) <= _OPENING else text[: found[_OPENING - 1].end()]


def _is_of_another_time(statement: str, window: Window) -> bool:
    """Whether heading or title date what the sentence leaves undated, otherwise than a statement.

    What a sentence dates itself is for whoever compares dates: that may be what is in dispute.
    """
    asked = [one for one in dates(statement) if one.year]
    before = window.before.text if window.before else ""
    if not asked or any(_has_own_year(one) for one in dates(f"{before} {window.sentence.text}")):
        return False
    for level in _headings(window):
        stated = [one for one in dates(level) if one.year]
        if stated:
            return any(_is_at_another(one, stated) for one in asked)
    return False


def _has_own_year(date: Date) -> bool:
    """Whether a date tells its year: by itself, or counted from the day of the document."""
    return date.year is not None or (date.month is None and date.day is None)


def _is_at_another(one: Date, stated: list[Date]) -> bool:
    years = [other.year for other in stated if other.year]
    if one.year and len(years) > 1 and min(years) <= one.year <= max(years):
        return False
    return all(agrees(one, other) is False for other in stated)


@dataclass(frozen=True, slots=True)
class _Qualified:
    """A noun with the word before it that tells which one: "mobile team", "Ghent office"."""

    qualifier: str
    head: str
    is_named: bool


def _qualifies_another(mine: _Qualified, window: Window) -> bool:
    """Whether what a sentence stands under qualifies the same noun otherwise than a statement."""
    if holds(keys(window.sentence.text), mine.qualifier):
        return False
    levels = [*_around(window)]
    everything = keys(f"{window.passage.text} {' '.join(levels)}")
    is_nowhere = not holds(everything, mine.qualifier)
    for at, level in enumerate(levels):
        if holds(keys(level), mine.qualifier):
            return False
        if any(_is_rival(mine, other) for other in _pairs(level)):
            outer = (other for rest in levels[at + 1 :] for other in _pairs(rest))
            beside = any((o.qualifier, o.head) == (mine.qualifier, mine.head) for o in outer)
            return is_nowhere or beside
    return False


def _is_rival(one: _Qualified, other: _Qualified) -> bool:
    if one.head != other.head or one.is_named != other.is_named:
        return False
    return other.qualifier not in synonyms(one.qualifier)


def _qualified(statement: str) -> Iterator[_Qualified]:
    """The qualified nouns of what a statement is about, and those qualified by a name."""
    end = _subject_end(statement)
    for one, start in _placed_pairs(statement):
        if start < end or one.is_named:
            yield one


def _pairs(text: str) -> tuple[_Qualified, ...]:
    return tuple(one for one, _ in _placed_pairs(text))


@lru_cache(maxsize=8192)
def _placed_pairs(text: str) -> tuple[tuple[_Qualified, int], ...]:
    found = []
    for one, other in pairwise(_WORD.finditer(text)):
        left, right = one.group(), other.group()
        if text[one.end() : other.start()] != " " or not right.isalpha() or not left.isalpha():
            continue
        if is_stopword(left) or is_stopword(right) or term(left) in _PLAIN:
            continue
        is_named = left[0].isupper() and any(n.start <= one.start() < n.end for n in names(text))
        found.append((_Qualified(term(left), term(right), is_named), one.start()))
    return tuple(found)


_PLAIN = frozenset(
    map(
        term,
        """new old current former present main whole entire own other next last first second
        only same general usual normal standard full whole all each every""".split(),
    )
)
"""Words before a noun that do not tell which one of several it is."""


@lru_cache(maxsize=4096)
def _subject_end(statement: str) -> int:
    """Where the first verb of a statement stands: before it stands what it is about."""
    words = split(statement)
    found = verbs(words)
    if not found:
        return len(statement)
    return len(words.text(0, found[0].start))
