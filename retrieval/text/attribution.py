"""Attribution: who a sentence lets speak, by which word, and what the speaker does to the content.

Found by rule from reporting verbs and "according to"; a sentence that nobody is made to speak is
the author's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Stance(StrEnum):
    """What a speaker does to what is said."""

    SAYS = "says"
    DENIES = "denies"
    ALLEGES = "alleges"
    PLANS = "plans"
    PREDICTS = "predicts"
    DOUBTS = "doubts"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker as written, the word that lets them speak, and the stance of that word."""

    source: str
    cue: str
    stance: Stance


_CUES: dict[Stance, str] = {
    Stance.DENIES: r"den(?:y|ies|ied|ying)|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)"
    r"|disput(?:es|ed)",
    Stance.ALLEGES: r"alleg(?:es|ed)|claim(?:s|ed)|accus(?:es|ed)|suspect(?:s|ed)|insist(?:s|ed)",
    Stance.PREDICTS: r"predict(?:s|ed)|forecast(?:s|ed)?|expect(?:s|ed)|anticipat(?:es|ed)"
    r"|estimat(?:es|ed)|warn(?:s|ed)",
    Stance.PLANS: r"plan(?:s|ned) to|intend(?:s|ed) to|aim(?:s|ed) to|hop(?:es|ed) to"
    r"|propos(?:es|ed)|vow(?:s|ed)|pledg(?:es|ed)|promis(?:es|ed)",
    Stance.DOUBTS: r"doubt(?:s|ed)|question(?:s|ed) whether",
    Stance.SAYS: r"said|says|say|told|tells|add(?:s|ed)|announc(?:es|ed)|stat(?:es|ed)|writes"
    r"|wrote|not(?:es|ed)|explain(?:s|ed)|report(?:s|ed)|confirm(?:s|ed)|argu(?:es|ed)"
    r"|believ(?:es|ed)|reveal(?:s|ed)|hint(?:s|ed)|declar(?:es|ed)|acknowledg(?:es|ed)"
    r"|call(?:s|ed)|describ(?:es|ed)",
}  # fmt: skip
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<source>[^,.;]{2,80})")
_REPORTING = re.compile(
    r"(?P<source>(?:^|[^,;.“”\"]{0,120}?))\b(?P<cue>"
    + "|".join(f"(?P<{stance}>{cue})" for stance, cue in _CUES.items())
    + r")\b"
)


@lru_cache(maxsize=8192)
def attribution(sentence: str) -> Attribution | None:
    """The first speaker of a sentence; None where the author speaks."""
    according = _ACCORDING.search(sentence)
    if according:
        return Attribution(according["source"].strip(), "according to", Stance.SAYS)
    match = _REPORTING.search(sentence)
    if not match:
        return None
    stance = next(stance for stance in _CUES if match[stance])
    return Attribution(match["source"].strip(), match["cue"], stance)
