from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from bot.slack.clients import web_client
from bot.slack.poster import AbandonedError, Poster, RecalledError, UndeliverableError
from bot.slack.replies import Reply, Standing
from bot.slack.show.answers import Dress, answer_message, note_message
from bot.slack.show.message import Message, View
from bot.workspace.workspace import Workspace
from tests.bot.slack.examples import answer
from tests.scenarios.harmless import assert_harmless

POST = "chat.postMessage"
ODD = Message("The answer.", ({"type": "no_such_block"},))
NOTE = note_message("A note.")


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as workspace:
        yield workspace
        assert_harmless(workspace)


def make_poster(workspace: Workspace, interval_s: float = 0.0, backoff_s: float = 0.01) -> Poster:
    return Poster(
        web_client(workspace.api_url, workspace.bot_token),
        interval_s=interval_s,
        first_backoff_s=backoff_s,
    )


@pytest.fixture
def poster(workspace: Workspace) -> Poster:
    return make_poster(workspace)


@pytest.fixture
def reply(workspace: Workspace) -> Reply:
    channel = workspace.channel_id("general")
    ts = workspace.post_as(workspace.member.id, channel, "a question")
    message = answer_message(answer(), Dress(answer_id="answer-1"))
    return Reply("answer-1", channel, ts, ts, message)


def posted(workspace: Workspace, reply: Reply) -> list[str]:
    return [message.ts for message in workspace.replies(reply.channel, reply.thread)]


def test_a_reply_stands_in_its_thread_and_nothing_unfurls(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply).ts

    assert posted(workspace, reply) == [ts]
    (call,) = workspace.recorder.calls(POST)
    assert [call.arguments[name] for name in ("unfurl_links", "unfurl_media")] == [False, False]
    assert (call.arguments["parse"], call.arguments["link_names"]) == ("none", False)


def test_a_post_that_was_cut_after_slack_took_it_is_not_repeated(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    workspace.faults.cut_after_accept()

    ts = poster.post(reply).ts

    assert posted(workspace, reply) == [ts]
    assert workspace.recorder.count(POST) == 1


def test_a_post_that_slack_did_not_take_is_repeated(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    workspace.faults.answer_5xx(times=3, method=POST)

    ts = poster.post(reply).ts

    assert posted(workspace, reply) == [ts]


def test_while_the_thread_cannot_be_read_nothing_is_posted_again(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    workspace.faults.cut_after_accept()
    workspace.faults.answer_5xx(times=7, method="conversations.replies")

    ts = poster.post(reply).ts

    assert posted(workspace, reply) == [ts]


def test_rate_limits_are_waited_out(workspace: Workspace, poster: Poster, reply: Reply) -> None:
    workspace.faults.answer_429(times=2, retry_after_s=0)

    ts = poster.post(reply).ts

    assert posted(workspace, reply) == [ts]
    assert workspace.recorder.count("conversations.replies") == 0


def test_an_answer_posted_before_a_restart_is_recognised(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply).ts

    assert make_poster(workspace).post(reply, maybe_posted=True).ts == ts
    assert workspace.recorder.count(POST) == 1


def test_the_answer_to_another_question_of_the_thread_is_not_taken_for_it(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    poster.post(Reply("answer-0", reply.channel, reply.thread, reply.thread, reply.message))

    poster.post(reply, maybe_posted=True)

    assert len(posted(workspace, reply)) == 2


def test_an_earlier_answer_is_found_in_a_long_thread(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    for n in range(230):
        workspace.post_as(workspace.member.id, reply.channel, f"talk {n}", thread_ts=reply.thread)
    ts = poster.post(reply).ts

    assert make_poster(workspace).post(reply, maybe_posted=True).ts == ts


def test_blocks_that_slack_refuses_are_sent_in_the_plainest_form(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    poster.post(Reply(reply.answer_id, reply.channel, reply.thread, reply.thread, ODD))

    (message,) = workspace.replies(reply.channel, reply.thread)
    assert [block["type"] for block in message.blocks] == ["section"]
    assert message.text == "The answer."


def test_what_slack_refuses_for_good_is_undeliverable(poster: Poster, reply: Reply) -> None:
    with pytest.raises(UndeliverableError, match="channel_not_found"):
        poster.post(Reply("a", "C0NOWHERE", reply.thread, reply.thread, reply.message))


def test_posts_into_one_channel_keep_their_distance(workspace: Workspace, reply: Reply) -> None:
    poster = make_poster(workspace, interval_s=0.2)
    for n in range(3):
        poster.post(Reply(f"a{n}", reply.channel, reply.thread, reply.thread, reply.message))

    times = [float(ts) for ts in posted(workspace, reply)]
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.15


def test_a_stopping_bot_gives_up_waiting(workspace: Workspace, reply: Reply) -> None:
    poster = make_poster(workspace, backoff_s=60)
    workspace.faults.answer_5xx(times=100, method=POST)
    ended = threading.Event()

    def post() -> None:
        with pytest.raises(AbandonedError):
            poster.post(reply)
        ended.set()

    thread = threading.Thread(target=post)
    thread.start()
    poster.abandon()
    assert ended.wait(timeout=10)
    thread.join()


def test_a_stopped_bot_writes_nothing_more(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply).ts
    poster.abandon()

    for write in (
        lambda: poster.post(reply),
        lambda: poster.update(ts, reply),
        lambda: poster.delete(reply.channel, ts),
    ):
        with pytest.raises(AbandonedError):
            write()

    assert posted(workspace, reply) == [ts]


def test_a_reply_that_is_not_wanted_any_more_is_not_sent(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    with pytest.raises(RecalledError) as recalled:
        poster.post(reply, is_wanted=lambda: False)

    assert not recalled.value.maybe_posted
    assert posted(workspace, reply) == []


def test_a_reply_that_is_recalled_while_its_fate_is_unknown_says_so(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    workspace.faults.answer_5xx(method=POST)
    wanted = iter([True, False])

    with pytest.raises(RecalledError) as recalled:
        poster.post(reply, is_wanted=lambda: next(wanted))

    assert recalled.value.maybe_posted


def test_an_update_takes_the_place_of_the_earlier_reply(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply).ts
    later = Reply(reply.answer_id, reply.channel, reply.thread, reply.thread, NOTE, revision=2)
    workspace.faults.cut_after_accept(method="chat.update")

    poster.update(ts, later)

    assert [(m.ts, m.text) for m in workspace.replies(reply.channel, reply.thread)] == [
        (ts, "A note.")
    ]
    assert poster.find(reply) == Standing(ts, 2)


def test_an_update_that_slack_finds_too_rich_is_made_plain(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply).ts

    poster.update(ts, Reply(reply.answer_id, reply.channel, reply.thread, reply.thread, ODD))

    (message,) = workspace.replies(reply.channel, reply.thread)
    assert [block["type"] for block in message.blocks] == ["section"]


def test_an_update_of_what_is_gone_says_so(poster: Poster, reply: Reply) -> None:
    with pytest.raises(UndeliverableError, match="message_not_found"):
        poster.update("1700000000.000100", reply)


def test_a_deletion_is_done_once_and_fine_when_done_before(
    workspace: Workspace, poster: Poster, reply: Reply
) -> None:
    ts = poster.post(reply).ts
    workspace.faults.cut_after_accept(method="chat.delete")

    poster.delete(reply.channel, ts)

    assert posted(workspace, reply) == []
    assert poster.find(reply) is None


def test_a_message_of_its_own_is_sent_once_to_a_channel_and_to_a_person(
    workspace: Workspace, poster: Poster
) -> None:
    workspace.faults.cut_after_accept()
    channel = workspace.channel_id("general")

    sent = poster.send(channel, NOTE)
    to_person = poster.send(workspace.member.id, NOTE)

    assert [(m.ts, m.thread_ts) for m in workspace.messages(channel)] == [(sent.ts, None)]
    assert to_person.channel == workspace.direct_channel_id(workspace.member.id)


def test_what_somebody_waits_for_is_given_up_in_time(workspace: Workspace, reply: Reply) -> None:
    workspace.faults.answer_5xx(times=1000)
    client = web_client(workspace.api_url, workspace.bot_token)
    poster = Poster(client, first_backoff_s=0.04, desk_patience_s=0.05, view_patience_s=0.05)

    with pytest.raises(UndeliverableError, match="server_error"):
        poster.change(reply.channel, "1700000000.000100", NOTE)
    with pytest.raises(UndeliverableError, match="server_error"):
        poster.open_view("1.0.trigger", {})


def test_a_whisper_is_seen_by_one_person(workspace: Workspace, poster: Poster) -> None:
    poster.whisper(workspace.channel_id("general"), workspace.member.id, NOTE)

    assert [message.text for message in workspace.ephemerals(workspace.member.id)] == ["A note."]
    assert workspace.ephemerals(workspace.admin.id) == []


def command_url(workspace: Workspace) -> str:
    channel = workspace.channel_id("general")
    delivery = workspace.command_as(workspace.member.id, channel, "/onrecord help")
    return str(delivery.payload["response_url"])


def test_a_command_is_answered_at_its_address(workspace: Workspace, poster: Poster) -> None:
    workspace.faults.answer_5xx(times=2)

    poster.respond(command_url(workspace), NOTE)

    (message,) = workspace.ephemerals(workspace.member.id)
    assert message.text == "A note."


def test_an_answer_to_a_command_can_be_for_everybody(workspace: Workspace, poster: Poster) -> None:
    poster.respond(command_url(workspace), NOTE, in_channel=True)

    assert [m.text for m in workspace.messages(workspace.channel_id("general"))] == ["A note."]


def test_an_address_that_is_used_up_is_undeliverable(workspace: Workspace, poster: Poster) -> None:
    url = command_url(workspace)
    for _ in range(5):
        poster.respond(url, NOTE)

    with pytest.raises(UndeliverableError, match="used_url"):
        poster.respond(url, NOTE)


def modal(text: str) -> View:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "A title"},
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": text}}],
    }


def test_a_modal_opens_changes_and_is_covered(workspace: Workspace, poster: Poster) -> None:
    channel, member = workspace.channel_id("general"), workspace.member.id
    first = workspace.command_as(member, channel, "/onrecord one").payload["trigger_id"]
    second = workspace.command_as(member, channel, "/onrecord two").payload["trigger_id"]

    view_id = poster.open_view(str(first), modal("one"))
    poster.update_view(view_id, modal("one, changed"))
    assert "one, changed" in str(workspace.modal(member))
    poster.push_view(str(second), modal("two"))

    assert "two" in str(workspace.modal(member))
    with pytest.raises(UndeliverableError, match="exchanged_trigger_id"):
        poster.open_view(str(first), modal("again"))
    with pytest.raises(UndeliverableError, match="not_found"):
        poster.update_view("V0NONE", modal("again"))


def test_a_home_is_published_and_questions_are_offered(
    workspace: Workspace, poster: Poster
) -> None:
    member = workspace.member.id

    poster.publish_home(member, {"type": "home", "blocks": modal("home")["blocks"]})
    poster.suggest(workspace.direct_channel_id(member), ["When?", "Where?"])

    assert "home" in str(workspace.home(member))
    (call,) = workspace.recorder.calls("assistant.threads.setSuggestedPrompts")
    assert call.error is None
