"""Factuality: whether a text states that something is so, or only mentions it.

"It is not known whether anybody was charged twice", "was supposed to open", "asked him to resign",
"if the council agrees": the words are all there, but nobody says that it happened. Such words open
a stretch of text that they take out of what is stated; what a claim states must stand outside. The
distinction, and many of the words, are those of Saurí and Pustejovsky, FactBank (2009).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.text.lacks import Kind, Lack
from retrieval.text.modality import Firmness, hedges
from retrieval.text.pairing import Pair, paired
from retrieval.text.verbs import base_of, is_base, is_gerund, is_participle

_SHARE = 0.5
"""Share of the words in common that a stretch must hold where no verb is in common."""
_FEW = 2
"""Words that it must hold at least."""
_HABIT = "used to"
_UNSETTLED = (
    r"(?:unclear|unknown|uncertain|undecided|unsettled|open"
    r"|not (?:yet )?(?:been )?(?:clear|known|decided|certain|settled|determined|established))"
)
_OPEN_QUESTION = (
    r"\bwhether\b"
    r"|(?:\bnot|n['’]t|\bnever|\bcannot|\bno one|\bnobody) (?:yet )?(?:prove[ds]?|show(?:s|n|ed)?"
    r"|means?|meant|impl(?:y|ies|ied)|demonstrate[ds]?|indicate[ds]?|believe[ds]?|thinks?|claim(?:s|ed)?)"
    r"(?: that)?\b"
    r"|\bnot (?:yet |so far )?(?:been )?(?:confirmed|verified|proven|proved|shown|established)"
    r"(?: yet| so far)? that\b"
    r"|\b(?:know(?:s|n)?|knew|unclear|ask(?:s|ed|ing)?|see|wonder(?:s|ed|ing)?|check(?:s|ed|ing)?"
    r"|sure|certain|determine[ds]?|decided?|find out|examin\w+|discuss\w*|debat\w+) if\b"
    rf"|\b{_UNSETTLED} (?:who|what|when|where|why|how|which)\b"
)
_CONDITION = (
    r"(?:if(?! (?:any|necessary|possible|needed|required|applicable|so|not|only|ever|at all)\b)"
    r"|unless|provid(?:ed|ing) that|assuming|suppos(?:e|ing) that|in case"
    r"|on (?:the )?condition that|as long as)"
)
_INVERTED = (
    r"(?:^|(?<=[.;,] ))(?:had|were|should)(?= (?:the |an? )?[\w’'-]+(?: \w+)? \w+)"
    r"(?=[^.;?]*, [^.;?]*\bwould\b)"
)
_UNFULFILLED = (
    r"\b(?:was|were|is|are|been) (?:\w+ )?(?:supposed|meant|scheduled|slated|set) to(?: have)?"
    r"(?= [a-z])"
    r"|\b(?:was|were) (?:\w+ )?due to(?= (?:have|be|open|start|begin|close|end|take|arrive|launch"
    r"|come|meet|go|leave|return|run|stop|move|retire|speak|appear|happen|finish|receive|pay|sign"
    r"|vote|play|visit)\b)"
    r"|\b(?:was|were) (?:\w+ )?to have\b"
    r"|\b(?:would|should) have(?= (?:\w+ly )?\w+(?:ed|en|n|t|d|ne|un)\b)"
    r"|\b(?:almost|nearly)(?= [a-z]+ed\b)"
    r"|\b(?:yet|about|next|failing|reluctant|unwilling) to\b"
    r"|\b(?:on the (?:verge|brink) of|short of|close to)(?= \w+ing\b)"
)
_PREVENTED = (
    r"\b(?:rul(?:e|es|ed|ing) out|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?)\b"
    r"|\b(?:instead of|rather than|without)(?= \w+ing\b)"
    r"|\b(?:stop(?:s|ped|ping)?|keep(?:s|ing)?|kept|block(?:s|ed|ing)?)\b"
    r"(?=[^.;,:]{1,60}\bfrom \w+ing\b)"
)
_WISHED = (
    r"\b(?:threat(?:en(?:s|ed|ing)?)?|offer(?:s|ed|ing)?|ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)"
    r"|demand(?:s|ed|ing)?|request(?:s|ed|ing)?|order(?:s|ed|ing)?|want(?:s|ed|ing)?"
    r"|wish(?:es|ed|ing)?|pretend(?:s|ed|ing)?|propos(?:e|es|ed|ing|al)|suggest(?:s|ed|ing|ion)?"
    r"|recommend(?:s|ed|ing)?|invit(?:e|es|ed|ing|ation)|call(?:s|ed|ing)? (?:on|for)"
    r"|advis(?:e|es|ed|ing)|encourag(?:e|es|ed|ing)|press(?:ed|es|ing)|requir(?:e|es|ed|ing)"
    r"|instruct(?:s|ed|ing)?|bann?(?:s|ed|ing)?|barr?(?:s|ed|ing)?|forb(?:id|ids|ade|idden)"
    r"|prohibit(?:s|ed|ing)?)\b(?=[^.;,:]{0,60}?\b(?:to|that|for|from)\b)"
)
_UNFOUNDED = (
    r"\b(?:no|little|without|any) (?:\w+ )?(?:evidence|proof|signs?|indications?|suggestion|hints?"
    r"|guarantee|reason to (?:believe|think))\b"
    r"|\b(?:wrong|false|untrue|incorrect|a lie|a myth|inaccurate|misleading)"
    r"(?: to (?:say|claim|suggest|think|believe|assume))? that\b"
    r"|\b(?:rumou?rs?|speculation|fears?|suspicions?|hopes?|myths?|worr(?:y|ies)|the idea"
    r"|the notion|the theory)(?: that|s? of)\b"
)
_TENDED = (
    r"\b(?:motions?|proposals?|plans?|requests?|attempts?|efforts?|bids?|calls?|offers?|demands?"
    r"|ideas?|bills?|promises?|threats?|intentions?|aims?|permission|rights?|failure|refusal"
    r"|inability|permits?|petitions?|applications?|orders?|chances?|opportunit(?:y|ies)) to"
    r"(?= [a-z])"
)
"""Nouns with what somebody would do: "a motion to ban gas grills"."""
_ORDERED = r"^(?:please )?(?:make sure|ensure|check|verify|imagine|suppose|assume)\b"
_OPENS = re.compile(
    rf"{_OPEN_QUESTION}|\b{_CONDITION}\b|{_INVERTED}|{_UNFULFILLED}|{_PREVENTED}|{_WISHED}"
    rf"|{_UNFOUNDED}|{_TENDED}|{_ORDERED}|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )"
    rf"(?<!\bbeen )\b{_HABIT}\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[;,:!?—)]|\.(?=\s|$)|\b(?:but|because|although|though|whereas)\b"
    r"|\band (?:no longer|has|have|had|is|are|was|were|will)\b"
)
_WHENEVER = re.compile(r"\b(?:when|whenever|once|in the event)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did|used to|once|formerly|previously)\b|\w+ed\b")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|be|been|being|will|has|have|had|did|does|do|not)(?: \w+ly)? $"
)
_QUESTION = re.compile(r"[^.!?]*\?")
_IS_CONDITION = re.compile(_CONDITION, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unstated:
    """A stretch of text that is mentioned and not stated, and the words that make it so."""

    start: int
    end: int
    cue: str


@lru_cache(maxsize=4096)
def unstated(text: str) -> tuple[Unstated, ...]:
    """The stretches of a text that it mentions without stating them."""
    return tuple(_unstated(text))


def _unstated(text: str) -> Iterator[Unstated]:
    for found in _QUESTION.finditer(text):
        yield Unstated(*found.span(), "?")
    for found in _OPENS.finditer(text):
        end = _ENDS.search(text, found.end())
        yield Unstated(found.end(), end.start() if end else len(text), found.group())


def factuality(claim: str, quotation: str) -> Lack | None:
    """Something that the claim states and the quotation only mentions, or ties to a condition."""
    stretches = [one for one in unstated(quotation) if not _is_kept(one, claim)]
    if not stretches:
        return None
    pair = paired(claim, quotation)
    own = (*unstated(claim), *_hedged(claim))
    stated = [at for at in pair.links if not _holds(own, pair.claim[at].start)]
    events = _events(claim, pair, stated)
    for one in stretches:
        inside = [at for at in stated if _holds((one,), _there(pair, at))]
        if not inside:
            if _IS_CONDITION.fullmatch(one.cue) and stated and not _conditional(own, claim):
                return Lack(Kind.MODALITY, "", one.cue)
            continue
        mentioned = [at for at in inside if at in events] if events else inside
        if mentioned and (events or len(inside) >= max(_FEW, _SHARE * len(stated))):
            return Lack(Kind.MODALITY, pair.claim[mentioned[-1]].word, one.cue)
    return None


def _hedged(claim: str) -> Iterator[Unstated]:
    """What the claim itself only says to be possible, planned or proper."""
    for cue in hedges(claim):
        if Firmness[cue.kind] <= Firmness.SHOULD:
            end = _ENDS.search(claim, cue.end)
            yield Unstated(cue.end, end.start() if end else len(claim), cue.text)


def _is_kept(one: Unstated, claim: str) -> bool:
    """Whether the claim tells of the past what the quotation tells of a past habit."""
    return one.cue == _HABIT and _PAST.search(claim) is not None


def _conditional(own: tuple[Unstated, ...], claim: str) -> bool:
    return _WHENEVER.search(claim) is not None or any(
        _IS_CONDITION.fullmatch(one.cue) for one in own
    )


def _there(pair: Pair, at: int) -> int:
    return pair.quotation[pair.links[at]].start


def _holds(stretches: tuple[Unstated, ...], place: int) -> bool:
    return any(one.start <= place < one.end for one in stretches)


def _events(claim: str, pair: Pair, stated: list[int]) -> list[int]:
    """The verbs among the words in common: those behind an auxiliary, else any."""
    found = [at for at in stated if _is_event(pair.claim[at].word)]
    sure = [at for at in found if _AUXILIARY.search(claim[: pair.claim[at].start])]
    return sure or found


def _is_event(word: str) -> bool:
    lower = word.lower()
    return is_participle(lower) or is_gerund(lower) or is_base(lower) or base_of(lower) is not None
