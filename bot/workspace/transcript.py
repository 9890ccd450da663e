"""What the terminal chat has shown, and how it shows a message, a thread, a place."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.visible import visible
from bot.workspace.block_text import message_text
from bot.workspace.composer import Composer
from bot.workspace.state import Ephemeral, Message
from bot.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """Where one writes: a channel or a direct conversation, and maybe a thread in it."""

    channel: str
    thread_ts: str | None = None


class Transcript:
    """Prints each message of the app once, and again when it has changed."""

    def __init__(self, workspace: Workspace, console: Console, composer: Composer) -> None:
        self._workspace = workspace
        self._console = console
        self._composer = composer
        self._seen: dict[tuple[str, str], Message | Ephemeral] = {}

    def print_news(self, person: str) -> None:
        """Print what the app has written where this person can see it, and not yet here."""
        for channel in self._workspace.channels_of(person):
            for message in self._workspace.messages(channel.id):
                if message.bot_id == self._workspace.bot_id:
                    self._print_new(message)
        for ephemeral in self._workspace.ephemerals(person):
            self._print_new(ephemeral)

    def print_place(self, place: Place) -> None:
        """Print a thread in full, or a channel's messages with their numbers."""
        if place.thread_ts is not None:
            for message in self._workspace.thread(place.channel, place.thread_ts):
                self._print(message)
            return
        roots = self.roots(place.channel)
        if not roots:
            self.note("Nobody has written here yet.")
            return
        table = Table(box=None, show_header=False)
        for number, root in enumerate(roots, 1):
            replies = len(self._workspace.thread(place.channel, root.ts)) - 1
            counted = f"{replies} {'reply' if replies == 1 else 'replies'}" if replies else ""
            text = message_text(root.text, (), self._composer)
            table.add_row(str(number), self._workspace.user(root.user).name, text, counted)
        self._console.print(table)

    def note(self, text: str) -> None:
        """Print a remark of the chat's own."""
        self._console.print(Text(visible(text), "yellow"))

    def name(self, place: Place) -> str:
        """Name a place, such as `#general, thread 2`; threads count from the channel's start."""
        channel = self._workspace.channel(place.channel)
        name = "direct messages" if channel.is_direct else f"#{channel.name}"
        roots = [root.ts for root in self.roots(place.channel)]
        if place.thread_ts not in roots:
            return name
        return f"{name}, thread {roots.index(place.thread_ts) + 1}"

    def roots(self, channel: str) -> list[Message]:
        """Return the messages that stand in a channel itself, oldest first."""
        return [message for message in self._workspace.messages(channel) if not message.is_reply]

    def _print_new(self, message: Message | Ephemeral) -> None:
        key = (message.channel, message.ts)
        before = self._seen.get(key)
        if before is not None and (before.text, before.blocks) == (message.text, message.blocks):
            return
        self._seen[key] = message
        self._print(message, note="changed, " if before is not None else "")

    def _print(self, message: Message | Ephemeral, *, note: str = "") -> None:
        if isinstance(message, Ephemeral):
            author = self._workspace.bot
            note += "only you can see this, "
        else:
            author = self._workspace.user(message.user)
        place = self.name(Place(message.channel, message.thread_ts))
        self._console.print(Text.assemble((author.name, "bold"), (f"  {note}{place}", "dim")))
        shown = message_text(message.text, message.blocks, self._composer)
        self._console.print(Padding(shown, (0, 0, 1, 2)))
