"""Parts: a question about two things, as one question about each.

"How many desks do the Lyon and Ghent offices have?" asks of Lyon and of Ghent, and "Which is
larger, Lyon or Ghent?" how large each is: what the documents say of each is quoted, and whoever
asked compares. "Who found the wreck, and when?" asks two things of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.answer.conversation.topic import phrases
from retrieval.model import Question, Turn
from retrieval.text.names import names
from retrieval.text.verbs import base_of


@dataclass(frozen=True, slots=True)
class Part:
    """One of two things that are asked about, in the question's words, and what is asked of it.

    The name is empty where two things are asked of one.
    """

    name: str
    question: Question


_CHOICE = re.compile(
    r"^\W*(?:which|what|who)(?: of (?:the )?(?:two|them))?(?: (?P<noun>[^\W\d_]+))?"
    r" (?P<asked>(?:is|are|was|were|has|have|had|\w+s|\w+ed|came|went|won|sold|cost)\b[^,:?]*?)"
    r"[,:]? (?P<one>(?:the |an? )?[^,:?]{1,50}?),? or (?P<other>(?:the |an? )?[^,:?]{1,50}?)\W*$",
    re.IGNORECASE,
)
_HOW = {
    **dict.fromkeys(("larger", "bigger", "smaller"), "large"),
    **dict.fromkeys(("longer", "shorter"), "long"),
    **dict.fromkeys(("higher", "lower"), "high"),
    **dict.fromkeys(("heavier", "lighter"), "heavy"),
    **dict.fromkeys(("faster", "slower"), "fast"),
    **dict.fromkeys(("older", "younger"), "old"),
    **dict.fromkeys(("more", "less"), "much"),
    **{"taller": "tall", "wider": "wide", "deeper": "deep", "farther": "far", "further": "far"},
    **{"warmer": "warm", "hotter": "hot", "colder": "cold"},
}
"""What is asked of each thing to compare them: how large each is, to learn which is larger."""
_PRICED = frozenset({"cheaper", "dearer"})
_BEING = re.compile(r"^(?P<be>is|are|was|were) (?:the )?(?P<more>\w+|more expensive)$", re.I)
_COUNTED = re.compile(r"^(?:has|have|had) (?:more|fewer|the most|the fewest) (?P<noun>.+)$", re.I)
_DOING = re.compile(r"^(?P<verb>\w+) (?P<more>\w+)$", re.IGNORECASE)
_IN_TIME = frozenset({"first", "earlier", "later", "last", "before", "sooner"})
_PLURAL = re.compile(r"\b(?P<verb>do|are|were|have)(?P<article>(?: (?:the|our|its|an?))? )$", re.I)
_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}
_AND = re.compile(r",? and (?:also )?(?P<article>(?:in |of |from |for )?(?:the |our |an? )?)")
_YEARS = re.compile(
    r"(?P<one>\b\d{4}) (?:and|to|with)(?: (?:in|of|from|for))? (?P<other>\d{4}\b)", re.IGNORECASE
)
_RECIPROCAL = re.compile(r"\b(?:between|both|together|common|each other|relationship)\b", re.I)
_DIFFERENCE = re.compile(
    r"\b(?:differs?|differences?|different|compared?|changed?|changes)\b", re.IGNORECASE
)
_AGAINST = re.compile(r"\bcompare (?P<one>.+?) (?:with|to|against) (?P<other>.+?)\W*$", re.I)
_FROM = re.compile(
    r"\bhow (?:do|does|did|is|are) (?P<one>.+?) (?:differ|different) from (?P<other>.+?)\W*$", re.I
)
_ASKED_TWICE = re.compile(
    r"^(?P<one>\W*(?:who|what|when|where|why|how|which|is|are|was|were|did|does|do)\b.+?),? and"
    r" (?P<other>(?:(?:in|by|to|from|for|at|on) )?(?:who|what|when|where|why|how|which)\b.*)$",
    re.IGNORECASE,
)
_SAY = re.compile(
    r"^\W*what (?:do|does|did) (?P<who>[^,?]+?) (?:say|claim|think)(?P<rest> [^?]+)?\W*$", re.I
)
_YEAR = re.compile(r"^in (?:what|which) year\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?|our|its) ", re.IGNORECASE)


def parts(question: str) -> tuple[Part, ...]:
    """Two questions, where one asks about two things; none where it does not."""
    choice = _CHOICE.match(question)
    if choice:
        return _of_a_choice(choice)
    if twice := _ASKED_TWICE.match(question):
        return _asked_twice(twice["one"], twice["other"])
    if _RECIPROCAL.search(question) or _DIFFERENCE.search(question):
        return ()
    place = _joined(question)
    if place is None:
        return ()
    start, (one, other), end = place
    before = _PLURAL.sub(
        lambda m: f"{_SINGULAR[m['verb'].lower()]}{m['article']}", question[:start]
    )
    return tuple(Part(name, Question(f"{before}{name}{question[end:]}")) for name in (one, other))


def sides(question: str) -> tuple[str, str] | None:
    """The two things whose difference is asked for; None where none is."""
    if not _DIFFERENCE.search(question):
        return None
    named = _AGAINST.search(question) or _FROM.search(question)
    if named:
        return _ARTICLE.sub("", named["one"]), _ARTICLE.sub("", named["other"])
    place = _joined(question)
    return place[1] if place else None


def _asked_twice(one: str, other: str) -> tuple[Part, ...]:
    """Two questions in one sentence; the second one may lean on the first."""
    speakers = _SAY.match(one), _SAY.match(other)
    if speakers[0] and speakers[1]:
        about = "" if speakers[1]["rest"] else speakers[0]["rest"]
        both = (f"{one}?", f"{other.rstrip(' ?.!')}{about}?")
        return tuple(
            Part(_ARTICLE.sub("", said["who"]), Question(text))
            for said, text in zip(speakers, both, strict=True)
            if said
        )
    other = _YEAR.sub("when", other)
    return Part("", Question(f"{one}?")), Part("", Question(other, (Turn("asker", one),)))


def _of_a_choice(choice: re.Match[str]) -> tuple[Part, ...]:
    asked, noun = choice["asked"].strip(), choice["noun"]
    found = []
    for name in (choice["one"], choice["other"]):
        thing = f"the {_ARTICLE.sub('', name)} {noun}" if noun else name
        question = _measured(asked, thing)
        if question is None:
            return ()
        found.append(Part(_ARTICLE.sub("", name), Question(question)))
    return tuple(found)


def _measured(asked: str, thing: str) -> str | None:
    """What is asked of one of two things that are compared."""
    if being := _BEING.match(asked):
        more = being["more"].lower()
        if more in _PRICED or more == "more expensive":
            return f"How much does {thing} cost?"
        return f"How {_HOW[more]} {being['be']} {thing}?" if more in _HOW else None
    if counted := _COUNTED.match(asked):
        return f"How many {counted['noun']} does {thing} have?"
    doing = _DOING.match(asked)
    verb = base_of(doing["verb"]) if doing else None
    if doing is None or verb is None:
        return None
    more = doing["more"].lower()
    if more in _IN_TIME:
        return f"When did {thing} {verb}?"
    return f"How {_HOW[more]} does {thing} {verb}?" if more in _HOW else None


def _joined(question: str) -> tuple[int, tuple[str, str], int] | None:
    """Two things joined by "and": where they start, both, where they end."""
    if years := _YEARS.search(question):
        return years.start(), (years["one"], years["other"]), years.end()
    for phrase in phrases(question):
        joints = list(_AND.finditer(phrase.text))
        if len(joints) != 1:
            continue
        (joint,) = joints
        at = phrase.start + joint.start()
        if any(name.start < at < name.end for name in names(question)):
            continue
        one, other = phrase.text[: joint.start()], phrase.text[joint.end() :]
        if joint["article"] or (_is_named(one) and _is_named(other)):
            return phrase.start, (one, other), phrase.end
    return None


def _is_named(text: str) -> bool:
    return text[:1].isupper() or text[-1:].isdigit()
