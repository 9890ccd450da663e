"""Everything that can go wrong, as one tree; each error says what happened and what to do.

OnrecordError                 exit 1
├── UsageError                exit 2: a setting, an option or a path is wrong
├── NoIndexError              exit 3: nothing is published yet, or it cannot be used as it is
│   └── IndexMismatchError    exit 3: built by another embedder or version
├── IndexDamagedError         exit 1: catalog or vectors cannot be read
├── VectorsAwayError          exit 1: the Chroma server cannot be reached, or fails
├── IndexBusyError            exit 1: another process is writing
├── RunCancelledError         exit 1: somebody has ended the run
├── NothingKeptError          exit 1: no generation is kept to go back to
├── StorageFullError          exit 1: no room left on the disk
├── EmbeddingError            exit 1: the configured embedding model failed
├── NotPublishedError         exit 1: a run has kept what it found to itself, for a reason
│   ├── TooManyRemovedError   exit 1: it would remove more documents than it may
│   └── CanaryError           exit 1: a question did not get the outcome that it must have
└── LoadError                 one file cannot be read; the rest of the corpus is indexed
    └── UnreadableError       the system does not hand it out: to be tried again
"""

from __future__ import annotations

from typing import ClassVar


class OnrecordError(Exception):
    """What happened, and what to do about it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[OnrecordError], tuple[str, str]]:
        """Errors travel between processes whole."""
        return type(self), (self.message, self.remedy)


class UsageError(OnrecordError):
    """A setting, an option or a path is wrong."""

    exit_code = 2


class NoIndexError(OnrecordError):
    """Nothing is published yet."""

    exit_code = 3


class IndexMismatchError(NoIndexError):
    """The index was built by another embedder, splitter or version."""


class IndexDamagedError(OnrecordError):
    """The catalog or the vectors cannot be read."""


class VectorsAwayError(OnrecordError):
    """The server that keeps the vectors cannot be reached, or fails."""


class IndexBusyError(OnrecordError):
    """Another process is writing the index."""


class RunCancelledError(OnrecordError):
    """Somebody has ended the run before it was done."""


class NothingKeptError(OnrecordError):
    """There is no generation to go back to."""


class StorageFullError(OnrecordError):
    """No room is left where the index is kept."""


class EmbeddingError(OnrecordError):
    """The configured embedding model failed."""


class NotPublishedError(OnrecordError):
    """A run has not published what it found; what was published before is still served."""


class TooManyRemovedError(NotPublishedError):
    """A run would remove more documents than it may without being told to."""


class CanaryError(NotPublishedError):
    """A question whose outcome is known had another one."""


class LoadError(OnrecordError):
    """One file of the corpus cannot be read."""


class UnreadableError(LoadError):
    """The system does not hand the file out; what it holds is not known to be wrong."""
