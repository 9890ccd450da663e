"""Counted things: what "how many boats did the storm sink" says of the boats."""

from __future__ import annotations

from retrieval.text.declarative import BE, HAVE, Statement, auxiliary, inverted, main_verb
from retrieval.text.verbs import base_of, is_base, is_gerund, is_participle, is_past
from retrieval.text.wording import PREPOSITIONS, Words

_ADVERBIAL = frozenset("times years days months hours weeks minutes seasons time miles".split())


def counted(words: Words, quantity: str) -> Statement | None:
    """How many of something: "boats did the storm sink", "people died in the fire"."""
    aux = next((at for at in range(min(5, len(words))) if auxiliary(words.at(at))), None)
    if aux == 0:
        return _paid(words) if quantity == "much" else None
    if words.at(0) in PREPOSITIONS or "more" in words.low[:aux]:
        return None
    if aux is None:
        return _counted_subject(words)
    clause, counted = words.since(aux), words.text(0, aux)
    if words.at(aux - 1) in _ADVERBIAL:
        return inverted(clause)
    if words.at(aux) in BE:
        return _counted_being(clause, counted)
    if words.at(aux) in HAVE and is_participle(clause.at(1)):
        return Statement(counted, clause.text(0, 2), clause.text(2))
    return _with_object(inverted(clause), counted)


def _paid(words: Words) -> Statement | None:
    found = inverted(words)
    return found if found and base_of(found.verb) in ("pay", "spend") and found.rest else None


def _counted_subject(words: Words) -> Statement | None:
    """The thing counted does it itself: "people died in the fire"."""
    for at in range(1, min(4, len(words))):
        word = words.at(at)
        if not words.named[at] and (is_past(word) or (is_base(word) and word in ("live", "work"))):
            return Statement(words.text(0, at), words.raw[at], words.text(at + 1))
    return None


def _counted_being(clause: Words, counted: str) -> Statement | None:
    """ "were killed in the fire", "are there in the building"."""
    if clause.at(1) == "there":
        return Statement("there", clause.at(0), f"{counted} {clause.text(2)}".strip())
    done = clause.at(1)
    if (
        done not in PREPOSITIONS
        and (is_participle(done) or is_gerund(done))
        and not clause.named[1]
    ):
        return Statement(counted, clause.text(0, 2), clause.text(2))
    return None


def _with_object(found: Statement | None, thing: str) -> Statement | None:
    """A statement with the thing asked for put where its object belongs."""
    if found is None:
        return None
    first = found.rest.split(" ")[0].lower()
    if not found.rest or (first in PREPOSITIONS and main_verb(found) != "have"):
        return Statement(found.subject, found.verb, f"{thing} {found.rest}".strip())
    return None
