"""Bad input gets a clear error: its class, its code, the byte."""

import pytest
import tintuc


@pytest.mark.parametrize(
    "data, byte",
    [(b"\xff", 0), ("Hà Nội ".encode() + b"\xc3", 10), (b"a\xed\xa0\x80", 1), (b"abcdefgh\xc0\x80", 8), (b"\xf5\x80\x80\x80", 0)],
)
def test_bytes_that_are_not_utf8(nlp, data, byte):
    with pytest.raises(tintuc.EncodingError) as caught:
        nlp(data)
    assert (caught.value.code, caught.value.byte) == ("encoding", byte)
    assert isinstance(caught.value, ValueError)


def test_lone_surrogate(nlp):
    with pytest.raises(tintuc.EncodingError) as caught:
        nlp("ab\ud800")
    assert caught.value.byte == 2


def test_too_long():
    nlp = tintuc.load(max_bytes=100)
    assert len(nlp("a" * 100)) == 100
    with pytest.raises(tintuc.LimitError) as caught:
        nlp("a" * 101)
    assert (caught.value.code, caught.value.byte) == ("limit", 100)


def test_missing_model(tmp_path):
    with pytest.raises(tintuc.FileError, match="No such file"):
        tintuc.load(tmp_path / "none.ttm")


@pytest.mark.parametrize("change", ["cut", "flip", "empty", "text", "version"])
def test_damaged_model(tmp_path, change):
    from tintuc.api import default_model

    with open(default_model(), "rb") as model:
        data = bytearray(model.read())
    if change == "cut":
        del data[len(data) // 2 :]
    elif change == "flip":
        data[len(data) // 2] ^= 1
    elif change == "empty":
        data = bytearray()
    elif change == "text":
        data = bytearray(b"not a model" * 100)
    else:
        data[8] = 99
    path = tmp_path / "bad.ttm"
    path.write_bytes(data)
    with pytest.raises(tintuc.ModelError) as caught:
        tintuc.load(path)
    assert caught.value.code == "model" and caught.value.path == str(path) and str(path) in str(caught.value)


@pytest.mark.parametrize("date", ["2021-02-30", "9/9/2021", "2021-9-9", "x", ""])
def test_bad_date(nlp, date):
    with pytest.raises(tintuc.ArgumentError):
        nlp("a", date=date)


def test_wrong_types(nlp):
    with pytest.raises(TypeError):
        nlp(3)
    with pytest.raises(TypeError):
        nlp("a", date=3)


@pytest.mark.parametrize(
    "call",
    [
        lambda nlp: nlp("a").words,
        lambda nlp: nlp("a").facts,
        lambda nlp: nlp.table(["a"], "words"),
        lambda nlp: nlp("a", layers=["words"]),
        lambda nlp: tintuc.words("a"),
    ],
)
def test_what_is_not_here_says_so(nlp, call):
    with pytest.raises(tintuc.UnsupportedError) as caught:
        call(nlp)
    assert caught.value.code == "unsupported"


def test_unknown_layer(nlp):
    with pytest.raises(tintuc.ArgumentError, match="nouns"):
        nlp("a", layers=["nouns"])
