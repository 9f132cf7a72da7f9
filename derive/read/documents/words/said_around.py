"""What the words around a formula make of it, though nothing in it shows: a constraint, a step of an algorithm, what
follows from an equation that they cite, a case of several. It speaks against a counterexample."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from derive.language.claims import Statement, Step
from derive.read.documents.text.outline import sections
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.source import Place
from derive.read.documents.text.spelling import spaced
from derive.read.documents.words.unheeded import Unheeded

_RELATION = re.compile(r"(?<![:<>=])=(?!:)|[<>]|\\(?:leq?|geq?|leqslant|geqslant|neq?|equiv|approx)(?![A-Za-z])")
_BELOW = re.compile(r"_\s*\{[^{}]*\}")
"""What stands below a sign: the ``i = 1`` of a sum is no relation of the formula."""
_CONSTRAINS = re.compile(
    r"(?i)(?:\bconstraints?|\bsubject\s+to(?:\s+the)?|\bs\.\s?t\.|\bwith\s+the\s+restrictions?(?:\s+that)?)"
    r"(?:\s+(?:on|for|of)\s+[^.;:⟨⟩]*)?\s*(?:that|is|are|,)?\s*:?\s*\Z"
)
"""Words right before a display that make it what is demanded."""
_STEPS = re.compile(
    r"(?i)\b(?:updat\w+(?!\s+equation)|iterat\w+|repeat\w*|loop|(?:gradient|coordinate)\s+(?:de|a)scent|increment\w*|learning\s+rules?|"
    r"until\s+convergence|each\s+(?:step|epoch|round))\b"
)
"""Words of what is done again and again."""
_CITES = re.compile(r"\\(?:eq|auto|c|C|v)?ref\*?\s*\{\s*([^{}]+?)\s*\}")
_LABEL = re.compile(r"\\label\s*\{\s*([^{}]+?)\s*\}")
_ITEM = re.compile(r"\\item(?![A-Za-z])|^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)
_CASE = re.compile(
    r"(?i)(?:\A|[.:;\n])\s*(?:(?:\\item|and|now|else|similarly|case\s+\w+:?)\s*)?(?:for|if|when|case)\s*\Z"
)
_HEADS = re.compile(r"\s*[:,]")
MOST_APART = 80
"""How many pieces further on a name may be given again in another item of a list."""
NEAR = 240
"""How far before a formula a word is looked for that says it is a step of an algorithm."""


def _sides(piece: Found) -> tuple[str, str] | None:
    """Both sides of a formula that is one equation, as tokens with spaces."""
    if piece.math is None or piece.kind not in ("inline", "display"):
        return None
    below = [match.span() for match in _BELOW.finditer(piece.math.text)]
    found = [
        match
        for match in _RELATION.finditer(piece.math.text)
        if not any(start <= match.start() < stop for start, stop in below)
    ]
    if len(found) != 1 or found[0].group() != "=":
        return None
    left, right = piece.math.text[: found[0].start()], piece.math.text[found[0].end() :]
    both = spaced(left).replace(" &", "").strip(), spaced(right).replace("& ", "").strip(" .,;")
    return both if all(both) else None


def _bounds(piece: Found) -> tuple[Place, Place]:
    return piece.place, piece.source.place(piece.stop)


def _words_before(pieces: Sequence[Found], number: int) -> str:
    """The words right before a formula; for a display right behind another one, those before that."""
    while number > 1 and pieces[number - 1].kind == "prose" and not pieces[number - 1].text.strip():
        if pieces[number - 2].kind != "display":
            break
        number -= 2
    before = pieces[number - 1] if number else None
    return before.text if before is not None and before.kind == "prose" else ""


def constrained(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """Displays of one relation behind ``subject to`` or ``we have the constraint``."""
    for number, piece in enumerate(pieces):
        if piece.kind != "display" or piece.math is None:
            continue
        said = _CONSTRAINS.search(_words_before(pieces, number))
        if said is not None and len(_RELATION.findall(_BELOW.sub("", piece.math.text))) < 3:
            words = " ".join(said.group().split()).strip(" :,")
            yield Unheeded(piece.place, f"“{words}”", (piece.math.text,), within=_bounds(piece))


def updated(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """``\\theta = \\theta - \\alpha g`` where the words before it speak of an algorithm: what each step of it does."""
    for number, piece in enumerate(pieces):
        both = _sides(piece)
        if both is None or not re.match(rf"{re.escape(both[0])}(?:\s*[-+]|\s*\\leftarrow)", both[1]):
            continue
        before = " ".join(each.text for each in pieces[max(0, number - 6) : number] if each.kind == "prose")
        if _STEPS.search(before[-NEAR:]):
            words = "the words before it, by which it is a step of an algorithm (write \\leftarrow),"
            yield Unheeded(piece.place, words, (both[0],), within=_bounds(piece))


def cited(
    pieces: Sequence[Found], stated: Iterable[tuple[int, Place, tuple[Statement, ...] | str]]
) -> Iterator[Unheeded]:
    """Formulas whose sentence cites another one by its label, ``in terms of \\eqref{w}``, which could not be read, or
    was concluded from equations, where the formula is not read as following from it. ``stated`` has what each piece
    states, by its number."""
    by_piece: dict[int, list[tuple[Statement, ...] | str]] = {}
    for number, _, what in stated:
        by_piece.setdefault(number, []).append(what)
    labels = {
        label: number
        for number, piece in enumerate(pieces)
        if piece.kind == "display"
        for label in _LABEL.findall(piece.text)
    }
    for number, piece in enumerate(pieces):
        if piece.kind not in ("inline", "display"):
            continue
        for label in _CITES.findall(_last_sentence(_words_before(pieces, number))):
            named = labels.get(label)
            if named is None or named == number or not _is_needed(by_piece.get(named, []), by_piece.get(number, [])):
                continue
            yield Unheeded(piece.place, f"“\\ref{{{label}}}”", (), within=_bounds(piece))


def _last_sentence(text: str) -> str:
    return re.split(r"(?<!Eq)(?<!eq)(?<!Eqs)(?<!i\.e)[.;](?=\s)|\n[ \t\r]*\n", text)[-1]


def _is_needed(named: Sequence[tuple[Statement, ...] | str], here: Sequence[tuple[Statement, ...] | str]) -> bool:
    """Whether what is cited is in no context: nothing made of it, or a conclusion that is not used here."""
    used = {rel for what in here if not isinstance(what, str) for each in what if isinstance(each, Step)
            for rel in each.hypotheses}  # fmt: skip
    for what in named:
        if isinstance(what, str):
            return True
        for each in what:
            if isinstance(each, Step) and not used & {*each.conclusions}:
                return True
    return False


def given_again(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """What was said to be one thing in an item of a list, or in a case, and is another in the next: from there on to
    the end of the section, what it is called may mean either."""
    for first, stop in sections(pieces).items() if pieces else ():
        seen: dict[str, tuple[int, str]] = {}
        for number in range(first, stop):
            both = _sides(pieces[number])
            if both is None:
                continue
            left, right = both
            before = seen.setdefault(left, (number, right))
            if before[0] == number or before[1] == right or number - before[0] > MOST_APART:
                continue
            where = _apart(pieces, before[0], number)
            if where:
                end = pieces[stop - 1]
                within = (pieces[number].place, end.source.place(end.stop))
                name = left.partition(" (")[0].replace(" ", "")
                if within[0].file == within[1].file:
                    yield Unheeded(pieces[number].place, where, (name,), within=within, of_names=True)


def _apart(pieces: Sequence[Found], first: int, second: int) -> str:
    """Why two formulas give a name in different places of a list, or in different cases; empty if they do not."""
    cases = [_case_of(pieces, first), _case_of(pieces, second)]
    if cases[0] is not None and cases[1] is not None and cases[0] != cases[1] and cases[0][0] == cases[1][0]:
        return f"the case “{cases[1][0]} = {cases[1][1]}”"
    between = " ".join(piece.text for piece in pieces[first + 1 : second] if piece.kind == "prose")
    before = " ".join(piece.text for piece in pieces[max(0, first - 8) : first] if piece.kind == "prose")
    return "the other item of the list" if _ITEM.search(between) and _ITEM.search(before) else ""


def _case_of(pieces: Sequence[Found], number: int) -> tuple[str, str] | None:
    """What heads the formula: ``For $y = 1$:``, as its two sides."""
    for place in range(number - 2, max(number - 4, 1), -2):
        both = _sides(pieces[place])
        if both is None or pieces[place].kind != "inline" or pieces[place - 1].kind != "prose":
            continue
        heads = pieces[place + 1].kind == "prose" and _HEADS.match(pieces[place + 1].text)
        if heads and _CASE.search(pieces[place - 1].text):
            return both
    return None


_SIMPLY = re.compile(
    r"(?i)(?:\bthis|\bit|\bwhich|\bthat|\bthese|⟩)\s+(?:is|are|becomes?)\s+(?:then\s+)?(?:simply|just)\s*\Z"
)


def specialised(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """``For one-hot labels this is simply $t_i = \\delta_{ic}$``: what a quantity is in a case that words tell."""
    for first, stop in sections(pieces).items() if pieces else ():
        for number in range(first + 1, stop):
            both = _sides(pieces[number])
            if both is None or pieces[number].kind != "inline" or pieces[number - 1].kind != "prose":
                continue
            if _SIMPLY.search(pieces[number - 1].text):
                within = (pieces[number].place, pieces[stop - 1].source.place(pieces[stop - 1].stop))
                name = both[0].partition(" ")[0]
                if within[0].file == within[1].file:
                    words = f"the case in which {name} is simply that"
                    yield Unheeded(pieces[number].place, words, (name,), within=within, of_names=True)


_RUN = re.compile(r"(?<![\\A-Za-z{])[A-Z]{2,4}(?![A-Za-z_^}])")
_LETTER = re.compile(r"(?<![\\A-Za-z])[A-Z](?![A-Za-z])")
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname|mbox|label|tag|begin|end)\*?\s*\{[^{}]*\}")


def abbreviations(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """``TP + FN``: capitals side by side in every formula, and nowhere alone, may be names of two letters."""
    formulas = [piece for piece in pieces if piece.math is not None and piece.kind != "prose"]
    texts = [_WORDS.sub(" ", piece.math.text) for piece in formulas if piece.math is not None]
    alone = {letter for text in texts for letter in _LETTER.findall(text)}
    runs = Counter(run for text in texts for run in _RUN.findall(text))
    for run, count in runs.items():
        if count < 2 or alone & {*run}:
            continue
        first, last = pieces[0], pieces[-1]
        within = (first.place, last.source.place(last.stop))
        words = f"“{run}”, which may be one name (then write \\mathrm{{{run}}}),"
        yield Unheeded(formulas[0].place, words, tuple(run), within=within, of_names=True)


__all__ = ["abbreviations", "cited", "constrained", "given_again", "specialised", "updated"]
