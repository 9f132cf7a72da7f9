"""``derive report``: pages to read, of proofs and of documents."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from derive.cli.options import MEMORY, Jobs, Memory, NoCache, Quiet, Timeout, folder, known_names, limits_of
from derive.cli.output import problems_told, progress_bar
from derive.cli.program import app


class ReportFormat(StrEnum):
    """How a report is written."""

    html = "html"
    pdf = "pdf"
    tex = "tex"
    md = "md"


WHAT = typer.Argument(
    metavar="NAME|FILE",
    show_default=False,
    autocompletion=known_names,
    help="Proofs, areas of them, and documents; all proofs if none.",
)
FORMATS = typer.Option(
    "--format", metavar="html|tex|pdf|md", help="How it is written, as often as needed; html unless told."
)

OUT = typer.Option("--out", metavar="DIR", parser=folder, help="The folder to write to.")


@app.command(epilog="Example: derive report mixtures/gaussian solution.tex --format pdf --out build/reports")
def report(
    names: Annotated[list[str] | None, WHAT] = None,
    format: Annotated[list[ReportFormat] | None, FORMATS] = None,
    out: Annotated[Path, OUT] = Path("report"),
    jobs: Jobs = None,
    timeout: Timeout = 10.0,
    memory: Memory = MEMORY,
    quiet: Quiet = False,
    no_cache: NoCache = False,
) -> None:
    """Write reports to read: each step with its verdict, conditions, counterexample and correction."""
    formats = [each.value for each in format or [ReportFormat.html]]
    with problems_told(), progress_bar(quiet) as progress:
        from derive.publish import CannotReport, made, publish
        from derive.render.record import INTERRUPTED
        from derive.render.report.pdf import NoEngine, require_engine

        try:
            if "pdf" in formats:
                require_engine()
            call = made(names or [], limits_of(jobs, timeout, no_cache, progress, memory))
            with _ended_by_signals():
                written = publish(call, formats, out)
        except (CannotReport, NoEngine) as problem:
            typer.echo(f"derive: {problem}", err=True)
            raise typer.Exit(2) from problem
        except KeyboardInterrupt as problem:
            typer.echo("derive: interrupted; no report is written", err=True)
            raise typer.Exit(INTERRUPTED) from problem
    if not quiet:
        typer.echo("\n".join(str(path) for path in written))
    raise typer.Exit(call.report.exit_status())


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A call that is told to end, or whose terminal is closed, takes away what it has begun to write."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {each: signal.signal(each, end) for each in ending}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
