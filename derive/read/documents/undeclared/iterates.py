"""``w_{t+1} = w_t - \\eta (A w_t - b)`` beside a declared w: the iterates of w, where t counts nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read.documents.text.spelling import spaced

_STEP = r"\{ (?P<step>(?P<letter>[a-z])(?: [+-] \d+)?) \}|(?P<alone>[a-z])(?!\S)"


def iterates(letter: str, formulas: Sequence[str], context: Context) -> list[str]:
    """The names of the iterates in some formulas (tokens with spaces between them), and what each is an iterate of.

    Nothing where the letter stands anywhere but below such names, or no formula steps from one to the next.

    >>> from derive.read.declarations import declare
    >>> iterates("t", ["w _ { t + 1 } = w _ t - g"], declare("w, g \\\\in \\\\mathbb{R}^d"))
    ['w_{t+1}', 'w_t']
    >>> iterates("t", ["w _ { t + 1 } = w _ t - g", "e _ t = w _ t - g"], declare("w, g \\\\in \\\\mathbb{R}^d"))
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
        for each in made_of_iterates(letter, formulas):
            left = re.sub(rf"(?<!\S){re.escape(each)} _ (?:{letter}(?!\S)|\{{ {letter}(?: [+-] \d+)? \}})", " ", left)
        if re.search(rf"(?<!\S){letter}(?!\S)", left):
            return []
    return list(found) if steps else []


def made_of_iterates(letter: str, formulas: Sequence[str]) -> dict[str, str]:
    """What ``e_t = w_t - w^*`` defines for every t, and as what: names that nothing else defines.

    >>> made_of_iterates("t", ["e _ t = w _ t - g ."])
    {'e': 'w _ t - g'}
    """
    found: dict[str, list[str]] = {}
    wanted = re.compile(rf"(?P<name>[A-Za-z]|\\[A-Za-z]+) _ {letter} :?= (?P<body>[^=<>]*?)[ .,;]*\Z")
    for text in formulas:
        match = wanted.match(text)
        if match is not None and "\\" * 2 not in text and not re.search(r"\\(?:le|ge|leq|geq|quad)\b", match["body"]):
            found.setdefault(match["name"], []).append(match["body"])
    return {name: bodies[0] for name, bodies in found.items() if len({*bodies}) == 1}


def one_further(letter: str, text: str) -> str:
    """``w_t - g`` as ``w_{t+1} - g``; nothing where the letter stands elsewhere than alone below a name.

    >>> one_further("t", "w _ t - g"), one_further("t", "t w _ t")
    ('w _ { t + 1 } - g', '')
    """
    moved = re.sub(rf" _ {letter}(?!\S)", f" _ {{ {letter} + 1 }}", text)
    return "" if re.search(rf"(?<!\S){letter}(?!\S)(?! \+ 1 \}})", moved) else moved


__all__ = ["iterates", "made_of_iterates", "one_further"]
