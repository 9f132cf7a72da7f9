"""The likelihood of a sample of which the text says what it is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Entry, Sym
from derive.read.declarations import declare
from derive.read.documents.definitions.normal_numbers import of_normal
from derive.read.documents.undeclared.conventions import with_parameters
from derive.read.documents.words.sampled_from import Sample
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import lacks_a_name, node_readings
from derive.read.parser import parse


@dataclass(frozen=True)
class Likelihood:
    """The context with what it speaks of, the likelihood as a ``value``, and how it is told."""

    context: Context
    value: str
    text: str


def likelihood(sample: Sample, context: Context, logarithm: bool) -> Likelihood | None:
    """The likelihood of all members, or its logarithm; None where it cannot be read."""
    density = sample.density()
    if not density:
        return None
    notes: list[str] = []
    try:
        context = with_parameters(sample.distribution, context)
        if sample.index not in context.indices:
            notes.append(f"index {sample.index} = 1..{sample.last}")
        notes += of_normal(sample.distribution, context) or ()
        if lacks_a_name(parse(sample.member), declare(" ; ".join(notes), context) if notes else context):
            notes.append(f"{sample.member} {sample.values()}")
        elif sample.kind() and not _is_such(sample, context):
            notes.append(f"{_whole(sample, context)} {sample.kind()}")
        context = declare(" ; ".join(notes), context) if notes else context
        range_ = context.indices[sample.index]
        over = f"_{{{sample.index}={range_.low}}}^{{{range_.high}}}"
        inside = (
            f"\\sum{over} \\log \\left( {density} \\right)" if logarithm else f"\\prod{over} \\left( {density} \\right)"
        )
        value = f"\\left( {inside} \\right)"
        if any(typed.shape for typed in node_readings(parse(value), context)):
            return None
    except (DeclarationError, ReadError, KeyError):
        return None
    return Likelihood(context, value, " ; ".join([*notes, f"the likelihood of {sample.member}: {value}"]))


def _base(sample: Sample, context: Context) -> tuple[str, SymbolDecl | None]:
    """The declared quantity that a member is an entry or a member of."""
    term = node_readings(parse(sample.member), context)[0].term
    while isinstance(term, Entry):
        term = term.base
    name = term.name if isinstance(term, Sym) else ""
    return name, context.symbols.get(name)


def _is_such(sample: Sample, context: Context) -> bool:
    _, decl = _base(sample, context)
    return (
        decl is None or decl.definition is not None or {*sample.kind().split()} <= decl.properties or bool(decl.values)
    )


def _whole(sample: Sample, context: Context) -> str:
    name, decl = _base(sample, context)
    return sample.member if decl is not None and decl.family else name


__all__ = ["Likelihood", "likelihood"]
