"""``derive equal``: one question from the shell."""

from __future__ import annotations

from typing import Annotated

import typer

from derive.cli.options import MEMORY, Format, FormatOption, Given, Memory, NoCache, Timeout, limits_of
from derive.cli.output import problems_told, show, style_of
from derive.cli.program import app


@app.command(
    context_settings={"ignore_unknown_options": True},  # so that a side may start with a minus
    epilog=r"Example: derive equal '\sigma(u)' '\frac{1}{1+e^{-u}}' --given 'function \sigma = logistic'",
)
def equal(
    left: Annotated[str, typer.Argument(metavar="LHS", help="The left-hand side, in LaTeX.")],
    right: Annotated[str, typer.Argument(metavar="RHS", help="The right-hand side, in LaTeX.")],
    given: Given = None,
    format: FormatOption = Format.text,
    timeout: Timeout = 10.0,
    memory: Memory = MEMORY,
    no_cache: NoCache = False,
) -> None:
    """Ask whether two expressions are equal for every admissible value and size."""
    with problems_told():
        from derive.checker import ask

        report = ask(left, right, given or [], limits_of(1, timeout, no_cache, None, memory))
    if format is Format.text:
        from derive.render.text import answer

        typer.echo(
            "\n".join([answer(report.results[0], style_of(quiet=False)), *(f"  {note}" for note in report.notes)])
        )
    else:
        show(report, format, quiet=False, durations=0)
    raise typer.Exit(report.exit_status())
