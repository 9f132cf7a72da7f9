"""Names that a text has in normal distributions and says nothing of: numbers in one formula, vectors in the next."""

from __future__ import annotations

from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.reading.state import Reading
from derive.read.documents.undeclared.normal_parameters import names_of_normals


def keep(reading: Reading, node: s.Node | None, done: Defined) -> None:
    """Note what has been inferred for a formula, of what its normal distributions are written with."""
    for name, is_vector in names_of_normals(node).items():
        decl = done.context.symbols.get(name)
        if decl is not None and name not in reading.context.symbols and bool(decl.shape) == is_vector:
            reading.section.of_normals[name] = None


def change(reading: Reading, node: s.Node | None) -> None:
    """Numbers μ and σ give way to vectors of these names, and vectors to numbers, where a normal distribution is made
    with them so, and nothing else has said what they are."""
    for name, is_vector in names_of_normals(node).items():
        decl = reading.context.symbols.get(name)
        if decl is None or name not in reading.section.of_normals or decl.family or decl.definition is not None:
            continue
        if bool(decl.shape) != is_vector and name not in reading.document.authored:
            reading.context = without_names(reading.context, frozenset({name}))


def end(reading: Reading) -> None:
    """At the end of a section such vectors are forgotten: a number has the same letter as often."""
    symbols = reading.context.symbols
    gone = frozenset(name for name in reading.section.of_normals if name in symbols and symbols[name].shape)
    reading.context = without_names(reading.context, gone - reading.document.authored.keys())
    reading.section.of_normals = {}


__all__ = ["change", "end", "keep"]
