"""Presuppositions: what a question takes for granted, as statements that can be checked.

"When did the plant close?" takes for granted that the plant closed. Only questions whose form says
so are read, by rule; where the rule is not sure of the statement there is none, because a wrong
one would be shown to whoever asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from retrieval.text.clauses import verb_at
from retrieval.text.counted import counted
from retrieval.text.declarative import (
    BE,
    DO,
    Statement,
    auxiliary,
    declared,
    inverted,
    main_verb,
)
from retrieval.text.events import presumed_event
from retrieval.text.framing import QUESTION_WORD, sentences, without_frame
from retrieval.text.passive import passive
from retrieval.text.terms import terms
from retrieval.text.verbs import is_base, is_past, past
from retrieval.text.wording import AUXILIARIES, PREPOSITIONS, Words, split

MOST = 3
"""Statements of one question."""
LONGEST = 300
"""Characters of a question that are read by rule; what is longer is told, not asked."""
_FRONTED = re.compile(
    r"(?P<front>(?:in(?! between)|on|at|after|before|during|since|under|by|for|following"
    rf"|throughout|within|despite) [^,?]+?),? (?P<asked>(?:{QUESTION_WORD}) .+)",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:if|unless|whether|supposed to|or (?:is|are|was|were|did|does))\b|;|\?.|[A-Z]{2,} "
    r"[A-Z]{2,} [A-Z]{2,}|\b(?:whose|would|could|might) have\b",
)
_SKIPPED = frozenset("exactly actually else then on earth again really ever also".split())
_TIMES = frozenset(
    """year day date month time century decade week season hour weekday quarter years
    days""".split()
)
_MEASURES = frozenset(
    """long far often quickly soon fast well badly early late closely widely recently deeply
    frequently strongly severely successfully seriously""".split()
)
_HYPOTHETICAL = frozenset({"would", "could", "might"})
_HOLLOW = frozenset(
    "work mean happen look come go take last cost do make have get be feel sound".split()
)
"""Verbs that state nothing without an object."""
_ARGUED = {
    "where": frozenset("go come live put lead lie sit stand belong get keep place be".split()),
    "how": frozenset("feel look sound seem appear do mean end".split()),
}
"""Verbs of which the question word asks for a part that they cannot do without."""
_TO_SUBJECT = frozenset(
    "caused led prompted forced drove persuaded convinced compelled got".split()
)
_STRANDED = PREPOSITIONS - {"of", "out", "up", "down", "off", "like", "as"} | {"as"}
_OPEN = re.compile(r"^to be when\b|\b(?:in|at|on|of|to|for|by) (?:what|which)\b(?! \w+ \w+ \w+)")
"""Beginnings and ends that leave what is asked open in the statement."""
_REASON = re.compile(
    r"(?:was|is|were|are)? ?the (?:\w+ )?reasons? (?:why|that) (?P<clause>.+)", re.I
)
_NTH_TIME = re.compile(
    r"(?:was|is) the (?:very )?(?:first|last) time (?:that )?(?P<clause>.+)", re.I
)


def presupposed(question: str) -> tuple[str, ...]:
    """The statements that a question takes for granted, strongest first; none where unsure."""
    found = (
        statement for asked in sentences(question[:LONGEST]) for statement in _statements(asked)
    )
    return tuple(dict.fromkeys(found))[:MOST] if len(question) <= LONGEST else ()


def _statements(asked: str) -> Iterator[str]:
    """The statements of one sentence, as they are shown."""
    plain, is_indirect = without_frame(asked.strip())
    if not plain or _UNSURE.search(plain):
        return
    front = ""
    if fronted := _FRONTED.fullmatch(plain):
        front, plain = fronted["front"], fronted["asked"]
    for text in _read(split(plain), is_indirect):
        yield _sentence(f"{front}, {text}" if front else text)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip(' ,')}."


def _read(words: Words, is_indirect: bool) -> Iterator[str]:
    """The statements that the form of a question gives."""
    pied = words.at(0) in PREPOSITIONS and words.at(1) in ("what", "which", "when", "whom", "where")
    if pied:
        words = words.since(1)
    if len(words) < 3:
        return
    words = _whole(words)
    reader = _READERS.get(words.at(0))
    if pied and words.at(0) in ("what", "which", "whom"):
        reader = _pied
    if reader is None:
        return
    argued = _ARGUED.get(words.at(0), frozenset())
    for statement in reader(words, is_indirect):
        if statement and _says_something(statement) and main_verb(statement) not in argued:
            yield statement.text


def _whole(words: Words) -> Words:
    """The question with its contraction spelled out: "who's", "why's"."""
    match = re.fullmatch(r"(\w+)'(s|d|re|ll)", words.at(0))
    if match is None:
        return words
    aux = {"s": "is", "d": "did", "re": "are", "ll": "will"}[match[2]]
    return split(f"{match[1]} {aux} {words.text(1)}")


def _says_something(statement: Statement) -> bool:
    """Whether there is enough to look for: two words that carry a subject, no verb alone."""
    found = set(terms(statement.text))
    if statement.subject.lower() == "they" and len(found) < 3:
        return False
    is_active = statement.verb.split()[0] not in BE
    if is_active and main_verb(statement) in _HOLLOW and not terms(statement.rest):
        return False
    if _OPEN.search(statement.rest):
        return False
    return len(found) >= 2


def _skip(words: Words, start: int) -> int:
    while words.at(start) in _SKIPPED:
        start += 1
    return start


def _why(words: Words, is_indirect: bool) -> Iterator[Statement | None]:
    clause = words.since(_skip(words, 1))
    if found := auxiliary(clause.at(0)):
        if found[0] != "would":
            yield inverted(clause, is_whole=True)
    else:
        found_ = declared(clause)
        yield found_ if is_indirect or (found_ and auxiliary(found_.verb)) else None


def _when(words: Words, is_indirect: bool) -> Iterator[Statement | None]:
    clause = words.since(_skip(words, 1))
    if nth := _NTH_TIME.fullmatch(clause.text(0)):
        last = declared(split(nth["clause"]))
        yield last if last and last.rest else None
    elif found := auxiliary(clause.at(0)):
        stranded = words.at(0) == "where" and words.at(len(words) - 1) in _STRANDED
        if found[0] not in _HYPOTHETICAL | {"should"} and not stranded:
            yield inverted(clause)
    elif is_indirect:
        yield declared(clause)


def _how(words: Words, is_indirect: bool) -> Iterator[Statement | None]:
    if words.at(1) == "come":
        yield declared(words.since(2))
    elif words.at(1) in ("many", "much"):
        yield counted(words.since(2), words.at(1))
    elif words.at(1) in _MEASURES:
        start = 3 if words.at(2) == "ago" else 2
        found = auxiliary(words.at(start))
        if found and found[0] not in _HYPOTHETICAL:
            yield inverted(words.since(start))
    else:
        yield _manner(words.since(_skip(words, 1)), is_indirect)


def _manner(clause: Words, is_indirect: bool) -> Statement | None:
    """How something is done; asked for oneself it takes nothing for granted ("how do we …")."""
    found = auxiliary(clause.at(0))
    if found and found[0] not in _HYPOTHETICAL and clause.at(1) not in ("we", "our"):
        return inverted(clause)
    return declared(clause) if is_indirect and not found and clause.at(0) != "we" else None


def _without_stranded(clause: Words) -> Statement | None:
    """A clause that ends in the preposition of what is asked, without it: "share Oregon with"."""
    if clause.at(len(clause) - 1) not in _STRANDED:
        return None
    found = inverted(clause.until(len(clause) - 1))
    if found is None or clause.at(1) == "we" or found.rest in ("", "up", "out", "off", "down"):
        return None
    return found


def _who(words: Words, is_indirect: bool) -> Iterator[Statement | None]:
    found = auxiliary(words.at(1))
    if found and found[0] in DO:
        yield _without_stranded(words.since(1))
    else:
        yield passive(words.since(1))


def _what(words: Words, is_indirect: bool) -> Iterator[Statement | None]:
    first = words.at(1)
    if reason := _REASON.fullmatch(words.text(1)):
        yield declared(split(reason["clause"]))
    elif found := auxiliary(first):
        if found[0] in DO:
            yield _without_stranded(words.since(1))
        yield presumed_event(words)
    elif first in ("happened", "happens"):
        yield presumed_event(words)
    elif first == "made" or first in _TO_SUBJECT:
        yield _brought_about(words.since(1)) or presumed_event(words)
    elif is_past(first) and not words.named[1]:
        yield presumed_event(words) or passive(words.since(1))
    else:
        yield from _which(words, is_indirect)


def _brought_about(words: Words) -> Statement | None:
    """ "made the motor stop", "led the union to strike": the motor stopped, the union struck."""
    if words.at(0) == "made":
        verb = verb_at(words, 1)
        subject_end = verb
    else:
        subject_end = words.low.index("to") if "to" in words.low[2:] else None
        verb = subject_end + 1 if subject_end else None
    if verb is None or subject_end is None or not is_base(words.at(verb)):
        return None
    subject = words.text(1, subject_end)
    if subject.lower() in ("it", "him", "her", "them", "me", "us", "you", "this"):
        return None
    return Statement(subject, past(words.at(verb)), words.text(verb + 1))


def _which(words: Words, is_indirect: bool) -> Iterator[Statement | None]:
    """ "Which year did the plant close", "which company bought the plant"."""
    places = range(2, min(6, len(words)))
    aux = next((at for at in places if auxiliary(words.at(at))), None)
    if words.at(1) in PREPOSITIONS or words.at(1) in AUXILIARIES:
        return
    if aux is not None:
        yield _which_inverted(words, aux)
        return
    for at in range(2, min(5, len(words))):
        if is_past(words.at(at)) and not words.named[at] and words.at(at) != "caused":
            yield passive(words.since(at))
            return


def _which_inverted(words: Words, aux: int) -> Statement | None:
    clause = words.since(aux)
    if words.at(aux - 1) in _TIMES:
        return inverted(clause)
    if clause.at(0) in DO or (clause.at(0) in BE and not clause.at(1).endswith("ing")):
        return _without_stranded(clause)
    return passive(clause)


def _pied(words: Words, is_indirect: bool) -> Iterator[Statement | None]:
    """The preposition stands in front: "in which year did", "to whom did"."""
    aux = next((at for at in range(1, min(7, len(words))) if auxiliary(words.at(at))), None)
    if aux is not None:
        yield inverted(words.since(aux))


_READERS: dict[str, Callable[[Words, bool], Iterator[Statement | None]]] = {
    "why": _why,
    "when": _when,
    "where": _when,
    "how": _how,
    "who": _who,
    "whom": _who,
    "what": _what,
    "which": _which,
}
