"""Predications: the verbs of a sentence, and who does what to whom with which preposition.

Found without a parser, by word order, auxiliaries and a table of verbs. Where a word cannot be
placed it is given to nobody: what is found is used to tell that two texts differ, never that they
agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from retrieval.text.terms import is_stopword, term, terms
from retrieval.text.verb_groups import Verb, boundary, verbs
from retrieval.text.verbs import is_gerund, is_participle
from retrieval.text.wording import BETWEEN, DETERMINERS, JOINING, PREPOSITIONS, Words, split

_PART = re.compile(r"[;()“”\"]+|:(?!\d)|[–—]|[.!?](?=\s|$)|(?<= )-(?= )")
_EDGE = "\"“”‘'’.,;:()!?*_"


@dataclass(frozen=True, slots=True)
class Predication:
    """One verb with what belongs to it; all words are terms.

    `doers` and `undergoers` are the words of the noun phrases before and behind the verb, the head
    last; of a passive the other way round. `placed` are the words behind a preposition.
    """

    verb: str
    doers: tuple[str, ...] = ()
    undergoers: tuple[str, ...] = ()
    placed: dict[str, frozenset[str]] = field(default_factory=dict)
    hedge: str = ""
    """The modal verb before it."""
    reach: frozenset[str] = frozenset()
    """Words of what it governs: "to repair the fence" behind "offered"."""

    @property
    def is_copula(self) -> bool:
        """Whether the verb only joins: "is", "was"."""
        return self.verb == "be"

    def words(self) -> frozenset[str]:
        """All words that belong to the verb."""
        return frozenset((*self.doers, *self.undergoers, *self.placed)) | self.reach


_TIMES = frozenset(
    terms(
        "year month week day night morning evening afternoon hour minute time yesterday today"
        " tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january"
        " february march april may june july august september october november december last next"
        " earlier later again first recently now once twice"
    )
)

_NUMBERS = frozenset(terms("two three four five six seven eight nine ten eleven twelve")) | {"one"}
COUNTS = _NUMBERS | frozenset(terms("hundred thousand million none all each both half"))


def counted(phrase: tuple[str, ...]) -> frozenset[str]:
    """The number words of a noun phrase."""
    return frozenset(phrase) & _NUMBERS


def head(phrase: tuple[str, ...]) -> str:
    """The word that a noun phrase is about: its last one, without what tells the time."""
    words = (t for t in reversed(phrase) if t not in _TIMES | COUNTS and not t[:1].isdigit())
    return next(words, "")


@lru_cache(maxsize=4096)
def predications(text: str) -> tuple[Predication, ...]:
    """The predications of a text in order."""
    found: list[Predication] = []
    for part in _PART.split(text):
        words = split(part.strip()) if part.strip() else None
        if words is not None and len(words) > 1:
            found.extend(_governing(list(_of_part(words))))
    return tuple(found)


def _governing(found: list[tuple[Verb, Predication]]) -> Iterator[Predication]:
    """Each predication with the words of the infinitives behind it."""
    for at, (_, one) in enumerate(found):
        governed: frozenset[str] = frozenset()
        for verb, other in found[at + 1 :]:
            if not verb.infinitive:
                break
            governed |= other.words() | {other.verb}
        yield replace(one, reach=governed)


def _of_part(words: Words) -> Iterator[tuple[Verb, Predication]]:
    found = verbs(words)
    before: tuple[str, ...] = ()
    governed: tuple[str, ...] = ()
    start = 0
    for at, verb in enumerate(found):
        later = found[at + 1 :]
        end = _end(words, verb, later)
        left = _Phrases(words, start, verb.start)
        right = _Phrases(words, *_right(words, verb, later))
        subject = left.core or (before if _shares_subject(words, verb, start) else ())
        if verb.infinitive and (left.core or governed):
            subject = ()  # "asked them to stop", "expects it to rise": not who asks or expects
        passive = (
            verb.passive
            or _is_inserted(words, verb)
            or (not left.core and at > 0 and _is_joined(words, found, at))
        )
        yield verb, _predication(verb, subject, left, right, passive=passive)
        before, governed, start = subject, right.core, end


def _predication(
    verb: Verb, subject: tuple[str, ...], left: _Phrases, right: _Phrases, *, passive: bool
) -> Predication:
    placed = left.placed | right.placed
    if not passive:
        return Predication(verb.base, subject, right.core, placed, verb.hedge)
    doers = tuple(t for t, by in right.placed.items() if "by" in by)
    placed = {t: by for t, by in placed.items() if t not in doers}
    return Predication(verb.base, doers, (*right.core, *subject), placed, verb.hedge)


def _is_inserted(words: Words, verb: Verb) -> bool:
    """Whether a participle stands in an insertion: "the operation, launched in April, …"."""
    is_bare = not verb.sure and is_participle(words.at(verb.at))
    return is_bare and words.raw[verb.at - 1].endswith(",")


def _right(words: Words, verb: Verb, later: list[Verb]) -> tuple[int, int]:
    """Where that stands which follows a verb; joined verbs share it: "wrote and directed it"."""
    for at, following in enumerate(later):
        if not _are_joined(words, verb, following):
            return verb.at + 1, _end(words, verb, later[at:])
        verb = following
    return verb.at + 1, len(words)


def _end(words: Words, verb: Verb, later: list[Verb]) -> int:
    return boundary(words, verb, later[0]) if later else len(words)


def _are_joined(words: Words, verb: Verb, following: Verb) -> bool:
    """Whether only "and" or "or" stands between two verbs."""
    between = words.low[verb.at + 1 : following.start]
    return bool(between) and all(word in ("and", "or") for word in between)


def _is_joined(words: Words, found: list[Verb], at: int) -> bool:
    """Whether a participle is joined with a passive before it: "was opened and closed by"."""
    verb, earlier = found[at], found[at - 1]
    return (
        earlier.passive
        and not verb.sure
        and is_participle(words.at(verb.at))
        and _are_joined(words, earlier, verb)
    )


def _shares_subject(words: Words, verb: Verb, start: int) -> bool:
    """Whether a verb without a subject has that of the one before: "did this and did that"."""
    return verb.infinitive or all(
        w in JOINING | BETWEEN | {"then", "also", "to"} or w.endswith("ly")
        for w in words.low[start : verb.start]
    )


class _Phrases:
    """The content words of a stretch: those behind a preposition, and those of no such phrase."""

    def __init__(self, words: Words, start: int, end: int) -> None:
        self.placed: dict[str, frozenset[str]] = {}
        self._core: list[str] = []
        self._behind = ""
        self._of = False
        for at in range(start, end):
            self._read(words, at, first=at == start)
            if words.raw[at].endswith(","):
                self._behind, self._of = "", False

    @property
    def core(self) -> tuple[str, ...]:
        """The words of no such phrase, the head last."""
        return tuple(self._core)

    def _read(self, words: Words, at: int, *, first: bool) -> None:
        word = words.low[at].strip(_EDGE)
        if word == "according" or (self._core and not self._behind and is_gerund(word)):
            self._behind = word
        elif word == "of":
            self._of = True
        elif word in PREPOSITIONS:
            if self._behind != "according" and not _is_number_part(words, at):
                self._behind = word
        elif word in DETERMINERS and not first and words.at(at - 1) not in PREPOSITIONS | {"all"}:
            self._behind = ""
        self._keep(words.raw[at].strip(_EDGE), word)

    def _keep(self, written: str, word: str) -> None:
        """Put a content word where it belongs; what is said by somebody belongs nowhere here."""
        left_out = word in PREPOSITIONS or not word or (is_stopword(written) and word != "one")
        if left_out or self._behind in ("according", word):
            return
        found = term(written)
        if self._behind:
            self.placed[found] = self.placed.get(found, frozenset()) | {self._behind}
        elif self._of:
            self._core.insert(max(0, len(self._core) - 1), found)
        else:
            self._core.append(found)


def _is_number_part(words: Words, at: int) -> bool:
    """Whether a preposition belongs to a number: "up to 40", "at least 30", "about 5"."""
    if words.at(at - 1) == "up" or words.at(at + 1) in ("least", "most"):
        return True
    return words.low[at] in ("up", "over", "about", "under", "around") and (
        words.at(at + 1)[:1].isdigit() or words.at(at + 1) == "to"
    )
