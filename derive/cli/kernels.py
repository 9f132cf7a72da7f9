"""``derive kernels``: proved formulas as NumPy modules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from derive.cli.options import folder
from derive.cli.output import problems_told
from derive.cli.program import app


@app.command(epilog="Example: derive kernels gmm softmax --out build/kernels")
def kernels(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", show_default=False, help="Families, such as gmm.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", parser=folder, help="Where to write the modules; without it, list them."),
    ] = None,
) -> None:
    """Write proved formulas as NumPy modules: typed, documented, and in need of nothing but NumPy."""
    with problems_told():
        from derive.kernels.program import KernelError

        try:
            _kernels(names or [], out)
        except KernelError as problem:
            typer.echo(f"derive: {problem}", err=True)
            raise typer.Exit(2) from problem


def _kernels(names: list[str], out: Path | None) -> None:
    from derive.kernels.library import written
    from derive.kernels.specs import families, family

    for wanted in [family(name) for name in names or families()]:  # all are there before one is written
        name, functions = wanted.name, ", ".join(function.name for function in wanted.functions)
        if out is None:
            typer.echo(f"{name}: {functions}")
        else:
            typer.echo(f"{written(name, out)}: {functions}")
