from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer.opened import Opened, Standing, compare, open_citation
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.reader import Index, Snapshot
from retrieval.ingest.pipeline import index_corpus
from retrieval.ingest.rollback import roll_back
from retrieval.model import Answer, Citation, Passage, Question
from tests.retrieval.answer.conftest import Library

EMBEDDER = StaticEmbedder()
GUIDE = """\
# Leave guide

Staff get 28 days of leave. Unused leave expires in March.

## Parents

Parents get ten more days. They ask the team lead. The team lead answers within a week.

## Interns

Interns get no paid leave.
"""
DAYS = "Staff get 28 days of leave."
LEAD = "The team lead answers within a week."


class Folder:
    """A corpus folder with one guide in it, and what is published of it."""

    def __init__(self, folder: Path) -> None:
        self._corpus, self._data = folder / "corpus", folder / "data"
        self._corpus.mkdir()

    def publish(self, text: str | None, source: str = "guide.md") -> Snapshot:
        """Write the document, or delete it, and open what is published then."""
        path = self._corpus / source
        path.parent.mkdir(exist_ok=True)
        if text is None:
            path.unlink()
            (self._corpus / "other.txt").write_text("Something else.")
        else:
            path.write_text(text, encoding="utf-8")
            then = time.time() - 60
            os.utime(path, (then, then))
        index_corpus(self._corpus, self._data, embedder=EMBEDDER)
        return self._newest()

    def roll_back(self) -> Snapshot:
        """Publish what stood before, and open it."""
        roll_back(self._data, embedder=EMBEDDER)
        return self._newest()

    def _newest(self) -> Snapshot:
        with closing(Index.open(self._data, EMBEDDER)) as index:
            return index.snapshot()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def cited(snapshot: Snapshot, quote: str, nth: int = 0, source: str = "guide.md") -> Citation:
    """The citation of the nth occurrence of some words."""
    document = snapshot.document(source)
    assert document
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(quote, start + 1)
    passage = next((p for p in document.passages if p.start <= start < p.end), None)
    return Citation(
        source=source,
        title="Leave guide",
        heading=passage.heading if passage else None,
        page=None,
        start=start,
        end=start + len(quote),
        quote=quote,
        generation=snapshot.generation,
    )


def around(opened: Opened) -> tuple[str, str, str, str]:
    return opened.before, opened.opening, opened.ending, opened.after


def test_an_unchanged_quotation_stands_in_its_passage_between_its_neighbours(
    folder: Folder,
) -> None:
    snapshot = folder.publish(GUIDE)
    opened = open_citation(snapshot, cited(snapshot, "They ask the team lead."))
    assert opened.standing is Standing.UNCHANGED
    assert opened.quote == "They ask the team lead."
    assert around(opened) == (
        "Staff get 28 days of leave. Unused leave expires in March.",
        "Parents get ten more days. ",
        " The team lead answers within a week.",
        "Interns get no paid leave.",
    )
    assert opened.indexed_at == snapshot.searched.indexed_at


def test_at_either_end_of_a_document_there_is_no_neighbour(folder: Folder) -> None:
    snapshot = folder.publish(GUIDE)
    first = open_citation(snapshot, cited(snapshot, DAYS))
    assert (first.before, first.opening) == ("", "")
    last = open_citation(snapshot, cited(snapshot, "Interns get no paid leave."))
    assert (last.opening, last.ending, last.after) == ("", "", "")
    assert last.before.startswith("Parents get")


def test_an_edit_elsewhere_in_the_document_moves_a_quotation(folder: Folder) -> None:
    citation = cited(folder.publish(GUIDE), LEAD)
    longer = GUIDE.replace("in March.", "at the end of March, every year.")
    opened = open_citation(folder.publish(longer), citation)
    assert opened.standing is Standing.MOVED
    assert opened.citation == citation
    assert opened.opening == "Parents get ten more days. They ask the team lead. "
    assert opened.after == "Interns get no paid leave."


def test_an_edit_behind_a_quotation_leaves_it_unchanged_and_shows_the_new_words(
    folder: Folder,
) -> None:
    citation = cited(folder.publish(GUIDE), DAYS)
    later = folder.publish(GUIDE.replace("expires in March", "never expires"))
    opened = open_citation(later, citation)
    assert (opened.standing, opened.ending) == (Standing.UNCHANGED, " Unused leave never expires.")
    assert opened.indexed_at == later.searched.indexed_at


@pytest.mark.parametrize("new", ["Staff get 30 days of leave.", "staff get 28 days of leave.", ""])
def test_other_words_in_its_place_are_not_shown_as_the_quotation(folder: Folder, new: str) -> None:
    citation = cited(folder.publish(GUIDE), DAYS)
    opened = open_citation(folder.publish(GUIDE.replace(DAYS, new)), citation)
    assert opened.standing is Standing.CHANGED
    assert opened.quote == DAYS
    assert around(opened) == ("", "", "", "")
    assert opened.indexed_at is not None


def test_a_deleted_document_is_gone(folder: Folder) -> None:
    citation = cited(folder.publish(GUIDE), DAYS)
    opened = open_citation(folder.publish(None), citation)
    assert (opened.standing, opened.quote) == (Standing.GONE, DAYS)
    assert (around(opened), opened.indexed_at) == (("", "", "", ""), None)


def test_a_renamed_document_is_gone_under_its_old_name(folder: Folder) -> None:
    citation = replace(cited(folder.publish(GUIDE), DAYS), source="old\udc00.md")
    assert open_citation(folder.publish(GUIDE), citation).standing is Standing.GONE


def test_a_shorter_document_has_no_place_at_the_old_offsets(folder: Folder) -> None:
    citation = cited(folder.publish(GUIDE), "Interns get no paid leave.")
    opened = open_citation(folder.publish("# Leave guide\n\nInterns get none.\n"), citation)
    assert opened.standing is Standing.CHANGED


def test_a_quotation_may_span_the_end_of_its_passage(folder: Folder) -> None:
    snapshot = folder.publish(GUIDE)
    quote = "Unused leave expires in March.\n\n## Parents\n\nParents get ten more days."
    opened = open_citation(snapshot, cited(snapshot, quote))
    assert opened.standing is Standing.UNCHANGED
    assert around(opened) == (
        "",
        "Staff get 28 days of leave. ",
        " They ask the team lead. The team lead answers within a week.",
        "Interns get no paid leave.",
    )


def test_words_between_two_passages_stand_between_them(folder: Folder) -> None:
    snapshot = folder.publish(GUIDE)
    opened = open_citation(snapshot, cited(snapshot, "## Parents"))
    assert opened.standing is Standing.UNCHANGED
    assert (opened.opening, opened.ending) == ("", "")
    assert opened.before.endswith("expires in March.")
    assert opened.after.startswith("Parents get ten")


REPEATED = """\
# Rates

## Hotel

The limit is 140 euros. Ask first.

## Taxi

The limit is 40 euros. Ask first.

## Train

There is no limit. Ask first.
"""


def test_of_repeated_words_the_cited_place_is_opened(folder: Folder) -> None:
    snapshot = folder.publish(REPEATED)
    for nth, opening in enumerate(("The limit is 140", "The limit is 40", "There is no limit")):
        opened = open_citation(snapshot, cited(snapshot, "Ask first.", nth))
        assert opened.standing is Standing.UNCHANGED
        assert opened.opening.startswith(opening)


def test_moved_words_that_repeat_are_found_under_their_heading(folder: Folder) -> None:
    citation = cited(folder.publish(REPEATED), "Ask first.", 1)
    moved = REPEATED.replace("## Hotel\n", f"## Hotel\n\n{'Many hotels are good. ' * 6}\n")
    opened = open_citation(folder.publish(moved), citation)
    assert opened.standing is Standing.MOVED
    assert opened.opening == "The limit is 40 euros. "


def test_moved_words_under_no_such_heading_are_found_nearest_to_their_place(
    folder: Folder,
) -> None:
    citation = replace(cited(folder.publish(REPEATED), "Ask first.", 2), heading="Rates › Ship")
    opened = open_citation(
        folder.publish(REPEATED.replace("no limit", "no limit at all")), citation
    )
    assert opened.standing is Standing.MOVED
    assert opened.opening == "There is no limit at all. "


@pytest.mark.parametrize("longer", ["Taxis", "Taxifahrt", "Taxi\u0301s"])
def test_a_word_does_not_stand_in_a_longer_one(folder: Folder, longer: str) -> None:
    citation = cited(folder.publish("# Rates\n\n- Taxi\n- Hotel\n"), "Taxi")
    opened = open_citation(folder.publish(f"# Rates\n\n- {longer}\n- Hotel\n"), citation)
    assert opened.standing is Standing.CHANGED


def test_a_whole_sentence_is_preferred_to_the_same_words_inside_another(folder: Folder) -> None:
    citation = cited(folder.publish("# Rates\n\nIt is free.\n\n## Bus\n\nChoose.\n"), "It is free.")
    inside = "# Rates\n\nHe wrote (“It is free.”) on it.\n\nOften.\n\n## Bus\n\nIt is free.\n"
    opened = open_citation(folder.publish(inside), citation)
    assert (opened.standing, opened.opening) == (Standing.MOVED, "")


def test_sentences_of_a_script_without_spaces_are_found(folder: Folder) -> None:
    citation = cited(folder.publish("我们在北京。他们在上海。\n"), "他们在上海。")
    opened = open_citation(folder.publish("新的。我们在北京。他们在上海。\n"), citation)
    assert (opened.standing, opened.opening) == (Standing.MOVED, "新的。我们在北京。")


def test_a_million_repetitions_are_opened_in_time(folder: Folder) -> None:
    snapshot = folder.publish("# Song\n\n" + "la " * 400_000 + "\n\nTheir end.\n")
    citation = replace(cited(snapshot, "la", 50), start=1_200_000, end=1_200_002)
    started = time.monotonic()
    opened = open_citation(snapshot, citation)
    assert opened.standing is Standing.MOVED
    assert time.monotonic() - started < 5


def test_every_citation_of_an_answer_opens_where_it_stands(library: Library) -> None:
    answer = library.answerer.ask(Question("How long does the warranty of the Aquila 300 last?"))
    assert isinstance(answer, Answer)
    for citation in (*answer.citations, *answer.nearest):
        opened = library.answerer.open(citation)
        assert opened.standing is Standing.UNCHANGED
        assert opened.indexed_at == library.answerer.status().published_at


def pieces(passage: Passage) -> list[str]:
    return [sentence.text for sentence in passage.sentences]


WORD = st.sampled_from("Ask. Why? No! (Yes.) a b. 你好。 Taxi, “so”. é x\u0301".split())
BLOCK = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
TEXT = st.lists(st.one_of(BLOCK, BLOCK.map("- {}".format), BLOCK.map("## {}".format)), min_size=2)


@pytest.mark.slow
@settings(max_examples=8)
@given(first=TEXT, second=TEXT)
def test_what_is_shown_is_always_what_stands_there(first: list[str], second: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        before = folder.publish("Head.\n\n" + "\n\n".join(first))
        document = before.document("guide.md")
        assert document
        quotes = [
            (sentence.text, passage)
            for passage in document.passages
            for sentence in passage.sentences
        ]
        now = folder.publish("Tail.\n\n" + "\n\n".join(second))
        later = now.document("guide.md")
        assert later
        for (quote, passage), sentence in zip(
            quotes, (s for p in document.passages for s in p.sentences), strict=True
        ):
            citation = Citation(
                "guide.md", "", passage.heading, None, sentence.start, sentence.end, quote, 1
            )
            assert open_citation(before, citation).standing is Standing.UNCHANGED
            opened = open_citation(now, citation)
            assert opened.quote == quote
            if opened.standing is Standing.CHANGED:
                assert all(quote not in pieces(p) for p in later.passages)
            else:
                assert opened.opening + quote + opened.ending in later.text


def test_citations_are_compared_with_what_has_changed_only(folder: Folder) -> None:
    before = folder.publish(GUIDE)
    days, lead = cited(before, DAYS), cited(before, LEAD)
    first = before.generation
    assert compare(before, (days, lead), first).standings == (None, None)

    folder.publish("Something else.", "other.txt")
    after = folder.publish(GUIDE.replace("28 days", "30 days"))
    found = compare(after, (days, lead), first)
    assert found.generation == after.generation
    assert found.standings == (Standing.CHANGED, Standing.UNCHANGED)
    assert compare(after, (days,), after.generation).standings == (None,)

    moved = folder.publish(f"A line before.\n\n{GUIDE}")
    assert compare(moved, (days,), first).standings == (Standing.MOVED,)
    gone = folder.publish(None)
    assert compare(gone, (days, lead), first).standings == (Standing.GONE, Standing.GONE)


def test_words_have_moved_when_their_document_has_another_name(folder: Folder) -> None:
    before = folder.publish(GUIDE)
    days = cited(before, DAYS)
    folder.publish(GUIDE, "leave/guide.md")
    renamed = folder.publish(None)
    assert compare(renamed, (days,), before.generation).standings == (Standing.MOVED,)
    changed = folder.publish(GUIDE.replace("28 days", "30 days"), "leave/guide.md")
    assert compare(changed, (days,), renamed.generation).standings == (Standing.GONE,)


def test_a_rollback_is_a_change_as_well(folder: Folder) -> None:
    first = folder.publish(GUIDE)
    second = folder.publish(GUIDE.replace("28 days", "30 days"))
    old, new = cited(first, DAYS), cited(second, "Staff get 30 days of leave.")
    third = folder.roll_back()

    assert compare(third, (new,), second.generation).standings == (Standing.CHANGED,)
    assert compare(third, (old,), second.generation).standings == (Standing.UNCHANGED,)


def test_in_an_index_that_was_made_anew_everything_is_compared(folder: Folder) -> None:
    snapshot = folder.publish(GUIDE)
    assert compare(snapshot, (cited(snapshot, DAYS),), 9).standings == (Standing.UNCHANGED,)
