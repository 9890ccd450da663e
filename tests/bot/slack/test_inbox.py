from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.events import Asked, Kind, Overheard
from bot.slack.inbox import ONRECORD, Claim, Inbox, Plan, Work
from retrieval.errors import OnrecordError, UsageError
from retrieval.model import Turn
from tests.bot.slack.examples import asked

ANSWERS = (Plan.ANSWER,)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite3"


@pytest.fixture
def inbox(path: Path) -> Iterator[Inbox]:
    inbox = Inbox(path, queue_limit=10)
    yield inbox
    inbox.close()


def take(inbox: Inbox, *plans: Plan) -> Work:
    work = inbox.take(plans or ANSWERS, timeout_s=0)
    assert work is not None
    return work


def test_a_message_is_claimed_once_by_event_and_by_place(inbox: Inbox) -> None:
    assert inbox.claim(asked()) is Claim.NEW
    assert inbox.claim(asked()) is Claim.DUPLICATE
    assert inbox.claim(asked(event_id="EvTwin")) is Claim.DUPLICATE
    assert inbox.claim(asked(ts="1700000001.000100", event_id=asked().event_id)) is Claim.DUPLICATE
    assert inbox.claim(asked(channel="C2", event_id="EvOther")) is Claim.NEW


def test_a_claim_is_on_disk_when_claim_returns(inbox: Inbox, path: Path) -> None:
    inbox.claim(asked())

    with sqlite3.connect(path) as other_process:
        rows = other_process.execute("SELECT event_id, state FROM questions").fetchall()
    other_process.close()
    assert rows == [(asked().event_id, "received")]


def test_of_many_claims_at_once_one_wins(inbox: Inbox) -> None:
    claims: list[Claim] = []
    threads = [
        threading.Thread(target=lambda: claims.append(inbox.claim(asked()))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(claims) == [Claim.DUPLICATE] * 7 + [Claim.NEW]


def test_claims_outlast_the_process(path: Path) -> None:
    first = Inbox(path, queue_limit=10)
    first.claim(asked("1700000001.000100"))
    first.claim(asked("1700000002.000100"))
    first.claim(asked("1700000003.000100"))
    first.posted(take(first), "1700000009.000100", "done")
    take(first)
    first.close()

    second = Inbox(path, queue_limit=10)
    assert second.claim(asked("1700000001.000100")) is Claim.DUPLICATE
    assert second.unanswered() == 2
    begun, untouched = take(second), take(second)
    second.close()
    assert (begun.asked.ts, begun.earlier_tries) == ("1700000002.000100", 1)
    assert (untouched.asked.ts, untouched.earlier_tries) == ("1700000003.000100", 0)


def test_questions_of_one_thread_are_taken_one_after_the_other(inbox: Inbox) -> None:
    inbox.claim(asked("1700000001.000100"))
    inbox.claim(asked("1700000002.000100", thread="1700000001.000100"))
    inbox.claim(asked("1700000003.000100"))

    first, other = take(inbox), take(inbox)

    assert other.asked.ts == "1700000003.000100"
    assert inbox.take(ANSWERS, timeout_s=0) is None
    inbox.posted(first, "1700000009.000100", "done")
    assert take(inbox).asked.ts == "1700000002.000100"


def test_taking_wakes_when_a_question_arrives(inbox: Inbox) -> None:
    taken: list[Work | None] = []
    waiting = threading.Thread(target=lambda: taken.append(inbox.take(ANSWERS, timeout_s=30)))
    waiting.start()

    inbox.claim(asked())
    waiting.join(timeout=10)

    assert [work.asked for work in taken if work] == [asked()]


def test_beyond_the_limit_questions_are_told_that_the_bot_is_busy(path: Path) -> None:
    inbox = Inbox(path, queue_limit=2)
    for second in range(1, 4):
        inbox.claim(asked(f"170000000{second}.000100"))

    assert take(inbox, Plan.BUSY, Plan.HELP).asked.ts == "1700000003.000100"
    inbox.posted(take(inbox), "1700000009.000100", "done")
    inbox.claim(asked("1700000004.000100"))
    assert [take(inbox).asked.ts for _ in range(2)] == ["1700000002.000100", "1700000004.000100"]
    inbox.close()


def test_a_mere_mention_gets_help(inbox: Inbox) -> None:
    inbox.claim(asked(text=""))

    assert take(inbox, Plan.HELP).plan is Plan.HELP


def test_history_holds_the_answered_questions_of_the_thread(inbox: Inbox) -> None:
    root = "1700000001.000100"
    inbox.claim(asked(root, text="first?"))
    inbox.claim(asked("1700000002.000100", text="elsewhere?"))
    inbox.posted(take(inbox), "1700000009.000100", "First.")
    inbox.posted(take(inbox), "1700000009.000200", "Elsewhere.")

    history = inbox.history(asked("1700000003.000100", thread=root))

    assert history == (Turn("user", "first?"), Turn(ONRECORD, "First."))


ROOT = "1700000001.000100"


def follow_up(ts: str, user: str = "U1") -> Asked:
    return asked(ts, user=user, thread=ROOT, kind=Kind.FOLLOW_UP)


def test_a_follow_up_counts_while_nobody_else_takes_part(inbox: Inbox) -> None:
    assert inbox.claim(follow_up("1700000002.000100")) is Claim.NOT_OURS
    inbox.claim(asked("1700000003.000100", thread=ROOT))

    assert inbox.claim(follow_up("1700000004.000100")) is Claim.NEW
    assert inbox.claim(follow_up("1700000005.000100", user="U2")) is Claim.NOT_OURS
    assert inbox.claim(follow_up("1700000006.000100")) is Claim.NOT_OURS
    inbox.claim(asked("1700000007.000100", thread=ROOT))
    assert inbox.claim(follow_up("1700000008.000100")) is Claim.NEW


def test_calling_somebody_into_the_thread_ends_the_follow_ups(inbox: Inbox) -> None:
    inbox.claim(asked(ROOT))
    inbox.overhear(Overheard("T1", "C1", "1700000002.000100", ROOT))

    assert inbox.claim(follow_up("1700000003.000100")) is Claim.NOT_OURS


def test_late_events_do_not_change_whose_thread_it_is(inbox: Inbox) -> None:
    inbox.claim(asked(ROOT))
    inbox.claim(follow_up("1700000005.000100"))

    inbox.overhear(Overheard("T1", "C1", "1700000004.000100", ROOT))
    assert inbox.claim(follow_up("1700000003.000100")) is Claim.NEW
    assert inbox.claim(follow_up("1700000006.000100")) is Claim.NEW


def test_a_message_from_before_the_thread_was_theirs_stays_not_theirs(inbox: Inbox) -> None:
    inbox.claim(asked(ROOT))
    inbox.overhear(Overheard("T1", "C1", "1700000002.000100", ROOT))
    late = follow_up("1700000003.000100")
    assert inbox.claim(late) is Claim.NOT_OURS
    inbox.claim(asked("1700000004.000100", thread=ROOT))

    assert inbox.claim(late) is Claim.NOT_OURS


def test_settled_questions_are_forgotten_and_waiting_ones_kept(path: Path) -> None:
    now = 1700000000.0
    inbox = Inbox(path, queue_limit=10, clock=lambda: now)
    inbox.claim(asked("1700000001.000100"))
    inbox.claim(asked("1700000002.000100"))
    inbox.posted(take(inbox), "1700000009.000100", "done")
    now += 1000

    assert inbox.forget(older_than_s=2000) == 0
    assert inbox.forget(older_than_s=500) == 1
    assert inbox.claim(asked("1700000002.000100")) is Claim.DUPLICATE
    inbox.close()


def test_a_second_bot_on_the_same_data_is_told_so(inbox: Inbox, path: Path) -> None:
    with pytest.raises(UsageError, match="Another bot is serving"):
        Inbox(path, queue_limit=10)


def test_a_damaged_file_is_named_with_a_remedy_and_leaves_no_lock(path: Path) -> None:
    path.write_bytes(b"not a database, " * 100)
    for _ in range(2):
        with pytest.raises(OnrecordError, match=r"bot\.sqlite3 cannot be read.*move it away"):
            Inbox(path, queue_limit=10)


def test_a_file_of_another_version_is_refused(path: Path) -> None:
    Inbox(path, queue_limit=10).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version=99")
    database.close()

    with pytest.raises(OnrecordError, match="another version"):
        Inbox(path, queue_limit=10)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(UsageError, match="cannot be written"):
        Inbox(tmp_path / "file" / "bot.sqlite3", queue_limit=10)
