from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from bot.slack.events import Asked, Deleted, Edited, Kind, Overheard, Stopped, Wants
from bot.slack.inbox import NEWS_S, Change, Claim
from bot.slack.questions import Plan
from tests.bot.slack.examples import asked
from tests.bot.slack.questions_at_hand import NOW, AtHand

ROOT = "1700000001.000100"


def edited(text: str = "Who built it?", at: str = "1700000010.000100", **changes: object) -> Edited:
    how = {name: changes.pop(name) for name in ("is_addressed", "adds_mention") if name in changes}
    return Edited(asked(event_id=f"EvEdit{at}", text=text, **changes), at, **how)  # type: ignore[arg-type]  # flags


def deleted(message: Asked | None = None) -> Deleted:
    was = message or asked()
    return Deleted("EvDelete", was.team, was.channel, was.ts, was)


def stopped(thread: str = asked().ts, at: str = "1700000020.000100") -> Stopped:
    return Stopped("T1", "C1", thread, at)


def test_a_message_is_claimed_once_by_event_and_by_place(at_hand: AtHand) -> None:
    claim = at_hand.inbox.claim

    assert claim(asked()) is Claim.NEW
    assert claim(asked()) is Claim.DUPLICATE
    assert claim(asked(event_id="EvTwin")) is Claim.DUPLICATE
    assert claim(asked(ts="1700000001.000100", event_id=asked().event_id)) is Claim.DUPLICATE
    assert claim(asked(channel="C2", event_id="EvOther")) is Claim.NEW


def test_a_claim_is_on_disk_when_claim_returns(at_hand: AtHand, path: Path) -> None:
    at_hand.inbox.claim(asked())

    with sqlite3.connect(path) as other_process:
        rows = other_process.execute("SELECT event_id, state FROM questions").fetchall()
    other_process.close()
    assert rows == [(asked().event_id, "received")]


def test_of_many_claims_at_once_one_wins(at_hand: AtHand, path: Path) -> None:
    other_process = AtHand(path)
    claims: list[Claim] = []
    threads = [
        threading.Thread(target=lambda inbox=inbox: claims.append(inbox.claim(asked())))
        for inbox in [at_hand.inbox, other_process.inbox] * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(claims) == [Claim.DUPLICATE] * 7 + [Claim.NEW]
    other_process.close()


def test_half_a_character_can_be_claimed(at_hand: AtHand) -> None:
    assert at_hand.inbox.claim(asked(text="what is \ud83d?")) is Claim.NEW
    assert at_hand.take().asked.text == "what is ??"


def test_beyond_the_limit_questions_are_told_that_the_bot_is_busy(path: Path) -> None:
    at_hand = AtHand(path, queue_limit=2)
    for second in range(1, 4):
        at_hand.inbox.claim(asked(f"170000000{second}.000100"))

    assert at_hand.take(Plan.BUSY).asked.ts == "1700000003.000100"
    at_hand.backlog.posted(at_hand.take(), "1700000009.000100", "done")
    at_hand.inbox.claim(asked("1700000004.000100"))
    assert [at_hand.take().asked.ts for _ in range(2)] == ["1700000002.000100", "1700000004.000100"]
    at_hand.close()


def test_what_is_asked_is_planned(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked(text=""))
    at_hand.inbox.claim(asked("c/1", kind=Kind.SHORTCUT, wants=Wants.CHECK, reply_to="view:V1"))

    assert at_hand.take(Plan.HELP).plan is Plan.HELP
    work = at_hand.take(Plan.CHECK)
    assert (work.asked.wants, work.asked.reply_to) == (Wants.CHECK, "view:V1")


def follow_up(ts: str, user: str = "U1", **changes: object) -> Asked:
    return asked(ts, user=user, thread=ROOT, kind=Kind.FOLLOW_UP, **changes)


def test_a_follow_up_counts_while_nobody_else_takes_part(at_hand: AtHand) -> None:
    claim = at_hand.inbox.claim
    assert claim(follow_up("1700000002.000100")) is Claim.NOT_OURS
    claim(asked("1700000003.000100", thread=ROOT))

    assert claim(follow_up("1700000004.000100")) is Claim.NEW
    assert claim(follow_up("1700000005.000100", user="U2")) is Claim.NOT_OURS
    assert claim(follow_up("1700000006.000100")) is Claim.NOT_OURS
    claim(asked("1700000007.000100", thread=ROOT))
    assert claim(follow_up("1700000008.000100")) is Claim.NEW


def test_where_follow_ups_are_off_a_mention_is_needed_each_time(at_hand: AtHand) -> None:
    claim = at_hand.inbox.claim
    claim(asked(ROOT, channel="C0QUIET"))

    assert claim(follow_up("1700000002.000100", channel="C0QUIET")) is Claim.NOT_OURS
    again = asked("1700000003.000100", channel="C0QUIET", thread=ROOT)
    assert claim(again) is Claim.NEW


def test_calling_somebody_into_the_thread_ends_the_follow_ups(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked(ROOT))
    at_hand.inbox.overhear(Overheard("T1", "C1", "1700000002.000100", ROOT))

    assert at_hand.inbox.claim(follow_up("1700000003.000100")) is Claim.NOT_OURS


def test_late_events_do_not_change_whose_thread_it_is(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked(ROOT))
    at_hand.inbox.claim(follow_up("1700000005.000100"))

    at_hand.inbox.overhear(Overheard("T1", "C1", "1700000004.000100", ROOT))
    assert at_hand.inbox.claim(follow_up("1700000003.000100")) is Claim.NEW
    assert at_hand.inbox.claim(follow_up("1700000006.000100")) is Claim.NEW


def test_a_message_from_before_the_thread_was_theirs_stays_not_theirs(at_hand: AtHand) -> None:
    claim = at_hand.inbox.claim
    claim(asked(ROOT))
    at_hand.inbox.overhear(Overheard("T1", "C1", "1700000002.000100", ROOT))
    late = follow_up("1700000003.000100")
    assert claim(late) is Claim.NOT_OURS
    claim(asked("1700000004.000100", thread=ROOT))

    assert claim(late) is Claim.NOT_OURS


def test_an_edit_puts_the_question_anew(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.backlog.posted(at_hand.take(), "1700000009.000100", "done")

    assert at_hand.inbox.edit(edited()) is Change.NOTED

    work = at_hand.take()
    assert (work.asked.text, work.plan, work.revision) == ("Who built it?", Plan.ANSWER, 1)
    assert work.answer_ts == "1700000009.000100"


def test_an_edit_counts_once_and_a_late_one_not_at_all(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    later = edited("Later?", "1700000012.000100")

    assert at_hand.inbox.edit(later) is Change.NOTED
    assert at_hand.inbox.edit(later) is Change.NOTHING
    assert at_hand.inbox.edit(edited("Earlier?", "1700000011.000100")) is Change.NOTHING
    assert at_hand.inbox.claim(asked()) is Claim.DUPLICATE
    assert at_hand.take().asked.text == "Later?"


def test_an_edit_that_does_not_change_the_words_changes_nothing(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.backlog.posted(at_hand.take(), "1700000009.000100", "done")

    assert at_hand.inbox.edit(edited(asked().text)) is Change.NOTHING
    assert at_hand.waits() == []


def test_an_edit_to_a_mere_mention_gets_help(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.inbox.edit(edited(""))

    assert at_hand.waits() == [Plan.HELP]


def test_an_edit_that_comes_before_its_message_is_what_is_answered(at_hand: AtHand) -> None:
    assert at_hand.inbox.edit(edited()) is Claim.NEW
    assert at_hand.inbox.claim(asked()) is Claim.DUPLICATE
    assert at_hand.take().asked.text == "Who built it?"


def test_an_edit_of_what_was_settled_long_ago_asks_nothing(at_hand: AtHand) -> None:
    at_hand.now = NOW + NEWS_S + 1

    assert at_hand.inbox.edit(edited()) is Change.NOTHING
    assert at_hand.inbox.edit(edited(adds_mention=True)) is Claim.NEW


def test_an_edit_that_takes_the_mention_out_puts_only_a_known_question_anew(
    at_hand: AtHand,
) -> None:
    silent = edited(is_addressed=False)

    assert at_hand.inbox.edit(silent) is Change.NOTHING
    at_hand.inbox.claim(asked())
    assert at_hand.inbox.edit(silent) is Change.NOTED


def test_an_edit_waits_in_its_place_however_busy_the_bot_is(path: Path) -> None:
    at_hand = AtHand(path, queue_limit=2)
    for second in (0, 1, 2):
        at_hand.inbox.claim(asked(f"170000000{second}.000100"))

    at_hand.inbox.edit(edited())
    at_hand.inbox.edit(edited(ts="1700000002.000100", at="1700000013.000100"))

    assert at_hand.take().asked.text == "Who built it?"
    assert at_hand.take(Plan.BUSY).asked.ts == "1700000002.000100"
    at_hand.close()


def test_an_edited_thread_message_is_no_question_where_others_talk(at_hand: AtHand) -> None:
    elsewhere = Edited(follow_up("1700000002.000100"), "1700000010.000100")

    assert at_hand.inbox.edit(elsewhere) is Claim.NOT_OURS


def test_a_deleted_question_is_withdrawn_and_its_text_forgotten(
    at_hand: AtHand, path: Path
) -> None:
    at_hand.inbox.claim(asked())
    at_hand.backlog.posted(at_hand.take(), "1700000009.000100", "done")

    assert at_hand.inbox.take_back(deleted()) is Change.NOTED
    assert at_hand.inbox.take_back(deleted()) is Change.NOTHING

    work = at_hand.take(Plan.WITHDRAW)
    assert (work.answer_ts, work.asked.text) == ("1700000009.000100", "")


def test_nothing_brings_a_deleted_question_back(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.inbox.take_back(deleted())

    assert at_hand.inbox.edit(edited()) is Change.NOTHING
    assert at_hand.inbox.claim(asked()) is Claim.DUPLICATE
    assert at_hand.waits() == [Plan.WITHDRAW]


@pytest.mark.parametrize("message", [asked(), asked(kind=Kind.DIRECT)])
def test_a_deletion_that_comes_before_its_message_counts(at_hand: AtHand, message: Asked) -> None:
    assert at_hand.inbox.take_back(deleted(message)) is Change.NOTED
    assert at_hand.inbox.claim(message) is Claim.DUPLICATE
    assert at_hand.inbox.edit(edited()) is Change.NOTHING
    assert at_hand.waits() == []


def test_deletions_of_talk_leave_no_trace(at_hand: AtHand, path: Path) -> None:
    at_hand.inbox.take_back(Deleted("EvDelete", "T1", "C1", "1700000000.000100", None))
    at_hand.inbox.take_back(deleted(follow_up("1700000002.000100")))

    with sqlite3.connect(path) as other_process:
        (count,) = other_process.execute("SELECT COUNT(*) FROM questions").fetchone()
    other_process.close()
    assert count == 0


def test_a_stop_ends_what_waits_and_what_is_in_work_in_its_thread(at_hand: AtHand) -> None:
    for second in (0, 2):
        ts = f"170000000{second}.000100"
        at_hand.inbox.claim(asked(ts, thread=asked().ts))
    at_hand.inbox.claim(asked("1700000003.000100"))
    work = at_hand.take()
    recalled = threading.Event()
    work.recall.tell(recalled.set)

    assert at_hand.inbox.stop(stopped()) is Change.NOTED

    assert recalled.is_set()
    at_hand.backlog.put_back(work, maybe_posted=False)
    assert sorted(at_hand.waits()) == [Plan.ANSWER, Plan.STOPPED, Plan.STOPPED]


def test_a_stop_that_comes_again_does_not_end_what_was_asked_since(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.inbox.stop(stopped())
    at_hand.inbox.edit(edited(at="1700000030.000100"))
    at_hand.inbox.claim(asked("1700000025.000100", thread=asked().ts))

    assert at_hand.inbox.stop(stopped()) is Change.NOTHING
    assert len(at_hand.waits()) == 1


def test_a_stop_leaves_answers_and_other_plans_alone(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.backlog.posted(at_hand.take(), "1700000009.000100", "done")
    at_hand.inbox.claim(asked("1700000002.000100", thread=asked().ts, text=""))

    assert at_hand.inbox.stop(stopped()) is Change.NOTHING
    assert at_hand.waits() == [Plan.HELP]
