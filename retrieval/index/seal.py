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
_REWRITTEN = "length.bin"
"""Chroma writes it anew, from uninitialised memory, whenever a reader opens the folder."""


def seal(folder: Path) -> None:
    """Note checksums of the files below `folder`; nobody may be writing to them.

    On a full disk there is no seal, and nothing is known.
    """
    new = _file(folder).with_suffix(".new")
    try:
        new.write_text(json.dumps(_checksums(folder)), encoding="utf-8")
        new.replace(_file(folder))
    except OSError:
        new.unlink(missing_ok=True)


def break_seal(folder: Path) -> None:
    """Forget the checksums: the files are going to change."""
    _file(folder).unlink(missing_ok=True)


def check_seal(folder: Path) -> None:
    """Raise `IndexDamagedError` if a sealed file has changed; without a seal nothing is known."""
    for _ in range(_TRIES):
        before = _read(folder)
        if before is None or before == _checksums(folder):
            return
        if before == _read(folder):
            break  # nobody began to write, or has written, meanwhile
    raise IndexDamagedError(
        f"The vectors in {folder} are damaged: their files are not as they were written.",
        f"Delete {folder}, then run `onrecord index`: they are made again from the corpus.",
    )


def _file(folder: Path) -> Path:
    return folder / "seal.json"  # inside: it goes when the folder is deleted


def _read(folder: Path) -> object:
    try:
        return json.loads(_file(folder).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}


def _checksums(folder: Path) -> dict[str, str]:
    found = {}
    # Without its metadata a search structure is not saved yet: Chroma makes it from its database
    # whenever it is opened, even to read, and does not look at what is in the files.
    for saved in sorted(folder.glob("*/index_metadata.pickle")):
        for path in sorted(saved.parent.iterdir()):
            with path.open("rb") as stream:
                checksum = hashlib.file_digest(stream, "blake2b").hexdigest()
            found[path.relative_to(folder).as_posix()] = checksum
    return found
