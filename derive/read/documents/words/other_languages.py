"""Words in another language than English, of which nothing is made: they may say what is supposed. Where they stand
beside a formula that is seen by their letters, in a whole document by its small words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.words.unheeded import Unheeded

_SCRIPT = re.compile(
    r"[\u0400-\u052f\u0531-\u058f\u0590-\u08ff\u0900-\u0dff\u0e00-\u0e7f\u10a0-\u10ff\u1100-\u11ff\u3041-\u30ff"
    r"\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Letters of other scripts than the Latin and the Greek one."""
_END = re.compile(r"[.!?。！？]\s|[。！？]|\n[ \t\r]*\n")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the a an of is are we and to for with in on by that this it as be at from if so then where let which can or not "
    "our has have its hence thus since when first next now given set using define gives get all each any".split()
)
MOST_WORDS = 24
"""How many characters of such words are shown."""
FEWEST = 3
"""How many words of the Latin script are needed to tell that they are not English."""


def other_languages(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """Every formula beside such words, and the words: what they say may be about its names, from there on. The lines of
    a chain that is displayed follow from each other whatever the words are."""
    for number, piece in enumerate(pieces):
        if piece.kind not in ("inline", "display") or piece.math is None:
            continue
        said = _foreign(_before(pieces, number)) or _foreign(_behind(pieces, number))
        if not said or not _may_be_supposed(piece):
            continue
        words = f"the words “{said}”, which are not English,"
        within = (piece.place, piece.source.place(piece.stop))
        yield Unheeded(piece.place, words, (piece.math.text,), within=within)
        if piece.kind == "inline":
            yield Unheeded(piece.place, words, (piece.math.text,))


def _before(pieces: Sequence[Found], number: int) -> str:
    """The words of its sentence right before a formula, also those before other formulas next to it."""
    text = ""
    while number and pieces[number - 1].kind == "prose":
        here = pieces[number - 1].text
        ends = [found.end() for found in _END.finditer(here) if here[found.end() :].strip()]
        text = f"{here[ends[-1] :] if ends else here} {text}"
        if ends or number < 2 or pieces[number - 2].kind != "inline":
            break
        number -= 2
    return text


def _behind(pieces: Sequence[Found], number: int) -> str:
    """The words right behind a formula in running text."""
    if pieces[number].kind != "inline" or number + 1 >= len(pieces) or pieces[number + 1].kind != "prose":
        return ""
    here = pieces[number + 1].text
    end = _END.search(here)
    return here if end is None else here[: end.start()]


def _foreign(text: str) -> str:
    """The words of a text if they are in another language; empty if they may be English.

    >>> _foreign("where 真实标签 is"), _foreign("Do đó tương đương với"), _foreign("by Hölder, so that")
    ('真实标签', 'Do đó tương đương với', '')
    """
    other = _SCRIPT.search(text)
    if other is not None:
        rest = re.match(r"[^\s$\\*#|`()（），。：:;；]+", text[other.start() :])
        return rest[0][:MOST_WORDS] if rest is not None else ""
    words = _WORD.findall(text)
    accented = any(not word.isascii() and word[:1].islower() and _LATIN.search(word) for word in words)
    if len(words) < FEWEST or not accented or any(word.lower() in _ENGLISH for word in words):
        return ""
    return " ".join(words)[:MOST_WORDS].strip()


_LATIN = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")


# -- a whole document --------------------------------------------------------------------------------------------------
_SMALL_ENGLISH = frozenset(
    "the of and is that we to for with then so by from this which are be as it where let have since hence if an "
    "all".split()
)
_SMALL_OTHERS = frozenset(
    "le les des est une dans où avec pour donc que qui sur par nous soit si alors cette "
    "der die das und ist wir mit für von ein eine dann auch also sich sei wenn "
    "el los las con es para entonces donde sea tenemos como se del "
    "os uma é então onde seja temos com da "
    "il lo gli che dove quindi sia di abbiamo "
    "het een van dat wij voor dan "
    "och att är som för med då ".split()
)
"""Small words of French, German, Spanish, Portuguese, Italian, Dutch and Swedish, and no English ones."""
_SMALL_WORD = re.compile(r"(?<![\\A-Za-zÀ-ÿ])[a-zà-ÿ]{2,}(?![A-Za-zÀ-ÿ])|é(?!\w)")
_RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|leqslant|geqslant|neq?|in|sim|equiv|approx)(?![A-Za-z])")
_BELOW = re.compile(r"_\s*\{[^{}]*\}")
_BEHIND = re.compile(r"\\(?:forall|qquad|quad|text|mbox)(?![A-Za-z])")
ENOUGH = 4
"""How many words of another language there must be at least."""


def is_other(pieces: Sequence[Found]) -> bool:
    """Whether most of what is said between the formulas is in a language that is not read."""
    english = others = letters = 0
    for piece in pieces:
        if piece.kind == "prose":
            letters += len(_SCRIPT.findall(piece.text))
            words = [each.lower() for each in _SMALL_WORD.findall(piece.text)]
            english += sum(word in _SMALL_ENGLISH for word in words)
            others += sum(word in _SMALL_OTHERS for word in words)
    others += letters // 3
    return others >= ENOUGH and others > english


def whole_documents(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """Where words are not read, a formula in them, or a display of one relation (or a double bound), may be supposed, a
    case, or a constraint: a line of a chain follows from the one above it whatever the words are."""
    if not is_other(pieces):
        return
    for piece in pieces:
        if piece.kind not in ("inline", "display") or piece.math is None:
            continue
        if _may_be_supposed(piece):
            within = (piece.place, piece.source.place(piece.stop))
            yield Unheeded(piece.place, "the words, in a language that is not read,", (piece.math.text,), within=within)


def _may_be_supposed(piece: Found) -> bool:
    """Whether a formula may be a case or a constraint: it stands in running text, or has one relation or a double
    bound."""
    text = piece.math.text if piece.math is not None else ""
    relations = _RELATION.findall(_BELOW.sub("", _BEHIND.split(text)[0]))
    return piece.kind == "inline" or len(relations) < 2 or (len(relations) < 3 and "=" not in relations)


__all__ = ["is_other", "other_languages", "whole_documents"]
