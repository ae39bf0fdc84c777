"""Encodings through the package: Python's own codecs and iconv as oracles, round trips, errors and guesses."""

import shutil
import subprocess
import threading
import unicodedata

import pytest
import tintuc
from conftest import ROOT

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SMALL = [unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES] + ["đ"]
LETTERS = "".join(SMALL + [letter.upper() for letter in SMALL])
LEGACY = ["windows-1258", "viscii", "tcvn3", "tcvn5712-1", "vni", "vps", "viqr"]
WIDE = ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
HEADLINE = "Thủ tướng dự lễ khởi công cầu Mỹ Thuận"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", LEGACY)
def test_every_letter_round_trips(encoding, form):
    for text in (LETTERS, " ".join(LETTERS), "\n".join(f"x{letter}n" for letter in LETTERS)):
        data = tintuc.encode(unicodedata.normalize(form, text), encoding)
        assert tintuc.decode(data, encoding) == text


@pytest.mark.parametrize("encoding", WIDE)
def test_unicode_keeps_the_form(encoding):
    text = unicodedata.normalize("NFD", LETTERS) + "😀\ufeff"
    assert tintuc.decode(tintuc.encode(text, encoding), encoding) == text
    if encoding[-2:] in ("le", "be", "-8"):
        assert tintuc.encode(text, encoding) == text.encode(encoding)
    else:
        assert tintuc.encode(text, encoding).decode(encoding) == text


def code_points(codec):
    """{byte: what Python's codec makes of it}."""
    found = {}
    for byte in range(256):
        try:
            found[byte] = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            found[byte] = None
    return found


@pytest.mark.parametrize(
    "encoding, unused", [("windows-1258", {}), ("windows-1252", {b: chr(b) for b in b"\x81\x8d\x8f\x90\x9d"})]
)
def test_code_pages_are_those_of_python(encoding, unused):
    for byte, want in (code_points(encoding) | unused).items():
        if want is None:
            with pytest.raises(tintuc.EncodingError):
                tintuc.decode(bytes([byte]), encoding)
        else:
            assert tintuc.decode(bytes([byte]), encoding) == want


@pytest.mark.skipif(not shutil.which("iconv"), reason="iconv is the oracle")
@pytest.mark.parametrize(
    "encoding, theirs", [("viscii", "VISCII"), ("tcvn5712-1", "TCVN5712-1"), ("windows-1258", "CP1258")]
)
def test_code_pages_are_those_of_iconv(encoding, theirs):
    known = subprocess.run(["iconv", "-l"], capture_output=True, text=True).stdout
    if theirs not in known:
        pytest.skip(f"this iconv has no {theirs}")
    for byte in range(256):
        data = bytes([byte]) + b"."  # iconv holds a letter back until it sees that no mark follows
        done = subprocess.run(["iconv", "-f", theirs, "-t", "UTF-8"], input=data, capture_output=True)
        if done.returncode == 0:
            assert tintuc.decode(data, encoding) == done.stdout.decode()
        elif encoding != "windows-1258":
            pytest.fail(f"iconv cannot read {data!r}")


@pytest.mark.parametrize("encoding", LEGACY)
def test_what_can_be_written_comes_back_equivalent(encoding):
    written = 0
    for code in [*range(0x20, 0x2200), 0x20AB]:
        if 0xD800 <= code < 0xE000 or unicodedata.category(chr(code)) == "Cn":
            continue
        text = f"a{chr(code)}u"
        try:
            data = tintuc.encode(text, encoding)
        except tintuc.EncodingError as error:
            assert error.byte in (0, 1)  # 0: it composes with the a
            assert "is not in" in str(error)
            continue
        written += 1
        back = tintuc.decode(data, encoding)
        assert unicodedata.normalize("NFC", back) == unicodedata.normalize("NFC", text), hex(code)
    assert written > 200


# the motto as readers know it from pages shown in the wrong encoding, windows-1252
MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
GARBLED = {
    "windows-1258": "Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam, Ðôòc lâòp - Týò do - Haònh phuìc",
    "viscii": "Cµng hòa xã hµi chü nghîa Vi®t Nam, Ðµc l§p - Tñ do - HÕnh phúc",
    "tcvn3": "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",
    "tcvn5712-1": "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",
    "vni": "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc",
    "vps": "C¶ng hòa xã h¶i chû nghïa ViŒt Nam, ñ¶c lÆp - T¿ do - Hånh phúc",
}


@pytest.mark.parametrize("encoding", sorted(GARBLED))
def test_the_motto(encoding):
    data = GARBLED[encoding].encode("cp1252")
    assert tintuc.decode(data, encoding) == MOTTO
    assert tintuc.decode(data) == MOTTO
    if encoding != "windows-1258":  # à and ã are written as one byte too
        assert tintuc.encode(MOTTO, encoding) == data


def test_decode_says_where_and_repairs():
    data = "Hà Nội".encode("cp1258", "ignore") + b"\x8a"
    with pytest.raises(tintuc.EncodingError) as caught:
        tintuc.decode(data, "windows-1258")
    assert caught.value.byte == len(data) - 1
    assert "0x8A" in str(caught.value) and "repair" in str(caught.value)
    assert tintuc.decode(data, "windows-1258", "repair").endswith("\ufffd")


def test_core_gives_encoding_and_places():
    from tintuc import _core

    assert _core.decode(b"a\xffb\xfe", "utf-8", "repair") == ("a\ufffdb\ufffd", "utf-8", [1, 3])
    assert _core.decode(memoryview(b"\xff\xfea\0"), None, "strict") == ("a", "utf-16", [])


def test_encode_names_what_is_missing():
    with pytest.raises(tintuc.EncodingError) as caught:
        tintuc.encode("Hà \u4e2d", "vni")
    assert caught.value.byte == 4
    assert "U+4E2D" in str(caught.value)
    with pytest.raises(tintuc.EncodingError):
        tintuc.encode("a\udc80", "vni")


@pytest.mark.parametrize(
    "call",
    [
        lambda: tintuc.decode(b"a", "ebcdic"),
        lambda: tintuc.encode("a", "ebcdic"),
        lambda: tintuc.decode(b"a", None, "ignore"),
    ],
)
def test_bad_arguments(call):
    with pytest.raises(tintuc.ArgumentError):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: tintuc.decode("a"),
        lambda: tintuc.encode(b"a", "vni"),
        lambda: tintuc.decode(b"a", 3),
        lambda: tintuc.detect(None),
    ],
)
def test_wrong_types(call):
    with pytest.raises(TypeError):
        call()


@pytest.mark.parametrize("encoding", LEGACY + WIDE)
@pytest.mark.parametrize("text", [HEADLINE, HEADLINE.upper()])
def test_headlines_are_recognised(encoding, text):
    data = tintuc.encode(text, encoding)
    guess = tintuc.detect(data)
    assert guess.confidence > 0.6
    assert tintuc.decode(data) == tintuc.decode(data, guess.encoding) == text


def test_english_is_not_viqr():
    for path in [ROOT / "LICENSE", *sorted((ROOT / "csrc" / "core").glob("*/*.c"))]:
        ascii_only = path.read_text("utf-8").encode("ascii", "ignore")
        assert tintuc.detect(ascii_only) == ("utf-8", 1.0), path


def test_mojibake_is_recognised_and_mended():
    text = "Thủ tướng Chính phủ Phạm Minh Chính"
    once = text.encode().decode("latin-1")
    twice = once.encode().decode("latin-1")
    assert tintuc.find_mojibake(text) == (0, 0, 0.0, 0.0)
    assert tintuc.find_mojibake(once).confidence > 0.8 and tintuc.find_mojibake(once).twice == 0
    assert tintuc.find_mojibake(twice).twice > 0
    assert [tintuc.normalize(t, mojibake=True) for t in (text, once, twice)] == [text] * 3


def test_a_buffer_that_changes_while_it_is_read():
    """What others may write to is copied first: a second pass that found more than the first would write beyond its memory."""
    few, many = b"a" * 300_000, b"\xb5" * 300_000
    data = bytearray(few)
    done = threading.Event()

    def change():
        while not done.is_set():
            data[:] = many
            data[:] = few

    changer = threading.Thread(target=change)
    changer.start()
    try:
        for encoding in ("tcvn3", "viscii", "utf-16", "windows-1258") * 50:
            assert tintuc.decode(data, encoding, "repair")
            assert tintuc.decode(memoryview(data), encoding, "repair")
    finally:
        done.set()
        changer.join()
