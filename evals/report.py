"""What an evaluation found: for machines as JSON, for people as tables."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.graded import Grade
from evals.measures import Measure
from evals.metrics import Figure
from evals.outcomes import Asked, outcome
from evals.pairs import JudgedPair
from retrieval.model import Verdict

_BASELINES = ("always\nrefuse", "never\nrefuse")
_BESIDE = {
    "entailment": "plain en-\ntailment",
    "majority": "majority\nlabel",
    "term_overlap": "term\noverlap",
}
_LABELS = 32
"""Columns of the labels: with them a table fits a terminal of 80."""


@dataclass(frozen=True, slots=True)
class Report:
    """A measured set. `grades` are empty for sets that are counted instead of graded.

    Pairs are `judged` and changed `sentences` are checked without an index.
    """

    name: str
    documents: int = 0
    passages: int = 0
    asked: tuple[Asked, ...] = ()
    measures: tuple[Measure, ...] = ()
    grades: tuple[Grade, ...] = ()
    judged: tuple[JudgedPair, ...] = ()
    sentences: int = 0

    def to_json(self) -> dict[str, object]:
        """The report as plain values: measures by key, then what became of each question."""
        return {
            "set": self.name,
            "documents": self.documents,
            "passages": self.passages,
            "questions": len(self.asked),
            "pairs": len(self.judged),
            "sentences": self.sentences,
            "measures": {one.key: _figures(one) for one in self.measures},
            "failed": [
                {"id": one.question.id, "question": one.question.text, "failure": one.failure}
                for one in self.grades
                if not one.passed
            ],
            "results": [*map(_result, self.asked), *map(_pair_result, self.judged)],
        }


def _figures(measure: Measure) -> dict[str, object]:
    return {
        **asdict(measure.figure),
        "always_refuse": measure.always_refuse,
        "never_refuse": measure.never_refuse,
        **{name: asdict(one) if one else None for name, one in _beside(measure).items()},
    }


def _beside(measure: Measure) -> dict[str, Figure | None]:
    """The figures of others, in the order of their columns."""
    return {
        "entailment": measure.entailment,
        "majority": measure.majority,
        "term_overlap": measure.term_overlap,
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


def _pair_result(judged: JudgedPair) -> dict[str, object]:
    return {
        "id": judged.pair.id,
        "source": judged.pair.source,
        "premise": judged.pair.premise,
        "hypothesis": judged.pair.hypothesis,
        "gold": judged.pair.label,
        "outcome": judged.label,
    }


def render(report: Report) -> RenderableType:
    """Draw the report: a table a section, then a line for each failed question."""
    counts = {
        "question": len(report.asked),
        "document": report.documents,
        "passage": report.passages,
        "pair": len(report.judged),
        "sentence": report.sentences,
    }
    sizes = [_counted(n, noun) for noun, n in counts.items() if n]
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
    named = [name for name in _BESIDE if any(_beside(one)[name] for one in measures)]
    others = [title for name in named for title in (_BESIDE[name], "95% bounds")]
    baselines = (*(_BASELINES if compared else ()), *others)
    for name in ("", "95% bounds", "n", *baselines):
        table.add_column(name, justify="right", header_style="dim", no_wrap=True)
    for one in measures:
        cells = [one.label, *_with_bounds(one.figure), f"{one.figure.n:,}"]
        beside = [_number(value) for value in (one.always_refuse, one.never_refuse)]
        figures = [cell for name in named for cell in _with_bounds(_beside(one)[name])]
        table.add_row(*cells, *(beside if compared else ()), *figures)
    table.add_row("")
    return table


def _with_bounds(figure: Figure | None) -> tuple[str, str]:
    if figure is None:
        return "", ""
    bounds = f"{_number(figure.low)} – {_number(figure.high)}" if figure.n > 1 else ""
    return _number(figure.value), bounds


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
