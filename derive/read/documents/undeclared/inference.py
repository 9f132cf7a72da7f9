"""What a name that nothing declares must be, from how the document writes it: declarations, each of them listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range, Shape
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, primitive, unmarked
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.matrices import entry_of_capital, row_of_capital
from derive.read.documents.definitions.named_functions import by_derivative, is_called_everywhere
from derive.read.documents.definitions.one_hot import entries_of
from derive.read.documents.definitions.recurrences import SCALAR, is_given, recurrent
from derive.read.documents.definitions.sampling import SAMPLE, entries
from derive.read.documents.text.spelling import faceless, spaced
from derive.read.documents.undeclared import numbers, squares
from derive.read.documents.undeclared.among_numbers import is_number
from derive.read.documents.undeclared.called_families import called_family, is_recursive
from derive.read.documents.undeclared.coefficients import coefficient, multiple
from derive.read.documents.undeclared.diagonals import on_diagonal, stands_on_diagonal
from derive.read.documents.undeclared.families import number
from derive.read.documents.undeclared.iterates import iterates, made_of_iterates, one_further
from derive.read.documents.undeclared.letters import (
    bound_letter,
    counted_by,
    counted_in,
    counting_here,
    counting_otherwise,
)
from derive.read.documents.undeclared.parameters import fitted, introduces, mentions_name
from derive.read.documents.undeclared.shape_equations import Equations, solved
from derive.read.errors import (
    DeclarationError,
    ReadError,
    ShapeRefusal,
    Undeclared,
    UnknownRange,
    WrongIndices,
    WrongRange,
)
from derive.read.latex import node_readings
from derive.read.names import BELOW_MARKS, Component, items_of, option, parts_of, split_superscript
from derive.read.notation import is_transpose, words_of
from derive.read.parser import parse
from derive.read.targets import add_option, put


@dataclass(frozen=True)
class Evidence:
    """All formulas of a document as tokens with spaces between them, the formula that is being read, and those of its
    section."""

    formulas: tuple[str, ...]
    node: s.Node | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    section: Sequence[s.Node] = ()
    concluded: frozenset[str] = frozenset()
    assumed: bool = False
    words: str = ""
    defining: tuple[str, ...] | None = None
    texts: tuple[str, ...] = ()
    earlier: frozenset[str] = frozenset()
    beside: tuple[str, str] = ("", "")
    counted_before: Mapping[str, Range] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)

    def defines(self, name: str) -> bool:
        """Whether some formula, or a row of one, begins with ``name =``, or ``name(x) =``: then nothing else is said of
        it here."""
        number = r"(?! \d+(?: (?:\.|,|\\quad|\\qquad)| ?\Z))"
        call = r"(?: \( [^()=]* \))?"
        spelled = f"(?:{_spelled(name)}{''.join(f'|{_spelled(each)}' for each in _turned(name))})"
        wanted = re.compile(r"(?:\A|\\\\|,|quad|⟧|&)[ &]*(?<!\S)" + spelled + call + r"[ &]+(?::=|=)" + number)
        formulas = self.formulas if self.defining is None else self.defining
        texts = (text for text in formulas if text not in self.concluded)
        found = (match for text in texts for match in wanted.finditer(text))
        return not self.varies(name) and any(not _ARROW.search(match.string, 0, match.end()) for match in found)

    def varies(self, name: str) -> bool:
        """Whether the document differentiates in a name: then it is no abbreviation."""
        spelled = _spelled(name)
        below = r"(?:\} \{|/|\\partial \S+(?: _ (?:\S+|\{[^{}]*\}))?(?: \^ \d)?) \\partial"
        wanted = re.compile(
            rf"(?:{below}|\\partial _|\\nabla _) (?:\{{ )?{spelled}(?!\S)|"
            rf"(?:\\nabla (?:\^ 2 )?(?:\S+|\\math[a-z]+ \{{ \w \}})|(?<!\S)\S+ (?:' )*') \( {spelled} \)"
        )
        return any(wanted.search(text) for text in self.formulas)

    def followers(self, name: str) -> list[str]:
        """What follows a name where it stands: the exponent after ``^``, an opening bracket, ``_``, or nothing."""
        wanted = re.compile(r"(?<!\S)" + _spelled(name) + r"(?!\S) ?(?:\^ (\{[^{}]*\}|\S+)|([(_]))?")
        found = [match for text in self.formulas for match in wanted.finditer(text)]
        return [(match.group(1) or match.group(2) or "").replace(" ", "").strip("{}") for match in found]


def _turned(name: str) -> tuple[str, ...]:
    """``u^+_i`` as it may be written too: with its subscript first, and the mark in braces."""
    found = re.fullmatch(r"(?P<base>[^_^]+)\^\{?(?P<mark>[-+*]|\\star)\}?_(?P<sub>.+)", name)
    if found is None:
        return ()
    return (f"{found['base']}_{found['sub']}^{{{found['mark']}}}", f"{found['base']}_{found['sub']}^{found['mark']}")


_ARROW = re.compile(r"\\(?:Right|Leftright|right)arrow [ &]*(?:quad )?[^=]*(?::=|=)\Z")


def _spelled(name: str) -> str:
    """A name as a pattern on spaced tokens."""
    return re.escape(spaced(name))


def inferred(problem: ReadError, context: Context, evidence: Evidence) -> Defined | None:
    """The context with a declaration of the name that could not be read, or None if the document does not say."""
    if isinstance(problem, WrongRange):
        again = counting_otherwise(problem.index, evidence.section, context, evidence.counted_before)
        return again or _generic_entry(problem, context, evidence)
    if not isinstance(problem, Undeclared | WrongIndices):
        return None
    if isinstance(problem, UnknownRange):
        bound = bound_letter(problem.index, (evidence.node,) if evidence.node is not None else (), context)
        if bound is not None or not _binds_alone(problem.index, evidence.node):
            return bound
        return _letter(problem.name, context, evidence) or counted_in(problem.name, evidence.section, context)
    if isinstance(problem, Undeclared) and "_" in problem.name and _is_readable(problem.name, context):
        return None  # it waits for something else
    named = _named_function(problem.name.rstrip("'"), context, evidence)
    if named is not None:
        return named
    said = (
        _gate(problem.name, context, evidence)
        or _own_name(problem.name, context, evidence)
        or _letter(problem.name, context, evidence)
        or counting_here(problem.name, evidence.section, context, evidence.earlier)
        or _counting_too(problem.name, context, evidence)
        or _step_before(problem.name, context)
        or _recurrent(problem.name, context, evidence)
        or _later(problem.name, context, evidence)
    )
    if said is None and isinstance(problem, Undeclared) and is_recursive(problem.name, evidence.section):
        return _called_family(problem.name, context, evidence)
    if said is not None or evidence.defines(problem.name) or _is_of_sequence(problem.name, context, evidence):
        return said
    if isinstance(problem, Undeclared) and called_with_index(problem.name, evidence.texts, context):
        return _by_rules(problem, context, evidence, (_called_family, _function))
    context, kept = _as_bound(problem.name, context, evidence), context
    found = _by_rules(problem, context, evidence)
    if found is None or context is kept:
        return found
    return replace(found, context=replace(found.context, indices=kept.indices))


def _binds_alone(letter: str, node: s.Node | None) -> bool:
    """Whether every sum over a letter says no more than that: not ``\\sum_{k \\ne l}``, which may be over both."""
    sums = [part.sub for part in s.walk(node) if isinstance(part, s.BigOp)] if node is not None else []
    about = [sub for sub in sums if sub is not None and any(s.key(part) == letter for part in s.walk(sub))]
    return bool(about) and all(isinstance(sub, s.Name) for sub in about)


def _is_readable(name: str, context: Context) -> bool:
    try:
        return bool(node_readings(parse(name), context))
    except ReadError:
        return False


def _gate(letter: str, context: Context, evidence: Evidence) -> Defined | None:
    """``W_f`` of the gate ``f_t`` beside the declared W: f, which is a name of its own here, says whose W it is."""
    if not re.fullmatch(r"[a-z]", letter) or letter in context.indices:
        return None
    nodes = [part for node in evidence.section for part in s.walk(node)]
    bases = [parts[0] for part in nodes if isinstance(part, s.Script) and (parts := parts_of(part)) and parts[1]]
    if letter not in bases:
        return None
    labels = []
    for part in nodes:
        parts = parts_of(part) if isinstance(part, s.Script) else None
        if parts is not None and parts[1] is not None and s.key(parts[1]) == letter and parts[0] in context.symbols:
            labels.append(f"{parts[0]}_{letter}")
    known = words_of(context.options.get("labels"))
    new = tuple(name for name in dict.fromkeys(labels) if name not in known)
    return Defined(add_option(context, "labels", new), f"name {', '.join(new)}") if new else None


def _named_function(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\sigma`` that the text calls the sigmoid, or of which it recalls that ``\\sigma' = \\sigma (1 - \\sigma)``."""
    if any(name in place for place in (context.symbols, context.functions, context.indices, context.sizes)):
        return None
    texts = evidence.texts or evidence.formulas
    builtin = evidence.functions.get(name) or by_derivative(name, evidence.formulas)
    return _declared(f"function {name} = {builtin}", context) if builtin and is_called_everywhere(name, texts) else None


def _as_bound(name: str, context: Context, evidence: Evidence) -> Context:
    """The context in which the index below a name runs as the sum over it says: ``\\sum_{n=1}^{N_1} a_n``."""
    parts = _parts(name)
    letters = [s.key(item) for item in items_of(parts[1])] if parts is not None else []
    found = {range_ for letter in letters[:1] for range_ in _binders(evidence.node, letter, name, context)}
    if len(letters) != 1 or len(found) != 1:
        return context
    range_ = found.pop()
    if range_.high.name is not None and range_.high.name not in context.sizes:
        context = context.with_size(range_.high.name)
    return context.with_index(letters[0], range_)


def _binders(node: object, letter: str, name: str, context: Context) -> Iterator[Range]:
    """The ranges of the sums over a letter in which a name stands."""
    if isinstance(node, tuple):
        for item in node:
            yield from _binders(item, letter, name, context)
    elif isinstance(node, s.Node):
        match node:
            case s.BigOp(
                sub=s.Relation(first=s.Name(text=text), rest=(("=", s.Number(text="1")),)), sup=s.Node() as sup
            ):
                high = s.key(sup)
                is_size = high in context.sizes or re.fullmatch(r"[A-Z](?:_\w)?", high) is not None
                taken = high in context.symbols or high in context.indices
                if text == letter and is_size and not taken and any(_bare(part) == name for part in _names(node.body)):
                    yield Range.upto(Extent.of(high))
        for item in fields(node):
            yield from _binders(getattr(node, item.name), letter, name, context)


def _names(node: object) -> Iterator[s.Node]:
    if isinstance(node, tuple):
        for item in node:
            yield from _names(item)
    elif isinstance(node, s.Node):
        yield node
        for each in fields(node):
            yield from _names(getattr(node, each.name))


def _by_rules(
    problem: Undeclared | WrongIndices, context: Context, evidence: Evidence, rules: tuple[Rule, ...] = ()
) -> Defined | None:
    """What the first rule that applies says of a name."""
    if isinstance(problem, WrongIndices):
        rules = (_generic, _two_classes, _beside_vector, _fitting)
        if problem.name in evidence.earlier:  # a letter that this section may use for something else
            rules = (_beside_vector, _fitting, _generic, _two_classes)
        tried = (rule(problem.name, context, evidence) for rule in rules)
        return next((each for each in tried if each is not None), None)
    called = may_be_function(problem.name, evidence.texts)
    for rule in rules or _RULES:
        if called and rule is not _function:
            continue
        found = rule(problem.name, context, evidence)
        if found is not None:
            return found
    return None


def _declared(text: str, context: Context) -> Defined | None:
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def space_of(shape: Shape) -> str:
    """The space of arrays of a shape."""
    sizes = " \\times ".join(map(str, shape))
    return f"\\mathbb{{R}}^{{{sizes}}}" if shape else "\\mathbb{R}"


# -- one rule for each way of writing ---------------------------------------------------------------------------------
def gathered(decl: SymbolDecl, context: Context) -> Defined:
    """The context in which a family of numbers without its index is the vector of them all."""
    text = f"component {decl.name}_{{{','.join(decl.family_names)}}} of {decl.name}"
    return Defined(add_option(context, "whole", (decl.name,)), text)


def _generic(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x`` beside ``x^{(i)} \\in \\mathbb{R}^d``: another point of that space."""
    decl = context.symbols.get(name)
    if decl is None or not decl.shape or not decl.family or decl.definition is not None:
        return None
    done = _declared(f"{name} \\in {space_of(decl.shape)}", context)
    return done if done is not None and not _misfits(evidence.node, done.context) else None


def _misfits(node: s.Node | None, context: Context) -> bool:
    """Whether the shapes of a formula do not fit."""
    sides = [node.first, *(side for _, side in node.rest)] if isinstance(node, s.Relation) else []
    for side in sides:
        try:
            node_readings(side, context)
        except ShapeRefusal:
            return True
        except ReadError:
            continue
    return False


def _generic_entry(problem: WrongRange, context: Context, evidence: Evidence) -> Defined | None:
    """``x_j``, j = 1..d, beside the points ``x^{(i)} \\in \\{0,1\\}^d``, i = 1..n: entry j of any such point x."""
    decl, range_ = context.symbols.get(problem.name), context.indices.get(problem.index)
    if decl is None or range_ is None or len(decl.family) != 1 or decl.definition is not None:
        return None
    if len(decl.shape) != 1 or Range.upto(decl.shape[0]) != range_ or decl.family[0] == range_:
        return None
    base = decl.name.partition("_")[0]
    other = context.symbols.get(base)
    if other is not None and other is not decl:
        if base not in evidence.earlier:
            return None
        context = without_names(context, frozenset({base}))  # that of an earlier section
    words = "binary" if "binary" in decl.properties or len(decl.values) == 2 else ""
    return _declared(f"{base} \\in {space_of(decl.shape)} {words}".strip(), context)


def _two_classes(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\phi_{j0}`` of a family over the classes 1..K, where the words now say that there are two: over 0 and 1."""
    if not re.search(r"(?i)\btwo\s+classes\b|\bbinary\b", evidence.words):
        return None
    base, _, member = name.rpartition("_")
    decl = context.symbols.get(base)
    if member != "0" or decl is None or not decl.family or decl.definition is not None or decl.shape:
        return None
    letter = next(each for each in "cabuvr" if each not in (*context.indices, *context.sizes, *context.symbols))
    family = ",".join((*decl.family_names[:-1], letter))
    bounds = "\\in (0,1)" if decl.low is not None or "open_unit" in decl.properties else "\\in \\mathbb{R}"
    text = f"index {letter} = 0..1 ; {base}_{{{family}}} {bounds}"
    return _declared(text.replace(" ; ", "\n"), without_names(context, frozenset({base})))


def _recurrent(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``h_t`` of a ``scalar`` recurrence, or of one whose other names tell the space."""
    parts = _parts(name)
    numbers = parts is not None and parts[1] is not None and _is_number(parts[0], context, evidence)
    if SCALAR.search(evidence.words) or numbers:
        return recurrent(name, evidence.section, "\\in \\mathbb{R}", context)
    shape = solved(evidence.section, context).get(parts[0]) if parts is not None and parts[1] is not None else None
    return None if shape is None else recurrent(name, evidence.section, f"\\in {space_of(shape)}", context)


def _among_numbers(name: str, context: Context, evidence: Evidence) -> Defined | None:
    said = any(_gives(node, name, context) for node in evidence.section) and _is_number(name, context, evidence)
    return _declared(f"{name} \\in \\mathbb{{R}}", context) if said else None


def _is_number(name: str, context: Context, evidence: Evidence) -> bool:
    try:
        return is_number(name, context, evidence.section, evidence.texts, evidence.words, evidence.followers(name))
    except ReadError:
        return False


def _is_of_sequence(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether this is ``h_{t-1}`` of a sequence of which the space is not known: no number of its own."""
    parts = _parts(name)
    letters = [s.key(item)[:1] for item in items_of(parts[1])] if parts is not None else []
    if parts is None or not any(letter in names for letter in letters for names in (context.indices, context.sizes)):
        return False
    if is_given(parts[0], evidence.section):
        return True
    if not any(letter in context.sizes for letter in letters):
        return False
    nodes = [part for node in evidence.section for part in s.walk(node) if isinstance(part, s.Script)]
    below = [each[1] for part in nodes if (each := parts_of(part)) is not None and each[0] == parts[0]]
    return any(s.key(item) in context.indices for sub in below for item in items_of(sub))  # g_t beside g_i, i = 1..t


def _scalar(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A small letter that is not bold, in a section that says that it is about scalars, and never transposes it."""
    parts = _parts(name)
    if parts is None or not re.fullmatch(r"[a-z]|\\[a-z]+", parts[0]) or parts[2] is not None:
        return None
    if not SCALAR.search(evidence.words) or _transposed_somewhere(name, evidence):
        return None
    if any(not isinstance(item, s.Number) and s.key(item) not in context.indices for item in items_of(parts[1])):
        return None
    return _declared(f"{name} \\in \\mathbb{{R}}", context)


def _transposed_somewhere(name: str, evidence: Evidence) -> bool:
    powers = evidence.followers(name)
    return any(power in ("T", "\\top", "(") for power in powers) or any("\\mathbb" in text for text in evidence.texts)


def _counting_too(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``S_{ik}`` beside the vectors ``k_j``: k alone stands for none of them, and counts what it stands below."""
    parts = _parts(name)
    for item in items_of(parts[1]) if parts is not None else ():
        letter = s.key(item)
        decl = context.symbols.get(letter)
        if decl is not None and decl.family and re.fullmatch("[a-z]", letter) and letter not in context.indices:
            return _letter(letter, context, evidence)
    return None


def _step_before(name: str, context: Context) -> Defined | None:
    """``h_{t-1}`` beside ``h_t``, where t counts nothing: of the same space."""
    step = re.fullmatch(r"(?P<base>.+)_\{(?P<letter>[a-z])-1\}", name)
    decl = None if step is None else context.symbols.get(f"{step['base']}_{step['letter']}")
    if decl is None or decl.family or step is None or step["letter"] in context.indices:
        return None
    return _declared(f"{name} \\in {space_of(decl.shape)}", context)


def _later(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A name whose space a later formula says: ``\\alpha \\in \\mathbb{R}^n``."""
    parts = _parts(name)
    if parts is None:
        return None
    for each in dict.fromkeys((name, parts[0])):
        wanted = re.compile(_spelled(each) + r" \\in \\mathbb (?:\{ R \}|R)(?: \^ (?:\{[^{}]*\}|\S+))?")
        found = next((text for text in evidence.formulas if wanted.fullmatch(text.strip(" .,;"))), None)
        if found is not None and (each == name or "^" in found):  # a number r has no entry r_i
            done = _declared(found.strip(" .,;"), context)
            elsewhere = bool(evidence.texts) and found not in evidence.texts
            if done is None or (elsewhere and _misfits(evidence.node, done.context)):
                continue
            if each == name or not _counts_otherwise(evidence.node, each, done.context):
                return done
    return None


def _counts_otherwise(node: s.Node | None, name: str, context: Context) -> bool:
    """Whether an index below a name counts something else than its entries."""
    sides = [node.first, *(side for _, side in node.rest)] if isinstance(node, s.Relation) else []
    for side in sides:
        try:
            node_readings(side, context)
        except WrongRange as problem:
            if problem.name == name:
                return True
        except ReadError:
            continue
    return False


def _entry(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\alpha_i`` where the vector ``\\boldsymbol{\\alpha}`` is declared: its entry."""
    parts = _parts(name)
    own = None if parts is None else context.symbols.get(parts[0])
    if parts is None or parts[1] is None or (own is not None and (own.family or own.shape)):
        return None
    if parts[0] in context.functions:
        return None
    base, scripts = parts[0], items_of(parts[1])
    if stands_on_diagonal(base, evidence.section):
        return None  # the vector is called w itself here, not **w**
    wholes = [
        (decl, letters)
        for decl in context.symbols.values()
        if decl.shape and decl.name != base and faceless(decl.name) == base
        if (letters := _indices(scripts, decl, context)) is not None
    ]
    if len(wholes) != 1:
        return None
    whole, letters = wholes[0]
    text = "".join(f"index {letter} = {range_} ; " for letter, range_ in letters.items())
    for letter, range_ in letters.items():
        context = context.with_index(letter, range_)
    with_it = put(context, "component", base, Component(whole.name, len(whole.family), len(whole.shape)))
    family = f"_{{{','.join(whole.family_names)}}}" if whole.family else ""
    return Defined(with_it, f"{text}component {name} of {whole.name}{family}")


def bounded_entry(items: Sequence[s.Node], context: Context, evidence: Evidence) -> Defined | None:
    """``\\sigma_j > 0`` where the vector of these numbers is declared, and free: each entry of it is positive."""
    match items:
        case (s.Relation(first=s.Script() as name, rest=((">" | ">=" | "<" | "<=" as op, s.Number(text=number)),)),):
            entry = _entry(s.key(name), context, evidence)
        case _:
            return None
    if entry is None or s.key(name) in context.symbols:
        return None
    parts = parts_of(name)
    component = option(entry.context, "component").get(parts[0]) if parts is not None else None
    decl = context.symbols.get(component.whole) if isinstance(component, Component) else None
    if decl is None or decl.definition is not None:
        return None
    done = _declared(f"{decl.name} {_ORDER[op]} {number}", entry.context)
    return None if done is None else Defined(done.context, f"{entry.text} ; {done.text}")


_ORDER = {">": ">", ">=": "\\ge", "<": "<", "<=": "\\le"}


def _indices(scripts: Sequence[s.Node], decl: SymbolDecl, context: Context) -> dict[str, Range] | None:
    """The letters that have to be indices, so that subscripts are those of an entry; None if they cannot be."""
    rank = len(decl.shape)
    if len(scripts) not in (rank, rank + len(decl.family)):
        return None
    ranges = (*decl.family, *(Range.upto(extent) for extent in decl.shape))[-len(scripts) :]
    letters: dict[str, Range] = {}
    for script, range_ in zip(scripts, ranges, strict=True):
        if _is_new_letter(script, context) and letters.setdefault(s.key(script), range_) == range_:
            continue
        if not _is_index(script, range_, context):
            return None
    return letters


def _is_new_letter(node: s.Node, context: Context) -> bool:
    taken = (context.symbols, context.sizes, context.indices, context.functions)
    return (
        isinstance(node, s.Name)
        and len(node.text) == 1
        and node.text.islower()
        and not any(node.text in names for names in taken)
    )


def _is_index(node: s.Node, range_: Range, context: Context) -> bool:
    """Whether a subscript is a number from 1 on, a declared index of this range, or such an index shifted."""
    match node:
        case s.Number(text=text):
            return text.isdigit() and int(text) >= 1
        case s.Name(text=text):
            return context.indices.get(text) == range_ or range_.high == Extent.of(text)
        case s.Script(base=base, sub=None, sup=None):
            return _is_index(base, range_, context)
        case s.Sum(terms=terms):
            return all(isinstance(term, s.Number) or _is_index(term, range_, context) for _, term in terms)
    return False


def _whole(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\boldsymbol{y}`` where the numbers ``y_i`` are declared: the vector of them all; ``\\mathbf{p}_n`` where
    ``p_{nk}`` are: that over k."""
    parts = _parts(name)
    bare = faceless(parts[0]) if parts is not None else name
    decl = context.symbols.get(bare)
    if parts is None or bare == parts[0] or parts[2] is not None or decl is None or decl.shape:
        return None
    given = [s.key(item) for item in items_of(parts[1])]
    if len(decl.family) not in ((2,) if given else (1, 2)) or len(given) > 1:
        return None
    family = decl.family_names
    if given:
        if context.indices.get(given[0]) != decl.family[0]:
            return None
        family = (given[0], family[1])
    return _declared(f"component {bare}_{{{','.join(family)}}} of {name}", context)


def _decorated(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\hat{x}^-`` where x is declared: something of the same space."""
    for other in _undecorated(name):
        decl = _decl_of(other, context)
        if decl is not None and not isinstance(decl.label_range, tuple) and decl.label_range is None:
            mark = "" if re.fullmatch(r"[^^]*(?:\^(?:[-+*]|\\star|\{[-+*]\}))?", name) else "name "
            return _declared(f"{mark}{name} \\in {space_of(decl.shape)}", context)
    return None


def _undecorated(name: str) -> list[str]:
    """What is left of a name without one or all of its accents and marks."""
    found: list[str] = []
    todo = [name]
    while todo:
        here = todo.pop(0)
        plain = re.sub(r"\^\s*\{?\s*[-+]\s*\}?", "", here)
        more = [each.strip() for each in (plain, *unmarked(here)) if each.strip() != here]
        found += [each for each in more if each not in found]
        todo += [each for each in more if each not in todo]
    return found


def _decl_of(name: str, context: Context) -> SymbolDecl | None:
    """What is declared under a name: a quantity, or the family that it is a member of without its index."""
    try:
        node = parse(name)
    except ReadError:
        return None
    parts = parts_of(node)
    key = s.key(node)
    if key in context.symbols:
        return context.symbols[key]
    return None if parts is None else context.symbols.get(parts[0])


_LETTER = re.compile(
    r"(?:\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|kappa|nu|rho|sigma|tau|omega|eta)|[a-z])(?:_.*)?\Z"
)


def _squared(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\sigma`` that is met as ``\\sigma^2`` only: a standard deviation, a positive number."""
    if not _LETTER.match(name) or name in context.functions:
        return None
    powers = evidence.followers(name)
    always = all(power in ("2", "-2", "4", "-4") for power in powers)
    usual = re.match(r"\\(?:sigma|tau)(?![A-Za-z])", name) and "2" in powers and not any("(" in p for p in powers)
    if not powers or not (always or usual):
        return None
    return _declared(f"{name} > 0", context)


def _in_logarithm(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\log \\pi_k``: a positive number."""
    wanted = re.compile(r"\\(?:log|ln) " + _spelled(name) + r"(?!\S)(?! ?[(!])")
    if faceless(name) != name or not any(wanted.search(text) for text in evidence.formulas):
        return None
    return _declared(f"{name} > 0", context)


_SUBJECT = re.compile(r"⟦(?:s\.\s?t\.|subject to|such that|with|where)⟧")


def _restricted(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\min … \\text{ s.t. } \\xi_i \\ge 0``: a number with this bound."""
    wanted = re.compile(r"(?<!\S)" + _spelled(name) + r" (\\geq?|>|\\leq?|<) (\d+)(?!\S)")
    for text in evidence.formulas:
        words = _SUBJECT.search(text)
        found = wanted.search(text, words.end()) if words is not None else None
        if found is not None:
            return _declared(f"{name} {found.group(1)} {found.group(2)}", context)
    return None


def _given(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``the constraint says $\\alpha_1 + \\alpha_2 = \\zeta$``: ζ is of the space of what it is equal to."""
    match evidence.node:
        case s.Relation(first=first, rest=(("=", right),)) if evidence.assumed and s.key(right) == name:
            shape = _shape(first, context)
            return None if shape is None else _declared(f"{name} \\in {space_of(shape)}", context)
    return None


def _counted(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_i!``: a whole number that is not negative."""
    wanted = re.compile(r"(?<!\S)" + _spelled(name) + r" !")
    if not any(wanted.search(text) for text in evidence.formulas):
        return None
    return _declared(f"{name} nonnegative integer", context)


def _in_power(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``(x - m)^2``: only numbers are raised to a power, so m is one."""
    for base in _powers(evidence.node):
        if isinstance(base, s.Sum) and any(s.key(term) == name for _, term in base.terms):
            return _declared(f"{name} \\in \\mathbb{{R}}", context)
    return None


def _powers(node: object) -> Iterator[s.Node]:
    """What is raised to a power that is a number."""
    if isinstance(node, tuple):
        for item in node:
            yield from _powers(item)
    elif isinstance(node, s.Node):
        match node:
            case s.Script(base=s.Group(bracket="(" | "[", items=(item,)), sup=s.Number()):
                yield item
        for each in fields(node):
            yield from _powers(getattr(node, each.name))


def _beside_vector(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``w^T x`` or ``X w`` where x is a declared vector, or X a matrix: a vector of the length that fits."""
    if evidence.node is None or not re.search(r"(?:\A|[{])(?:[a-z]|\\[a-z]+)(?:\}|\Z|_)", name):
        return None
    found: list[Shape] = []
    for parts in _rows_of_factors(evidence.node):
        for place, part in enumerate(parts):
            if _bare(part) != name:
                continue
            after = _shape(parts[place + 1], context) if place + 1 < len(parts) else None
            before = _shape(parts[place - 1], context) if place else None
            if _transposed(part, context) and after:
                found.append(after[:1])
            elif not isinstance(part, s.Script) and before is not None and len(before) == 2:
                following = parts[place + 1] if place + 1 < len(parts) else None
                if isinstance(following, s.Group) and following.bracket == "(":
                    return None  # it may be a function
                found.append((before[1],))
    if not found or any(shape != found[0] for shape in found):
        return None
    members = context.symbols.get(name)
    if members is not None and not members.shape and members.family == (Range.upto(found[0][0]),):
        return gathered(members, context)  # r beside the numbers r_a is the vector of them, and no other one
    return _declared(f"{name} \\in {space_of(found[0])}", context)


def _sibling(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_{t-1}`` where ``x_t`` is declared: something of the same space."""
    parts = _parts(name)
    if parts is None or parts[1] is None or parts[2] is not None:
        return None
    shapes = [
        decl.shape for each, decl in context.symbols.items() if each.startswith(f"{parts[0]}_") and not decl.family
    ]
    if not shapes or any(shape != shapes[0] for shape in shapes):
        return None
    return _declared(f"{name} \\in {space_of(shapes[0])}", context)


def _argument(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``f(x_i; \\lambda)`` where the density ``f(x; \\lambda)`` of numbers is declared: x_i is a number."""
    parts = _parts(name)
    if parts is None or parts[1] is None or parts[2] is not None or evidence.node is None:
        return None
    if any(s.key(item) not in context.indices for item in items_of(parts[1])):
        return None
    for function, place in _called_at(evidence.node, name):
        decl = context.functions.get(function)
        if decl is not None and decl.body is not None and decl.params[place : place + 1] == (parts[0],):
            shape = decl.param_shapes[place]
            return _declared(f"{name} \\in {space_of(shape)}", context)
    return None


def _called_at(node: object, name: str) -> Iterator[tuple[str, int]]:
    """The functions with this argument, and its place."""
    if isinstance(node, tuple):
        for item in node:
            yield from _called_at(item, name)
    elif isinstance(node, s.Node):
        if isinstance(node, s.Juxt):
            for head, group in zip(node.parts, node.parts[1:], strict=False):
                if isinstance(group, s.Group) and group.bracket == "(":
                    yield from ((s.key(head), at) for at, item in enumerate(group.items) if s.key(item) == name)
        for each in fields(node):
            yield from _called_at(getattr(node, each.name), name)


def _function(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``h(x)`` that stands before a bracket with a bare name wherever the section has it, and is given no value: a
    function of which nothing is known."""
    if name in context.sizes or not called_only(name, evidence.texts):
        return None
    return _declared(f"function {name}", context)


def called_only(name: str, formulas: Sequence[str]) -> bool:
    """Whether a letter stands in these formulas before a bracket with a bare name only, and is given no value there."""
    if not re.fullmatch(r"[a-zA-Z]|\\(?:phi|psi|varphi|Phi|Psi)", name):
        return False
    call = r"( \( (?:[a-z]|\\[a-z]+)(?: _ (?:[a-z]|\{ [a-z] \}))? \)(?! =))?"
    every = re.compile(r"(?<!\S)" + _spelled(name) + r"(?!\S)" + call)
    found = [match for text in formulas for match in every.finditer(text)]
    return bool(found) and all(match.group(1) for match in found)


def called_with_index(name: str, formulas: Sequence[str], context: Context) -> bool:
    """``\\alpha_t(k)``: whether a name stands before a bracket with an index, or with the step after one, wherever
    these formulas have it; what takes an index is no number before a bracket."""
    letters = "|".join(re.escape(letter) for letter in sorted(context.indices)) or r"(?!)"
    item = r"(?:[a-z](?: '| [+-] \d+)?|\d+)"
    call = re.compile(rf"(?<!\S){_spelled(name)}(?!\S)(?P<call> \( {item}(?: (?:,|\||;|\\mid) {item})* \))?")
    found = [match["call"] for text in formulas for match in call.finditer(text)]
    if not found or not all(found):
        return False
    counts = any(re.search(rf"(?<!\S)(?:{letters})(?!\S)", each) for each in found)
    return counts or (len(found) > 1 and "_" in name)


_FUNCTIONS = frozenset({"\\sigma", "\\phi", "\\varphi", "\\psi", "f", "g", "h"})
"""Letters that before brackets are functions, if nothing says otherwise."""


def may_be_function(name: str, formulas: Sequence[str]) -> bool:
    """``\\sigma(W x)``: whether a letter that functions have stands before a bracket wherever these formulas have it,
    but alone."""
    spelled = re.compile(rf"(?<!\S){_spelled(name)}(?!\S)(?P<call> \()?")
    texts = (text for text in formulas if text.strip(" .,;") != spaced(name))
    found = [match["call"] for text in texts for match in spelled.finditer(text)]
    return name in _FUNCTIONS and bool(found) and all(found)


def _called_family(name: str, context: Context, evidence: Evidence) -> Defined | None:
    return called_family(name, evidence.section, evidence.words, context)


def _gamma(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\Gamma(a)`` with one argument wherever it stands: the gamma function, of which only its name is known here."""
    if name != "\\Gamma" or any(follower != "(" for follower in evidence.followers(name)):
        return None
    if not any(re.search(r"\\Gamma \( (?:[a-z]|\\[a-z]+)(?!\S)", text) for text in evidence.formulas):
        return None
    return _declared("function \\Gamma", context)


def _copy(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``X_i`` of a sample, where the distribution of the number X is stated: independent, and distributed like it."""
    parts = _parts(name)
    density = None if parts is None else option(context, "distributed").get(parts[0])
    if parts is None or parts[1] is None or not isinstance(density, s.Node) or not SAMPLE.search(evidence.words):
        return None
    decl, range_ = context.symbols.get(parts[0]), context.indices.get(s.key(parts[1]))
    if decl is None or decl.shape or decl.family or range_ is None or range_.low.constant != 1:
        return None
    return entries(parts[0], range_, density, context)


def _starred(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_*`` beside the members ``x_i``: one more of their space."""
    parts = _parts(name)
    if parts is None or parts[1] is None or s.key(parts[1]) not in BELOW_MARKS or parts[2] is not None:
        return None
    decl = context.symbols.get(parts[0])
    if decl is None or len(decl.family) != 1 or decl.definition is not None or decl.label_range is not None:
        return None
    return _declared(f"{name} \\in {space_of(decl.shape)}", context)


def _summand(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``H x + v``: v is of the space of what it is added to."""
    found: list[Shape] = []
    for terms in _sums(evidence.node):
        if any(s.key(term) == name for term in terms):
            shapes = [_shape(term, context) or multiple(term, context) for term in terms if s.key(term) != name]
            found += [shape for shape in shapes if shape]
    if not found or any(shape != found[0] for shape in found):
        return None
    return _declared(f"{name} \\in {space_of(found[0])}", context)


def _sums(node: object) -> Iterator[list[s.Node]]:
    """Every list of things that are added, or stand on the sides of an equation."""
    if isinstance(node, tuple):
        for item in node:
            yield from _sums(item)
    elif isinstance(node, s.Node):
        if isinstance(node, s.Sum):
            yield [term for _, term in node.terms]
        if isinstance(node, s.Relation) and all(op in ("=", ":=") for op, _ in node.rest):
            yield [node.first, *(side for _, side in node.rest)]
        for item in fields(node):
            yield from _sums(getattr(node, item.name))


def _parameter(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\mathcal{L}(w, \\nu) = …`` with ν nowhere with an index, and neither bold nor a capital: a real number."""
    node = evidence.node
    if not isinstance(node, s.Relation) or not re.fullmatch(r"\\?[a-z]+", name):
        return None
    match node.first:
        case s.Juxt(parts=(_, s.Group(bracket="(", items=items))) if name in [s.key(item) for item in items]:
            if any(power in ("_", "T", "\\top") for power in evidence.followers(name)):
                return None
            return _declared(f"{name} \\in \\mathbb{{R}}", context)
    return None


# -- what stands beside a name --------------------------------------------------------------------------------
def _parts(name: str) -> tuple[str, s.Node | None, s.Node | None] | None:
    try:
        return parts_of(parse(name))
    except ReadError:
        return None


def _rows_of_factors(node: object) -> Iterator[tuple[s.Node, ...]]:
    """Every run of factors side by side."""
    if isinstance(node, tuple):
        for item in node:
            yield from _rows_of_factors(item)
    elif isinstance(node, s.Node):
        if isinstance(node, s.Juxt):
            yield node.parts
        for item in fields(node):
            yield from _rows_of_factors(getattr(node, item.name))


def _bare(node: s.Node) -> str:
    """The name that a factor is, without a transpose."""
    parts = parts_of(node)
    if parts is None:
        return ""
    base, sub, _ = parts
    return s.key(s.Script(0, 0, s.Name(0, 0, base), sub)) if sub is not None else base


def _transposed(node: s.Node, context: Context) -> bool:
    parts = parts_of(node)
    rest = split_superscript(parts[2]).rest if parts is not None else None
    return rest is not None and is_transpose(rest, context, (*(),))


def _shape(node: s.Node, context: Context) -> Shape | None:
    """The shape of a factor, if it can be read; of a family without its index, that of a member."""
    try:
        return node_readings(node, context)[0].shape
    except WrongIndices as problem:
        decl = context.symbols.get(problem.name)
        return decl.shape if decl is not None and decl.shape else None
    except ReadError:
        return None


def _letter(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``k`` that stands in this formula as a subscript of a declared array only: an index of what it counts there."""
    if not re.fullmatch(r"[a-z]", name) or evidence.node is None:
        return None
    places = list(counted_by(evidence.node, name, context))
    if not places or any(range_ is None or range_ != places[0] for range_ in places):
        return None
    return _declared(f"index {name} = {places[0]}", context)


def _own_name(letter: str, context: Context, evidence: Evidence) -> Defined | None:
    """``the word vector $u_o$`` beside the declared $u_1, …, u_K$: o names one more vector, it is no index."""
    if re.search(r"_\{?0\}?\Z", letter) and letter in evidence.bare:
        return _zeroth(letter, context, evidence)
    if not re.fullmatch(r"[a-hp-z]|o", letter) or letter in evidence.bare:
        return None
    labelled = tuple(_labelled(letter, context, evidence))
    if labelled:
        return Defined(add_option(context, "labels", labelled), f"name {', '.join(labelled)}")
    for name in sorted(evidence.bare):
        parts = _parts(name)
        decl = None if parts is None else context.symbols.get(parts[0])
        if parts is None or decl is None or parts[1] is None or parts[2] is not None or s.key(parts[1]) != letter:
            continue
        if len(decl.family) == 1 and decl.definition is None:
            return _declared(f"{name} \\in {space_of(decl.shape)}", context)
    return None


def _labelled(letter: str, context: Context, evidence: Evidence) -> list[str]:
    """``x_p = …`` of a document in which p stands nowhere but below x: what it defines is no member of a family."""
    found = []
    for decl in context.symbols.values():
        name = f"{decl.name}_{letter}"
        wanted = re.compile(rf"(?<!\S)(?:{_spelled(decl.name)} _ )?{letter}(?!\S)")
        places = [match.group() for text in evidence.formulas for match in wanted.finditer(text)]
        named = name in words_of(context.options.get("labels"))
        if decl.family and places and letter not in places and evidence.defines(name) and not named:
            found.append(name)
    return found


def _zeroth(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``a point $x_0$`` beside the declared $x_1, …, x_n$, which nothing steps along: one more point."""
    parts = _parts(name)
    decl = None if parts is None else context.symbols.get(parts[0])
    if decl is None or len(decl.family) != 1 or decl.definition is not None or decl.family[0].low.constant != 1:
        return None
    letter = rf"(?<!\S){re.escape(spaced(decl.name))} _ "
    if any(re.search(letter + r"\{ [^{}]*[-+] 1 \}", text) for text in evidence.formulas):
        return None  # a sequence: x_0 is where it begins
    return _declared(f"name {name} \\in {space_of(decl.shape)}", context)


_BOLD = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec)\s*\{?(\\?[A-Za-z]+)\}?(?:_\{?\w+\}?)?\Z")


def _bold(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A bold letter with no declaration: the vector (or, of a capital, the matrix) of the only size met so far with
    which the formula can be read."""
    letter = _BOLD.match(name)
    node = evidence.node
    if letter is None or not isinstance(node, s.Relation):
        return None
    sizes = list(dict.fromkeys(extent for decl in context.symbols.values() for extent in decl.shape))[:6]
    capital = letter.group(1).lstrip("\\")[0].isupper()
    shapes: list[Shape] = (
        [(row, column) for row in sizes for column in sizes] if capital else [(size,) for size in sizes]
    )
    fitting = []
    for shape in shapes:
        done = _declared(f"{name} \\in {space_of(shape)}", context)
        if done is not None and _all_read(node, done.context):
            fitting.append(done)
    return fitting[0] if len(fitting) == 1 else None


def _all_read(node: s.Relation, context: Context) -> bool:
    """Whether every side can be read, and all have one shape; the first may be a new name."""
    shapes: list[Shape] = []
    for place, side in enumerate((node.first, *(side for _, side in node.rest))):
        try:
            shapes.append(node_readings(side, context)[0].shape)
        except ReadError:
            if place or parts_of(side) is None:
                return False
    return all(shape == shapes[0] for shape in shapes)


def _said(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``y_i`` where the words have called y (or **y**) one-hot: numbers of which one is 1."""
    parts = _parts(name)
    if parts is None or parts[1] is None or any(s.key(item) not in context.indices for item in items_of(parts[1])):
        return None
    for whole, words in evidence.said.items():
        if faceless(whole) == parts[0] and words.startswith("onehot"):
            return entries_of(parts[0], name, words, context)
    return None


def _on_diagonal(name: str, context: Context, evidence: Evidence) -> Defined | None:
    return on_diagonal(name, evidence.section, context)


def _fitting(name: str, context: Context, evidence: Evidence) -> Defined | None:
    return fitted(name, context, evidence.section)


def _row(name: str, context: Context, evidence: Evidence) -> Defined | None:
    return row_of_capital(name, context)


def _entry_of_capital(name: str, context: Context, evidence: Evidence) -> Defined | None:
    return entry_of_capital(name, context)


def _in_exponent(name: str, context: Context, evidence: Evidence) -> Defined | None:
    text = numbers.in_exponent(name, evidence.node, evidence.formulas, context)
    return _declared(text, context) if text else None


def _of_family(name: str, context: Context, evidence: Evidence) -> Defined | None:
    if re.search(r"(?i)\b(?:multi-?(?:variate|dimensional)|vector[- ]valued|random\s+vectors?)\b", evidence.words):
        return None
    return number(name, context, evidence.formulas, evidence.section, *evidence.beside)


def _coefficient(name: str, context: Context, evidence: Evidence) -> Defined | None:
    text = coefficient(name, evidence.node, evidence.formulas, context)
    return _declared(text, context) if text else None


def _inverted(name: str, context: Context, evidence: Evidence) -> Defined | None:
    text = squares.inverted(name, evidence.node, context)
    return _declared(text, context) if text else None


def _iterates(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``w_{t+1} = w_t - …`` of a declared w: w_t and w_{t+1} are names of their own, alike."""
    parts = []
    for each in iterates(name, evidence.texts or evidence.formulas, context):
        decl = context.symbols[each.rpartition("_")[0]]
        signs = "".join(f" {word}" for word in sorted(decl.properties))
        parts.append(f"name {each} \\in {space_of(decl.shape)}{signs}")
    done = _declared(" ; ".join(parts), context) if parts else None
    return done and _with_errors(name, done, evidence)


def _with_errors(letter: str, done: Defined, evidence: Evidence) -> Defined:
    """``e_t = w_t - w^*`` beside iterates w_t: e_t and e_{t+1} are made of them."""
    for base, body in made_of_iterates(letter, evidence.texts or evidence.formulas).items():
        further = one_further(letter, body)
        if base in done.context.symbols or not further or " _ " not in body:
            continue
        pairs = ((f"{base}_{letter}", body), (f"{base}_{{{letter}+1}}", further))
        text = " ; ".join(f"name {name} ; let {name} := {value}" for name, value in pairs)
        more = _declared(text, done.context)
        done = done if more is None else Defined(more.context, f"{done.text} ; {more.text}")
    return done


def _vectors(name: str, context: Context, evidence: Evidence) -> Defined | None:
    text = squares.vectors(name, evidence.node, context)
    return _declared(text, context) if text else None


def _may_be_called(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether ``F(x)`` may be a value of a function: not ``U(r \\odot h)`` beside a matrix U_z, and no name that never
    stands before a bracket."""
    if "(" not in evidence.followers(name):
        return False
    alike = (decl for each, decl in context.symbols.items() if each.partition("_")[0] == name.partition("_")[0])
    called = re.compile(rf"(?<!\S){_spelled(name)} \( [^() ]+(?: _ (?:\S|\{{[^{{}}]*\}}))? \)")
    return any(called.search(text) for text in evidence.texts) or not any(len(decl.shape) == 2 for decl in alike)


def _gives(node: s.Node, name: str, context: Context) -> bool:
    """Whether a formula gives something new, or a quantity that nothing defines, by a side that has this name."""
    if introduces(node, name, context):
        return True
    match node:
        case s.Relation(first=s.Name() | s.Script() as first, rest=(("=" | ":=", side), *_)):
            return primitive(first, context) is not None and mentions_name(side, name)
    return False


def _by_equations(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``W`` of ``z = \\tanh(W x + U h)``, where z is new: what all formulas of the section say of its shape together.
    What only claims have is left alone: the words may say more of it."""
    parts = _parts(name)
    if (
        parts is None
        or parts[2] is not None
        or any(not isinstance(item, s.Name | s.Number) for item in items_of(parts[1]))
    ):
        return None
    heads = (node.first for node in evidence.section if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":="))
    if any(s.key(head) == name for head in heads):
        return None  # a formula says what it is
    if _may_be_called(name, context, evidence) or not any(_gives(node, name, context) for node in evidence.section):
        return None
    shape = solved(evidence.section, context).get(Equations(context).name(parse(name)))
    if shape == () and not re.fullmatch(r"(?:[a-z]|\\[a-z]+)(?:_\w|_\{\w+\})?", name):
        return None
    return None if shape is None else _declared(f"{name} \\in {space_of(shape)}", context)


Rule = Callable[[str, Context, Evidence], Defined | None]
_RULES: tuple[Rule, ...] = (
    _entry,
    _whole,
    _said,
    _row,
    _entry_of_capital,
    _decorated,
    _sibling,
    _on_diagonal,
    _gamma,
    _function,
    _copy,
    _starred,
    _restricted,
    _given,
    _counted,
    _argument,
    _squared,
    _beside_vector,
    _summand,
    _in_power,
    _in_logarithm,
    _in_exponent,
    _parameter,
    _by_equations,
    _scalar,
    _bold,
    _coefficient,
    _inverted,
    _vectors,
    _iterates,
    _fitting,
    _of_family,
    _among_numbers,
)

__all__ = ["Evidence", "bounded_entry", "inferred"]
