"""A plain terminal chat with the local workspace: channels, threads, direct messages, people."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Iterator
from typing import Final, TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bot.visible import visible
from bot.workspace.composer import Composer
from bot.workspace.state import Channel, User
from bot.workspace.transcript import Place, Transcript
from bot.workspace.workspace import Workspace

ANSWER_TIMEOUT_S: Final = 120.0
NOTICE_TIMEOUT_S: Final = 3.0
"""How long the app may take to show that it answers something it was not plainly asked."""
LAST_WORDS_TIMEOUT_S: Final = 3.0
_FIRST_CHANNEL: Final = "questions"
"""Where everybody is."""


def run_chat(
    workspace: Workspace,
    console: Console,
    typed: TextIO,
    *,
    answer_timeout_s: float = ANSWER_TIMEOUT_S,
) -> None:
    """Chat until /quit or the end of the input; lines that are piped in are answered in turn."""
    chat = Chat(workspace, console, answer_timeout_s)
    chat.welcome()
    for line in _lines(typed, console, lambda: chat.prompt):
        if not chat.obey(line.strip()):
            break
    if workspace.socket_mode.open_connections:
        # The app still hears of its own last message, and complains when cut off over that.
        workspace.wait_until_delivered(LAST_WORDS_TIMEOUT_S)
    chat.print_news()


class Chat:
    """One person at a time, in one place at a time."""

    def __init__(self, workspace: Workspace, console: Console, answer_timeout_s: float) -> None:
        self._workspace = workspace
        self._console = console
        self._answer_timeout_s = answer_timeout_s
        self._composer = Composer(workspace.users())
        self._person = workspace.member
        self._place = Place(workspace.channel_id(_FIRST_CHANNEL))
        self._transcript = Transcript(workspace, console, self._composer)

    @property
    def prompt(self) -> str:
        """Who writes, and where."""
        return f"{self._person.name} in {self._transcript.name(self._place)}> "

    def welcome(self) -> None:
        """Say where one is and how to ask."""
        name = self._workspace.bot.name
        self._console.print(
            f"You are {self._person.name} in {self._transcript.name(self._place)}. "
            f"Ask with @{name} and your question, or directly after /dm. "
            "/help lists the commands, /quit leaves.",
            highlight=False,
        )

    def obey(self, line: str) -> bool:
        """Do what a line says, a command or a message; False ends the chat."""
        word, _, rest = line.partition(" ")
        if word in ("/quit", "/exit"):
            return False
        commands = self._commands()
        if word in commands:
            commands[word][2](rest.strip())
        elif word.startswith("/"):
            self._transcript.note(f"There is no command {word}. /help lists the commands.")
        elif line:
            self._say(line)
        self.print_news()
        return True

    def print_news(self) -> None:
        """Print what the app has written in the meantime."""
        self._transcript.print_news(self._person.id)

    def _commands(self) -> dict[str, tuple[str, str, Callable[[str], None]]]:
        return {
            "/join": ("/join CHANNEL", "write in a channel: " + self._channel_names(), self._join),
            "/dm": ("/dm", "write to the bot directly", self._write_directly),
            "/thread": ("/thread NUMBER", "go on in a message's thread", self._enter_thread),
            "/back": ("/back", "leave the thread", self._leave_thread),
            "/as": ("/as NAME", "be somebody else: " + self._people_names(), self._become),
            "/show": ("/show", "show again what stands here", self._show),
            "/help": ("/help", "show this list", self._help),
        }

    def _say(self, typed: str) -> None:
        place, text = self._place, self._composer.to_wire(typed)
        before = self._answers(place.thread_ts or "")
        ts = self._workspace.post_as(self._person.id, place.channel, text, place.thread_ts)
        bot = self._workspace.bot
        if bot.mention in text or self._is_direct(place):
            if not self._wait_for_answer(place.thread_ts or ts, before, self._answer_timeout_s):
                self._transcript.note(f"No answer after {self._answer_timeout_s:.0f} seconds.")
        elif place.thread_ts is None:
            self._transcript.note(f"Nobody was asked. Begin with @{bot.name} to ask.")
        else:
            self._wait_for_answer(place.thread_ts, before, NOTICE_TIMEOUT_S)

    def _wait_for_answer(self, root: str, before: int, timeout_s: float) -> bool:
        """Wait for one more answer; an app that says what it is doing gets time to finish."""
        name, channel = self._workspace.bot.name, self._place.channel
        deadline = time.monotonic() + timeout_s
        with self._console.status(f"Waiting for {name}") as spinner:
            while self._answers(root) == before:
                status = self._workspace.status(channel, root)
                if status:
                    deadline = time.monotonic() + self._answer_timeout_s
                    spinner.update(escape(visible(f"{name} {status}")))
                changes = self._changes(root, before, status)
                if not self._workspace.wait_for(changes, deadline - time.monotonic()):
                    return False
        return True

    def _changes(self, root: str, answers: int, status: str) -> Callable[[], bool]:
        def has_changed() -> bool:
            shown = self._workspace.status(self._place.channel, root)
            return self._answers(root) > answers or shown != status

        return has_changed

    def _answers(self, root: str) -> int:
        return len(self._workspace.replies(self._place.channel, root))

    def _join(self, name: str) -> None:
        channels = {channel.name: channel.id for channel in self._channels()}
        if name.lstrip("#") not in channels:
            self._transcript.note(f"There is no such channel. There are {self._channel_names()}.")
            return
        self._place = Place(channels[name.lstrip("#")])

    def _write_directly(self, _: str) -> None:
        self._place = Place(self._workspace.direct_channel_id(self._person.id))

    def _enter_thread(self, number: str) -> None:
        roots = self._transcript.roots(self._place.channel)
        if not number.isdecimal() or not 1 <= int(number) <= len(roots):
            self._transcript.note(
                "/show numbers the messages that stand here; /thread 1 is the first."
            )
            return
        self._place = Place(self._place.channel, roots[int(number) - 1].ts)

    def _leave_thread(self, _: str) -> None:
        self._place = Place(self._place.channel)

    def _become(self, name: str) -> None:
        people = {user.name.lower(): user for user in self._people()}
        if name.lower() not in people:
            self._transcript.note(
                f"There is nobody of that name. There are {self._people_names()}."
            )
            return
        self._person = people[name.lower()]
        if self._is_direct(self._place):
            self._write_directly("")
        elif self._place.channel not in [channel.id for channel in self._channels()]:
            self._place = Place(self._workspace.channel_id(_FIRST_CHANNEL))

    def _show(self, _: str) -> None:
        self._transcript.print_place(self._place)

    def _help(self, _: str) -> None:
        table = Table(box=None, show_header=False)
        for usage, meaning, _command in self._commands().values():
            table.add_row(Text(usage, "bold"), Text(meaning))
        table.add_row(Text("/quit", "bold"), "leave; the end of the input does it too")
        self._console.print(table)

    def _is_direct(self, place: Place) -> bool:
        return self._workspace.channel(place.channel).is_direct

    def _people(self) -> list[User]:
        return [user for user in self._workspace.users() if not user.is_bot]

    def _people_names(self) -> str:
        return ", ".join(user.name for user in self._people())

    def _channels(self) -> list[Channel]:
        channels = self._workspace.channels_of(self._person.id)
        return [channel for channel in channels if not channel.is_direct]

    def _channel_names(self) -> str:
        return ", ".join(f"#{channel.name}" for channel in self._channels())


def _lines(typed: TextIO, console: Console, prompt: Callable[[], str]) -> Iterator[str]:
    """Give lines as they are typed, or as they stand in a file, which are then shown."""
    if isinstance(typed, io.TextIOWrapper):
        typed.reconfigure(errors="replace")
    if not typed.isatty():
        for line in typed:
            console.print(Text.assemble((prompt(), "dim"), visible(line.rstrip("\n"))))
            yield line
        return
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  # gives `input` editing and a history
    while True:
        try:
            yield input(prompt())
        except EOFError:
            console.print()
            return
