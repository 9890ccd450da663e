from __future__ import annotations

from typing import Any

import pytest

from bot.slack.show.passages import passages_view, record_gone_view
from retrieval.answer.opened import Opened, Standing
from tests.bot.examples import citation
from tests.bot.slack.show.rules import all_words, blocks_of, bold_words, check_shown_view, objects

QUOTE = "The bridge opened in 1932."


def opened(
    quote: str = QUOTE,
    standing: Standing = Standing.UNCHANGED,
    opening: str = "The river is wide. ",
    ending: str = " It is red.",
    **around: Any,
) -> Opened:
    values = {
        "before": "A ferry went before.",
        "after": "It is painted each year.",
        "indexed_at": "2026-11-24T15:30:00+00:00",
        **around,
    }
    return Opened(
        citation=citation(quote),
        standing=standing,
        opening=opening,
        quote=quote,
        ending=ending,
        **values,
    )


def lost(standing: Standing) -> Opened:
    return opened(standing=standing, opening="", ending="", before="", after="", indexed_at=None)


def test_a_quotation_is_bold_in_its_passage_between_its_neighbours() -> None:
    view = passages_view([opened()])

    assert [(block["type"], all_words(block)) for block in view["blocks"]] == [  # type: ignore[attr-defined]  # a list
        ("header", ["[1] Bridges"]),
        (
            "context",
            [
                "2025-01-31 · History · page 3 · city/bridges.md · characters 40–66"
                " · indexed 24 Nov 2026, 15:30 UTC"
            ],
        ),
        ("context", ["A ferry went before."]),
        ("rich_text", ["The river is wide. ", QUOTE, " It is red."]),
        ("context", ["It is painted each year."]),
    ]
    assert bold_words(view) == QUOTE


@pytest.mark.parametrize(
    ("standing", "headline", "explanation"),
    [
        (Standing.MOVED, "[1] Moved: Bridges", "now stand elsewhere in this document"),
        (Standing.CHANGED, "[1] Changed: Bridges", "does not hold these words any more"),
        (Standing.GONE, "[1] Gone: Bridges", "is not indexed any more"),
    ],
)
def test_what_has_become_of_a_quotation_is_said_first(
    standing: Standing, headline: str, explanation: str
) -> None:
    view = passages_view([lost(standing)])

    words = all_words(view)
    assert words[2:4] == [headline, next(w for w in words if explanation in w)]
    assert bold_words(view) == QUOTE


def test_words_that_are_not_there_any_more_stand_in_quotation_marks_of_their_own() -> None:
    kinds = [found.get("type") for found in objects(passages_view([lost(Standing.GONE)]))]

    assert "rich_text_quote" in kinds
    assert "rich_text_section" not in kinds


def test_offsets_of_a_moved_quotation_are_those_of_the_answer() -> None:
    (where, *_) = blocks_of(passages_view([opened(standing=Standing.MOVED)]), "context")

    assert "characters 40–66 when it was quoted" in all_words(where)[0]


def test_a_long_passage_is_shortened_around_its_quotation() -> None:
    view = passages_view([opened("q" * 2_000, opening="before " * 900, ending=" after" * 900)])

    (passage,) = blocks_of(view, "rich_text")
    first, quote, last = all_words(passage)
    assert quote == "q" * 2_000
    assert first.startswith("… before ")
    assert first.endswith("before ")
    assert last.startswith(" after after")
    assert last.endswith(" …")
    assert len(first) + len(last) <= 1_000
    assert len(first) > 400 < len(last)


def test_what_one_side_does_not_need_the_other_has() -> None:
    view = passages_view([opened("q" * 1_000, opening="one ", ending=" two" * 490)])

    (passage,) = blocks_of(view, "rich_text")
    assert all_words(passage)[-1] == " two" * 490


def test_neighbours_are_shortened_towards_the_passage() -> None:
    view = passages_view([opened(before="old " * 500 + "near", after="close" + " far" * 500)])

    _, before, after = map(all_words, blocks_of(view, "context"))
    assert before[0].startswith("… old")
    assert before[0].endswith("old near")
    assert after[0].startswith("close far")
    assert after[0].endswith("…")


def test_a_quotation_beyond_the_limit_shows_its_beginning_and_says_its_length() -> None:
    view = passages_view([opened("word " * 1_000)])

    bold = bold_words(view)
    assert bold.startswith("word word")
    assert bold.endswith(" …")
    assert 2_400 < len(bold) <= 2_500
    assert "The quotation has 5,000 characters. Only its beginning stands here." in all_words(view)
    assert " It is red." not in all_words(view)


def test_several_citations_are_told_apart_and_keep_their_numbers() -> None:
    view = passages_view([opened(), opened("It is red.")])

    headers = [all_words(block)[0] for block in blocks_of(view, "header")]
    assert headers == ["[1] Bridges", "[2] Bridges"]
    assert len(blocks_of(view, "divider")) == 1


def test_passages_that_come_near_are_not_numbered_and_said_to_be_no_answer() -> None:
    view = passages_view([opened()], are_nearest=True)

    assert all_words(view["title"]) == ["Nearest passages"]
    assert all_words(blocks_of(view, "header")) == ["Bridges"]
    assert "They are not an answer." in all_words(blocks_of(view, "section"))[0]


def test_thousands_of_citations_fill_the_modal_and_the_rest_is_counted() -> None:
    view = passages_view([opened()] * 3_000)

    check_shown_view(view)
    shown = len(blocks_of(view, "header"))
    assert shown > 10
    assert all_words(view)[-1] == (
        f"and {3_000 - shown:,} more passages, for which there is no room here"
    )


def test_scripts_that_take_more_room_on_the_wire_fill_the_modal_sooner() -> None:
    view = passages_view([opened("\U0001f9e8" * 2_400, before="é" * 400, after="é" * 400)] * 30)

    check_shown_view(view)
    assert 1 < len(blocks_of(view, "header")) < 12
    assert "more passages, for which there is no room here" in all_words(view)[-1]


def test_nothing_to_show_and_nothing_kept_are_said() -> None:
    assert "Nothing was quoted" in all_words(passages_view([]))[-1]
    assert "not kept any more" in all_words(record_gone_view())[-1]
    check_shown_view(passages_view([]))
    check_shown_view(record_gone_view())
