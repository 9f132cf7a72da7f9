r"""What stands below a brace: ``\underbrace{a + b}_{c}`` names what is above it, ``\underbrace{a - a}_{= 0}`` says what
that is."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACE = re.compile(r"\\(?:under|over)brace\s*(?=\{)")
_SCRIPT = re.compile(r"\s*[_^]\s*(?=\{)")
_WORDS = re.compile(r"\\(?:text\w*|mathrm|mbox|operatorname|substack|mathit)(?![A-Za-z])|\A\s*\(?[ivxIVX\d]*\)?\s*\Z")
_NAMES = re.compile(r"\s*(?:=:|:=)")
_STATES = re.compile(r"\s*=(?!.*=)")
MOST = 8
"""How many braces of a formula are looked at."""


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """For each brace of a formula the label, and the formula with nothing but what the brace says, each character in
    its place: ``body = label``.

    >>> [(label, said.strip()) for label, said in labelled(r"y = \\underbrace{a + b}_{c} + 1")]
    [('c', 'a + b =:c')]
    >>> [said.strip() for _, said in labelled(r"\\underbrace{a - a}_{= 0} + b")]
    ['a - a   = 0']
    """
    for number, found in enumerate(_BRACE.finditer(text)):
        body = _group(text, found.end())
        script = _SCRIPT.match(text, body[1] + 1) if body is not None else None
        label = _group(text, script.end()) if script is not None else None
        if body is None or label is None or number == MOST:
            continue
        above, below = text[body[0] : body[1]], text[label[0] : label[1]]
        if _WORDS.search(below) or "brace" in above:
            continue
        named = _NAMES.match(below)
        below = below if named is None else " " * named.end() + below[named.end() :]
        sign = "" if _STATES.match(below) else "=:"
        between = sign.rjust(label[0] - body[1])
        said = f"{' ' * body[0]}{above}{between}{below}"
        yield below.strip(), said + " " * (len(text) - len(said))


def _group(text: str, at: int) -> tuple[int, int] | None:
    """Where the inside of a braced group begins and ends."""
    depth = 0
    for place in range(at, len(text)):
        if text[place] == "\\":
            continue
        escaped = place > 0 and text[place - 1] == "\\"
        if text[place] == "{" and not escaped:
            depth += 1
        elif text[place] == "}" and not escaped:
            depth -= 1
            if depth == 0:
                return at + 1, place
    return None


__all__ = ["labelled"]
