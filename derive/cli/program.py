"""The program of which every file beside this one adds a command."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

HELP = "Checks derivations in machine-learning mathematics: proved, refuted with a counterexample, or undecided."

EPILOG = """
Example: derive check notes.md says which line is wrong; derive check --suggest-declarations notes.md what must be
declared first; derive explain notes.md:8 why line 8 is answered so; derive report notes.md --out pages writes it down
to hand on.

Exit status: 0 every verdict is the expected one; 1 some is not; 2 the call or a file cannot be used (the message is on
standard error); 3 a claim was both proved and refuted, which is a bug of this program; 130 it was
interrupted, and what was done by then is shown.
"""

UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__bases__[0])
"""What a call that cannot be understood raises, by whatever name the library keeps it under."""

_UNWRITABLE = frozenset({errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT, errno.EBADF})


class Program(TyperGroup):
    """The commands; a call that cannot be used is answered with one line and exit status 2."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read the options before the command."""
        with _in_one_line():
            return super().make_context(info_name, args, parent, **extra)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, whose help names its arguments as they are typed: without ``<list[str]>`` behind them."""
        command = super().get_command(ctx, cmd_name)
        for param in command.params if command is not None else ():
            if param.param_type_name == "argument":
                cast("Any", param).display_type_rich = lambda ctx: None
        return command

    def invoke(self, ctx: Any) -> Any:
        """Read the options of the command, and run it."""
        first = [*getattr(ctx, "_protected_args", ()), *ctx.args][:1]
        with _in_one_line([each for each in first if each in self.commands]):
            return super().invoke(ctx)


@contextmanager
def _in_one_line(command: Sequence[str] = ()) -> Iterator[None]:
    """``command`` is the one that was called, for what does not say so itself."""
    try:
        yield
    except UsageError as problem:
        said, context = problem.format_message(), getattr(problem, "ctx", None)
        if "\n" in said:  # a command without arguments shows its help
            typer.echo(said, err=True)
            raise typer.Exit(2) from problem
        said, called = said.replace("Value error, ", ""), " ".join(["derive", *(_called(context) or command)])
        typer.echo(f"derive: {said[:1].lower()}{said[1:].rstrip('.')}; {called} --help shows what there is", err=True)
        raise typer.Exit(2) from problem
    except KeyboardInterrupt as problem:  # before anything was done of which the command would tell
        typer.echo("derive: interrupted", err=True)
        raise typer.Exit(130) from problem
    except OSError as problem:
        if problem.errno in _UNWRITABLE:
            said = f"what there is to say cannot be written: {problem.strerror}"
        elif problem.filename is not None:  # a name too long, a folder that may not be entered
            said = f"{problem.filename}: {problem.strerror}"
        else:
            raise
        typer.echo(f"derive: {said}", err=True)
        raise typer.Exit(2) from problem


def _called(context: Any) -> list[str]:
    """The names of the command that was called, below the program."""
    if context is None or context.parent is None:
        return []
    return [*_called(context.parent), str(context.info_name)]


app = typer.Typer(
    name="derive",
    cls=Program,
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
