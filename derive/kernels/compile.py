"""From a family's file to the source of its module: assemble, rewrite, have every step proved, emit, write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from derive.kernels.assemble import Assembled, assemble
from derive.kernels.code import Code
from derive.kernels.emit import emit
from derive.kernels.gate import changes, gate
from derive.kernels.passes.contractions import contracted
from derive.kernels.passes.factors import factored
from derive.kernels.passes.logarithms import in_logarithms
from derive.kernels.passes.logistic import as_softplus, joined_powers
from derive.kernels.passes.squares import as_least_squares
from derive.kernels.program import KernelError, Program
from derive.kernels.specs import Family, Function, family
from derive.kernels.write import module_source

Pass = Callable[[Program], Program]

PASSES: tuple[Pass, ...] = (joined_powers, in_logarithms, as_softplus, factored, contracted, as_least_squares)
"""In this order: a square of differences is only seen once densities are in the logarithm."""


@dataclass(frozen=True)
class Compiled:
    """A function with its program after all passes, how many bodies were proved on the way, and its code."""

    assembled: Assembled
    program: Program
    proved: int
    code: Code


def compile_function(of: Family, function: Function, anywhere: bool = False) -> Compiled:
    """One function of a family; ``KernelError`` if a claim or a step is not proved, or no code is known for it."""
    try:
        assembled = assemble(of, function)
        program, proved = rewritten(assembled.program)
        return Compiled(assembled, program, proved, emit(program, anywhere))
    except KernelError as problem:
        said = str(problem).removeprefix(f"{function.name}: ")
        raise KernelError(f"{of.name}.{function.name}: {said}") from problem


def rewritten(program: Program) -> tuple[Program, int]:
    """The program after every pass, and how many steps the prover was shown."""
    proved = 0
    for each in PASSES:
        after = each(program)
        context = replace(after.context, indices=dict(after.ranges))
        proved += gate(replace(after, context=context), changes(program, after))
        program = replace(after, lemmas=())
    return program, proved


def source_of(name: str, anywhere: bool = False) -> str:
    """The source of a family's module, the same at every call: for NumPy, or ``anywhere`` the array API goes."""
    of = family(name)
    return module_source(of, [compile_function(of, function, anywhere) for function in of.functions], anywhere)
