"""Buttons, modals, commands, the shortcut and the home: what people press and what they get."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.slack.desk.commands import FOLLOW_UPS_OFF, NO_QUESTION, NOT_ADMIN
from bot.slack.desk.desk import FAILED
from bot.slack.desk.feedback import THANKS
from bot.slack.desk.gaps import ASKED, ASKED_BEFORE, REPORTED
from bot.slack.desk.options import BotOptions
from bot.slack.desk.running import CANCELLING, STARTED
from bot.slack.desk.sharing import SHARED
from bot.slack.desk.upkeep import Reindex, Upkeep
from bot.slack.records import RECORDS_FILE, Records
from bot.slack.records.feedback import Kind
from bot.slack.show import actions
from bot.slack.show.preview import REMOVE
from bot.workspace.workspace import Workspace
from retrieval.errors import OnrecordError, RunCancelledError, TooManyRemovedError
from retrieval.index.rows import SourceInfo
from retrieval.index.run import Run, Start
from retrieval.index.status import CorpusStatus
from retrieval.ingest.report import Changes, IndexReport, Progress
from retrieval.ingest.rollback import RollbackReport
from retrieval.model import Label, Verdict
from tests.bot.examples import citation
from tests.bot.slack.examples import ScriptedAnswerer, refusal
from tests.scenarios.conftest import StartBot
from tests.scenarios.test_asking import mention, replied

REPORT = IndexReport(
    generation=8,
    sources=6,
    passages=112,
    added=1,
    changed=2,
    removed=0,
    unchanged=3,
    failed=(),
    elapsed_s=1.5,
)


def reindex(progress: Callable[[Progress], None], start: Start) -> IndexReport:
    progress(Progress(done_files=3, total_files=6, passages=50, source="a.md"))
    return REPORT


PREVIEW = replace(REPORT, generation=7, changes=Changes(("new.md",), ("a.md", "b.md")))
UPKEEP = Upkeep(
    reindex=reindex,
    preview=lambda: PREVIEW,
    rollback=lambda by: RollbackReport(generation=9, restored=7, documents=6, passages=112),
)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """What the bot keeps, read beside it."""
    with closing(Records.open(tmp_path / RECORDS_FILE)) as records:
        yield records


class Knowing(ScriptedAnswerer):
    """Supports every claim, and has one document."""

    def check_each(self, text: str) -> tuple[Verdict, ...]:
        return (supported(text),)

    def status(self) -> CorpusStatus:
        source = SourceInfo("city/bridges.md", "Bridges", "2025-01-31", None, 112)
        return replace(super().status(), sources=(source,))


class Changed(ScriptedAnswerer):
    """Has something to go back to."""

    def status(self) -> CorpusStatus:
        return replace(super().status(), previous=6)


class Broken(ScriptedAnswerer):
    def status(self) -> CorpusStatus:
        raise ValueError("a secret that no reader may see")


def supported(claim: str) -> Verdict:
    message = "Supported by the documents:"
    return Verdict(claim, Label.SUPPORTED, message, 7, citations=(citation(claim),))


def options(workspace: Workspace, upkeep: Upkeep = UPKEEP) -> BotOptions:
    return BotOptions(
        admins=frozenset({workspace.admin.id}),
        owners_channel=workspace.channel_id("owners"),
        upkeep=upkeep,
    )


def ask(workspace: Workspace, text: str = "when?") -> tuple[str, str]:
    """Ask in #general and wait for the answer; returns the channel and the answer's `ts`."""
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, mention(workspace, text))
    replied(workspace, channel, ts)
    return channel, workspace.replies(channel, ts)[0].ts


def agree_to_reindex(workspace: Workspace, opened: str = "new.md") -> None:
    """As the admin, look at what a run would change, and start it."""
    admin = workspace.admin.id
    workspace.command_as(admin, workspace.channel_id("general"), "/onrecord reindex")
    assert workspace.wait_for(lambda: opened in shown(workspace.modal(admin)))
    workspace.submit_as(admin, {})


def whispers(workspace: Workspace, user: str) -> list[str]:
    return [message.text for message in workspace.ephemerals(user)]


def told(workspace: Workspace, user: str, text: str) -> bool:
    return workspace.wait_for(lambda: any(text in said for said in whispers(workspace, user)))


def shown(view: object) -> str:
    return str(view)


def test_show_passages_opens_the_quotation_in_its_paragraph(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, ts = ask(workspace)

    workspace.press_as(workspace.member.id, channel, ts, actions.SHOW_PASSAGES)

    assert workspace.wait_for(lambda: workspace.modal(workspace.member.id) is not None)
    modal = shown(workspace.modal(workspace.member.id))
    assert "You asked: when?" in modal
    assert "city/bridges.md" in modal


def test_a_thumb_up_is_kept_and_thanked(
    workspace: Workspace, start_bot: StartBot, records: Records
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, ts = ask(workspace)

    workspace.press_as(workspace.member.id, channel, ts, actions.FEEDBACK, "positive")

    assert told(workspace, workspace.member.id, THANKS)
    (said,) = records.feedback.all()
    assert (said.is_good, said.question, said.user) == (True, "when?", workspace.member.id)
    (thanks,) = workspace.ephemerals(workspace.member.id)
    assert thanks.thread_ts == workspace.messages(channel)[0].ts


def test_a_thumb_down_asks_what_was_wrong_and_keeps_it(
    workspace: Workspace, start_bot: StartBot, records: Records
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, ts = ask(workspace)
    member = workspace.member.id

    workspace.press_as(member, channel, ts, actions.FEEDBACK, "negative")
    assert workspace.wait_for(lambda: workspace.modal(member) is not None)
    delivery = workspace.submit_as(
        member, {"kind": "wrong", "right_passage": "It opened in 1932.", "comment": "too early"}
    )

    assert workspace.wait_for(lambda: delivery.acked_at is not None)
    (said,) = records.feedback.all()
    assert (said.is_good, said.kind) == (False, Kind.WRONG)
    assert (said.right_passage, said.comment) == ("It opened in 1932.", "too early")
    assert workspace.modal(member) is None


def test_a_refused_question_can_be_handed_to_people_once(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(lambda question: refusal()), options=options(workspace))
    channel, ts = ask(workspace, "who paid?")
    member = workspace.member.id
    owners = workspace.channel_id("owners")

    workspace.press_as(member, channel, ts, actions.ASK_PERSON)
    assert told(workspace, member, ASKED)

    (message,) = workspace.messages(owners)
    assert "who paid?" in message.text
    (reply,) = workspace.replies(channel, workspace.messages(channel)[0].ts)
    assert actions.ASK_PERSON not in str(reply.blocks)
    assert "Asked the owners" in str(reply.blocks)
    with pytest.raises(Exception, match="action_not_found"):
        workspace.press_as(member, channel, ts, actions.ASK_PERSON)
    assert ASKED_BEFORE not in whispers(workspace, member)


def test_a_gap_is_reported_and_admins_see_it(
    workspace: Workspace, start_bot: StartBot, records: Records
) -> None:
    start_bot(ScriptedAnswerer(lambda question: refusal()), options=options(workspace))
    channel, ts = ask(workspace, "who paid?")

    workspace.press_as(workspace.member.id, channel, ts, actions.REPORT_GAP)
    assert told(workspace, workspace.member.id, REPORTED)

    workspace.command_as(workspace.admin.id, channel, "/onrecord gaps")
    assert told(workspace, workspace.admin.id, "who paid?")
    (act,) = records.audit.recent(5)
    assert (act.user, act.act, act.outcome) == (workspace.admin.id, "gaps", "read")


def test_without_an_owners_channel_nobody_is_offered_one(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(lambda question: refusal()), options=BotOptions())
    channel, _ = ask(workspace)

    blocks = str(workspace.thread(channel, workspace.messages(channel)[0].ts)[1].blocks)
    assert actions.ASK_PERSON not in blocks
    assert actions.REPORT_GAP in blocks


def test_an_owners_channel_without_the_bot_is_said_and_can_be_tried_again(
    workspace: Workspace, start_bot: StartBot
) -> None:
    chosen = options(workspace)
    start_bot(ScriptedAnswerer(lambda question: refusal()), options=chosen)
    channel, ts = ask(workspace)
    workspace.channel(chosen.owners_channel).members.remove(workspace.bot.id)
    member = workspace.member.id

    workspace.press_as(member, channel, ts, actions.ASK_PERSON)
    assert told(workspace, member, "could not post to the owners' channel")

    workspace.channel(chosen.owners_channel).members.append(workspace.bot.id)
    workspace.press_as(member, channel, ts, actions.ASK_PERSON)
    assert told(workspace, member, ASKED)


def test_a_command_is_answered_in_private_and_can_be_shared(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id

    workspace.command_as(member, channel, "/onrecord ask when was it?")
    assert told(workspace, member, "You asked: when was it?")
    assert workspace.messages(channel) == []

    (private,) = workspace.ephemerals(member)
    workspace.press_as(member, channel, private.ts, actions.SHARE)

    assert workspace.wait_for(lambda: len(workspace.messages(channel)) == 1)
    (public,) = workspace.messages(channel)
    assert "when was it?" in public.text
    assert "You asked: when was it?" in public.text


def test_an_answer_is_shared_once_although_the_connection_was_cut(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id
    workspace.command_as(member, channel, "/onrecord ask when was it?")
    assert told(workspace, member, "You asked: when was it?")
    (private,) = workspace.ephemerals(member)
    workspace.faults.cut_after_accept()

    workspace.press_as(member, channel, private.ts, actions.SHARE)

    assert told(workspace, member, SHARED)
    assert len(workspace.messages(channel)) == 1


def test_an_answer_is_shared_where_the_bot_is_no_member(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id
    workspace.channel(channel).members.remove(workspace.bot.id)
    workspace.command_as(member, channel, "/onrecord ask when was it?")
    assert told(workspace, member, "You asked: when was it?")
    (private,) = workspace.ephemerals(member)

    workspace.press_as(member, channel, private.ts, actions.SHARE)

    assert told(workspace, member, SHARED)
    assert len(workspace.messages(channel)) == 1


def test_words_that_are_no_command_are_a_question(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id

    workspace.command_as(member, channel, "/onrecord when was it?")

    assert told(workspace, member, "You asked: when was it?")


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("/onrecord help", "/onrecord"),
        ("/onrecord", "/onrecord"),
        ("/onrecord nonsense", "/onrecord"),
        ("/onrecord sources", "Bridges"),
        ("/onrecord status", "112 passages"),
        ("/onrecord ask", NO_QUESTION),
    ],
)
def test_commands_tell_their_user_alone(
    workspace: Workspace, start_bot: StartBot, typed: str, answered: str
) -> None:
    start_bot(Knowing(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id

    workspace.command_as(member, channel, typed)

    assert told(workspace, member, answered)
    assert workspace.messages(channel) == []


def test_a_claim_is_checked_by_command(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(Knowing(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id

    workspace.command_as(member, channel, "/onrecord check The bridge opened in 1932.")

    assert told(workspace, member, "Supported")


def test_a_message_is_checked_in_a_modal_that_only_its_reader_sees(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(Knowing(), options=options(workspace))
    channel, colleague = workspace.channel_id("general"), workspace.colleague.id
    ts = workspace.post_as(workspace.member.id, channel, "The bridge opened in 1932.")

    workspace.shortcut_as(colleague, actions.CHECK_SHORTCUT, channel, ts)

    assert workspace.wait_for(lambda: "Supported" in shown(workspace.modal(colleague)))
    assert workspace.modal(workspace.member.id) is None
    assert len(workspace.messages(channel)) == 1


@pytest.mark.parametrize(
    "word", ["reindex", "rollback", "gaps", "feedback", "written", "followups off"]
)
def test_admin_commands_are_refused_to_others_and_audited(
    workspace: Workspace, start_bot: StartBot, records: Records, word: str
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id

    workspace.command_as(member, channel, f"/onrecord {word}")

    assert told(workspace, member, NOT_ADMIN)
    assert workspace.modal(member) is None
    (act,) = records.audit.recent(5)
    assert (act.user, act.outcome) == (member, "not permitted")


def test_an_admin_reindexes_and_follows_it_in_one_message(
    workspace: Workspace, start_bot: StartBot, records: Records
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    admin = workspace.admin.id
    direct = workspace.direct_channel_id(admin)

    workspace.command_as(admin, workspace.channel_id("general"), "/onrecord reindex")
    assert workspace.wait_for(lambda: "new.md" in shown(workspace.modal(admin)))
    assert workspace.messages(direct) == []
    workspace.submit_as(admin, {})

    assert workspace.wait_for(
        lambda: any("generation 8" in m.text.lower() for m in workspace.messages(direct))
    )
    assert len(workspace.messages(direct)) == 1
    assert workspace.wait_for(lambda: records.audit.last("reindex") is not None)
    (act,) = records.audit.recent(2)
    assert (act.user, act.outcome[:12]) == (admin, "generation 8")


def test_a_run_that_fails_says_what_to_do(workspace: Workspace, start_bot: StartBot) -> None:
    def fail(progress: Callable[[Progress], None], start: Start) -> IndexReport:
        raise OnrecordError("The corpus folder is gone.", "Mount it again.")

    start_bot(ScriptedAnswerer(), options=options(workspace, replace(UPKEEP, reindex=fail)))
    direct = workspace.direct_channel_id(workspace.admin.id)

    agree_to_reindex(workspace)

    assert workspace.wait_for(
        lambda: any("Mount it again." in m.text for m in workspace.messages(direct))
    )


def test_an_admin_ends_a_run_where_its_progress_stands(
    workspace: Workspace, start_bot: StartBot, records: Records
) -> None:
    begun: list[Run] = []
    ended = threading.Event()

    def run_until_ended(progress: Callable[[Progress], None], start: Start) -> IndexReport:
        begun.append(Run(start, 7, "2026-11-28T10:00:00+00:00", Progress(1, 9, 4, "a.md")))
        assert ended.wait(20)
        begun.clear()
        raise RunCancelledError("The run was cancelled by an admin.", "Generation 7 goes on.")

    def cancel(by: str, run_id: str) -> Run | None:
        run = begun[0] if begun and begun[0].start.id == run_id else None
        if run is not None:
            ended.set()
        return run

    upkeep = replace(
        UPKEEP,
        reindex=run_until_ended,
        running=lambda: begun[0] if begun else None,
        cancel=cancel,
    )
    start_bot(ScriptedAnswerer(), options=options(workspace, upkeep))
    admin, member, general = (
        workspace.admin.id,
        workspace.member.id,
        workspace.channel_id("general"),
    )
    direct = workspace.direct_channel_id(admin)
    agree_to_reindex(workspace)
    assert workspace.wait_for(lambda: bool(begun))

    for person in (admin, member):
        workspace.command_as(person, general, "/onrecord status")
    assert told(workspace, admin, f"Started by {admin} in Slack")
    assert told(workspace, member, "A run is in work. Indexing: 4 passages")
    assert not any(admin in said for said in whispers(workspace, member))
    workspace.command_as(admin, general, "/onrecord reindex")
    busy = "A run is in work already: Indexing: 1 of 9 files read"
    assert workspace.wait_for(lambda: busy in shown(workspace.modal(admin)))
    workspace.close_modal_as(admin)
    workspace.open_home_as(admin)
    assert workspace.wait_for(lambda: "1 of 9 files read" in shown(workspace.home(admin)))
    (message,) = workspace.messages(direct)
    workspace.press_as(admin, direct, message.ts, actions.CANCEL_RUN)

    assert workspace.wait_for(lambda: "Generation 7 goes on." in workspace.messages(direct)[0].text)
    assert told(workspace, admin, CANCELLING)
    assert workspace.wait_for(lambda: records.audit.last("reindex") is not None)
    assert records.audit.last("reindex").outcome.startswith("cancelled")  # type: ignore[union-attr]  # waited for


def test_an_admin_rolls_back_after_being_asked(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(Changed(), options=options(workspace))
    admin, general = workspace.admin.id, workspace.channel_id("general")
    direct = workspace.direct_channel_id(admin)

    workspace.command_as(admin, general, "/onrecord rollback")
    assert told(workspace, admin, "Roll back to generation 6?")
    assert workspace.messages(direct) == []
    (offer,) = workspace.ephemerals(admin)
    workspace.press_as(admin, general, offer.ts, actions.ROLLBACK)

    assert workspace.wait_for(
        lambda: any("generation 9" in m.text.lower() for m in workspace.messages(direct))
    )
    assert told(workspace, admin, STARTED)
    with pytest.raises(Exception, match="action_not_found"):
        workspace.press_as(admin, general, offer.ts, actions.ROLLBACK)


def test_without_an_earlier_generation_an_admin_is_told_so(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    workspace.command_as(workspace.admin.id, workspace.channel_id("general"), "/onrecord rollback")

    assert told(workspace, workspace.admin.id, "no earlier generation")


def test_follow_ups_are_switched_off_in_one_channel(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer, options=options(workspace))
    channel, _ = ask(workspace)
    workspace.command_as(workspace.admin.id, channel, "/onrecord followups off")
    assert told(workspace, workspace.admin.id, FOLLOW_UPS_OFF)
    root = workspace.messages(channel)[0].ts

    workspace.post_as(workspace.member.id, channel, "and then?", thread_ts=root)
    assert workspace.wait_until_delivered()
    workspace.post_as(workspace.member.id, channel, mention(workspace, "and now?"), thread_ts=root)

    replied(workspace, channel, root, times=2)
    assert [question.text for question in answerer.questions] == ["when?", "and now?"]


def test_the_home_shows_what_there_is_and_admins_see_more(
    workspace: Workspace, start_bot: StartBot
) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    ask(workspace)
    for person in (workspace.member, workspace.admin):
        workspace.open_home_as(person.id)

    def home(user: str) -> str:
        return shown(workspace.home(user))

    member, admin = workspace.member.id, workspace.admin.id
    assert workspace.wait_for(lambda: bool(workspace.home(member) and workspace.home(admin)))
    assert "when?" in home(member)
    assert actions.REINDEX not in home(member)
    assert f"'action_id': '{actions.REINDEX}'" in home(admin)


def test_an_admin_reindexes_from_the_home(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    admin = workspace.admin.id
    workspace.open_home_as(admin)
    assert workspace.wait_for(lambda: workspace.home(admin) is not None)

    workspace.press_in_home_as(admin, actions.REINDEX)
    assert workspace.wait_for(lambda: "new.md" in shown(workspace.modal(admin)))
    workspace.submit_as(admin, {})

    assert workspace.wait_for(lambda: "generation 8" in shown(workspace.home(admin)))


def test_most_documents_are_removed_only_when_that_is_ticked(
    workspace: Workspace, start_bot: StartBot, records: Records
) -> None:
    runs: list[str] = []

    def refuse(progress: Callable[[Progress], None], start: Start) -> IndexReport:
        runs.append("refused")
        raise TooManyRemovedError("This run would remove 3 of the 4 documents.", "Look.")

    def removing(most: int) -> Reindex:
        def remove(progress: Callable[[Progress], None], start: Start) -> IndexReport:
            runs.append(f"removed up to {most}")
            return REPORT

        return remove

    gone = replace(PREVIEW, changes=Changes(removed=("a.md", "b.md", "c.md")), removed=3)
    # The folder is lost between the look at it and the run.
    previews = iter([PREVIEW, replace(gone, removes_too_many=True)])
    upkeep = replace(
        UPKEEP,
        reindex=refuse,
        reindex_removing=removing,
        preview=lambda: next(previews),
    )
    start_bot(ScriptedAnswerer(), options=options(workspace, upkeep))
    admin = workspace.admin.id
    direct = workspace.direct_channel_id(admin)

    agree_to_reindex(workspace)
    assert workspace.wait_for(
        lambda: any("would remove 3 of the 4" in m.text for m in workspace.messages(direct))
    )
    # The refusal is told a moment before the run is over.
    assert workspace.wait_for(lambda: records.audit.last(actions.REINDEX) is not None)
    (message,) = workspace.messages(direct)
    workspace.press_as(admin, direct, message.ts, actions.REINDEX)
    assert workspace.wait_for(lambda: "Remove 3 documents" in shown(workspace.modal(admin)))
    workspace.submit_as(admin, {REMOVE: ["3"]})

    assert workspace.wait_for(lambda: runs == ["refused", "removed up to 3"])


def test_a_run_that_was_quicker_is_told_to_who_agrees_to_another(
    workspace: Workspace, start_bot: StartBot
) -> None:
    looked_at, others = threading.Event(), Run(Start("the schedule"), 7, "", Progress(1, 9, 4, ""))

    def preview() -> IndexReport:
        looked_at.set()
        return PREVIEW

    upkeep = replace(
        UPKEEP, preview=preview, running=lambda: others if looked_at.is_set() else None
    )
    start_bot(ScriptedAnswerer(), options=options(workspace, upkeep))
    admin = workspace.admin.id
    direct = workspace.direct_channel_id(admin)

    agree_to_reindex(workspace)
    assert workspace.wait_for(lambda: len(workspace.messages(direct)) == 1)

    assert "Started by the schedule" in workspace.messages(direct)[0].text


def test_a_button_of_the_home_that_fails_says_so(workspace: Workspace, start_bot: StartBot) -> None:
    broken = threading.Event()

    def running() -> Run | None:
        if broken.is_set():
            raise ValueError("a secret that no reader may see")
        return None

    start_bot(ScriptedAnswerer(), options=options(workspace, replace(UPKEEP, running=running)))
    admin = workspace.admin.id
    direct = workspace.direct_channel_id(admin)
    workspace.open_home_as(admin)
    assert workspace.wait_for(lambda: workspace.home(admin) is not None)
    broken.set()

    workspace.press_in_home_as(admin, actions.REINDEX)

    assert workspace.wait_for(lambda: len(workspace.messages(direct)) == 1)
    assert workspace.messages(direct)[0].text == FAILED


def test_a_preview_that_fails_says_what_to_do(workspace: Workspace, start_bot: StartBot) -> None:
    def fail() -> IndexReport:
        raise OnrecordError("The corpus folder is gone.", "Mount it again.")

    start_bot(ScriptedAnswerer(), options=options(workspace, replace(UPKEEP, preview=fail)))
    admin = workspace.admin.id
    workspace.open_home_as(admin)
    assert workspace.wait_for(lambda: workspace.home(admin) is not None)

    workspace.press_in_home_as(admin, actions.REINDEX)

    assert workspace.wait_for(lambda: "Mount it again." in shown(workspace.modal(admin)))


def test_suggested_questions_stand_in_the_conversation_and_can_be_tried_from_home(
    workspace: Workspace, start_bot: StartBot
) -> None:
    answerer = ScriptedAnswerer()
    start_bot(answerer, options=options(workspace))
    member = workspace.member.id

    workspace.open_home_as(member, "messages")
    assert workspace.wait_for(lambda: bool(workspace.prompts(member)))
    workspace.open_home_as(member)
    assert workspace.wait_for(lambda: workspace.home(member) is not None)
    workspace.press_in_home_as(member, actions.TRY_QUESTION, "Who built it?")

    direct = workspace.direct_channel_id(member)
    assert workspace.wait_for(lambda: len(workspace.messages(direct)) == 2)
    assert len(answerer.questions) == 1
    said = "You asked “Who built it?”. The answer comes in the Messages tab."
    assert workspace.wait_for(lambda: said in shown(workspace.home(member)))


def test_every_interaction_is_acknowledged(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(ScriptedAnswerer(), options=options(workspace))
    channel, ts = ask(workspace)
    member = workspace.member.id
    deliveries = [
        workspace.command_as(member, channel, "/onrecord help"),
        workspace.press_as(member, channel, ts, actions.SHOW_PASSAGES),
        workspace.shortcut_as(member, actions.CHECK_SHORTCUT, channel, ts),
    ]

    assert workspace.wait_for(lambda: all(d.acked_at is not None for d in deliveries))


def test_a_desk_that_fails_says_so(workspace: Workspace, start_bot: StartBot) -> None:
    start_bot(Broken(), options=options(workspace))
    channel, member = workspace.channel_id("general"), workspace.member.id

    workspace.command_as(member, channel, "/onrecord status")

    assert told(workspace, member, "Something went wrong")
    assert "secret" not in " ".join(whispers(workspace, member))
