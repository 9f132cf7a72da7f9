"""Checks derivations in machine-learning mathematics the way a compiler checks a program.

The public names, each loaded when it is first used:

``Derivation``  state claims in Python, from SymPy expressions or LaTeX
``declare``     a context from declaration text
``read_term``   LaTeX to terms
``load``        an encoded proof by name
``check``       verdicts for a derivation's claims
``check_many``  answers for documents by the thousand, on all cores or on a cluster
``to_latex``    a term as a mathematician writes it
``%load_ext derive``  in a notebook: cells that are checked, objects that show themselves
``Proved``, ``Refuted``, ``Undecided``, ``Unread``  the answers
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.authoring import Derivation
    from derive.batch.client import check_many
    from derive.checker import check, load
    from derive.language.verdicts import Proved, Refuted, Undecided, Unread
    from derive.read.declarations import declare
    from derive.read.latex import read_term
    from derive.render.latex import to_latex

_HOME = {
    "Derivation": "derive.authoring",
    "Proved": "derive.language.verdicts",
    "Refuted": "derive.language.verdicts",
    "Undecided": "derive.language.verdicts",
    "Unread": "derive.language.verdicts",
    "check": "derive.checker",
    "check_many": "derive.batch.client",
    "declare": "derive.read.declarations",
    "load": "derive.checker",
    "load_ipython_extension": "derive.integrations.notebook",
    "read_term": "derive.read.latex",
    "to_latex": "derive.render.latex",
}

__all__ = [
    "Derivation",
    "Proved",
    "Refuted",
    "Undecided",
    "Unread",
    "check",
    "check_many",
    "declare",
    "load",
    "read_term",
    "to_latex",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"derive has no public name {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
