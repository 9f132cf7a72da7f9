"""Why a counterexample may be none: what a text says, or seems to mean, of the names in it that nothing has taken up.

A line is refuted by numbers that its context allows. Where the context lacks something that the text says, those
numbers may be impossible: then the honest answer is that it is not decided, and what to declare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from derive.language.claims import Equal, Statement, Step, terms_of
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent
from derive.language.terms import Apply, Big, Deriv, Entry, Index, Num, Op, Rel, Size, Sym, Term, named_parts, subterms
from derive.read.documents.text.problems import problems, stated_at
from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.source import Place
from derive.read.documents.words.eigenvalues_said import is_list_of_eigenvalues

_FACE = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec|mathrm|mathsf|mathit|mathcal|underline)\s*\{?([A-Za-z]|\\[A-Za-z]+)\}?"
)
_PROPERTY = re.compile(
    r"(?i)\b(?P<word>symmetric|orthogonal|orthonormal|diagonal|unitary|one-hot|(?:eigen|singular\s+)values)\b(?!\s+(?:to|with)\b)"
)
_MEANS = {"orthonormal": "orthogonal", "unitary": "orthogonal", "one-hot": "onehot"}
_NEGATED = re.compile(
    r"(?i)(?:\bnon-?\s?|\b(?:not|no|nothing|none|neither|never|whether|unless|need)\b[^.;]*|\bif\b(?:(?!\bwith\b)[^.;])*)\Z"
)
_STATED = re.compile(
    r"[=<>+|/]|\\(?:frac|sum|prod|nabla|partial|int|leq?|geq?|l?Vert|log|exp|neq?|sim|propto)(?![A-Za-z])"
)
"""What makes a formula more than names of which something is said."""
_SUPPOSES = re.compile(
    r"(?i)\b(?:let|where|with|if|for|given|assum\w+|suppos\w+|denot\w+|defin\w+|writ(?:e|ing)|put|set|subject to|"
    r"such that|satisf\w+|constraints?|recall|when|since)\b[^.;:]*\Z"
)
_NOTE = re.compile(r"(?P<file>.*):(?P<line>\d+): (?P<text>.*)\Z", re.DOTALL)
NEAR_LINES = range(-1, 3)
"""How far, in lines, from where a property is said it may be taken up."""
BEHIND = 2
"""How many lines below a formula a property may be said of its names."""
AHEAD = 3
"""How many lines below a supposition a line is taken to be about it."""
NEAR = 160
"""How far before a formula a word is looked for that makes it something supposed."""


@dataclass(frozen=True)
class Unheeded:
    """Something a text says of names, written as in its formulas: ``words`` about ``formulas``, at a place. ``means``
    is the property that heeds it, if it is one that a declaration has; ``near`` is whether it is said right before;
    ``of_functions``, that it can only be about functions of which nothing is known, ``by_inequalities``, that it says
    only what inequalities say; ``within``, that it is said of what is stated there, and of nothing else; ``of_names``,
    and there only of what is about its names (``of_all``, about all of its formulas at once), ``of_numbers``, where
    these are plain numbers; ``elsewhere``, that what
    is stated there is about another model; ``of_constant``, that it ties a number to the rest."""

    place: Place
    words: str
    formulas: tuple[str, ...]
    means: str = ""
    of_functions: bool = False
    by_inequalities: bool = False
    near: bool = False
    within: tuple[Place, Place] | None = None
    of_names: bool = False
    of_all: bool = False
    of_numbers: bool = False
    elsewhere: bool = False
    of_constant: bool = False


def why_not(statements: Iterable[Statement], context: Context, said: Sequence[Unheeded]) -> str:
    """What speaks against a counterexample to one of these statements, as a reason; empty if nothing does."""
    statements = tuple(statements)
    names = _names(statements, context)
    if all(_is_rational_identity(each) for each in statements):
        said = [each for each in said if not each.by_inequalities]
    return _apart(names, context) or next(filter(None, (_against(each, names, context) for each in said)), "")


_RATIONAL = frozenset("add mul neg div transpose norm2 inner outer trace".split())


def _is_rational_identity(statement: Statement) -> bool:
    """Whether a statement is an equation between rational expressions of quantities and of what functions and their
    derivatives are worth. Where that fails for some function it fails for most, also for most convex ones, say: what a
    convex function and its derivatives are worth at some points is a set with inner points."""
    match statement:
        case Equal(left, right):
            sides: tuple[Term, ...] = (left, right)
        case Step(hypotheses=(given,), conclusions=(Rel(op="=", left=left, right=right),)) if _gives_a_value(given):
            sides = (left, right, given.right)
        case _:
            return False
    for side in sides:
        for part in subterms(side):
            if isinstance(part, Op) and part.name not in _RATIONAL and not _is_whole_power(part):
                return False
            if isinstance(part, Big) and part.kind == "sum" and part.where is None:
                continue
            if not isinstance(part, Op | Sym | Apply | Num | Deriv | Index | Size | Entry):
                return False
    return True


def _gives_a_value(relation: Rel) -> bool:
    """``x_{t+1} = x_t - \\nabla f(x_t)``: an equation that says what one quantity is, by others."""
    match relation:
        case Rel(op="=", left=Sym() as name, right=value):
            return not any(part == name for part in subterms(value))
    return False


def _is_whole_power(part: Op) -> bool:
    return part.name == "pow" and isinstance(part.args[1], Num) and part.args[1].value.denominator == 1


def stated_problems(pieces: Sequence[Found]) -> list[Place]:
    """Where the problems of a document begin: what one says is nothing to the next."""
    stated = (pieces[number] for number, problem in problems(pieces).items() if problem.stated)
    return [piece.source.place(stated_at(piece)) for piece in stated]


def said_at(place: Place, said: Sequence[Unheeded], starts: Sequence[Place]) -> list[Unheeded]:
    """What is said for a place: before the first problem or in its own, properties also right behind it."""
    own = max((each for each in starts if each <= place), default=None)
    first = min(starts, default=None)
    here: list[Unheeded] = []
    for each in said:
        if each.within is not None:
            here += [each] if each.within[0] <= place <= each.within[1] else []
            continue
        reach = replace(place, line=place.line + BEHIND) if each.means else place
        elsewhere = own is not None and first is not None and first <= each.place < own
        if each.place.file != place.file or (each.place <= reach and not elsewhere):
            near = each.place.file == place.file and 0 <= place.line - each.place.line <= AHEAD
            here.append(replace(each, near=near))
    return here


# -- what a text says --------------------------------------------------------------------------------------------------
def properties(pieces: Sequence[Found], notes: Sequence[str]) -> Iterator[Unheeded]:
    """Words for properties of which no note says that they were taken up, each with the formulas that it may be about:
    those of its sentence, or the last one before it where its sentence has none."""
    taken = _taken_up(notes)
    for number, piece in enumerate(pieces):
        if piece.kind != "prose":
            continue
        for found in _PROPERTY.finditer(piece.text):
            about = _beside(pieces, number, found.start(), found.end())
            word = found["word"].lower()
            if word.endswith("values"):  # what is said of these numbers, not of their matrix
                word, about = "eigenvalues", _eigenvalues_near(pieces, number, found.start(), found.end())
            place = piece.source.place(piece.at(found.start()))
            means = _MEANS.get(word, word)
            near = any((place.file, place.line + step, means) in taken for step in NEAR_LINES)
            if about and not near and not _NEGATED.search(_words_before(pieces, number, found.start())):
                yield Unheeded(place, f"“{found['word']}”", about, means)


def _words_before(pieces: Sequence[Found], number: int, start: int) -> str:
    """The words of a sentence before one of its words, also those before formulas that are next to each other."""
    text = pieces[number].text[:start]
    while not SENTENCE.search(text) and number > 1 and pieces[number - 2].kind == "prose":
        number -= 2
        text = f"{pieces[number].text} {text}"
    return SENTENCE.split(text)[-1]


def _taken_up(notes: Sequence[str]) -> set[tuple[str, int, str]]:
    """Where which properties were made something of: file, line and word."""
    found: set[tuple[str, int, str]] = set()
    for note in notes:
        told = _NOTE.match(note)
        if told is not None:
            found |= {(told["file"], int(told["line"]), word) for word in told["text"].split()}
    return found


def noted(notes: Sequence[str], name: str, first: Place, last: Place) -> bool:
    """Whether a note on these lines says what was made of this name there, and not only which space it is in."""
    for note in notes:
        told = _NOTE.match(note)
        if told is not None and told["file"] == first.file and first.line <= int(told["line"]) <= last.line:
            spaced_name = rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])"
            if re.search(spaced_name, told["text"]) and "\\in \\mathbb" not in told["text"]:
                return True
    return False


def _beside(pieces: Sequence[Found], number: int, start: int, stop: int) -> tuple[str, ...]:
    text = pieces[number].text
    before = None if SENTENCE.search(text[:start]) else _formula(pieces, number - 1)
    after = None if SENTENCE.search(text[stop:]) else _formula(pieces, number + 1)
    near = [before, after] if before or after else [_formula(pieces, number - 1)]
    return tuple(each for each in near if each and not _STATED.search(each.partition(r"\in")[0]))


def _eigenvalues_near(pieces: Sequence[Found], number: int, start: int, stop: int) -> tuple[str, ...]:
    """The lists of numbers in the sentence of the word *eigenvalues*, up to two formulas away."""
    text = pieces[number].text
    near: tuple[int, ...] = () if SENTENCE.search(text[:start]) else (number - 1, number - 3)
    near += () if SENTENCE.search(text[stop:]) else (number + 1, number + 3)
    found = [_formula(pieces, each) for each in near]
    return tuple(each for each in found if each and is_list_of_eigenvalues(each))


def _formula(pieces: Sequence[Found], number: int) -> str | None:
    if not 0 <= number < len(pieces) or pieces[number].kind not in ("inline", "display"):
        return None
    math = pieces[number].math
    return math.text if math is not None else None


def unread_suppositions(pieces: Sequence[Found], unread: Sequence[Place]) -> Iterator[Unheeded]:
    """Formulas that hold a place where something could not be read, behind words that make them something supposed."""
    for number, piece in enumerate(pieces):
        if piece.kind == "declaration" and piece.math is not None:
            yield from _unused(piece, unread)
        if piece.kind not in ("inline", "display") or piece.math is None:
            continue
        before = pieces[number - 1].text[-NEAR:] if number and pieces[number - 1].kind == "prose" else ""
        first, last = piece.place, piece.source.place(piece.stop)
        if _SUPPOSES.search(before) and any(first <= at <= last for at in unread):
            yield Unheeded(first, "what could not be read", (piece.math.text,))


def _unused(piece: Found, unread: Sequence[Place]) -> Iterator[Unheeded]:
    """The lines of a block of declarations that could not be used."""
    if piece.math is None:
        return
    at = 0
    for line in piece.math.text.splitlines(keepends=True):
        first, last = (piece.source.place(piece.math.place(each)) for each in (at, at + max(0, len(line.rstrip()) - 1)))
        if any(first <= place <= last for place in unread):
            yield Unheeded(first, "a declaration that could not be used", (line,))
        at += len(line)


# -- what stands against a counterexample ------------------------------------------------------------------------------
def _names(statements: Iterable[Statement], context: Context) -> dict[str, None]:
    """The names in statements, and in what defines them."""
    return reached([term for statement in statements for term in terms_of(statement)], context)


def reached(terms: Iterable[Term], context: Context) -> dict[str, None]:
    """The names in terms, and in what defines them."""
    todo, found = list(terms), dict[str, None]()
    while todo:
        for part in named_parts(todo.pop()):
            if part.name not in found:
                found[part.name] = None
                todo += _bodies(part.name, context)
    return found


def _bodies(name: str, context: Context) -> list[Term]:
    decl, function = context.symbols.get(name), context.functions.get(name)
    bodies = [decl.definition.body] if decl is not None and decl.definition is not None else []
    return bodies + ([function.body] if function is not None and function.body is not None else [])


def _apart(names: Iterable[str], context: Context) -> str:
    """Two names with one letter and as many entries that have nothing to do with each other: a matrix and its rows."""
    decls = [context.symbols[name] for name in names if name in context.symbols]
    for one, other in combinations(decls, 2):
        if _letter(one.name) == _letter(other.name) and one.name != other.name and _fit(one, other):
            if one.definition is not None and other.definition is not None:
                continue
            if one.name in _made_of(other, context) or other.name in _made_of(one, context):
                continue
            return (
                f"{_shown(one)} and {_shown(other)} are taken as having nothing to do with each other "
                "(declare “component …” if one is made of the other)"
            )
    return ""


def _made_of(decl: SymbolDecl, context: Context) -> dict[str, None]:
    """The names in what defines a quantity."""
    return reached(_bodies(decl.name, context), context)


@lru_cache(maxsize=4096)
def _letter(name: str) -> str:
    return _FACE.sub(r"\1", name).removesuffix("{}").lower()


def _fit(one: SymbolDecl, other: SymbolDecl) -> bool:
    """Whether they have as many entries, in the same order or transposed, and not the same kind."""
    first, second = _axes(one), _axes(other)
    same = len(one.family) == len(other.family)
    return not same and len(first) > 0 and (first == second or first == second[::-1])


def _axes(decl: SymbolDecl) -> tuple[Extent, ...]:
    return (*(each.high for each in decl.family), *decl.shape)


def _shown(decl: SymbolDecl) -> str:
    return f"{decl.name}_{{{','.join(decl.family_names)}}}" if decl.family_names else decl.name


def _against(said: Unheeded, names: Iterable[str], context: Context) -> str:
    """Whether something said is about one of these names, and nothing was made of it. What is supposed of a quantity
    that has a definition counts right behind it."""
    if said.within is not None and not said.of_functions:
        about_these = [name for name in names if not said.of_numbers or _is_number(name, context)]
        among = (any(_occurs(name, each) for name in about_these) for each in said.formulas)
        if said.of_names and not (all(among) if said.of_all else any(among)):
            return ""
        return f"nothing was made of {said.words} beside it"
    if said.of_functions:
        unknown = (name for name in names if _is_unknown(name, context))
        called = next((name for name in unknown if any(_occurs(name, each) for each in said.formulas)), "")
        return (
            f"nothing was made of {said.words} in line {said.place.line}, which may be about {called}" if called else ""
        )
    if said.of_constant and all(_is_number(name, context) for name in names):
        return ""
    about = [
        decl
        for name, decl in context.symbols.items()
        if any(_occurs(name, each, bool(decl.family) and not said.means) for each in said.formulas)
    ]
    if any(_heeds(decl, said, context) for decl in about):
        return ""
    supposed = said.near and not said.means
    if said.means in ("symmetric", "diagonal"):
        about = [decl for decl in about if len(decl.family) + len(decl.shape) > 1]  # numbers and vectors are neither
    free = [decl.name for decl in about if (supposed or decl.definition is None) and decl.name in names]
    if not free:
        return ""
    return f"nothing was made of {said.words} in line {said.place.line}, which may be about {free[0]}"


def _is_number(name: str, context: Context) -> bool:
    """Whether a name is a number of which nothing is said but bounds."""
    decl = context.symbols.get(name)
    return decl is not None and not decl.shape and not decl.family and decl.definition is None


def _is_unknown(name: str, context: Context) -> bool:
    function = context.functions.get(name)
    return function is not None and function.body is None and function.builtin is None


def _heeds(decl: SymbolDecl, said: Unheeded, context: Context) -> bool:
    if not said.means:
        return False
    facts = (part.name for fact in context.facts for part in subterms(fact.statement) if isinstance(part, Sym))
    return said.means in decl.properties or decl.definition is not None or decl.name in facts


def _occurs(name: str, formula: str, member: bool = False) -> bool:
    """Whether a formula has this name, with a subscript or a superscript if it must be that of a ``member``."""
    edge = r"(?![A-Za-z])" if name[-1:].isalpha() else ""
    start = r"(?<![A-Za-z\\])" if name[:1].isalpha() else ""
    script = r"\s*'*\s*[_^]" if member else ""
    return re.search(start + re.escape(name) + edge + script, formula) is not None
