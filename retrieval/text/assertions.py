"""Assertions: whether a sentence of a chat message states something.

Questions, orders, greetings, thanks and fragments do not. Decided by form, from the word order of
English and a table of its verbs; a long sentence with a full stop passes even where no verb is
known.
"""

from __future__ import annotations

import re

from retrieval.text.courtesy import opens_with_courtesy
from retrieval.text.declarative import auxiliary
from retrieval.text.verbs import base_of, is_base, is_noun_too, is_past, is_third_person
from retrieval.text.wording import BETWEEN, DETERMINERS, PREPOSITIONS, PRONOUNS, Words, split

_SUBJECTS = frozenset(
    """i you he she it we they who there this that these those everyone everybody someone nobody
    anyone people staff police""".split()
)
_CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|that|there|this|who)'(?:s|re|ve|ll|d|m)")
_ASKING = re.compile(r"(?:who|whom|whose|why|what|how|which)(?:'s|'re)?")
_OPEN_ASKING = re.compile(r"(?:when|where)(?:'s|'re)?")
"""These open a clause as often as a question: "When the storm came, the port closed"."""
_INDIRECT = re.compile(
    r"(?:i wonder|i(?:'m| am) wondering|wondering|i(?:'d| would) like to know|not sure|no idea"
    r"|any (?:ideas?|news|updates?)|let (?:me|us) know)\b",
)
_FORBIDDING = re.compile(r"(?:please|let's|lets|don't|do not|never|always|kindly|feel free)\b")
_OBJECTS = DETERMINERS | PRONOUNS | frozenset("me us him them not here now".split())
_STARTING_NOUN_LIKE = frozenset(
    """last like live open slow mature separate double secure lower lean welcome correct narrow
    complete moderate found clean clear cool dry equal fine long perfect own exempt""".split()
)
"""Verbs that are adjectives or other words as often, and open a sentence as such."""
_ENDED = re.compile(r"[.!…。！][\"”’»)\]*_]*$")
_MOST_FRAGMENT = 5
"""Words that a fragment with a full stop has at most."""


def asserts(sentence: str) -> bool:
    """Whether a sentence states something that documents could say as well, or deny.

    >>> asserts("The port reopened in March."), asserts("Check the port!"), asserts("Any news")
    (True, False, False)
    """
    text = sentence.strip().rstrip('"”’»)]*_ ')
    plain = text.lower().replace("’", "'").lstrip("\"“‘'«([*_¿¡ ")
    if not plain or text.endswith(("?", "？", "؟")):
        return False
    if opens_with_courtesy(plain) or _INDIRECT.match(plain):
        return False
    words = split(text.lstrip("\"“‘'«([*_¿¡ "))
    if _asks(words) or _begins_with_verb(words, plain):
        return False
    if not re.search(r"[a-z]", plain):
        return bool(_ENDED.search(sentence.strip())) and any(map(str.isalpha, plain))
    return _has_predicate(words) or _is_long(words, sentence)


def _is_long(words: Words, sentence: str) -> bool:
    return len(words) > _MOST_FRAGMENT and bool(_ENDED.search(sentence.strip()))


def _asks(words: Words) -> bool:
    """Whether a sentence is a question by its word order, with or without a question mark."""
    first, second = words.at(0), words.at(1)
    if _ASKING.fullmatch(first):
        return True
    if _OPEN_ASKING.fullmatch(first):
        return "'" in first or auxiliary(second) is not None
    if auxiliary(first) is None or len(words) < 2:
        return False
    is_name = words.named[1] and (words.raw[0][0].isupper() and is_finite(words, 2))
    return not (is_name or second[:1].isdigit())


def orders(sentence: str) -> bool:
    """Whether a sentence tells somebody to do something: "Check the numbers".

    >>> orders("Reset the password"), orders("last day of the fair")
    (True, False)
    """
    words = split(sentence.strip())
    return bool(words) and _begins_with_verb(words, sentence.strip().lower().replace("’", "'"))


def _begins_with_verb(words: Words, plain: str) -> bool:
    """Whether a sentence begins with a verb and no subject: "Check the numbers"."""
    first, second = words.at(0), words.at(1)
    if _FORBIDDING.match(plain):
        return True
    if first == "be" or not is_base(first) or auxiliary(second) or "'" in first:
        return first == "be"
    if first in _STARTING_NOUN_LIKE:
        return second in DETERMINERS | {"me", "us", "him", "them", "it"}
    if not is_noun_too(first):
        return True
    if second in _OBJECTS or len(words) == 1:
        return True
    return not _has_predicate(words)


def _has_predicate(words: Words) -> bool:
    return any(_CONTRACTED.fullmatch(word) for word in words.low) or any(
        is_finite(words, at) for at in range(1, len(words))
    )


def is_finite(words: Words, at: int) -> bool:
    """Whether the word at a place is a verb with a subject before it."""
    word, before = words.at(at), _before(words, at)
    if auxiliary(word) is not None or word == "am":
        return not (words.named[at] and word in ("may", "will", "can"))
    if words.named[at]:
        return False
    if before in _SUBJECTS:
        return is_base(word) or is_past(word) or is_third_person(word)
    if before in DETERMINERS | PREPOSITIONS:
        return False
    return _is_verb_behind_noun(words, at, before)


def _is_verb_behind_noun(words: Words, at: int, before: str) -> bool:
    """Whether a word behind a noun agrees with it as its verb and is no noun itself."""
    word = words.at(at)
    base = word if is_base(word) else base_of(word)
    if base is None:
        return is_past(word)
    if is_past(word) and base_of(word) is not None:
        return True
    plural = before.endswith("s") and not before.endswith(("ss", "us", "is", "'s"))
    agrees = (plural or before == "and") if is_base(word) else is_third_person(word) and not plural
    return agrees and (not is_noun_too(base) or _goes_on_as_verb(words, at))


def _goes_on_as_verb(words: Words, at: int) -> bool:
    """Whether what follows a word that may be a noun is what follows a verb."""
    following = words.at(at + 1)
    return (
        following in _OBJECTS
        or following in PREPOSITIONS - {"of", "for"}
        or following in BETWEEN
        or following[:1].isdigit()
        or (at + 1 < len(words) and (words.named[at + 1] or words.at(0) in DETERMINERS))
    )


def _before(words: Words, at: int) -> str:
    """The word before, or the one before an adverb."""
    at -= 1
    while at > 0 and (words.at(at) in BETWEEN or words.at(at).endswith("ly")):
        at -= 1
    return words.at(at)
