"""Namesakes: in a text about August Heckscher, "Heckscher was born in Hamburg" is not of Eli."""

from __future__ import annotations

from retrieval.text.names import is_person, names
from retrieval.text.terms import fold


def is_of_a_namesake(asked: str, title: str, sentence: str) -> bool:
    """Whether a sentence under a title is about another person with the surname of one asked about.

    It is unless it calls the one asked about by more than that surname where it first has it.
    """
    for name in names(asked):
        given, surname = _parts(name.text)
        if not given or not is_person(name, asked):
            continue
        titled = [_parts(other.text) for other in names(title)]
        shared = [others for others, last in titled if last == surname and others]
        if shared and not any(_is_same(given, others) for others in shared):
            return not _is_called(sentence, given, surname)
    return False


def _parts(name: str) -> tuple[list[str], str]:
    *given, surname = fold(name).replace(".", "").split()
    return given, surname


def _is_same(one: list[str], other: list[str]) -> bool:
    """Whether given names, or their initials, have one in common."""
    return any(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a in one for b in other)


def _is_called(sentence: str, given: list[str], surname: str) -> bool:
    words = [word.strip(".,;:()'\"“”") for word in fold(sentence).split()]
    first = next((at for at, word in enumerate(words) if word.startswith(surname)), None)
    before = words[max(0, first - 3) : first] if first is not None else words
    return any(_is_same([one], [word]) for one in given for word in before if word)
