"""``derive replay``: certificates, gone through step by step by a checker that shares no code with the prover."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from derive.cli.options import Listing, ListingOption, Quiet
from derive.cli.output import problems_told
from derive.cli.program import app

if TYPE_CHECKING:
    from derive.language.claims import Claim

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of certificates, or one of them.")]


@app.command(epilog="Example: derive verify --certificates certificates; derive replay certificates")
def replay(folder: Folder, format: ListingOption = Listing.text, quiet: Quiet = False) -> None:
    """Go through certificates and compare what they show with the encoded proofs: status 1 if one does not hold."""
    files = sorted(folder.rglob("*.json")) if folder.is_dir() else [folder]
    if not files or not all(file.is_file() for file in files):
        typer.echo(
            f"derive: no certificates in {folder}; `derive verify --certificates {folder}` writes some", err=True
        )
        raise typer.Exit(2)
    with problems_told():
        results = [_replayed(file, folder) for file in files]
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


def _replayed(file: Path, folder: Path) -> dict[str, Any]:
    """What one certificate comes to."""
    import json

    from derive.replay import Refused, conditions, replay, says_the_same

    name = file.relative_to(folder).with_suffix("").as_posix() if folder.is_dir() else file.stem
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        name = str(data["id"])
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
    except OSError as problem:
        typer.echo(f"derive: {file} cannot be read: {problem.strerror}", err=True)
        raise typer.Exit(2) from problem
    except Refused as problem:
        reason = str(problem)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as problem:
        reason = f"it is no certificate: {type(problem).__name__}: {problem}"
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
