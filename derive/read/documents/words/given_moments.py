r"""Random quantities whose mean and covariance the words give: ``Let $x$ be a random vector with mean $\mu$ …``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.randomness import with_random
from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.documents.undeclared.evidence import space_of
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.names import parts_of
from derive.read.parser import parse
from derive.read.spaces import is_space, read_space

FURTHEST = 14
MOST_LENGTHS = 6
"""How many lengths are tried for a vector of which nothing says how long it is."""
_KIND = (
    r"(?P<words>(?:(?!random\b)[a-z-]+,?\s+){0,4}?)(?P<random>random\s+)?"
    r"(?P<kind>vectors?|variables?|noise|quantity|numbers?|estimators?|statistics?)"
)
_BE = re.compile(rf"(?is)\s*(?:be|is|denotes?|are)\s+(?:an?\s+|the\s+)?{_KIND}\b(?P<rest>.*)\Z")
_CALLED = re.compile(rf"(?is)\b{_KIND}\s*\Z")
_SPACE = re.compile(r"(?is)\s*,?\s*(?:in|on|taking\s+values\s+in|with\s+values\s+in)\s*⟦(?P<space>\d+)⟧")
_FINITE = r"(?:finite\s+|given\s+|known\s+|common\s+|a\s+|the\s+|its\s+)*"
_MEAN = re.compile(
    rf"(?i)(?:{_FINITE}(?:zero\s+mean|mean\s+(?:zero|0)(?!\w))|{_FINITE}mean\s*(?:vector\s*)?⟦(?P<mean>\d+)⟧)"
)
_SPREAD = re.compile(
    rf"(?i){_FINITE}(?:(?:co)?variance(?:[- ]matrix|\s+matrix)?)\s*⟦(?P<spread>\d+)⟧|"
    rf"{_FINITE}(?P<unit>unit\s+variance|identity\s+covariance)"
)
_RANDOM_ITSELF = re.compile(r"(?i)noise|estimator|statistic")
_OF = re.compile(r"\A\s*(?:of|for)\s*⟦\d+⟧")
"""What an estimator is one of."""
_WITH = re.compile(r"(?i)\s*,?\s*(?:independent\s+of\s+[^.;]*?,?\s*)?(?:with|having|that\s+has|which\s+has|of)\s+")
_MORE = re.compile(r"(?i)\b(?:densit\w+|normal\w*|gaussian|uniform\w*|poisson|bernoulli|i\.i\.d|samples?)\b")


@dataclass(frozen=True)
class _Said:
    """What the words say: the name, its space (if they say one), its mean and covariance as formulas."""

    name: s.Node
    shape: Shape | None
    mean: str | None
    spread: str | None


def given_moments(pieces: Sequence[Found], number: int, context: Context, earlier: frozenset[str]) -> Defined | None:
    """The context in which the quantity that this formula names is random, with the mean and the covariance that the
    words after it give; what these are made of, if nothing declares it, has the shape that follows. None where the
    words give neither, or say of what kind its distribution is."""
    said = _said(pieces, number, context, earlier)
    if said is None:
        return _of_one_length(pieces, number, context, earlier)
    return _given(said, context, earlier)


def _of_one_length(pieces: Sequence[Found], number: int, context: Context, earlier: frozenset[str]) -> Defined | None:
    """The same of a vector of which nothing says how long it is: of the one length with which the formulas behind it
    can be read, or of a length of its own where there is none so far."""
    told = _with_spaces(pieces[number + 1 : number + 1 + FURTHEST], context)
    lengths = list(dict.fromkeys(extent for decl in told.symbols.values() for extent in decl.shape))[:MOST_LENGTHS]
    if not lengths:
        free = next((each for each in "dpmk" if _is_unused(each, pieces, context)), "")
        lengths = [Extent.of(free)] if free else []
    found: list[Defined] = []
    for length in lengths:
        said = _said(pieces, number, context, earlier, length)
        done = _given(said, context, earlier) if said is not None else None
        if done is not None and _fits(said.name if said is not None else None, pieces, number, done.context):
            found.append(done)
    return found[0] if len(found) == 1 else None


def _is_unused(letter: str, pieces: Sequence[Found], context: Context) -> bool:
    places = (context.symbols, context.functions, context.sizes, context.indices)
    spelled = re.compile(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])")
    texts = (piece.math.text for piece in pieces if piece.math is not None)
    return not any(letter in each for each in places) and not any(spelled.search(text) for text in texts)


def _fits(name: s.Node | None, pieces: Sequence[Found], number: int, context: Context) -> bool:
    """Whether some formula behind has the name in it, and all that do can be read, but for undeclared names."""
    fits = False
    context = _with_spaces(pieces[number + 1 : number + 1 + FURTHEST], context)
    for piece in pieces[number + 1 : number + 1 + FURTHEST] if name is not None else ():
        for chain in chains_of(piece.math.text, context) if piece.math is not None else ():
            if not isinstance(chain.node, s.Relation):
                continue
            for side in (chain.node.first, *(side for _, side in chain.node.rest)):
                if name is None or not any(s.key(part) == s.key(name) for part in s.walk(side)):
                    continue
                try:
                    node_readings(side, context)
                    fits = True
                except Undeclared:
                    continue
                except ReadError:
                    return False
    return fits


def _with_spaces(pieces: Sequence[Found], context: Context) -> Context:
    """The context with the names that these pieces put into a space."""
    for piece in pieces:
        text = piece.math.text.strip(" .,;") if piece.kind == "inline" and piece.math is not None else ""
        if re.match(r"(?:\\?[A-Za-z]+\s*,\s*)*\\?[A-Za-z]+\s*\\in\s*\\mathbb", text) and text.count("\\in ") == 1:
            try:
                context = declare(text, context)
            except DeclarationError:
                continue
    return context


def _given(said: _Said, context: Context, earlier: frozenset[str]) -> Defined | None:
    name, texts = s.key(said.name), list[str]()
    decl = context.symbols.get(name)
    if decl is None or decl.shape != said.shape or decl.definition is not None or name in earlier:
        context = without_names(context, frozenset({name}))
        texts.append(f"{name} \\in {space_of(said.shape or ())}")
    try:
        context = declare(texts[0], context) if texts else context
        for formula, is_spread in ((said.mean, False), (said.spread, True)):
            if formula is not None:
                context, more = _parameter(formula, said.shape or (), is_spread, context, earlier)
                texts += more
        done = with_random(_relation(f"\\mathbb{{E}}[{name}] = 0"), context)
        if done is None:
            return None
        context, texts = done.context, [*texts, f"{name} is random"]
        operator = "\\operatorname{Cov}" if said.shape else "\\operatorname{Var}"
        for formula, moment in ((said.mean, f"\\mathbb{{E}}[{name}]"), (said.spread, f"{operator}({name})")):
            if formula is not None:
                texts.append(f"assume {moment} = {formula}")
                context = declare(texts[-1], context)
    except (DeclarationError, ReadError):
        return None
    return Defined(context, " ; ".join(texts))


def _relation(text: str) -> s.Relation:
    node = parse(text)
    if not isinstance(node, s.Relation):
        raise ReadError(f"expected a relation, found {text}")
    return node


# -- what the words say ------------------------------------------------------------------------------------------------
def _said(
    pieces: Sequence[Found], number: int, context: Context, earlier: frozenset[str], length: Extent | None = None
) -> _Said | None:
    name, shape = named(pieces[number])
    before = pieces[number - 1].text if number and pieces[number - 1].kind == "prose" else ""
    text, formulas = sentence(pieces, number)
    if name is None or _MORE.search(before[-80:] + text):
        return None
    found = _BE.match(text)
    called = None if found is not None else _CALLED.search(before)
    match = found or called
    if match is None or not (match["random"] or _RANDOM_ITSELF.search(match["kind"])):
        return None
    rest = _OF.sub("", found["rest"] if found is not None else text)
    space = _SPACE.match(rest)
    if space is not None:
        shape, rest = _space(formulas[int(space["space"])]), rest[space.end() :]
        if shape is None:
            return None
    mean, spread = moments(rest, formulas, match["words"])
    if mean is None and spread is None:
        return None
    if shape is None:
        shape = _shape_told(s.key(name), match["kind"].lower(), mean, spread, context, earlier)
    unit = spread is not None and re.search(r"(?<![A-Za-z])I(?![A-Za-z])", spread) is not None
    vector = "vector" in match["kind"].lower() or (unit and match["kind"].lower() != "variable")
    shape = (length,) if shape is None and vector and length is not None else shape
    if shape is None or len(shape) > 1 or (vector and not shape):
        return None
    zero = mean is not None and re.fullmatch(r"\\(?:mathbf|boldsymbol|bm)\s*\{?0\}?", mean)
    return _Said(name, shape, "0" if zero else mean, spread)


def named(piece: Found) -> tuple[s.Node | None, Shape | None]:
    """The name that a formula is, and its space if it is ``x \\in \\mathbb{R}^d``."""
    if piece.math is None or piece.kind != "inline":
        return None, None
    shape = None
    try:
        node: s.Node = parse(piece.math.text.strip(" .,;"))
        last = node.rest[-1][1] if isinstance(node, s.Relation) and [op for op, _ in node.rest] == ["in"] else None
        if isinstance(node, s.Relation) and last is not None and is_space(last):
            node, shape = node.first, read_space(last, None)
    except ReadError:
        return None, None
    parts = parts_of(node)
    plain = parts is not None and parts[1] is None and parts[2] is None
    return (node, shape) if plain else (None, None)


def sentence(pieces: Sequence[Found], number: int) -> tuple[str, list[str]]:
    """What follows a formula in its sentence, with numbers in the place of formulas, and these."""
    text, formulas = "", list[str]()
    for piece in pieces[number + 1 : number + 1 + FURTHEST]:
        if piece.kind == "inline" and piece.math is not None:
            text += f"⟦{len(formulas)}⟧"
            formulas.append(piece.math.text.strip(" .,;"))
        elif piece.kind == "prose":
            end = SENTENCE.search(piece.text)
            text += piece.text[: end.start()] if end is not None else piece.text
            if end is not None:
                break
        else:
            break
    return re.split(r"(?i)[,;]?\s+(?:and\s+)?let\s+", text)[0], formulas


def _space(text: str) -> Shape | None:
    try:
        node = parse(text)
        return read_space(node, None) if is_space(node) else None
    except ReadError:
        return None


def moments(rest: str, formulas: Sequence[str], words: str) -> tuple[str | None, str | None]:
    """The mean and the covariance, as formulas; both have to stand right behind the quantity."""
    mean = "0" if re.search(r"(?i)zero[- ]mean|cent(?:e?red|red)", words) else None
    start = _WITH.match(rest)
    if start is None:
        return mean, None
    spread: str | None = None
    at = start.end()
    while True:
        first, second = _MEAN.match(rest, at), _SPREAD.match(rest, at)
        match = first or second
        if match is None:
            return mean, spread
        if first is not None:
            if mean is not None:
                return None, None
            mean = formulas[int(first["mean"])] if first["mean"] else "0"
        elif second is not None:
            if spread is not None:
                return None, None
            spread = formulas[int(second["spread"])] if second["spread"] else "I" if "ident" in match.group() else "1"
        joined = re.compile(r"\s*,?\s*(?:and\s+|with\s+)*").match(rest, match.end())
        at = joined.end() if joined is not None else match.end()


def _shape_told(
    name: str, kind: str, mean: str | None, spread: str | None, context: Context, earlier: frozenset[str]
) -> Shape | None:
    """The shape of a random quantity whose space is not written: as declared, that of its mean, or a number."""
    decl = context.symbols.get(name)
    if decl is not None and name not in earlier and not decl.family:
        return decl.shape
    for text, cut in ((mean, 0), (spread, 1)):
        if text is not None and text not in ("0", "1", "I"):
            try:
                shape = node_readings(parse(text), context)[0].shape
            except ReadError:
                continue
            return shape[cut:]
    if spread is not None and _SQUARE.fullmatch(spread):
        return ()
    return () if kind.startswith(("variable", "number")) else None


_SQUARE = re.compile(r"\\?[A-Za-z]+(?:\s*_\s*(?:\w|\{\w+\}))?\s*\^\s*\{?2\}?")
"""The variance of a number, as it is usually written."""


# -- what they are made of ---------------------------------------------------------------------------------------------
def _parameter(
    text: str, shape: Shape, is_spread: bool, context: Context, earlier: frozenset[str]
) -> tuple[Context, list[str]]:
    """The context in which a moment can be read and has its shape: a bare name that nothing declares is given it."""
    node = parse(text)
    if s.key(node) == "0" and not is_spread:
        return context, []
    if is_spread and shape and s.key(node) in ("I", "\\mathbf{I}") and s.key(node) not in context.symbols:
        return context, []  # the identity matrix, whatever its size is
    match node:
        case s.Juxt(parts=(number, s.Name(text="I" | "\\mathbf{I}"))) if is_spread and shape:  # one number times I
            return _parameter(s.key(number), (), True, context, earlier)
    wanted = shape * 2 if is_spread else shape
    root = node.base if isinstance(node, s.Script) and node.sup is not None and s.key(node.sup) == "2" else None
    bare = root if root is not None and is_spread and not shape else node
    name = s.key(bare)
    decl = context.symbols.get(name)
    if parts_of(bare) is not None and not _is_of(bare, wanted, context):
        if decl is not None and name not in earlier:
            raise ReadError(f"expected {name} to have the shape of a moment")
        words = "" if not is_spread else " > 0" if not shape and bare is root else " \\ge 0" if not shape else ""
        space = f" \\in {space_of(wanted)}" + (" symmetric psd" if is_spread and shape else "")
        said = f"{name}{words or space}"
        return declare(said, without_names(context, frozenset({name}))), [said]
    if is_spread and shape and decl is not None and decl.definition is None and not {"psd", "posdef"} & decl.properties:
        decl = replace(decl, properties=decl.properties | {"symmetric", "psd"})
        return context.with_symbol(decl), [f"{name} symmetric psd"]
    return context, []


def _is_of(node: s.Node, shape: Shape, context: Context) -> bool:
    try:
        return node_readings(node, context)[0].shape == shape
    except ReadError:
        return False


__all__ = ["given_moments", "moments", "named", "sentence"]
