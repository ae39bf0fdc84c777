"""The committed tables are what their generators write."""
import pathlib
import subprocess
import sys

import pytest

CSRC = pathlib.Path(__file__).parents[2] / "csrc"
TABLES = {
    "make_letters.py": "core/text/letter_table.inc",
    "make_utf8_packs.py": "core/text/utf8_pack_table.inc",
    "make_html.py": "core/text/html_table.inc",
    "make_syllables.py": "core/text/syllable_table.inc",
    "make_glyphs.py": "core/page/glyph_table.inc",
    "make_phrases.py": "core/page/phrase_table.inc",
    "make_joints.py": "core/page/joint_table.inc",
    "make_leads.py": "core/page/lead_table.inc",
    "make_charsets.py": "core/text/charset_table.inc",
    "make_compose.py": "core/text/compose_table.inc",
    "make_letter_pairs.py": "core/text/letter_pair_table.inc",
    "make_abbreviations.py": "core/sentence/abbreviation_table.inc",
    "make_utf8_packs.py": "core/text/utf8_pack_table.inc",
}


@pytest.mark.parametrize("script", sorted(TABLES))
def test_table_is_up_to_date(script):
    made = subprocess.run([sys.executable, CSRC / "data" / script], stdout=subprocess.PIPE, check=True).stdout
    assert made == (CSRC / TABLES[script]).read_bytes(), "run `make -C csrc tables`"


def test_every_table_has_a_generator():
    assert {str(path.relative_to(CSRC)) for path in CSRC.glob("core/*/*.inc")} == set(TABLES.values())


def test_abbreviations_are_sorted_by_bytes():
    lines = (CSRC / TABLES["make_abbreviations.py"]).read_text("utf-8").splitlines()
    keys = [line.split('"')[1].encode() for line in lines if line.startswith("    {")]
    assert keys == sorted(set(keys)) and len(keys) > 100
