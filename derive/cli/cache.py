"""``derive cache``: what is kept on disk of earlier runs."""

from __future__ import annotations

from pathlib import Path

import typer

from derive.cli.program import app

commands = typer.Typer(
    name="cache",
    help="Say what is kept of earlier runs, or remove it.",
    epilog="Example: derive cache info, or derive cache clear",
    no_args_is_help=True,
)
app.add_typer(commands)


@commands.command()
def info() -> None:
    """Say where verdicts are kept, how many, and how large that is."""
    from derive.cache import info as kept

    folder = _folder()
    found = kept(folder)
    typer.echo(f"{folder}")
    typer.echo(f"{found.size / 1e6:.1f} MB, {found.answers} answers of this version of derive")
    if found.versions:
        typer.echo(f"{found.others} answers of {found.versions} other versions")


@commands.command()
def clear() -> None:
    """Remove all kept verdicts; nothing else in that folder is touched."""
    from derive.cache import clear as remove

    folder = _folder()
    try:
        size = remove(folder)
    except OSError as problem:
        typer.echo(f"derive: {problem.filename} cannot be removed: {problem.strerror}", err=True)
        raise typer.Exit(2) from problem
    typer.echo(f"{size / 1e6:.1f} MB removed from {folder}")


def _folder() -> Path:
    from derive.cache import default_folder

    folder = default_folder()
    if folder is None:
        typer.echo("derive: there is no folder to keep verdicts in; set DERIVE_CACHE or HOME", err=True)
        raise typer.Exit(2)
    return folder
