"""Nothing of a document is shown to anybody who may not see it, whatever is asked and pressed.

In full size, as it was run by hand:

    ACCESS_CASES=10000 pytest tests/bot/slack/test_access.py --log-cli-level=INFO
"""

from __future__ import annotations

import itertools
import json
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from slack_sdk import WebClient

from bot.slack.answering import Answering, Made
from bot.slack.desk.desk import Handlers, build_handlers
from bot.slack.desk.interactions import Command, Press
from bot.slack.desk.options import BotOptions
from bot.slack.desk.post import Sent
from bot.slack.events import Asked, Kind, Wants, answer_id
from bot.slack.pace import Pace
from bot.slack.questions import Plan, Work
from bot.slack.records import Records
from bot.slack.records.feedback import Kind as FeedbackKind
from bot.slack.rights import Rights
from bot.slack.show.message import Message, View
from retrieval.answer import suggestions
from retrieval.answer.chain import Answerer
from retrieval.answer.encoding import Reading
from retrieval.answer.evidence import Scored
from retrieval.answer.judge import Decision, Judge, Judged, Strictness
from retrieval.answer.models import AnswerReading, Support
from retrieval.answer.question import Query
from retrieval.answer.verify import Verifier
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.reader import Index
from retrieval.ingest.pipeline import index_corpus
from retrieval.model import Refusal
from tests.bot.slack.access_world import (
    CHANNELS,
    OWNERS,
    USERS,
    Secret,
    World,
    worlds,
    write_corpus,
)
from tests.bot.slack.examples import BOT
from tests.bot.slack.questions_at_hand import NOW, AtHand

log = logging.getLogger(__name__)

CASES = int(os.environ.get("ACCESS_CASES", "200"))
MOMENTS = 2
"""Rights change so often in a case, and are then asked for anew."""
ACTS = 3
_COUNTED = re.compile(r"(?:Searched |\b)(\d+) documents?\b")


class EagerJudge(Judge):
    """Answers whatever it can: a hidden document that is found would be quoted."""

    def __init__(self) -> None:
        """No weights: what is ranked first stays first."""

    def rank(self, query: Query, candidates: Sequence[Scored]) -> list[Judged]:
        return [Judged(one, AnswerReading(9.0, 9.0, None), 0.9) for one in candidates]

    def answerable(self, query: Query, ranked: Sequence[Judged]) -> float:
        return 0.9 if ranked and "opens" in query.text else 0.0


class Credulous:
    """Finds every claim supported."""

    def weigh(self, readings: Sequence[Reading]) -> list[Support]:
        return [Support(0.9, 0.05, 0.05) for _ in readings]


@dataclass
class Shown:
    """What was shown, to whom, and where; who is answered counts as a reader who asked."""

    text: str
    readers: frozenset[str]
    place: str
    asker: str


@dataclass
class Wall:
    """Takes all that the desk shows. Triggers and addresses are `user@channel`."""

    world: World
    asker: str = ""
    shown: list[Shown] = field(default_factory=list)

    def to_channel(self, channel: str, what: object) -> None:
        if channel.startswith(("U", "D")):
            self.to_person(f"U{channel[1:]}", "", what)
            return
        asker = self.asker if self.asker in self.world.readers[channel] else ""
        self._note(what, self.world.readers[channel], channel, asker)

    def to_person(self, user: str, channel: str, what: object) -> None:
        self._note(what, frozenset({user}), channel, user)

    def _note(self, what: object, readers: frozenset[str], place: str, asker: str) -> None:
        text = json.dumps(what, default=lambda message: [message.text, message.blocks])
        self.shown.append(Shown(text, readers, place, asker))

    def send(self, channel: str, message: Message) -> Sent:
        self.asker = ""  # whoever pressed a button elsewhere is one of those who read here
        self.to_channel(channel, message)
        return Sent(channel, "1.1")

    def change(self, channel: str, ts: str, message: Message) -> None:
        self.asker = ""
        self.to_channel(channel, message)

    def respond(
        self,
        url: str,
        message: Message,
        *,
        thread: str = "",
        replaces: bool = False,
        in_channel: bool = False,
    ) -> None:
        user, channel = url.split("@")
        if in_channel:
            self.to_channel(channel, message)
        else:
            self.to_person(user, "" if channel.startswith("D") else channel, message)

    def open_view(self, trigger_id: str, view: View) -> str:
        user, channel = trigger_id.split("@")
        self.to_person(user, "" if channel.startswith("D") else channel, view)
        return "V1"

    def publish_home(self, user: str, view: View) -> None:
        self.to_person(user, "", view)

    def suggest(self, channel: str, questions: Sequence[str]) -> None:
        self.to_channel(channel, list(questions))


class Kept:
    """The file of questions and records; as nothing of it has to last, nothing is waited for."""

    def __init__(self, path: Path) -> None:
        self.at_hand = AtHand(path, queue_limit=1_000_000)
        self.records = Records.open(path, clock=lambda: NOW)
        for table in (self.at_hand.questions, self.records.answers._connection):
            table.row("PRAGMA synchronous=OFF")

    def forget(self) -> None:
        """Begin anew."""
        for table in ("questions", "threads", "answers", "feedback", "gaps", "audit"):
            self.at_hand.questions.change(f"DELETE FROM {table}")

    def close(self) -> None:
        """Give up the file."""
        self.records.close()
        self.at_hand.close()


class Office:
    """The bot without its network: people act, and what they are shown is on the wall."""

    def __init__(self, documents: Answerer, kept: Kept, seed: int) -> None:
        self.random = Random(seed)
        self._moments = worlds(self.random)
        self.world = next(self._moments)
        self.wall = Wall(self.world)
        kept.forget()
        self.at_hand = at_hand = kept.at_hand
        self.records = kept.records
        rights = Rights(lambda: self.world.collections, self)
        self.answering = Answering(
            *(documents, at_hand.backlog, self.records.answers, Pace(1)),
            rights=rights,
            bot_name="onrecord",
            timeout_s=60,
            has_owners=True,
            clock=lambda: NOW,
        )
        options = BotOptions(admins=frozenset({USERS[0]}), owners_channel=OWNERS)
        client = WebClient(base_url="http://127.0.0.1:9/")
        self.desk: Handlers = build_handlers(
            BOT, client, self.wall, at_hand.inbox, self.records, documents, options, rights
        )
        self._numbers = itertools.count(1)
        self.asked: list[Asked] = []

    def is_guest(self, user: str) -> bool:
        return self.world.people.is_guest(user)

    def groups_of(self, user: str) -> frozenset[str]:
        return self.world.people.groups_of(user)

    def is_shared(self, channel: str) -> bool:
        return self.world.people.is_shared(channel)

    def has_guests(self, channel: str) -> bool:
        return self.world.people.has_guests(channel)

    def pass_time(self) -> None:
        """Rights change."""
        self.world = self.wall.world = next(self._moments)

    def act(self, secrets: Sequence[Secret]) -> None:
        """Somebody does something."""
        user, channel = self._somebody()
        self.wall.asker = user
        about = self.random.choice(secrets)
        typed = self.random.choice(
            [
                f"When opens the {about.subject}?",
                f"Who pays the {about.subject}?",
                f"What is {about.rumour}?",
            ]
        )
        acts: list[Callable[[], None]] = [
            lambda: self._ask(user, channel, typed),
            lambda: self._ask(user, f"D{user[1:]}", typed),
            lambda: self._ask(user, channel, typed, in_private=True),
            lambda: self._check(user, channel, f"The {about.subject} opens at nine."),
            lambda: self._follow_up(user, channel),
            lambda: self._press(user, channel),
            lambda: self._command(user, channel),
            lambda: self.desk.home.publish(user),
            lambda: self.desk.home.opened({"user": user, "tab": "messages", "channel": user}),
            lambda: self._say(user, about),
        ]
        weights = (4, 2, 2, 2, 3, 5, 2, 1, 1, 2)
        self.random.choices(acts, weights)[0]()

    def _somebody(self) -> tuple[str, str]:
        channel = self.random.choice(CHANNELS)
        people = sorted(self.world.readers[channel] & {*USERS})
        return self.random.choice(people), channel

    def _ask(
        self, user: str, channel: str, text: str, *, in_private: bool = False, thread: str = ""
    ) -> None:
        kind = Kind.DIRECT if channel.startswith("D") else Kind.MENTION
        address = f"{user}@{channel}" if in_private else ""
        self._make(user, channel, text, Kind.COMMAND if in_private else kind, address, thread)

    def _make(
        self,
        user: str,
        channel: str,
        text: str,
        kind: Kind,
        address: str = "",
        thread: str = "",
        wants: Wants = Wants.ANSWER,
    ) -> None:
        ts = f"{NOW + next(self._numbers):.6f}"
        asked = Asked(f"Ev{ts}", BOT.team, channel, ts, thread or ts, user, kind, text, address)
        plan = Plan.CHECK if wants is Wants.CHECK else Plan.ANSWER
        self.at_hand.inbox.claim(asked)
        work = self.at_hand.take()
        self.wall.asker = user
        made = self.answering.make(Work(asked, plan, 0))
        self._show(asked, made)
        self.at_hand.backlog.posted(work, "1.1", made.text)
        self.asked.append(asked)

    def _show(self, asked: Asked, made: Made) -> None:
        if asked.reply_to:
            self.wall.respond(asked.reply_to, made.message)
            self.wall.respond(asked.reply_to, Message(str(made.view), ()))
        else:
            self.wall.to_channel(asked.channel, made.message)
        if made.aside:
            self.wall.to_person(asked.user, asked.channel, made.aside)

    def _check(self, user: str, channel: str, text: str) -> None:
        self._make(user, channel, text, Kind.COMMAND, f"{user}@{channel}", wants=Wants.CHECK)

    def _follow_up(self, user: str, channel: str) -> None:
        """Ask on in a thread, whose answers may have been open to more people then."""
        before = [a for a in self.asked if a.kind is Kind.MENTION and a.channel == channel]
        before += [a for a in self.asked if a.channel == f"D{user[1:]}"]
        if before:
            first = self.random.choice(before)
            self._ask(user, first.channel, "And when opens it?", thread=first.thread)

    def _press(self, user: str, channel: str) -> None:
        seen = [a for a in self.asked if a.channel in (channel, f"D{user[1:]}")]
        seen = [a for a in seen if not a.reply_to or a.user == user]
        if not seen:
            return
        asked = self.random.choice(seen)
        id_ = answer_id(asked.team, asked.channel, asked.ts)
        if asked.user == user and self.random.random() < 0.3:
            id_ = answer_id(asked.team, asked.channel, f"{asked.ts} aside")
        address = f"{user}@{asked.channel}"
        press = Press(
            *(user, "", id_, address, asked.channel, asked.ts, asked.thread),
            is_ephemeral=bool(asked.reply_to),
            response_url=address,
        )
        desk = self.desk
        pressed: list[Callable[[Press], None]] = [desk.passages.show, desk.sharing.share]
        kept = self.records.answers.find(id_)
        if kept is not None and isinstance(kept.result, Refusal):
            pressed += [desk.gaps.ask_person, desk.gaps.ask_person, desk.gaps.report]
        self.random.choice(pressed)(press)

    def _command(self, user: str, channel: str) -> None:
        words = ("sources", "status", "help", "gaps", "feedback", "written")
        word = self.random.choice(words)
        is_admin = word == "status" and user in (USERS[0],)
        if not is_admin:  # admins are told the names and the number of all files
            address = f"{user}@{channel}"
            self.desk.commands.obey(Command(BOT.team, user, channel, word, "", address, address))

    def _say(self, user: str, about: Secret) -> None:
        """Somebody comments an answer with words of its document, and an admin reads on."""
        if self.asked:
            asked = self.random.choice(self.asked)
            kept = self.records.answers.find(answer_id(asked.team, asked.channel, asked.ts))
            if kept is not None and kept.result.citations:
                words = kept.result.citations[0].quote
                self.records.feedback.say(
                    kept, user, is_good=False, kind=FeedbackKind.WRONG, right_passage=words
                )
        self.wall.asker = USERS[0]
        self.desk.home.publish(USERS[0])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Answerer, list[Secret]]]:
    folder = tmp_path_factory.mktemp("access")
    secrets, folders = write_corpus(folder / "corpus")
    embedder = StaticEmbedder()
    report = index_corpus(
        folder / "corpus", folder / "data", embedder=embedder, collections=folders
    )
    assert (report.sources, report.failed) == (len(secrets), ())
    decision = Decision(EagerJudge(), dict.fromkeys(Strictness, 0.5), 0.5)
    with closing(Index.open(folder / "data", embedder)) as index:
        yield Answerer(index, decision=decision, verifier=Verifier(Credulous(), 0.5, 0.5)), secrets


def leaks(office: Office, secrets: Sequence[Secret], shown: Shown) -> list[str]:
    """Words and numbers that somebody was shown and may not know."""
    is_admin_home = "gaps" in shown.text and shown.readers == {USERS[0]} and not shown.place
    open_ = [s for s in secrets if office.world.is_open(s, shown.readers, shown.place, shown.asker)]
    found = [
        f"{word} of {secret.label}"
        for secret in secrets
        if secret not in open_
        for word in secret.words
        if word in shown.text
    ]
    if not is_admin_home:
        counts = map(int, _COUNTED.findall(shown.text))
        found += [f"{count} documents" for count in counts if count > len(open_)]
    return found


def test_nobody_is_shown_what_they_may_not_see(
    library: tuple[Answerer, list[Secret]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "MOST_TRIES", 2)  # of every audience anew
    documents, secrets = library
    told: Counter[str] = Counter()
    with closing(Kept(tmp_path / "bot.sqlite3")) as kept:
        for case in range(CASES):
            office = Office(documents, kept, seed=case)
            for moment in range(MOMENTS):
                if moment:
                    office.pass_time()
                for _ in range(ACTS):
                    office.wall.shown.clear()
                    office.act(secrets)
                    for shown in office.wall.shown:
                        assert leaks(office, secrets, shown) == [], (case, shown)
                        told["shown"] += 1
                        told["with words"] += any(w in shown.text for s in secrets for w in s.words)
    log.info("cases=%d %s", CASES, dict(told))
    assert told["with words"] > CASES  # what shows nothing leaks nothing
