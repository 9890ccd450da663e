"""Index runs in a process of their own, so that answering goes on undisturbed beside them.

    python -m bot.reindex

reads the settings as `onrecord` does and writes one JSON object a line: how far it is, and at the
end the report or what went wrong. A run whose reader has gone stops; what was published stays.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from retrieval.errors import OnrecordError
from retrieval.index.status import FailedFile
from retrieval.ingest.report import IndexReport, Progress

if TYPE_CHECKING:
    from bot.settings import Settings

OnProgress = Callable[[Progress], None]

_STOPPED_EARLY = "The index run ended before it was done."
_LOOK = "Look for its error in the log, or run `onrecord index`."


def index_beside(settings: Settings, progress: OnProgress) -> IndexReport:
    """Run the index in a child process; raises `OnrecordError` with what went wrong there."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot.reindex"],
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
    return {**os.environ, **given}


def _follow(lines: IO[str] | None, progress: OnProgress) -> IndexReport:
    for line in lines or ():
        value: dict[str, Any] = json.loads(line)
        if "progress" in value:
            progress(Progress(**value["progress"]))
        elif "report" in value:
            report = value["report"]
            failed = tuple(FailedFile(**file) for file in report.pop("failed"))
            return IndexReport(**report, failed=failed)
        else:
            raise OnrecordError(value["message"], value["remedy"])
    raise OnrecordError(_STOPPED_EARLY, _LOOK)


def main() -> int:
    """Index, and tell about it on standard output."""
    from bot.services import LocalServices
    from bot.settings import load_settings

    def tell(value: object) -> None:
        sys.stdout.write(f"{json.dumps(value)}\n")
        sys.stdout.flush()

    try:
        report = LocalServices().index(
            load_settings(),
            dry_run=False,
            progress=lambda reached: tell({"progress": asdict(reached)}),
        )
    except OnrecordError as error:
        tell({"message": error.message, "remedy": error.remedy})
        return error.exit_code
    except BrokenPipeError:
        return 1
    tell({"report": asdict(report)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
