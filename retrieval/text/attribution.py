"""Attribution: who a sentence lets speak, by which word, and what the speaker does to the content.

Found by rule from reporting verbs and "according to"; a sentence that nobody is made to speak is
the author's own. Words that are verbs and nouns ("claims", "reports", "states") count only where
they stand as verbs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from retrieval.text.verbs import is_past, is_third_person


class Stance(StrEnum):
    """What a speaker does to what is said."""

    SAYS = "says"
    DENIES = "denies"
    ALLEGES = "alleges"
    PLANS = "plans"
    PREDICTS = "predicts"
    DOUBTS = "doubts"
    ASKS = "asks"
    RETRACTS = "retracts"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker as written (empty if not named), the cue word, and the stance of that word."""

    source: str
    cue: str
    stance: Stance
    start: int = field(default=0, compare=False)
    """Where the cue stands."""


_VERBS: dict[Stance, str] = {
    Stance.DENIES: "deny denies denied denying refute refutes refuted reject rejects rejected "
    "dismiss dismisses dismissed dispute disputes disputed",
    Stance.ALLEGES: "allege alleges alleged claim claims claimed accuse accuses accused suspect "
    "suspects suspected insist insists insisted complain complains complained contend contends "
    "contended maintain maintains maintained assert asserts asserted",
    Stance.PREDICTS: "predict predicts predicted forecast forecasts expect expects expected "
    "anticipates anticipated estimate estimates estimated warn warns warned fear fears feared",
    Stance.PLANS: "plan plans planned intend intends intended aim aims aimed hope hopes hoped "
    "propose proposes proposed vow vows vowed pledge pledges pledged promise promises promised",
    Stance.DOUBTS: "doubt doubts doubted question questions questioned",
    Stance.ASKS: "ask asks asked inquired wondered wonders",
    Stance.RETRACTS: "retract retracts retracted recant recants recanted",
    Stance.SAYS: "said says say told tells tell adds added announce announces announced stated "
    "states writes wrote noted notes explains explained report reports reported confirm confirms "
    "confirmed argue argues argued believe believes believed reveals revealed hinted hints "
    "declares declared acknowledges acknowledged describes described replied replies concludes "
    "conclude concluded assures assured informs informed written",
}
_STANCES = {verb: stance for stance, verbs in _VERBS.items() for verb in verbs.split()}
_WORD = re.compile(r"[a-z]+")
_NEEDED_BEHIND = {
    **dict.fromkeys(
        _VERBS[Stance.PLANS].split(),
        re.compile(
            r" to\b| that\b|ed? (?:a|an|the)\b| (?:him|her|them|us|me) (?:a|an|the) "
        ),
    ),
    **dict.fromkeys(("question", "questions", "questioned"), re.compile(r" (?:whether|if|how)\b")),
    **dict.fromkeys(_VERBS[Stance.ASKS].split(),
                    re.compile(r"(?: [\w’'-]+){0,3}? (?:whether|if|how|why|when|who|what)\b")),
    **dict.fromkeys(("adds", "added", "notes", "noted", "states", "stated"),
                    re.compile(r"[,:.]? ?[\"“]|,? that\b|[.,:]|$| (?:in|on|at) ")),
    **dict.fromkeys(
        """complain complains complained contend contends contended maintain maintains maintained
        assert asserts asserted replied replies concludes conclude concluded fear fears feared
        written assures assured informs informed""".split(),
        re.compile(r"(?: to)?(?: [\w’'-]+){0,3}? that\b"),
    ),
    **dict.fromkeys(
        ("reject", "rejects", "rejected", "dismiss", "dismisses", "dismissed", "dispute",
         "disputes", "disputed"),
        re.compile(r" (?:\w+ ){0,2}(?:claim|report|allegation|accusation|idea|suggestion)| that\b"),
    ),
}  # fmt: skip
"""What must follow a verb that means something else without it ("planned a party")."""
_NOUN_BEFORE = re.compile(
    r"\b(?:the|an?|its|his|her|their|our|my|your|these|those|of|for|in|on|by|from|with|without"
    r"|any|such|some|no|all|amid|about|to|and|or|denied|media|news|so|dozen|many|several|few|other"
    r"|two|three|four|five|six|seven|eight|nine|ten|\d+)[ -]$",
    re.IGNORECASE,
)
_NEVER_NOUNS = frozenset("said says told wrote added denied announced stated alleged".split())
_SINGULAR_BEFORE = re.compile(r"\b(?:the|an?|this|its|his|her) (?:[\w-]+ )?[\w-]*[^s\s] $", re.I)
_BASE_NOUNS = frozenset(
    "suspect claim report plan question doubt estimate forecast hope promise aim pledge vow".split()
)
"""Words that are no verb behind a singular: "the Finnish suspect"."""
_NOUN_BEHIND = re.compile(r" (?:say|says|said|suggest|indicate|were|are|was|of)\b")
_HAS_NOUN = re.compile(r"\b(?:has|have|had|made|makes|make) $")
_PASSIVE = re.compile(r"\b(?:(?:is|are|was|were)(?:n['’]t)?|be|been|being)(?: \w+ly| also| not)? $")
_PASSIVE_SPEECH = frozenset(
    """told said reported believed expected estimated predicted alleged claimed suspected accused
    announced anticipated warned""".split()
)
_BY = re.compile(r" by (?P<source>[^,.;]{2,60}?)(?= that\b| to\b| of\b|[,.;]|$)")
_NOT_SAID = re.compile(
    r"(?:\b(?:not|never)|n['’]t|\b[Nn]o one|\b[Nn]obody|\b(?:declined|refused) to)(?: \w+ly)? $"
)
_BEHIND = re.compile(
    r" (?P<source>(?:(?:an?|the|his|her|its|their|one) )?[\w.'’-]+"
    r"(?: (?:[A-ZÀ-Þ][\w.'’-]*|of|the|for|and|de|van|von|al|bin|at)){0,9})"
    r"(?=[.,;:\"”]|$| in | on )"
)
_LEADING = re.compile(
    r"^(?:(?:and|but|as|while|when|although|because|that|however|also|which|who|then|\W+)\b ?)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?: (?:has|have|had|will|would|also|later|then|recently|repeatedly|previously|once|again|not"
    r"|never|did|does|do|is|was|could|may|might|\w+ly))+$"
)
_JOINED = re.compile(r"(?P<clause>.+) (?:and|or)$")
_BREAK = re.compile(r"[,;:“”\"()—]|\.(?=\s+\S{3,})")
_ACCORDING = re.compile(
    r"\b[Aa]ccording to (?!plan\b|schedule\b)(?P<source>(?:[^,.;]|(?<=[A-Z])\.|\.(?=\S)){2,80})"
)
_CHAT = re.compile(
    r"^(?:[\[(]?\d{1,2}[:.]\d\d[\])]? )?[@<]?(?P<source>[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*)?)>?"
    r"(?:,? [\[(]?\d{1,2}[:.]\d\d[\])]?)?: (?=\S)"
)
_LABELS = frozenset(
    """note notes warning caution summary step question answer example examples result results
    important tip title subject date update source sources figure table section chapter address
    phone status name author version definition background method methods conclusion reason
    purpose scope remember attention hint abstract objective contact hours price location
    part appendix option case rule remedy problem solution release time place agenda topic
    action decision deadline owner q a""".split()
)
"""Words before a colon that name no writer."""
_PASSED_ON = re.compile(
    r"(?: (?:reporters|him|her|them|it|us|me))?(?: that)?(?: [\w.’'-]+){1,6}? ?(?:has |had |have )?"
)
"""What stands between the cues of two speakers of whom the first passes on the second's words."""
_PROMISES = frozenset("promise promises promised pledge pledges pledged vow vows vowed".split())
_ENDS_SAYING = (",", '"', "”", "'", "’")
_LONGEST_SOURCE = 120


@lru_cache(maxsize=8192)
def attribution(sentence: str) -> Attribution | None:
    """The first speaker of a sentence; None where the author speaks.

    A speaker who does not say a thing ("has not confirmed") leaves it in doubt.
    """
    according = _ACCORDING.search(sentence)
    if according:
        return _according(according)
    for match in _WORD.finditer(sentence):
        stance = _STANCES.get(match.group())
        if stance:
            found = _spoken(sentence, match, stance)
            if found:
                return found
    return None


def _according(match: re.Match[str]) -> Attribution:
    return Attribution(match["source"].strip(" ."), "according to", Stance.SAYS, match.start())


@lru_cache(maxsize=8192)
def layers(sentence: str) -> tuple[Attribution, ...]:
    """All speakers of a sentence in order, nested ones too: "A said that B denied that …".

    A line of a chat ("Ana: it is done") has its writer as the first.
    """
    found = [_according(match) for match in _ACCORDING.finditer(sentence)]
    chat = _CHAT.match(sentence)
    if chat and chat["source"].split()[0].casefold() not in _LABELS:
        found.insert(0, Attribution(chat["source"], ":", Stance.SAYS))
    last = 0
    for match in _WORD.finditer(sentence):
        stance = _STANCES.get(match.group())
        layer = _spoken(sentence, match, stance, last) if stance else None
        if layer:
            found.append(layer)
            last = match.end()
    writer = found[0] if found and found[0].cue == ":" else None
    if writer:
        found = [replace(one, source=writer.source) if _is_own(one) else one for one in found]
    return tuple(sorted(found, key=lambda layer: layer.start))


def _is_own(layer: Attribution) -> bool:
    """Whether the writer of a line of a chat speaks of what they say themselves."""
    return layer.source in ("I", "We", "we")


def nested(sentence: str) -> tuple[Attribution, ...]:
    """The speakers of a sentence of whom each passes on what the next one says; empty if none does.

    The writer of a line of a chat is not one of them.
    """
    found = [layer for layer in layers(sentence) if layer.cue != ":"]
    for at, (one, other) in enumerate(pairwise(found)):
        behind = sentence[one.start + len(one.cue) : other.start]
        is_speech = other.stance is not Stance.PLANS or other.cue in _PROMISES
        if _PASSED_ON.fullmatch(behind) and is_speech:
            return tuple(found[at : at + 2])
    return ()


def _spoken(
    sentence: str, match: re.Match[str], stance: Stance, since: int = 0
) -> Attribution | None:
    """The attribution that a cue makes where it stands; None where it is a noun, say."""
    cue, start = match.group(), match.start()
    before = sentence[max(since, start - _LONGEST_SOURCE) : start]
    if since:
        before = before.rpartition(" that ")[2]
    behind = sentence[match.end() : match.end() + _LONGEST_SOURCE]
    needed = _NEEDED_BEHIND.get(cue)
    if _is_part(before, behind) or _is_noun(cue, before, behind):
        return None
    if needed and not needed.match(behind):
        return None
    if _PASSIVE.search(before):
        return _passive(cue, behind, stance, start)
    denied = _NOT_SAID.search(before)
    if denied:
        before = before[: denied.start()]
    source = _source(before)
    if not source and before.rstrip().endswith(_ENDS_SAYING):
        source = _inverted(behind) or _apposed(before)
    if not source and not denied:
        return None
    return Attribution(source, cue, Stance.DOUBTS if denied else stance, start)


def _is_part(before: str, behind: str) -> bool:
    """Whether the cue is a part of a longer word."""
    return bool(before and (before[-1].isalnum() or before[-1] in "-_'’")) or bool(
        behind and (behind[0].isalnum() or behind[0] in "_-")
    )


def _is_noun(cue: str, before: str, behind: str) -> bool:
    """Whether a cue is a noun or stands before one: "the claims", "reports say", "has plans"."""
    is_joined = cue in _NEVER_NOUNS and before.endswith((" and ", " or "))
    if not is_joined and _NOUN_BEFORE.search(before):
        return not before.endswith(("declined to ", "refused to "))
    if cue in _BASE_NOUNS and _SINGULAR_BEFORE.search(before):
        return True
    if cue.endswith("s") and behind.startswith(",") and "," not in before:
        return True
    return cue.endswith("s") and (
        bool(_NOUN_BEHIND.match(behind)) or bool(_HAS_NOUN.search(before))
    )


def _passive(cue: str, behind: str, stance: Stance, start: int) -> Attribution | None:
    """ "Was told", "is expected to", "was denied by": the subject is not the one who speaks."""
    by = _BY.search(behind)
    if by:
        return Attribution(by["source"].strip(), cue, stance, start)
    return Attribution("", cue, stance, start) if cue in _PASSIVE_SPEECH else None


def _source(before: str) -> str:
    """The speaker directly before the cue, or before the verb with which the cue is joined."""
    source = _trimmed(_BREAK.split(before)[-1])
    joined = _JOINED.match(source)
    if joined is None:
        return source
    words = joined["clause"].split(" ")
    verb = next((at for at, word in enumerate(words) if at and _is_verb(word)), None)
    return "" if verb is None else _trimmed(" ".join(words[:verb]))


def _is_verb(word: str) -> bool:
    return word.islower() and (is_past(word) or is_third_person(word))


def _inverted(behind: str) -> str:
    """The speaker behind the cue: "…, said John Smith."."""
    match = _BEHIND.match(behind)
    return _trimmed(match["source"]) if match else ""


def _apposed(before: str) -> str:
    """The speaker before an insertion between commas: "John Smith, who leads the team, said"."""
    parts = _BREAK.split(before.rstrip(" ,"))
    return _trimmed(parts[-2]) if len(parts) > 1 else ""


def _trimmed(source: str) -> str:
    """A speaker without the conjunction before it and the auxiliaries behind it."""
    return _TRAILING.sub("", _LEADING.sub("", source.strip())).strip(" .")
