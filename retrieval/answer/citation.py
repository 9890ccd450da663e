"""Citations: from a sentence in a passage to a quotation that can be opened at its place."""

from __future__ import annotations

from retrieval.errors import OnrecordError
from retrieval.index.reader import Snapshot
from retrieval.model import Citation, Passage, Sentence


class QuotationError(OnrecordError):
    """A quotation no longer stands where it should."""


def cite(snapshot: Snapshot, passage: Passage, sentence: Sentence) -> Citation:
    """The citation of a sentence, its text read again from the catalog.

    Raises `QuotationError` if the catalog's text differs: nothing is quoted from memory.
    """
    try:
        quote = snapshot.quote(passage.source, sentence.start, sentence.end)
    except LookupError:
        quote = ""
    if quote != sentence.text:
        raise QuotationError(
            f"A passage of {passage.source} no longer says what was found.",
            "Ask again; run `onrecord index` if it stays so.",
        )
    return Citation(
        source=passage.source,
        title=passage.title,
        heading=passage.heading,
        page=passage.page,
        start=sentence.start,
        end=sentence.end,
        quote=quote,
        generation=snapshot.generation,
        date=passage.date,
        collection=passage.collection,
    )
