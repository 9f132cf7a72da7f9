"""``derive verify``: the encoded proofs."""

from __future__ import annotations

import typer

from derive.cli.certificates import Certificates, require_room, write_certificates
from derive.cli.options import (
    MEMORY,
    Durations,
    Format,
    FormatOption,
    Jobs,
    Memory,
    Names,
    NoCache,
    Quiet,
    Timeout,
    limits_of,
)
from derive.cli.output import problems_told, progress_bar, show
from derive.cli.program import app


@app.command(epilog="Example: derive verify mixtures --durations 10")
def verify(
    names: Names = None,
    format: FormatOption = Format.text,
    jobs: Jobs = None,
    timeout: Timeout = 10.0,
    memory: Memory = MEMORY,
    quiet: Quiet = False,
    durations: Durations = 0,
    no_cache: NoCache = False,
    certificates: Certificates = None,
) -> None:
    """Judge the encoded proofs: all of them, or those named."""
    if certificates is not None:
        require_room(certificates)
    with problems_told(), progress_bar(quiet) as progress:
        from derive.checker import verify as verify_proofs

        report = verify_proofs(names or [], limits_of(jobs, timeout, no_cache, progress, memory))
    show(report, format, quiet, durations)
    if certificates is not None:
        write_certificates(report, certificates)
    raise typer.Exit(report.exit_status())
