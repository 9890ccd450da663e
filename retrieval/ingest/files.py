"""Find the files of a corpus folder, and name what had to be left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from retrieval.errors import LoadError, UsageError
from retrieval.ingest.load import SUPPORTED_SUFFIXES


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file that can be loaded, as it stood when the folder was listed."""

    path: Path
    source: str
    """Path relative to the corpus folder, with forward slashes."""
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class UnreadablePath:
    """A file or folder that was found but cannot be read."""

    source: str
    error: LoadError


@dataclass(frozen=True, slots=True)
class CorpusListing:
    """What a corpus folder holds, each part in order of `source`."""

    files: tuple[CorpusFile, ...]
    failures: tuple[UnreadablePath, ...]
    unsupported: tuple[str, ...]
    """Files whose format is not read; hidden files are not mentioned."""


def find_files(corpus_dir: Path) -> CorpusListing:
    """List the documents below `corpus_dir`; hidden files and folders are passed over."""
    if not corpus_dir.is_dir():
        what = "is not a folder" if corpus_dir.exists() else "does not exist"
        raise UsageError(
            f"The corpus folder {corpus_dir} {what}.",
            "Set ONRECORD_CORPUS_DIR (or --corpus) to the folder that holds your documents.",
        )
    walk = _Walk()
    walk.folder(corpus_dir, "", ())
    return CorpusListing(
        files=tuple(sorted(walk.files, key=lambda file: file.source)),
        failures=tuple(sorted(walk.failures, key=lambda failure: failure.source)),
        unsupported=tuple(sorted(walk.unsupported)),
    )


@dataclass(slots=True)
class _Walk:
    files: list[CorpusFile] = field(default_factory=list)
    failures: list[UnreadablePath] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)

    def folder(self, path: Path, source: str, above: tuple[tuple[int, int], ...]) -> None:
        """List one folder. `above` identifies the folders that lead here, to notice a loop."""
        try:
            status = path.stat()
            entries = sorted(path.iterdir())
        except OSError as error:
            self._fail(source or ".", error)
            return
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            self.failures.append(UnreadablePath(source, _loop()))
            return
        for entry in entries:
            if not entry.name.startswith("."):
                inside = f"{source}/{entry.name}" if source else entry.name
                self._entry(entry, inside, (*above, identity))

    def _entry(self, path: Path, source: str, above: tuple[tuple[int, int], ...]) -> None:
        try:
            source.encode()
            status = path.stat()
        except UnicodeEncodeError:
            printable = source.encode(errors="backslashreplace").decode()
            self.failures.append(UnreadablePath(printable, _unprintable_name()))
        except OSError as error:
            self._fail(source, error)
        else:
            if S_ISDIR(status.st_mode):
                self.folder(path, source, above)
            elif not S_ISREG(status.st_mode) or path.suffix.lower() not in SUPPORTED_SUFFIXES:
                self.unsupported.append(source)
            else:
                self.files.append(CorpusFile(path, source, status.st_size, status.st_mtime_ns))

    def _fail(self, source: str, error: OSError) -> None:
        reason = error.strerror or type(error).__name__
        self.failures.append(
            UnreadablePath(
                source,
                LoadError(
                    f"It cannot be read: {reason}.",
                    "Check the permissions, or remove the link if it leads nowhere.",
                ),
            )
        )


def _loop() -> LoadError:
    return LoadError(
        "This folder leads back to a folder that holds it.",
        "Remove the link; its documents are indexed where they really are.",
    )


def _unprintable_name() -> LoadError:
    return LoadError("The file name is not valid UTF-8.", "Rename the file.")
