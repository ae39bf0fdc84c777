"""What the tests share: the pipeline, and the places of the checkout."""

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
