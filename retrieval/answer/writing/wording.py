"""Wording: every content word of a written sentence is carried by a word of its quotation.

Each by one of its own: a word is carried by the same word, by another form of it, by an alias or by
a word of the same meaning, none of which carries another word already. Numbers, dates and units
have gates of their own. Words that say nothing by themselves ("the plant *is located* in") may be
added. What remains is an added claim.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.answer.comparison import NEAR
from retrieval.text.aliases import alias_key, is_seat
from retrieval.text.dates import dates
from retrieval.text.named import initials
from retrieval.text.names import names
from retrieval.text.pairing import Token, paired
from retrieval.text.polarity import are_opposites
from retrieval.text.spans import Spans
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import fold, terms
from retrieval.text.values import numbers
from retrieval.text.vectors import WordTable

_EMPTY = frozenset(
    terms(
        "located situated called named known including include consisting take took taken place "
        "happen happened occur occurred done certain also several number amount total "
        "according currently present day time way kind type part said says say state stated "
        "report reported announce announced add added another one own various exist write wrote "
        "told tell note noted explain explained per"
    )
)
"""Words that a sentence may add: they say nothing alone, or another gate weighs them."""
_UNITS = frozenset(
    terms(
        "percent dollars euros pounds yen lira rupees kilometers kilometres miles meters metres "
        "feet inches kilograms grams tonnes tons seconds minutes hours days weeks months years "
        "decades centuries degrees acres hectares"
    )
)
"""Units of measure, which the numbers' own gate compares."""
_ALIKE = {
    term: frozenset(group)
    for group in (
        terms(row)
        for row in (
            "now currently presently|mainly primarily mostly chiefly principally largely"
            "|approximately roughly nearly|every each annually yearly|further additional extra"
            "|must required need|simultaneously same|quickly rapidly swiftly|often frequently"
            "|immediately instantly promptly|continue last remain stay keep kept"
            "|old older|new newer|entire whole|various numerous several|permit allow"
        ).split("|")
    )
    for term in group
}
"""Small words of like meaning beyond the synonyms by which a question finds a text."""
_PRONOUN = re.compile(r"\b(?:it|its|he|she|his|her|him|they|them|their|who|which|one)\b", re.I)
_STEM = 5
"""Letters that two forms of one word share at least."""
_ENDINGS = frozenset(
    """e s es ed d ing ion ions ation ations tion er ers or ors al ial ally ly ive ment ments
    ity y ies ied ness ic ical able ible ance ence ant ent ist ists ism ship age an ian n ous
    ize ise ized ised ful less 's ’s""".split()
) | {""}
"""What may follow what two forms of one word share."""


def added(text: str, quoted: str) -> str | None:
    """The first content word that no word of the quotation carries."""
    pair = paired(text, quoted)
    values, named = _values(text), _named(text)
    free = [token for at, token in enumerate(pair.quotation) if at not in pair.back]
    table = WordTable([t.word for t in pair.claim], [t.word for t in pair.quotation])
    for at, token in enumerate(pair.claim):
        if at in pair.links or not values.is_free(token.start, token.end):
            continue
        is_name = not named.is_free(token.start, token.end)
        if _is_repeated(token, pair.quotation, quoted, is_name=is_name):
            continue
        carrier = _carrier(token, free, table, is_name=is_name)
        if carrier is not None:
            free.remove(carrier)
        elif not _is_excused(token, quoted):
            return f"the word {token.word!r}"
    return None


def _is_excused(token: Token, quoted: str) -> bool:
    """Whether a word needs no word of its own: it says nothing, or is an acronym of several."""
    if token.word.isupper() and fold(token.word).replace(".", "") in initials(quoted):
        return True
    return token.term in _EMPTY


def _is_repeated(token: Token, theirs: tuple[Token, ...], quoted: str, *, is_name: bool) -> bool:
    """Whether a name stands a second time, for a pronoun of the quotation."""
    if not is_name and not token.word.isupper():
        return False
    same = any(o.term == token.term and o.word[:1].isupper() for o in theirs)
    return same and _PRONOUN.search(quoted) is not None


def _values(text: str) -> Spans:
    """The places of dates, and of numbers without the nouns that they count."""
    taken = Spans()
    for date in dates(text):
        taken.take(date.start, date.end)
    for number in numbers(text):
        end = number.start + len(text[number.start : number.end].split(" ")[0])
        taken.take(number.start, number.end if number.unit in _UNITS else end)
    return taken


@lru_cache(maxsize=1024)
def _named(text: str) -> Spans:
    taken = Spans()
    for name in names(text):
        taken.take(name.start, name.end)
    return taken


def _carrier(token: Token, free: list[Token], table: WordTable, *, is_name: bool) -> Token | None:
    """A word of the quotation that carries this one and no other yet."""
    for other in free:
        if _is_alias(token.term, other.term):
            return other
    if is_name:
        return next((o for o in free if _is_inflected(token.term, o.term)), None)
    if any(are_opposites(token.term, other.term) for other in free):
        return None
    for other in free:
        alike = synonyms(token.term) | _ALIKE.get(token.term, frozenset())
        if other.term in alike or _is_another_form(token.word, other.word):
            return other
    near = [other for other in free if table.nearest(token.word, [other.word]) >= NEAR]
    return near[0] if near else None


def _is_alias(one: str, other: str) -> bool:
    """Whether two words name one country; its capital, which often stands for it, does not."""
    key = alias_key(one)
    return bool(key) and key == alias_key(other) and is_seat(one) == is_seat(other)


def _is_inflected(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 3 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3


def _is_another_form(one: str, other: str) -> bool:
    """Whether two words are forms of one: "president" and "presidential"."""
    left, right = fold(one), fold(other)
    alike = next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    return alike >= _STEM and left[alike:] in _ENDINGS and right[alike:] in _ENDINGS
