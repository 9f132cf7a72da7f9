"""The arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from derive.checker import Limits


MEMORY = 2048
LONGEST = 1e7
"""Seconds: more than that (``--timeout inf``) no timer takes."""


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"
    junit = "junit"
    sarif = "sarif"
    md = "md"


class Listing(StrEnum):
    """How what is not a result is written."""

    text = "text"
    json = "json"


def folder(name: str | Path) -> Path:
    """A folder to read or to write, by its name; an empty one (``"$OUT"`` where nothing says what OUT is) is none."""
    if not str(name):
        raise typer.BadParameter("expected a folder, found an empty name")
    return Path(name)


def known_names(incomplete: str) -> list[str]:
    """Names for shell completion."""
    from derive.checker import names

    return [name for name in names() if name.startswith(incomplete)]


NAMES = typer.Argument(
    metavar="NAME",
    show_default=False,
    autocompletion=known_names,
    help="A proof (mixtures/gaussian), an area (mixtures), or a claim (mixtures/gaussian.mean_gradient).",
)
Names = Annotated[list[str] | None, NAMES]
FormatOption = Annotated[Format, typer.Option("--format", help="How the results are written.")]
ListingOption = Annotated[Listing, typer.Option("--format", help="How the answer is written.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to use; one a core unless told.")
]
Timeout = Annotated[float, typer.Option("--timeout", min=0.001, metavar="SECONDS", help="Seconds for each claim.")]
Memory = Annotated[int, typer.Option("--memory", min=16, metavar="MB", help="Megabytes for each claim.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show only what was not expected.")]
Durations = Annotated[int, typer.Option("--durations", min=0, metavar="N", help="Show the N slowest claims.")]
PATHS = typer.Argument(metavar="PATH", show_default=False, help="Documents or folders of them; - for standard input.")
Paths = Annotated[list[str], PATHS]
Statistics = Annotated[bool, typer.Option("--statistics", help="Show how much was declared, inferred and judged.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Judge everything again, and keep nothing.")]
Suggest = Annotated[
    bool, typer.Option("--suggest-declarations", help="Print the declarations that are missing, ready to paste.")
]
Watching = Annotated[bool, typer.Option("--watch", help="Check again what changes, until Ctrl-C.")]
Declaring = Annotated[bool, typer.Option("--declaring", help="Leave out documents without declarations.")]
Given = Annotated[list[str] | None, typer.Option("--given", metavar="DECLARATION", help="What the sides may use.")]


def limits_of(
    jobs: int | None,
    timeout: float,
    no_cache: bool,
    progress: Callable[[int, int], None] | None = None,
    memory: int = MEMORY,
) -> Limits:
    """How a run is done, from what was asked for."""
    from derive.cache import default_folder
    from derive.checker import Limits

    return Limits(
        min(timeout, LONGEST),
        jobs or 0,
        None if no_cache else default_folder(),
        progress=progress,
        memory=memory * 2**20,
    )
