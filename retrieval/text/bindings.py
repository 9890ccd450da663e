"""Bindings: a claim in which the words of the quotation have changed places.

"The garden lent its shredder to the society" has every word of "the society lent its shredder to
the garden". For each verb that both have, whoever does it, has it done to them or stands behind a
preposition must be there in the quotation too, and not with another verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from retrieval.text.attribution import layers
from retrieval.text.lacks import Kind, Lack
from retrieval.text.meanings import same_meaning
from retrieval.text.modality import hedges
from retrieval.text.names import names
from retrieval.text.pairing import paired, tokens
from retrieval.text.predications import COUNTS, Predication, counted, head, predications
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import terms

CONVERSE = {
    one: term
    for left, right in (
        ("buy purchase acquire", "sell"), ("lend", "borrow"), ("rent lease", "let"),
        ("give grant award send hand", "receive get"), ("precede", "follow"),
    )
    for sides in ((left, right), (right, left))
    for one in terms(sides[0])
    for term in [frozenset(terms(sides[1]))]
}  # fmt: skip
"""Verbs of one event told from its two ends."""
_MUTUAL = frozenset(
    terms("meet marry differ agree merge talk fight compete join border resemble equal share play")
)
"""Verbs whose two sides may change places."""
_EITHER = frozenset(
    terms(
        "open close start begin end stop change move break improve grow double continue sink burn"
        " reopen resume recover run increase decrease expand shrink worsen drop raise rise cost"
        " last weaken strengthen"
    )
)
"""Verbs that what it is done to may have as their subject: "the school closed"."""
_FROM_DOERS = frozenset("from to for against without".split())
_FROM_UNDERGOERS = frozenset("from to against without".split())
"""Prepositions behind which stands neither the doer nor, of a verb without one, the undergoer."""
_OPPOSED = {"from": "to", "to": "from", "for": "against", "against": "for", "with": "without",
            "without": "with", "before": "after", "after": "before", "above": "below",
            "below": "above", "over": "under", "under": "over"}  # fmt: skip
_GENERAL = frozenset(
    terms(
        "company firm business group team organisation authority office agency institute society"
        " man woman person people official leader director head chief author artist singer"
        " player actor writer band film movie book show series country city state nation government"
        " thing one something someone part number"
    )
)
"""Nouns by which a text calls what another one calls by its name."""
_SENTENCES = re.compile(r"\w\w[.!?][\"”’)]*\s+[\"“(]?[^\W\d_a-z]")
_ALLOWED = re.compile(r"\b(?:allowed|permitted|possible|able|optional)\b", re.IGNORECASE)
_LONGEST_FRAME = 60
_MANY = 2
"""Words of a clause in common that tell of what a claim speaks."""
_SPEAKING = frozenset(terms("say tell write report state announce note confirm explain reply"))


def binding(claim: str, quotation: str) -> Lack | None:
    """Words of the claim that the quotation has with another verb, or on its other side.

    Of one sentence only: in the next one a pronoun may stand for any of them.
    """
    if _SENTENCES.search(quotation):
        return None
    claim, quotation = _unframed(claim), _unframed(quotation)
    theirs = predications(quotation)
    mine = [one for one in predications(claim) if one.verb not in _SPEAKING]
    for own in mine:
        if own.is_copula or own.verb in _SPEAKING:
            continue
        matches = [(other, own) for other in theirs if same_meaning(own.verb, other.verb)]
        if not matches:
            matches = [
                (other, _turned(own))
                for other in theirs
                if other.verb in CONVERSE.get(own.verb, ())
            ]
        # With several clauses, whose a phrase is cannot be told by where it stands.
        others = theirs if len(mine) == 1 else ()
        lacking = [_lack(one, other, others, quotation) for other, one in matches]
        if not matches and others and (across := _across(own, others)):
            return across
        if lacking and all(lacking):
            return lacking[0]
    return (
        _another_doer(claim, quotation)
        or _hedged(claim, quotation, theirs)
        or _of_another(claim, quotation)
    )


def _of_another(claim: str, quotation: str) -> Lack | None:
    """What the claim says of its subject and the quotation of another noun: "large mailboxes"."""
    last = predications(claim)[-1:]
    if not last or not last[0].is_copula:
        return None
    pair = paired(claim, quotation)
    verbs = {one.verb for one in predications(quotation)}
    at = len(pair.claim) - 1
    there = pair.links.get(at, len(pair.quotation))
    if there + 1 >= len(pair.quotation) or pair.claim[at].term not in last[0].words():
        return None
    own, other = pair.quotation[there], pair.quotation[there + 1]
    is_joined = quotation[own.end : other.start] == " " and other.term not in verbs
    if not is_joined or there + 1 in pair.back or own.word[:1].isupper():
        return None
    return Lack(Kind.DOER, own.word, f"{own.word} {other.word}")


def _across(own: Predication, theirs: Sequence[Predication]) -> Lack | None:
    """A doer who stands in one clause of the quotation, with what another one says of another."""
    doer = head(own.doers)
    shared = [(len((own.words() - {doer}) & (one.words() | {one.verb})), one) for one in theirs]
    most = max(shared, key=lambda item: item[0], default=(0, None))
    best = most[1]
    if best is None or most[0] < _MANY or not doer or not head(best.doers):
        return None
    if _holds(best.words(), doer) or not _is_elsewhere(doer, best, theirs):
        return None
    return Lack(Kind.DOER, doer, head(best.doers))


def _unframed(text: str) -> str:
    """A sentence without the speaker at its end: ", the caterer forecasts"."""
    start = text.rfind(", ")
    is_frame = start > 0 and any(layer.start > start for layer in layers(text))
    return f"{text[:start]}." if is_frame and len(text) - start <= _LONGEST_FRAME else text


def taken(claim: str, quotation: str) -> Iterator[tuple[str, str]]:
    """Doers of the claim, and what it is done to, in whose place the quotation has another one."""
    theirs = [one for one in predications(quotation) if not one.is_copula]
    for own in predications(claim):
        alike = [one for one in theirs if same_meaning(own.verb, one.verb)]
        for mine, side in ((head(own.doers), "doers"), (head(own.undergoers), "undergoers")):
            rivals = [head(one.doers if side == "doers" else one.undergoers) for one in alike]
            held = any(_holds(one.words(), mine) for one in alike)
            if mine and alike and all(rivals) and not held and own.verb not in _SPEAKING:
                yield mine, rivals[0]


def compared(claim: str, quotation: str) -> bool:
    """Whether each verb of the claim was compared with one of the same meaning."""
    mine = [one for one in predications(claim) if one.verb not in _SPEAKING]
    theirs = [one.verb for one in predications(quotation)]
    return bool(mine) and all(
        any(same_meaning(one.verb, verb) or verb in CONVERSE.get(one.verb, ()) for verb in theirs)
        for one in mine
    )


def _another_doer(claim: str, quotation: str) -> Lack | None:
    """ "The landlord pays" of what "is paid by the tenant"; names may stand for others."""
    for mine, other in taken(claim, quotation):
        if _is_common(mine, claim) and _is_common(other, quotation):
            return Lack(Kind.DOER, mine, other)
    return None


def _is_common(word: str, text: str) -> bool:
    """Whether a term is a common noun that tells one from another, not "the company"."""
    spelled = [token for token in tokens(text) if token.term == word]
    named = {token.start for name in names(text) for token in spelled if name.start == token.start}
    small = [t for t in spelled if t.word.islower() or (t.start == 0 and t.start not in named)]
    return bool(small) and word not in _GENERAL


def _turned(one: Predication) -> Predication:
    """The same event told from its other end: "A bought it from B" as "B sold it to A"."""
    source = [t for t, by in one.placed.items() if by & {"from", "to", "by"}]
    placed = {t: by for t, by in one.placed.items() if t not in source}
    placed |= {t: frozenset({"from", "to"}) for t in one.doers}
    return replace(one, doers=tuple(source), placed=placed)


def _lack(
    own: Predication, other: Predication, theirs: Sequence[Predication], quotation: str
) -> Lack | None:
    for word, instead in (
        _wrong_doer(own, other, theirs),
        _wrong_undergoer(own, other, theirs),
        _wrong_place(own, other, theirs, quotation),
    ):
        if word:
            return Lack(Kind.DOER, word, instead)
    return None


_FINE = ("", "")


def _wrong_doer(
    own: Predication, other: Predication, theirs: Sequence[Predication]
) -> tuple[str, str]:
    doer = head(own.doers)
    if not doer or own.verb in _MUTUAL or _holds(other.doers, doer):
        return _FINE
    if _holds(other.undergoers, doer):
        may_be_either = other.verb in _EITHER or other.verb != own.verb
        return _FINE if may_be_either and not own.undergoers else (doer, other.verb)
    if not head(other.doers):
        return _FINE
    if other.placed.get(doer, frozenset()) & _FROM_DOERS or _is_elsewhere(doer, other, theirs):
        return doer, other.doers[-1]
    return _FINE


def _wrong_undergoer(
    own: Predication, other: Predication, theirs: Sequence[Predication]
) -> tuple[str, str]:
    thing = head(own.undergoers)
    mine, stated = counted(own.undergoers), counted(other.undergoers)
    if mine and stated and mine.isdisjoint(stated):
        return next(iter(mine)), next(iter(stated))
    if not thing or own.verb in _MUTUAL or _holds(other.undergoers, thing):
        return _FINE
    if _holds(other.doers, thing):
        may_be_either = other.verb in _EITHER or other.verb != own.verb
        return _FINE if may_be_either and not other.undergoers else (thing, other.verb)
    if head(other.undergoers) and _is_elsewhere(thing, other, theirs):
        return thing, other.undergoers[-1]
    return _FINE


def _wrong_place(
    own: Predication, other: Predication, theirs: Sequence[Predication], quotation: str
) -> tuple[str, str]:
    speakers = {t for layer in layers(quotation) for t in terms(layer.source)}
    for word, by in own.placed.items():
        if word in speakers or word in COUNTS:
            continue
        there = other.placed.get(word, frozenset())
        if there and any(_OPPOSED.get(one) in there for one in by) and by.isdisjoint(there):
            return word, next(iter(there))
        if not there and word in (head(other.doers),) and by & _FROM_DOERS:
            return word, other.verb
        if not there and word in (head(other.undergoers),) and by & _FROM_UNDERGOERS:
            return word, other.verb
        if not _holds(other.words(), word) and _is_elsewhere(word, other, theirs):
            return word, other.verb
    return _FINE


def _holds(words: Iterable[str], word: str) -> bool:
    return any(same_meaning(word, one) or one in synonyms(word) for one in words)


def _is_elsewhere(word: str, here: Predication, theirs: Sequence[Predication]) -> bool:
    """Whether a word belongs to another verb of the quotation, and not to this one."""
    return not _holds(here.words(), word) and any(
        word in one.words() for one in theirs if one is not here
    )


def _hedged(claim: str, quotation: str, theirs: Sequence[Predication]) -> Lack | None:
    """What the claim states of things of which the quotation says what may or would be."""
    if hedges(claim) or _ALLOWED.search(claim) or not any(one.hedge for one in theirs):
        return None
    pair = paired(claim, quotation)
    shared = {pair.claim[at].term for at in pair.links}
    held = [(len(shared & {*one.words(), one.verb}), one.hedge) for one in theirs]
    most = max(count for count, _ in held)
    if most and all(hedge for count, hedge in held if count == most):
        return Lack(Kind.MODALITY, "", next(hedge for count, hedge in held if count == most))
    return None
