"""Paraphrases: sentences that say what a quotation says, in other words; all of them should pass.

Some are written by hand, over documents of this repository; the others are made by rules that keep
the meaning. What they share with the gates is nothing but English.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.lying.material import Group
from evals.rewritten import rewritten

_BY_HAND = Path(__file__).with_name("by_hand.txt")
_SMALL = re.compile(r"(?:The|A|An|This|These|It|He|She|They|There|In|On|At|His|Her|Its)\b")


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A true sentence about one of several quotations, and how it was made."""

    kind: str
    text: str
    number: int
    quotations: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """A pair that a person wrote: a quotation of a document, and the same in other words."""

    document: str
    quotation: str
    text: str


def by_hand() -> list[ByHand]:
    """The pairs in `by_hand.txt`: `# document`, `> quotation`, then a paraphrase a line."""
    found: list[ByHand] = []
    document = quotation = ""
    for line in _BY_HAND.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            document = line[2:]
        elif line.startswith("> "):
            quotation = line[2:]
        elif line:
            found.append(ByHand(document, quotation, line))
    return found


def hand_written() -> list[Paraphrase]:
    """The pairs written by hand, each among its document's other quotations."""
    pairs = by_hand()
    quotations: dict[str, dict[str, None]] = {}
    for pair in pairs:
        quotations.setdefault(pair.document, {})[pair.quotation] = None
    return [
        Paraphrase("by hand", pair.text, stated.index(pair.quotation) + 1, stated, pair.document)
        for pair in pairs
        for stated in [_nearby(tuple(quotations[pair.document]), pair.quotation)]
    ]


def _nearby(quotations: tuple[str, ...], quotation: str) -> tuple[str, ...]:
    """At most eight quotations of a document, one of which is the one."""
    at = quotations.index(quotation)
    start = max(0, min(at - 3, len(quotations) - 8))
    return quotations[start : start + 8]


def by_rule(groups: Iterable[Group], seed: int) -> Iterator[Paraphrase]:
    """For each sentence of each group one paraphrase, by a rule that fits it."""
    for group in groups:
        for number, sentence in enumerate(group.sentences, 1):
            rng = random.Random(f"{seed}:{sentence}")
            found = [(kind, new) for kind, new in _rewrites(sentence) if new != sentence]
            if found:
                kind, text = rng.choice(found)
                yield Paraphrase(kind, text, number, group.sentences, group.origin)


def _rewrites(text: str) -> Iterator[tuple[str, str]]:
    for kind, rewrite in REWRITES.items():
        new = rewrite(text)
        if new:
            yield kind, new
    yield from ((f"light: {c.kind}", c.claim) for c in rewritten([text]) if c.claim != text)


_OPENING = re.compile(
    r"^(?P<when>(?:In|On|At|During|Since|From|By|After|Before) [^,;:()\"“”]{3,45}), "
    r"(?P<rest>[^;:()\"“”]+)\.$"
)
_CLOSING = re.compile(
    r"^(?P<rest>[^,;:()\"“”]{20,120}?) (?P<when>(?:in|on|since|until) (?:[A-Z][a-z]+ )?"
    r"(?:\d{1,2}, )?\d{4})\.$"
)
_SUBORDINATE = re.compile(
    r"^(?P<link>Although|Though|Because|While|When|After|Before|Since|As|If|Unless) "
    r"(?P<one>[^,;:()\"“”]{10,90}), (?P<two>[^,;:()\"“”]{10,110})\.$"
)
_PASSIVE = re.compile(
    r"^(?P<thing>[^,;:()\"“”]{4,60}?) (?P<be>was|were) (?P<verb>[a-z]+ed) by "
    r"(?P<who>[^,;:()\"“”]{3,60}?)(?P<rest> (?:in|on|at|during) [^,;:()\"“”]{3,60})?\.$"
)
_APPOSED = re.compile(
    r"^(?P<who>[A-Z][^,;:()\"“”]{2,40}), [^,;:()\"“”]{4,60}, (?P<rest>[^;:()]+)\.$"
)
_NOT_DROPPED = re.compile(r"\b(?:not|only|if|unless|except|said|says|according|may|might)\b")
_DROPPED_WORDS = re.compile(
    r"(?<=[a-z]) (?:also|indeed|therefore|furthermore|moreover|then)(?= [a-z])"
    r"|^(?:However|Moreover|Furthermore|Additionally|In addition|Thus|Therefore|Also), "
)
_LAST_PART = re.compile(
    r"^(?P<first>[^,;:()\"“”]{25,120}), and (?:the|a|an|it|he|she|they|its|his|her) [^;:()\"“”]+\.$"
)
_SYNONYMS = {
    r"is located in": "is situated in", r"is situated in": "is located in", r"began": "started",
    r"started": "began", r"purchased": "bought", r"approximately": "about",
    r"constructed": "built", r"numerous": "many", r"large": "big", r"assist(?= )": "help",
    r"obtained": "got", r"commenced": "began", r"annually": "every year", r"film": "movie",
    r"concluded in": "ended in", r"currently": "now", r"primarily": "mainly",
    r"residents": "inhabitants", r"utilized": "used", r"acquired": "bought",
    r"established in": "founded in", r"founded in": "established in", r"throughout": "all over",
    r"permitted": "allowed", r"requires": "needs", r"received": "got", r"children": "kids",
}  # fmt: skip


def _clause_order(text: str) -> str:
    """An opening phrase at the end, a closing one at the beginning."""
    opened = _OPENING.match(text)
    if opened:
        when = opened["when"][:1].lower() + opened["when"][1:]
        return f"{_capital(opened['rest'])} {when}."
    closed = _CLOSING.match(text)
    return f"{_capital(closed['when'])}, {_continued(closed['rest'])}." if closed else ""


def _subordinate(text: str) -> str:
    found = _SUBORDINATE.match(text)
    if not found:
        return ""
    return f"{_capital(found['two'])} {found['link'].lower()} {_continued(found['one'])}."


def _active(text: str) -> str:
    found = _PASSIVE.match(text)
    if not found or found["thing"].split()[0] in ("It", "He", "She", "They", "This"):
        return ""
    rest = found["rest"] or ""
    return f"{_capital(found['who'])} {found['verb']} {_continued(found['thing'])}{rest}."


def _without_apposition(text: str) -> str:
    found = _APPOSED.match(text)
    if not found or _NOT_DROPPED.search(text):
        return ""
    return f"{found['who']} {found['rest']}."


def _without_adverb(text: str) -> str:
    return _capital(_DROPPED_WORDS.sub("", text, count=1))


def _split(text: str) -> str:
    """The first of two sentences into which one is split."""
    found = _LAST_PART.match(text)
    return f"{found['first']}." if found and not _NOT_DROPPED.search(text) else ""


def _synonym(text: str) -> str:
    for old, new in _SYNONYMS.items():
        made = re.sub(rf"\b{old}\b", new, text, count=1)
        if made != text:
            return made
    return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _continued(text: str) -> str:
    """A clause as it goes on behind others; a name keeps its capital."""
    return text[:1].lower() + text[1:] if _SMALL.match(text) else text


REWRITES: dict[str, Callable[[str], str]] = {
    "clause order": _clause_order,
    "subordinate clause": _subordinate,
    "passive to active": _active,
    "without apposition": _without_apposition,
    "without adverb": _without_adverb,
    "split": _split,
    "synonym": _synonym,
}
