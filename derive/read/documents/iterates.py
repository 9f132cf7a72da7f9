"""``w_{t+1} = w_t - \\eta (A w_t - b)`` beside a declared w: the iterates of w, where t counts nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read.documents.spelling import spaced

_STEP = r"\{ (?P<step>(?P<letter>[a-z])(?: [+-] \d+)?) \}|(?P<alone>[a-z])(?!\S)"


def iterates(letter: str, formulas: Sequence[str], context: Context) -> list[str]:
    """The names of the iterates in some formulas (tokens with spaces between them), and what each is an iterate of.

    Nothing where the letter stands anywhere but below such names, or no formula steps from one to the next.

    >>> from derive.read.declarations import declare
    >>> iterates("t", ["w _ { t + 1 } = w _ t - g"], declare("w, g \\\\in \\\\mathbb{R}^d"))
    ['w_{t+1}', 'w_t']
    >>> iterates("t", ["w _ { t + 1 } = t w _ t"], declare("w \\\\in \\\\mathbb{R}^d"))
    []
    """
    if not re.fullmatch(r"[a-z]", letter) or letter in context.indices or letter in context.sizes:
        return []
    found: dict[str, None] = {}
    steps = False
    for text in formulas:
        left = text
        for name, decl in context.symbols.items():
            if decl.family or decl.definition is not None:
                continue
            wanted = re.compile(rf"(?<!\S){re.escape(spaced(name))} _ (?:{_STEP})(?! \^ (?:\{{ )?\()")
            for match in wanted.finditer(text):
                if letter in (match["letter"], match["alone"]):
                    step = (match["step"] or match["alone"]).replace(" ", "")
                    steps = steps or len(step) > 1
                    found[f"{name}_{{{step}}}" if len(step) > 1 else f"{name}_{step}"] = None
            left = wanted.sub(lambda m: " " if letter in (m["letter"], m["alone"]) else m.group(), left)
        if re.search(rf"(?<!\S){letter}(?!\S)", left):
            return []
    return list(found) if steps else []


__all__ = ["iterates"]
