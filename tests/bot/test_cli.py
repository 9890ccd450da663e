from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from retrieval.ingest.pipeline import FailedFile
from retrieval.model import Turn
from tests.bot.examples import QUOTE, FakeServices, report

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _folder(empty_folder: Path) -> None:
    pass


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


def type_lines(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    data = "".join(f"{line}\n" for line in lines).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_an_answer_and_a_refusal_both_succeed(
    services: FakeServices, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "When?"], services) == 0
    assert QUOTE in capsys.readouterr().out
    assert main(["ask", "Who?"], services) == 0
    assert "not_answered" in capsys.readouterr().out


def test_json_is_one_object_without_an_id(
    services: FakeServices, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "--json", "When", "did", "it", "open?"], services) == 0
    (value,) = objects(capsys.readouterr().out)
    assert value["question"] == "When did it open?"
    assert "id" not in value
    assert main(["check", "--json", "It opened in 1950."], services) == 0
    (value,) = objects(capsys.readouterr().out)
    assert value["verdict"] == "contradicted"


def test_an_explanation_follows_the_answer(
    services: FakeServices, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "--explain", "When?"], services) == 0
    shown = capsys.readouterr().out
    assert shown.index(QUOTE) < shown.index("0.80, at least 0.50")
    assert main(["ask", "--explain", "--json", "When?"], services) == 0
    (value,) = objects(capsys.readouterr().out)
    assert isinstance(value["explanation"], dict)
    assert value["explanation"]["threshold"] == 0.5
    assert main(["ask", "--json", "When?"], services) == 0
    assert "explanation" not in objects(capsys.readouterr().out)[0]


def test_jsonl_answers_line_by_line_in_order_with_one_load(
    services: FakeServices, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    history = [{"speaker": "user", "text": "The bridge"}]
    type_lines(
        monkeypatch,
        json.dumps({"id": "b", "question": "Who?"}),
        json.dumps({"question": "When?", "history": history}),
        json.dumps({"id": 3, "question": "Whenever – ü?"}, ensure_ascii=False),
    )
    assert main(["ask", "--jsonl"], services) == 0
    first, second, third = objects(capsys.readouterr().out)
    assert list(first)[:2] == ["id", "question"]
    assert [first["id"], first["outcome"]] == ["b", "refused"]
    assert "id" not in second
    assert [third["id"], third["question"]] == [3, "Whenever – ü?"]
    assert services.opened == 1
    assert services.scripted.asked[1].history == (Turn("user", "The bridge"),)


def test_a_malformed_line_keeps_step_and_is_reported_at_the_end(
    services: FakeServices, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch, "{", '{"id": 2}', '{"id": 3, "question": "When?"}')
    assert main(["ask", "--jsonl"], services) == 2
    captured = capsys.readouterr()
    broken, empty, good = objects(captured.out)
    assert [broken["id"], broken["reason"]] == [None, "error"]
    assert [empty["id"], empty["reason"]] == [2, "error"]
    assert [good["id"], good["outcome"]] == [3, "answered"]
    assert list(broken) == list(good)
    assert "Line 1" in captured.err
    assert "Line 2" in captured.err


def test_claims_are_read_line_by_line_too(
    services: FakeServices, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    type_lines(monkeypatch, '{"id": 1, "claim": "a"}', '{"id": 2, "question": "b"}', "[]")
    assert main(["check", "--jsonl"], services) == 2
    values = objects(capsys.readouterr().out)
    assert [value["claim"] for value in values] == ["a", "b", ""]
    assert values[2]["verdict"] == "not_in_corpus"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["ask", "--jsonl", "When?"],
        ["ask", "--json", "--jsonl"],
        ["aks", "When?"],
        ["index", "--force"],
        ["passage", "a.md", "one", "2"],
        ["manifest", "--http"],
        ["manifest", "--http", "bot.example.com"],
        ["rollback", "1"],
        ["chat", "now"],
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_right(
    arguments: list[str], services: FakeServices, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main(arguments, services)
    except SystemExit as stopped:  # argparse ends the process itself
        status = int(str(stopped.code))
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert "onrecord" in captured.err


def test_a_wrong_setting_ends_with_2(
    services: FakeServices, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CORPUS", "docs")
    assert main(["ask", "When?"], services) == 2
    assert "Did you mean ONRECORD_CORPUS_DIR?" in capsys.readouterr().err


def test_no_index_ends_with_3_and_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "When?"], FakeServices(published=False)) == 3
    captured = capsys.readouterr()
    assert captured.err == "onrecord: There is no index yet.\nRun `onrecord index`.\n"


def test_index_takes_a_folder_for_this_run(
    services: FakeServices, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index", "--corpus", "elsewhere", "--dry-run", "--json"], services) == 0
    ((settings, dry_run),) = services.indexed
    assert settings.corpus_dir == Path("elsewhere")
    assert dry_run
    assert objects(capsys.readouterr().out)[0]["generation"] == 7


def test_index_removes_and_tries_again_only_when_it_is_told_to(services: FakeServices) -> None:
    assert main(["index"], services) == 0
    assert services.allowed == (0, False)
    assert main(["index", "--allow-removals", "40", "--retry-failed"], services) == 0
    assert services.allowed == (40, True)


def test_a_failed_document_is_named_and_changes_the_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    services = FakeServices(result=report(FailedFile("a.pdf", "It is encrypted.")))
    assert main(["index"], services) == 1
    assert "a.pdf: It is encrypted." in capsys.readouterr().out


def test_passage_writes_the_quotation_and_nothing_else(
    services: FakeServices, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["passage", "city/bridges.md", "0", "9"], services) == 0
    assert capsysbinary.readouterr().out == "öne\n\x1b[31mtwo".encode()


@pytest.mark.parametrize(
    ("source", "end", "hint"),
    [
        ("city/bridge.md", "9", "Did you mean city/bridges.md?"),
        ("zzz", "9", "path inside the corpus folder"),
        ("city/bridges.md", "900", "START and END"),
    ],
)
def test_a_passage_that_does_not_exist_is_wrong_use(
    source: str, end: str, hint: str, services: FakeServices, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["passage", source, "0", end], services) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert hint in captured.err


def test_a_rollback_says_what_is_published_and_what_would_undo_it(
    services: FakeServices, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rollback"], services) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Generation 8 is published: it holds what generation 6 held, 5 documents" in shown
    assert "correct the documents before" in shown
    assert main(["rollback", "--json"], services) == 0
    assert objects(capsys.readouterr().out) == [
        {"generation": 8, "restored": 6, "sources": 5, "passages": 99}
    ]
    assert main(["rollback"], FakeServices(published=False)) == 3


def test_a_rollback_is_seen_by_the_next_question(capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Path("corpus")
    corpus.mkdir()
    guide = corpus / "guide.md"
    guide.write_text("# Bridge\n\nThe bridge opened in 1932.\n")
    assert main(["index"]) == 0
    assert main(["rollback"]) == 1
    assert "No generation before 1 is kept" in capsys.readouterr().err
    guide.write_text("# Bridge\n\nThe bridge opened in 1950.\n")
    assert main(["index"]) == 0
    assert main(["rollback", "--json"]) == 0
    assert main(["ask", "When did the bridge open?"]) == 0
    assert "1932" in capsys.readouterr().out


def _python(code: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0"},
        input=typed,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_help_needs_no_heavy_import() -> None:
    done = _python(
        "import sys\nfrom bot.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'rich', 'pydantic', 'numpy', 'chromadb', 'slack_bolt', 'langchain_core'}"
        " & set(sys.modules)))"
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_input_and_output_are_utf8_in_every_locale() -> None:
    script = (
        "from bot.cli import main\nfrom tests.bot.examples import FakeServices\n"
        "main(['ask', '--jsonl'], FakeServices())"
    )
    line = '{"id": "ü", "question": "Who – \\ud800?"}\n'.encode()
    done = _python(script, typed=line + b'{"question": "\xff"}\n')
    assert done.returncode == 0, done.stderr.decode()
    first, second = objects(done.stdout.decode())
    assert [first["id"], first["question"]] == ["ü", "Who – \ufffd?"]
    assert second["question"] == "\ufffd"


def test_a_reader_that_has_gone_is_no_traceback() -> None:
    script = (
        "import sys\nfrom bot.cli import main\nfrom tests.bot.examples import FakeServices\n"
        "sys.exit(main(['ask', '--jsonl'], FakeServices()))"
    )
    line = json.dumps({"question": "When?"}) + "\n"
    shell = '"$0" -c "$1" | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}'
    done = subprocess.run(
        ["bash", "-c", shell, sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=line.encode() * 5000,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b""
