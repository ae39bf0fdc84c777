"""HTML in, lines out; the rules of pages see them as any scraped text."""

import json
import subprocess
import sys

import pytest
import tintuc

PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Giá cà phê lập đỉnh mới - Báo Sao Mai</title>
<meta property="og:title" content="Giá cà phê lập đỉnh mới">
<meta property="article:published_time" content="2024-06-03T15:21:00+07:00"></head>
<body><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/t">Thời sự</a></li></ul></nav>
<article>%s
<p><strong>Giá cà phê Tây Nguyên vượt 125.000 đồng/kg, cao nhất từ trước đến nay.</strong></p>
<p>Sáng 3/6, thương lái thu mua cà phê với giá kỷ lục. Nông dân phấn khởi vì được mùa, được giá.</p>
<h2>Thiếu nguồn cung</h2>
<p>Nhiều hộ đã bán hết hàng từ đầu vụ. Doanh nghiệp xuất khẩu gặp khó vì thiếu <b>nguồn cung</b>.</p>
<ul><li>Đắk Lắk: 125.000 đồng</li><li>Gia Lai: 124.500 đồng</li></ul>
<table><tr><th>Tỉnh</th><th>Giá</th></tr><tr><td>Đắk Nông</td><td>125.200</td></tr></table>
<p>Giá được dự báo còn tăng. Người dân nên theo dõi sát thị trường.</p></article></body></html>
"""
HEAD = "<h1>Giá cà phê lập đỉnh mới</h1><div>Thứ hai, 03/06/2024 - 15:21</div>"
BODY = """Giá cà phê Tây Nguyên vượt 125.000 đồng/kg, cao nhất từ trước đến nay.
Sáng 3/6, thương lái thu mua cà phê với giá kỷ lục. Nông dân phấn khởi vì được mùa, được giá.
Thiếu nguồn cung
Nhiều hộ đã bán hết hàng từ đầu vụ. Doanh nghiệp xuất khẩu gặp khó vì thiếu nguồn cung.
- Đắk Lắk: 125.000 đồng
- Gia Lai: 124.500 đồng
| Tỉnh | Giá |
| Đắk Nông | 125.200 |
Giá được dự báo còn tăng. Người dân nên theo dõi sát thị trường."""


@pytest.fixture
def trafilatura():
    return pytest.importorskip("trafilatura")


@pytest.mark.usefixtures("trafilatura")
def test_blocks_are_lines():
    assert tintuc.from_html(PAGE % HEAD) == "Giá cà phê lập đỉnh mới\nThứ hai, 03/06/2024 - 15:21\n" + BODY


@pytest.mark.usefixtures("trafilatura")
def test_title_and_day_that_only_the_head_declares():
    assert tintuc.from_html((PAGE % "").encode()) == "Giá cà phê lập đỉnh mới\n03/06/2024\n" + BODY


@pytest.mark.usefixtures("trafilatura")
def test_the_rules_read_it():
    doc = tintuc.load()(tintuc.from_html(PAGE % HEAD), layers=["blocks"])
    assert doc.title.text == "Giá cà phê lập đỉnh mới"
    assert doc.date == "2024-06-03"
    assert [block.kind for block in doc.blocks][2:6] == ["lead", "paragraph", "heading", "paragraph"]


PICTURE = '<img src="a.jpg" alt="Cà phê">'
CAPTION = "Nông dân Đắk Lắk thu hoạch cà phê. Ảnh: Minh Anh"
FIGURES = {
    "figure": f"<figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure>",
    "figure with a paragraph": f"<figure><picture>{PICTURE}</picture><figcaption><p>{CAPTION}</p></figcaption></figure>",
    "table": f'<table class="tplCaption"><tr><td>{PICTURE}</td></tr><tr><td class="Image">{CAPTION}</td></tr></table>',
    "boxes": f'<div class="Photo"><div>{PICTURE}</div><div class="PhotoCMS_Caption"><p>{CAPTION}</p></div></div>',
    "box with the picture": f'<div class="wp-caption">{PICTURE}<p class="wp-caption-text">{CAPTION}</p></div>',
    "paragraphs": f'<p class="image">{PICTURE}</p><p class="caption">{CAPTION}</p>',
    "centred": f"<p>{PICTURE}<br><em>{CAPTION}</em></p>",
}


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize("name", FIGURES)
def test_captions_stay_in_their_place(name):
    page = (PAGE % HEAD).replace("<h2>", FIGURES[name] + "<h2>")
    lines = tintuc.from_html(page).splitlines()
    assert lines.count(CAPTION) == 1
    assert lines.index(CAPTION) == lines.index("Thiếu nguồn cung") - 1
    doc = tintuc.load()("\n".join(lines), layers=["blocks"])
    assert [block.kind for block in doc.blocks if block.text == CAPTION] == ["caption"]


@pytest.mark.usefixtures("trafilatura")
def test_text_that_is_called_a_caption_is_no_caption():
    long = "Người dân nên theo dõi sát thị trường. " * 20
    assert long.strip() in tintuc.from_html(PAGE % (HEAD + f'<div class="caption-free"><p>{long}</p></div>'))


@pytest.mark.usefixtures("trafilatura")
def test_no_text():
    with pytest.raises(tintuc.ArgumentError, match="no text"):
        tintuc.from_html("<html></html>")


def test_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(tintuc.UnsupportedError, match=r"tintuc\[html\]"):
        tintuc.from_html(PAGE)


@pytest.mark.usefixtures("trafilatura")
def test_command_line(tmp_path):
    (tmp_path / "page.html").write_text(PAGE % HEAD, "utf-8")
    (tmp_path / "none.htm").write_text("<html></html>", "utf-8")
    command = [sys.executable, "-m", "tintuc", "tag", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["none", "page"]
    assert "no text" in rows[0]["error"]["message"]
    assert rows[1]["date"] == "2024-06-03" and rows[1]["text"].startswith("Giá cà phê")
