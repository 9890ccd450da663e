"""Server: a model file behind llama.cpp's OpenAI-compatible server, on this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONTEXT_TOKENS = 4096
_READY_S = 120.0
_PAUSE_S = 0.2


@contextmanager
def served(python: Path, model: Path, threads: int) -> Iterator[str]:
    """Serve `model` with the `llama_cpp.server` of `python`; yields the base URL, ends with it."""
    port = _free_port()
    command = [
        *(str(python), "-m", "llama_cpp.server", "--model", str(model)),
        *("--host", "127.0.0.1", "--port", str(port)),
        *("--n_ctx", str(CONTEXT_TOKENS), "--n_threads", str(threads)),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}/v1"
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def point_to(url: str) -> None:
    """Send what is asked of `openai:…` to a server on this machine, which wants no key."""
    os.environ["OPENAI_BASE_URL"] = url
    os.environ.pop("OPENAI_API_BASE", None)
    os.environ["OPENAI_API_KEY"] = "none"


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/models", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(_PAUSE_S)
    raise TimeoutError(f"the server was not ready after {_READY_S:g} seconds")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
