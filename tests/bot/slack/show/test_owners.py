from __future__ import annotations

from bot.slack.show.owners import owners_message
from retrieval.model import Reason, Refusal
from tests.bot.slack.examples import answer, refusal
from tests.bot.slack.show.rules import ORIGIN, all_words, check_message

LINK = f"{ORIGIN}archives/C1/p1?thread_ts=1.2&cid=C1"


def test_the_owners_read_who_asked_what_why_it_was_refused_and_where_to_answer() -> None:
    message = owners_message("Who\nbuilt *it*?", "U0MEMBER", refusal(), LINK)

    words = all_words(list(message.blocks))
    assert words[0] == "<@U0MEMBER> asked, and got no answer:"
    assert words[1] == (
        "> Who\n> built \\*it\\*?\n\n**No answer in the documents**\n\nThe documents do not say."
    )
    assert words[-1] == (
        f"Please answer in <{LINK.replace('&', '&amp;')}|the thread of the question>."
    )
    assert "“Passage 0.”" in words[3]
    assert message.text.startswith("<@U0MEMBER> asked, and got no answer: “Who built *it*?” No ")
    check_message(message)


def test_what_was_quoted_to_the_asker_is_quoted_to_the_owners() -> None:
    quotes = answer("Spokesmen deny it.")
    result = Refusal(
        "Why?",
        Reason.CONTRADICTED,
        "The documents say otherwise:",
        7,
        sentences=quotes.sentences,
        citations=quotes.citations,
    )
    message = owners_message("Why?", "U0MEMBER", result, LINK)

    assert "> Spokesmen deny it. [1]" in all_words(list(message.blocks))[1]
    assert "“Spokesmen deny it.”" in message.text


def test_a_question_asked_in_private_is_answered_to_its_asker() -> None:
    message = owners_message("Who?", "U0MEMBER", refusal(), None)

    assert message.text.endswith(
        "Please answer <@U0MEMBER> directly: the question was asked in private."
    )


def test_what_is_no_user_and_no_address_is_never_mentioned_or_linked() -> None:
    message = owners_message("Who?", "!channel", refusal(), "https://x.example/|<!channel>")

    assert message.text.startswith("Somebody asked, and got no answer:")
    assert "x.example" not in message.text
