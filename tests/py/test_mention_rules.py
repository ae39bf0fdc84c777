"""Terms and patterns of a user: what they match, what becomes of the tagger's mentions, errors, the command line."""

import gc
import json
import random
import re

import pytest
import tintuc
from conftest import ROOT
from test_cases import load_cases

TEXT = "Chiều 15/9, ông Trần Văn Minh, Giám đốc Sở Y tế Hà Nội, nói về vụ án Sao Mai."
RULE = re.compile(r"(terms|TERMS|pattern) (\S+): (.*)")


def add_rule(nlp, line):
    """The pipeline with the rule of a case file's line, or None where the line is none."""
    rule = RULE.fullmatch(line)
    if rule is None:
        return None
    if rule[1] == "pattern":
        return nlp.with_pattern(rule[2], rule[3])
    return nlp.with_terms(rule[2], rule[3].split(" | "), ignore_case=rule[1] == "TERMS")


@pytest.mark.parametrize("case", load_cases("mention_rules.txt"), ids=lambda c: c[0])
def test_cases(nlp, case):
    _, text, lines = case
    known, found = nlp.labels, []
    while lines and (more := add_rule(nlp, lines[0])) is not None:
        nlp, lines = more, lines[1:]
    assert len(nlp.rules) > 0
    for entity in nlp(text).entities:
        if entity.label not in known:
            around = [other for other in found if other.end >= entity.end]
            assert entity.confidence == 1
            found.append(entity)
            assert f"{entity.label} {len(around)} | {entity.text}" == (lines[len(found) - 1] if len(found) <= len(lines) else "nothing more")
    assert len(found) == len(lines)


def labels_of(doc):
    return {(entity.text, entity.label) for entity in doc.entities}


def test_a_new_label_comes_after_the_models(nlp):
    more = nlp.with_pattern("CASE", r"vụ án( \p{Lu}\w*)+").with_terms("COURT", ["tòa"]).with_terms("CASE", ["vụ án Sao"])
    assert more.labels == (*nlp.labels, "CASE", "COURT")
    doc = more(TEXT)
    assert ("vụ án Sao Mai", "CASE") in labels_of(doc)
    assert labels_of(doc) >= {("Trần Văn Minh", "PER"), ("Hà Nội", "LOC")}
    shown = [entity for entity in json.loads(doc.to_json("x"))["entities"] if entity["label"] == "CASE"]
    assert [entity["text"] for entity in shown] == ["vụ án Sao Mai"]


def test_what_it_was_derived_from_is_as_before(nlp):
    before = labels_of(nlp(TEXT))
    nlp.with_terms("ORG", ["Hà Nội"])
    assert labels_of(nlp(TEXT)) == before and nlp.rules == ()


def test_neighbours_give_way(nlp):
    doc = nlp.with_terms("ORG", ["Minh, Giám đốc Sở"])(TEXT)
    assert ("Minh, Giám đốc Sở", "ORG") in labels_of(doc)
    assert ("Trần Văn Minh", "PER") not in labels_of(doc)


def test_a_larger_mention_stays(nlp):
    doc = nlp.with_terms("PRODUCT", ["Y tế"])(TEXT)
    (term,) = [entity for entity in doc.entities if entity.label == "PRODUCT"]
    assert (term.text, term.confidence) == ("Y tế", 1)
    assert (term.parent.text, term.parent.label) == ("Sở Y tế Hà Nội", "ORG")


def test_values_of_what_is_marked(nlp):
    (found,) = [e for e in nlp.with_pattern("MONEY", "năm chục tỉ đồng")("Chi năm chục tỉ đồng.").entities if e.label == "MONEY"]
    assert found.currency == "VND" and found.number == 50_000_000_000


def test_rules_in_order(nlp):
    more = nlp.with_abbreviations(["Xn"]).with_terms("ORG", iter(["a", "b"]), ignore_case=True).with_pattern("X", "c")
    more = more.with_block_rule("nav", "^d")
    assert more.rules == (
        ("with_abbreviations", (("Xn",),)), ("with_terms", ("ORG", ("a", "b"), True)), ("with_pattern", ("X", "c")),
        ("with_block_rule", ("nav", "^d")),
    )
    again = nlp
    for name, arguments in more.rules:
        again = getattr(again, name)(*arguments)
    assert again.rules == more.rules and again.labels == more.labels


def test_no_terms_are_no_rule_that_matches(nlp):
    assert labels_of(nlp.with_terms("X", [])(TEXT)) == labels_of(nlp(TEXT))


@pytest.mark.parametrize("call, error, words", [
    (lambda nlp: nlp.with_terms("X", "abc"), TypeError, "not a str"),
    (lambda nlp: nlp.with_terms("X", [3]), TypeError, "str or bytes"),
    (lambda nlp: nlp.with_terms(3, ["a"]), TypeError, "str"),
    (lambda nlp: nlp.with_terms("X", ["a", ""]), tintuc.ArgumentError, "term 2 is empty"),
    (lambda nlp: nlp.with_terms("X Y", ["a"]), tintuc.ArgumentError, "no label"),
    (lambda nlp: nlp.with_terms("X", ["a " * 257]), tintuc.LimitError, "limit of 256"),
    (lambda nlp: nlp.with_terms("X", ["\ud800"]), tintuc.EncodingError, "surrogate"),
    (lambda nlp: nlp.with_pattern("X", "(a"), tintuc.ArgumentError, "byte 2"),
    (lambda nlp: nlp.with_pattern("X", "^(a+)+$")("a" * 60 + "b"), tintuc.LimitError, "costs more"),
])
def test_bad_rules(nlp, call, error, words):
    with pytest.raises(error, match=words):
        call(nlp)


def test_a_derived_pipeline_outlives_the_others():
    more = tintuc.load().with_terms("X", ["vụ án"]).with_block_rule("nav", "^Mục").with_terms("Y", ["Sao Mai"])
    gc.collect()
    assert labels_of(more(TEXT)) >= {("vụ án", "X"), ("Sao Mai", "Y")}


def test_many_terms_at_once(nlp):
    syllables = ["an", "bình", "cát", "dương", "hải", "khang", "long", "minh", "phúc", "sơn"]
    terms = [f"{a} {b} {c} {d}" for a in syllables for b in syllables for c in syllables for d in syllables]
    found = nlp.with_terms("X", terms)("an bình cát dương và hải long minh phúc sơn")
    assert [e.text for e in found.entities if e.label == "X"] == ["an bình cát dương", "hải long minh phúc"]


def pages():
    """Texts of annotated pages, without the annotation."""
    for path in sorted((ROOT / "csrc" / "data" / "corpus" / "dev").glob("*.ann"))[:12]:
        text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
        while (bare := re.sub(r"\{[A-Z]+\|([^{}]*)\}", r"\1", text)) != text:
            text = bare
        yield text


def random_spans(chance, doc):
    """Runs of up to four words of a sentence, apart, of which the text has no copy."""
    spans = []
    for sentence in chance.sample(list(doc.sentences), min(8, len(doc.sentences))):
        words = [m.span() for m in re.finditer(r"(?<!\S)[^\W\d_]+(?!\S)", sentence.text)]
        if words:
            first = chance.randrange(len(words))
            start, end = sentence.start + words[first][0], sentence.start + words[min(first + chance.randrange(4), len(words) - 1)][1]
            if doc.text.count(doc.text[start:end]) == 1:
                spans.append((start, end))
    return spans


@pytest.mark.parametrize("seed", range(4))
def test_what_is_demanded_is_there_whatever_it_is(nlp, seed):
    """Any words as terms of labels that the model knows or not: all are mentions, and all mentions are nested."""
    chance, count = random.Random(seed), 0
    for text in pages():
        more, demanded = nlp, []
        for start, end in random_spans(chance, nlp(text, layers=["sentences"])):
            label = chance.choice(["PER", "ORG", "LOC", "EVENT", "X", "Y"])
            more = more.with_terms(label, [text[start:end]])
            demanded.append((start, end, label, 1))
        entities = list(more(text).entities)
        assert {(e.start, e.end, e.label, e.confidence) for e in entities} >= set(demanded)
        count += len(demanded)
        around = []
        for entity in entities:
            while around and around[-1].end <= entity.start:
                around.pop()
            assert not around or (entity.end <= around[-1].end and (entity.start, entity.end) != (around[-1].start, around[-1].end))
            assert entity.depth == len(around)
            around.append(entity)
    assert count > 40


def test_command_line(run_cli, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "terms.tsv").write_text("\ufeffCASE\tvụ án sao mai\n\nORG\tsở y tế\nCASE\tvụ án khác\n", "utf-8")
    done = run_cli("tag", "a.txt", "--terms", "terms.tsv", "--ignore-case", "--pattern", r"DAY=\d+/\d+", "--pattern", "EQUALS==+")
    assert done.returncode == 0, done.stderr
    found = {(e["text"], e["label"]) for e in json.loads(done.stdout)["entities"]}
    assert found >= {("vụ án Sao Mai", "CASE"), ("Sở Y tế", "ORG"), ("15/9", "DAY")}


@pytest.mark.parametrize("content, options, words", [
    (None, ["--terms", "none.tsv"], "none.tsv"),
    (b"CASE\ta\nno tab\n", ["--terms", "t.tsv"], "t.tsv:2: not a label, a tab and a term"),
    (b"CASE\t \n", ["--terms", "t.tsv"], "t.tsv:1: not a label"),
    (b"CASE\t\xff\n", ["--terms", "t.tsv"], "t.tsv: not UTF-8"),
    (None, ["--pattern", "abc"], "is not LABEL=REGEX"),
    (None, ["--pattern", "X=(a"], "byte 2"),
])
def test_command_line_errors(run_cli, tmp_path, content, options, words):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    if content is not None:
        (tmp_path / "t.tsv").write_bytes(content)
    done = run_cli("tag", "a.txt", *options)
    assert done.returncode == 2 and done.stdout == b""
    assert words in done.stderr.decode()
