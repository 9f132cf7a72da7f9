"""``derive explain``: one result in full."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from derive.cli.options import MEMORY, Jobs, Listing, ListingOption, Memory, NoCache, Timeout, known_names, limits_of
from derive.cli.output import problems_told, style_of
from derive.cli.program import app

if TYPE_CHECKING:
    from derive.checker import Limits


WHICH = typer.Argument(
    metavar="NAME|FILE:LINE",
    autocompletion=known_names,
    help="A claim of a proof, or what a document states on a line.",
)


@app.command(epilog="Example: derive explain mixtures/gaussian.mean_gradient, or derive explain solution.tex:40")
def explain(
    name: Annotated[str, WHICH],
    format: ListingOption = Listing.text,
    timeout: Timeout = 10.0,
    memory: Memory = MEMORY,
    jobs: Jobs = None,
    no_cache: NoCache = False,
) -> None:
    """Show one result in full: statement, context, conditions, evidence or witness."""
    with problems_told():
        from derive.checker import UnknownName, at_place, stated
        from derive.checker import verify as verify_proofs

        file, line = _place(name)
        if Path(name).is_file():
            raise UnknownName(f"expected {name}:LINE, with the line to explain, found no line")
        if Path(file).is_file() and not line.isdecimal():
            raise UnknownName(f"expected {file}:LINE, with the line to explain, found {line!r} for it")
        if file and line.isdecimal() and not file.endswith(".py"):
            raise typer.Exit(_explain_line(file, int(line), format, limits_of(jobs, timeout, no_cache, None, memory)))
        patterns = at_place(file, int(line)) if file and line.isdecimal() else (name,)
        claims = [claim for _, own in stated(patterns) for claim in own]
        report = verify_proofs(patterns, limits_of(jobs, timeout, no_cache, None, memory))
    if format is Listing.json:
        from derive.render.json import explained

        typer.echo(explained(claims, report.results))
    else:
        from derive.render import text

        pairs = zip(claims, report.results, strict=True)
        typer.echo("\n\n".join(text.explain(claim, result, style_of(quiet=False)) for claim, result in pairs))
    raise typer.Exit(report.exit_status())


def _place(name: str) -> tuple[str, str]:
    """A file and a line; a column behind it, as ``derive check`` prints one, is left out."""
    file, _, line = name.rpartition(":")
    before, _, above = file.rpartition(":")
    return (before, above) if before and above.isdecimal() and line.isdecimal() else (file, line)


def _explain_line(file: str, line: int, format: Listing, limits: Limits) -> int:
    """Show in full what a document states on a line."""
    from derive.checker import explain_line
    from derive.render import json, places, text
    from derive.render.record import Report

    found = explain_line(file, line, limits)
    results = tuple(each.result for each in found)
    if format is Listing.json:
        typer.echo(json.explained([each.claim for each in found], results, [each.inferred for each in found]))
    else:
        style = style_of(quiet=False)
        shown = [
            places.explained(each.result, style)
            if each.claim is None
            else text.explain(each.claim, each.result, style, each.inferred)
            for each in found
        ]
        typer.echo("\n\n".join(shown))
    return Report(results).exit_status()
