"""Expected answer type: whether a sentence holds the kind of thing that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.answer.question import Expected, Query
from retrieval.text.aliases import is_country
from retrieval.text.names import Name, is_person, names
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import fold, terms
from retrieval.text.values import Number, dates, has_clock_time, numbers, same_value

_PEOPLE = re.compile(
    r"\b(?:people|persons?|personnel|officers?|officials?|members?|generals?|ministers?|leaders?"
    r"|workers?|staff|citizens|soldiers?|troops|scientists?|students?|settlers|group|family|team"
    r"|company|government|army|police|head|office|board|department|committee|admins?|users?"
    r"|owners?|engineers?|teams?|managers?|directors?|chair(?:man|woman|person)?|presidents?|leads?"
    r"|secretary|treasurer|landlord|tenants?|doctors?|nurses?|patients?|employees?|contractors?"
    r"|customers?|guests?|residents?|visitors?|participants?|parents?|child(?:ren)?|adults?|women"
    r"|men|anyone|anybody|everyone|everybody|nobody)\b",
    re.IGNORECASE,
)
_RULED = re.compile(
    r"\bwho (?:else )?(?:should|can|may|must|shall|need|needs|has to|have to|is (?:not )?allowed"
    r"|can['’]t|cannot|shouldn['’]t|mustn['’]t)\b",
    re.IGNORECASE,
)
"""Questions whom a rule is for; one that speaks to its reader answers them."""
_READER = re.compile(r"\byou\b|^(?:do not|don['’]t|never) ", re.IGNORECASE)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|to|of|on|into|around|across|outside|inside|between|along|over|through"
    r"|throughout|under|within)(?: \w+){0,2} $"
)
_PLACE_WORD = re.compile(
    r"\b(?:north|south|east|west|northern|southern|eastern|western|coast|border|capital|city"
    r"|village|region|mountains?|river|island|valley|province|street|building|room|floor|folder"
    r"|directory|page|channel)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:at|from|until|till|by|after|before|since) (?:the )?(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|\d{1,2})\b"
    r"|\b(?:on )?the \d{1,2}(?:st|nd|rd|th)\b|\bon the (?:first|second|third|fourth|last)\b"
    r"|\bat the (?:end|start|beginning)\b|\b(?:next|last|this) (?:year|quarter|month|week|weekend"
    r"|night|spring|summer|autumn|fall|winter)\b|\bin (?:spring|summer|autumn|winter)\b"
    r"|\b(?:when|if)\b"
    r"|\bon (?:week(?:days|ends)|\w+days?)\b|\beach \w+\b"
    r"|\b(?:within|after|before|until|every|once|during|as soon as|no later than|upon|each time"
    r"|whenever|while|daily|weekly|monthly|yearly|annually)\b",
    re.IGNORECASE,
)
"""Time without a date: "at nine", "within two weeks", "every Friday", "once it is signed"; or on
which condition: "when the disk is full"."""
_REASON = re.compile(
    r"\b(?:because|blam(?:e|es|ed|ing)|attribut(?:e|es|ed)|stem(?:s|med)|cit(?:es|ed)"
    r"|due to|owing to|since|as a result|so that|in order to|thanks to|caused?|causes"
    r"|led to|leads to|reason|purpose|therefore|thus|aims? to|to (?:protect|prevent|avoid|ensure"
    r"|reduce|help|make|allow|increase|eliminate|keep|sever|provide)|needed to|for fear)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\b(?:provides?|serves?|serving|allows?|enables?|aims?|helps?|used (?:to|for|as|in)|purpose"
    r"|platform|function|role|so that|in order to|for \w+ing|designed|intended|to (?:exchange|give"
    r"|make|keep|protect|support|coordinate|train|store|help|ensure|prevent|eliminate))\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:nothing|free(?: of charge)?|unlimited|no (?:charges?|fees?|limits?|costs?)|none)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:once|twice|thrice|daily|hourly|weekly|monthly|quarterly|yearly|annually"
    r"|(?:every|each) (?:other |second )?\w+)\b",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:by \w+ing|using|through|via|with the help|by means of|run|first|then|so that|set|type"
    r"|choose|open)\b",
    re.IGNORECASE,
)

_SUBJECT = re.compile(
    r"(?:^|(?<=[;:,] )|(?<=\bthat )|(?<=\band )|(?<=\bbut ))(?:the|an?|our|its|each|every)"
    r"(?= \w)",
    re.IGNORECASE,
)
"""Where a common noun may begin that does what the sentence says."""
_WORD = re.compile(r" (?!(?:is|are|was|were|been|be)\b)\w+")
_FOLLOWING = re.compile(r" (?:has |have |had |also |both |jointly )*(\w+)")


def fit(query: Query, sentence: str) -> float:
    """How well the sentence holds what is asked for, 0 to 1; 0.5 where nothing can be told."""
    check = _CHECKS.get(query.expected)
    return check(query, sentence) if check else 0.5


def _novel_names(query: Query, sentence: str) -> list[Name]:
    """Names that say more than the question does: of "Water Minister Ada Byron", asked who the
    water minister is, the second half. What is added to a name asked for is no other one."""
    asked = set(query.terms)
    known = frozenset().union(*query.names)
    return [
        name
        for name in names(sentence)
        if not name.terms & asked or (name.terms - asked and not name.terms & known)
    ]


def _person(query: Query, sentence: str) -> float:
    named = _novel_names(query, sentence)
    novel = [name for name in named if not is_country(name.text)]
    if any(is_person(name, sentence) for name in novel):
        return 1.0
    if any(_does_what_is_asked(query, name.end, sentence) for name in named):
        return 0.7
    if any(_does_what_is_asked(query, end, sentence) for end in _subject_ends(sentence)):
        return 0.7
    if any(fold(m.group()) not in fold(query.text) for m in _PEOPLE.finditer(sentence)):
        return 0.7
    if _RULED.search(query.text) and _READER.search(sentence):
        return 0.7
    if any(_may_act(name, sentence) for name in novel):
        return 0.7
    return 0.4 if novel else 0.0


def _subject_ends(sentence: str) -> Iterator[int]:
    """Where a common noun of one or two words may end that begins a clause."""
    for found in _SUBJECT.finditer(sentence):
        end = found.end()
        for _ in range(2):
            word = _WORD.match(sentence, end)
            if word is None:
                break
            end = word.end()
            yield end


def _does_what_is_asked(query: Query, end: int, sentence: str) -> bool:
    """Whether the question's verb stands right behind a doer: countries sign, landlords repair."""
    following = _FOLLOWING.match(sentence, end)
    return following is not None and query.predicate in terms(following[1])


def _may_act(name: Name, sentence: str) -> bool:
    """A name of one word, or one that the sentence makes the doer."""
    return " " not in name.text or sentence[: name.start].endswith(("by ", "by the "))


def _place(query: Query, sentence: str) -> float:
    novel = _novel_names(query, sentence)
    if any(_PLACE_BEFORE.search(sentence[: name.start]) for name in novel):
        return 1.0
    if _PLACE_WORD.search(sentence):
        return 0.6
    return 0.5 if novel else 0.0


def _date(query: Query, sentence: str) -> float:
    asked = {query.text[d.start : d.end] for d in query.dates}
    novel = [d for d in dates(sentence) if sentence[d.start : d.end] not in asked]
    if any(d.year or d.month or d.day for d in novel) or has_clock_time(sentence):
        return 1.0
    if novel:
        return 0.6
    return 0.4 if _WHEN.search(sentence) else 0.0


def _clock(query: Query, sentence: str) -> float:
    return float(has_clock_time(sentence))


def _number(query: Query, sentence: str) -> float:
    novel = [
        n
        for n in numbers(sentence)
        if not any(same_value(n.value, asked.value) for asked in query.numbers)
    ]
    found = max((_counts(query.focus, n, sentence) for n in novel), default=0.0)
    return max(found, 0.5 if _has_no_or_often(query, sentence) else 0.0)


def _has_no_or_often(query: Query, sentence: str) -> bool:
    """An amount or a number of times in words: "cost nothing", "twice"."""
    return _NONE.search(sentence) is not None or (
        query.focus in (None, "time") and _TIMES.search(sentence) is not None
    )


def _counts(focus: str | None, number: Number, sentence: str) -> float:
    """How likely a number counts what is asked for: 1 with its noun behind it."""
    written_out = not any(char.isdigit() for char in sentence[number.start : number.end])
    if focus is None:
        return 0.2 if written_out else 0.8
    if number.unit == focus or number.unit in synonyms(focus):
        return 1.0
    following = terms(sentence[number.end : number.end + 40])[:2]
    if focus in following:
        return 1.0
    if written_out:
        return 0.1
    return 0.7 if focus in terms(sentence) else 0.4


def _reason(query: Query, sentence: str) -> float:
    return float(_REASON.search(sentence) is not None)


def _purpose(query: Query, sentence: str) -> float:
    return float(_PURPOSE.search(sentence) is not None)


def _manner(query: Query, sentence: str) -> float:
    return float(_MANNER.search(sentence) is not None)


def _definition(query: Query, sentence: str) -> float:
    """The thing asked for, followed by a comma, a bracket or "is a"; best early in the sentence."""
    words = [w for t, w in zip(query.terms, query.words, strict=True) if t not in query.light]
    if not words:
        return 0.5
    pattern = (
        rf"\b{re.escape(fold(words[-1]))}\W{{0,3}}"
        r"(?:\([^)]*\) )?(?:, |\(|(?:is|are|was|were|means|refers to|stands for) )"
    )
    match = re.search(pattern, fold(sentence))
    if not match:
        return 0.0
    return 1.0 if match.start() < 60 else 0.7


_CHECKS = {
    Expected.PERSON: _person,
    Expected.PLACE: _place,
    Expected.DATE: _date,
    Expected.CLOCK: _clock,
    Expected.NUMBER: _number,
    Expected.REASON: _reason,
    Expected.PURPOSE: _purpose,
    Expected.MANNER: _manner,
    Expected.DEFINITION: _definition,
}
