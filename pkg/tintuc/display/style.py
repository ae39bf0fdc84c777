"""The look: one style sheet, no script, no font or picture from elsewhere.

All rules lie under one class whose name comes from the rules themselves, so outputs of other versions on a page keep
theirs. Light or dark follows JupyterLab and VS Code, else the system. Labels are words before the mention, and what was
not in the text is drawn by the style sheet: it is neither selected nor copied. Blocks are boxes in a line, since a browser
puts a line feed of its own between blocks when it copies.
"""

from __future__ import annotations

import functools
import hashlib
import re
import zlib

# light ground, light ink, dark ground, dark ink: OKLCH lightness .955 .47 .32 .83; ink reads at 4.5:1 on ground and page
HUES = (
    ("#ffeae0", "#8e421b", "#482a1d", "#f9b597"),  # PER
    ("#feeaf1", "#82435d", "#432a34", "#eeb4ca"),  # ROLE, RANK
    ("#e2f2ff", "#215ba0", "#1f344e", "#9ccbff"),  # ORG
    ("#e1f7e7", "#036d3d", "#1c3a27", "#98d9ae"),  # LOC
    ("#f5ecff", "#6a488e", "#392c47", "#d5b9f7"),  # EVENT
    ("#dcf6f7", "#006b72", "#103a3c", "#85d8dc"),  # DOC
    ("#edf4dd", "#536300", "#2f3718", "#bfd08e"),  # PRODUCT
    ("#ffe7e6", "#9b2e38", "#4e2525", "#ffa9a9"),  # DISEASE
    ("#faefd8", "#7b5300", "#40300d", "#e5c37a"),  # days, times, lengths
    ("#edf0f5", "#515b6b", "#2f3339", "#bfc8d6"),  # numbers
)
_HUE_OF = {
    "PER": 0, "ROLE": 1, "RANK": 1, "ORG": 2, "LOC": 3, "EVENT": 4, "DOC": 5, "PRODUCT": 6, "DISEASE": 7,
    "DATE": 8, "TIME": 8, "DURATION": 8, "ORDINAL": 9, "MONEY": 9, "PERCENT": 9, "QUANTITY": 9,
}  # fmt: skip
MEANING = {
    "PER": "person", "ROLE": "office", "RANK": "rank or degree", "ORG": "organisation", "LOC": "place", "EVENT": "event",
    "DOC": "law, plan or work", "PRODUCT": "product", "DISEASE": "disease", "DATE": "day or longer", "TIME": "time of day",
    "DURATION": "length of time", "ORDINAL": "place in an order", "MONEY": "amount of money", "PERCENT": "share",
    "QUANTITY": "amount with a unit",
}  # fmt: skip
INK, PAGE_GROUND = ("#1d1f23", "#e4e4e0"), ("#fffefb", "#1b1c1f")  # light, dark
QUIET, LINE = ("#656a72", "#9a9fa8"), ("#e3e1da", "#37393e")

_RULES = """
.tt{color-scheme:light dark;max-width:58em;margin:.4em 0;border:1px solid var(--l);border-radius:6px;background:var(--p);color:var(--i);
font:14px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere;text-align:left}
[data-jp-theme-light=true] .tt,[data-vscode-theme-kind$=light] .tt{color-scheme:light}
[data-jp-theme-light=false] .tt,[data-vscode-theme-kind$=dark] .tt{color-scheme:dark}
.tt header,.tt footer{padding:.55em 1.1em;font-size:12px;color:var(--q);margin:0}
.tt header{border-bottom:1px solid var(--l)}.tt footer{border-top:1px solid var(--l)}
.tt header b{color:var(--i);font-weight:600}
.tt article{padding:15px 16px;margin:0;font-size:0;line-height:0;white-space:pre-wrap;tab-size:4}
.tt article>div{display:inline-block;box-sizing:border-box;width:100%;vertical-align:top;position:relative;margin:0;padding:0 0 .5em 6.2em;
font:17px/1.95 ui-serif,"Noto Serif","Source Serif 4",Cambria,"Times New Roman",serif}
.tt article>div::before{content:attr(data-k);position:absolute;left:0;top:.85em;width:8em;font:500 10.5px/1.3 system-ui,"Segoe UI",Roboto,
"Noto Sans",sans-serif;letter-spacing:.02em;color:var(--q)}
.tt article>.k-title{font-size:25px;line-height:1.5;font-weight:700;letter-spacing:-.006em}.tt article>.k-title{padding-left:4.22em}
.tt .k-title mark{font-weight:inherit}
.tt .k-lead{font-weight:600}
.tt .k-heading{font-weight:700;padding-top:.5em}
.tt article>.k-caption,.tt article>.k-credit{font-size:14.5px;padding-left:calc(7.3em + 14px);font-style:italic}
.tt .k-caption::after,.tt .k-credit::after{content:"";position:absolute;left:7.3em;top:0;bottom:0;border-left:3px solid var(--l)}
.tt .k-credit,.tt .k-timestamp,.tt .k-source,.tt .k-nav,.tt .k-share{color:var(--q)}
.tt article>.k-timestamp,.tt article>.k-source,.tt article>.k-nav,.tt article>.k-share{font:13px/2 system-ui,"Segoe UI",Roboto,"Noto Sans",
sans-serif;padding-left:8.1em}
.tt article>.k-teaser{font-size:15.5px;line-height:1.85;padding:.5em .9em;margin:.3em 0 .3em 6.8em;width:calc(100% - 6.8em);border:1px solid var(--l);border-radius:5px}
.tt article>.k-teaser::before{left:-10.05em;width:7em}
.tt mark{background:var(--b);color:inherit;border-bottom:2px solid var(--s);border-radius:3px 3px 0 0;padding:1px 3px;
-webkit-box-decoration-break:clone;box-decoration-break:clone;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.tt mark.n1{padding:2px 1px 4px 3px}.tt mark.n2{padding:3px 1px 8px 3px}.tt mark.n3{padding:4px 1px 12px 3px}
.tt mark.u{border-bottom-style:dashed}
.tt mark:hover{outline:1px solid var(--s)}
.tt mark[data-l]::before{content:attr(data-l);font:600 9.5px/1 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;letter-spacing:.04em;
color:var(--s);margin-right:.45em;vertical-align:.16em;text-decoration:none}
.tt b.c{unicode-bidi:isolate;font-weight:inherit;border:1px dotted var(--q);border-radius:3px;padding:0 2px;color:var(--q)}
.tt b.c::before{content:attr(data-c);font:10px/1 ui-monospace,monospace;vertical-align:.1em}
.tt header mark{margin-right:.3em}
.tt .s{border-top:1px solid var(--l);padding:.2em .5em}
.tt footer mark{white-space:nowrap;margin-right:.9em;line-height:2.1;font-size:12px}
.tt p.m{margin:0;padding:.55em 1.1em;border-top:1px solid var(--l);font-size:12px}
.tt code{padding:0;font:12px ui-monospace,monospace;background:none;color:inherit}
.tt table{table-layout:auto;border-collapse:collapse;margin:0;width:100%;font-size:13px;color:inherit}
.tt th:nth-child(n),.tt td:nth-child(n){padding:.28em .7em;text-align:left;vertical-align:top;border:0;border-bottom:1px solid var(--l);
max-width:none;white-space:nowrap}
.tt thead th{font-weight:600;color:var(--q);font-size:12px}
.tt tbody tr:nth-child(n){background:none}.tt tbody tr:last-child td:nth-child(n){border-bottom:0}
.tt .r.r:nth-child(n){text-align:right;font-variant-numeric:tabular-nums;color:var(--q)}
.tt td.t:nth-child(n){white-space:pre-wrap;width:70%}
.tt mark.v{border-bottom-width:2px}
.tt mark.v-missing{border-bottom-style:dashed;background:none}.tt mark.v-border-gold{border-bottom-style:dotted;background:none}
.tt mark.v-right{background:none;border-bottom-width:1px}
@media(max-width:38em){.tt article>div:nth-child(n){padding-left:0;margin-left:0}.tt article>div:nth-child(n)::before{position:static;
display:block}.tt .k-caption::after,.tt .k-credit::after{display:none}.tt article>.k-teaser:nth-child(n){padding-left:.9em;width:100%}}
@media print{.tt:nth-child(n){color-scheme:light;border:0;max-width:none}.tt article>div:nth-child(n){display:block}.tt tr{break-inside:avoid}}
"""


def pair(light: str, dark: str) -> str:
    """A colour that follows the theme."""
    return f"light-dark({light},{dark})"


def _hue(number: int) -> str:
    light_ground, light_ink, dark_ground, dark_ink = HUES[number]
    return f".tt .h{number}{{--b:{pair(light_ground, dark_ground)};--s:{pair(light_ink, dark_ink)}}}"


_VARIABLES = f".tt{{--p:{pair(*PAGE_GROUND)};--i:{pair(*INK)};--q:{pair(*QUIET)};--l:{pair(*LINE)}}}"
_ALL = _VARIABLES + "".join(map(_hue, range(len(HUES)))) + re.sub(r"\n", "", _RULES)
SCOPE = "tt-" + hashlib.sha256(_ALL.encode()).hexdigest()[:6]
CSS = re.sub(r"\.tt(?=[ {:.,])", f".{SCOPE}", _ALL)


@functools.lru_cache(maxsize=1024)
def hue_of(label: str) -> int:
    """Colour of a label; those of other label sets get one that is always the same."""
    return _HUE_OF.get(label, zlib.crc32(label.encode("utf-8", "replace")) % len(HUES))


def boxed(inside: str, name: str, styled: bool = True) -> str:
    """The element that holds an output, with its style sheet where it stands alone; `name` is for those who cannot see it."""
    sheet = f"<style>{CSS}</style>" if styled else ""
    return f'<div class="{SCOPE}" role="group" aria-label="{name}">{sheet}{inside}</div>'
