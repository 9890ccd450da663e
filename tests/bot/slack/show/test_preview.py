"""The modal before an index run."""

from __future__ import annotations

from dataclasses import replace

from bot.slack.show.actions import REINDEX_VIEW
from bot.slack.show.preview import REMOVE, comparing_view, no_preview_view, preview_view
from retrieval.index.status import FailedFile
from retrieval.ingest.report import Changes, Renamed
from tests.bot.examples import report
from tests.bot.slack.show.hostile import EMPTY, LONG
from tests.bot.slack.show.rules import all_words, check_shown_view
from tests.bot.slack.test_safe_text import HOSTILE

CHANGES = Changes(("new.md",), ("old.md",), (Renamed("a.md", "b.md"),), ("gone.md", "lost.md"))


def test_what_would_change_is_named() -> None:
    view = preview_view(
        replace(report(FailedFile("e.pdf", "It is encrypted.", runs=3)), changes=CHANGES)
    )
    check_shown_view(view)
    words = all_words(view)
    assert "Removed: 2 documents\ngone.md\nlost.md" in words
    assert "Changed: 1 document\nold.md" in words
    assert "Renamed: 1 document\na.md is now b.md" in words
    assert "Added: 1 document\nnew.md" in words
    assert "Not indexed: 1 file\ne.pdf (in 3 runs in a row): It is encrypted." in words
    assert view["callback_id"] == REINDEX_VIEW
    assert REMOVE not in str(view)


def test_removing_most_documents_takes_a_tick() -> None:
    view = preview_view(replace(report(), changes=CHANGES, removes_too_many=True))
    check_shown_view(view)
    assert "Remove 2 documents" in all_words(view)
    assert "optional" not in str(view)


def test_without_changes_there_is_nothing_to_agree_to() -> None:
    view = preview_view(replace(report(), added=0, changed=0, removed=0))
    check_shown_view(view)
    assert "submit" not in view


def test_thousands_of_names_and_hostile_ones_fit() -> None:
    names = tuple(f"{text}{n}" for text in [*HOSTILE, *EMPTY, *LONG[:4]] for n in range(9))
    renamed = tuple(Renamed(name, name * 5) for name in names)
    view = preview_view(
        replace(
            report(*(FailedFile(name, name * 9) for name in names)),
            changes=Changes(names, names, renamed, names),
            removes_too_many=True,
        )
    )
    check_shown_view(view)


def test_waiting_and_failing_are_shown() -> None:
    check_shown_view(comparing_view())
    check_shown_view(no_preview_view("The corpus folder is gone.", ""))
