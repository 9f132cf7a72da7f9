"""The program of which every file beside this one adds a command."""

from __future__ import annotations

from typing import Annotated

import typer

HELP = "Checks derivations in machine-learning mathematics: proved, refuted with a counterexample, or undecided."

EPILOG = """
Example: derive check notes.md says which line is wrong; derive check --suggest-declarations notes.md what must be
declared first; derive explain notes.md:8 why line 8 is answered so; derive report notes.md --out pages writes it down
to hand on.

Exit status: 0 every verdict is the expected one; 1 some is not; 2 the call or a file cannot be used (the message is on
standard error); 3 a claim was both proved and refuted, which is a bug of this program; 130 it was
interrupted, and what was done by then is shown.
"""

app = typer.Typer(
    name="derive",
    help=HELP,
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
