"""Material: groups of sentences of open documents, as the numbered quotations of a request."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.sentences import passages_of
from evals.sets import SetDocument
from retrieval.answer.writing.frozen import Quotation
from retrieval.errors import LoadError
from retrieval.model import BlockKind, Citation

GROUP = 3
"""Quotations of one request."""
_WORDS = range(7, 42)
_LEANS = re.compile(
    r"^(?:[A-Z][a-z]+ly, |However, |But |And |Then |In addition, |As such, |Thus, )?"
    r"(?:He|She|It|They|This|These|That|Those|His|Her|Its|Their|Such|Both|Others?|The (?:former"
    r"|latter|two|other)|he|she|it|they|this|these|his|her|its|their)\b"
)
"""Openings of sentences that would only be quoted with the one before."""
_PLAIN = re.compile(r"^[A-Z0-9][^\n<>|{}\[\]`*]+[a-z0-9)%]\.$")


@dataclass(frozen=True, slots=True)
class Group:
    """Some sentences of one document; `others` are sentences of another one."""

    sentences: tuple[str, ...]
    others: tuple[str, ...]
    origin: str


def groups(name: str, documents: Sequence[SetDocument], limit: int, seed: int) -> Iterator[Group]:
    """At most `limit` groups, one a document, drawn with `seed`."""
    rng = random.Random(f"{seed}:{name}")
    order = list(documents)
    rng.shuffle(order)
    before: tuple[str, ...] = ()
    found = 0
    for document in order:
        usable = _usable(document)
        if len(usable) < GROUP:
            continue
        start = rng.randrange(len(usable) - GROUP + 1)
        chosen = usable[start : start + GROUP]
        if before:
            found += 1
            yield Group(chosen, before, name)
        before = chosen
        if found == limit:
            return


def every_group(
    name: str, documents: Iterable[SetDocument], others: Sequence[str]
) -> Iterator[Group]:
    """All sentences of some documents, in groups."""
    for document in documents:
        usable = _usable(document)
        for start in range(0, len(usable) - GROUP + 1):
            yield Group(usable[start : start + GROUP], tuple(others), name)


def _usable(document: SetDocument) -> tuple[str, ...]:
    """The sentences of running text that a lie can be made of."""
    try:
        passages = passages_of(document)
    except LoadError:  # some documents of open sets hold bytes that no text file has
        return ()
    found = (
        sentence.text
        for passage in passages
        for sentence in passage.sentences
        if sentence.kind is BlockKind.PROSE
    )
    return tuple(
        dict.fromkeys(
            t for t in found if len(t.split()) in _WORDS and _PLAIN.match(t) and not _LEANS.match(t)
        )
    )


def numbered(texts: Sequence[str]) -> tuple[Quotation, ...]:
    """Texts as frozen quotations, all of which lead."""
    return tuple(
        Quotation(n, (Citation(f"{n}.txt", "A", None, None, 0, len(t), t, 1),), "", leads=True)
        for n, t in enumerate(texts, 1)
    )
