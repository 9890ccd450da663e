"""Ratios with their targets, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Ratio:
    """Our figure against another, and the target for it where there is one."""

    key: str
    label: str
    ours: float
    other: float
    unit: str
    at_least: float | None = None
    """The ratio must not be below this."""
    at_most: float | None = None
    """The ratio must not be above this."""

    @property
    def value(self) -> float:
        """Our figure divided by the other."""
        return self.ours / self.other

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        low_enough = self.at_most is None or self.value <= self.at_most
        return low_enough and (self.at_least is None or self.value >= self.at_least)

    def to_json(self) -> dict[str, object]:
        """The ratio as plain values."""
        return {
            "ours": self.ours,
            "other": self.other,
            "unit": self.unit,
            "ratio": self.value,
            "at_least": self.at_least,
            "at_most": self.at_most,
            "met": self.met,
        }


def render(ratios: list[Ratio], title: str) -> Table:
    """Draw the ratios, one a line."""
    table = Table(title=title, box=None, pad_edge=False, title_justify="left", title_style="bold")
    table.add_column("")
    for name in ("ours", "other", "ratio", "target", ""):
        table.add_column(name, justify="right", header_style="dim", no_wrap=True)
    for one in ratios:
        figures = (f"{one.ours:,.1f}", f"{one.other:,.1f}", f"{one.value:.2f}")
        table.add_row(f"{one.label} ({one.unit})", *figures, *_judged(one))
    return table


def _judged(ratio: Ratio) -> tuple[str, str]:
    """The target and whether it was met."""
    if ratio.at_least is not None:
        target = f"≥ {ratio.at_least:g}"
    elif ratio.at_most is not None:
        target = f"≤ {ratio.at_most:g}"
    else:
        return "", ""
    return target, "[green]met[/]" if ratio.met else "[red]missed[/]"
