"""Ratios with their targets, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Ratio:
    """Our figure against another, and the target for it."""

    key: str
    label: str
    ours: float
    other: float
    target: float
    at_least: bool
    """Whether the target is a floor; else it is a ceiling."""
    unit: str

    @property
    def value(self) -> float:
        """Our figure divided by the other."""
        return self.ours / self.other

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def to_json(self) -> dict[str, object]:
        """The ratio as plain values."""
        return {
            "ours": self.ours,
            "other": self.other,
            "unit": self.unit,
            "ratio": self.value,
            "target": self.target,
            "met": self.met,
        }


def render(ratios: list[Ratio], title: str) -> Table:
    """Draw the ratios, one a line."""
    table = Table(title=title, box=None, pad_edge=False, title_justify="left", title_style="bold")
    table.add_column("", min_width=40)
    for name in ("ours", "other", "", "ratio", "target", ""):
        table.add_column(name, justify="right", header_style="dim", no_wrap=True)
    for one in ratios:
        target = f"{'≥' if one.at_least else '≤'} {one.target:g}"
        verdict = "[green]met[/]" if one.met else "[red]missed[/]"
        figures = (f"{one.ours:,.1f}", f"{one.other:,.1f}", one.unit, f"{one.value:.2f}")
        table.add_row(one.label, *figures, target, verdict)
    return table
