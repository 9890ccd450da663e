"""Clauses: where the subject of a question ends and its predicate begins, found without a parser.

English puts the subject of a question between two parts of the predicate: "did | the plant |
close", "was | the treaty | signed". The second part is found by the forms that can stand there,
by the words that announce a noun ("the", "of"), by names, and by what follows. Where two places
come into question, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.text.verbs import is_base, is_gerund, is_noun_too, is_participle, is_past
from retrieval.text.wording import (
    AUXILIARIES,
    BETWEEN,
    DETERMINERS,
    JOINING,
    OPENING,
    PREPOSITIONS,
    PRONOUNS,
    Words,
)

_ADJECTIVES = frozenset(
    """open closed necessary important dangerous safe free available high low big large small
    expensive cheap difficult hard easy late early responsible famous popular unpopular wrong
    right good bad better worse best illegal legal unlawful lawful controversial significant
    mandatory optional compulsory valid invalid empty full unhappy happy angry ready able unable
    likely unlikely different similar useful useless essential critical crucial vital due dead
    alive absent present unavailable unsafe harmful harmless risky slow fast broken stuck visible
    invisible strict exempt eligible ineligible liable aware unaware worried afraid reluctant
    willing unwilling silent red green blue black white yellow hot cold warm dry wet dark bright
    complete special unique common rare poor rich weak strong subject higher lower larger smaller
    bigger faster slower longer shorter worthless relevant irrelevant guilty innocent sceptical
    skeptical hostile neutral independent opposed against down offline online forbidden""".split()
)
_ADJECTIVE_ENDING = re.compile(r"\w{4,}(?:ible|able|eous|ious|rous|less|eful|pful|tful)")
_NO_ADJECTIVES = frozenset("vegetable constable previous various table religious".split())
_ORDINALS = frozenset("first second third last next only same other latest".split())
_NO_ADVERBS = frozenset("family supply italy july assembly ally rally fly reply only early".split())


def verb_at(words: Words, start: int) -> int | None:
    """Where the verb stands behind a subject that begins at `start`, after "did" or "will"."""
    first = _first_place(words, start)
    adverb = _adverb_at(words, first)
    if adverb is not None:
        return next((at for at in range(adverb + 1, adverb + 3) if is_base(words.at(at))), None)
    found = [at for at in range(first, len(words)) if _may_be_verb(words, at)]
    limit = next((at for at in range(first, len(words)) if words.at(at) in OPENING), len(words))
    return _best_verb(words, [at for at in found if at < limit])


def _best_verb(words: Words, found: Sequence[int]) -> int | None:
    """The first plain verb, or a noun-like one before it that governs an object itself."""
    sure = next((at for at in found if not is_noun_too(words.at(at))), None)
    if sure is None and any(at + 1 in found and not _governs(words, at + 1) for at in found):
        return None
    for at in found:
        if at == sure:
            return at
        if _governs(words, at):
            return at
        if sure is None and _ends_phrase(words, at):
            rest = [other for other in found if other > at and _ends_phrase(words, other)]
            return None if rest or at != found[0] else at
    if sure is None and len(found) == 1 and found[0] + 1 < len(words):
        return found[0]
    return sure


def _first_place(words: Words, start: int) -> int:
    """The first place that can be behind the subject: a determiner needs a noun."""
    if words.at(start) in PRONOUNS and not (
        words.at(start) in DETERMINERS and not is_base(words.at(start + 1))
    ):
        return start + 1
    return start + (2 if _announces(words, start) else 1)


def _announces(words: Words, at: int) -> bool:
    """Whether a noun must follow: a determiner, a possessive, a number, a preposition."""
    word = words.at(at)
    return (
        word in DETERMINERS
        or word in PREPOSITIONS
        or word in JOINING
        or word.endswith(("'s", "s'"))
        or (words.at(at - 1) in DETERMINERS and (word.endswith("ly") or word in _ORDINALS))
        or (word[:1].isdigit() and _counts(words, at))
    )


def _counts(words: Words, at: int) -> bool:
    """Whether a number counts what follows: "the 41 boats", not "part 1" or "in 1926"."""
    before = words.at(at - 1)
    return before in DETERMINERS | AUXILIARIES or (
        before in PREPOSITIONS and len(words.at(at)) != 4
    )


def _may_be_verb(words: Words, at: int) -> bool:
    return (
        not words.named[at]
        and is_base(words.at(at))
        and not _announces(words, at - 1)
        and not words.raw[at - 1].endswith(",")
        and words.at(at + 1) != "of"
    )


def _governs(words: Words, at: int) -> bool:
    """Whether an object or an infinitive follows, as only a verb has them."""
    following = words.at(at + 1)
    return (
        following in DETERMINERS
        or following in PRONOUNS
        or following in ("to", "that", "and", "whether")
        or following[:1].isdigit()
        or (at + 1 < len(words) and words.named[at + 1])
    )


def _ends_phrase(words: Words, at: int) -> bool:
    """Whether nothing follows that could be the noun to which a word belongs."""
    following = words.at(at + 1)
    return (
        at + 1 == len(words)
        or following in PREPOSITIONS
        or following in JOINING
        or following in BETWEEN
        or following.endswith("ly")
        or words.raw[at].endswith(",")
        or _governs(words, at)
    )


def _adverb_at(words: Words, first: int) -> int | None:
    """The first adverb that can only stand between a subject and its predicate."""
    for at in range(first, len(words)):
        if words.at(at) in OPENING or words.named[at]:
            continue
        is_adverb = words.at(at) in BETWEEN or (
            words.at(at) in ("first", "last") and _is_done(words, at + 1)
        )
        is_adverb = is_adverb or (_is_manner(words.at(at)) and _is_done(words, at + 1))
        if is_adverb and not _announces(words, at - 1):
            return at
    return None


def _is_manner(word: str) -> bool:
    return word.endswith("ly") and word not in _NO_ADVERBS


def _is_done(words: Words, at: int) -> bool:
    return is_base(words.at(at)) or is_participle(words.at(at))


def predicate_at(words: Words, start: int, *, is_whole: bool = False) -> int | None:
    """Where the predicate begins behind a subject, after "was" or "has".

    `is_whole` says that no place is left open in the predicate ("why was the ferry in Ostra"): then
    it may be a noun phrase or a place as well.
    """
    first = _first_place(words, start)
    if words.at(start) == "there":
        return start + 1
    limit = next((at for at in range(first, len(words)) if words.at(at) in OPENING), len(words))
    seen = words.until(limit)
    being = next((at for at in range(first, limit) if _is_progress(words, at)), None)
    if being is not None:
        return being
    adverb = _adverb_at(seen, first)
    found = _participle_at(seen, first)
    if adverb is not None and (found is None or adverb < found):
        return adverb
    if found is not None:
        return found if found >= 0 else None
    adjective = _adjective_at(seen, first)
    if adjective is not None or not is_whole:
        return adjective
    return _phrase_at(seen, first)


def past_at(words: Words, start: int) -> int | None:
    """Where a past tense stands behind a subject, for those who write "did the plant closed"."""
    first = _first_place(words, start)
    found = [
        at
        for at in range(first, len(words))
        if is_past(words.at(at)) and not words.named[at] and not _announces(words, at - 1)
    ]
    return found[0] if len(found) == 1 else None


def _is_progress(words: Words, at: int) -> bool:
    """Whether a predicate begins that is no participle by itself: "being", "to be built"."""
    pair = (words.at(at), words.at(at + 1))
    return pair[0] in ("being", "been") or pair in (("going", "to"), ("to", "be"))


def participle_at(words: Words, start: int) -> int | None:
    """Where the participle stands behind a subject, after "has"."""
    first = _first_place(words, start)
    been = next((at for at in range(first, len(words)) if words.at(at) == "been"), None)
    adverb = _adverb_at(words, first)
    found = [at for at in (been, adverb) if at is not None]
    if found:
        return min(found)
    limit = next((at for at in range(first, len(words)) if words.at(at) in OPENING), len(words))
    at = _participle_at(words.until(limit), first, with_gerunds=False)
    return at if at is not None and at >= 0 else None


def _participle_at(words: Words, first: int, *, with_gerunds: bool = True) -> int | None:
    """The place of the only participle; -1 where two come into question."""
    found = [at for at in range(first, len(words)) if _may_be_participle(words, at, with_gerunds)]
    if not found:
        return None
    one, *others = found
    if not others:
        return one
    other = others[0]
    if is_gerund(words.at(other)) or other == one + 1:
        return other if is_gerund(words.at(one)) and not is_gerund(words.at(other)) else one
    return -1


def _may_be_participle(words: Words, at: int, with_gerunds: bool) -> bool:
    word = words.at(at)
    formed = is_participle(word) or (with_gerunds and is_gerund(word))
    return (
        formed
        and not words.named[at]
        and not _announces(words, at - 1)
        and not words.raw[at - 1].endswith(",")
        and words.at(at + 1) != "of"
        and not (is_base(word) and is_noun_too(word) and not _ends_phrase(words, at))
    )


def _adjective_at(words: Words, first: int) -> int | None:
    found = [at for at in range(first, len(words)) if _may_be_adjective(words, at)]
    return found[0] if found else None


def _may_be_adjective(words: Words, at: int) -> bool:
    word = words.at(at)
    formed = word in _ADJECTIVES or (
        _ADJECTIVE_ENDING.fullmatch(word) is not None and word not in _NO_ADJECTIVES
    )
    return (
        formed
        and not words.named[at]
        and not _announces(words, at - 1)
        and _ends_phrase(words, at)
        and not (at + 1 < len(words) and words.named[at + 1])
    )


def _phrase_at(words: Words, first: int) -> int | None:
    """The only noun phrase or place behind a subject."""
    found = [
        at
        for at in range(first, len(words))
        if not words.named[at]
        and not _announces(words, at - 1)
        and (words.at(at) in PREPOSITIONS - {"of", "for", "to"} or words.at(at) in DETERMINERS)
    ]
    return found[0] if len(found) == 1 else None
