"""Clauses: a sentence of a message that states several things, as one sentence for each.

Checked together, one part that is not in the documents hides that another one is contradicted. Only
clauses are taken apart that state something without the others: nothing that somebody said, that
holds on a condition or at a time named once for all, and nothing that leans on another clause.
"""

from __future__ import annotations

import re
from itertools import pairwise

from retrieval.answer.integrity import leans
from retrieval.model import Sentence
from retrieval.text.assertions import asserts
from retrieval.text.attribution import layers
from retrieval.text.dates import dates
from retrieval.text.verbs import is_past, is_third_person

_JOINT = re.compile(r";\s+|,?\s+(?:and|but|while|whereas)\s+|,\s+")
_BOUND = re.compile(
    r"\b(?:if|unless|because|since|although|though|whether|that|which|who|whose|when|until|so|or"
    r"|than|either|neither|both|between|not only)\b|[\"“”:()?]",
    re.IGNORECASE,
)
"""What binds clauses to each other, or may."""

_WORD = re.compile(r"[^\W_][\w'’.-]*|[,;]")
_LONGEST_SUBJECT = 4
"""Words before the verb; what is longer may be the end of another clause."""
_JOINING = frozenset("and or but while , ; in on at by from to for with as than".split())
_HELPING = frozenset(
    """is are was were has have had does do did will would must may might can could should isn't
    aren't wasn't weren't cannot can't won't doesn't don't didn't hasn't get
    cost""".split()
)


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence as sentences, or the sentence alone where they belong together."""
    if _BOUND.search(sentence) or layers(sentence):
        return [sentence]
    ending = sentence[-1:] if sentence[-1:] in ".!" else ""
    parts = _parts(sentence.removesuffix(ending))
    dated = [bool(dates(part)) for part in parts]
    if len(parts) == 1 or any(a and not b for a, b in pairwise(dated)):
        return [sentence]  # a date may hold for what follows too
    return [f"{part[:1].upper()}{part[1:]}{ending or '.'}" for part in parts]


def _parts(sentence: str) -> list[str]:
    """Stretches between joints, each as long as it takes to state something by itself."""
    found: list[str] = []
    start = 0
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[start : joint.start()], sentence[joint.end() :]
        if _stands_alone(left) and _stands_alone(right):
            found.append(left)
            start = joint.end()
    return [*found, sentence[start:]]


def _stands_alone(clause: str) -> bool:
    """Whether a clause opens with its own subject, soon followed by its verb."""
    text = f"{clause[:1].upper()}{clause[1:]}."
    found = [word.casefold() for word in _WORD.findall(clause)]
    verbs = [n for n, word in enumerate(found) if _is_verb(word)]
    if len(verbs) > 1 and verbs[1] == 1 and found[1] in _HELPING:
        del verbs[0]  # a noun that looks like a verb: "claims are paid"
    if not verbs or not 0 < verbs[0] <= _LONGEST_SUBJECT:
        return False
    subject = found[: verbs[0]]
    return not _JOINING.intersection(subject) and asserts(text) and not leans(_whole(text))


def _is_verb(word: str) -> bool:
    return word in _HELPING or is_third_person(word) or is_past(word)


def _whole(text: str) -> Sentence:
    return Sentence(0, len(text), text)
