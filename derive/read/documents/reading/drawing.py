r"""A text tells how its quantities are drawn, ``z \sim \mathcal{N}(0, 1)``, and then writes their densities."""

from __future__ import annotations

from derive.read.documents.definitions import model_densities
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.reading import naming
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.words.properties import with_properties


def note(reading: Reading, found: Found, text: str) -> None:
    """The densities of what is drawn as this formula says, as the text writes them: ``p(x \\mid z)``."""
    if reading.skip or reading.words.doubted:
        return
    _note_spread(reading, found, text)
    model, formulas = reading.document.model, reading.document.formulas
    pieces = reading.document.pieces[slice(*reading.section.extent)] or reading.document.pieces
    here = [spaced(piece.math.text) for piece in pieces if piece.math is not None]
    done = model_densities.told(text, reading.context, formulas, here, frozenset(model))
    if done is None and model:  # drawn in another way: another model
        drawn = frozenset(name for name, direct in model.items() if direct)
        for other in sorted(drawn):
            base = without_names(reading.context, model_densities.forms(reading.context) - drawn | {other})
            done = done or model_densities.told(text, base, formulas, here, drawn - {other})
        if done is None or model_densities.is_same(done.context, reading.context):
            return
    if done is None:
        return
    new = [name for name, decl in done.context.functions.items() if reading.context.functions.get(name) is not decl]
    kept = {name: direct for name, direct in model.items() if name in done.context.functions and name not in new}
    reading.document.model = kept | {name: name == new[0] for name in new}
    reading.context = done.context
    reading.note(found.place, done.text)


def _note_spread(reading: Reading, found: Found, text: str) -> None:
    """``f \\sim \\mathcal{N}(0, K)`` says that the declared matrix K is a covariance."""
    drawn = [spaced(text)] if r"\sim" in text else []
    for name in [name for name in reading.context.symbols if naming.is_a_spread(name, drawn)]:
        definite = "posdef" in reading.context.symbols[name].properties
        said = "symmetric" if definite else "symmetric psd"
        reading.context, texts = with_properties([name], said, reading.context)
        for each in texts:
            reading.note(found.place, each)


def end_problem(reading: Reading) -> None:
    """Another problem has a model of its own."""
    if reading.document.model:
        reading.context = without_names(reading.context, frozenset(reading.document.model))
        reading.document.model = {}


__all__ = ["end_problem", "note"]
