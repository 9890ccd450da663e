"""Topic: what a question is about, as the words that a pronoun after it would stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.text.names import is_person, names
from retrieval.text.terms import is_stopword, words

_DETERMINER = frozenset("the a an this that these those our my your its their his her".split())
_JOINS = re.compile(r"(?: (?:of|to|and)(?: the| a| an)?)? |['’]s |-")
"""What may stand between two words of one phrase: "warranty of the Aquila 300"."""
_ASKING = frozenset(
    """who whom whose what which when where why how many much long far often old big high tall
    anyone anything something anybody else kind sort type way need want""".split()
)
_HELPED = re.compile(
    r"\b(?:do|does|did|will|would|can|could|should|shall|may|might|must|has|have|had)(?:n['’]t)?"
    r" (?:the |a |an |our |my |your |this |that |these |those )?$",
    re.IGNORECASE,
)
"""A helping verb before its subject: the main verb comes after the subject."""
_BEING = re.compile(
    r"\b(?:is|are|was|were) (?:the |a |an |our |my |your |this |that |these |those )?$",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"\s*(?:and |but |so )?(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would"
    r"|should)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|since)(?: the)? $", re.IGNORECASE)
"""What stands before a place or a time, in which the thing that is asked about is."""
_PARTICIPLE = re.compile(
    r".+(?:ed|en)$|^(?:built|held|made|sold|paid|sent|found|born|lost|won|known|shown|led|run|set"
    r"|kept|left|spent|caught|taught|bought|brought|fought|told|put|hit|cut|shut)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a question that name one thing, with their place in it."""

    start: int
    end: int
    text: str
    is_named: bool
    is_determined: bool
    """An article or the like stands before it."""


def topic(question: str) -> Phrase | None:
    """What a question is about: the first phrase with a name, else with an article, else any.

    Of a question for yes or no it is the first phrase, its subject.
    """
    found = phrases(question)
    for wanted in (
        [one for one in found if one.is_named and not _PLACE.search(question[: one.start])],
        found if _YES_NO.match(question) else [],
        [one for one in found if one.is_determined],
        [one for one in found if one.is_named],
        found,
    ):
        if wanted:
            return wanted[0]
    return None


def phrases(question: str) -> list[Phrase]:
    """The noun phrases of a question, roughly, in order."""
    return [phrase for run in _runs(question) if (phrase := _phrase(question, run))]


def person_in(answer: str, question: str) -> str | None:
    """The first name of a person in an answer that the question did not say."""
    for name in names(answer):
        if name.text not in question and (is_person(name, answer) or " " in name.text):
            return name.text
    return None


def _runs(question: str) -> Iterator[list[tuple[int, int]]]:
    """Rows of content words with nothing but joins between them."""
    run: list[tuple[int, int]] = []
    for start, end in words(question):
        if not _is_content(question[start:end]):
            continue
        if run and not _JOINS.fullmatch(question[run[-1][1] : start]):
            yield run
            run = []
        run.append((start, end))
    if run:
        yield run


def _is_content(word: str) -> bool:
    return not is_stopword(word) and word.casefold() not in _ASKING


def _phrase(question: str, run: Sequence[tuple[int, int]]) -> Phrase | None:
    start = run[0][0]
    named = [name for name in names(question) if start <= name.start < run[-1][1]]
    if not _is_determined(question, start):
        # What stands before is the verb: "who wrote Hamlet", "who came to the festival".
        inner = [one for one, _ in run if _is_determined(question, one)]
        start = named[0].start if named else inner[-1] if inner else start
    end = _end(question, run, named[-1].end if named else None, question[:start])
    if end is None:
        return None
    determined = _is_determined(question, start)
    return Phrase(start, end, question[start:end], bool(named), determined)


def _is_determined(question: str, start: int) -> bool:
    before = question[:start].split()
    return bool(before) and before[-1].casefold() in _DETERMINER


def _end(
    question: str, run: Sequence[tuple[int, int]], named: int | None, before: str
) -> int | None:
    """Where the phrase ends, without the verb that may follow it."""
    ends = [end for _, end in run]
    if named is not None:
        # A number may belong to the name: "Aquila 300".
        following = [end for start, end in run if start >= named and question[start].isdigit()]
        return following[0] if following and following[0] - named <= 6 else named
    last = question[run[-1][0] : run[-1][1]]
    is_verb = _HELPED.search(before) or (_BEING.search(before) and _PARTICIPLE.match(last))
    if not is_verb:
        return ends[-1]
    return ends[-2] if len(ends) > 1 else None
