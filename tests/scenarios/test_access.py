"""Who may see what, from a message in Slack to what each reader of it gets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.audiences import read_collections
from bot.slack.answering import ONLY_YOU
from bot.slack.desk.options import BotOptions
from bot.slack.desk.sharing import NOT_FOR_ALL
from bot.slack.records import RECORDS_FILE, Records
from bot.slack.rights import CLOSED_CHANNEL, GUEST, SHARED, UNREADABLE
from bot.slack.show import actions
from bot.workspace.state import User
from bot.workspace.workspace import Workspace
from retrieval.answer.chain import Answerer
from retrieval.answer.judge import Strictness
from retrieval.index.embeddings import StaticEmbedder
from retrieval.index.reader import Index
from retrieval.ingest.pipeline import index_corpus
from tests.scenarios.conftest import StartBot
from tests.scenarios.test_asking import mention, replied

PAY = "The bonus of every technician is paid in March."
GATE = "The main gate opens at nine in the morning."
HR = "S0HR"
COLLECTIONS = f'[hr]\nfolder = "hr"\ngroups = ["{HR}"]\n'
BONUS = "When is the bonus of every technician paid?"
OPENING = "When does the main gate open?"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "corpus" / "hr").mkdir(parents=True)
    (folder / "corpus" / "gate.md").write_text(f"# Gate\n\n{GATE} It is green.\n")
    (folder / "corpus" / "hr" / "pay.md").write_text(f"# Bonus\n\n{PAY} Nobody else gets one.\n")
    embedder = StaticEmbedder()
    folders = {"hr": Path("hr")}
    index_corpus(folder / "corpus", folder / "data", embedder=embedder, collections=folders)
    with closing(Index.open(folder / "data", embedder)) as index:
        yield Answerer(index, Strictness.EAGER)


class Office:
    """A workspace with the bot in it, and a collections file that can be rewritten."""

    def __init__(
        self, workspace: Workspace, start_bot: StartBot, answerer: Answerer, path: Path
    ) -> None:
        self.workspace = workspace
        self._path = path
        workspace.user_groups[HR] = [workspace.member.id]
        self.write(COLLECTIONS)
        options = BotOptions(
            admins=frozenset({workspace.admin.id}), collections=lambda: read_collections(path)
        )
        start_bot(answerer, options=options, rights_known_for_s=0.0)

    def write(self, text: str) -> None:
        self._path.write_text(text)

    def ask(self, user: User, channel: str, text: str) -> str:
        """Ask in a channel, or in direct messages if it is none; returns the reply."""
        if channel:
            place, text = self.workspace.channel_id(channel), mention(self.workspace, text)
        else:
            place = self.workspace.direct_channel_id(user.id)
        ts = self.workspace.post_as(user.id, place, text)
        (reply,) = replied(self.workspace, place, ts)
        (message,) = self.workspace.replies(place, ts)
        return f"{reply} {message.blocks}"

    def whispered(self, user: User) -> str:
        return " ".join(f"{e.text} {e.blocks}" for e in self.workspace.ephemerals(user.id))

    def waits_for_whisper(self, user: User, text: str) -> bool:
        return self.workspace.wait_for(lambda: text in self.whispered(user))


@pytest.fixture
def office(workspace: Workspace, start_bot: StartBot, answerer: Answerer, tmp_path: Path) -> Office:
    return Office(workspace, start_bot, answerer, tmp_path / "collections.toml")


def test_a_right_that_is_taken_away_counts_from_the_next_question_on(office: Office) -> None:
    member, direct = office.workspace.member, ""
    assert PAY in office.ask(member, direct, BONUS)

    office.workspace.user_groups[HR].clear()

    after = office.ask(member, direct, BONUS)
    assert PAY not in after
    assert "pay.md" not in after
    assert "Searched 1 document," in after


def test_a_new_audience_counts_from_the_next_question_on(office: Office) -> None:
    colleague = office.workspace.colleague
    assert PAY not in office.ask(colleague, "", BONUS)

    office.write(COLLECTIONS + f'people = ["{colleague.id}"]\n')
    assert PAY in office.ask(colleague, "", BONUS)

    office.write("[hr\n")
    assert UNREADABLE in office.ask(colleague, "", OPENING)


def test_what_only_the_asker_may_see_goes_to_the_asker_alone(
    office: Office, tmp_path: Path
) -> None:
    member, colleague = office.workspace.member, office.workspace.colleague

    public = office.ask(member, "general", BONUS)

    assert PAY not in public
    assert "pay.md" not in public
    assert "Searched 1 document," in public
    assert office.waits_for_whisper(member, PAY)
    assert ONLY_YOU in office.whispered(member)
    assert office.whispered(colleague) == ""
    with closing(Records.open(tmp_path / RECORDS_FILE)) as records:
        # A note below an answer, that its document has changed, stands where all can read it.
        due = records.notices.due(generation=99, younger_than_s=999.0, limit=9)
        assert not any(one.kept.result.citations for one in due)
    assert office.ask(colleague, "general", BONUS).startswith(public.split(".")[0])
    assert office.whispered(colleague) == ""


def test_a_private_answer_is_not_shared_with_those_who_may_not_see_it(office: Office) -> None:
    workspace, member = office.workspace, office.workspace.member
    channel = workspace.channel_id("general")
    workspace.command_as(member.id, channel, f"/onrecord ask {BONUS}")
    assert office.waits_for_whisper(member, PAY)
    (private,) = workspace.ephemerals(member.id)

    workspace.press_as(member.id, channel, private.ts, actions.SHARE)
    assert office.waits_for_whisper(member, NOT_FOR_ALL)
    assert workspace.messages(channel) == []

    office.write(COLLECTIONS + f'channels = ["{channel}"]\n')
    workspace.press_as(member.id, channel, private.ts, actions.SHARE)
    assert workspace.wait_for(lambda: len(workspace.messages(channel)) == 1)
    assert PAY in workspace.messages(channel)[0].text


def test_passages_are_opened_for_who_looks_not_for_who_asked(office: Office) -> None:
    workspace, channel = office.workspace, office.workspace.channel_id("general")
    office.write(COLLECTIONS + f'channels = ["{channel}"]\n')
    assert PAY in office.ask(workspace.member, "general", BONUS)
    question = workspace.messages(channel)[0].ts
    answer = workspace.replies(channel, question)[0].ts

    office.write(COLLECTIONS)
    for user, sees in ((workspace.member, True), (workspace.colleague, False)):
        workspace.press_as(user.id, channel, answer, actions.SHOW_PASSAGES)
        assert workspace.wait_for(lambda user=user: workspace.modal(user.id) is not None)
        modal = str(workspace.modal(user.id))
        assert (PAY in modal) is sees
        assert ("not open to you" in modal) is not sees


def test_guests_and_shared_channels_are_shown_nothing_that_is_not_open_to_them(
    office: Office,
) -> None:
    workspace = office.workspace
    assert GATE in office.ask(workspace.member, "questions", OPENING)
    assert GUEST in office.ask(workspace.guest, "questions", OPENING)
    assert GUEST in office.ask(workspace.guest, "", OPENING)

    workspace.open_home_as(workspace.guest.id)
    assert workspace.wait_for(lambda: GUEST in str(workspace.home(workspace.guest.id)))

    workspace.channel(workspace.channel_id("general")).is_ext_shared = True
    shared = office.ask(workspace.member, "general", OPENING)
    assert SHARED in shared
    assert GATE not in shared

    office.write(COLLECTIONS + "[main]\neveryone = true\nguests = true\n")
    assert GATE in office.ask(workspace.guest, "questions", OPENING)
    assert GATE in office.ask(workspace.member, "general", OPENING)


def test_where_main_is_named_guests_who_only_read_along_count(office: Office) -> None:
    office.write(COLLECTIONS + "[main]\neveryone = true\n")
    workspace = office.workspace

    assert GATE in office.ask(workspace.member, "general", OPENING)
    with_guest = office.ask(workspace.member, "questions", OPENING)
    assert GATE not in with_guest
    assert "Guests read in this channel" in with_guest
    assert office.waits_for_whisper(workspace.member, GATE)

    workspace.channel(workspace.channel_id("questions")).members.remove(workspace.guest.id)
    assert GATE in office.ask(workspace.member, "questions", OPENING)


def test_what_slack_does_not_say_is_not_permitted(office: Office) -> None:
    workspace = office.workspace

    workspace.faults.answer_429(50, retry_after_s=30, method="usergroups.list")
    doubtful = office.ask(workspace.member, "", BONUS)
    assert PAY not in doubtful
    assert "Slack does not say" in doubtful
    workspace.faults.clear()

    for method in ("users.info", "users.list"):
        workspace.faults.answer_429(50, retry_after_s=30, method=method)
    assert "Slack does not say who would see the answer" in office.ask(
        workspace.member, "", OPENING
    )


def test_sources_and_status_tell_of_what_one_may_see(office: Office) -> None:
    workspace, channel = office.workspace, office.workspace.channel_id("general")
    for user, sees in ((workspace.member, True), (workspace.colleague, False)):
        workspace.command_as(user.id, channel, "/onrecord status")
        count = "2 documents with 2 passages" if sees else "1 document with 1 passage"
        assert office.waits_for_whisper(user, count)
        workspace.command_as(user.id, channel, "/onrecord sources")
        assert office.waits_for_whisper(user, "gate.md")
        assert ("pay.md" in office.whispered(user)) is sees
        workspace.open_home_as(user.id)
        assert workspace.wait_for(lambda user=user: "Gate" in str(workspace.home(user.id)))
        assert ("Bonus" in str(workspace.home(user.id))) is sees

    workspace.command_as(workspace.admin.id, channel, "/onrecord sources")
    assert office.waits_for_whisper(workspace.admin, "gate.md")
    assert "pay.md" not in office.whispered(workspace.admin)


def test_a_channel_for_which_nothing_is_open_says_so(office: Office) -> None:
    office.write(COLLECTIONS + '[main]\npeople = ["U0ADMIN"]\n')
    assert CLOSED_CHANNEL in office.ask(office.workspace.colleague, "general", OPENING)
