"""``derive list``: which proofs and claims are there."""

from __future__ import annotations

import typer

from derive.cli.options import Listing, ListingOption, Names
from derive.cli.output import problems_told, style_of
from derive.cli.program import app


@app.command("list", epilog="Example: derive list mixtures")
def list_proofs(names: Names = None, format: ListingOption = Listing.text) -> None:
    """List the encoded proofs, their claims and the passages they encode."""
    with problems_told():
        from derive.checker import stated

        entries = list(stated(names or []))
    if format is Listing.json:
        from derive.render.json import listing as listing_json

        typer.echo(listing_json(entries))
    else:
        from derive.render.text import listing

        typer.echo(listing(entries, style_of(quiet=False)))
