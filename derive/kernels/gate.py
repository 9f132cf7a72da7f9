"""Every rewriting step is put to the prover; a step it does not prove stops the kernel."""

from __future__ import annotations

import time
from collections.abc import Iterable

from derive.judge import judge
from derive.kernels.program import KernelError, Program, Rewrite
from derive.language.claims import Claim, Equal
from derive.language.verdicts import Proved

SECONDS = 20.0


def gate(program: Program, rewrites: Iterable[Rewrite]) -> int:
    """How many steps were proved, for all sizes; ``KernelError`` names the first that was not."""
    count = 0
    for number, step in enumerate(dict.fromkeys(rewrites), start=1):
        claim = Claim(f"rewriting.{number}", Equal(step.before, step.after), program.context)
        verdict = judge(claim, time.monotonic() + SECONDS)
        if not isinstance(verdict, Proved):
            from derive.render.latex import to_latex

            raise KernelError(
                f"{step.rule}: {to_latex(step.before)} = {to_latex(step.after)} is not proved: {verdict}"
            )
        count += 1
    return count
