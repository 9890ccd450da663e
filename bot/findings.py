"""What an examination of the set-up found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.contract import JsonObject
from bot.visible import visible

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Finding:
    """What is so in one part of the set-up, and what to do where it is not in order."""

    part: str
    fact: str
    remedy: str | None = None


def all_in_order(findings: Iterable[Finding]) -> bool:
    """Whether nothing has to be done."""
    return all(finding.remedy is None for finding in findings)


def print_findings(console: Console, findings: Iterable[Finding]) -> list[Finding]:
    """Print each finding as soon as it is there, and return them all."""
    from rich.text import Text

    shown = []
    for finding in findings:
        mark = ("ok  ", "green") if finding.remedy is None else ("look", "bold yellow")
        line = Text.assemble(mark, f"  {finding.part}: {visible(finding.fact)}")
        if finding.remedy:
            line.append(f"\n      {visible(finding.remedy)}")
        console.print(line, soft_wrap=True)
        shown.append(finding)
    return shown


def findings_json(findings: Sequence[Finding]) -> JsonObject:
    """The object that `doctor --json` prints."""
    return {
        "ok": all_in_order(findings),
        "findings": [
            {"part": f.part, "ok": f.remedy is None, "fact": f.fact, "remedy": f.remedy}
            for f in findings
        ],
    }
