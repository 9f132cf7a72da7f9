"""The words of mathematical LaTeX: which commands relate, multiply, gather, decorate, open and close."""

from __future__ import annotations

RELATIONS = {
    "=": "=",
    "<": "<",
    ">": ">",
    ":=": ":=",
    "=:": "=:",
    "\\le": "<=",
    "\\ge": ">=",
    "\\ne": "!=",
    "\\approx": "~=",
    "\\in": "in",
    "\\sim": "~",
    "\\Rightarrow": "=>",
    "\\Leftrightarrow": "<=>",
    "\\rightarrow": "->",
    "\\equiv": "=",
    "\\propto": "propto",
    "\\coloneq": ":=",
    "\\notin": "notin",
    "\\simeq": "~=",
    "\\succeq": "psd",
    "\\succ": "pd",
    "\\leftarrow": "<-",
    "\\gets": "<-",
}
PRODUCTS = {
    "*": "*",
    "/": "/",
    "\\cdot": "*",
    "\\times": "\\times",
    "\\odot": "\\odot",
    "\\otimes": "\\otimes",
    "\\circ": "\\odot",
    "\\oslash": "\\oslash",
    "\\div": "/",
    "\\bullet": "*",
}
CONNECTIVES = {"\\wedge": "and", "\\vee": "or"}
BIG = {
    "\\sum": "sum",
    "\\prod": "prod",
    "\\max": "max",
    "\\min": "min",
    "\\sup": "max",
    "\\inf": "min",
    "\\argmax": "argmax",
    "\\argmin": "argmin",
}
BIG_WORDS = {
    "argmax": "argmax",
    "argmin": "argmin",
    "arg max": "argmax",
    "arg min": "argmin",
    "max": "max",
    "min": "min",
}
ACCENTS = frozenset("hat tilde bar vec dot ddot check breve underline".split())
FACES = frozenset("mathbf boldsymbol mathcal mathbb mathfrak mathscr mathit mathnormal".split())
OPENING = {"(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle", "\\lfloor": "\\rfloor"}
CLOSING = frozenset(OPENING.values()) | {"}", "|)"}
MATRICES = {
    "bmatrix": False,
    "pmatrix": False,
    "matrix": False,
    "array": False,
    "smallmatrix": False,
    "vmatrix": True,
    "Bmatrix": False,
    "bmatrix*": False,
}
SEPARATORS = frozenset({",", ";", ":", "|"})
FUNCTION_COMMANDS = frozenset("log ln exp sin cos tan tanh sinh cosh det arctan sgn lim tr Pr deg dim ker gcd".split())
SCRIPT_MARKS = {mark: mark for mark in ("*", "+", "-", "\\star", "\\dagger", "\\top", "\\intercal", "\\perp")} | {
    "\\|": "\\parallel"
}
"""What may stand alone above or below a name, as it is called there: ``x_\\parallel`` is no norm."""
PLAIN_UPRIGHT = frozenset({"d", "e", "T"})
"""Upright letters that mean the same as italic ones; any other may be a quantity of its own."""
BIG_COMMANDS = frozenset(name[1:] for name in BIG)
