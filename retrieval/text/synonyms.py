"""Synonyms: words that can stand for one another, from a table of everyday ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from retrieval.text.terms import terms

_TABLE = Path(__file__).with_name("synonyms.txt")


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = set(terms(line))
            for member in group:
                found.setdefault(member, set()).update(group)
    return {member: frozenset(others - {member}) for member, others in found.items()}


def synonyms(term: str) -> frozenset[str]:
    """Terms that can stand for a term; empty for most."""
    return _groups().get(term, frozenset())
