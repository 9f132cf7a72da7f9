"""Certificates on disk: one file for each proved claim, written by ``derive verify`` and read by ``derive replay``."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from derive.cli.options import folder

if TYPE_CHECKING:
    from derive.render.record import Report

Certificates = Annotated[
    Path | None,
    typer.Option(
        "--certificates",
        metavar="DIR",
        parser=folder,
        help="Write a certificate of every proved claim here, for derive replay.",
    ),
]


def require_room(folder: Path) -> None:
    """Say that a folder cannot be written to before anything is judged: it may take minutes."""
    for there in (folder, *folder.absolute().parents):
        with suppress(FileNotFoundError, NotADirectoryError):
            os.lstat(there)  # a name too long is told by what called
            break
    if not there.is_dir() or not os.access(there, os.W_OK):
        typer.echo(f"derive: {folder} cannot be written: expected a folder to write to, found {there}", err=True)
        raise typer.Exit(2)


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
            _put(path, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    except OSError as problem:
        typer.echo(f"derive: {problem.filename} cannot be written: {problem.strerror}", err=True)
        raise typer.Exit(2) from problem
    typer.echo(f"{len(proved) - len(without)} of {len(proved)} proved claims have a certificate in {folder}", err=True)
    for claim_id in without:
        typer.echo(f"  without one: {claim_id}", err=True)


def _put(path: Path, text: str) -> None:
    """Write a file whole, or not at all."""
    part = path.with_suffix(".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def place_of(claim_id: str) -> Path:
    """Where the certificate of a claim lies: a folder for each derivation."""
    name, _, claim = claim_id.partition(".")
    return Path(name) / f"{claim}.json"
