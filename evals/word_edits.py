"""Edits of small words: negation, modality, quantifier, comparison and speaker turned round."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from evals.value_edits import Edit, put

_AFFIRMED = re.compile(
    r"\b(?P<aux>(?:is|are|was|were|does|did|will|would|can|should|must|do)"
    r"|(?:has|have|had)(?= (?:been|[a-z]{3,}ed|become|made|taken|begun|given|seen|shown|won)\b))"
    r" (?=[a-z]{3,})"
    r"(?!not\b|no\b|only\b|also\b|just\b|never\b|to\b|all\b|some\b|both\b|either\b|simply\b)"
)
_UNASKED = re.compile(
    r"\b(?:what|which|who|that|where|how|as|it|there|nor|neither|why|when)$", re.I
)
_DENIED = (
    (re.compile(r"\b(is|are|was|were|did|does|do|has|have|had|would|will|should) not (?!only|just"
                r"|merely|simply|necessarily|all|every|always|until|even|be\b)"), r"\1 "),
    (re.compile(r"\bcannot (?!only)"), "can "),
    (re.compile(r"\b(is|was|were|are|did|does|has|had|would|could)n['’]t (?!only|just)"), r"\1 "),
    (re.compile(r"\bnever (?!the)"), ""),
    (re.compile(r"\b(is|are|was|were) no longer "), r"\1 still "),
    (re.compile(r"\bunable to "), "able to "),
    (re.compile(r"\bfailed to "), "managed to "),
    (re.compile(r"\bwithout (?=an? )"), "with "),
)  # fmt: skip


def negation(text: str, rng: random.Random, _: Sequence[str]) -> Iterator[str]:
    """A negation put in, or taken out."""
    for match in _AFFIRMED.finditer(text):
        if not _UNASKED.search(text[: match.start()].rstrip()):
            yield put(text, match.end(), match.end(), "not ")
    for pattern, new in _DENIED:
        for match in pattern.finditer(text):
            yield put(text, *match.span(), match.expand(new))


def _swaps(table: Mapping[str, str]) -> Edit:
    """An edit from a table of patterns and what stands in their place."""
    rows = [(re.compile(rf"\b{old}"), new) for old, new in table.items()]

    def edit(text: str, rng: random.Random, _: Sequence[str]) -> Iterator[str]:
        for pattern, new in rows:
            for match in pattern.finditer(text):
                word = match.expand(new) if match.start() else match.expand(new).capitalize()
                made = put(text, *match.span(), word)
                if not _EITHER.search(made):
                    yield made

    return edit


_BASE = r"(?=(?!be (?:able|used)|have\b|not\b|also\b|only\b|or\b|and\b|as\b)[a-z]{2,})"
modality = _swaps(
    {
        rf"(?:may|might|could) {_BASE}": "will ",
        r"(?<=is |as )(?:probably|possibly|perhaps|allegedly|reportedly) (?=[a-z])": "definitely ",
        r"(?<=re )(?:probably|possibly|perhaps|allegedly|reportedly) (?=[a-z])": "",
        r"(is|are|was|were) (?:likely|expected|believed|thought|said) to ": r"\1 certain to ",
        r"(?:plans|intends|hopes|aims|wants|plan|intend|hope|aim|want) to (?=[a-z])": "will ",
        r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )(?:planned|intended|hoped|tried|attempted)"
        r" to (?=[a-z])": "managed to ",
        rf"must {_BASE}": "may ",
        rf"should {_BASE}": "must ",
        r"(?<!\bas )can (?=[a-z]+ )(?!be seen|not\b|also\b|only\b)": "must ",
        r"(?:seems|appears) to be ": "is ",
        r"(?:required|obliged) to ": "allowed to ",
        r"(?:allowed|permitted) to ": "required to ",
    }
)
quantifier = _swaps(
    {
        r"(?<!\bat )([Ss])ome (?=(?:of the |[a-z]+ )?[a-z]{3,}s\b)": "all ",
        r"many (?=(?:of the |[a-z]+ )?[a-z]{3,}s\b)": "all ",
        r"([Mm])ost (?=(?:of the )?[a-z]{3,}s\b)": "all ",
        r"(?<!a )(?<!every )few (?=[a-z]{3,}s\b)": "many ",
        r"(?<!not )(?<!n't )(?<!n’t )(?:often|sometimes|usually|generally|occasionally|frequently"
        r"|typically) (?=[a-z])": "always ",
        r"(?:mostly|largely|mainly|partly|primarily) (?=[a-z])": "entirely ",
        r"(?:a majority|the majority) of (?!votes)": "all of ",
        r"(?<!not )(?<!n't )(?<!n’t )always (?=[a-z])": "never ",
        r"(?<=is )an? (?=[a-z]+ [a-z]+)(?!few|little|lot|bit|number)": "the only ",
        r"(?<=was )an? (?=[a-z]+ [a-z]+)(?!few|little|lot|bit|number)": "the only ",
        r"rarely (?=[a-z])": "often ",
    }
)  # fmt: skip
_PAIRS = (
    "more than/less than|increased/decreased|increase in/decrease in|higher/lower|larger/smaller"
    "|rose/fell|above/below|shorter/taller|earlier/later|older/younger|greater than/less than"
    "|faster/slower|majority/minority|increases/decreases|before the/after the|northern/southern"
    "|eastern/western|largest/smallest|highest/lowest|best/worst|increasing/decreasing"
    "|stronger/weaker|better/worse|more likely/less likely|more important/less important|oldest"
    "/youngest|longest/shortest|grew/shrank|improved/worsened|upper/lower|inside/outside"
    "|more expensive/less expensive|maximum/minimum|earliest/latest"
)
_KEPT = {"lower": r"lower(?! house)", "later": r"later(?= than)", "increased": "increased(?! by)"}
comparative = _swaps(
    {
        rf"{_KEPT.get(one, one)}(?<!no {one})(?! or less| or more)\b": other
        for pair in _PAIRS.split("|")
        for left, right in [pair.split("/")]
        for one, other in ((left, right), (right, left))
    }
)
_EITHER = re.compile(r"\b(?P<w>\w+),? (?:or|and|,) (?P=w)\b|\b(?P<v>\w+), (?P=v)\b")
"""What a swap makes of "earlier or later"."""
_SPEECH = r"said|says|stated|argued|argues|claimed|claims|believed|believes|reported|noted"
_SPOKEN = re.compile(rf"(?P<v>{_SPEECH}|denied|alleged|announced|suggested) that ")
_OPEN = re.compile(
    r"^(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}) (?P<v>said|says|stated|argued|argues|claimed"
    r"|claims|denied|alleged|believed|reported|announced) that "
)
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[A-Z][\w.]+(?: [A-Z][\w.]+){0,2})(?=[,.])")
_FIRM = frozenset({"denied", "alleged", "claimed", "claims"})


def speaker(text: str, rng: random.Random, stock: Sequence[str]) -> Iterator[str]:
    """Another speaker, another stance, or what is alleged or denied stated as it were so."""
    for match in (*_OPEN.finditer(text), *_ACCORDING.finditer(text)):
        new = rng.choice(stock) if stock else ""
        if new and not any(word[:4] in text for word in new.split()):
            yield put(text, *match.span("who"), new)
    for match in _SPOKEN.finditer(text):
        yield put(text, *match.span("v"), "confirmed" if match["v"] == "denied" else "denied")
    opened = _OPEN.match(text)
    if opened and opened["v"] in _FIRM:
        rest = text[opened.end() :]
        yield rest[:1].upper() + rest[1:]
