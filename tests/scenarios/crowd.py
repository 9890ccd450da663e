"""Many people in a workspace, asking in channels, threads and direct messages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from bot.workspace.state import User
from bot.workspace.workspace import Workspace
from tests.scenarios.test_asking import mention

Asked = tuple[str, str]


class Crowd:
    """People who ask one after the other; every fifth question is a direct message."""

    def __init__(self, workspace: Workspace, people: int) -> None:
        self._workspace = workspace
        with workspace._changes:
            self.people = [
                workspace._state.add_user(User(f"U0PERSON{n}", f"Person {n}"))
                for n in range(people)
            ]
            for name in ("general", "questions"):
                members = workspace._state.channel(f"#{name}").members
                members.extend(person.id for person in self.people)
        self._channels = [workspace.channel_id(name) for name in ("general", "questions")]
        self.asked: list[Asked] = []

    def ask(self) -> Asked:
        """Have the next person ask the next question."""
        n = len(self.asked)
        person = self.people[n % len(self.people)].id
        if n % 5 == 4:
            channel, text = self._workspace.direct_channel_id(person), f"direct {n}?"
        else:
            channel, text = self._channels[n % 2], mention(self._workspace, f"question {n}?")
        self.asked.append((channel, self._workspace.post_as(person, channel, text)))
        return self.asked[-1]

    def ask_for(
        self, seconds: float, questions: int, beside: Callable[[int], None] = lambda n: None
    ) -> None:
        """Ask so many questions, evenly spread; `beside` is done after each."""
        pace, began = threading.Event(), time.monotonic()
        for n in range(questions):
            self.ask()
            beside(n)
            pace.wait(max(0.0, began + seconds * (n + 1) / questions - time.monotonic()))
