"""How to ask: what a mere mention gets, and who asks for help."""

from __future__ import annotations

from typing import Final

from bot.slack.safe_text import markdown
from bot.slack.show.message import Message
from bot.slack.show.notes import spoken

_WORDS: Final = (
    ("ask QUESTION", "answers so that only you see it; you can share the answer"),
    ("check CLAIM", "says whether the documents support a claim, contradict it, or neither"),
    ("sources", "lists the documents"),
    ("status", "says how many documents are indexed, and since when"),
    ("help", "shows this"),
)
_WORDS_FOR_ADMINS: Final = (
    ("reindex", "shows what reading the documents anew would change, and does it"),
    ("rollback", "goes back to the documents as they were before the last change"),
    ("gaps", "lists questions that the documents should answer"),
    ("feedback", "lists what people said of answers"),
    ("written", "lists what a chat model wrote, and what of it was not posted and why"),
    ("followups on|off", "whether I answer follow-ups in this channel without a mention"),
)


def help_message(bot_name: str, command: str = "/onrecord", is_admin: bool = False) -> Message:
    """Return how to ask, what to expect, and the words of the command."""
    asking = (
        f"Ask me in a sentence, for example: @{bot_name} How do I add a document?"
        " In a direct message, and in a thread that only the two of us use, you need no mention.",
        "I answer with quotations from the indexed documents, word for word, each with its source."
        " When they do not hold the answer, I say so.",
        "To check what a message claims, choose “Check this message” from its menu.",
    )
    lists = [("Commands", _WORDS), *([("For admins", _WORDS_FOR_ADMINS)] if is_admin else [])]
    shown, said = [markdown(text) for text in asking], list(asking)
    for title, words in lists:
        rows = "\n".join(f"- `{command} {word}` {meaning}" for word, meaning in words)
        shown.append(f"**{title}**\n\n{rows}")
        spoken_rows = "; ".join(f"{command} {word} {meaning}" for word, meaning in words)
        said.append(f"{title}: {spoken_rows}.")
    return Message(spoken(said), ({"type": "markdown", "text": "\n\n".join(shown)},))
