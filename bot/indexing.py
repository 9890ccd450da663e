"""An index run of this process, as `onrecord index` and the start of the bot do it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from bot.cancelling import cancellable, cancelled
from bot.progress import progress_bar
from bot.run_text import on_command_line, run_text
from bot.services import Services
from bot.visible import visible
from retrieval.errors import IndexBusyError
from retrieval.index.run import Start, cancel, published_generation, running

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings
    from retrieval.ingest.report import IndexReport

_ENDS_WITHIN_S = 30.0
_LOOK_S = 0.1


def index_here(
    settings: Settings,
    services: Services,
    *,
    dry_run: bool = False,
    allow_removals: int = 0,
    retry_failed: bool = False,
) -> IndexReport:
    """Bring the index up to date, with a bar on a terminal; Ctrl-C and `--cancel` end it.

    Raises `IndexBusyError` with how far the run in work is, if there is one.
    """
    start = Start(on_command_line())
    before = published_generation(settings.data_dir)
    try:
        with cancellable(settings.data_dir, start), progress_bar() as progress:
            return services.index(
                settings,
                dry_run=dry_run,
                progress=progress,
                start=start,
                allow_removals=allow_removals,
                retry_failed=retry_failed,
            )
    except IndexBusyError:
        run = running(settings.data_dir)
        if run is None:
            raise
        raise IndexBusyError(
            f"A run is in work. {run_text(run)}.",
            "Wait until it has ended, or end it: `onrecord index --cancel`.",
        ) from None
    except KeyboardInterrupt:
        if not dry_run:
            error = cancelled(settings.data_dir, before, "Ctrl-C")
            sys.stderr.write(f"onrecord: {error.message}\n{error.remedy}\n")
        raise


def cancel_run(settings: Settings, console: Console) -> bool:
    """End the run in work, whoever has started it; False when it does not end in time."""
    run = cancel(settings.data_dir, on_command_line())
    if run is None:
        console.print("No run is in work.")
        return True
    console.print(visible(f"{run_text(run)}."), soft_wrap=True)
    deadline = time.monotonic() + _ENDS_WITHIN_S
    while (now := running(settings.data_dir)) and now.start.id == run.start.id:
        if time.monotonic() > deadline:
            console.print(
                f"It was asked to end and has not ended yet. `kill {run.pid}` on its machine ends"
                " it at once; what is published stays.",
                soft_wrap=True,
            )
            return False
        time.sleep(_LOOK_S)
    generation = published_generation(settings.data_dir)
    answers = f"Generation {generation} answers." if generation else "Nothing is published."
    console.print(f"It has ended. {answers}")
    return True
