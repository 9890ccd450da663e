"""Notices damaged vector files before they are opened: the library that reads them would crash.

Chroma's own database reports what is wrong with it; the files of its search structure are read
without a check, and a wrong byte in them ends the process (measured: segmentation fault). So they
are sealed with a checksum when a run has written them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from retrieval.errors import IndexDamagedError

_TRIES = 3


class Seal:
    """Checksums of the files below `folder`, kept in one of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "seal.json"  # inside: it goes when the folder is deleted
        self._summed: dict[Path, tuple[tuple[int, int, int], str]] = {}

    def make(self) -> None:
        """Note the checksums; nobody may be writing to the files.

        Those that nobody has written to since they were checked need not be read again. On a full
        disk there is no seal, and nothing is known.
        """
        new = self._file.with_suffix(".new")
        try:
            new.write_text(json.dumps(self._checksums()), encoding="utf-8")
            new.replace(self._file)
        except OSError:
            new.unlink(missing_ok=True)

    def break_(self) -> None:
        """Forget the checksums: the files are going to change."""
        self._file.unlink(missing_ok=True)

    def check(self) -> None:
        """Raise `IndexDamagedError` if a file has changed; without a seal nothing is known."""
        for _ in range(_TRIES):
            before = self._read()
            self._summed.clear()
            if before is None or before == self._checksums():
                return
            if before == self._read():
                break  # nobody began to write, or has written, meanwhile
        raise IndexDamagedError(
            f"The vectors in {self._folder} are damaged: their files are not as they were written.",
            f"Delete {self._folder}, then run `onrecord index`: they are made again from the "
            "corpus.",
        )

    def _read(self) -> object:
        try:
            return json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError:
            return {}

    def _checksums(self) -> dict[str, str]:
        found = {}
        # Without its metadata a search structure is not saved yet: Chroma makes it from its
        # database whenever it is opened, even to read, and does not look at what is in the files.
        for saved in sorted(self._folder.glob("*/index_metadata.pickle")):
            for path in sorted(saved.parent.iterdir()):
                found[path.relative_to(self._folder).as_posix()] = self._checksum(path)
        return found

    def _checksum(self, path: Path) -> str:
        status = path.stat()
        version = (status.st_ino, status.st_size, status.st_ctime_ns)
        if path not in self._summed or self._summed[path][0] != version:
            with path.open("rb") as stream:
                checksum = hashlib.file_digest(stream, "blake2b").hexdigest()
            self._summed[path] = version, checksum
        return self._summed[path][1]
