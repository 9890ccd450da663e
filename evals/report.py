"""What an evaluation found: for machines as JSON, for people as tables."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.graded import Grade
from evals.measures import Measure

_BASELINES = ("always\nrefuse", "never\nrefuse")
_LABELS = 35
"""Columns of the labels: with them a table fits a terminal of 80."""


@dataclass(frozen=True, slots=True)
class Report:
    """A measured set. `grades` are empty for sets that are counted instead of graded."""

    name: str
    documents: int
    passages: int
    questions: int
    measures: tuple[Measure, ...]
    grades: tuple[Grade, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The report as plain values; a measure stands under its key."""
        return {
            "set": self.name,
            "documents": self.documents,
            "passages": self.passages,
            "questions": self.questions,
            "measures": {
                one.key: {
                    **asdict(one.figure),
                    "always_refuse": one.always_refuse,
                    "never_refuse": one.never_refuse,
                }
                for one in self.measures
            },
            "failed": [
                {"id": one.question.id, "question": one.question.text, "failure": one.failure}
                for one in self.grades
                if not one.passed
            ],
        }


def render(report: Report) -> RenderableType:
    """Draw the report: a table a section, then a line for each failed question."""
    sizes = (
        _counted(report.questions, "question"),
        _counted(report.documents, "document"),
        _counted(report.passages, "passage"),
    )
    head = Text.assemble((report.name, "bold"), f"  {', '.join(sizes)}\n")
    tables = [
        _table(section, list(measures))
        for section, measures in groupby(report.measures, key=lambda one: one.section)
    ]
    failures = [_failure(one) for one in report.grades if not one.passed]
    return Group(head, *tables, *failures)


def _table(section: str, measures: list[Measure]) -> Table:
    compared = any(one.always_refuse is not None for one in measures)
    table = Table(box=None, pad_edge=False, title_justify="left", title_style="bold")
    table.add_column(section, min_width=_LABELS, header_style="bold")
    for name in ("", "95% bounds", "n", *(_BASELINES if compared else ())):
        table.add_column(name, justify="right", header_style="dim", no_wrap=True)
    for one in measures:
        figure = one.figure
        bounds = f"{_number(figure.low)} – {_number(figure.high)}" if figure.n > 1 else ""
        beside = [_number(value) for value in (one.always_refuse, one.never_refuse)]
        cells = [one.label, _number(figure.value), bounds, f"{figure.n:,}"]
        table.add_row(*cells, *(beside if compared else ()))
    table.add_row("")
    return table


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) > 10 else f"{value:.3f}"


def _failure(failed: Grade) -> Text:
    question = failed.question
    return Text.assemble(
        (f"{question.id} {question.kind.replace('_', ' ')}: ", "bold"),
        f"{question.text}\n",
        (f"    {failed.failure}", "dim"),
    )
