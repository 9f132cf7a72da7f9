"""``derive check``: written documents, once or whenever they change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import typer

from derive.cli.options import (
    MEMORY,
    Declaring,
    Format,
    FormatOption,
    Jobs,
    Memory,
    NoCache,
    Paths,
    Quiet,
    Statistics,
    Suggest,
    Timeout,
    Watching,
    limits_of,
)
from derive.cli.output import problems_told, progress_bar, style_of, tell_interrupted, written
from derive.cli.program import app

if TYPE_CHECKING:
    from derive.checker import Limits
    from derive.render.record import Report


@app.command(epilog="Example: derive check solution.tex notes/ --statistics")
def check(
    paths: Paths,
    format: FormatOption = Format.text,
    jobs: Jobs = None,
    timeout: Timeout = 10.0,
    memory: Memory = MEMORY,
    quiet: Quiet = False,
    statistics: Statistics = False,
    suggest: Suggest = False,
    watch: Watching = False,
    declaring: Declaring = False,
    no_cache: NoCache = False,
) -> None:
    """Check written documents (.tex .md .txt .ipynb) step by step, like a compiler; - reads standard input."""
    if declaring and (suggest or watch):
        typer.echo("derive: --declaring is for a check: leave out --suggest-declarations and --watch", err=True)
        raise typer.Exit(2)
    if suggest and format not in (Format.text, Format.json):
        typer.echo(f"derive: --suggest-declarations is written as text or as json, not as {format.value}", err=True)
        raise typer.Exit(2)
    if suggest:
        raise typer.Exit(_suggest(paths, format))
    if watch:
        show = partial(_show_documents, format=format, quiet=quiet, statistics=statistics)
        raise typer.Exit(_watch(paths, limits_of(jobs, timeout, no_cache, None, memory), show))
    with problems_told(), progress_bar(quiet) as progress:
        from derive.checker import check_documents

        report = check_documents(paths, limits_of(jobs, timeout, no_cache, progress, memory), declaring)
    _show_documents(report, format, quiet, statistics)
    raise typer.Exit(report.exit_status())


def _show_documents(report: Report, format: Format, quiet: bool, statistics: bool) -> None:
    """Show results of documents at their places."""
    for failure in report.failures:
        typer.echo(f"derive: {failure}", err=True)
    tell_interrupted(report)
    if format is Format.text:
        from derive.render.places import to_text

        text = to_text(report, style_of(quiet), statistics)
        if text:
            typer.echo(text)
    else:
        typer.echo(written(report, format))


def _watch(paths: list[str], limits: Limits, show: Callable[[Report], None]) -> int:
    """Check what changes until Ctrl-C; the exit status is that of everything as it was checked last."""
    import time

    from derive.render.text import summary_line
    from derive.watch import PAUSE, rounds

    if "-" in paths:
        typer.echo("derive: expected files or folders to watch, found standard input", err=True)
        return 2
    status = 0
    try:
        for each in rounds(paths, limits, partial(time.sleep, PAUSE)):
            status = each.whole.exit_status()
            show(each.report)
            if len(each.whole.titles) > len(each.report.titles):
                typer.echo(f"all documents: {summary_line(each.whole)}")
            if not each.whole.titles:
                return status
            typer.echo(f"derive: watching {len(each.whole.titles)} document(s); Ctrl-C ends", err=True)
    except KeyboardInterrupt:
        typer.echo("", err=True)
    return status


def _suggest(paths: list[str], format: Format) -> int:
    """Show the missing declarations; the exit status is 1 if something stays unread with them."""
    with problems_told():
        from derive.checker import suggest_declarations
        from derive.render import declarations

        shown, failures = suggest_declarations(paths)
    for failure in failures:
        typer.echo(f"derive: {failure}", err=True)
    if format is Format.json:
        typer.echo(declarations.to_json(shown))
    else:
        for each in shown:
            text = declarations.comments(each)
            if text:
                typer.echo(text)
            typer.echo(f"derive: {declarations.summary(each)}", err=True)
    return 2 if failures else int(any(each.after[1] for each in shown))
