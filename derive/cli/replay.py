"""``derive replay``: certificates, gone through step by step by a checker that shares no code with the prover."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from derive.cli.options import Listing, ListingOption, Quiet, folder
from derive.cli.output import problems_told
from derive.cli.program import app

if TYPE_CHECKING:
    from derive.language.claims import Claim

Folder = Annotated[Path, typer.Argument(metavar="DIR", parser=folder, help="A folder of certificates, or one of them.")]
PARTS = frozenset({"format", "id", "statement", "context", "proofs"})


@app.command(epilog="Example: derive verify --certificates certificates; derive replay certificates")
def replay(place: Folder, format: ListingOption = Listing.text, quiet: Quiet = False) -> None:
    """Go through certificates and compare what they show with the encoded proofs: status 1 if one does not hold."""
    files = sorted(place.rglob("*.json")) if place.is_dir() else [place]
    if not files or not all(file.is_file() for file in files):
        typer.echo(f"derive: no certificates in {place}; `derive verify --certificates {place}` writes some", err=True)
        raise typer.Exit(2)
    for file in files:  # before one of them is gone through: that takes its time
        _data(file)
    with problems_told():
        results = [_replayed(file) for file in files]
    failed = [result for result in results if not result["holds"]]
    if format is Listing.json:
        import json

        summary = {"holds": len(results) - len(failed), "fails": len(failed)}
        typer.echo(json.dumps({"format": 1, "results": results, "summary": summary}, ensure_ascii=False, indent=1))
    else:
        for result in failed if quiet else results:
            typer.echo(f"{'holds' if result['holds'] else 'FAILS'}  {result['id']}{_more(result)}")
        if not quiet or failed:
            many, held = len(results), len(results) - len(failed)
            hold, do_not = "holds" if held == 1 else "hold", "does" if len(failed) == 1 else "do"
            typer.echo(f"{many} certificate{'s' * (many != 1)}: {held} {hold}, {len(failed)} {do_not} not")
    raise typer.Exit(1 if failed else 0)


def _more(result: dict[str, Any]) -> str:
    conditions = "".join(f", if {each}" for each in result["conditions"])
    return f": {result['reason']}" if result["reason"] else f"  ({result['steps']} steps){conditions}"


def _data(file: Path) -> dict[str, Any]:
    """What a certificate holds."""
    import json

    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        said = "" if isinstance(found, dict) and found.keys() >= PARTS else "some part of one is not there"
    except OSError as problem:
        typer.echo(f"derive: {file} cannot be read: {problem.strerror}", err=True)
        raise typer.Exit(2) from problem
    except UnicodeDecodeError:
        said = "it is no text"
    except json.JSONDecodeError as problem:
        said = f"line {problem.lineno} is no JSON"
    except (ValueError, RecursionError):
        said = "it holds a number too long, or is nested too deep"
    if said:
        typer.echo(f"derive: {file} is no certificate: {said}", err=True)
        raise typer.Exit(2)
    return dict(found)


def _replayed(file: Path) -> dict[str, Any]:
    """What one certificate comes to."""
    from derive.replay import Refused, conditions, replay, says_the_same

    data = _data(file)
    name = str(data["id"])
    try:
        statement, context = replay(data)
        claim = _claim(name)
        if claim is None:
            reason = "it shows its statement, but no encoded proof states this"
        elif not says_the_same(statement, context, claim.statement, claim.context):
            reason = "it shows something else than the encoded proof states"
        else:
            reason = ""
        return {
            "id": name,
            "file": str(file),
            "holds": not reason,
            "reason": reason,
            "steps": _count(data["proofs"]),
            "conditions": conditions(data),
        }
    except Refused as problem:
        reason = str(problem)
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        ArithmeticError,
        StopIteration,
        RecursionError,
    ):
        reason = "its statement, context or steps are not written as `derive verify --certificates` writes them"
    return {"id": name, "file": str(file), "holds": False, "reason": reason, "steps": 0, "conditions": []}


def _claim(claim_id: str) -> Claim | None:
    """The encoded claim of this name, if there is one."""
    from derive.checker import load, names

    name = claim_id.partition(".")[0]
    if name not in names():
        return None
    return next((claim for claim in load(name).claims if claim.id == claim_id), None)


def _count(parts: list[Any]) -> int:
    """How many steps there are, those inside of others too."""
    inner = ("do", "proofs", "under", "if", "same")
    own = [[y for n in inner for y in x.get(n, [])] if isinstance(x, dict) else x for x in parts]
    return sum(isinstance(x, dict) and not x.keys() & {"under", "if", "same"} for x in parts) + sum(map(_count, own))
