"""What a question asks: its terms, names and values, and what kind of answer it expects."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.answer.conversation.follow_up import Standalone, standalone
from retrieval.answer.writing.trace import Rewriting
from retrieval.model import Question
from retrieval.text.names import names
from retrieval.text.terms import fold, is_stopword, spellings, term, terms, words
from retrieval.text.values import Date, Number, dates, numbers
from retrieval.text.verbs import is_base


class Expected(StrEnum):
    """The kind of answer a question asks for."""

    PERSON = "person"
    PLACE = "place"
    DATE = "date"
    CLOCK = "clock"
    NUMBER = "number"
    REASON = "reason"
    PURPOSE = "purpose"
    MANNER = "manner"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as search and scoring see it.

    `terms` are distinct, in order, `words` their first spellings. `light` are those that say what
    kind of thing is asked or are common verbs ("happen", "kind", "year"): an answer need not
    repeat them. `focus` is the noun that is counted or chosen ("how many soldiers": soldier),
    `predicate` the verb between a named subject and the rest ("when did Ada Lovelace marry"), or
    that of an unknown doer ("who leads the club").
    """

    text: str
    asked: str
    """The question as it is read: without a greeting; of a follow-up, with what it is about."""
    terms: tuple[str, ...]
    words: tuple[str, ...]
    light: frozenset[str]
    names: tuple[frozenset[str], ...]
    dates: tuple[Date, ...]
    numbers: tuple[Number, ...]
    expected: Expected
    focus: str | None
    predicate: str | None
    looked_for: str | None = None
    """The question as it stands by itself, where that is not how it was asked."""
    rewritten: Rewriting | None = None
    """How a chat model put it, where one was asked."""


_LIGHT = frozenset(
    terms(
        "say said tell told state stated happen happened occur occurred call called name named "
        "mean means meaning kind type sort use used thing things describe explain list give gave "
        "get got go going went come came take took place know known think want wants make made "
        "according mention mentioned information please find since year date day month "
        "time number amount person people place location located country city reason way "
        "besides others also much many long far often old big exactly currently ever re co stand"
    )
)
_REPORTING = _LIGHT | frozenset(
    terms("expect think believe plan claim report announce suggest hope predict argue")
)
_AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might"
    r"|must|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|don['’]t|doesn['’]t|didn['’]t|won['’]t)"
)
_LEAD_IN = re.compile(
    r"^\s*(?:(?:please|hi|hello|hey|so|and|but|ok|okay|well|also|then|hm+|sorry)\b[ ,!]*"
    r"|(?:quick question|just curious|question)[:,] *"
    r"|(?:can|could|would|will) (?:you|anyone|anybody|somebody|someone) (?:please |maybe )?"
    r"(?:tell|show|remind|explain to|say to) (?:me|us)\b,?\s*"
    r"|(?:can|could) (?:you|anyone|anybody|somebody|someone) (?:please )?(?:say|confirm|clarify"
    r"|check|explain)\b,?\s*"
    r"|(?:do|does) (?:you|anyone|anybody|somebody|someone) (?:happen to )?know\b,?\s*"
    r"|(?:tell|remind) (?:me|us)\b,?\s*|any ideas?\b,?\s*"
    r"|i(?:['’]d| would) (?:like|love) to know\b,?\s*|i (?:want|need) to know\b,?\s*"
    r"|i wonder\b,?\s*|i(?:['’]m| am) (?:wondering|not sure|unsure)\b,?\s*)+",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"^(is|was|would) it (?:be )?(?:ok|okay|fine|all ?right) (?=to\b|if\b|for\b)", re.IGNORECASE
)
"""Ways to ask whether something is allowed that no document puts it in."""
_KINDS: tuple[tuple[Expected, str], ...] = (
    (Expected.CLOCK, r"\bwhat time\b|\btime of (?:the )?day\b|\bat what (?:hour|time)\b"),
    (
        Expected.DATE,
        r"\b(?:since )?when\b|\bhow (?:long ago|recently)\b|\b(?:what|which|whose) (?:\w+ ){0,2}"
        r"(?:year|date|day|month|century|decade)\b",
    ),
    (
        Expected.NUMBER,
        r"\bhow (?:many|much|old|tall|high|long|far|large|big|deep|wide|fast|heavy|often|hot"
        r"|cold)\b"
        r"|\bwhat (?:\w+ ){0,2}(?:number|percentage|percent|population|amount|share|price|cost"
        r"|distance|size|length|height|temperature|rate|age|budget|salary|total)\b",
    ),
    (
        Expected.PURPOSE,
        r"\bused for\b|\b(?:purpose|function|role) of\b|^what\b.*(?<!stand )\bfor\W*$"
        r"|^what (?:do|does|will|would) [^?]+ (?:do|be for)\W*$",
    ),
    (
        Expected.REASON,
        r"\bwhy\b|\bhow come\b|\bfor what reason\b|\bwhat (?:caused|causes|led to"
        r"|is the (?:reason|cause))\b",
    ),
    (
        Expected.DEFINITION,
        r"^who (?:is|are|was|were) (?!the\b|\w+ing\b|\w+ed\b|responsible|in\b)"
        r"(?!.*\b(?:counterpart|leader|president|minister|chief|head)\b)"
        r"|^what (?:is|are|was|were) (?:an? |the )?[^?]{1,40}\?*$"
        r"|^what does [^?]{1,30} (?:mean|stand for)\b|^define\b",
    ),
    (
        Expected.PERSON,
        r"\bwho(?:m|se)?\b|\b(?:what|which) (?:person|man|woman|people|president|actor|actress|king"
        r"|queen|minister|leader|author|singer|player|scientist|general)\b",
    ),
    (
        Expected.PLACE,
        r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|country|state|place|town|region|continent"
        r"|county|province|location|capital|river|island|area|village|district)\b",
    ),
    (
        Expected.YES_NO,
        rf"^{_AUXILIARY}\b|^(?:whether|if)\b(?!.*\b(?:what|which|who|when|where|why|how)\b)",
    ),
    (Expected.MANNER, r"\bhow\b"),
)
_KIND_PATTERNS = tuple((kind, re.compile(p, re.IGNORECASE)) for kind, p in _KINDS)
_ASKS = re.compile(r"\b(?:what|which|who|whom|whose|where|why|how)\b", re.IGNORECASE)
_FOCUS = re.compile(
    r"\bhow (?:many|much) (?P<counted>(?:[^\W\d_]+ ){0,2}?[^\W\d_]+)(?= (?:"
    + _AUXILIARY[3:-1]
    + r"|"
    r"[^\W\d_]+ed|live|work|die|came|come|went|go|got|get|took|take|made|make|won|win|lost|lose|left"
    r"|fell|fit|in|on|of|there)\b|\?|$)"
    r"|\b(?:what|which) (?P<chosen>(?:[^\W\d_]+ )?[^\W\d_]+)(?= " + _AUXILIARY + r"\b)",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\b(?:did|does|do|will|would|can|could|was|were|is|are|be)(?: the)?(?: [A-ZÀ-Þ][\w'’.&-]*)+"
    r"(?: (?:and|of|for) (?:the )?[A-ZÀ-Þ][\w'’.&-]*)* (?P<verb>[a-zà-ÿ]+)\b"
)
_LAST_WORD = re.compile(r" (?P<word>[a-z]+)\W*")
_DEED = re.compile(r"^\W*(?:and |so |but )?who (?:else |first |also )?(?P<verb>[a-zà-ÿ]+) \w", re.I)


def analyse(text: str) -> Query:
    """Read a question. Never fails; a question without terms has none."""
    asked = _ALLOWED.sub(r"\1 it allowed ", _LEAD_IN.sub("", text) or text)
    found = spellings(asked)
    named = tuple(name.terms for name in names(asked) if not _only_question_word(name.text))
    in_names = frozenset().union(*named)
    return Query(
        text=text,
        asked=asked,
        terms=tuple(found),
        words=tuple(found.values()),
        light=frozenset(t for t in found if t in _LIGHT and t not in in_names),
        names=named,
        dates=dates(asked),
        numbers=numbers(asked),
        expected=_expected(asked.strip()),
        focus=_focus(asked),
        predicate=_predicate(asked),
    )


def read(question: Question, most_chars: int, whole: Standalone | None = None) -> Query:
    """Read a question in its conversation, as `whole` or else by rule.

    What is appended as context says what the question is about; what it says itself is what is
    asked, and its own terms weigh more.
    """
    whole = whole or standalone(question)
    text = whole.text[:most_chars]
    query = replace(analyse(text), looked_for=text if whole.text != question.text else None)
    if not whole.added and not whole.about:
        return query
    own = analyse(question.text[:most_chars])
    taken_over = set(query.terms) - set(own.terms)
    if whole.added:
        about = [w for t, w in zip(query.terms, query.words, strict=True) if t in taken_over]
        query = replace(query, asked=f"{own.asked.rstrip(' ?')}, {' '.join(about)}?")
    return query if set(own.terms) <= own.light else replace(query, light=query.light | taken_over)


def _expected(text: str) -> Expected:
    """The kind whose words come first; of two in one place, the one named first above."""
    found = [
        (m.start(), kind)
        for kind, pattern in _KIND_PATTERNS
        if (m := pattern.search(text)) and not _joins_a_clause(text, m)
    ]
    return min(found, key=lambda item: item[0])[1] if found else Expected.THING


def _joins_a_clause(text: str, word: re.Match[str]) -> bool:
    """Whether a "when" says on which occasion and asks for none: "what happens when it rains"."""
    is_bare = word.group().lower() == "when"
    return is_bare and _ASKS.search(text, 0, word.start()) is not None


def _focus(text: str) -> str | None:
    match = _FOCUS.search(text)
    if not match:
        return None
    noun = (match["counted"] or match["chosen"]).split()[-1]
    return None if is_stopword(noun) else term(noun)


def _predicate(text: str) -> str | None:
    match = _PREDICATE.search(text) or _DEED.search(text)
    if not match or is_stopword(match["verb"]):
        return None
    verb = match["verb"]
    last = _LAST_WORD.fullmatch(text, match.end("verb"))
    if last and is_base(last["word"]) and not is_base(verb):
        verb = last["word"]  # "when did the Norden office open": the noun goes with the name
    return None if term(verb) in _REPORTING else term(verb)


def _only_question_word(name: str) -> bool:
    return all(fold(name[a:b]) in {"who", "what", "when", "where", "why"} for a, b in words(name))
