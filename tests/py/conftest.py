"""What the tests share: the pipeline, and the places of the checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tintuc

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def nlp():
    return tintuc.load()


@pytest.fixture
def run_cli(tmp_path):
    """Call the command line in a directory of its own; gives the finished process, output as bytes."""

    def run(*args, stdin=b"", **options):
        command = [sys.executable, "-m", "tintuc", *map(os.fspath, args)]
        return subprocess.run(command, input=stdin, capture_output=True, cwd=tmp_path, timeout=300, **options)

    return run


@pytest.fixture(scope="session")
def gold():
    """The dev articles as dicts, by the script that the corpus comes with."""
    script = ROOT / "csrc" / "data" / "corpus" / "ann.py"
    files = sorted((script.parent / "dev").glob("*.ann"))
    lines = subprocess.run([sys.executable, script, *files], capture_output=True, check=True).stdout.decode().splitlines()
    return [json.loads(line) for line in lines]


# Letters beyond the BMP, CRLF, marks of other forms, a mention over a line end; nothing at all; white space only; no entities.
ODD_TEXTS = [
    "😀 Hà Nội\r\n\r\nÔng 𝔄 Nguyễn Văn A,  đến {TP.HCM} | x.\r\n#1 đầu",
    "",
    " \r\n\t ",
    "Không có gì ở đây.",
    "Ha\u0300 No\u0323\u0302i, 15/9/2021 &amp; 1,5 tỷ đồng…",
]


@pytest.fixture(scope="session")
def documents(nlp, gold):
    """(id, document): the dev articles as gold and as tagged, and texts that are odd."""
    from tintuc import Document

    found = [(row["id"], Document.from_dict(row)) for row in gold]
    found += [(f"tagged-{row['id']}", nlp(row["text"], date=row["date"])) for row in gold]
    return found + [(f"odd-{i}", nlp(text)) for i, text in enumerate(ODD_TEXTS)]
