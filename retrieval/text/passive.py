"""Passives: the statement of a clause that lacks its subject, told of its object.

"replaced Ana Lind as director" becomes "Ana Lind was replaced as director".
"""

from __future__ import annotations

from itertools import pairwise

from retrieval.text.dates import MONTHS
from retrieval.text.declarative import BE, HAVE, Statement, auxiliary
from retrieval.text.verbs import (
    base_of,
    is_base,
    is_gerund,
    is_participle,
    is_past,
    is_regular_past,
    is_third_person,
    participle,
)
from retrieval.text.wording import (
    BETWEEN,
    DETERMINERS,
    JOINING,
    OPENING,
    PREPOSITIONS,
    PRONOUNS,
    Words,
)

_BREAKS = (PREPOSITIONS - {"of", "like", "per", "than", "via", "up", "down", "off", "out"}) | {
    "to", "first", "last", "next", "yesterday", "today", "tomorrow", "again", "twice", "when",
    "while", "because", "originally", "recently", "then",
}  # fmt: skip
_TYING = frozenset("on between about against near behind over for".split())
_DAYS = frozenset(MONTHS) | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday behalf time purpose".split()
)
_PARTICLES = frozenset("out up down off over away back forward".split())
_NOT_PASSIVE = frozenset(
    """be become seem appear remain have want get come go live happen die think know look belong
    work lie mean cost leave stay last star say tell give teach send show offer ask help let like
    like
    love weigh own fit resemble lack equal call name elect consider declare deem label crown
    appoint find keep render dub nominate believe feel hope try need start stop begin end act
    participate survive dance serve fall rise arrive depart cry laugh sleep retire resign""".split()
)
"""Verbs whose object is another kind of thing, or two things, or none."""
_TITLED = frozenset("write sing direct record compose paint produce publish rewrite".split())
"""Verbs whose object may be a title with any words in it."""
_PLURALS = frozenset("people men women children police troops staff feet media data".split())
_SINGULAR_NAMES = frozenset("states nations emirates times news netherlands philippines".split())
_VAGUE = frozenset("very quite really".split())


def passive(words: Words) -> Statement | None:
    """The statement of a clause that lacks its subject: "replaced Ana Lind as director"."""
    head = _passive_head(words)
    if head is None:
        return None
    before, form, at = head
    base = base_of(words.at(at)) or words.at(at)
    form_ = words.at(at) if is_regular_past(words.at(at)) else participle(base)
    at += 1
    if words.at(at) in _PARTICLES:
        form_ += f" {words.at(at)}"
        at += 1
    end = _object_end(words, at)
    if base in _NOT_PASSIVE or end is None or not _is_object(words, at, end):
        return None
    if base in _TITLED and end < len(words) and not words.at(end + 1)[:1].isdigit():
        return None
    plural = base not in _TITLED and _is_plural(words.since(at).until(end - at))
    verb = " ".join([_be(form, plural), *before, form_])
    return Statement(words.text(at, end).rstrip(","), verb, words.text(end))


def _passive_head(words: Words) -> tuple[list[str], str, int] | None:
    """Adverbs, the auxiliary or tense, and where the full verb stands."""
    found = auxiliary(words.at(0))
    if found and found[1]:
        return None
    aux = found[0] if found else ""
    at = 1 if found else 0
    before = []
    while words.at(at) in BETWEEN - {"not"} | {"first"} or words.at(at).endswith("ly"):
        before.append(words.at(at))
        at += 1
    word = words.at(at)
    if "never" in before or at + 1 >= len(words):
        return None
    tense = _tense(word, aux)
    return ([b for b in before if b not in _VAGUE], tense, at) if tense else None


def _tense(word: str, aux: str) -> str:
    """The auxiliary of the passive, or "past" or "present"; empty where there is none."""
    if not aux:
        known = is_past(word)
        return "past" if known else "present" if is_third_person(word) else ""
    if aux in HAVE:
        return aux if is_participle(word) else ""
    if aux in BE:
        return "being " + aux if is_gerund(word) and base_of(word) and word != "going" else ""
    return aux if aux in ("will", "can", "may", "must", "should") and is_base(word) else ""


def _be(form: str, plural: bool) -> str:
    """The form of "be" that the passive takes."""
    past_, present = ("were", "are") if plural else ("was", "is")
    if form in ("past", "present"):
        return past_ if form == "past" else present
    if form.startswith("being"):
        return f"{past_ if form.split()[1] in ('was', 'were') else present} being"
    if form in HAVE:
        return "had been" if form == "had" else f"{'have' if plural else 'has'} been"
    return f"{form} be"


def _object_end(words: Words, start: int) -> int | None:
    """Where the object ends: at the next preposition but "of", or at the end."""
    if start >= len(words) or words.at(start) in _BREAKS:
        return None
    ends = (
        at
        for at in range(start + 1, len(words))
        if words.raw[at][0] not in '“"'
        and words.at(at) in _BREAKS
        and words.at(at - 1) not in DETERMINERS
        and not words.at(at - 1).endswith("'s")
        and not (words.at(at) in ("under", "over") and words.at(at + 1)[:1].isdigit())
        and not (words.at(start) in DETERMINERS and _belongs(words, at))
    )
    return next(ends, len(words))


def _belongs(words: Words, at: int) -> bool:
    """Whether a preposition ties what follows to the noun before: "the attack on the embassy"."""
    following = words.at(at + 1)
    is_time = following[:1].isdigit() or not _DAYS.isdisjoint(words.low[at + 1 : at + 4])
    return words.at(at) in _TYING and not is_time


def _is_object(words: Words, start: int, end: int) -> bool:
    """Whether the words can be an object of which something is said: no pronoun, no clause."""
    held = words.low[start:end]
    if any(one == "and" and is_past(other) for one, other in pairwise(held)):
        return False
    return (
        held[0] not in PRONOUNS - {"each"} | JOINING | OPENING
        and held[0] not in PREPOSITIONS
        and held[0] not in ("his", "her", "its", "their", "my", "your", "not")
        and not any(auxiliary(word) for word in words.low[start:])
        and not any(word in OPENING for word in held)
        and not (len(held) == 1 and held[0] in DETERMINERS)
        and not (len(held) == 2 and held[0] == "the" and held[1].endswith("est"))
        and not (len(held) > 2 and held[1].endswith("est") and held[2] in PREPOSITIONS)
        and "most" not in held
    )


def _is_plural(words: Words) -> bool:
    """Whether an object takes "were"."""
    if words.at(0) in ("these", "those", "many", "all", "both", "several", "two", "three", "most"):
        return True
    last = len(words) - 1
    head = next((at for at in range(last) if words.at(at + 1) in PREPOSITIONS), last)
    if "and" in words.low[:head] and words.raw[0][0] not in '“"':
        return True
    word = words.at(head)
    if word in _PLURALS:
        return True
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "ics"))
    is_common = not words.named[head] or words.at(0) == "the"
    return ends and is_common and word not in _SINGULAR_NAMES
