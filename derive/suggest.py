"""Declarations that a document lacks: guessed from how its names are used, kept if more of it is read with them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from derive.language.claims import Claim, Equal
from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import making_room
from derive.read.documents.definitions.defining import head_of, is_undeclared
from derive.read.documents.reader import read
from derive.read.documents.text.files import Input
from derive.read.documents.text.macros import as_written
from derive.read.documents.text.scanner import Found, Scanner
from derive.read.documents.text.source import Source
from derive.read.documents.undeclared.usage import Usage, Use, formulas, usage
from derive.read.errors import DeclarationError, ReadError
from derive.read.resolver import Policy, Resolver
from derive.refute.trials import Trials

TIME = 10.0
"""Seconds for one document."""

ROUNDS = 6
TRIED = 40
"""How many statements are tried in numbers, to tell alternatives apart."""

SIZE_LETTERS = ("d", "m", "p", "q", "h", "r", "D", "M", "P", "Q", "H", "R", "L", "S")
UPPER = {"i": ("n", "N"), "j": ("m", "M"), "l": ("L",), "s": ("S",), "t": ("T",), "c": ("C",), "r": ("R",)}
FUNCTIONS = {"\\sigma": ("logistic", "tanh", "relu"), "\\phi": (), "\\psi": (), "f": (), "g": (), "h": ()}
USUALLY_SCALAR = frozenset("EFJLNT")
DENSITIES = frozenset({"p", "q", "P"})


@dataclass(frozen=True)
class Choice:
    """One way to declare a name: its head as written, its rank (None: no quantity), words or text that follow."""

    head: str
    rank: int | None = 0
    tail: str = ""
    shape: Shape = ()


@dataclass
class Proposal:
    """A name that nothing declares, with its choices, likeliest first; those that read as much are ``others``."""

    name: str
    choices: list[Choice]
    others: list[str] = field(default_factory=list)

    @property
    def choice(self) -> Choice:
        """The one taken."""
        return self.choices[0]


@dataclass(frozen=True)
class Measured:
    """How much of a document is read in a context."""

    unread: int
    misfits: int
    stated: int
    context: Context
    claims: tuple[Claim, ...] = ()

    @property
    def score(self) -> tuple[int, int, int]:
        """The smaller, the better."""
        return (self.unread, self.misfits, -self.stated)


@dataclass(frozen=True)
class Suggestion:
    """Declaration lines, other choices for some of them, and how much is unread without and with them."""

    lines: tuple[str, ...]
    others: tuple[str, ...]
    before: Measured
    after: Measured


def suggested(given: Input) -> Suggestion:
    """What is missing in a document, so that more of it can be read; no lines if nothing helps."""
    scanner = Scanner(given.opener)
    search = _Search(scanner.scan(given.source, given.latex))
    return search.run()


class _Search:
    """Proposals for one document, each measured by reading the document again."""

    def __init__(self, pieces: list[Found]) -> None:
        self.pieces = pieces
        self.trees = list(formulas(pieces, Context()))
        self.proposals: list[Proposal] = []
        self.indices: dict[str, str] = {}
        self.deadline = time.monotonic() + TIME
        self.base = Context()
        self.rejected: set[str] = set()

    def run(self) -> Suggestion:
        """Propose for what is undeclared until nothing is, then try the other choices."""
        before = best = self.measure([])
        for turn in range(ROUNDS):
            self.base = Context(sizes=best.context.sizes, indices=best.context.indices)
            before_turn = len(self.proposals)
            if not self.propose(best, turn):
                break
            best = self.harmless(self.measure(self.lines()), self.proposals[before_turn:])
        best = self.improved(best)
        best = self.with_sizes_found(best)
        best = self.pruned(best)
        if best.score >= before.score:
            return Suggestion((), (), before, before)
        return Suggestion(tuple(self.grouped()), tuple(self.alternatives()), before, best)

    # -- measuring -------------------------------------------------------------------------------------------------
    def measure(self, lines: Iterable[str]) -> Measured:
        """How much is read with these declarations first."""
        reader = read([*_pasted(lines), *self.pieces], Context())
        stated = [entry for entry in reader.entries if not entry.is_unread]
        claims = tuple(Claim("", each.what[0], each.context) for each in stated if not isinstance(each.what, str))
        misfits = sum(_misfit(claim) for claim in claims)
        return Measured(len(reader.entries) - len(stated), misfits, len(stated), reader.context, claims)

    def failing(self, measured: Measured) -> int:
        """How many statements are false in numbers: the fewer, the likelier the declarations."""
        count = 0
        for claim in measured.claims[:TRIED]:
            if isinstance(claim.statement, Equal) and time.monotonic() < self.deadline:
                count += not Trials(claim.context).survives(claim.statement, self.deadline)
        return count

    # -- proposing -------------------------------------------------------------------------------------------------
    def propose(self, measured: Measured, turn: int) -> bool:
        """Proposals for names that are still undeclared; those that a formula defines wait for the rest."""
        found = usage(self.trees, measured.context)
        new = self.new_indices(found, measured.context)
        known = {*self.rejected, *(proposal.name for proposal in self.proposals)}
        missing = [use for use in found.names.values() if use.name not in known and _is_missing(use, measured.context)]
        again = [_indexed_again(use, measured.context) for use in found.names.values() if use.name not in known]
        self.proposals += [proposal for proposal in again if proposal is not None]
        leaves = [use for use in missing if "defined" not in use.marks]
        for use in leaves or ([] if new or turn == 0 else missing):
            if use.count:
                self.proposals.append(Proposal(use.name, [*_same(use, found), *choices(use, found, self.context())]))
        return new or bool(leaves or missing) or any(again)

    def new_indices(self, found: Usage, context: Context) -> bool:
        """Letters used as indices that have no range yet."""
        new = False
        for letter in found.indices:
            if (
                letter in context.indices
                or letter in self.indices
                or not any(letter in row for use in found.names.values() for row in (*use.below, *use.above))
            ):
                continue
            high = _high(letter, context, found)
            if high:
                self.indices[letter] = high
                new = True
        return new

    def context(self) -> Context:
        """The context of the lines so far."""
        return _declared(self.lines(), self.base)

    def harmless(self, best: Measured, new: Sequence[Proposal]) -> Measured:
        """Without the new lines that only do harm."""
        for proposal in reversed(new):
            if time.monotonic() > self.deadline:
                break
            place = self.proposals.index(proposal)
            self.proposals.remove(proposal)
            here = self.measure(self.lines())
            if here.score < best.score:
                best = here
                self.rejected.add(proposal.name)
            else:
                self.proposals.insert(place, proposal)
        return best

    # -- choosing --------------------------------------------------------------------------------------------------
    def improved(self, best: Measured) -> Measured:
        """Other choices, one name at a time: taken if more is read, or less of it is false; else kept as others."""
        failing = self.failing(best)
        for proposal in self.proposals:
            for choice in proposal.choices[1:]:
                if time.monotonic() > self.deadline:
                    return best
                before = proposal.choices
                proposal.choices = [choice, *(each for each in before if each is not choice)]
                here = self.measure(self.lines())
                false = self.failing(here) if here.score <= best.score else failing
                if here.score < best.score or (here.score == best.score and false < failing):
                    best, failing, proposal.others = here, false, []
                    continue
                if here.score == best.score and false == failing:
                    proposal.others.append(self.text(proposal))
                proposal.choices = before
        return best

    def with_sizes_found(self, best: Measured) -> Measured:
        """Without the lines whose sizes have not been found, which declare nothing."""
        told = [proposal for proposal in self.proposals if "^{}" not in self.text(proposal)]
        if len(told) == len(self.proposals):
            return best
        self.proposals = told
        return self.measure(self.lines())

    def pruned(self, best: Measured) -> Measured:
        """Without the lines that change nothing."""
        for proposal in list(self.proposals):
            if time.monotonic() > self.deadline:
                break
            self.proposals.remove(proposal)
            here = self.measure(self.lines())
            if here.score <= best.score:
                best = here
            else:
                self.proposals.append(proposal)
        self.proposals.sort(key=lambda proposal: _place(proposal.name, self.trees))
        return best

    # -- writing ---------------------------------------------------------------------------------------------------
    def lines(self) -> list[str]:
        """Every declaration by itself."""
        texts = [f"index {letter} = 1..{high}" for letter, high in self.indices.items()]
        shapes = _Sizes(_declared(texts, self.base), self.proposals, self.trees).shapes()
        return [*texts, *(_written(each.choice, shapes.get(each.name, each.choice.shape)) for each in self.proposals)]

    def grouped(self) -> list[str]:
        """The declarations on few lines: indices, quantities of one space together, functions."""
        texts = self.lines()[: len(self.indices)]
        shapes = _Sizes(_declared(texts, self.base), self.proposals, self.trees).shapes()
        indices: dict[str, list[str]] = {}
        for letter, high in self.indices.items():
            indices.setdefault(high, []).append(letter)
        spaces: dict[str, list[str]] = {}
        others: list[str] = []
        for proposal in self.proposals:
            text = _written(proposal.choice, shapes.get(proposal.name, proposal.choice.shape))
            if proposal.choice.rank is None:
                others.append(text)
            else:
                spaces.setdefault(text.removeprefix(proposal.choice.head), []).append(proposal.choice.head)
        ranges = [f"{', '.join(names)} = 1..{high}" for high, names in indices.items()]
        lines = [f"index {' ; '.join(ranges)}"] if ranges else []
        quantities = [", ".join(heads) + space for space, heads in spaces.items()]
        return [*lines, *_folded(quantities), *_folded(others)]

    def text(self, proposal: Proposal) -> str:
        """The declaration of one name."""
        return self.lines()[len(self.indices) + self.proposals.index(proposal)]

    def alternatives(self) -> list[str]:
        """Other declarations with which as much is read."""
        return [text for proposal in self.proposals for text in proposal.others]


# -- what a use tells --------------------------------------------------------------------------------------------------
_FACE = re.compile(r"\\(mathbf|boldsymbol|vec|hat|tilde|bar|mathcal|mathrm)\{([^{}]*)\}")
_UPPER_GREEK = frozenset({"\\Sigma", "\\Lambda", "\\Phi", "\\Psi", "\\Omega", "\\Theta", "\\Gamma", "\\Delta"})


def choices(use: Use, found: Usage, context: Context) -> list[Choice]:
    """The ways in which a name may be declared, likeliest first."""
    if use.variables and use.marks.get("differentiated", 0) >= use.count - use.marks.get("defined", 0):
        names = ", ".join(_known_variables(use))
        return [Choice(f"opaque {use.name} depends on {names}", None)]
    called = (
        use.marks.get("before bracket", 0) + use.marks.get("alone", 0) == use.count
    )  # a name alone in the text is spoken of
    if use.calls and called and _is_function(use):
        return _functions(use)
    head, family = _head(use, found)
    ranks = _ranks(use, found, family)
    words = _words(use)
    made = [Choice(head, rank, words if rank == ranks[0] else "") for rank in ranks]
    if use.calls and called:
        made += _functions(use)
    return made


def _same(use: Use, found: Usage) -> list[Choice]:
    """``alias \\boldsymbol{x}_n = \\mathbf{x}_n`` where a name is written in another face before."""
    head, family = _head(use, found)
    for other in found.names.values():
        if other.order < use.order and _plain(other.name) == _plain(use.name) != use.name:
            first, indices = _head(other, found)
            if indices == family:
                return [Choice(f"alias {head} = {first}", None)]
    return []


def _plain(name: str) -> str:
    """A name without its face (but with its hats)."""
    return re.sub(r"\\(?:mathbf|boldsymbol|vec)\{([^{}]*)\}", r"\1", name)


def _indexed_again(use: Use, context: Context) -> Proposal | None:
    """A name that is declared, and used with indices that it was not declared with (or without those)."""
    decl = context.symbols.get(use.name)
    if decl is None or decl.definition is not None:
        return None
    letters = max(use.below, key=len, default=())
    variants = context.options.get("variants")
    if (
        letters
        and not decl.family
        and len(decl.shape) < len(letters) + (len(decl.shape) > 0)
        and not _has(variants, use.name)
    ):
        head = use.name + "_" + (letters[0] if len(letters) == 1 else "{" + "".join(letters) + "}")
        return Proposal(use.name, [Choice(head, len(decl.shape), "", decl.shape)])
    if decl.family and decl.shape and use.plain and not _has(context.options.get("alias"), use.name):
        names = ",".join(decl.family_names)
        head = f"{use.name}_{names}" if len(names) == 1 else f"{use.name}_{{{names}}}"
        return Proposal(use.name, [Choice(f"alias {use.name} = {head}", None)])
    return None


def _has(table: object, name: str) -> bool:
    return name in _keys(table)


def _known_variables(use: Use) -> list[str]:
    return list(use.variables)


def _is_function(use: Use) -> bool:
    group = next(iter(use.calls.values()))
    plain = all(isinstance(item, s.Name | s.Script) for item in group.items)
    return bool(group.seps) or use.name in FUNCTIONS or use.name in DENSITIES or (plain and len(use.calls) > 1)


def _functions(use: Use) -> list[Choice]:
    """A function under a well-known name, a density, or an unknown one."""
    group = next(iter(use.calls.values()))
    if use.name in DENSITIES and group.seps:
        return [
            Choice(f"function {use.name}{s.key(group)} density", None),
            Choice(f"function {use.name}{s.key(group)}", None),
        ]
    unknown = "function " + use.name + ("(u)" if len(group.items) == 1 else s.key(group))
    known = FUNCTIONS.get(use.name, ()) if len(group.items) == 1 else ()
    return [*(Choice(f"function {use.name} = {name}", None) for name in known), Choice(unknown, None)]


def _head(use: Use, found: Usage) -> tuple[str, tuple[str, ...]]:
    """The name as it is declared, with its usual indices; and these."""
    below = max(use.below, key=len, default=())
    above = max(use.above, key=len, default=())
    if use.plain and below and not above and _entries(use):
        below = ()
    text = use.name
    if below:
        text += "_" + (
            below[0] if len(below) == 1 else "{" + (",".join(below) if _spaced(below) else "".join(below)) + "}"
        )
    if above:
        text += "^{(" + ",".join(above) + ")}"
    del found
    return text, (*below, *above)


def _spaced(letters: Sequence[str]) -> bool:
    return any(letter.startswith("\\") for letter in letters)


def _entries(use: Use) -> bool:
    """Whether the subscripts of a name take entries of it, rather than count a family."""
    return any(mark in use.marks for mark in ("transposed", "norm", "matrix", "inverted")) or len(max(use.below)) == 2


def _ranks(use: Use, found: Usage, family: tuple[str, ...]) -> list[int]:
    """Scalar (0), vector (1) or matrix (2), likeliest first."""
    bare = use.name
    bold = False
    while (match := _FACE.search(bare)) is not None:
        bold = bold or match.group(1) in ("mathbf", "boldsymbol", "vec")
        bare = bare[: match.start()] + match.group(2) + bare[match.end() :]
    upper = bare[:1].isupper() or bare.partition("_")[0] in _UPPER_GREEK
    marks = use.marks
    two = any(len(row) == 2 for row in use.below) and not family
    one = any(len(row) == 1 for row in use.below) and not family
    matrix = upper and any(word in marks for word in ("matrix", "transposed", "inverted", "bars", "norm"))
    vector = any(word in marks for word in ("transposed", "norm", "gradient", "diag"))
    if two:
        return [2]
    if matrix or (bold and upper):
        return [2, 1, 0] if not one else [1, 2, 0]
    if bold or one or (vector and not upper and "transposed" in marks) or "norm" in marks:
        return [1, 0, 2] if upper else [1, 0]
    if upper:
        return [0, 2, 1] if family or bare[0] in USUALLY_SCALAR or "\\mathcal" in use.name else [2, 0, 1]
    return [0, 1]


def _words(use: Use) -> str:
    """What is said of the values of a name beside its space."""
    marks = use.marks
    if use.name in ("\\Sigma", "\\boldsymbol{\\Sigma}", "\\mathbf{\\Sigma}", "\\Lambda", "\\boldsymbol{\\Lambda}"):
        return "symmetric posdef"
    if "complement" in marks and "log" in marks:
        return r"\in (0,1)"
    if "complement" in marks and "weight" in marks:
        return r"\in \{0,1\}"
    if any(word in marks for word in ("log", "root")) or (use.name == "\\sigma" and "squared" in marks):
        return "> 0"
    return ""


def _high(letter: str, context: Context, found: Usage) -> str:
    """The size that an index most likely runs to."""
    taken = {*context.symbols, *context.indices, *found.names, *found.indices}
    for name in (
        *(high for high in UPPER.get(letter, ()) if high in context.sizes),
        letter.upper(),
        *UPPER.get(letter, ()),
    ):
        if name not in taken and len(name) == 1:
            return name
    partner = {"j": "i", "l": "k", "m": "n", "s": "t", "b": "a"}.get(letter, "")
    return str(context.indices[partner].high) if partner in context.indices else ""


def _is_missing(use: Use, context: Context) -> bool:
    """Whether nothing declares a name that is used."""
    known = (*context.symbols, *context.functions)
    if use.name in context.sizes or any(
        name == use.name or name.startswith((f"{use.name}(", f"{use.name}_")) for name in known
    ):
        return False
    return not any(
        use.name in _keys(context.options.get(table)) for table in ("alias", "component", "signatures", "called")
    )


def _keys(value: object) -> Iterable[str]:
    return value if isinstance(value, dict) or hasattr(value, "keys") else ()  # type: ignore[return-value]


def _place(name: str, trees: Sequence[s.Node]) -> int:
    """Where a name is met first."""
    names = usage(trees, Context()).names
    return names[name].order if name in names else len(names)


# -- declaration text --------------------------------------------------------------------------------------------------
def _written(choice: Choice, shape: Shape) -> str:
    if choice.rank is None:
        return choice.head
    words = f" {choice.tail}" if choice.tail else ""
    if choice.rank == 0:
        return f"{choice.head}{words}" if words else rf"{choice.head} \in \mathbb{{R}}"
    dims = r" \times ".join(str(extent) for extent in shape)
    power = f"^{dims}" if len(dims) == 1 else f"^{{{dims}}}"
    return rf"{choice.head} \in \mathbb{{R}}{power}{words}"


def _folded(parts: Sequence[str], width: int = 100) -> list[str]:
    """Statements on as few lines as are easily read."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f" ; {part}"
        else:
            lines.append(part)
    return lines


def _pasted(lines: Iterable[str]) -> list[Found]:
    """The lines as a comment at the top of a document."""
    text = "\n".join(lines)
    return [Found("declaration", Source("<suggested>", text), 0, len(text), as_written(text, 0))] if text else []


def _declared(lines: Iterable[str], context: Context) -> Context:
    """The context with the lines that can be declared, in any order."""
    waiting = list(lines)
    while waiting:
        left: list[str] = []
        for line in waiting:
            try:
                context = declare(line, making_room.with_room(line, context))
            except DeclarationError:
                left.append(line)
        if len(left) == len(waiting):
            break
        waiting = left
    return context


def _misfit(claim: Claim) -> bool:
    """Whether the two sides of an equation have different shapes."""
    if not isinstance(claim.statement, Equal):
        return False
    try:
        return shape_of(claim.statement.left, claim.context) != shape_of(claim.statement.right, claim.context)
    except ShapeError:
        return True


# -- sizes -------------------------------------------------------------------------------------------------------------
class _Sizes:
    """The lengths of vectors and matrices, found by fitting the sides of every formula to each other."""

    def __init__(self, context: Context, proposals: Sequence[Proposal], trees: Sequence[s.Node]) -> None:
        self.found: dict[str, Extent] = {}
        self.count = 0
        self.open: dict[str, Shape] = {}
        self.keys: dict[str, str] = {}
        scalars = [
            _written(replace(each.choice, rank=0, tail=""), ()) for each in proposals if each.choice.rank is not None
        ]
        functions = [each.choice.head for each in proposals if each.choice.rank is None]
        self.context = _declared([*scalars, *functions], context)
        for proposal in proposals:
            self._open(proposal)
        self.related: list[list[Shape]] = []
        for tree in trees:
            self._learn(tree)
        for shapes in self.related:
            self._relate(shapes)

    def _open(self, proposal: Proposal) -> None:
        decl = self.context.symbols.get(proposal.name)
        if decl is None or not proposal.choice.rank or proposal.choice.shape:
            return
        shape = tuple(Extent.of(f"?{proposal.name}{place}") for place in range(proposal.choice.rank))
        self.open[proposal.name] = shape
        self.context = self.context.with_symbol(replace(decl, shape=shape))

    def _learn(self, tree: s.Node) -> None:
        sides = [tree.first, *(side for _, side in tree.rest)] if isinstance(tree, s.Relation) else [tree]
        resolver = Resolver(self.context, Policy())
        resolver.fitting.found = self.found
        resolver.fitting.count = self.count = self.count + 1000
        shapes: list[Shape] = []
        for side in sides:
            try:
                shapes.append(resolver.expression(side).shape)
            except ReadError:
                continue
        self.related.append(shapes)
        if shapes and is_undeclared(sides[0], self.context):
            self._define(sides[0], resolver.fitting.settle(shapes[0]))

    def _relate(self, shapes: list[Shape]) -> None:
        """The sides of a chain have one shape, as far as a length is fixed by nothing else: a chain may be wrong."""
        fitting = Resolver(self.context, Policy()).fitting
        fitting.found, fitting.count = self.found, 1
        wide = [fitting.settle(shape) for shape in shapes if shape]
        for other in wide[1:]:
            for a, b in zip(wide[0], other, strict=False):
                if len(other) == len(wide[0]) and (self._is_single(a) or self._is_single(b)):
                    fitting.unify(a, b)

    def _is_single(self, extent: Extent) -> bool:
        """Whether an open length belongs to one name alone."""
        return extent.name is not None and extent.name.startswith("?") and extent not in self.found.values()

    def _define(self, node: s.Node, shape: Shape) -> None:
        """A name that a formula gives has the shape of what it is."""
        head = head_of(node)
        if head is None or not isinstance(node, s.Name | s.Script):
            return
        try:
            context = declare(rf"{s.key(head)} \in \mathbb{{R}}", self.context)
        except DeclarationError:
            return
        for name, decl in context.symbols.items():
            if name not in self.context.symbols:
                context = context.with_symbol(replace(decl, shape=shape))
        self.context = context

    def shapes(self) -> dict[str, Shape]:
        """The shape of every name that has one; lengths that nothing fixes get letters."""
        resolver = Resolver(self.context, Policy())
        resolver.fitting.found, resolver.fitting.count = self.found, 1
        taken = {*self.context.symbols, *self.context.indices, *self.context.sizes}
        free = [letter for letter in SIZE_LETTERS if letter not in taken]
        named: dict[str, Extent] = {}
        out: dict[str, Shape] = {}
        for name, shape in self.open.items():
            extents = []
            for extent in resolver.fitting.settle(shape):
                for part in sorted(extent.names):
                    if part.startswith("?") and part not in named:
                        named[part] = Extent.of(free.pop(0) if free else "d")
                extents.append(extent.renamed(named))
            out[name] = tuple(extents)
        return out


__all__ = ["Suggestion", "suggested"]
