"""Choices: which documents a bare name may mean, where it may equally mean several."""

from __future__ import annotations

from retrieval.answer.conversation.follow_up import asks_nothing
from retrieval.answer.question import Query
from retrieval.index.reader import Snapshot
from retrieval.text.terms import terms

MOST = 4
"""Choices that are offered; of more it is not worth reading."""
_LONGEST = 4
"""Words of a message that can be a mere name."""


def choices(snapshot: Snapshot, query: Query) -> tuple[str, ...]:
    """The titles that hold a message which is nothing but a name; none if one of them is meant.

    One is meant if it is the only one, or if its title is exactly that name.
    """
    if len(query.asked.split()) > _LONGEST or not asks_nothing(query.asked):
        return ()
    named = set(query.terms)
    titles = dict.fromkeys(info.title for info in snapshot.sources() if info.title)
    found = [title for title in titles if named <= set(terms(title))]
    if len(found) < 2 or any(named == set(terms(title)) for title in found):
        return ()
    return tuple(sorted(found)[:MOST])
