"""``derive batch``: documents by the thousand, as JSON lines."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from derive.cli.options import MEMORY, Jobs, Memory, NoCache, Timeout, limits_of
from derive.cli.program import app

Cluster = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler whose workers do it: tcp://HOST:8786"),
]


@app.command(epilog="Example: derive batch < documents.jsonl > answers.jsonl")
def batch(
    jobs: Jobs = None,
    timeout: Timeout = 10.0,
    memory: Memory = MEMORY,
    no_cache: NoCache = False,
    cluster: Cluster = None,
) -> None:
    """Check documents from standard input, a JSON object with "id", "text" and "format" (tex or md) on each line; each
    line is answered with one, in order. Exit status 0 if all were answered, whatever the answers are."""
    from derive.batch.local import Interrupted, NoCluster, run
    from derive.render.record import INTERRUPTED

    if sys.stdin is None or sys.stdout is None:
        typer.echo("derive: expected an open standard input and standard output, found one closed", err=True)
        raise typer.Exit(2)
    try:
        run(sys.stdin.fileno(), sys.stdout.buffer, limits_of(jobs, timeout, no_cache, None, memory), cluster)
    except Interrupted as stopped:
        typer.echo(f"derive: interrupted; {stopped.answered} answered, {stopped.left} begun and left", err=True)
        raise typer.Exit(INTERRUPTED) from stopped
    except NoCluster as problem:
        typer.echo(f"derive: {problem}", err=True)
        raise typer.Exit(2) from problem
    except OSError as problem:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at its end
        if isinstance(problem, BrokenPipeError):  # nobody is there to be told
            raise typer.Exit(1) from problem
        typer.echo(f"derive: the batch cannot go on: {problem.strerror or problem}", err=True)
        raise typer.Exit(2) from problem
