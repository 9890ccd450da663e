"""Index runs in a process of their own, so that answering goes on undisturbed beside them.

    python -m bot.reindex BY ID HOW

reads the settings as `onrecord` does and writes one JSON object a line: how far it is, now and
then, and at the end the report or what went wrong. A run whose reader has gone stops; what was
published stays. BY and ID tell others who has started it and which one it is. HOW is how many
documents it may remove, however large a share they are, or `--dry-run`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from retrieval import errors
from retrieval.errors import OnrecordError
from retrieval.index.run import Start, published_generation
from retrieval.index.status import FailedFile
from retrieval.ingest.report import Changes, IndexReport, Progress, Renamed
from retrieval.processes import BACKGROUND_NICENESS

if TYPE_CHECKING:
    from bot.settings import Settings

OnProgress = Callable[[Progress], None]

_STOPPED_EARLY = "The index run ended before it was done."
_LOOK = "Look for its error in the log, or run `onrecord index`."
_TOLD_EVERY_S = 0.2
_DRY_RUN = "--dry-run"


def index_beside(
    settings: Settings, progress: OnProgress, start: Start, *, allow_removals: int = 0
) -> IndexReport:
    """Run the index in a child process; raises `OnrecordError` with what went wrong there."""
    return _beside(settings, progress, start.by, start.id, str(allow_removals))


def preview_beside(settings: Settings) -> IndexReport:
    """Find out in a child process what a run would change."""
    return _beside(settings, lambda reached: None, "", "", _DRY_RUN)


def _beside(settings: Settings, progress: OnProgress, *arguments: str) -> IndexReport:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.reindex", *arguments],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=_environment(settings),
        text=True,
        encoding="utf-8",
    ) as child:
        try:
            return _follow(child.stdout, progress)
        except BaseException:
            child.terminate()
            raise


def _environment(settings: Settings) -> dict[str, str]:
    given = {
        "ONRECORD_CORPUS_DIR": str(settings.corpus_dir.resolve()),
        "ONRECORD_DATA_DIR": str(settings.data_dir.resolve()),
    }
    if settings.embedding_model is not None:
        given["ONRECORD_EMBEDDING_MODEL"] = settings.embedding_model
    if settings.chroma_url is not None:
        given["ONRECORD_CHROMA_URL"] = settings.chroma_url
    return {**os.environ, **given}


def _follow(lines: IO[str] | None, progress: OnProgress) -> IndexReport:
    for line in lines or ():
        value: dict[str, Any] = json.loads(line)
        if "progress" in value:
            progress(Progress(**value["progress"]))
        elif "report" in value:
            report = value["report"]
            failed = tuple(FailedFile(**file) for file in report.pop("failed"))
            changes = _changes(report.pop("changes"))
            return IndexReport(**report, failed=failed, changes=changes)
        else:
            kind: type[OnrecordError] = getattr(errors, value["error"])
            raise kind(value["message"], value["remedy"])
    raise OnrecordError(_STOPPED_EARLY, _LOOK)


def _changes(value: dict[str, Any]) -> Changes:
    renamed = tuple(Renamed(**one) for one in value.pop("renamed"))
    return Changes(renamed=renamed, **{kind: tuple(names) for kind, names in value.items()})


def main(by: str, run_id: str, how: str = "0") -> int:
    """Index, and tell about it on standard output."""
    from bot.settings import load_settings

    os.nice(BACKGROUND_NICENESS)
    try:
        _tell({"report": asdict(_index(load_settings(), Start(by, id=run_id), how))})
    except OnrecordError as error:
        _tell({"error": type(error).__name__, "message": error.message, "remedy": error.remedy})
        return error.exit_code
    except BrokenPipeError:
        return 1
    return 0


def _index(settings: Settings, start: Start, how: str) -> IndexReport:
    from bot.cancelling import cancellable, cancelled
    from bot.services import LocalServices

    told_at = 0.0

    def show(reached: Progress) -> None:
        nonlocal told_at
        now = time.monotonic()
        if now - told_at >= _TOLD_EVERY_S or reached.done_files == reached.total_files:
            told_at = now
            _tell({"progress": asdict(reached)})

    if how == _DRY_RUN:
        return LocalServices().index(settings, dry_run=True, progress=None)
    before = published_generation(settings.data_dir)
    try:
        with cancellable(settings.data_dir, start):
            return LocalServices().index(
                settings, dry_run=False, progress=show, start=start, allow_removals=int(how)
            )
    except KeyboardInterrupt:  # in a terminal, Ctrl-C is meant for the bot and all that it runs
        raise cancelled(settings.data_dir, before, "Ctrl-C") from None


def _tell(value: object) -> None:
    sys.stdout.write(f"{json.dumps(value)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
