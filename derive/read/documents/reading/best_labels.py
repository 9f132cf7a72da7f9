r"""``c_i = \arg\min_j f_{ij}`` of a declared label: said once it is what the label is, said otherwise again a claim."""

from __future__ import annotations

from dataclasses import replace

from derive.language.terms import Index, Sym
from derive.read.dependencies import with_names
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps.asserting import names_best_index
from derive.read.errors import ReadError
from derive.read.latex import Link


def compared(reading: Reading, link: Link) -> Link:
    """The link, with what a label has been said to be before in its place, where this one says something else."""
    if link.op not in ("=", ":=") or not names_best_index(link, reading.context):
        return link
    label = link.left[0]
    if not isinstance(label, Sym):
        return link
    before, terms = reading.document.best_labels.setdefault(label.name, (label, link.right))
    letters = [index.name for index in before.indices if isinstance(index, Index)]
    try:
        here = tuple(with_names(term, dict(zip(letters, label.indices, strict=True))) for term in terms)
    except ReadError as problem:
        return replace(link, problem=problem)
    return link if here == link.right else replace(link, left=here, pairs=())


__all__ = ["compared"]
