"""Identifiers: versions, models and numbers of things; with another one it is another thing."""

from __future__ import annotations

import re

from retrieval.text.designations import designations, is_same

_MIXED = re.compile(r"(?<![\w.-])(?:[A-Za-z]{1,6}\d{1,4}|\d{1,3}[A-Za-z])(?![\w%°]|[.,:]\d)")
_VERSION = re.compile(
    r"\b(?:(?i:version|release|update|build|section|chapter|room|upgrade to|downgrade to|v)"
    r"|[A-Z]\w+) ?(\d{1,3}(?:\.\d{1,3}){1,3})"
    r"(?!\w| ?[%€$£°]| (?:percent|million|billion|[a-z]*met|mile|euro))"
)
_UNIT = re.compile(r"\d+[smghkxdlwvpcf]$|(?:fy|[qh])\d+$", re.IGNORECASE)
"""Amounts ("5g", "40k") and parts of a year."""
_DIGITS = re.compile(r"\d+")


def identifiers(text: str) -> frozenset[str]:
    """The identifiers in a text, in small letters: "t3", "3b", "4.2"."""
    mixed = (found.group() for found in _MIXED.finditer(text))
    versions = (found[1] for found in _VERSION.finditer(text))
    return frozenset(one.lower() for one in (*versions, *mixed) if not _UNIT.fullmatch(one))


def is_of_another(asked: str, found: str) -> bool:
    """Whether a text is about another version, model or number than is asked about.

    Only where it names one of the same form: a text without any may speak of all.
    """
    theirs = identifiers(found)
    forms = {_form(other) for other in theirs}
    if any(one not in theirs and _form(one) in forms for one in identifiers(asked)):
        return True
    for one in designations(asked):
        alike = [other for other in designations(found) if other.head == one.head]
        if alike and not any(is_same(one, other) for other in alike):
            return True
    return False


def _form(identifier: str) -> str:
    """ "t0" of "t3", "0.0" of "4.2", "0a" of "3b"."""
    form = _DIGITS.sub("0", identifier)
    return f"{form[:-1]}a" if form[-1:].isalpha() else form
