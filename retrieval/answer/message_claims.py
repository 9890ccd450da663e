"""The claims of a chat message: what it states, without greetings, questions and orders.

A sentence that leans on the one before ("It costs 18 euros") is one claim together with it; where
nothing before it can be leaned on, it is given as it stands, and said to be incomplete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from retrieval.answer.clauses import clauses
from retrieval.answer.integrity import leans
from retrieval.ingest.sentences import split_sentences
from retrieval.model import BlockKind, Sentence
from retrieval.text.assertions import asserts

MOST_CLAIMS = 10
MOST_JOINED = 4
"""Sentences in one claim; the next that leans is joined to the first of them again."""

_FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_QUOTED = re.compile(r"(?:>|&gt;)+\s?")
_ITEM = re.compile(r"(?:[-*•◦▪‣–—]|\(?(?:\d{1,3}|[a-z])[.)])\s+")
_EMOJI = r":[\w+'-]+:|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]"
_AROUND = re.compile(rf"^(?:\s|{_EMOJI})+|(?:\s|{_EMOJI})+$")
_PAUSE = r"\s*[,:!;.–—-]+\s+"
_LEAD_IN = re.compile(
    rf"""(?:
      (?:hi|hello|hey|hiya)(?:\ (?:all|team|everyone|everybody|folks|there|guys|again))*(?=\s|[,!:])
        (?:(?:\ [^\s,!:.]+){{0,2}}{_PAUSE}|[,!:.]*\s+)
    | (?:good\ (?:morning|afternoon|evening)|morning|afternoon|dear)(?:\ [^\s,!:.]+){{0,2}}{_PAUSE}
    | (?:many\ |big\ |huge\ )?(?:thanks|thank\ you|thx|cheers|sorry)(?!\ to\b)[^,.!:]*{_PAUSE}
    | @[\w.-]+(?:{_PAUSE}|\s+(?=(?-i:[A-Z“"])))
    | (?:please\ )?(?:note|remember|be\ aware|keep\ in\ mind|bear\ in\ mind)(?:,?\ that|\s*:)\s+
    | (?:fyi|btw|by\ the\ way|imo|imho|iirc|afaik|as\ far\ as\ I\ know|apparently|also|so|and|but
        |okay|ok),?\s+(?!that\b|far\b|long\b|many\b|much\b)
    | (?:i\ (?:think|believe|guess|heard|read|know)|just\ so\ you\ know|it\ seems)(?:\ that|,)?\s+
    | (?:ok|okay|so|well|yes|yeah|yep|no|nope|sure|right|great|update|reminder|correction|note
        |heads\ up|quick\ (?:note|update)|good\ news|bad\ news|summary|tl;dr|fyi|btw|p\.?s\.?)
        {_PAUSE}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDED = re.compile(r"[.!?…。][\"”’»)\]]*$")
_BARE_PRONOUN = re.compile(
    r"^[\"“'(\[]*(?:\w+,? )?(?:(?:he|she|it|they|his|her|its|their|these|those)\b"
    r"|(?:this|that)(?:'s| is| was| has| will| means| does)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MessageClaim:
    """Something that a message states; incomplete if it leans on what the message does not say."""

    text: str
    is_whole: bool = True


def claims_of(text: str) -> tuple[MessageClaim, ...]:
    """What a message claims, in order and once each, at most ten; empty if it claims nothing."""
    return tuple(islice(dict.fromkeys(_joined(_sentences(text))), MOST_CLAIMS))


def _joined(sentences: Iterator[str]) -> Iterator[MessageClaim]:
    """Claims of one sentence, or of several where each leans on the one before."""
    group: list[str] = []
    for sentence in sentences:
        if not asserts(sentence):
            yield from _claim(group)
            group = []
        elif group and _leans(sentence):
            if len(group) == MOST_JOINED:
                yield from _claim(group)
                group = group[:1]
            group.append(sentence)
        else:
            yield from _claim(group)
            group = [sentence]
    yield from _claim(group)


def _claim(group: list[str]) -> Iterator[MessageClaim]:
    if group:
        *first, last = group
        text = " ".join([*(s if _ENDED.search(s) else f"{s}." for s in first), last])
        yield MessageClaim(text, not (_leans(group[0]) and _BARE_PRONOUN.match(group[0])))


def _leans(sentence: str) -> bool:
    return leans(Sentence(0, len(sentence), sentence))


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a message, line by line, without what leads into them."""
    lead = ""
    for line in _FENCED.sub("\n", text).split("\n"):
        plain = _without_emoji(_QUOTED.sub("", line.strip(), count=1))
        item = _ITEM.match(plain)
        if item:
            yield from _bare_sentences(_with_lead(lead, plain[item.end() :]))
            continue
        *stated, last = [*_bare_sentences(plain)] or [""]
        lead = last.removesuffix(":").rstrip() if last.endswith(":") else ""
        yield from stated
        if last and not lead:
            yield last


def _with_lead(lead: str, item: str) -> str:
    """A list item, behind the line that leads into the list where it is no sentence itself."""
    return f"{lead} {item}" if lead and not asserts(item) and not item.endswith("?") else item


def _bare_sentences(text: str) -> Iterator[str]:
    for sentence in split_sentences(text, 0, len(text), BlockKind.PROSE):
        bare = _without_lead_in(_without_emoji(sentence.text))
        if bare:
            yield from clauses(bare)


def _without_lead_in(sentence: str) -> str:
    bare = sentence
    while lead_in := _LEAD_IN.match(bare):
        bare = bare[lead_in.end() :]
    word = bare.split(" ", 1)[0]
    return bare[:1].upper() + bare[1:] if bare != sentence and word.islower() else bare


def _without_emoji(text: str) -> str:
    return _AROUND.sub("", text)
