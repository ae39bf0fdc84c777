"""tintuc reads Vietnamese news: page structure, sentences and nested entities, every span in the unchanged text.

>>> import tintuc
>>> nlp = tintuc.load()
>>> doc = nlp("Chiều 15/9, Đại tướng Phan Văn Giang hội đàm tại Hà Nội.")
>>> [(e.text, e.label) for e in doc.entities][1]
('Đại tướng', 'RANK')
"""

import importlib
from typing import TYPE_CHECKING, Any

from tintuc._core import (
    MAX_BYTES,
    Alignment,
    ArgumentError,
    Block,
    CancelledError,
    CorpusError,
    Document,
    EncodingError,
    Entity,
    Error,
    FileError,
    LimitError,
    ModelError,
    Sentence,
    Span,
    UnsupportedError,
    Value,
)
from tintuc._core import VERSION as __version__
from tintuc.api import Pipeline, load, parse_number, parse_time, score, sentences, train, words
from tintuc.display import Comparison, Judged, compare, show, to_html
from tintuc.encodings import Guess, Mojibake, decode, detect, encode, find_mojibake
from tintuc.html import from_html
from tintuc.tables import Table, table
from tintuc.text import Syllable, normalize, search_key, syllable

if TYPE_CHECKING:
    from tintuc import exchange
    from tintuc.exchange import (
        from_ann,
        from_brat,
        from_conll,
        from_label_studio,
        from_spacy,
        label_studio_config,
        read_jsonl,
        to_ann,
        to_brat,
        to_conll,
        to_displacy,
        to_label_studio,
        to_spacy,
    )
else:

    def __getattr__(name: str) -> Any:
        """The forms of other tools are loaded when they are asked for."""
        if name in __all__:
            exchange = importlib.import_module("tintuc.exchange")
            return exchange if name == "exchange" else getattr(exchange, name)
        raise AttributeError(f"module 'tintuc' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "MAX_BYTES",
    "Alignment",
    "ArgumentError",
    "Block",
    "CancelledError",
    "Comparison",
    "CorpusError",
    "Document",
    "EncodingError",
    "Entity",
    "Error",
    "FileError",
    "Guess",
    "Judged",
    "LimitError",
    "ModelError",
    "Mojibake",
    "Pipeline",
    "Sentence",
    "Span",
    "Syllable",
    "Table",
    "UnsupportedError",
    "Value",
    "__version__",
    "compare",
    "decode",
    "detect",
    "encode",
    "exchange",
    "find_mojibake",
    "from_ann",
    "from_brat",
    "from_conll",
    "from_html",
    "from_label_studio",
    "from_spacy",
    "label_studio_config",
    "load",
    "normalize",
    "parse_number",
    "parse_time",
    "read_jsonl",
    "score",
    "search_key",
    "sentences",
    "show",
    "syllable",
    "table",
    "to_ann",
    "to_brat",
    "to_conll",
    "to_displacy",
    "to_html",
    "to_label_studio",
    "to_spacy",
    "train",
    "words",
]
