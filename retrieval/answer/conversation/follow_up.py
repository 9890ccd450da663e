"""Follow-ups: by rule, a question that leans on those before it becomes one that stands by itself.

Only what the asker said is taken over, never an answer's statement; from an answer at most the name
of a person after whom "who" was asked. What no rule fits stays as it was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.answer.conversation.topic import Phrase, person_in, phrases, topic
from retrieval.model import Question, Turn
from retrieval.text.courtesy import is_courtesy
from retrieval.text.dates import dates
from retrieval.text.names import names
from retrieval.text.terms import is_stopword, words

ANSWERING = frozenset({"onrecord", "assistant", "agent", "bot", "ai", "system"})
"""Speakers whose words are answers."""
_LONGEST_FRAGMENT = 6
_OPENING = r"^\s*(?:and|but|or|so|ok(?:ay)?|then|also)?[ ,]*"
_FRAGMENT = re.compile(
    rf"{_OPENING}(?:(?:what|how) about |and )(?P<rest>[^?]+?)(?: (?:then|instead))?[?.!]*\s*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{_OPENING}(?P<word>why|when|where|who|how|how (?:much|many|long|often|come|so)|since when"
    r"|by whom|until when|which(?: one| ones)?|what else|who else)(?: not| exactly| so)?[?.!]*\s*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|do|does|did|has|have|had|can|could|will|would|should|shall|may"
    r"|might|must|isn['’]t|aren['’]t|don['’]t|doesn['’]t|didn['’]t|who|what|which|when|where|why"
    r"|how|tell|show|give|explain|describe|list|find|mean)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?P<word>in|on|at|for|by|to|from|with|during|before|after|since|until|under|of) ", re.I
)
_ARTICLE = re.compile(r"(?:the|a|an|our|my|this|that) ", re.IGNORECASE)
_ATTRIBUTES = frozenset(
    """cost costs price prices fee fees address phone number email height length size width weight
    depth name date population capital age reason purpose duration deadline owner author director
    limit budget salary colour color speed distance area status""".split()
)
"""What things have: "and the cost?" asks for that of the same thing."""
_PERSON = re.compile(r"\b(?:(?P<whose>his|her(?= [a-z])|hers)|he|him|she|her)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:(?P<whose>its|their|theirs)|it|they|them|(?:these|those)"
    r"(?= (?:is|was|are|were|be|do|does|did|has|have|cost|take|still)\b|[?.,!]|$))\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:(?:is|was|are|were|does|did|do|has|who|when|why|where|how)\b"
    r"(?: (?:said|says|claimed|denied|reported|decided|is|was|did|does))?) (?:this|that)\b"
    r"(?=[?.! ]+(?:$|still|so|true|right|correct|really|happen|mean|work|change|apply))",
    re.IGNORECASE,
)
"""Questions about a whole statement: "Who said that?", "Is that still so?"."""
_EMPTY_IT = re.compile(
    r"\bit(?: is|'s|’s| was| would be)? (?:not )?(?:possible|true|easy|hard|safe|legal|worth|better"
    r"|necessary|important|normal|common|ok|okay|fine|allowed|raining|make sense|makes sense)\b"
    r"|\b(?:is|was|would) it (?:be )?(?:not )?(?:possible|true|easy|hard|safe|legal|worth|better"
    r"|necessary|important|normal|common|ok|okay|fine|allowed|raining)\b|\bdoes it make sense\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """What is looked for; `added` is of it what was appended as context only."""

    text: str
    added: str = ""
    about: str | None = None
    """What a pronoun in it was spelt out as."""


def standalone(question: Question) -> Standalone:
    """The question with what it leaves out, from those that the same conversation asked before."""
    before: Standalone | None = None
    said = ""
    for turn in question.history:
        if _is_answer(turn):
            said = turn.text
        elif _says_something(turn.text):
            before = _resolved(turn.text, before, said)
            said = ""
    return _resolved(question.text, before, said)


def asks_nothing(text: str) -> bool:
    """Whether a message has neither a verb that asks nor a question word: it only names things."""
    return _VERB.search(text) is None


def _resolved(text: str, before: Standalone | None, said: str) -> Standalone:
    """One follow-up after one question (that stands by itself already) and its answer."""
    if before is None or not _says_something(text):
        return Standalone(text)
    if fragment := _fragment(text):
        return Standalone(_swapped(before.text, fragment))
    if _BARE.match(text):
        return _with_all(text, before)
    referred = _referred(text, before, said)
    if referred is not None:
        return referred
    own = [text[a:b] for a, b in words(text) if not is_stopword(text[a:b])]
    if asks_nothing(text) and len(own) <= 3 and not names(text):
        return _beside(text, before)
    return Standalone(text)


def _with_all(text: str, before: Standalone) -> Standalone:
    """A question that is nothing without the whole of the one before."""
    return Standalone(f"{text.strip()} ({before.text})", before.text)


def _fragment(text: str) -> str | None:
    """The words of "and in 2023?", "what about Lind?"; none where the rest is a question."""
    match = _FRAGMENT.match(text)
    rest = match["rest"].strip() if match else ""
    if not rest or _VERB.search(rest) or len(rest.split()) > _LONGEST_FRAGMENT:
        return None
    return None if _THING.search(rest) or _PERSON.search(rest) else rest


def _swapped(before: str, fragment: str) -> str:
    """The earlier question with the fragment in the place of what it answers to."""
    preposition = _PREPOSITION.match(fragment)
    bare = fragment[preposition.end() :] if preposition else fragment
    new, old = dates(fragment), dates(before)
    if new:
        if not old:
            return _appended(before, fragment if preposition else f"in {fragment}")
        return before[: old[0].start] + fragment[new[0].start : new[0].end] + before[old[0].end :]
    if preposition:
        place = _led_by(before, preposition["word"])
        return _replaced(before, place, bare) if place else _appended(before, fragment)
    named = names(before)
    is_common = _ARTICLE.match(bare)
    if named and not is_common:
        start = _with_article(before, named[-1].start)
        return _replaced(before, (start, named[-1].end), bare)
    about = topic(before)
    if about is None:
        return _appended(before, bare)
    if bare.casefold().split()[-1] in _ATTRIBUTES:
        return f"What is {bare} of {_spelt(about)}?"
    start = _with_article(before, about.start) if is_common else about.start
    return _replaced(before, (start, about.end), bare)


def _with_article(text: str, start: int) -> int:
    """The start of what begins there, with the article before it."""
    article = re.search(r"\b(?:the|a|an|our|my) $", text[:start], re.IGNORECASE)
    return article.start() if article else start


def _spelt(about: Phrase) -> str:
    """A phrase as a later sentence names it."""
    bare_name = about.is_named and not about.is_determined
    return about.text if bare_name else f"the {about.text}"


def _led_by(before: str, preposition: str) -> tuple[int, int] | None:
    """The place of the phrase that a preposition of the earlier question leads."""
    for match in re.finditer(rf"\b{preposition} ((?:the|a|an) )?", before, re.IGNORECASE):
        for one in phrases(before):
            if one.start == match.end():
                return (match.start(1) if match[1] else one.start, one.end)
    return None


def _replaced(text: str, place: tuple[int, int], new: str) -> str:
    return text[: place[0]] + new + text[place[1] :]


def _appended(text: str, more: str) -> str:
    return f"{text.rstrip(' ?.!')} {more}?"


def _referred(text: str, before: Standalone, said: str) -> Standalone | None:
    """The question with its first pronoun spelt out, if that one points out of the question."""
    if _STATEMENT.search(text):
        return _with_all(text, before)
    match = _PERSON.search(text)
    who = _person(before, said) if match else None
    if match is None and not _EMPTY_IT.search(text):
        match = _THING.search(text)
        who = _topic(before)
    if match is None or who is None or _has_own_subject(text[: match.start()]):
        return None
    spelt = f"{who}’s" if match["whose"] else who
    whole = text[: match.start()] + spelt + text[match.end() :]
    return Standalone(whole if match.start() else whole[:1].upper() + whole[1:], about=who)


def _topic(before: Standalone) -> str | None:
    """What the question before is about, as a later sentence names it."""
    if before.about is not None:
        return before.about
    about = topic(before.text)
    return _spelt(about) if about else None


def _has_own_subject(opening: str) -> bool:
    """Whether what a pronoun stands for may stand before it in the same question."""
    own = [opening[a:b] for a, b in words(opening) if not is_stopword(opening[a:b])]
    return bool(names(opening)) or len(own) > 2


def _person(before: Standalone, said: str) -> str | None:
    """Whom "he" or "her" stands for."""
    if re.search(r"\bwho(?:m|se)?\b", before.text, re.IGNORECASE):
        found = person_in(said, before.text)
        if found is not None:
            return found
    named = names(before.about or before.text)
    return named[0].text if named else None


def _beside(text: str, before: Standalone) -> Standalone:
    """A heading-like message with what the conversation is about."""
    about = topic(before.about or before.text)
    is_vague = about is None or not (about.is_named or about.is_determined or " " in about.text)
    if about is None or is_vague or about.text.casefold() in text.casefold():
        return Standalone(text)
    return Standalone(f"{text.strip().rstrip(' ?.!')} ({about.text})", about.text)


def _is_answer(turn: Turn) -> bool:
    return turn.speaker.casefold() in ANSWERING


def _says_something(text: str) -> bool:
    """Whether a message asks or names something, and is not mere courtesy."""
    return bool(words(text)) and not is_courtesy(text)
