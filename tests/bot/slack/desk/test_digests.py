from __future__ import annotations

from bot.slack.desk.digests import audit_digest, feedback_digest, gap_digest
from bot.slack.records.audit import Act
from bot.slack.records.feedback import Kind, Said
from bot.slack.records.gaps import Gap, Wish
from bot.slack.show.home_admin import Done

AT = 1_700_000_000.0  # 14 November 2023


def said(kind: Kind = Kind.WRONG, comment: str = "", right_passage: str = "") -> Said:
    return Said(
        answer_id="a1",
        user="U1",
        is_good=False,
        kind=kind,
        right_passage=right_passage,
        comment=comment,
        question_hash="h",
        question="When\ndid it open?",
        outcome="answered",
        answer="In 1931.",
        sources=("bridges.md",),
        generation=7,
        at=AT,
    )


def test_a_gap_is_one_line_with_its_day() -> None:
    digest = gap_digest([Gap("a1", Wish.ASKED, "U1", "Who\npaid?", "not_answered", AT)])
    assert digest.total == 1
    assert digest.lines == ("14 Nov 2023, asked the owners: “Who paid?”",)


def test_feedback_says_what_was_wrong_and_what_would_be_right() -> None:
    digest = feedback_digest([said(comment="too early", right_passage="It opened in 1932.")])
    (line,) = digest.lines
    assert line == (
        "14 Nov 2023, wrong: “When did it open?” Right passage: “It opened in 1932.”"
        " Comment: “too early”"
    )


def test_a_digest_counts_all_and_shows_the_first() -> None:
    digest = feedback_digest([said()] * 50)
    assert digest.total == 50
    assert len(digest.lines) == 20


def test_long_texts_are_shortened() -> None:
    (line,) = gap_digest([Gap("a", Wish.REPORTED, "U", "x" * 5_000, "not_answered", AT)]).lines
    assert len(line) < 250


def test_an_act_names_who_did_it() -> None:
    assert audit_digest([Act("U1", "reindex", "generation 2", AT)]) == (
        Done("14 Nov 2023", "U1", "reindex", "generation 2"),
    )
