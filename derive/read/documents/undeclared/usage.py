"""How names are used in a document: with which indices, called, transposed, under a logarithm …, declared or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.names import TRANSPOSE_MARKS, items_of, split_superscript
from derive.read.notation import EXPECTATIONS, IDENTITIES, INDICATORS, NORMALS, ONES, PROBABILITIES, ZEROS

Indices = tuple[str, ...]

_USUAL = frozenset(
    {"e", "\\pi", "\\infty", "\\nabla", "\\partial", "\\cdot", "\\top", "\\prime", "*", "+", "-", "\\star"}
)
USUAL = _USUAL | EXPECTATIONS | PROBABILITIES | INDICATORS | NORMALS | IDENTITIES | ONES | ZEROS
"""Names with a meaning of their own."""


@dataclass
class Use:
    """One name: where it is met first, and everything that its uses tell.

    ``below`` and ``above`` are the indices in its subscripts and superscripts, ``plain`` how often it has none,
    ``calls`` its arguments, ``variables`` what it is differentiated in, ``marks`` words for the rest.
    """

    name: str
    order: int
    plain: int = 0
    below: dict[Indices, None] = field(default_factory=dict)
    above: dict[Indices, None] = field(default_factory=dict)
    calls: dict[str, s.Group] = field(default_factory=dict)
    variables: dict[str, None] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)

    def mark(self, word: str) -> None:
        """Note once more what was seen."""
        self.marks[word] = self.marks.get(word, 0) + 1

    @property
    def count(self) -> int:
        """How often it is used."""
        return self.marks.get("used", 0)


@dataclass(frozen=True)
class Usage:
    """The names of a document in order, and the letters that are used as indices."""

    names: dict[str, Use]
    indices: dict[str, None]


def formulas(pieces: Iterable[Found], context: Context) -> Iterator[s.Node]:
    """The tree of every statement that can be parsed, in order."""
    for found in pieces:
        if found.kind in ("display", "inline") and found.math is not None:
            for chain in chains_of(found.math.text, context):
                if chain.node is not None:
                    yield chain.node


def usage(trees: Iterable[s.Node], context: Context) -> Usage:
    """How the names in these formulas are used."""
    trees = list(trees)
    walk = _Walk(_index_letters(trees, context))
    for tree in trees:
        walk.formula(tree)
    return Usage({name: use for name, use in walk.names.items() if not _is_member(name, walk.names)}, walk.indices)


def _is_member(name: str, names: dict[str, Use]) -> bool:
    """Whether ``x_1`` or ``x_N`` is only one of the x_n."""
    base, _, label = name.partition("_")
    label = label.strip("{}")
    return bool(label) and base in names and bool(names[base].below) and (label.isdigit() or label.isupper())


def _index_letters(trees: list[s.Node], context: Context) -> dict[str, None]:
    """Letters that big operators bind, and letters that stand in subscripts only."""
    bound: dict[str, None] = dict.fromkeys(context.indices)
    stepped: dict[str, None] = {}
    inside: dict[str, None] = {}
    outside: set[str] = set()

    def visit(value: object, script: bool) -> None:
        match value:
            case tuple():
                for part in value:
                    visit(part, script)
            case s.BigOp(sub=sub, sup=sup, body=body):
                for item in items_of(sub.first if isinstance(sub, s.Relation) else sub):
                    if isinstance(item, s.Name):
                        bound[item.text] = None
                visit(sup, True)
                visit(body, script)
            case s.Script(base=base, sub=sub, sup=sup):
                visit(base, script)
                visit(sub, True)
                stepped.update(_stepped(sub))
                visit(split_superscript(sup).items, True)
                visit(split_superscript(sup).rest, script)
            case s.Name(text=text) if script:
                inside[text] = None
            case s.Name(text=text):
                outside.add(text)
            case s.Node():
                for part in fields(value):
                    visit(getattr(value, part.name), script)

    for tree in trees:
        visit(tree, False)
    alone = {name: None for name in inside if len(name) == 1 and name.islower() and name not in outside}
    return {**bound, **{name: None for name in stepped if name in alone or name in inside}, **alone}


def _stepped(sub: s.Node | None) -> dict[str, None]:
    """The letter of ``t-1`` in a subscript: time, or a step."""
    match sub:
        case s.Sum(terms=((_, s.Name(text=text)), (_, s.Number()))) if len(text) == 1 and text.islower():
            return {text: None}
    return {}


class _Walk:
    """Walks formulas, and notes each name with what stands around it."""

    def __init__(self, indices: dict[str, None]) -> None:
        self.indices = indices
        self.names: dict[str, Use] = {}

    def formula(self, node: s.Node) -> None:
        """One statement; the head of its first side may be defined by it."""
        if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":="):
            head = node.first.parts[0] if isinstance(node.first, s.Juxt) and len(node.first.parts) == 2 else node.first
            name = self.spelled(head)
            if name and name not in self.names and self.is_call(node.first) == isinstance(node.first, s.Juxt):
                self.use(name).mark("defined")
        alone = self.spelled(node) if isinstance(node, s.Name | s.Script) else ""
        if alone:
            self.use(alone).mark("alone")
        self.visit(node)

    def is_call(self, node: s.Node) -> bool:
        """Whether a side is a name before a bracket."""
        return isinstance(node, s.Juxt) and len(node.parts) == 2 and isinstance(node.parts[1], s.Group)

    def use(self, name: str) -> Use:
        return self.names.setdefault(name, Use(name, len(self.names)))

    def spelled(self, node: s.Node) -> str:
        """The name that a node is, with the scripts that are labels; nothing if it is none."""
        match node:
            case s.Name(text=text):
                return "" if text in USUAL or text in self.indices or text.startswith("\\mathbb") else text
            case s.Script(base=s.Name(text=text), sub=sub):
                if text == "\\pi" and sub is not None:
                    return text
                if text in USUAL or (text == "\\delta" and len(items_of(sub)) == 2) or text in self.indices:
                    return ""
                labels = [s.key(item) for item in items_of(sub) if not self.is_index(item)]
                if not labels:
                    return text
                whole = ",".join(s.key(item) for item in items_of(sub))
                return f"{text}_{whole}" if len(whole) == 1 else f"{text}_{{{whole}}}"
        return ""

    def is_index(self, node: s.Node) -> bool:
        """``n``, ``n-1``, ``t+1``."""
        match node:
            case s.Name(text=text):
                return text in self.indices
            case s.Sum(terms=terms):
                return any(self.is_index(term) for _, term in terms)
            case s.Script(base=base, sub=None, sup=None):
                return self.is_index(base)
        return False

    def letters(self, nodes: Iterable[s.Node]) -> Indices:
        """The index letters of some subscripts."""
        found = []
        for node in nodes:
            terms = [term for _, term in node.terms] if isinstance(node, s.Sum) else [node]
            found += [term.text for term in terms if isinstance(term, s.Name) and term.text in self.indices][:1]
        return tuple(found)

    # -- what stands around a name ---------------------------------------------------------------------------------
    def visit(self, node: s.Node | None, *marks: str) -> None:
        match node:
            case s.Name() | s.Script():
                self.name(node, marks)
            case s.Juxt(parts=parts):
                self.juxt(parts, marks)
            case s.Sum(terms=terms):
                self.sum(terms)
            case s.Product(first=first, rest=rest):
                for part in (first, *(part for _, part in rest)):
                    self.visit(part, *marks)
            case s.Group(bracket=bracket, items=items):
                inner = {"||": ("norm",), "|": ("bars",)}.get(bracket, marks if len(items) == 1 else ())
                for item in items:
                    self.visit(item, *inner)
            case s.Frac(top=top, bottom=bottom):
                self.visit(top, *marks)
                self.visit(bottom, *marks, "divisor")
            case s.Root(body=body):
                self.visit(body, "root")
            case s.BigOp(sub=sub, sup=sup, body=body):
                del sub, sup
                self.visit(body)
            case s.Diff(body=body, variables=variables):
                self.derivative(body, variables)
            case s.Relation(first=first, rest=rest):
                self.visit(first)
                for op, side in rest:
                    self.visit(side if op != "in" else None)
            case None | s.Number() | s.Word() | s.Dots():
                pass
            case _:
                for child in s.children(node):
                    self.visit(child)

    def name(self, node: s.Name | s.Script, marks: tuple[str, ...]) -> None:
        name = self.spelled(node)
        sub = node.sub if isinstance(node, s.Script) else None
        split = split_superscript(node.sup if isinstance(node, s.Script) else None)
        if not name:
            if isinstance(node, s.Script):
                self.visit(node.base, *self.raised(split.rest))
                self.exponent(split.rest)
                if isinstance(node.base, s.Name) and node.base.text == "\\nabla" and sub is not None:
                    self.visit(sub, "gradient")
            return
        use = self.use(name)
        use.mark("used")
        below, above = self.letters(items_of(sub)), self.letters(split.items)
        if below:
            use.below[below] = None
        if above:
            use.above[above] = None
        use.plain += not below and not above
        for mark in (*marks, *self.raised(split.rest)):
            use.mark(mark)
        self.exponent(split.rest)

    def raised(self, sup: s.Node | None) -> tuple[str, ...]:
        """What a superscript says of what it stands on."""
        if sup is None:
            return ()
        text = s.key(sup)
        if text in TRANSPOSE_MARKS - {"t"}:
            return ("transposed",)
        if text == "-1" or (text.startswith("-") and text[1:] in TRANSPOSE_MARKS):
            return ("inverted",)
        return ("squared",) if text == "2" else ("power",)

    def exponent(self, sup: s.Node | None) -> None:
        if sup is not None and s.key(sup) not in TRANSPOSE_MARKS:
            self.visit(sup)

    def juxt(self, parts: tuple[s.Node, ...], marks: tuple[str, ...]) -> None:
        """Factors, calls, and words that say something of what follows them."""
        words = [part.text for part in parts if isinstance(part, s.Word)]
        skip = -1
        for place, part in enumerate(parts):
            after = parts[place + 1] if place + 1 < len(parts) else None
            group = after.base if isinstance(after, s.Script) else after
            before = parts[place - 1] if place else None
            said = _said(before)
            if place == skip:
                continue
            name = self.spelled(part) if isinstance(part, s.Name | s.Script) else ""
            if name and isinstance(group, s.Group) and group.bracket in ("(", "["):
                self.visit(part, *marks, "before bracket")
                self.use(name).calls.setdefault(s.key(group), group)
                self.visit(after)
                skip = place + 1
                continue
            weight = ("weight",) if "log" in words and not said else ()
            self.visit(part, *(said or (*marks, *weight)))

    def sum(self, terms: tuple[tuple[str, s.Node], ...]) -> None:
        one = any(isinstance(term, s.Number) and term.text == "1" for _, term in terms)
        for sign, term in terms:
            self.visit(term, *(("complement",) if one and sign == "-" else ()))

    def derivative(self, body: s.Node | None, variables: tuple[s.Node, ...]) -> None:
        for variable in variables:
            self.visit(variable, "gradient")
        name = self.spelled(body) if body is not None else ""
        if name:
            for variable in variables:
                self.use(name).variables[s.key(variable)] = None
            self.visit(body, "differentiated")
        else:
            self.visit(body)


_SAYS = {"log": "log", "ln": "log", "det": "matrix", "tr": "matrix", "Tr": "matrix", "trace": "matrix", "diag": "diag"}


def _said(before: s.Node | None) -> tuple[str, ...]:
    word = _SAYS.get(before.text) if isinstance(before, s.Word) else None
    return (word,) if word else ()
