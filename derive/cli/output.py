"""What commands write: reports in every format, messages, and a bar of progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from derive.cli.options import Format

if TYPE_CHECKING:
    from derive.render.record import Report
    from derive.render.text import Style


def tell_interrupted(report: Report) -> None:
    """Say so where Ctrl-C came before the end."""
    if report.left:
        typer.echo(f"derive: interrupted; {len(report.results)} results, {report.left} claims not judged", err=True)


def show(report: Report, format: Format, quiet: bool, durations: int) -> None:
    """Show the results of encoded proofs."""
    for failure in report.failures:
        typer.echo(failure, err=True)
    tell_interrupted(report)
    if format is Format.text:
        from derive.render.text import to_text

        text = to_text(report, style_of(quiet), durations)
        if text:
            typer.echo(text)
        return
    typer.echo(written(report, format))


def written(report: Report, format: Format) -> str:
    """The report for other programs."""
    from derive.render import json, markdown

    writers = {
        Format.json: json.to_json,
        Format.junit: json.to_junit,
        Format.sarif: json.to_sarif,
        Format.md: markdown.to_markdown,
    }
    return writers[format](report)


def style_of(quiet: bool) -> Style:
    """Colour on a terminal only, and only where nobody objects."""
    from derive.render.text import Style

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return Style(colour=not plain, quiet=quiet)


@contextmanager
def problems_told() -> Iterator[None]:
    """What the caller can mend, as a message and exit status 2."""
    from derive.authoring import AuthoringError
    from derive.checker import UnknownName, UnusableProof

    try:
        yield
    except (UnknownName, UnusableProof, AuthoringError) as problem:
        typer.echo(f"derive: {problem}", err=True)
        raise typer.Exit(2) from problem


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error, if that is a terminal; drawn without a thread, since workers are forked."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("judging", total=None)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, refresh=True)

        yield update
