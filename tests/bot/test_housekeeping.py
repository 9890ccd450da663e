"""`onrecord status`, `verify` and `compact` over an index of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main


@pytest.fixture(autouse=True)
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    corpus = Path("corpus")
    corpus.mkdir()
    (corpus / "a.txt").write_text("Alpha opened the bridge.")
    (corpus / "empty.txt").write_text("")
    assert main(["index"]) == 1
    (corpus / "b.txt").write_text("Bravo closed the tunnel.")
    assert main(["index"]) == 1


def told(capsys: pytest.CaptureFixture[str], *command: str, status: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*command, "--json"]) == status
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def test_status_says_what_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    value = told(capsys, "status")
    assert (value["generation"], value["kept_generation"]) == (2, 1)
    assert (value["sources"], value["passages"], value["run"]) == (2, 2, None)
    assert [file["source"] for file in value["failed"]] == ["empty.txt"]
    assert value["disk_bytes"] > 100_000
    assert main(["status"]) == 0
    shown = capsys.readouterr().out
    assert "Generation 2 is published since 20" in shown
    assert "2 documents, 2 passages" in shown
    assert "Generation 1 is kept; `onrecord rollback` goes back to it." in shown
    assert "Not indexed: empty.txt: " in shown


def test_status_needs_no_vectors_and_says_when_nothing_is_published(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.rmtree("data/chroma")
    assert told(capsys, "status")["generation"] == 2
    shutil.rmtree("data")
    assert main(["status"]) == 3
    assert "Run `onrecord index`." in capsys.readouterr().err


def test_verify_finds_mends_and_says_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    value = told(capsys, "verify")
    assert (value["sound"], value["faults"]) == (True, [])
    assert (value["sources"], value["passages"], value["vectors"]) == (2, 2, 2)
    shutil.rmtree("data/chroma")
    value = told(capsys, "verify", status=1)
    assert value["faults"] == [{"kind": "unreadable_vectors", "count": 1, "mended": False}]
    assert main(["verify"]) == 1
    assert "`onrecord verify --repair` mends what can be mended." in capsys.readouterr().out
    assert main(["verify", "--repair"]) == 0
    assert "2 vectors in use are lost: mended." in capsys.readouterr().out
    assert main(["verify"]) == 0
    assert "Everything is as it must be." in capsys.readouterr().out


def test_compact_says_what_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    value = told(capsys, "compact")
    assert value["vectors"] == 2
    assert 0 < value["bytes_after"] <= value["bytes_before"]
    assert main(["compact"]) == 0
    assert "2 vectors are kept; the index takes " in capsys.readouterr().out
    assert main(["verify"]) == 0
