"""Notes below answers whose documents have changed: each once, whatever dies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.slack.desk.post import Sent
from bot.slack.duties.notices import NoticeDuty
from bot.slack.poster import RecalledError, UndeliverableError
from bot.slack.records import Records
from bot.slack.records.answers import KeptAnswer
from bot.slack.replies import Reply
from retrieval.answer.opened import Compared, Standing
from retrieval.errors import IndexDamagedError
from retrieval.model import Citation
from tests.bot.examples import citation
from tests.bot.slack.examples import answer

NOW = 1_700_000_000.0
DAY_S = 24 * 3600.0
THREAD = "1700000000.000100"
TWO = replace(
    answer("One.", "Two."),
    citations=(citation("One.", title="Bridges"), citation("Two.", source="b.md", title="Trams")),
)


class KilledError(BaseException):
    """The process ends here, as by `kill -9`."""


@dataclass
class Documents:
    """What is published: by source, in which generation it changed, and what is left of it."""

    number: int = 7
    fates: dict[str, tuple[int, Standing]] = field(default_factory=dict)
    error: IndexDamagedError | None = None

    def generation(self) -> int:
        if self.error:
            raise self.error
        return self.number

    def compare(self, citations: Sequence[Citation], since: int) -> Compared:
        def standing(cited: Citation) -> Standing | None:
            changed, fate = self.fates.get(cited.source, (0, Standing.UNCHANGED))
            return None if changed <= since and fate is not Standing.GONE else fate

        return Compared(self.number, tuple(map(standing, citations)))

    def publish(self, **fates: Standing) -> None:
        self.number += 1
        for name, fate in fates.items():
            source = {"bridges": "city/bridges.md", "trams": "b.md"}[name]
            self.fates[source] = (self.number, fate)


@dataclass
class Slack:
    """Remembers what stands where; dies before or after a call when told to."""

    standing: dict[str, Reply] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    dies: str = ""
    refusal: str = ""
    meanwhile: Callable[[], None] = lambda: None

    def post(self, reply: Reply, *, maybe_posted: bool, is_wanted: Callable[[], bool]) -> Sent:
        if not (maybe_posted and reply.answer_id in self.standing):
            self.meanwhile()
            if not is_wanted():
                raise RecalledError(maybe_posted=maybe_posted)
            if self.refusal:
                raise UndeliverableError(self.refusal)
            if self.dies == "before":
                raise KilledError
            self.standing[reply.answer_id] = reply
            self.sent.append(reply.message.text)
            if self.dies == "after":
                raise KilledError
        return Sent(reply.channel, "1700000009.000100")


@dataclass
class Bench:
    path: Path
    documents: Documents = field(default_factory=Documents)
    slack: Slack = field(default_factory=Slack)
    now: float = NOW
    closed: set[str] = field(default_factory=set)
    """Answers whose readers may not see the documents any more."""

    def start(self, most: int = 100) -> NoticeDuty:
        """A process that begins; nothing of an earlier one is left but the file."""
        self.records = Records.open(self.path, clock=lambda: self.now)
        self.duty = NoticeDuty(
            self.documents,
            self.records,
            self.slack,  # type: ignore[arg-type]  # it only posts
            days=7,
            may_see=lambda kept: kept.answer_id not in self.closed,
            interval_s=0,
            look_s=0,
            most=most,
        )
        return self.duty

    def keep(self, answer_id: str = "a1", **changes: object) -> KeptAnswer:
        kept = KeptAnswer(answer_id, "T1", "C1", THREAD, "U1", "When?", TWO, self.now)
        kept = replace(kept, **changes)  # type: ignore[arg-type]  # names of fields
        self.records.answers.keep(kept)
        return kept

    def look(self, times: int = 2) -> None:
        for _ in range(times):
            self.duty.look()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "bot.sqlite3")
    bench.start()
    yield bench
    with closing(bench.records):
        pass


def test_what_is_lost_is_said_once_below_the_answer(bench: Bench) -> None:
    bench.keep()
    bench.look()
    bench.documents.publish(bridges=Standing.CHANGED, trams=Standing.GONE)
    bench.look(times=5)
    assert bench.slack.sent == [
        "Since I answered “When?”, the documents have changed. “Bridges” was changed: what I quoted"
        " as [1] does not stand there any more. “Trams” was removed. Ask again for what they say"
        " now."
    ]
    (reply,) = bench.slack.standing.values()
    assert (reply.channel, reply.thread) == ("C1", THREAD)


def test_nothing_is_said_of_documents_that_are_not_open_there_any_more(bench: Bench) -> None:
    kept = bench.keep()
    bench.closed.add(kept.answer_id)
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.look(times=3)
    assert bench.slack.sent == []


@pytest.mark.parametrize("fate", [Standing.MOVED, Standing.UNCHANGED])
def test_words_that_still_stand_in_the_document_are_no_loss(bench: Bench, fate: Standing) -> None:
    bench.keep()
    bench.documents.publish(bridges=fate)
    bench.look()
    assert bench.slack.sent == []


def test_only_what_is_lost_anew_is_said_in_a_later_generation(bench: Bench) -> None:
    bench.keep()
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.look()
    bench.documents.publish()
    bench.look()
    assert len(bench.slack.sent) == 1
    bench.documents.publish(trams=Standing.GONE)
    bench.look()
    assert len(bench.slack.sent) == 2
    assert "Bridges" not in bench.slack.sent[1]
    bench.documents.publish()
    bench.look()
    assert len(bench.slack.sent) == 2


def test_what_came_back_and_is_lost_again_is_said_again(bench: Bench) -> None:
    bench.keep()
    for fate in (Standing.CHANGED, Standing.UNCHANGED, Standing.CHANGED):
        bench.documents.publish(bridges=fate)
        bench.look()
    assert len(bench.slack.sent) == 2


@pytest.mark.parametrize("dies", ["before", "after"])
def test_a_note_stands_there_once_although_the_process_dies(bench: Bench, dies: str) -> None:
    bench.keep()
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.slack.dies = dies
    with pytest.raises(KilledError):
        bench.look()
    bench.records.close()
    bench.slack.dies = ""
    bench.start()
    bench.look(times=4)
    assert len(bench.slack.sent) == 1


def test_dying_between_claim_and_comparison_loses_and_doubles_nothing(bench: Bench) -> None:
    kept = bench.keep()
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.records.notices.claim(kept, bench.documents.number, "Claimed before.")
    bench.look(times=3)
    assert bench.slack.sent == ["Claimed before."]


def test_answers_that_only_one_person_saw_are_left_alone(bench: Bench) -> None:
    bench.keep(thread="command/123.456.abc")
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.look()
    assert bench.slack.sent == []


def test_old_answers_are_left_alone(bench: Bench) -> None:
    bench.keep("old", at=NOW - 7 * DAY_S - 1)
    bench.keep("young", at=NOW - 7 * DAY_S + 60, channel="C2")
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.look()
    assert [reply.channel for reply in bench.slack.standing.values()] == ["C2"]


def test_one_generation_leads_to_so_many_notes_and_no_more(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.records.close()
    bench.start(most=3)
    for n in range(70):
        bench.keep(f"a{n}", at=NOW - n, channel=f"C{n}")
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.look(times=4)
    assert [reply.channel for reply in bench.slack.standing.values()] == ["C0", "C1", "C2"]
    assert caplog.text.count("notices_capped") == 1
    bench.documents.publish(trams=Standing.GONE)
    bench.look(times=4)
    assert len(bench.slack.sent) == 6


def test_an_answer_that_is_still_on_its_way_is_looked_at_when_it_stands(bench: Bench) -> None:
    bench.keep()
    bench.documents.publish(bridges=Standing.CHANGED)
    waiting = (
        "INSERT INTO questions (event_id, team, channel, ts, thread, user, kind, text, plan, state,"
        " received_at) VALUES ('Ev', 'T1', 'C1', ?, ?, 'U1', 'mention', 'When?', 'answer',"
        " 'answering', 1.0)"
    )
    bench.records._connection.change(waiting, THREAD, THREAD)
    bench.look()
    assert bench.slack.sent == []
    bench.records._connection.change("UPDATE questions SET state='posted'")
    bench.look()
    assert len(bench.slack.sent) == 1


def test_a_question_that_is_answered_anew_meanwhile_gets_no_note(bench: Bench) -> None:
    bench.keep()
    bench.documents.publish(bridges=Standing.CHANGED)
    anew = replace(TWO, generation=8)
    bench.slack.meanwhile = lambda: bench.keep(result=anew, at=NOW + 1) and None
    bench.look(times=3)
    assert bench.slack.sent == []


def test_a_note_that_slack_refuses_is_given_up(bench: Bench) -> None:
    bench.keep()
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.slack.refusal = "channel_not_found"
    bench.look()
    bench.slack.refusal = ""
    bench.look(times=3)
    assert bench.slack.sent == []


def test_an_index_that_cannot_be_read_is_looked_at_again(bench: Bench) -> None:
    bench.keep()
    bench.documents.publish(bridges=Standing.CHANGED)
    bench.documents.error = IndexDamagedError("It is damaged.", "Make it anew.")
    bench.look()
    bench.documents.error = None
    bench.look()
    assert len(bench.slack.sent) == 1


def test_many_losses_are_counted_not_listed(bench: Bench) -> None:
    from bot.slack.show.notices import Loss, notice_text

    text = notice_text("When?", [Loss(f"Title {n}", n % 2 == 0, (n + 1,)) for n in range(9)])
    assert "Title 2" in text
    assert "Title 3" not in text
    assert "6 more sources" in text
