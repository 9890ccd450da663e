from __future__ import annotations

import os
from pathlib import Path

import pytest

from retrieval.errors import IndexBusyError
from retrieval.index.lock import writing


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path) -> None:
    with (
        writing(tmp_path),
        pytest.raises(IndexBusyError, match=rf"process {os.getpid()} since 20"),
        writing(tmp_path),
    ):
        pass
    with writing(tmp_path):
        pass


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), writing(tmp_path):
        raise ValueError("broken")
    with writing(tmp_path):
        pass
