"""Refusals: why there is no answer, in words a reader can act on."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.citation import QuotationError
from retrieval.answer.compose import Placed, pointers, quote
from retrieval.answer.evidence import Window
from retrieval.answer.question import Query
from retrieval.errors import IndexBusyError, IndexDamagedError, NoIndexError, OnrecordError
from retrieval.index.reader import Snapshot
from retrieval.model import Citation, Reason, Refusal

BY_WORDS_ONLY = (
    "Search by meaning is not possible at the moment, so what stands there in other words may have "
    "been missed."
)
LONGEST_STATEMENT = 160
"""Characters of a statement in a message."""


def unclear(snapshot: Snapshot, text: str) -> Refusal:
    """The question has nothing to search for."""
    if not text.strip():
        message = "The question is empty. Ask it in a sentence, with the names it is about."
    else:
        message = (
            "The question names nothing to look for. Ask it in a full sentence, with the names, "
            "dates or things it is about."
        )
    return _refusal(snapshot, text, Reason.UNCLEAR, message)


def ambiguous(snapshot: Snapshot, text: str, choices: Sequence[str]) -> Refusal:
    """The question is a bare name that several documents carry: it is asked back which is meant."""
    *others, last = (_quoted(choice) for choice in choices)
    message = f"Which one do you mean: {', '.join(others)} or {last}? And what about it?"
    return _refusal(snapshot, text, Reason.UNCLEAR, message)


def nothing_found(snapshot: Snapshot, text: str) -> Refusal:
    """No passage shares anything with the question."""
    return _refusal(snapshot, text, Reason.NOTHING_FOUND, "Nothing in the documents is about this.")


def not_answered(
    snapshot: Snapshot,
    text: str,
    query: Query,
    nearest: Sequence[Window],
    presumed: str | None = None,
) -> Refusal:
    """Passages come near, none of them answers.

    `presumed` is a statement that the question takes for granted and no document makes.
    """
    absent = _absent(snapshot, query)
    if len(absent) == len(query.terms):
        return nothing_found(snapshot, text)
    message = "The documents do not answer this."
    if presumed:
        message += f" The documents do not say that {_quoted(presumed)}."
    if absent:
        words = ", ".join(f"“{word}”" for word in absent[:3])
        message += f" They do not mention {words}."
    return _refusal(
        snapshot,
        text,
        Reason.NOT_ANSWERED,
        message,
        nearest=pointers(snapshot, nearest, ()),
    )


def contradicted(
    snapshot: Snapshot, text: str, places: Sequence[Placed], nearest: Sequence[Window]
) -> Refusal:
    """The question takes for granted what the documents deny; they are quoted instead."""
    sentences, citations = quote(snapshot, places)
    return Refusal(
        question=text,
        reason=Reason.CONTRADICTED,
        message="The documents say otherwise:",
        generation=snapshot.generation,
        searched=snapshot.searched,
        nearest=pointers(snapshot, nearest, citations),
        sentences=sentences,
        citations=citations,
    )


def error(text: str, error: OnrecordError, snapshot: Snapshot | None) -> Refusal:
    """Something went wrong on the way; an answer that cannot be checked is not given."""
    return Refusal(
        question=text,
        reason=Reason.ERROR,
        message=trouble(error),
        generation=snapshot.generation if snapshot else 0,
    )


def trouble(error: OnrecordError) -> str:
    """What went wrong, for whoever asked: paths and details are for the log."""
    return next(text for kind, text in _TROUBLES if isinstance(error, kind))


_TROUBLES: tuple[tuple[type[OnrecordError], str], ...] = (
    (
        NoIndexError,
        "Nothing is indexed that could be searched. An admin must run `onrecord index`.",
    ),
    (
        IndexDamagedError,
        "The index cannot be read, so nothing can be quoted. An admin must look: the log says "
        "what is wrong.",
    ),
    (IndexBusyError, "The index is locked at the moment. Ask again in a minute."),
    (
        QuotationError,
        "A document no longer says what was found in it, so it is not quoted. Ask again; if it "
        "stays so, an admin must run `onrecord index`.",
    ),
    (
        OnrecordError,
        "Something failed while the documents were searched. Ask again; if it stays so, an admin "
        "must look: the log says what failed.",
    ),
)


def _quoted(statement: str) -> str:
    """A statement in quotation marks, without its full stop and at a length that can be read."""
    plain = " ".join(statement.split()).removesuffix(".")
    if len(plain) > LONGEST_STATEMENT:
        plain = plain[: LONGEST_STATEMENT - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return f"“{plain}”"


def _absent(snapshot: Snapshot, query: Query) -> list[str]:
    """Words of the question that stand in no passage at all."""
    frequencies = snapshot.document_frequencies(query.terms)
    return [
        word
        for term, word in zip(query.terms, query.words, strict=True)
        if term not in query.light and not frequencies.get(term)
    ]


def _refusal(
    snapshot: Snapshot,
    text: str,
    reason: Reason,
    message: str,
    nearest: tuple[Citation, ...] = (),
) -> Refusal:
    return Refusal(
        question=text,
        reason=reason,
        message=f"{message} {BY_WORDS_ONLY}" if snapshot.by_words_only else message,
        generation=snapshot.generation,
        searched=snapshot.searched,
        nearest=nearest,
    )
