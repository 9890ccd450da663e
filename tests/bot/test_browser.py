from __future__ import annotations

import sys
import webbrowser

import pytest

from bot.browser import open_page

PAGE = "http://127.0.0.1:1234/"


@pytest.mark.parametrize(
    ("platform", "variable", "opens"),
    [
        ("linux", "DISPLAY", True),
        ("linux", "WAYLAND_DISPLAY", True),
        ("linux", None, False),
        ("darwin", None, True),
    ],
)
def test_a_page_is_opened_where_there_is_a_display(
    monkeypatch: pytest.MonkeyPatch, platform: str, variable: str | None, opens: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) is None)
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, ":0")

    assert open_page(PAGE) is opens
    assert opened == [PAGE] * opens
