"""Headings turned into questions: "Adding a document" asks how to add one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from retrieval.text.verbs import base_of, gerund, is_gerund, is_third_person
from retrieval.text.wording import DETERMINERS, JOINING, PREPOSITIONS, PRONOUNS, Words, split

LONGEST_HEADING = 80
LONGEST_TITLE = 70

_NUMBERING = re.compile(r"^(?:(?:\d+|[A-Z])[.)](?:\d+[.)]?)*|\d+(?:\.\d+)*)\s+")
_WORDS = re.compile(r"[^\W\d_]{2}")
_UNFIT = re.compile(r"[<>@|\n“”]|https?:|\.\w{2,4}$")
"""Markup, addresses and file names make no question."""
_CLAUSE = re.compile(r"what|why|how|where|when")
_PARTICLES = frozenset("out up down off".split())
_AFTER_VERB = DETERMINERS | PREPOSITIONS | JOINING | PRONOUNS


class Form(IntEnum):
    """How a question came out of a heading; the lower, the better it reads."""

    ASKED = 0
    """The heading is a question."""
    MADE = 1
    """Its words were put in the order of a question."""
    ABOUT = 2
    """It is asked what its document says about it."""


def asked(title: str, heading: str | None) -> tuple[Form, str] | None:
    """The question that a heading, or a title without one, answers; None if it makes none.

    >>> asked("Guide", "Adding a document")
    (<Form.MADE: 1>, 'How do I add a document?')
    """
    text = _NUMBERING.sub("", " ".join((heading or title).split()))
    if not _WORDS.search(text) or len(text) > LONGEST_HEADING or _UNFIT.search(text):
        return None
    if text.endswith("?"):
        return (Form.ASKED, text) if " " in text else None
    plain = text.rstrip(" .:!")
    made = _made(split(plain))
    if made:
        return Form.MADE, f"{made}?"
    return _about(title, plain) if heading else None


def _about(title: str, heading: str) -> tuple[Form, str] | None:
    named = " ".join(title.split()).rstrip(" .:!")
    if len(named) > LONGEST_TITLE or _UNFIT.search(named) or named.lower() == heading.lower():
        return None
    first, _, rest = heading.partition(" ")
    if _CLAUSE.fullmatch(first.lower()):
        return None
    if first in ("The", "A", "An"):
        heading = f"{first.lower()} {rest}"
    return Form.ABOUT, f"What does “{named}” say about {heading}?"


def _made(words: Words) -> str | None:
    first = words.at(0)
    if first == "how" and words.at(1) == "to" and len(words) > 2:
        return f"How do I {words.text(2)}"
    if _CLAUSE.fullmatch(first):
        return _inverted(words)
    verbs = list(_leading_verbs(words))
    if not verbs or len(words) == len(verbs):
        return None
    return f"How do I {' '.join(verbs)} {words.text(len(verbs))}"


def _leading_verbs(words: Words) -> Iterator[str]:
    """The -ing forms that a heading opens with, in their base form, with what joins them."""
    if not _opens_with_verb(words):
        return
    for at, raw in enumerate(words.raw):
        base = base_of(words.at(at))
        joins = words.at(at) in JOINING and _is_ing(words.at(at + 1))
        if joins:
            yield raw
        elif base and _is_ing(words.at(at)):
            yield base + ("," if raw.endswith(",") else "")
        else:
            return


def _opens_with_verb(words: Words) -> bool:
    """Whether the first word is an -ing form and no noun: an object or a place follows."""
    first, second = words.at(0), words.at(1)
    if not _is_ing(first) or "," in words.raw[0]:
        return False
    return second in DETERMINERS | _PARTICLES or (
        is_gerund(first) and (second in _AFTER_VERB or (len(words) > 1 and words.named[1]))
    )


def _is_ing(word: str) -> bool:
    base = base_of(word)
    return base is not None and gerund(base) == word


def _inverted(words: Words) -> str | None:
    """ "What the office does" as "What does the office do"."""
    verb = next((at for at in range(2, len(words)) if is_third_person(words.at(at))), None)
    base = base_of(words.at(verb)) if verb else None
    if verb is None or base is None or base in ("be", "have", "do") or verb > 4:
        return None
    rest = words.text(verb + 1)
    subject = words.text(1, verb)
    if words.at(1) in ("the", "a", "an"):
        subject = subject[0].lower() + subject[1:]
    return " ".join(part for part in (words.raw[0], "does", subject, base, rest) if part)
