from __future__ import annotations

from bot.slack.show.actions import SHOW_PASSAGES
from bot.slack.show.message import View
from bot.slack.show.verdicts import (
    CHECKING,
    NO_CLAIM,
    checking_view,
    failed_view,
    verdicts_message,
    verdicts_view,
)
from retrieval.model import Label, Verdict
from tests.bot.examples import citation
from tests.bot.slack.show.rules import all_words, blocks_of, buttons, check_shown_view

TEXT = "It opened in 1932. It is blue. It sings."
SUPPORTED = Verdict("It opened in 1932.", Label.SUPPORTED, "Supported. The documents say:", 7,
                    (citation("The bridge opened in 1932."),))  # fmt: skip
CONTRADICTED = Verdict("It is blue.", Label.CONTRADICTED, "Contradicted. The documents say:", 7,
                       (citation("It is red."), citation("Red, always.")))  # fmt: skip
UNKNOWN = Verdict("It sings.", Label.NOT_IN_CORPUS, "Not in the documents.", 7)
ALL = (SUPPORTED, CONTRADICTED, UNKNOWN)
PLACE = "Bridges · 2025-01-31 · History · page 3 · city/bridges.md"


def words(view: View) -> list[str]:
    return all_words(view["blocks"])


def test_verdicts_stand_one_by_one_with_their_quotations_and_places() -> None:
    assert words(verdicts_view(TEXT, ALL)) == [
        TEXT,
        "3 claims: 1 supported, 1 contradicted, 1 not in the documents",
        "✔ It opened in 1932.",
        "\nSupported. The documents say:",
        "The bridge opened in 1932.",
        f"{PLACE} · characters 40–66",
        "✘ It is blue.",
        "\nContradicted. The documents say:",
        "It is red.",
        f"{PLACE} · characters 40–50",
        "Red, always.",
        f"{PLACE} · characters 40–52",
        "– It sings.",
        "\nNot in the documents.",
    ]


def test_a_private_answer_numbers_its_quotations_through() -> None:
    message = verdicts_message(TEXT, ALL, "a1")

    (block,) = blocks_of(message, "markdown")
    assert block["text"].split("\n\n") == [
        "**3 claims: 1 supported, 1 contradicted, 1 not in the documents**",
        "**✔ It opened in 1932.**",
        "Supported. The documents say:",
        "> The bridge opened in 1932. [1]",
        "**✘ It is blue.**",
        "Contradicted. The documents say:",
        "> It is red. [2]",
        "> Red, always. [3]",
        "**– It sings.**",
        "Not in the documents.",
    ]
    assert all_words(blocks_of(message, "context")) == ["Source", f"[1][2][3] {PLACE}"]


def test_the_verdicts_are_read_out() -> None:
    text = verdicts_message(TEXT, ALL[:1], "a1").text

    assert text == (
        "1 claim: supported. “It opened in 1932.” Supported. The documents say: Quotation 1, from "
        "Bridges, 2025-01-31, History, page 3, file city/bridges.md: “The bridge opened in 1932.”"
    )


def test_a_long_claim_does_not_push_its_verdict_out_of_the_reading() -> None:
    long = Verdict("It is long, " * 80, Label.NOT_IN_CORPUS, "Not in the documents.", 7)

    assert verdicts_message(TEXT, [long], "a1").text.endswith("…” Not in the documents.")


def test_only_what_is_kept_has_buttons() -> None:
    assert not buttons(verdicts_message(TEXT, ALL, "a1"))
    kept = verdicts_message(TEXT, ALL, "a1", is_kept=True)
    assert set(buttons(kept)) == {SHOW_PASSAGES}
    assert blocks_of(kept, "context_actions")
    assert not buttons(verdicts_message(TEXT, [UNKNOWN], "a1", is_kept=True))


def test_a_text_without_a_claim_says_so() -> None:
    assert NO_CLAIM in words(verdicts_view("Hello!", []))
    assert verdicts_message("Hello!", [], "a1").text == f"{NO_CLAIM} “Hello!”"


def test_a_long_quotation_shows_its_beginning_and_says_its_length() -> None:
    long = Verdict("x", Label.SUPPORTED, "Supported.", 7, (citation("word " * 1_000),))
    view = verdicts_view(TEXT, [long])

    assert words(view)[-1].endswith(
        "The quotation has 5,000 characters; only its beginning stands here."
    )


def test_more_verdicts_than_a_modal_holds_are_counted() -> None:
    view = verdicts_view(TEXT, ALL * 100)

    check_shown_view(view)
    assert "more claims, for which there is no room here" in words(view)[-1]
    assert words(view)[1] == (
        "300 claims: 100 supported, 100 contradicted, 100 not in the documents"
    )


def test_while_it_checks_and_when_it_fails_the_modal_says_so() -> None:
    assert words(checking_view(TEXT)) == [TEXT, CHECKING]
    assert words(failed_view("The index is locked.")) == ["The index is locked."]
