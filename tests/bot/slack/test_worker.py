from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from bot.slack.answering import FAILED, MAX_TRIES, STOPPED, UPDATED, Answering
from bot.slack.desk.post import Sent
from bot.slack.events import Asked, Deleted, Edited, Kind, Stopped, Wants
from bot.slack.pace import Pace
from bot.slack.poster import RecalledError, UndeliverableError
from bot.slack.questions import QUICK_PLANS, SLOW_PLANS, Plan
from bot.slack.records import Records
from bot.slack.replies import Reply, Standing
from bot.slack.show.message import Message, View
from bot.slack.status import StatusLine
from bot.slack.worker import Workers
from retrieval.model import Answer, Question
from tests.bot.slack.examples import ScriptedAnswerer, answer, asked
from tests.bot.slack.people import everybody
from tests.bot.slack.questions_at_hand import NOW, AtHand

EVERYTHING = SLOW_PLANS + QUICK_PLANS


class KilledError(BaseException):
    """The process ends here, as by `kill -9`."""


@dataclass
class FakeSlack:
    """Remembers what stands where; dies before or after a call when told to."""

    standing: dict[str, Reply] = field(default_factory=dict)
    whispers: list[tuple[str, str]] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    dies: list[str] = field(default_factory=list)
    """Where the next writing calls die: `before`, `after` or not at all (``)."""
    refusals: dict[str, str] = field(default_factory=dict)
    """Calls that Slack refuses, with the reason."""
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    """What happens during the next writing call."""

    def post(
        self,
        reply: Reply,
        *,
        maybe_posted: bool = False,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Sent:
        found = self.find(reply) if maybe_posted else None
        if found is not None and found.revision == reply.revision:
            return Sent(reply.channel, found.ts)
        if not is_wanted():
            raise RecalledError(maybe_posted=maybe_posted)
        ts = f"17000001{len(self.calls):02d}.000100"
        self._write("post", lambda: self.standing.__setitem__(ts, reply))
        return Sent(reply.channel, ts)

    def find(self, reply: Reply) -> Standing | None:
        for ts, standing in self.standing.items():
            if standing.answer_id == reply.answer_id:
                return Standing(ts, standing.revision)
        return None

    def update(self, ts: str, reply: Reply) -> None:
        if ts not in self.standing:
            raise UndeliverableError("message_not_found")
        self._write("update", lambda: self.standing.__setitem__(ts, reply))

    def delete(self, channel: str, ts: str) -> None:
        self._write("delete", lambda: self.standing.pop(ts, None))

    def respond(self, url: str, message: Message, *, patience_s: float) -> None:
        self._write("respond", lambda: self.whispers.append((url, message.text)))

    def whisper(self, channel: str, user: str, message: Message) -> None:
        self._write("whisper", lambda: self.whispers.append((user, message.text)))

    def update_view(self, view_id: str, view: View, *, patience_s: float) -> None:
        self._write("update_view", lambda: self.views.__setitem__(view_id, view))

    def abandon(self) -> None: ...

    @property
    def texts(self) -> list[str]:
        return [reply.message.text for reply in self.standing.values()]

    def _write(self, name: str, do: Callable[[], object]) -> None:
        if name in self.refusals:
            raise UndeliverableError(self.refusals[name])
        when = self.dies.pop(0) if self.dies else ""
        if self.meanwhile:
            self.meanwhile.pop()()
        if when == "before":
            raise KilledError
        do()
        self.calls.append(name)
        if when == "after":
            raise KilledError


@dataclass
class Bot:
    """One process's workers, driven by hand."""

    at_hand: AtHand
    slack: FakeSlack
    answerer: ScriptedAnswerer
    records: Records
    workers: Workers
    deaths: int = 0

    def work(self) -> None:
        """Reply to what waits first; a death is followed by the next start."""
        try:
            self.workers.work_once(EVERYTHING, timeout_s=0)
        except KilledError:
            self.deaths += 1
            self.at_hand.backlog.recover()

    def work_off(self) -> None:
        """Reply until nothing waits."""
        self.slack.dies.clear()
        for _ in range(50):
            try:
                if not self.workers.work_once(EVERYTHING, timeout_s=0):
                    return
            except KilledError:
                self.at_hand.backlog.recover()
        raise AssertionError("it never ends")


@contextmanager
def running(path: Path, answerer: ScriptedAnswerer | None = None) -> Iterator[Bot]:
    answerer, slack = answerer or ScriptedAnswerer(), FakeSlack()
    with closing(AtHand(path)) as at_hand, closing(Records.open(path)) as records:
        pace = Pace(1)
        answering = Answering(
            *(answerer, at_hand.backlog, records.answers, pace),
            rights=everybody(),
            bot_name="onrecord",
            timeout_s=10,
        )
        status = StatusLine(WebClient(base_url="http://127.0.0.1:9/"))
        workers = Workers(
            *(at_hand.backlog, answering, slack, status, pace, records.notices),
            count=1,
            queue_limit=10,
        )
        yield Bot(at_hand, slack, answerer, records, workers)


@pytest.fixture
def bot(path: Path) -> Iterator[Bot]:
    with running(path) as bot:
        yield bot


def edit(text: str, at: int = 10) -> Edited:
    return Edited(asked(event_id=f"EvEdit{at}", text=text), f"17000000{at}.000100")


DELETION = Deleted("EvDelete", "T1", "C1", asked().ts, asked())


def test_an_edited_question_has_its_answer_changed_and_says_so(bot: Bot) -> None:
    bot.at_hand.inbox.claim(asked())
    bot.work_off()
    bot.at_hand.inbox.edit(edit("Who built it?"))
    bot.work_off()

    assert bot.slack.calls == ["post", "update"]
    (text,) = bot.slack.texts
    assert "You asked: Who built it?" in text
    assert UPDATED in text
    kept = bot.records.answers.find(asked().answer_id)
    assert kept is not None
    assert kept.question == "Who built it?"


def test_an_answer_that_is_gone_is_posted_anew_when_its_question_is_edited(bot: Bot) -> None:
    bot.at_hand.inbox.claim(asked())
    bot.work_off()
    bot.slack.standing.clear()
    bot.at_hand.inbox.edit(edit("Who built it?"))
    bot.work_off()

    assert bot.slack.calls == ["post", "post"]


def test_a_deleted_question_takes_its_answer_and_its_record_along(bot: Bot) -> None:
    bot.at_hand.inbox.claim(asked())
    bot.work_off()
    bot.at_hand.inbox.take_back(DELETION)
    bot.work_off()

    assert bot.slack.texts == []
    assert bot.records.answers.find(asked().answer_id) is None


def test_an_answer_is_on_record_before_it_is_posted(bot: Bot) -> None:
    bot.slack.dies = ["before"]
    bot.at_hand.inbox.claim(asked())
    bot.work()

    assert bot.slack.texts == []
    assert bot.records.answers.find(asked().answer_id) is not None


def test_an_answer_that_was_posted_before_the_bot_died_is_not_made_again(bot: Bot) -> None:
    bot.slack.dies = ["after"]
    bot.at_hand.inbox.claim(asked())
    bot.work()
    bot.work_off()

    assert bot.slack.calls == ["post"]
    assert len(bot.answerer.questions) == 1
    later = asked("1700000003.000100", thread=asked().ts)
    assert len(bot.at_hand.backlog.history(later)) == 1


def test_a_question_that_keeps_taking_the_bot_down_gets_an_apology(bot: Bot) -> None:
    bot.at_hand.inbox.claim(asked())
    bot.slack.dies = ["before"] * MAX_TRIES
    for _ in range(MAX_TRIES):
        bot.work()
    bot.answerer.questions.clear()
    bot.work_off()

    (text,) = bot.slack.texts
    assert FAILED in text
    assert bot.answerer.questions == []


def test_who_is_to_be_told_that_the_bot_is_busy_is_answered_if_there_is_room_by_then(
    bot: Bot,
) -> None:
    for n in range(11):
        bot.at_hand.inbox.claim(asked(f"17000000{n + 10}.000100"))
    bot.workers.work_once((Plan.ANSWER,), timeout_s=0)
    bot.workers.work_once((Plan.BUSY,), timeout_s=0)
    bot.work_off()

    assert len(bot.slack.texts) == 11
    assert not any("before yours" in text for text in bot.slack.texts)


def test_who_asks_when_there_is_no_room_is_told_the_place_in_line(bot: Bot) -> None:
    for n in range(11):
        bot.at_hand.inbox.claim(asked(f"17000000{n + 10}.000100"))
    bot.workers.work_once((Plan.BUSY,), timeout_s=0)

    (text,) = bot.slack.texts
    assert "10 questions are before yours" in text


def test_a_command_is_answered_in_private_and_shown_as_shareable(bot: Bot) -> None:
    url = "http://127.0.0.1:9/response"
    bot.at_hand.inbox.claim(asked("command/1", kind=Kind.COMMAND, reply_to=url))
    bot.work_off()

    ((told, text),) = bot.slack.whispers
    assert told == url
    assert "You asked" in text


def test_a_command_whose_address_is_too_old_is_answered_in_its_channel(bot: Bot) -> None:
    bot.slack.refusals = {"respond": "expired_url"}
    bot.at_hand.inbox.claim(asked("command/1", kind=Kind.COMMAND, reply_to="http://127.0.0.1:9/"))
    bot.work_off()

    ((told, _text),) = bot.slack.whispers
    assert told == "U1"


def claim_check(bot: Bot, text: str = "It opened in 1950.", reply_to: str = "view:V1") -> None:
    check = asked("shortcut/1", kind=Kind.SHORTCUT, text=text, wants=Wants.CHECK, reply_to=reply_to)
    bot.at_hand.inbox.claim(check)


def test_a_check_fills_the_modal_that_waits_for_it(bot: Bot) -> None:
    claim_check(bot)
    bot.work_off()

    assert bot.answerer.checked == ["It opened in 1950."]
    assert "1950" in str(bot.slack.views["V1"])


def test_a_check_by_command_is_told_in_private(bot: Bot) -> None:
    claim_check(bot, reply_to="http://127.0.0.1:9/response")
    bot.work_off()

    ((_url, text),) = bot.slack.whispers
    assert "1950" in text


def test_a_modal_that_was_closed_needs_no_answer(bot: Bot) -> None:
    bot.slack.refusals = {"update_view": "not_found"}
    claim_check(bot)
    bot.work_off()

    assert bot.at_hand.waits() == []


def test_a_check_that_fails_says_so_in_its_modal(path: Path) -> None:
    class Failing(ScriptedAnswerer):
        def check_each(self, text: str) -> tuple[()]:
            raise ValueError(text)

    with running(path, Failing()) as bot:
        claim_check(bot)
        bot.work_off()

        assert FAILED in str(bot.slack.views["V1"])


Act = Edited | Deleted | Stopped | Asked
TEXTS = ["Who built it?", "Why?", "", "Where is it?"]
MOMENTS = st.lists(
    st.one_of(
        st.sampled_from([("edit", text) for text in TEXTS]),
        st.just(("stop", "")),
    ),
    max_size=4,
)
DEATHS = st.sampled_from(["", "", "before", "after"])
WHENS = st.sampled_from(["at once", "while it is answered", "while it is posted"])


def history_of(moments: list[tuple[str, str]], *, is_deleted: bool) -> list[Act]:
    acts: list[Act] = [asked()]
    for n, (act, text) in enumerate(moments, 10):
        acts.append(edit(text, n) if act == "edit" else _stop(n))
    return acts + ([DELETION] if is_deleted else [])


def _stop(at: int) -> Stopped:
    return Stopped("T1", "C1", asked().ts, f"17000000{at}.000100")


def tell(bot: Bot, act: Act) -> None:
    match act:
        case Asked():
            bot.at_hand.inbox.claim(act)
        case Edited():
            bot.at_hand.inbox.edit(act)
        case Deleted():
            bot.at_hand.inbox.take_back(act)
        case Stopped():
            bot.at_hand.inbox.stop(act)


@settings(max_examples=200)
@given(moments=MOMENTS, is_deleted=st.booleans(), data=st.data())
def test_whatever_comes_in_whatever_order_what_stands_is_what_is_wanted_last(
    moments: list[tuple[str, str]], is_deleted: bool, data: st.DataObject
) -> None:
    acts = history_of(moments, is_deleted=is_deleted)
    deliveries = data.draw(st.permutations(acts + data.draw(st.lists(st.sampled_from(acts)))))
    meanwhile: list[Callable[[], None]] = []

    def answer_slowly(question: Question) -> Answer:
        if meanwhile:
            meanwhile.pop()()
        return answer(f"You asked: {question.text}")

    answerer = ScriptedAnswerer(answer_slowly)
    with memory_folder() as folder, running(folder / "bot.sqlite3", answerer) as bot:
        bot.at_hand.now = NOW + 30
        for act in deliveries:
            told = partial(tell, bot, act)
            when = data.draw(WHENS)
            if when == "while it is answered":
                meanwhile.append(told)
            elif when == "while it is posted":
                bot.slack.meanwhile.append(told)
            else:
                told()
            for death in data.draw(st.lists(DEATHS, max_size=1)):
                bot.slack.dies = [death] if bot.deaths < MAX_TRIES - 1 else []
                bot.work()
        for told in meanwhile + bot.slack.meanwhile:
            told()
        meanwhile.clear()
        bot.slack.meanwhile.clear()
        bot.work_off()

        assert len(bot.slack.standing) == (0 if is_deleted else 1)
        if not is_deleted:
            assert matches(bot.slack.texts[0], acts)


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder in memory where there is one: each step is on disk otherwise, and waited for."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def matches(said: str, acts: list[Act]) -> bool:
    """Whether what stands answers the last wording, or was stopped after it."""
    wordings = [act for act in acts if isinstance(act, Edited)]
    text = wordings[-1].asked.text if wordings else asked().text
    since = wordings[-1].edited_ts if wordings else ""
    # An edit back to the earlier words changes nothing, so neither does it undo a stop before it.
    words = [asked().text, *(wording.asked.text for wording in wordings)]
    changed_nothing = len(words) > 1 and words[-1] == words[-2]
    stops = [act.at for act in acts if isinstance(act, Stopped)]
    may_be_stopped = any(at > since or changed_nothing for at in stops)
    if may_be_stopped and said == STOPPED:
        return True
    return f"You asked: {text}" in said if text else "Ask me" in said


def test_an_answer_to_what_was_asked_before_an_edit_is_never_posted(path: Path) -> None:
    edits = [edit("Where?", 12), edit("Who?", 11)]

    def edit_meanwhile(question: Question) -> Answer:
        if question.text in ("When did it open?", "Who?") and edits:
            bot.at_hand.inbox.edit(edits.pop())
        return answer(f"You asked: {question.text}")

    with running(path, ScriptedAnswerer(edit_meanwhile)) as bot:
        bot.at_hand.inbox.claim(asked())
        bot.work_off()
        assert bot.slack.calls == ["post"]
        assert "You asked: Where?" in bot.slack.texts[0]

        edits.append(edit("Why?", 14))
        bot.at_hand.inbox.edit(edit("Who?", 13))
        bot.work_off()
        assert bot.slack.calls == ["post", "update"]
        assert "You asked: Why?" in bot.slack.texts[0]


def test_a_recalled_answer_is_not_waited_for(path: Path) -> None:
    with running(path) as bot:

        def stop_meanwhile(question: object) -> object:
            bot.at_hand.inbox.stop(_stop(20))
            raise AssertionError("its outcome comes too late")

        bot.answerer._script = stop_meanwhile  # type: ignore[assignment]  # it never returns
        bot.at_hand.inbox.claim(asked())
        bot.work_off()

        assert bot.slack.texts == [STOPPED]
        assert bot.slack.calls == ["post"]
