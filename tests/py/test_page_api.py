"""Title, body and source of a document; abbreviations and block rules of a user."""

import gc
import threading

import pytest
import tintuc

PAGE = """Trang chủ > Thời sự
Đối thoại quốc phòng lần thứ tám
21/06/2019 - 15:22
Hai thứ trưởng đồng chủ trì đối thoại tại La Hay sáng nay.
Các đại biểu chụp ảnh lưu niệm. (Ảnh: An/TTXVN)
Hai bên trao đổi về tình hình khu vực. Đoàn ở thăm đến ngày 22/6.
Hợp tác chuyên sâu
Hai bên đánh giá cao kết quả hợp tác. Lĩnh vực gìn giữ hòa bình được nhắc tới nhiều lần./.
Theo TTXVN
Chia sẻ bài viết"""


@pytest.fixture(scope="module")
def nlp():
    return tintuc.load()


def test_title_body_and_source(nlp):
    doc = nlp(PAGE, layers=["blocks"])
    assert doc.title.text == "Đối thoại quốc phòng lần thứ tám" and doc.title.kind == "title"
    assert [block.kind for block in doc.body] == ["lead", "paragraph", "heading", "paragraph"]
    assert doc.body_text == "\n".join(block.text for block in doc.body)
    assert doc.source.text == "TTXVN" == PAGE[doc.source.start : doc.source.end]
    assert doc.source == doc.source and doc.source.doc is doc


def test_a_page_that_has_none_of_them(nlp):
    doc = nlp("21/06/2019 - 15:22", layers=["blocks"])
    assert doc.title is None and doc.source is None and doc.body == [] and doc.body_text == ""


def test_abbreviations(nlp):
    text = "Theo Xn. Sao Mai, giá tăng. Người dân lo."
    more = nlp.with_abbreviations(["Xn."])
    assert type(more) is type(nlp) and more.max_bytes == nlp.max_bytes and more.labels == nlp.labels
    assert [s.text for s in more(text).sentences] == ["Theo Xn. Sao Mai, giá tăng.", "Người dân lo."]
    assert len(nlp(text).sentences) == 3, "the first pipeline is as it was"
    assert len(more.with_abbreviations(["tăng"])(text).sentences) == 1, "rules add up"


def test_block_rules(nlp):
    more = nlp.with_block_rule("nav", r"^Mục lục\b").with_block_rule("source", "(?i)bản quyền hình")
    blocks = more("Mục lục các bài viết trong tháng của báo\nMột câu. Hai câu nữa.\nBản quyền hình thuộc An").blocks
    assert [block.kind for block in blocks] == ["nav", "paragraph", "source"]


@pytest.mark.parametrize("words", [["a b"], [""], ["."], ["\N{NO-BREAK SPACE}"]])
def test_what_is_no_abbreviation(nlp, words):
    with pytest.raises(tintuc.ArgumentError, match="no abbreviation"):
        nlp.with_abbreviations(words)


@pytest.mark.parametrize("words", ["Xn.", 3, [3]])
def test_abbreviations_of_another_type(nlp, words):
    with pytest.raises(TypeError):
        nlp.with_abbreviations(words)


def test_bad_rules(nlp):
    with pytest.raises(tintuc.ArgumentError, match="kind of block"):
        nlp.with_block_rule("aside", "a")
    with pytest.raises(tintuc.ArgumentError, match="byte 2") as caught:
        nlp.with_block_rule("nav", "(a")
    assert caught.value.byte == 2


def test_a_pattern_that_would_take_for_ever(nlp):
    slow = nlp.with_block_rule("nav", "^(a+)+$")
    with pytest.raises(tintuc.LimitError, match="costs more"):
        slow("a" * 60 + "b")


def test_a_derived_pipeline_outlives_the_first():
    more = tintuc.load().with_abbreviations(["Xn"])
    gc.collect()
    assert len(more("Theo Xn. Sao Mai, giá tăng. Người dân lo.").entities) >= 0


def test_threads_share_rules(nlp):
    more = nlp.with_block_rule("nav", "^Mục").with_abbreviations(["Xn"])
    found = []
    run = lambda: found.append([block.kind for block in more("Mục lục\nMột câu. Hai câu.", layers=["blocks"]).blocks])  # noqa: E731
    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["nav", "paragraph"]] * 8
    assert [len(doc.blocks) for doc in more.pipe(["Mục lục\nMột câu. Hai câu."] * 20, threads=2)] == [2] * 20


def test_lines_parted_by_tags_are_not_joined(nlp):
    lines = [
        "người dân ở các xã vùng cao của tỉnh Hà Giang đã được nghe",
        "nhiều thông tin bổ ích về phòng chống cháy rừng trong mùa",
        "khô hanh kéo dài, theo lời của ông Nguyễn Văn An, chủ tịch",
        "xã này, và các chiến sĩ biên phòng đang đóng quân tại đây",
        "từ nhiều năm nay, nơi có đường biên giới dài gần ba mươi",
        "cây số.",
    ]
    assert not any("<" in block.text for block in nlp("<br>".join(lines)).blocks)
    assert len(nlp("\n".join(lines)).blocks) == 1


def test_a_rule_that_matches_nothing_changes_nothing(nlp):
    text = (
        "Thứ Sáu, 21/06/2019 - 15:22\nMôi trườngHồ Dầu Tiếng cạn nước nhất trong 20 năm qua\n"
        "Mực nước hồ Dầu Tiếng xuống thấp nhất trong hai mươi năm qua, theo báo cáo của tỉnh. Người dân lo thiếu nước cho vụ hè "
        "thu sắp tới ở các xã ven hồ.\nNgành thủy lợi cho biết sẽ tiết kiệm nước. Các trạm bơm sẽ chạy luân phiên trong tháng này."
    )
    plain = [(b.kind, b.text) for b in nlp(text).blocks]
    assert ("nav", "Môi trường") in plain
    assert [(b.kind, b.text) for b in nlp.with_block_rule("nav", "^zzzz")(text).blocks] == plain
