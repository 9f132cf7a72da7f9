"""How names are spelled: without faces, and as tokens with spaces, so that a document can be searched for them."""

from __future__ import annotations

import re
from functools import lru_cache

from derive.read.errors import ReadError
from derive.read.tokens import tokenize

_FACE = re.compile(r"\\(?:mathbf|boldsymbol|vec|mathit)\{((?:[^{}]|\{[^{}]*\})*)\}")


@lru_cache(maxsize=4096)
def faceless(name: str) -> str:
    """A name without bold faces and arrows.

    >>> faceless(r"\\hat{\\mathbf{y}}")
    '\\\\hat{y}'
    """
    before = ""
    while before != name:
        before, name = name, _FACE.sub(r"\1", name)
    return name


@lru_cache(maxsize=2048)
def spaced(text: str) -> str:
    """A formula as tokens with spaces between them, without braces around one token, its words in brackets of their
    own; nothing if it is no mathematics.

    >>> spaced(r"\\bm{w}_{i}^{\\text{new}}")
    '\\\\boldsymbol w _ i ^ ⟦new⟧'
    """
    try:
        tokens = tokenize(text)[:-1]
    except ReadError:
        return ""
    texts = [f"⟦{token.text}⟧" if token.kind == "word" and len(token.text) > 1 else token.text for token in tokens]
    return re.sub(r"(?<!\S)\{ (\S+) \}(?!\S)", r"\1", " ".join(texts))
