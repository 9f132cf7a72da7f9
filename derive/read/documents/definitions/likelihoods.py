"""The likelihood of a sample of which the text says what it is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.context import Context
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
        context = declare(" ; ".join(notes), context) if notes else context
        range_ = context.indices[sample.index]
        over = f"_{{{sample.index}={range_.low}}}^{{{range_.high}}}"
        inside = f"\\sum{over} \\log \\left( {density} \\right)" if logarithm else f"\\prod{over} \\left( {density} \\right)"
        value = f"\\left( {inside} \\right)"
        if any(typed.shape for typed in node_readings(parse(value), context)):
            return None
    except (DeclarationError, ReadError, KeyError):
        return None
    return Likelihood(context, value, " ; ".join([*notes, f"the likelihood of {sample.member}: {value}"]))


__all__ = ["Likelihood", "likelihood"]
