"""Noticing that documents change, by what the system tells of the folder.

Where the system tells nothing (network and shared folders), the folder is looked through instead,
every ten seconds; the log says which of the two it is.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from pathlib import Path

from retrieval.errors import UsageError
from retrieval.ingest.files import find_files
from retrieval.ingest.load import SUPPORTED_SUFFIXES

log = logging.getLogger(__name__)

_QUIET_MS = 1_000
"""Changes this close together are one; copying a folder is many."""
_LONGEST_MS = 30_000
"""After so long they are read although more come."""
_LOOK_MS = 1_000
_POLL_MS = 10_000
_MISSING_S = 10.0

_SILENT = re.compile(r"nfs\d?|cifs|smb\w*|9p|fuse\..+|vboxsf|virtiofs|prl_fs|ceph|glusterfs|afs")
"""Kinds of file systems that tell nothing of what other machines do."""
_TEMPORARY = re.compile(
    r"\.|~\$|#.*#$|4913$|.*~$|.*\.(tmp|temp|swp|swx|bak|part|partial|crdownload|lock)$",
    re.IGNORECASE,
)
"""Names that editors, office programs and downloads use while they write."""


class FolderWatch:
    """Calls `changed` after the documents of a folder have changed and it is quiet again."""

    def __init__(
        self,
        folder: Path,
        changed: Callable[[], None],
        *,
        ignored: Path | None = None,
        polls: bool | None = None,
        poll_ms: int = _POLL_MS,
        quiet_ms: int = _QUIET_MS,
        look_ms: int = _LOOK_MS,
    ) -> None:
        self._folder = folder.resolve()
        self._changed = changed
        self._ignored = ignored.resolve() if ignored else None
        self._polls = tells_nothing(self._folder) if polls is None else polls
        self._poll_ms = poll_ms
        self._quiet_ms = quiet_ms
        self._look_ms = look_ms
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="onrecord-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(2 * self._quiet_ms / 1000)

    def concerns(self, path: str) -> bool:
        """Whether a changed path may be a document, or a folder of documents."""
        place = Path(path)
        if self._ignored is not None and place.is_relative_to(self._ignored):
            return False
        if not place.is_relative_to(self._folder):
            return False
        if any(map(_TEMPORARY.match, place.relative_to(self._folder).parts)):
            return False
        # A folder that was moved away cannot be asked any more what it was.
        return place.suffix.lower() in SUPPORTED_SUFFIXES or not place.is_file()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._poll() if self._polls else self._watch()
            except OSError as error:
                if not self._polls and self._folder.is_dir():
                    # Such as more folders than the system lets one watch.
                    log.warning("watch_failed error=%s instead=polling", error)
                    self._polls = True
                    continue
                log.warning("watch_failed error=%s next_try_s=%.0f", error, _MISSING_S)
                self._stopping.wait(_MISSING_S)

    def _watch(self) -> None:
        from watchfiles import watch

        identity = _identity(self._folder)
        log.info("watching folder=%s by=notification", self._folder)
        found = watch(
            self._folder,
            watch_filter=lambda _, path: self.concerns(path),
            debounce=_LONGEST_MS,
            step=self._quiet_ms,
            stop_event=self._stopping,
            rust_timeout=self._look_ms,
            yield_on_timeout=True,
            force_polling=False,
            ignore_permission_denied=True,
        )
        is_first = True
        for changes in found:
            if changes or is_first:  # first, what has changed while nobody watched
                self._changed()
            elif _identity(self._folder) != identity:
                return  # made anew, or another one mounted in its place: of that nothing is told
            is_first = False

    def _poll(self) -> None:
        """Compare the folder with what it held before, now and then.

        `watchfiles` polls as well, but missed every second edit within one second (measured).
        """
        log.info("watching folder=%s by=polling every_s=%g", self._folder, self._poll_ms / 1000)
        seen = None
        while not self._stopping.is_set():
            found = _held(self._folder)
            if found is not None and found != seen:
                self._stopping.wait(self._quiet_ms / 1000)
                seen = _held(self._folder)
                if seen == found:
                    self._changed()
                else:
                    seen = None  # still being written: looked at again at once
                    continue
            self._stopping.wait(self._poll_ms / 1000)


def _held(folder: Path) -> frozenset[tuple[str, int, int]] | None:
    """Names, sizes and times of the documents; None while there is no folder."""
    try:
        return frozenset((f.source, f.size, f.mtime_ns) for f in find_files(folder).files)
    except UsageError:
        return None


def tells_nothing(folder: Path) -> bool:
    """Whether a folder lies where the system does not tell of changes (see proc(5), mountinfo)."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return _SILENT.fullmatch(_kind(folder, lines)) is not None


def _kind(folder: Path, mounts: list[str]) -> str:
    """The kind of the file system that a folder lies on: that of the innermost mount."""
    found, kind = "", ""
    for line in mounts:
        place, _, described = line.partition(" - ")
        mounted = re.sub(r"\\(\d{3})", lambda m: chr(int(m.group(1), 8)), place.split()[4])
        if folder.is_relative_to(mounted) and len(mounted) >= len(found):
            found, kind = mounted, described.split()[0]
    return kind


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
