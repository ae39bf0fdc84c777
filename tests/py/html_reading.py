"""Reads the HTML that tintuc draws: balance, the text of articles, marks with their places in it, and which tags and attributes occur."""

from html.parser import HTMLParser

VOID = {"meta"}


class Reader(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes = [], set(), set()
        self.articles, self.marks, self.titles, self.boxes, self.rows, self.links, self.ids = [], [], [], [], 0, [], []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.add(tag)
        self.attributes |= attrs.keys()
        self.rows += tag == "tr"
        if tag == "article":
            self.articles.append("")
        if "href" in attrs:
            self.links.append(attrs["href"])
        if "id" in attrs:
            self.ids.append(attrs["id"])
        place = len(self.articles[-1]) if self.articles else 0
        if tag not in VOID:
            self.open.append((tag, attrs, place))

    def handle_endtag(self, tag):
        name, attrs, start = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        inside = any(name == "article" for name, _, _ in self.open)
        if tag == "mark" and inside:
            self.marks.append((start, len(self.articles[-1]), attrs.get("data-l")))
            self.titles.append(attrs["title"])
        if tag == "b" and inside:
            self.boxes.append((attrs["data-c"], self.articles[-1][start:]))

    def handle_data(self, data):
        if any(name == "article" for name, _, _ in self.open):
            self.articles[-1] += data
