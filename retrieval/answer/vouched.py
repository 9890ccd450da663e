"""Vouched: whether every word of a claim is accounted for by a quotation or what stands around it.

By the same word, another form of it, a word of the same meaning, a value that is equal, or, for
what the sentence is about, by title, heading and the sentence before. Nearness of word vectors
accounts for nothing: "rise" is near to "fall".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from retrieval.answer.writing.binding import beheaded, crossed, joined
from retrieval.answer.writing.canonical import framed, plain, valued
from retrieval.answer.writing.conditions import condition
from retrieval.answer.writing.exchange import exchanged, transposed
from retrieval.answer.writing.stance import stance, withdrawn
from retrieval.answer.writing.values import displaced
from retrieval.text.aliases import holds, keys
from retrieval.text.attribution import layers
from retrieval.text.bindings import CONVERSE, taken
from retrieval.text.dates import dates
from retrieval.text.lacks import Kind, Lack
from retrieval.text.meanings import another_form, same_meaning
from retrieval.text.modality import hedges
from retrieval.text.named import initials
from retrieval.text.negation import negated
from retrieval.text.pairing import Token, paired, tokens
from retrieval.text.predications import predications
from retrieval.text.spans import Spans
from retrieval.text.terms import fold, terms
from retrieval.text.values import numbers

_SAID_NOT = re.compile(
    r"(?P<who>.+?) (?:said|says|insists|insisted|maintains|maintained|claims|claimed)(?: that)?"
    r" (?P<what>.+? (?:had|has|have|was|were|is|are|did|does|would|will))"
    r"(?: not|n['’]t) (?P<rest>.+)",
)
_PRONOUN = re.compile(r" (?:it|this|that|them|these|those|him|her|so|one)\b")
_NO_SUBJECT = re.compile(
    r"^No (?P<what>(?!one\b)[^,;]{2,40}?) (?P<be>has|have|had|is|are|was|were|will|can)\b(?! no)"
)
_DENIED = re.compile(r"\bden(?:y|ies|ied)\b")
_EMPTY = frozenset(
    terms(
        "located situated called named known consist happen happened occurred take took taken place"
        " also according currently state stated say said says report reported tell told"
        " announced noted there year day time amount number per together"
    )
)
"""Words that say nothing alone, or that another rule weighs."""


@lru_cache(maxsize=4096)
def unaccounted(claim: str, quotation: str, context: str = "") -> tuple[str, ...]:
    """The content words of a claim that nothing accounts for, and doers whose place is taken."""
    words = (*_words(claim, quotation, context), *(mine for mine, _ in taken(claim, quotation)))
    if not words and own_share(claim, quotation) < OWN:
        return ("most of it",)
    return words or tuple(filter(None, (gate(claim, quotation) for gate in _STRICT)))


def _stance(claim: str, quotation: str) -> str | None:
    """As for written sentences, where nobody is let speak: another rule weighs speakers."""
    return None if layers(claim) else stance(claim, quotation)


OWN = 0.5
"""Share of a claim's words that the sentence itself has to carry."""


def own_share(claim: str, quotation: str) -> float:
    """Share of the content words of a claim that a sentence carries without its context."""
    pair, cues = paired(claim, quotation), _cues(claim)
    mine = [
        (at, token)
        for at, token in enumerate(pair.claim)
        if token.term not in _EMPTY and cues.is_free(token.start, token.end)
    ]
    held = sum(at in pair.links or _carries(t, pair.quotation, []) for at, t in mine)
    return held / len(mine) if mine else 0.0


_CROSSING = (crossed, displaced, transposed, condition, withdrawn)
"""What no reading outweighs: values put together otherwise, and a condition left out."""
_STRICT = (exchanged, joined, beheaded, _stance)


def amiss(claim: str, quotation: str) -> bool:
    """Whether a doer's place is taken, or a gate for written sentences objects."""
    gates = any(gate(claim, quotation) for gate in _STRICT)
    return gates or next(taken(claim, quotation), None) is not None


@lru_cache(maxsize=4096)
def crosses(claim: str, quotation: str) -> Lack | None:
    """Values of the quotation put together otherwise, or a condition of it left out."""
    found = next(filter(None, (gate(claim, quotation) for gate in _CROSSING)), None)
    return Lack(Kind.DOER, found) if found else None


def _words(claim: str, quotation: str, context: str) -> Iterator[str]:
    pair = paired(claim, quotation)
    values, cues = _values(claim), _cues(claim)
    around, before = keys(context), tokens(context)
    fixed = _fixed(claim, quotation)
    free = [token for at, token in enumerate(pair.quotation) if at not in pair.back]
    for at, token in enumerate(pair.claim):
        if at in pair.links or not values.is_free(token.start, token.end) or token.term in _EMPTY:
            continue
        if not cues.is_free(token.start, token.end) or _carries(token, pair.quotation, free):
            continue
        if token.term not in fixed and (
            holds(around, token.term) or any(another_form(token.word, o.word) for o in before)
        ):
            continue
        if token.word.isupper() and fold(token.word).replace(".", "") in initials(quotation):
            continue
        yield token.word


def _fixed(claim: str, quotation: str) -> frozenset[str]:
    """The words of a claim that the sentence itself must hold: what is said, not what of.

    Verbs, what "is" joins, and objects, for which only a pronoun of the sentence may stand.
    """
    found: set[str] = set()
    pronoun = _PRONOUN.search(quotation) is not None
    for one in predications(claim):
        found.add(one.verb)
        if one.is_copula or not pronoun:
            found.update(one.undergoers)
    return frozenset(found)


def _carries(token: Token, theirs: Sequence[Token], free: list[Token]) -> bool:
    """Whether a word of the quotation says the same, one that carries no other yet if it can."""
    found = next((other for other in (*free, *theirs) if _says_same(token, other)), None)
    if found in free:
        free.remove(found)
    return found is not None


def _says_same(token: Token, other: Token) -> bool:
    converse = other.term in CONVERSE.get(token.term, ())
    alike = same_meaning(token.term, other.term) or another_form(token.word, other.word)
    return converse or alike


def _values(text: str) -> Spans:
    """The places of dates and of numbers with what they count in figures."""
    taken = Spans()
    for date in dates(text):
        taken.take(date.start, date.end)
    for number in numbers(text):
        taken.take(number.start, number.start + len(text[number.start : number.end].split(" ")[0]))
    return taken


def _cues(text: str) -> Spans:
    """The words that let somebody speak, hedge or deny: rules of their own weigh them."""
    taken = Spans()
    for layer in layers(text):
        taken.take(layer.start, layer.start + len(layer.cue))
    for cue in (*hedges(text), *negated(text)):
        taken.take(cue.start, cue.end)
    return taken


def readings(claim: str, quotation: str, before: str) -> tuple[tuple[str, str], ...]:
    """A claim and its quotation in one form, alone and behind the sentence before.

    In one form means: values, frames and words of the same meaning as the quotation has them.
    """
    theirs = plain(quotation)
    mine = reworded(valued(_denying(plain(claim), theirs), theirs), theirs)
    mine, theirs = _without_no(mine), _without_no(theirs)
    pairs = [(framed(mine), framed(theirs)), (_content(mine), _content(theirs))]
    if before and _PRONOUN.search(quotation):
        pairs.append((framed(mine), f"{before} {framed(theirs)}"))
    return tuple(dict.fromkeys(pairs))


def _without_no(text: str) -> str:
    """ "No data was changed" as "the data was not changed", which the judge reads better."""
    return _NO_SUBJECT.sub(r"The \g<what> \g<be> not", text)


def _denying(claim: str, quotation: str) -> str:
    """ "X said that it had not" as "X denied that it had", where the quotation has a denial."""
    found = _SAID_NOT.match(claim)
    if found is None or not _DENIED.search(quotation):
        return claim
    return f"{found['who']} denied that {found['what']} {found['rest']}"


def _content(text: str) -> str:
    """What somebody says, without the words that let them say it."""
    _, found, rest = framed(text).partition(" said that ")
    return rest[:1].upper() + rest[1:] if found else text


def reworded(claim: str, quotation: str) -> str:
    """A claim with the words of the quotation where both mean the same."""
    pair = paired(claim, quotation)
    free = [token for at, token in enumerate(pair.quotation) if at not in pair.back]
    text = claim
    for at, token in reversed([*enumerate(pair.claim)]):
        if at in pair.links:
            continue
        other = next((o for o in free if same_meaning(token.term, o.term)), None)
        if other is not None:
            text = text[: token.start] + other.word + text[token.end :]
    return text
