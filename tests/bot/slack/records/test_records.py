from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.records import KEEP_ANSWERS_S, KEEP_NOTES_S, RECORDS_FILE, Records
from bot.slack.records.answers import KeptAnswer, question_hash
from bot.slack.records.feedback import Kind
from bot.slack.records.gaps import Wish
from bot.slack.records.results import from_json, to_json
from retrieval.answer.writing.trace import Fate, Handled, Outcome, Trace, Usage
from retrieval.model import Answer, Reason, Refusal
from tests.bot.slack.examples import answer, refusal

NOW = 1_700_000_000.0


@pytest.fixture
def clock() -> list[float]:
    return [NOW]


@pytest.fixture
def records(tmp_path: Path, clock: list[float]) -> Iterator[Records]:
    with closing(Records.open(tmp_path / RECORDS_FILE, clock=lambda: clock[0])) as records:
        yield records


def kept(
    answer_id: str = "a1", result: Answer | Refusal | None = None, at: float = NOW
) -> KeptAnswer:
    return KeptAnswer(answer_id, "T", "C", "1.0", "U1", "When did it open?", result or answer(), at)


@pytest.mark.parametrize(
    "result",
    [
        answer("One.", "Two.", frame="In Bridges:"),
        refusal(),
        replace(answer(), looked_for="When?"),
        refusal(reason=Reason.CONTRADICTED),
    ],
)
def test_a_result_comes_back_whole(result: Answer | Refusal) -> None:
    assert from_json(to_json(result)) == result


@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1))
def test_any_quotation_comes_back_whole(quote: str) -> None:
    assert from_json(to_json(answer(quote))) == answer(quote)


def test_what_a_model_wrote_is_kept_with_the_answer_and_goes_with_it(records: Records) -> None:
    handled = Handled("half \ud83d", (1, 2), Fate.REPLACED, "carried", "number: 99")
    trace = Trace(
        "p:m", Outcome.WRITTEN, (("rules", "ab12"),), ("One.",), (handled,), Usage(2, 30, 4, 0.5)
    )
    records.answers.keep(kept("plain"))
    records.answers.keep(replace(kept("written"), writing=trace))

    (found,) = records.answers.written(5)
    assert (found.answer_id, found.writing) == ("written", trace)
    plain = records.answers.find("plain")
    assert plain is not None
    assert plain.writing is None
    records.answers.drop("written")
    assert records.answers.written(5) == []


def test_an_answer_is_found_by_its_id_and_an_edit_replaces_it(records: Records) -> None:
    records.answers.keep(kept())
    records.answers.keep(kept(result=refusal()))

    found = records.answers.find("a1")
    assert found is not None
    assert found.outcome == "not_answered"
    assert records.answers.find("a2") is None


def test_last_questions_come_newest_first(records: Records) -> None:
    for n in range(4):
        records.answers.keep(kept(f"a{n}", at=NOW + n))
    records.answers.keep(replace(kept("other"), user="U2"))

    assert [k.answer_id for k in records.answers.recent("U1", 3)] == ["a3", "a2", "a1"]


def test_a_dropped_answer_is_gone(records: Records) -> None:
    records.answers.keep(kept())
    records.answers.drop("a1")
    assert records.answers.find("a1") is None


def test_half_a_character_can_be_kept(records: Records) -> None:
    records.answers.keep(replace(kept(), question="half \ud83d"))
    found = records.answers.find("a1")
    assert found is not None
    assert found.question == "half ?"


def test_questions_are_the_same_whatever_their_case_and_spaces() -> None:
    assert question_hash("When did  it open?") == question_hash("when did it OPEN? ")
    assert question_hash("When did it open?") != question_hash("When did it close?")


def test_feedback_holds_what_it_is_about(records: Records) -> None:
    records.feedback.say(kept(), "U2", is_good=False)
    records.feedback.say(
        kept(), "U2", is_good=False, kind=Kind.WRONG, right_passage="In 1932.", comment="Too early"
    )
    records.feedback.say(kept("a2"), "U3", is_good=True)

    good, bad = sorted(records.feedback.all(), key=lambda said: not said.is_good)
    assert (good.user, good.kind) == ("U3", Kind.UNSAID)
    assert (bad.kind, bad.right_passage, bad.comment) == (Kind.WRONG, "In 1932.", "Too early")
    assert bad.question == "When did it open?"
    assert (bad.outcome, bad.generation) == ("answered", 7)
    assert bad.sources == tuple(sorted({c.source for c in answer().citations}))


def test_a_second_thumb_takes_nothing_away_but_a_change_of_mind_does(records: Records) -> None:
    records.feedback.say(kept(), "U2", is_good=False, kind=Kind.WRONG, comment="Too early")
    records.feedback.say(kept(), "U2", is_good=False)
    assert records.feedback.all()[0].comment == "Too early"

    records.feedback.say(kept(), "U2", is_good=True)
    (said,) = records.feedback.all()
    assert (said.is_good, said.kind, said.comment) == (True, Kind.UNSAID, "")


def test_a_gap_counts_once_for_each_wish(records: Records) -> None:
    refused = kept(result=refusal())
    assert records.gaps.add(refused, "U1", Wish.REPORTED)
    assert not records.gaps.add(refused, "U2", Wish.REPORTED)
    assert records.gaps.add(refused, "U2", Wish.ASKED)
    assert records.gaps.of("a1") == {Wish.REPORTED, Wish.ASKED}

    records.gaps.take_back("a1", Wish.ASKED)

    assert [(gap.wish, gap.reason) for gap in records.gaps.all()] == [
        (Wish.REPORTED, "not_answered")
    ]


def test_acts_are_listed_newest_first(records: Records, clock: list[float]) -> None:
    records.audit.note("U1", "reindex", "generation 2")
    clock[0] += 1
    records.audit.note("U1", "rollback", "generation 3")

    assert [act.act for act in records.audit.recent(5)] == ["rollback", "reindex"]
    last = records.audit.last("reindex")
    assert last is not None
    assert last.outcome == "generation 2"
    assert records.audit.last("gaps") is None


def test_what_was_refused_is_listed_but_is_no_last_run(records: Records) -> None:
    records.audit.note("U1", "reindex", "generation 2")
    records.audit.refuse("U2", "reindex")

    assert [(act.user, act.outcome) for act in records.audit.recent(5)] == [
        ("U2", "not permitted"),
        ("U1", "generation 2"),
    ]
    last = records.audit.last("reindex")
    assert last is not None
    assert last.user == "U1"


def test_follow_ups_are_on_until_switched_off(records: Records) -> None:
    assert records.channels.follow_ups_on("C1")
    records.channels.set_follow_ups("C1", False)
    assert not records.channels.follow_ups_on("C1")
    assert records.channels.follow_ups_on("C2")
    records.channels.set_follow_ups("C1", True)
    assert records.channels.follow_ups_on("C1")


def test_what_is_old_is_forgotten(records: Records, clock: list[float]) -> None:
    records.answers.keep(kept())
    records.feedback.say(kept(), "U1", is_good=True)
    records.gaps.add(kept(result=refusal()), "U1", Wish.REPORTED)
    records.audit.note("U1", "reindex", "done")

    clock[0] += KEEP_ANSWERS_S + 1
    records.forget()
    assert records.answers.find("a1") is None
    assert records.feedback.all()

    clock[0] += KEEP_NOTES_S
    records.forget()
    assert not records.feedback.all()
    assert not records.gaps.all()
    assert not records.audit.recent(1)
