from __future__ import annotations

import threading
from pathlib import Path

from bot.slack.backlog import ONRECORD
from bot.slack.events import Deleted, Edited, Kind, Stopped
from bot.slack.inbox import Claim
from bot.slack.questions import SLOW_PLANS, Plan, Work
from retrieval.model import Turn
from tests.bot.slack.examples import asked
from tests.bot.slack.questions_at_hand import AtHand

EDIT = Edited(asked(event_id="EvEdit", text="Who built it?"), "1700000010.000100")
DELETION = Deleted("EvDelete", "T1", "C1", asked().ts, asked())
STOP = Stopped("T1", "C1", asked().ts, "1700000020.000100")
ANSWER_TS = "1700000009.000100"


def test_claims_outlast_the_process(path: Path) -> None:
    first = AtHand(path)
    for second in (1, 2, 3):
        first.inbox.claim(asked(f"170000000{second}.000100"))
    first.backlog.posted(first.take(), ANSWER_TS, "done")
    first.take()
    first.close()

    second_ = AtHand(path)
    second_.backlog.recover()
    assert second_.inbox.claim(asked("1700000001.000100")) is Claim.DUPLICATE
    assert second_.backlog.unanswered() == 2
    begun, untouched = second_.take(), second_.take()
    second_.close()
    assert (begun.asked.ts, begun.earlier_tries) == ("1700000002.000100", 1)
    assert (untouched.asked.ts, untouched.earlier_tries) == ("1700000003.000100", 0)


def test_questions_of_one_thread_are_taken_one_after_the_other(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked("1700000001.000100"))
    at_hand.inbox.claim(asked("1700000002.000100", thread="1700000001.000100"))
    at_hand.inbox.claim(asked("1700000003.000100"))

    first, other = at_hand.take(), at_hand.take()

    assert other.asked.ts == "1700000003.000100"
    assert at_hand.backlog.take(SLOW_PLANS, timeout_s=0) is None
    at_hand.backlog.posted(first, ANSWER_TS, "done")
    assert at_hand.take().asked.ts == "1700000002.000100"


def test_taking_wakes_when_a_question_arrives(at_hand: AtHand) -> None:
    taken: list[Work | None] = []
    waiting = threading.Thread(target=lambda: taken.append(at_hand.backlog.take(SLOW_PLANS, 30)))
    waiting.start()

    at_hand.inbox.claim(asked())
    waiting.join(timeout=10)

    assert [work.asked for work in taken if work] == [asked()]


def test_what_another_process_has_claimed_is_seen(at_hand: AtHand, path: Path) -> None:
    other_process = AtHand(path)
    assert not at_hand.questions.look_for_changes()

    other_process.inbox.claim(asked())

    assert at_hand.questions.look_for_changes()
    assert not at_hand.questions.look_for_changes()
    assert at_hand.take().asked == asked()
    other_process.close()


def test_what_another_process_has_stopped_is_called_off(at_hand: AtHand, path: Path) -> None:
    other_process = AtHand(path)
    at_hand.inbox.claim(asked())
    recalled = threading.Event()
    at_hand.take().recall.tell(recalled.set)

    other_process.inbox.stop(STOP)
    assert not recalled.is_set()
    at_hand.backlog.recall_outdated()

    assert recalled.is_set()
    other_process.close()


def test_history_holds_the_answered_questions_of_the_thread(at_hand: AtHand) -> None:
    root = "1700000001.000100"
    at_hand.inbox.claim(asked(root, text="first?"))
    at_hand.inbox.claim(asked("1700000002.000100", text="elsewhere?"))
    at_hand.backlog.posted(at_hand.take(), ANSWER_TS, "First.")
    at_hand.backlog.posted(at_hand.take(), "1700000009.000200", "Elsewhere.")

    history = at_hand.backlog.history(asked("1700000003.000100", thread=root))

    assert [exchange.turns for exchange in history] == [
        (Turn("user", "first?"), Turn(ONRECORD, "First."))
    ]


def test_history_follows_edits_and_forgets_what_was_deleted(at_hand: AtHand) -> None:
    later = asked("1700000003.000100", thread=asked().ts)
    at_hand.inbox.claim(asked())
    at_hand.backlog.posted(at_hand.take(), ANSWER_TS, "In 1932.")
    at_hand.inbox.edit(EDIT)
    at_hand.backlog.posted(at_hand.take(), ANSWER_TS, "A builder.")

    (exchange,) = at_hand.backlog.history(later)
    assert exchange.turns == (Turn("user", "Who built it?"), Turn(ONRECORD, "A builder."))
    at_hand.inbox.take_back(DELETION)
    assert at_hand.backlog.history(later) == ()


def test_a_question_edited_while_it_is_answered_is_answered_again(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    work = at_hand.take()
    assert at_hand.backlog.is_current(work)

    at_hand.inbox.edit(EDIT)

    assert not at_hand.backlog.is_current(work)
    at_hand.backlog.posted(work, ANSWER_TS, "In 1932.")
    again = at_hand.take()
    assert (again.asked.text, again.answer_ts) == ("Who built it?", ANSWER_TS)
    at_hand.backlog.posted(again, ANSWER_TS, "A builder.")
    assert at_hand.waits() == []


def test_an_answer_posted_after_its_question_was_deleted_is_withdrawn(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    work = at_hand.take()
    at_hand.inbox.take_back(DELETION)
    at_hand.backlog.posted(work, ANSWER_TS, "In 1932.")

    assert at_hand.take(Plan.WITHDRAW).answer_ts == ANSWER_TS


def test_an_answer_that_was_quicker_than_the_stop_stays(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    work = at_hand.take()
    at_hand.inbox.stop(STOP)
    at_hand.backlog.posted(work, ANSWER_TS, "In 1932.")

    assert at_hand.waits() == []
    assert at_hand.backlog.history(asked("1700000003.000100", thread=asked().ts))


def test_an_answer_to_an_earlier_wording_does_not_outrun_a_stop(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    work = at_hand.take()
    at_hand.inbox.edit(EDIT)
    at_hand.inbox.stop(STOP)
    at_hand.backlog.posted(work, ANSWER_TS, "In 1932.")

    assert at_hand.take(Plan.STOPPED).answer_ts == ANSWER_TS


def test_what_is_put_back_remembers_whether_it_may_have_been_posted(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.backlog.put_back(at_hand.take(), maybe_posted=False)
    work = at_hand.take()
    assert work.earlier_tries == 0
    at_hand.backlog.put_back(work, maybe_posted=True)

    assert at_hand.take().earlier_tries == 1


def test_an_edited_question_is_tried_again_however_often_it_has_failed(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    for _ in range(6):
        at_hand.backlog.put_back(at_hand.take(), maybe_posted=True)
    at_hand.inbox.edit(EDIT)

    assert at_hand.take().earlier_tries == 1


def test_what_cannot_be_delivered_is_settled(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked())
    at_hand.backlog.undeliverable(at_hand.take())

    assert at_hand.waits() == []
    assert at_hand.backlog.unanswered() == 0


def test_a_place_in_line_counts_those_asked_earlier(at_hand: AtHand) -> None:
    for second in range(4):
        at_hand.inbox.claim(asked(f"170000000{second}.000100"))
    at_hand.inbox.claim(asked("c/1", kind=Kind.COMMAND, reply_to="http://a.example/1"))
    in_work = at_hand.take()
    assert at_hand.backlog.before(in_work) == 0
    assert at_hand.backlog.waiting(longer_than_s=1) == {}

    at_hand.now += 2

    assert at_hand.backlog.waiting(longer_than_s=1) == {
        ("C1", "1700000001.000100"): 1,
        ("C1", "1700000002.000100"): 2,
        ("C1", "1700000003.000100"): 3,
    }


def test_settled_questions_are_forgotten_and_waiting_ones_kept(at_hand: AtHand) -> None:
    at_hand.inbox.claim(asked("1700000001.000100"))
    at_hand.inbox.claim(asked("1700000002.000100"))
    at_hand.backlog.posted(at_hand.take(), ANSWER_TS, "done")
    at_hand.now += 1000

    assert at_hand.backlog.forget(older_than_s=2000) == 0
    assert at_hand.backlog.forget(older_than_s=500) == 1
    assert at_hand.inbox.claim(asked("1700000002.000100")) is Claim.DUPLICATE
