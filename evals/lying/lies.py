"""Lies: sentences with exactly one thing wrong, made by rule from true ones.

Each says of one or two numbered quotations something that none of them states. The edits of
values and small words are those of `evals.changed`; what is added here are lies that only a writer
can tell: a clause of its own, two statements made into one, the wrong quotation named.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from evals.attributed import Form
from evals.changed import changed
from evals.lying.foreign import foreign
from evals.lying.material import Group
from evals.lying.merging import exchanged, merged, moved
from evals.lying.roles import swapped
from evals.lying.stock import CLAUSES, HELD_CLAUSES, MARKUP, ORDERS, QUALIFIERS
from evals.sets import SetQuestion

_RENAMED = {"speaker": "attribution"}


@dataclass(frozen=True, slots=True)
class Lie:
    """What the liar writes about numbered quotations, and what is wrong with it."""

    kind: str
    text: str
    numbers: tuple[int, ...]
    quotations: tuple[str, ...]
    origin: str


def lies(groups: Iterable[Group], seed: int, *, held: bool = False) -> Iterator[Lie]:
    """For each group one lie of each kind, as far as the kind fits."""
    every = list(groups)
    yield from _edited(every, seed)
    clauses = HELD_CLAUSES if held else CLAUSES
    for group in every:
        for kind, make in _OWN.items():
            rng = random.Random(f"{seed}:{kind}:{group.sentences[0]}")
            for text, numbers in make(group, rng, clauses):
                yield Lie(kind, text, numbers, group.sentences, group.origin)


def _edited(groups: list[Group], seed: int) -> Iterator[Lie]:
    """The edits of single sentences; of each kind the first that a group has a place for."""
    places = {text: (group, at) for group in groups for at, text in enumerate(group.sentences, 1)}
    taken: set[tuple[str, Group]] = set()
    for copy in changed(places, seed):
        group, at = places[copy.sentence]
        kind = _RENAMED.get(copy.kind, copy.kind)
        if (kind, group) not in taken:
            taken.add((kind, group))
            yield Lie(kind, copy.claim, (at,), group.sentences, group.origin)


def flattened(questions: Iterable[SetQuestion], origin: str) -> Iterator[Lie]:
    """The claims of an attribution set that drop or swap a speaker; they were written by hand."""
    for one in questions:
        item = one.attributed
        if item and item.sentence and item.form in (Form.FLATTENED, Form.SWAPPED):
            yield Lie("attribution by hand", one.text, (1,), (item.sentence,), origin)


_Made = Iterator[tuple[str, tuple[int, ...]]]


def _added_clause(group: Group, rng: random.Random, clauses: tuple[str, ...]) -> _Made:
    text = group.sentences[0]
    yield f"{text[:-1]}{rng.choice(clauses)}.", (1,)
    foreign_text = group.others[0]
    yield f"{text[:-1]}, and {foreign_text[:1].lower()}{foreign_text[1:]}", (1,)
    found = [n for n, word in enumerate(text.split()) if word in ("a", "the")]
    if found:
        words = text.split()
        at = rng.choice(found)
        yield " ".join([*words[: at + 1], rng.choice(QUALIFIERS), *words[at + 1 :]]), (1,)


def _merged_pair(group: Group, rng: random.Random, _: tuple[str, ...]) -> _Made:
    yield from merged(group.sentences[0], group.sentences[1], rng)
    for number, text in enumerate(group.sentences, 1):
        for new in (*list(exchanged(text))[:1], *list(moved(text))[:1]):
            yield new, (number,)


def _swapped_roles(group: Group, rng: random.Random, _: tuple[str, ...]) -> _Made:
    for number, text in enumerate(group.sentences, 1):
        for new in list(swapped(text))[:1]:
            yield new, (number,)


def _wrong_number(group: Group, rng: random.Random, _: tuple[str, ...]) -> _Made:
    yield group.sentences[0], (rng.choice((2, 3)),)
    yield group.sentences[1], rng.choice(((0,), (99,), (-1,), (), (4,), (2, 17)))


def _markup(group: Group, rng: random.Random, _: tuple[str, ...]) -> _Made:
    text = rng.choice(group.sentences)
    word = rng.choice(text.split()).strip(".,()").lower()
    made = rng.choice(MARKUP).format(text=text, word=word)
    yield made, (group.sentences.index(text) + 1,)


def _instruction(group: Group, rng: random.Random, _: tuple[str, ...]) -> _Made:
    text = rng.choice(group.sentences)
    made = rng.choice(ORDERS).format(text=text, clause=text[:-1])
    yield made, (group.sentences.index(text) + 1,)


def _other_language(group: Group, rng: random.Random, _: tuple[str, ...]) -> _Made:
    text = rng.choice(group.sentences)
    yield foreign(text, rng), (group.sentences.index(text) + 1,)


_OWN: dict[str, Callable[[Group, random.Random, tuple[str, ...]], _Made]] = {
    "added clause": _added_clause,
    "merged pair": _merged_pair,
    "swapped roles": _swapped_roles,
    "wrong number": _wrong_number,
    "markup": _markup,
    "instruction": _instruction,
    "other language": _other_language,
}
