"""What holds for everything that the bot has shown to people in a workspace, whatever the test."""

from __future__ import annotations

from bot.workspace.workspace import Workspace


def assert_harmless(workspace: Workspace) -> None:
    """Nothing is unfurled, nobody is called, and no link leads anywhere but to a message."""
    assert workspace.recorder.unfurling == {}
    assert workspace.recorder.strange_links == []
