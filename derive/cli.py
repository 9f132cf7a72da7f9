"""The commands. Everything heavy is imported inside the command that needs it, so that ``derive --help`` is instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from derive.checker import Limits
    from derive.render.record import Report
    from derive.render.text import Style

HELP = "Checks derivations in machine-learning mathematics: proved, refuted with a counterexample, or undecided."

EXIT_STATUS = """
Exit status: 0 every verdict is the expected one; 1 some is not; 2 the call or a file cannot be used (the message is on
standard error); 3 a claim was both proved and refuted, which is a bug of this program.
"""

app = typer.Typer(
    name="derive",
    help=HELP,
    epilog=EXIT_STATUS,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"
    junit = "junit"
    sarif = "sarif"
    md = "md"


class ReportFormat(StrEnum):
    """How a report is written."""

    html = "html"
    pdf = "pdf"
    tex = "tex"
    md = "md"


class Listing(StrEnum):
    """How what is not a result is written."""

    text = "text"
    json = "json"


def _known_names(incomplete: str) -> list[str]:
    """Names for shell completion."""
    from derive.checker import names

    return [name for name in names() if name.startswith(incomplete)]


NAMES = typer.Argument(
    metavar="[NAME]...",
    show_default=False,
    autocompletion=_known_names,
    help="A proof (mixtures/gaussian), an area (mixtures), or a claim (mixtures/gaussian.mean_gradient).",
)
Names = Annotated[list[str] | None, NAMES]
FormatOption = Annotated[Format, typer.Option("--format", help="How the results are written.")]
ListingOption = Annotated[Listing, typer.Option("--format", help="How the answer is written.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes to use. [default: one a core]")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.001, help="Seconds for each claim.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show only what was not expected.")]
Durations = Annotated[int, typer.Option("--durations", min=0, metavar="N", help="Show the N slowest claims.")]
PATHS = typer.Argument(
    metavar="PATH...", show_default=False, help="Documents or folders of them; - for standard input."
)
Paths = Annotated[list[str], PATHS]
Statistics = Annotated[bool, typer.Option("--statistics", help="Show how much was declared, inferred and judged.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Judge everything again, and keep nothing.")]
Suggest = Annotated[
    bool, typer.Option("--suggest-declarations", help="Print the declarations that are missing, ready to paste.")
]
Watching = Annotated[bool, typer.Option("--watch", help="Check again what changes, until Ctrl-C.")]
Given = Annotated[list[str] | None, typer.Option("--given", metavar="DECLARATION", help="What the sides may use.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"derive {version('derive')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command(epilog="Example: derive verify mixtures --durations 10")
def verify(
    names: Names = None,
    format: FormatOption = Format.text,
    jobs: Jobs = None,
    timeout: Timeout = 10.0,
    quiet: Quiet = False,
    durations: Durations = 0,
    no_cache: NoCache = False,
) -> None:
    """Judge the encoded proofs: all of them, or those named."""
    with _explained(), _progress(quiet) as progress:
        from derive.checker import verify as verify_proofs

        report = verify_proofs(names or [], _limits(jobs, timeout, no_cache, progress))
    _show(report, format, quiet, durations)
    raise typer.Exit(report.exit_status())


@app.command(epilog="Example: derive check solution.tex notes/ --statistics")
def check(
    paths: Paths,
    format: FormatOption = Format.text,
    jobs: Jobs = None,
    timeout: Timeout = 10.0,
    quiet: Quiet = False,
    statistics: Statistics = False,
    suggest: Suggest = False,
    watch: Watching = False,
    no_cache: NoCache = False,
) -> None:
    """Check written documents (.tex .md .txt .ipynb) step by step, like a compiler; - reads standard input."""
    if suggest:
        raise typer.Exit(_suggest(paths, format))
    if watch:
        show = partial(_show_documents, format=format, quiet=quiet, statistics=statistics)
        raise typer.Exit(_watch(paths, _limits(jobs, timeout, no_cache, None), show))
    with _explained(), _progress(quiet) as progress:
        from derive.checker import check_documents

        report = check_documents(paths, _limits(jobs, timeout, no_cache, progress))
    _show_documents(report, format, quiet, statistics)
    raise typer.Exit(report.exit_status())


def _show_documents(report: Report, format: Format, quiet: bool, statistics: bool) -> None:
    """Show results of documents at their places."""
    for failure in report.failures:
        typer.echo(f"derive: {failure}", err=True)
    if format is Format.text:
        from derive.render.places import to_text

        text = to_text(report, _style(quiet), statistics)
        if text:
            typer.echo(text)
    else:
        typer.echo(_written(report, format))


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
        style = _style(quiet=False)
        shown = [
            places.explained(each.result, style)
            if each.claim is None
            else text.explain(each.claim, each.result, style, each.inferred)
            for each in found
        ]
        typer.echo("\n\n".join(shown))
    return Report(results).exit_status()


def _suggest(paths: list[str], format: Format) -> int:
    """Show the missing declarations; the exit status is 1 if something stays unread with them."""
    with _explained():
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


@app.command("list", epilog="Example: derive list mixtures")
def list_proofs(names: Names = None, format: ListingOption = Listing.text) -> None:
    """List the encoded proofs, their claims and the passages they encode."""
    with _explained():
        from derive.checker import stated

        entries = list(stated(names or []))
    if format is Listing.json:
        from derive.render.json import listing as listing_json

        typer.echo(listing_json(entries))
    else:
        from derive.render.text import listing

        typer.echo(listing(entries, _style(quiet=False)))


@app.command(epilog="Example: derive explain mixtures/gaussian.mean_gradient, or derive explain solution.tex:40")
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE:LINE", autocompletion=_known_names)],
    format: ListingOption = Listing.text,
    timeout: Timeout = 10.0,
    jobs: Jobs = None,
    no_cache: NoCache = False,
) -> None:
    """Show one result in full: statement, context, conditions, evidence or witness."""
    with _explained():
        from derive.checker import at_place, stated
        from derive.checker import verify as verify_proofs

        file, _, line = name.rpartition(":")
        if file and line.isdecimal() and not file.endswith(".py"):
            raise typer.Exit(_explain_line(file, int(line), format, _limits(jobs, timeout, no_cache, None)))
        patterns = at_place(file, int(line)) if file and line.isdecimal() else (name,)
        claims = [claim for _, own in stated(patterns) for claim in own]
        report = verify_proofs(patterns, _limits(jobs, timeout, no_cache, None))
    if format is Listing.json:
        from derive.render.json import explained

        typer.echo(explained(claims, report.results))
    else:
        from derive.render import text

        pairs = zip(claims, report.results, strict=True)
        typer.echo("\n\n".join(text.explain(claim, result, _style(quiet=False)) for claim, result in pairs))
    raise typer.Exit(report.exit_status())


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
    no_cache: NoCache = False,
) -> None:
    """Ask whether two expressions are equal for every admissible value and size."""
    with _explained():
        from derive.checker import ask

        report = ask(left, right, given or [], _limits(1, timeout, no_cache, None))
    if format is Format.text:
        from derive.render.text import answer

        typer.echo("\n".join([answer(report.results[0], _style(quiet=False)), *(f"  {note}" for note in report.notes)]))
    else:
        _show(report, format, quiet=False, durations=0)
    raise typer.Exit(report.exit_status())


@app.command(epilog="Example: derive kernels gmm softmax --out build/kernels")
def kernels(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", show_default=False, help="Families, such as gmm.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to write the modules; without it, list them.")
    ] = None,
) -> None:
    """Write proved formulas as NumPy modules: typed, documented, and in need of nothing but NumPy."""
    with _explained():
        from derive.kernels.program import KernelError

        try:
            _kernels(names or [], out)
        except KernelError as problem:
            typer.echo(f"derive: {problem}", err=True)
            raise typer.Exit(2) from problem


def _kernels(names: list[str], out: Path | None) -> None:
    from derive.kernels.library import written
    from derive.kernels.specs import families, family

    for name in names or families():
        functions = ", ".join(function.name for function in family(name).functions)
        if out is None:
            typer.echo(f"{name}: {functions}")
        else:
            typer.echo(f"{written(name, out)}: {functions}")


@app.command(epilog="Example: derive report mixtures/gaussian solution.tex --format pdf --out build/reports")
def report(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|FILE]...", show_default=False, help="Proofs, areas, documents; all proofs if none."
        ),
    ] = None,
    format: Annotated[
        list[ReportFormat] | None, typer.Option("--format", help="May be given more than once. [default: html]")
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to.")] = Path("report"),
    jobs: Jobs = None,
    timeout: Timeout = 10.0,
    quiet: Quiet = False,
    no_cache: NoCache = False,
) -> None:
    """Write reports to read: each step with its verdict, conditions, counterexample and correction."""
    formats = [each.value for each in format or [ReportFormat.html]]
    with _explained(), _progress(quiet) as progress:
        from derive.publish import CannotReport, made, publish
        from derive.render.report.pdf import NoEngine, require_engine

        try:
            if "pdf" in formats:
                require_engine()
            call = made(names or [], _limits(jobs, timeout, no_cache, progress))
            written = publish(call, formats, out)
        except (CannotReport, NoEngine) as problem:
            typer.echo(f"derive: {problem}", err=True)
            raise typer.Exit(2) from problem
    if not quiet:
        typer.echo("\n".join(str(path) for path in written))
    raise typer.Exit(call.report.exit_status())


# -- what the commands share -------------------------------------------------------------------------------------------
def _limits(jobs: int | None, timeout: float, no_cache: bool, progress: Callable[[int, int], None] | None) -> Limits:
    from derive.cache import default_folder
    from derive.checker import Limits

    return Limits(timeout, jobs or 0, None if no_cache else default_folder(), progress=progress)


def _show(report: Report, format: Format, quiet: bool, durations: int) -> None:
    for failure in report.failures:
        typer.echo(failure, err=True)
    if format is Format.text:
        from derive.render.text import to_text

        text = to_text(report, _style(quiet), durations)
        if text:
            typer.echo(text)
        return
    typer.echo(_written(report, format))


def _written(report: Report, format: Format) -> str:
    """The report for other programs."""
    from derive.render import json, markdown

    writers = {
        Format.json: json.to_json,
        Format.junit: json.to_junit,
        Format.sarif: json.to_sarif,
        Format.md: markdown.to_markdown,
    }
    return writers[format](report)


def _style(quiet: bool) -> Style:
    from derive.render.text import Style

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return Style(colour=not plain, quiet=quiet)


@contextmanager
def _explained() -> Iterator[None]:
    """What the caller can mend, as a message and exit status 2."""
    from derive.authoring import AuthoringError
    from derive.checker import UnknownName, UnusableProof

    try:
        yield
    except (UnknownName, UnusableProof, AuthoringError) as problem:
        typer.echo(f"derive: {problem}", err=True)
        raise typer.Exit(2) from problem


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
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


def main() -> None:
    """The ``derive`` command."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices; and threads do not survive a fork
    app()


if __name__ == "__main__":
    main()
