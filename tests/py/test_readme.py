"""The README's example runs, and prints what the README says."""

import contextlib
import io
import re

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


EXAMPLES = re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("code, want", EXAMPLES, ids=range(len(EXAMPLES)))
def test_example_prints_what_it_says(code, want):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})
    assert out.getvalue() == want


def test_every_python_block_is_an_example():
    assert len(EXAMPLES) == len(re.findall(r"```python", README)) >= 2


def test_first_two_shell_blocks_install_run_and_test():
    run, test = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)[:2]
    assert "\n" not in run + test
    assert "tintuc tag" in run and "make -s -C csrc test" in test and "pytest" in test
