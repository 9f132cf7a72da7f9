"""Certificates on disk: one file for each proved claim, written by ``derive verify`` and read by ``derive replay``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from derive.render.record import Report

Certificates = Annotated[
    Path | None,
    typer.Option(
        "--certificates",
        metavar="DIR",
        file_okay=False,
        help="Write a certificate of every proved claim here, for derive replay.",
    ),
]


def write_certificates(report: Report, folder: Path) -> None:
    """A certificate of each proved claim, and which have none."""
    import json

    from derive.certify import certificate
    from derive.checker import load

    proved = [result for result in report.results if result.word == "proved"]
    claims = {claim.id: claim for name in {r.derivation: None for r in proved} for claim in load(name).claims}
    without = []
    try:
        for result in proved:
            found = certificate(claims[result.id])
            path = folder / place_of(result.id)
            if found is None:
                path.unlink(missing_ok=True)
                without.append(result.id)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as problem:
        typer.echo(f"derive: {problem.filename} cannot be written: {problem.strerror}", err=True)
        raise typer.Exit(2) from problem
    typer.echo(f"{len(proved) - len(without)} of {len(proved)} proved claims have a certificate in {folder}", err=True)
    for claim_id in without:
        typer.echo(f"  without one: {claim_id}", err=True)


def place_of(claim_id: str) -> Path:
    """Where the certificate of a claim lies: a folder for each derivation."""
    name, _, claim = claim_id.partition(".")
    return Path(name) / f"{claim}.json"
