"""Names, sizes and multipliers that nothing declares, where the document says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Deriv, Sym, subterms
from derive.read import syntax as s
from derive.read.calls import PLACE
from derive.read.declarations import declare
from derive.read.documents.definitions import one_of_the_data, rounds
from derive.read.documents.definitions.defining import Defined, head_of, is_undeclared
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.reading import of_normals, told
from derive.read.documents.reading.state import MOST_SIZES, NEAR, Reading, Waiting
from derive.read.documents.steps import chains
from derive.read.documents.steps.chains import Segment
from derive.read.documents.steps.passages import is_zero
from derive.read.documents.text import outline
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.outline import MOST_DISPLAYS
from derive.read.documents.text.prose import MULTIPLIERS
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.source import Place
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared import conventions, losses, numbers, unknowns
from derive.read.documents.undeclared.called import called_only
from derive.read.documents.undeclared.constraining import multiplies_constraint
from derive.read.documents.undeclared.evidence import Evidence
from derive.read.documents.undeclared.inference import inferred
from derive.read.documents.undeclared.jointly_random import (
    CONDITIONAL,
    jointly_random,
    passage_of_means,
    said_beside,
    without_conditional_claims,
)
from derive.read.documents.undeclared.letters import bound_letter
from derive.read.documents.undeclared.unknowns import follows_without, is_about, mentions, with_unknown
from derive.read.documents.words import label_probabilities, probabilities, weights
from derive.read.documents.words.eigendecomposition import holds_eigenvectors
from derive.read.documents.words.independent_here import WORD, independent_here, is_no_covariance
from derive.read.documents.words.operator_names import value_of_operator
from derive.read.documents.words.properties import said_after, said_before, with_properties
from derive.read.documents.words.stochastic import stochastic
from derive.read.documents.words.unit_vectors import unit_vector
from derive.read.errors import (
    DeclarationError,
    NeedsPlace,
    NotASize,
    ReadError,
    Undeclared,
    UnknownRange,
    UnknownSet,
    WrongIndices,
)
from derive.read.latex import Link, node_readings, plain_links
from derive.read.names import option


def infer_names(reading: Reading, each: Waiting, inventing: bool = False) -> bool:
    """A name that a chain waits for, where the way it is written says what it is; at last with lengths that nothing
    names. What is only differentiated is no quantity of its own."""
    if told.anywhere(reading, each, section_nodes(reading)):
        return True
    functions = {unknowns.key_of(name) for name in reading.section.differentiated}
    if any(isinstance(problem, Undeclared) and problem.name in functions for problem in each.problems):
        return False
    if any(_infer_name(reading, each, problem, inventing) for problem in each.problems):
        return True
    text = spaced(each.math.text)
    behind = [
        problem
        for problem in _behind(each, reading.context)
        if not re.search(rf"(?<!\S){re.escape(spaced(problem.name))} [(\[]", text)  # it may be a function
    ]
    return any(_infer_name(reading, each, problem, inventing) for problem in behind)


def _behind(each: Waiting, context: Context) -> list[Undeclared]:
    """The names that nothing declares which a definition has besides the first one: what they are may say what that
    is."""
    found: list[Undeclared] = []
    node = each.chain.node
    here = next((problem for problem in each.problems if isinstance(problem, Undeclared)), None)
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":=") or not is_undeclared(node.first, context):
        return []
    for _ in range(MOST_SIZES):
        if here is None:
            break
        try:
            context = declare(f"{here.name} \\in \\mathbb{{R}}", context)
        except DeclarationError:
            break
        problems = [link.problem for link in plain_links(node, context)]
        new = next((problem for problem in problems if isinstance(problem, Undeclared)), None)
        if new is None or any(
            new.name == other.name for other in (*found, *each.problems) if isinstance(other, Undeclared)
        ):
            break
        here = new
        found.append(new)
    return found


def _infer_name(reading: Reading, each: Waiting, problem: ReadError, inventing: bool) -> bool:
    """A name that nothing declares, where the way it is written says what it is; each is named once at most."""
    if isinstance(problem, Undeclared) and problem.name.startswith("\\langle"):
        return False  # an average, and nobody says over what
    if isinstance(problem, Undeclared) and any(
        entry.is_unread and entry.text.startswith((f"{problem.name} =", f"{problem.name} :="))
        for entry in reading.entries
    ):
        return False  # what defines it could not be read
    if isinstance(problem, Undeclared) and problem.name in reading.document.outdated:
        return False  # it was made of what has another meaning now
    alone = isinstance(problem, Undeclared) and _stands_alone(reading, each, problem.name)
    done = _passing(reading, each, problem.name) if alone and isinstance(problem, Undeclared) else None
    if isinstance(problem, Undeclared):
        pieces = reading.document.pieces[reading.section.extent[0] : each.number]
        done = done or value_of_operator(problem.name, pieces, reading.context)
        done = done or conventions.as_a_moment(problem.name, reading.context)
    document, words = reading.document, f"{reading.words.section_words[-NEAR:]} {each.prose} {each.after}"
    done = done or inferred(
        problem,
        reading.context,
        Evidence(
            document.formulas,
            each.chain.node,
            document.said,
            frozenset(document.bare),
            section_nodes(reading),
            document.concluded,
            each.assume,
            words=words,
            defining=tuple(text for number, text in document.defining if number >= reading.section.extent[0]),
            texts=section_texts(reading),
            earlier=reading.section.earlier,
            beside=_beside(reading, problem),
            counted_before=_counted_before(reading),
            functions=document.called_functions,
            spelled=document.spelled,
            elementwise=document.elementwise,
            inventing=inventing,
        ),
    )
    if done is None or done.context == reading.context:
        return False
    reading.guessed.update(dict.fromkeys(name for name in done.context.symbols if name not in reading.context.symbols))
    of_normals.keep(reading, each.chain.node, done)
    sizes = (size for size in done.context.sizes if size not in reading.context.sizes)
    reading.unnamed.update(dict.fromkeys(sizes))
    called = (name for name, decl in done.context.functions.items() if name not in reading.context.functions)
    reading.section.for_section.update({name: None for name in called if done.context.functions[name].builtin})
    old = reading.context.symbols
    changed = frozenset(name for name, decl in old.items() if done.context.symbols.get(name) is not decl)
    if changed:  # what was solved in terms of them was solved of something else
        reading.passage = reading.passage.without(changed)
        reading.section.gradients = []
    counting = done.context.indices.keys() - done.context.symbols.keys()
    reading.section.symbols_held.update({name: decl for name, decl in old.items() if name in counting})
    reading.context = done.context
    place = problem.span.start if problem.span else each.chain.span.start
    reading.note(each.found.source.place(each.math.place(place)), done.text)
    for name in [name for name in reading.context.symbols if name not in old]:
        said = "symmetric psd" if is_a_spread(name, reading.document.formulas) else _called_beside(reading, name)
        said = said or ("orthogonal" if holds_eigenvectors(name, pieces_here(reading)) else "")
        reading.context, texts = with_properties([name], said, reading.context)
        for text in texts:
            reading.note(each.found.source.place(each.math.place(place)), text)
    for name in [name for name in reading.context.symbols if name not in old]:
        unit = _unit_vector(reading, name)
        if unit is not None:
            reading.context = unit.context
            reading.note(each.found.source.place(each.math.place(place)), unit.text)
        total = (
            weights.with_total(name, reading.context)
            if weights.are_called_weights(name, pieces_here(reading))
            else None
        )
        here = pieces_here(reading)
        if total is None and (
            probabilities.are_called(name, here)
            or label_probabilities.are_called(name, here)
            or (
                probabilities.are_called_beside(name, here)
                and probabilities.beside_a_distribution(name, reading.context)
            )
        ):
            total = probabilities.as_probabilities(name, reading.context)
        moves = stochastic(name, pieces_here(reading), reading.context)
        for more in (total, moves):
            if more is not None:
                reading.context = more.context
                reading.note(each.found.source.place(each.math.place(place)), more.text)
    return True


def make_random(reading: Reading) -> None:
    """What the section averages, and says no more of, is random; not before all is declared of it that the author
    declares."""
    start, stop = reading.section.extent
    rest = reading.document.pieces[max(start, reading.number + 1) : stop]
    declared = (piece.math.text for piece in rest if piece.kind == "declaration" and piece.math is not None)
    later = " ".join(spaced(_KEYWORDS.sub(" ", text).replace("..", " .. ")) for text in declared)
    pieces = passage_of_means(reading.document.pieces[start:stop])
    words = " ".join(piece.text for piece in pieces if piece.kind == "prose")
    plain = without_conditional_claims(pieces)
    beside = said_beside(reading.document.pieces[start:stop])
    if len(plain) < len(pieces):  # what they say follows whatever the joint distribution is
        pieces, words = plain, CONDITIONAL.sub(" ", words)
        beside = tuple((text, CONDITIONAL.sub(" ", about)) for text, about in beside)
    nodes = conventions.formulas(pieces, reading.context) if pieces else ()
    texts = [spaced(piece.math.text) for piece in pieces if piece.math is not None and piece.kind != "declaration"]
    said = independent_here(reading.document.pieces, start, stop)
    if said:  # then the word says nothing of how they are distributed
        words, beside = WORD.sub(" ", words), tuple((text, WORD.sub(" ", about)) for text, about in beside)
        nodes = [node for node in nodes if not is_no_covariance(node)]
    done = jointly_random(tuple(nodes), texts, words, later, beside, reading.context)
    made = done.context.functions.keys() if done is not None else ()
    if done is not None and not all(f"{name}{{}}" in made for each in said for name in each.names):
        done = None
    reading.section.apart = said if done is not None else ()
    before = reading.context.functions.keys()
    reading.section.averaged = frozenset()
    if done is not None:
        new = (name.removesuffix("{}") for name in done.context.functions if name not in before)
        reading.section.averaged = frozenset(name for name in new if name in done.context.symbols)
        reading.context = done.context
        reading.notes.append(done.text)


def pieces_here(reading: Reading) -> Sequence[Found]:
    """The pieces of the section that is being read."""
    return reading.document.pieces[reading.section.extent[0] : reading.section.extent[1]]


def texts_here(reading: Reading) -> list[str]:
    """The formulas of the section that is being read, token by token."""
    return [spaced(piece.math.text) for piece in pieces_here(reading) if piece.math is not None]


def _called_beside(reading: Reading, name: str) -> str:
    """The properties that the words right before or right after a formula of the section which is this name give it, or
    those after a list that it stands in: ``$Q, P$ are symmetric``, ``$Q$ and $P$ are symmetric``."""
    pieces = pieces_here(reading)
    for at, piece in enumerate(pieces):
        if piece.kind != "inline" or piece.math is None:
            continue
        listed = [spaced(text.strip(" .,;")) for text in piece.math.text.split(",")]
        if spaced(name) not in listed:
            continue
        said = said_before(_prose(pieces, at - 1)) if len(listed) == 1 else ""
        words, how = said_after(_prose(pieces, at + 1))
        said = said or (words if len(listed) == 1 or how else "")
        if not said and _AND.fullmatch(_prose(pieces, at + 1)) and at + 2 < len(pieces):
            words, how = said_after(_prose(pieces, at + 3)) if pieces[at + 2].kind == "inline" else ("", "")
            said = words if how else ""
        if said:
            return said
    return ""


_AND = re.compile(r"\s*,?\s*and\s*")


def _prose(pieces: Sequence[Found], at: int) -> str:
    """The words at a place; nothing where a formula stands."""
    return pieces[at].text if 0 <= at < len(pieces) and pieces[at].kind == "prose" else ""


def _unit_vector(reading: Reading, name: str) -> Defined | None:
    """What the words beside a formula of the section which is this name say of its length."""
    pieces = pieces_here(reading)
    for at, piece in enumerate(pieces):
        if piece.kind == "inline" and piece.math is not None and spaced(piece.math.text.strip(" .,;")) == spaced(name):
            words = pieces[at - 1].text if at and pieces[at - 1].kind == "prose" else ""
            after = pieces[at + 1].text if at + 1 < len(pieces) and pieces[at + 1].kind == "prose" else ""
            done = unit_vector(piece.math.text, words, after, reading.context, new=True)
            if done is not None:
                return done
    return None


def is_a_spread(name: str, formulas: Iterable[str]) -> bool:
    """Whether a text writes a matrix as the covariance of a normal distribution: ``\\mathcal{N}(0, R)``."""
    written = rf"\\mathcal (?:\{{ N \}}|N) \( [^()]* , {re.escape(spaced(name))} \)"
    return any(re.search(written, text) for text in formulas)


def _counted_before(reading: Reading) -> dict[str, Range]:
    """What letters count that sections before this one have used so, and that the author declares nowhere."""
    declared = " ".join(
        spaced(piece.math.text) for piece in reading.document.pieces if piece.math and piece.kind == "declaration"
    )
    before = reading.section.sections_before.indices
    return {
        name: range_
        for name, range_ in before.items()
        if not re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", declared)
    }


def _beside(reading: Reading, problem: ReadError) -> tuple[str, str]:
    """The words right before and right after the formula of the section that is nothing but this name."""
    name = problem.name if isinstance(problem, Undeclared) else ""
    start, stop = reading.section.extent
    pieces = reading.document.pieces
    for number in range(start, stop if name else start):
        math = pieces[number].math
        if pieces[number].kind == "inline" and math is not None and spaced(math.text.strip(" .,;")) == spaced(name):
            before = pieces[number - 1].text[-80:] if number and pieces[number - 1].kind == "prose" else ""
            return before, outline.words_after(pieces, number)[:40]
    return "", ""


def section_texts(reading: Reading) -> tuple[str, ...]:
    """The formulas of the section that is being read, as tokens with spaces between them."""
    first, last = reading.section.extent
    pieces = reading.document.pieces[first:last]
    return tuple(spaced(found.math.text) for found in pieces if found.math is not None and found.kind != "declaration")


def in_one_dimension(reading: Reading) -> None:
    """``In one dimension … r_i^2``: what the next formulas square is a number there, of which nothing more is known.
    What the author has declared stays what it is in a remark."""
    first, last = reading.number + 1, reading.section.extent[1]
    pieces = reading.document.pieces[first : min(last, first + MOST_DISPLAYS)]
    text = " ".join(spaced(found.math.text) for found in pieces if found.math is not None)
    shown = " ".join(spaced(found.math.text) for found in pieces if found.math is not None and found.kind == "display")
    for name, decl in tuple(reading.context.symbols.items()):
        if len(decl.shape) != 1 or not decl.family_names or name not in reading.context.symbols:
            continue
        member = (
            f"{name}_{{{','.join(decl.family_names)}}}"
            if len(decl.family_names) > 1
            else f"{name}_{decl.family_names[0]}"
        )
        squared = re.compile(r"(?<!\S)" + re.escape(spaced(member)) + r" \^ 2(?!\S)")
        if not squared.search(shown if name in reading.document.authored else text):
            continue
        declaration = f"{member} \\in \\mathbb{{R}}"
        try:
            reading.context = declare(declaration, without_names(reading.context, frozenset({name})))
        except DeclarationError:
            continue
        reading.passage = reading.passage.without(frozenset({name}))
        reading.notes.append(f"in one dimension: {declaration}")


def free_called(reading: Reading) -> None:
    """``h(x)`` in a section that has h before brackets only is no product with the number h of an earlier one."""
    old = reading.section.sections_before.symbols
    texts = section_texts(reading)
    gone = frozenset(
        name
        for name, decl in reading.context.symbols.items()
        if old.get(name) is decl and not decl.depends and called_only(name, texts)
        if name not in option(reading.context, "called") and name not in reading.context.functions
        if name not in option(reading.context, "signatures")  # the author has declared what its calls are
    )
    reading.context = without_names(reading.context, gone)


def _stands_alone(reading: Reading, each: Waiting, name: str) -> bool:
    """Whether no other formula of the section has this name."""
    start, stop = reading.section.extent
    if each.number < start:  # the section of this formula is over
        start, stop = 0, start
    wanted = re.compile(rf"(?<!\S){re.escape(spaced(name))}(?!\S)(?! _ )")  # z_1 is another name than z
    pieces = (piece for piece in reading.document.pieces[start:stop] if piece is not each.found)
    texts = (
        _KEYWORDS.sub(" ", piece.math.text) if piece.kind == "declaration" else piece.math.text
        for piece in pieces
        if piece.math is not None
    )
    return not any(wanted.search(spaced(text)) for text in texts)


_KEYWORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
"""The words of declarations, of whose letters none is a name."""


def _passing(reading: Reading, each: Waiting, name: str) -> Defined | None:
    """``Since $\\sigma'(a) = \\sigma(a) (1 - \\sigma(a))$``: a stands for any number, in this chain only."""
    text = numbers.as_argument(name, each.chain.node, reading.context)
    if not text:
        return None
    try:
        done = Defined(declare(text, reading.context), text)
    except DeclarationError:
        return None
    reading.passing = (*reading.passing, name)
    return done


def infer_unknown(reading: Reading, found: Found, math: Expanded) -> bool:
    """A function that this section only differentiates is an unknown one; whether one has been found."""
    before = reading.context
    for name, variables in reading.section.differentiated.items():
        key = unknowns.key_of(name)
        if key in reading.document.losses:
            continue  # the text calls it a loss
        if mentions(math.text, name):
            done = with_unknown(name, variables, reading.context)
            if done is not None:
                reading.context, text = done
                reading.section.unknown[key] = None
                reading.note(found.place, text)
    return reading.context is not before


def is_differentiated_in(reading: Reading, each: Waiting, math: Expanded) -> bool:
    """Whether a chain that waits defines what a formula differentiates an unknown function in, or a function that the
    formula calls, of which all is said by now."""
    node = each.chain.node
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return False
    head = node.first.parts[0] if isinstance(node.first, s.Juxt) and head_of(node.first) is not None else None
    if head is not None and not reading.words.where_follows and mentions(math.text, s.key(head)):
        return True
    variables = {
        spaced(text)
        for name, texts in reading.section.differentiated.items()
        if mentions(math.text, name)
        for text in texts
    }
    return spaced(s.key(node.first)) in variables


def not_told(reading: Reading, link: Link, goes_on: bool = False, concludes: bool = False) -> ReadError | None:
    """Why a link cannot be judged that speaks of an unknown function; None if it can. That something worked out before
    is zero, as a chain that ``goes_on`` says, may hold whatever the function is; so may what is said of a sum of
    derivatives in what the function is known to depend on, or concluded of one."""
    layers = reading.document.layers
    if layers is not None and layers.are_mixed(term for term in (*link.left, *link.right)):
        return ReadError("expected layers of one kind: how the last layer varies with layer l is not known here")
    zero = link.op == "=" and bool(link.right) and all(is_zero(term) for term in link.right)
    if goes_on and zero:
        return None
    for name in reading.section.unknown:
        about = any(is_about(term, name, reading.context) for term in (*link.left, *link.right))
        said = concludes or not any(isinstance(term, Deriv) for term in link.left)
        if zero and said and link.left and follows_without(name, link.left, (), reading.context):
            continue
        if about and link.shape is None and not follows_without(name, link.left, link.right, reading.context):
            return Undeclared(name, None, "say what it is; nothing does")
    return None


def untold(reading: Reading, link: Link, concludes: bool = False) -> str:
    """Why a link that does not hold may hold of the loss that is meant, of which the text says no more; empty if it is
    about that on both sides, or if words conclude that something made of its derivatives is zero."""
    for name in _given_by_equations(reading, link):
        return f"the text gives {name} by an equation, and nothing declared says the same"
    zero = link.op == "=" and bool(link.right) and all(is_zero(term) for term in link.right)
    layers = reading.document.layers.losses if reading.document.layers is not None else ()
    for name in (*reading.section.unknown, *reading.section.for_section, *layers):
        decl = reading.context.symbols.get(name)
        if (
            decl is None
            or not decl.depends
            or not any(is_about(term, name, reading.context) for term in (*link.left, *link.right))
        ):
            continue
        if zero and concludes and link.left and follows_without(name, link.left, (), reading.context):
            continue
        if not follows_without(name, link.left, link.right, reading.context):
            return f"it may hold of the {name} that is meant, of which the text says nothing but derivatives"
    return ""


def _given_by_equations(reading: Reading, link: Link) -> Iterator[str]:
    """The unknown functions of indices of which a link takes derivatives, and for which a formula has an equation."""
    terms = (*link.left, *link.right)
    if not any(isinstance(part, Deriv) for term in terms for part in subterms(term)):
        return
    signatures = option(reading.context, "signatures")
    for name in dict.fromkeys(part.name for term in terms for part in subterms(term) if isinstance(part, Sym)):
        decl = reading.context.symbols.get(name)
        if decl is None or decl.definition is not None or name not in signatures:
            continue
        given = re.compile(rf"\A[ &]*{re.escape(spaced(name))} \( [^()=]* \) [ &]*=")
        if any(given.match(text) for _, text in reading.document.defining):
            yield name


def take_bundle(reading: Reading, found: Found, node: s.Node) -> bool:
    """``\\theta = (\\pi_k, \\mu_k)`` says what θ gathers."""
    done = rounds.bundled(node, reading.context)
    if done is not None:
        reading.context = done.context
        for note in done.notes:
            reading.note(found.place, note)
    return done is not None


def take_rounds(reading: Reading, found: Found, node: s.Relation) -> None:
    """Parameters of another round in a chain, but not at its head, where they may be defined."""
    heads = (node.first,) if node.rest[0][0] in ("=", ":=") and isinstance(node.first, s.Script) else ()
    sides = [side for side in (node.first, *(side for _, side in node.rest)) if side not in heads]
    done = rounds.rounds(sides, reading.context)
    reading.context = done.context
    for note in done.notes:
        reading.note(found.place, note)


def take_whole(reading: Reading, segment: Segment) -> None:
    """``A = softmax(S)`` after ``A_{ij} = …``, of the same shape: what is said of all members, no new A."""
    if segment.missing or segment.ops[0] != "=" or s.key(segment.nodes[0]) not in reading.context.symbols:
        return
    try:
        node_readings(segment.nodes[0], reading.context)
    except WrongIndices as problem:
        done = _whole(problem, segment.nodes, reading.context)
    except ReadError:
        return
    else:
        return
    if done is not None and chains.all_fit(chains.links_of(segment, reading.tail, done.context), done.context):
        reading.context = done.context
        reading.notes.append(done.text)


def infer_multiplier(reading: Reading, each: Waiting, problem: ReadError | BaseException | None) -> bool:
    """``\\lambda_k`` after "by Lagrange multipliers", or before a constraint, is a real number, if nothing says
    otherwise."""
    if each.assume or not isinstance(problem, Undeclared):
        return False
    said = MULTIPLIERS.search(each.prose) and re.fullmatch(
        r"\\(?:lambda|nu|alpha|beta|eta|xi|kappa|zeta)(?:_\w|_\{\w+\})?", problem.name
    )
    if not said and not multiplies_constraint(problem.name, each.chain.node):
        return False
    text = f"{problem.name} \\in \\mathbb{{R}}"
    known = reading.context.symbols
    try:
        reading.context = declare(text, reading.context)
    except DeclarationError:
        return False
    reading.guessed.update(dict.fromkeys(name for name in reading.context.symbols if name not in known))
    reading.note(each.found.place, text)
    return True


def infer(reading: Reading, problem: BaseException | None, place: Place | None = None) -> bool:
    """Whether the document says between the lines what a name that cannot be read is; then it is declared."""
    match problem:
        case NotASize():
            return _infer_size(reading, problem)
        case UnknownSet():
            done = conventions.index_over(problem, reading.context)
        case UnknownRange():
            done = bound_letter(problem.index, section_nodes(reading), reading.context)
        case NeedsPlace():
            reading.context = reading.context.with_symbol(SymbolDecl(PLACE))
            return True
        case Undeclared():
            before = reading.document.pieces[max(reading.section.extent[0], reading.number - 8) : reading.number]
            words = " ".join(found.text for found in before if found.kind == "prose")
            words += " " + outline.words_after(reading.document.pieces, reading.number)[:NEAR]
            if problem.name in reading.document.losses:
                words = "loss"
            of = losses.said_to_depend(problem.name, reading.document.pieces[slice(*reading.section.extent)])
            done = losses.loss(problem.name, words, section_nodes(reading), reading.context, of)
            if done is not None:
                reading.section.for_section[problem.name] = None
        case _:
            return False
    if done is None:
        return False
    reading.context = done.context
    if place is None:
        reading.notes.append(done.text)
    else:
        reading.note(place, done.text)
    return True


def infer_ranges(reading: Reading, node: s.Node | None) -> None:
    """What the sums of a relation that is assumed run over, where nothing but the names below them says it."""
    sides = (node.first, *(side for _, side in node.rest)) if isinstance(node, s.Relation) else ()
    for side in sides:
        for _ in range(MOST_SIZES):
            try:
                node_readings(side, reading.context)
            except UnknownRange as problem:
                if infer(reading, problem):
                    continue
            except ReadError:
                pass
            break


def section_nodes(reading: Reading) -> Sequence[s.Node]:
    """The formulas of the section that is being read."""
    if reading.section.nodes[0] != reading.section.extent:
        pieces = reading.document.pieces[reading.section.extent[0] : reading.section.extent[1]]
        reading.section.nodes = (reading.section.extent, conventions.formulas(pieces, reading.context))
    return reading.section.nodes[1]


def _infer_size(reading: Reading, problem: NotASize) -> bool:
    """A name at the end of a range is a size, if nothing says otherwise."""
    name = problem.name
    if (
        name in reading.context.sizes
        or name in reading.context.symbols
        or not re.match(r"[A-Za-z](_\w|_\{\w+\})?\Z", name)
    ):
        return False
    reading.context = reading.context.with_size(name)
    reading.notes.append(f"size {name}")
    return True


def _whole(problem: WrongIndices, nodes: Sequence[s.Node], context: Context) -> Defined | None:
    """What a family is that is written without its indices: one more of it, beside one more of another, or all."""
    one = None if problem.given else one_of_the_data.one_more(problem.name, nodes, context)
    return one or conventions.whole_family(problem, context)


def whole_in(reading: Reading, body: s.Node, problem: BaseException | None) -> bool:
    """``O = A V`` after ``A_{ij} = …``: A written whole, if the right side can then be read."""
    done = _whole(problem, [body], reading.context) if isinstance(problem, WrongIndices) else None
    if done is None:
        return False
    try:
        node_readings(body, done.context)
    except WrongIndices:
        pass  # another family is written whole as well
    except ReadError:
        return False
    reading.context = done.context
    reading.notes.append(done.text)
    return True


def whole_families(reading: Reading, segment: Segment, links: list[Link]) -> list[Link]:
    """The links with families written without their indices as vectors and matrices, if all shapes then fit."""
    before, notes, made = reading.context, [], links
    for _ in range(MOST_SIZES):
        wrong = next((link.problem for link in made if isinstance(link.problem, WrongIndices)), None)
        done = None if wrong is None else _whole(wrong, segment.nodes, reading.context)
        if done is None or done.context == reading.context:
            break
        reading.context = done.context
        notes.append(done.text)
        made = chains.links_of(segment, reading.tail, reading.context)
    if notes and chains.all_fit(made, reading.context):
        reading.notes += notes
        return made
    reading.context = before
    return links
