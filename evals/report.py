"""What an evaluation found: for machines as JSON, for people as tables."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.graded import Grade
from evals.measures import Measure
from evals.outcomes import Asked, outcome
from retrieval.model import Verdict

_BASELINES = ("always\nrefuse", "never\nrefuse")
_LABELS = 32
"""Columns of the labels: with them a table fits a terminal of 80."""


@dataclass(frozen=True, slots=True)
class Report:
    """A measured set. `grades` are empty for sets that are counted instead of graded."""

    name: str
    documents: int
    passages: int
    asked: tuple[Asked, ...]
    measures: tuple[Measure, ...]
    grades: tuple[Grade, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The report as plain values: measures by key, then what became of each question."""
        return {
            "set": self.name,
            "documents": self.documents,
            "passages": self.passages,
            "questions": len(self.asked),
            "measures": {one.key: _figures(one) for one in self.measures},
            "failed": [
                {"id": one.question.id, "question": one.question.text, "failure": one.failure}
                for one in self.grades
                if not one.passed
            ],
            "results": [_result(one) for one in self.asked],
        }


def _figures(measure: Measure) -> dict[str, object]:
    return {
        **asdict(measure.figure),
        "always_refuse": measure.always_refuse,
        "never_refuse": measure.never_refuse,
    }


def _result(asked: Asked) -> dict[str, object]:
    """What became of one question: for reading errors by hand."""
    question, result = asked.question, asked.result
    judged = result.label if isinstance(result, Verdict) else outcome(asked)
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.text,
        "gold": question.label or list(question.answers or question.selected),
        "outcome": judged,
        "score": asked.score,
        "text": result.text,
        "elapsed_ms": round(asked.elapsed_ms, 1),
    }


def render(report: Report) -> RenderableType:
    """Draw the report: a table a section, then a line for each failed question."""
    sizes = (
        _counted(len(report.asked), "question"),
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
    places = 3 if abs(value) < 2 else 1 if abs(value) < 100 else 0
    return f"{value:,.{places}f}"


def _failure(failed: Grade) -> Text:
    question = failed.question
    return Text.assemble(
        (f"{question.id} {question.kind.replace('_', ' ')}: ", "bold"),
        f"{question.text}\n",
        (f"    {failed.failure}", "dim"),
    )
