"""Documents in the forms of other tools, and back: spaCy, CoNLL, brat, Label Studio, our own inline form, JSON lines.

Every form says in its module what it cannot hold. Whatever comes back is checked as a stranger's: offsets, nesting, labels.
"""

from tintuc.exchange.brat import from_brat, to_brat
from tintuc.exchange.conll import from_conll, to_conll
from tintuc.exchange.files import read, read_jsonl
from tintuc.exchange.inline import from_ann, to_ann
from tintuc.exchange.label_studio import from_label_studio, label_studio_config, to_label_studio
from tintuc.exchange.spacy import from_spacy, to_displacy, to_spacy

__all__ = [
    "from_ann",
    "from_brat",
    "from_conll",
    "from_label_studio",
    "from_spacy",
    "label_studio_config",
    "read",
    "read_jsonl",
    "to_ann",
    "to_brat",
    "to_conll",
    "to_displacy",
    "to_label_studio",
    "to_spacy",
]
