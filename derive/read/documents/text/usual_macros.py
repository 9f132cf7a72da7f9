r"""Macros that papers and notes use without showing their definition: ``\norm{x}``, ``\E``, ``\R``, ``\argmin``."""

from __future__ import annotations

from derive.read.documents.text.macros import Macro, pieces_of

_WORDS = {
    "Tr": "Tr",
    "trace": "trace",
    "diag": "diag",
    "Diag": "Diag",
    "Var": "Var",
    "var": "Var",
    "Cov": "Cov",
    "cov": "Cov",
    "KL": "KL",
    "softmax": "softmax",
    "sigmoid": "sigmoid",
    "relu": "relu",
    "ReLU": "ReLU",
    "softplus": "softplus",
    "logsumexp": "logsumexp",
    "Prob": "Pr",
}
_SIGNS = {
    "R": r"\mathbb{R}",
    "RR": r"\mathbb{R}",
    "reals": r"\mathbb{R}",
    "E": r"\mathbb{E}",
    "EE": r"\mathbb{E}",
    "T": r"\top",
    "eps": r"\epsilon",
    "half": r"\frac{1}{2}",
    "ind": r"\mathbf{1}",
    "given": r"\mid",
}
_WITH_ARGUMENTS = {
    "norm": (1, r"\left\| #1 \right\|"),
    "abs": (1, r"\left| #1 \right|"),
    "inner": (2, r"\left\langle #1, #2 \right\rangle"),
    "ip": (2, r"\left\langle #1, #2 \right\rangle"),
}


def _usual() -> dict[str, Macro]:
    bodies = {**{name: rf"\operatorname{{{word}}}" for name, word in _WORDS.items()}, **_SIGNS}
    plain = {f"\\{name}": Macro(f"\\{name}", 0, pieces_of(body)) for name, body in bodies.items()}
    return plain | {
        f"\\{name}": Macro(f"\\{name}", count, pieces_of(body), starred=True)
        for name, (count, body) in _WITH_ARGUMENTS.items()
    }


USUAL = _usual()
"""What each of them stands for where a document does not define it."""
