"""Respelling: a word that neither the documents nor the language know, as the documents spell it.

Both search and the judge compare words as they are written: "anual leave" finds nothing of what
"annual leave" does. Only words in small letters are touched, since an unknown name is another
name; whoever asks is told what was looked for.
"""

from __future__ import annotations

import string
from collections.abc import Iterator

from retrieval.index.reader import Snapshot
from retrieval.text.rarity import is_everyday
from retrieval.text.static import is_whole
from retrieval.text.synonyms import synonyms
from retrieval.text.terms import is_stopword, term, words

LEAST = 5
"""Letters of a word that can be told from its neighbours."""
MOST = 20
"""Letters of a word that is looked at; what is longer has too many neighbours."""


def respelled(snapshot: Snapshot, text: str) -> str:
    """A question with the words changed by one letter that only so stand in the documents."""
    doubtful = [(a, b) for a, b in words(text) if _is_doubtful(text[a:b])]
    known = snapshot.document_frequencies([term(text[a:b]) for a, b in doubtful])
    for a, b in reversed(doubtful):
        word = text[a:b]
        if not known[term(word)] and (meant := _meant(snapshot, word)):
            text = f"{text[:a]}{meant}{text[b:]}"
    return text


def _is_doubtful(word: str) -> bool:
    """Whether a word may be misspelt: nothing that ordinary texts or the tokenizer know."""
    if not (LEAST <= len(word) <= MOST and word.isascii() and word.isalpha() and word.islower()):
        return False
    if is_stopword(word) or is_whole(word):
        return False
    return not is_everyday(term(word)) and not synonyms(term(word))


def _meant(snapshot: Snapshot, word: str) -> str | None:
    """The neighbour that stands in most passages; None if none stands in any."""
    neighbours = {other: term(other) for other in _neighbours(word) if other[0] == word[0]}
    counts = snapshot.document_frequencies(sorted(set(neighbours.values())))
    found = {other: n for other, of in neighbours.items() if (n := counts[of])}
    return min(found, key=lambda other: (-found[other], other)) if found else None


def _neighbours(word: str) -> Iterator[str]:
    """Words that differ by one letter left out, put in or changed, or by two that changed place."""
    letters = string.ascii_lowercase
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (f"{head}{letter}{tail}" for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (f"{head}{letter}{tail[1:]}" for letter in letters)
        if len(tail) > 1:
            yield f"{head}{tail[1]}{tail[0]}{tail[2:]}"
