"""Open question sets for tests marked `evaldata`, where this machine has them."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def evaldata() -> Path:
    named = os.environ.get("ONRECORD_EVALDATA")
    if not named or not Path(named).is_dir():
        pytest.skip("ONRECORD_EVALDATA does not name a folder of question sets")
    return Path(named)


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Path:
    """Corpora and indexes, shared by the tests of a run."""
    return tmp_path_factory.mktemp("evals")
