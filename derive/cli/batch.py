"""``derive batch``: documents by the thousand, as JSON lines."""

from __future__ import annotations

import os
import sys

import typer

from derive.cli.options import MEMORY, Jobs, Memory, NoCache, Timeout, limits_of
from derive.cli.program import app

INTERRUPTED = 130


@app.command(epilog="Example: derive batch < documents.jsonl > answers.jsonl")
def batch(jobs: Jobs = None, timeout: Timeout = 10.0, memory: Memory = MEMORY, no_cache: NoCache = False) -> None:
    """Check documents from standard input, a JSON object with "id", "text" and "format" (tex or md) on each line; each
    line is answered with one, in order. Exit status 0 if all were answered, whatever the answers are."""
    from derive.batch.local import Interrupted, run

    try:
        run(sys.stdin.fileno(), sys.stdout.buffer, limits_of(jobs, timeout, no_cache, None, memory))
    except Interrupted as stopped:
        typer.echo(f"derive: interrupted; {stopped.answered} answered, {stopped.left} begun and left", err=True)
        raise typer.Exit(INTERRUPTED) from stopped
    except BrokenPipeError as problem:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at its end
        raise typer.Exit(1) from problem
