"""What every pass has done is put to the prover; what it does not prove stops the kernel.

No pass is believed: the bodies before and after it are compared here, whatever it says of itself. The one exception
replaces Σ⁻¹ and det Σ by what its lemmas say they are in terms of a factor; there the lemmas are proved.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from derive.judge import judge
from derive.kernels.program import KernelError, Program, Rewrite
from derive.language.claims import Claim, Equal
from derive.language.verdicts import Proved

SECONDS = 20.0


def changes(before: Program, after: Program) -> list[Rewrite]:
    """What must be proved of a pass: each body that is not what it was, or the lemmas it substitutes by."""
    if after.lemmas != before.lemmas:
        return list(after.lemmas)
    pairs = [(before.lets[name], let) for name, let in after.lets.items() if name in before.lets]
    pairs += zip(before.results, after.results, strict=True)
    return [Rewrite(old.name, old.body, new.body) for old, new in pairs if old.body != new.body]


def gate(program: Program, rewrites: Iterable[Rewrite]) -> int:
    """How many steps were proved, for all sizes; ``KernelError`` names the first that was not."""
    count = 0
    for number, step in enumerate(dict.fromkeys(rewrites), start=1):
        claim = Claim(f"rewriting.{number}", Equal(step.before, step.after), program.context)
        verdict = judge(claim, time.monotonic() + SECONDS)
        if not isinstance(verdict, Proved):
            from derive.render.latex import to_latex

            raise KernelError(f"{step.rule}: {to_latex(step.before)} = {to_latex(step.after)} is not proved: {verdict}")
        count += 1
    return count
