"""What somebody in front of the page does and sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from bot.workspace.state import Message
from bot.workspace.workspace import Workspace

TIMEOUT_MS = 60_000
"""Of no account where all goes well; a machine that does much else needs it."""
WIDE = {"width": 1400, "height": 860}
PHONE = {"width": 390, "height": 780}

expect.set_options(timeout=TIMEOUT_MS)


@dataclass(slots=True)
class Seat:
    """A browser window with the page in it."""

    context: BrowserContext
    page: Page
    workspace: Workspace
    trouble: list[str] = field(default_factory=list)
    """Errors of scripts, and what the content security policy has refused."""

    @classmethod
    def take(
        cls,
        browser: Browser,
        workspace: Workspace,
        person: str,
        place: str,
        looks: Mapping[str, object],
    ) -> Self:
        """Open a window as somebody, somewhere; `looks` are options of the browser's."""
        options: dict[str, Any] = {"viewport": WIDE, "reduced_motion": "reduce", **looks}
        context = browser.new_context(**options)
        context.set_default_timeout(TIMEOUT_MS)
        seat = cls(context, context.new_page(), workspace)
        seat.page.on("pageerror", lambda error: seat.trouble.append(str(error)))
        seat.page.on("console", lambda message: seat._hear(message))
        seat.page.goto(f"{workspace.page_url}#/{person}/{place}".rstrip("/"))
        seat.page.locator(".app:not(.is-waiting)").wait_for()
        return seat

    def leave(self) -> None:
        """Close the window."""
        self.context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(message.text)

    @property
    def composer(self) -> Locator:
        """Where messages to the channel are written."""
        return self.page.locator("#composer")

    @property
    def reply_box(self) -> Locator:
        """Where replies in the thread are written."""
        return self.page.locator("#thread-composer")

    @property
    def channel(self) -> Locator:
        """The pane in the middle."""
        return self.page.get_by_role("main")

    @property
    def thread(self) -> Locator:
        """The pane beside it."""
        return self.page.get_by_role("complementary", name="Thread")

    @property
    def sidebar(self) -> Locator:
        """The list of conversations."""
        return self.page.get_by_role("navigation")

    @property
    def dialog(self) -> Locator:
        """What is open over the page."""
        return self.page.locator("dialog[open]")

    def say(self, text: str) -> Locator:
        """Write a message or a command into the channel; return the message, if one appears."""
        self.composer.fill(text)
        self.composer.press("Enter")
        return self.message(text)

    def posted(self, channel: str = "C0QUESTIONS") -> list[Message]:
        """What has arrived in a channel; waits for the first, which the page sends meanwhile."""
        assert self.workspace.wait_for(lambda: bool(self.workspace.messages(channel)))
        return self.workspace.messages(channel)

    def reply(self, text: str) -> None:
        """Write into the thread that is open."""
        self.reply_box.fill(text)
        self.reply_box.press("Enter")

    def message(self, text: str, pane: Locator | None = None) -> Locator:
        """The last message of a pane that holds a text."""
        return (pane or self.channel).locator(".message", has_text=text.strip()).last

    def answer(self, text: str = "You asked") -> Locator:
        """The bot's answer in the open thread."""
        return self.thread.locator(".message", has=self.page.get_by_text("App")).filter(
            has_text=text
        )

    def do(self, message: Locator, label: str) -> None:
        """Choose an entry of a message's menu."""
        message.hover()
        message.get_by_role("button", name="More actions").click()
        self.page.get_by_role("menuitem", name=label).click()

    def become(self, name: str) -> None:
        """Look at the workspace as somebody else."""
        self.page.get_by_role("button", name="Switch person").click()
        self.page.get_by_role("menuitemradio", name=name).click()
        expect(self.page.get_by_role("button", name=f"You are {name}")).to_be_visible()

    def go(self, name: str) -> None:
        """Open a conversation of the list."""
        self.sidebar.get_by_role("button", name=name).click()

    def focused(self) -> str:
        """What has the focus: its name or its text."""
        return str(
            self.page.evaluate(
                "(() => { const one = document.activeElement;"
                " return one.getAttribute('aria-label') || one.textContent.trim(); })()"
            )
        )
