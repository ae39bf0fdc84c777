"""The notebooks run from top to bottom, their own assertions hold, and what they show is there."""

import json
import re

import pytest
from conftest import ROOT

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

FOLDER = ROOT / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))

# what has to be in the outputs, by kind of data
SHOWN = {
    "01_first_page": [("text/html", "Khamsay Vongphachan"), ("text", "source: TTXVN"), ("text", "2024-10-14TAF")],
    "02_folder_to_dataframe": [("text", r"\(\d{3}, \d+\)"), ("text/html", "<table"), ("image/png", "^iVBOR")],
    "03_who_appears_with_whom": [("image/png", "^iVBOR"), ("text", r"Lê Quang Hiển – Khamsay Vongphachan: \d"), ("text", "9-asean.txt: Lê Quang Hiển")],
    "04_train_your_own_label": [("text/plain", r"\('SHIP',\)"), ("text", r"F1 (0\.[89]\d|1\.00) of 19"), ("text/html", "Golden Reef")],
}  # fmt: skip


def outputs(notebook):
    """(kind of data, its text) of everything that a notebook shows."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stdout":
                yield "text", output.text
            yield from output.get("data", {}).items()


def missing(notebook, name):
    shown = list(outputs(notebook))
    return [want for want in SHOWN[name] if not any(kind == want[0] and re.search(want[1], text) for kind, text in shown)]


def test_all_are_known():
    assert [path.stem for path in PATHS] == sorted(SHOWN)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_runs(path):
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    assert missing(notebook, path.stem) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_is_kept_as_it_ran(path):
    notebook = nbformat.read(path, as_version=4)
    numbers = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert numbers == list(range(1, len(numbers) + 1))
    assert missing(notebook, path.stem) == []
    text = json.dumps([list(outputs(notebook)), notebook.metadata], ensure_ascii=False)
    assert not re.search(r"/(?:home|tmp|root|work|Users|usr)/", text), "a path of the machine"
    assert path.stat().st_size < 200_000 and all(not cell.metadata for cell in notebook.cells)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_headings_are_in_two_languages(path):
    headings = re.findall(r"^#+ (.*)", "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"), re.M)
    assert len(headings) >= 4 and sum(" · " in heading for heading in headings) >= len(headings) - 1
